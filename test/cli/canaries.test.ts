/** Canaries: a secret of every detector in every kind of place, and no door tells one. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { withoutTexts } from '../../src/extension/quiet-trace.ts';
import { DETECTOR_NAMES, DETECTORS, sampleSecret } from '../../src/guardians/security/detectors/table.ts';
import { type CodeAction, type Diagnostic, PULLING, RawClient } from '../server/client.ts';
import { cli, folderWith } from '../support/cli.ts';

/** The part of a sample that must not be seen: of an address its password. */
function coreOf(detector: string, value: string): string {
  return detector === 'connection-string' ? new URL(value.replace('postgresql', 'http')).password : detector.endsWith('private-key') ? value.split('\n')[2] ?? value : value;
}

/** Rows are masked in one way: every thirteenth, and all that are no rows, in 16 kinds of files are 1,200 canaries. */
const EVERY = 13;

const CANARIES = DETECTOR_NAMES.filter((name, i) => i % EVERY === 0 || name === 'binance-api-secret' || !DETECTORS.some((row) => row.name === name)).map((detector, i) => {
  const value = sampleSecret(detector, 100 + i);
  const row = DETECTORS.find((one) => one.name === detector);
  const name = (row?.kind === 'named' ? row.variables[0] : undefined) ?? ({ 'generic-password': 'DB_PASSWORD', 'generic-secret': 'CLIENT_SECRET', 'generic-token': 'API_TOKEN', 'seed-phrase': 'SEED_PHRASE' } as Readonly<Record<string, string>>)[detector] ?? 'API_SECRET';
  return { detector, name, value, core: coreOf(detector, value) };
});

