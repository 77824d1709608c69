import { beforeAll, describe, expect, test } from 'vitest';
import { Syntax } from '../../src/core/source/source.ts';
import type { FileFacts } from '../../src/core/rules/rule.ts';
import { sampleSecret } from '../../src/guardians/security/detectors/table.ts';
import { isEnvironmentFile } from '../../src/core/workspace/environment-files.ts';
import { runSecurity } from './security-run.ts';

let syntax: Syntax;
beforeAll(async () => {
  syntax = await Syntax.create();
});

const SECRET = sampleSecret('binance-api-secret', 8);
const run = (path: string, text: string, file: FileFacts = { role: 'code', tracked: true }) =>
  runSecurity(syntax, path, text, file).findings.filter(({ rule }) => rule === 'ENV001');

describe('files', () => {
  test.each(['.env', '.env.live', '.env.bak', '.env.backup_2026', 'deploy/.env', 'prod.env', 'a/b/desk.env', '.ENV', '.env.local', '.env.full'])('%s is one', (path) => {
    expect(isEnvironmentFile(path)).toBe(true);
  });
  test.each(['.env.example', '.env.sample', '.env.template', '.env.dist', '.env.copy', 'example.env', 'env.py', '.envrc', 'environment.yml', '.env.live.example', 'settings.toml', 'src/.env/readme.md'])('%s is none', (path) => {
    expect(isEnvironmentFile(path)).toBe(false);
  });
});

test('the first secret value, exactly, with what to do', () => {
  const text = `# live desk\nEXCHANGE=binance\nBINANCE_API_SECRET=${SECRET}\nLOG=info\n`;
  const [finding, ...rest] = run('deploy/.env.live', text);
  expect(rest).toEqual([]);
  expect(finding).toMatchObject({
    severity: 'error',
    gate: 'commit',
    range: { line: 3, column: 20, endLine: 3, endColumn: 20 + SECRET.length },
    message: '3 values in git, BINANCE_API_SECRET among them: every clone has it. Rotate it, git rm --cached .env.live, add .env.live to .gitignore.',
  });
  expect(JSON.stringify(finding)).not.toContain(SECRET);
});

test('settings alone are a warning', () => {
  expect(run('.env', 'LOG_LEVEL=info\n')).toMatchObject([{
    severity: 'warning',
    range: { line: 1, column: 11, endLine: 1, endColumn: 15 },
    message: '1 value in git, no secret yet: the next one will be. git rm --cached .env, add .env to .gitignore.',
  }]);
});

test.each(['.env.backup_20251116', ' - Copy (2).env', 'eurusd.env', '.env.14k_exact'])('settings alone in %s, which nobody reads unasked, are information', (path) => {
  expect(run(path, 'LOG_LEVEL=info\n')).toMatchObject([{ severity: 'info' }]);
  expect(run(path, `API_SECRET=${SECRET}\n`)).toMatchObject([{ severity: 'error' }]);
});

test.each(['.env', '.env.live', '.ENV.production'])('settings alone in %s are a warning', (path) => {
  expect(run(path, 'LOG_LEVEL=info\n')).toMatchObject([{ severity: 'warning' }]);
});

test('where a key is kept is no key', () => {
  expect(run('.env', 'GOOGLE_APPLICATION_CREDENTIALS=config/keys/sa-key.json\nTLS_KEY=/etc/desk/tls.pem\n')).toMatchObject([{ severity: 'warning', message: expect.stringContaining('no secret yet') }]);
  expect(run('.env', 'GOOGLE_APPLICATION_CREDENTIALS=desk-of-9\n')).toMatchObject([{ severity: 'error' }]);
});

test.each([
  ['not tracked', `K=1\nAPI_SECRET=${SECRET}`, { role: 'code', tracked: false }],
  ['outside a repository', `K=1\nAPI_SECRET=${SECRET}`, { role: 'code' }],
  ['empty values', 'API_KEY=\nPASSWORD=""\n', { role: 'code', tracked: true }],
  ['comments', `# API_SECRET=${SECRET}\n`, { role: 'code', tracked: true }],
  ['placeholders', 'API_KEY=your-api-key\nTOKEN=<token>\nHOST=${HOST}\n', { role: 'code', tracked: true }],
  ['settings of a test', 'LOG_LEVEL=info\nPORT=8080x\n', { role: 'test', tracked: true }],
  ['nothing', '', { role: 'code', tracked: true }],
] as const)('silent: %s', (_why, text, file) => {
  expect(run('.env', text, file)).toEqual([]);
});

test('a template is silent, whatever it holds', () => {
  expect(run('.env.example', `API_SECRET=${SECRET}`)).toEqual([]);
});

test('a secret in a test environment is told', () => {
  expect(run('tests/.env', `BINANCE_API_SECRET=${SECRET}\n`, { role: 'test', tracked: true })).toHaveLength(1);
});

describe('one root cause, one finding', () => {
  const OTHER = sampleSecret('binance-api-secret', 9);
  const text = `BINANCE_API_SECRET=${SECRET}\nSECOND_API_SECRET=${OTHER}\n`;
  const told = (file: FileFacts, off: readonly string[] = [], of = text): readonly string[] => runSecurity(syntax, '.env', of, file, off).findings
    .map(({ rule, range }) => `${rule} ${range.line}`);

  test('SEC001 is not heard at the value ENV001 names, and is at every other one', () => {
    expect(told({ role: 'code', tracked: true })).toEqual(['ENV001 1', 'SEC001 2']);
  });

  test('it is heard where ENV001 has nothing to say', () => {
    expect(told({ role: 'code', tracked: false })).toEqual(['ENV002 1', 'SEC001 2']);
    expect(told({ role: 'code' })).toEqual(['SEC001 1', 'SEC001 2']);
    expect(told({ role: 'code', tracked: true }, ['ENV001'])).toEqual(['SEC001 1', 'SEC001 2']);
  });

  test('it is heard where a comment silences ENV001', () => {
    expect(told({ role: 'code', tracked: true }, [], `# tickguard: ignore[ENV001] rotated\n${text}`)).toEqual(['SEC001 2', 'SEC001 3']);
  });

  test('a comment that silences SEC001 there is in use', () => {
    expect(told({ role: 'code', tracked: true }, [], `# tickguard: ignore[SEC001] rotated\n${text}`)).toEqual(['ENV001 2', 'SEC001 3']);
  });
});
