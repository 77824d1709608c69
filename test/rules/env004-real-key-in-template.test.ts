import { sampleSecret } from '../../src/guardians/security/detectors/table.ts';
import { realKeyInTemplate } from '../../src/guardians/security/rules/env004-real-key-in-template.ts';
import { ruleTester } from './rule-tester.ts';

const SECRET = sampleSecret('binance-api-secret', 8);

ruleTester(realKeyInTemplate, {
  valid: [
    { name: 'names alone', path: '.env.example', code: 'BINANCE_API_KEY=\nBINANCE_API_SECRET=\n' },
    { name: 'placeholders', path: '.env.sample', code: 'BINANCE_API_SECRET=your-secret-here\nDB_PASSWORD=changeme\nTOKEN=<token>\nX_API_KEY=xxxxxxxxxxxxxxxxxxxxxxxx\n' },
    { name: 'settings', path: 'example.env', code: 'LOG_LEVEL=info\nPORT=8080\nDATABASE_HOST=localhost\n' },
    { name: 'a real environment file: that is ENV001 and ENV002', path: '.env', code: `BINANCE_API_SECRET=${SECRET}\n` },
  ],
  invalid: [
    { name: 'a key of a provider', path: '.env.example', code: `EXCHANGE=binance\nBINANCE_API_SECRET=«${SECRET}»\n`, findings: [{ messageId: 'real', severity: 'error', gate: 'commit', message: /^BINANCE_API_SECRET has a value that looks real/, evidence: { detector: 'binance-api-secret' } }] },
    { name: 'in a template of another name', path: 'deploy/.env.live.template', code: `DB_PASSWORD=«${sampleSecret('generic-password', 2)}»\n`, findings: [{ messageId: 'real' }] },
  ],
});