function placed(): Readonly<Record<string, string>> {
  const quoted = (value: string): string => JSON.stringify(value);
  const all = (line: (canary: (typeof CANARIES)[number]) => string): string => CANARIES.map(line).join('\n');
  const [first] = CANARIES;
  return {
    'bot.py': `import os\n${all(({ name, value }) => `${name} = ${quoted(value)}\nprint(f"using {${name}}")\nraise ValueError(${quoted(value)})`)}\n`,
    'calls.py': all(({ name, value }) => `x = os.getenv("${name}", ${quoted(value)})  # tickguard: ignore[SEC001] because ${value.split('\n')[0] ?? ''}`),
    'bot.ts': all(({ name, value }) => `export const ${name}_${String(value.length)} = { ${name}: ${quoted(value)} };`),
    'Bot.mq5': all(({ name, value }) => `input string ${name} = ${quoted(value)};`),
    '.env': all(({ name, value }) => `${name}=${value.includes('\n') ? `"${value.replaceAll('\n', '\\n')}"` : value}`),
    '.env.example': all(({ name, value }) => `${name}="${value.replaceAll('\n', '\\n')}"#x`),
    'compose.yaml': `services:\n  bot:\n    environment:\n${all(({ name, value }) => `      ${name}: ${quoted(value)}`)}\n`,
    'settings.json': `{\n${CANARIES.map(({ name, value }, i) => `  "${name}_${String(i)}": ${quoted(value)}`).join(',\n')}\n}\n`,
    'settings.toml': all(({ name, value }, ) => `["${name.toLowerCase()}.${String(value.length)}"]\n${name} = ${quoted(value)}`),
    'run.sh': all(({ name, value }) => `export ${name}="${value}"`),
    'README.md': `# Desk\n\n${all(({ name, value }) => `Set \`${name}=${value}\``)}\n`,
    'bot.log': all(({ name, value }) => `10:00 ${name}=${value}`),
    'x.ipynb': JSON.stringify({ cells: [{ cell_type: 'code', source: CANARIES.map(({ name, value }) => `${name} = ${quoted(value)}\n`), outputs: [{ output_type: 'stream', text: CANARIES.map(({ value }) => `${value}\n`) }], metadata: {}, execution_count: 1 }], metadata: { kernelspec: { language: 'python' } }, nbformat: 4, nbformat_minor: 5 }),
    Dockerfile: `FROM x\n${all(({ name, value }) => `ENV ${name}=${quoted(value.replaceAll('\n', ' '))}`)}\n`,
    'broken.py': `def f(:\n${all(({ name, value }) => `  ${name} = ${quoted(value)}`)}\n`,
    'limits.yaml': `max_drawdown: ${first?.value ?? ''}\n`,
  };
}

/** Names of canaries that stand in a text. */
function told(text: string): readonly string[] {
  return CANARIES.filter(({ core }) => text.includes(core) || text.includes(JSON.stringify(core).slice(1, -1))).map(({ detector }) => detector);
}

/** Everything under a folder as one text. */
function contentOf(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(join(folder, name)).isFile()).map((name) => readFileSync(join(folder, name), 'latin1')).join('\n');
}

describe('the terminal', () => {
  test('tells of every canary, and tells none, in any format', async () => {
    // Enough files that a check keeps what it read.
    const more = Object.fromEntries(Array.from({ length: 120 }, (_, i) => [`more/f${String(i)}.py`, `x = ${String(i)}\n`]));
    const cwd = folderWith({ ...placed(), ...more, 'tickguard.json': '{}\n' });
    execFileSync('git', ['init', '-q'], { cwd });
    for (const format of ['text', 'json', 'sarif', 'github']) {
      const run = await cli(['check', '--format', format], { cwd });
      expect(run.code, run.err).toBe(1);
      expect(told(run.out + run.err), format).toEqual([]);
      if (format === 'json') {
        const { findings } = JSON.parse(run.out) as { readonly findings: readonly { readonly rule: string; readonly file: string }[] };
        expect(findings.filter(({ rule }) => rule === 'SEC001').length).toBeGreaterThan(CANARIES.length * 5);
        for (const file of ['bot.py', 'bot.ts', 'Bot.mq5', 'compose.yaml', 'settings.json', 'run.sh', 'x.ipynb', 'bot.log']) { expect(findings.some((one) => one.file === file && one.rule.startsWith('SEC')), file).toBe(true); }
      }
    }
    for (const args of [['limit', 'limits.yaml:1'], ['explain', 'SEC001'], ['check', '--staged'], ['check', 'bot.py', '--only', 'ENV007']]) {
      const run = await cli(args, { cwd });
      expect(told(run.out + run.err), args.join(' ')).toEqual([]);
    }
    // What a check keeps, and what accepting everything writes down.
    const accepted = await cli(['check', '--baseline', 'accept'], { cwd });
    expect(told(accepted.out + accepted.err)).toEqual([]);
    expect(readdirSync(join(cwd, '.tickguard')).sort()).toEqual(expect.arrayContaining(['baseline.json', 'cache']));
    expect(told(contentOf(join(cwd, '.tickguard')))).toEqual([]);
  }, 180_000);

  test('complains of its own settings without them', async () => {
    for (const { name, value, core } of CANARIES.filter(({ value: one }, i) => !one.includes('\n') && i % EVERY === 0)) {
      const cwd = folderWith({ 'a.py': 'x = 1\n', 'tickguard.json': JSON.stringify({ rules: { [name]: value }, [name]: value, exclude: [value], accounts: [{ id: 'x', pack: `${name}=${value}`, size: 1 }] }) });
      const run = await cli(['check'], { cwd });
      expect(run.code).toBe(2);
      if (DETECTORS.find((one) => one.name === name)?.kind === 'shape') { expect(run.err).not.toContain(core); }
      expect(run.err).not.toContain(`${name}=${core}`);
    }
  }, 180_000);

  test('reports its own crash without them', async () => {
    const [canary] = CANARIES.filter(({ detector }) => detector === 'binance-api-secret');
    const cwd = folderWith({ 'a.py': 'x = 1\n', 'crash.cjs': `const { write } = process.stdout;\nprocess.stdout.write = function (text, ...rest) { if (String(text) === '') { return write.call(this, text, ...rest); } throw new Error('broke at BINANCE_API_SECRET="${canary?.value ?? ''}"'); };\n` });
    const run = await cli(['check'], { cwd, env: { NODE_OPTIONS: `--require ${join(cwd, 'crash.cjs')}` } });
    expect(run.code).toBe(2);
    expect(run.err).toContain('An error of Tickguard itself');
    expect(run.err).toContain('BINANCE_API_SECRET="<');
    expect(told(run.err)).toEqual([]);
  });
});

describe('the language server', () => {
  test('sends none in any message but the edit that somebody chose', async () => {
    const files = placed();
    const cwd = folderWith({ ...files, 'tickguard.json': '{}\n' });
    const client = new RawClient();
    try {
      await client.open(cwd, { ...PULLING, workspace: { ...PULLING.workspace, workspaceEdit: { documentChanges: true, resourceOperations: ['create'] } } }, { commands: true, status: true });
      client.notify('$/setTrace', { value: 'verbose' });
      const sent: string[] = [];
      for (const [path, text] of Object.entries(files)) {
        const uri = pathToFileURL(join(cwd, path)).href;
        client.didOpen(uri, text, 1, path.endsWith('.py') ? 'python' : 'plaintext');
        const items: readonly Diagnostic[] = (await client.pull(uri) as { readonly items?: readonly Diagnostic[] }).items ?? [];
        sent.push(JSON.stringify(items));
        for (const item of items.slice(0, 40)) {
          sent.push(JSON.stringify(await client.request<readonly CodeAction[]>('textDocument/codeAction', { textDocument: { uri }, range: item.range, context: { diagnostics: [item] } })));
          sent.push(JSON.stringify(await client.request('textDocument/hover', { textDocument: { uri }, position: item.range.start })));
        }
      }
      expect(sent.join('').length).toBeGreaterThan(100_000);
      expect(told(sent.join('\n'))).toEqual([]);
      expect(told(JSON.stringify(client.received))).toEqual([]);
    } finally {
      client.kill();
    }
  }, 180_000);

  test('the editor traces messages without the texts in them', () => {
    for (const { value, core } of CANARIES) {
      const opened = JSON.stringify({ textDocument: { uri: 'file:///a.py', text: `k = "${value}"\n` }, edit: { newText: value } }, null, 4);
      for (const message of [opened, JSON.stringify(JSON.parse(opened))]) { expect(withoutTexts(message)).not.toContain(JSON.stringify(core).slice(1, -1)); }
    }
    expect(withoutTexts('{ "uri": "file:///a.py", "version": 3 }')).toBe('{ "uri": "file:///a.py", "version": 3 }');
  });
});
