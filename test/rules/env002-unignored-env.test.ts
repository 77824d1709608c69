import { sampleSecret } from '../../src/guardians/security/detectors/table.ts';
import { unignoredEnv } from '../../src/guardians/security/rules/env002-unignored-env.ts';
import { ruleTester } from './rule-tester.ts';

const SECRET = sampleSecret('binance-api-secret', 8);
const PASSWORD = sampleSecret('generic-password', 8).replace(/[^A-Za-z0-9]/g, 'x');

ruleTester(unignoredEnv, {
  valid: [
    { name: 'tracked: that is ENV001', path: '.env', code: `API_SECRET=${SECRET}\n`, tracked: true },
    { name: 'outside of a repository', path: '.env', code: `API_SECRET=${SECRET}\n` },
    { name: 'a template', path: '.env.example', code: `API_SECRET=${SECRET}\n`, tracked: false },
    { name: 'nothing in it', path: '.env', code: 'API_SECRET=\nOTHER=<fill in>\n', tracked: false },
    { name: 'settings of a test', path: 'tests/.env', code: 'LOG=info\n', tracked: false, role: 'test' },
    { name: 'another file', path: 'notes.ini', code: `API_SECRET=${SECRET}\n`, tracked: false },
  ],
  invalid: [
    { name: 'a secret', path: 'deploy/.env.live', tracked: false, code: `EXCHANGE=binance\nBINANCE_API_SECRET=«${SECRET}»\n`, findings: [{ severity: 'error', gate: 'commit', messageId: 'secret', message: '2 values, BINANCE_API_SECRET among them, and git does not ignore the file: the next git add . commits it. Add the line .env.live to .gitignore.' }] },
    { name: 'a password in an address', path: '.env', tracked: false, code: `LOG_LEVEL=info\nDATABASE_URL=«postgresql://desk:${PASSWORD}@10.0.0.7:5432/ticks»\n`, findings: [{ severity: 'error', messageId: 'secret', message: /^2 values, DATABASE_URL among them/ }] },
    { name: 'settings alone', path: '.env', tracked: false, code: 'LOG_LEVEL=«info»\n', findings: [{ severity: 'info', messageId: 'settings', message: /^1 value, no secret yet/ }] },
    { name: 'a secret of a test', path: 'tests/.env', tracked: false, role: 'test', code: `BINANCE_API_SECRET=«${SECRET}»\n`, findings: [{ severity: 'error', messageId: 'secret' }] },
  ],
});
