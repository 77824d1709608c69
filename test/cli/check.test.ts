/** `tickguard check` as a person meets it: a child process, its output, its exit code, and what is left on the disk. */
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, cpSync, existsSync, readFileSync, readdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type CliRun, cli, cliBundle, folderWith, leak, spawnRun } from '../support/cli.ts';

const { text: LEAK, secret: SECRET } = leak();
const CLEAN = 'size = 1\n';

interface JsonFinding { readonly rule: string; readonly file: string; readonly line: number; readonly severity: string; readonly gate: string; readonly fingerprint: string }
interface JsonReport { readonly schema: number; readonly tool: { readonly name: string; readonly version: string }; readonly summary: { readonly files: number }; readonly findings: readonly JsonFinding[]; readonly skipped: readonly { readonly file: string; readonly reason: string }[] }

const json = (out: string): JsonReport => JSON.parse(out) as JsonReport;
const filesOf = (out: string): readonly string[] => json(out).findings.map((finding) => finding.file);

function repository(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = folderWith(files);
  execFileSync('git', ['init', '-q', '.'], { cwd: folder });
  return folder;
}

describe('what it finds and how it ends', () => {
  test('nothing to report: exit 0, one line', async () => {
    const run = await cli(['check'], { cwd: folderWith({ 'ok.py': CLEAN }) });
    expect(run).toEqual({ code: 0, err: '', out: expect.stringMatching(/^Nothing to report: 1 file, \d+ ms\.\n$/) as unknown });
  });

  test('an error: exit 1, severity, place and rule on the first line', async () => {
    const run = await cli(['check'], { cwd: folderWith({ 'bot.py': CLEAN + LEAK }) });
    expect(run.code).toBe(1);
    expect(run.err).toBe('');
    expect(run.out.split('\n')[0]).toMatch(/^error {4}bot\.py:2:\d+ {2}SEC001\/private-key {2}\S/);
    expect(run.out).toContain('Next: tickguard explain SEC001');
    expect(run.out).not.toContain(SECRET);
  });

  test('a warning fails only where it is asked to', async () => {
    const cwd = folderWith({ 'ok.py': 'x = 1  # tickguard: ignore[APX004]\n' });
    expect((await cli(['check'], { cwd })).code).toBe(0);
    expect((await cli(['check', '--fail-on', 'warning'], { cwd })).code).toBe(1);
  });

  test('json: one document and nothing else', async () => {
    const cwd = folderWith({ 'bot.py': CLEAN + LEAK, 'sub/ok.py': CLEAN });
    const run = await cli(['check', '--format', 'json'], { cwd });
    const report = json(run.out);
    expect(report).toMatchObject({ schema: 1, tool: { name: 'tickguard' }, summary: { files: 2, errors: 1 } });
    expect(report.findings).toEqual([expect.objectContaining({ rule: 'SEC001', detector: 'private-key', file: 'bot.py', line: 2, severity: 'error' })]);
    expect(run.err).toBe('');
  });

  test('github: an annotation with the path from the checkout', async () => {
    const cwd = repository({ 'bots/tickguard.json': '{}', 'bots/bot.py': LEAK });
    const run = await cli(['check', '--format', 'github', 'bots'], { cwd, env: { GITHUB_WORKSPACE: cwd, GITHUB_ACTIONS: 'true' } });
    expect(run.out).toMatch(/^::error file=bots\/bot\.py,line=1,/m);
  });

  test('a report of a thousand findings comes whole through a slow pipe', async () => {
    const cwd = folderWith(Object.fromEntries(Array.from({ length: 400 }, (_, n) => [`bot${n}.py`, `a${n} = 1\n${LEAK}`])));
    const out = await new Promise<string>((done) => {
      const child = spawn(process.execPath, [cliBundle, 'check', '--format', 'json'], { cwd });
      let text = '';
      child.stdout.pause();
      setTimeout(() => { child.stdout.setEncoding('utf8').on('data', (part: string) => { text += part; }).resume(); }, 500);
      child.once('close', () => { done(text); });
    });
    expect(out.length).toBeGreaterThan(200_000);
    expect(json(out).findings).toHaveLength(400);
  });

  test('a reader that goes away early is no error', async () => {
    const cwd = folderWith(Object.fromEntries(Array.from({ length: 400 }, (_, n) => [`bot${n}.py`, LEAK])));
    const run = await new Promise<{ err: string; code: number | null }>((done) => {
      const child = spawn(process.execPath, [cliBundle, 'check', '--format', 'json'], { cwd });
      let err = '';
      child.stderr.setEncoding('utf8').on('data', (part: string) => { err += part; });
      child.stdout.once('data', () => { child.stdout.destroy(); });
      child.once('close', (code) => { done({ err, code }); });
    });
    expect(run).toEqual({ err: '', code: 1 });
  });

  test('a full disk behind the pipe: exit 2, not a report cut short in silence', async () => {
    const cwd = folderWith({ 'bot.py': LEAK });
    const run = await spawnRun('/bin/sh', ['-c', `"${process.execPath}" "${cliBundle}" check > /dev/full`], { cwd });
    expect(run).toEqual({ code: 2, out: '', err: 'tickguard: The output could not be written (ENOSPC). Make room, or write it elsewhere.\n' });
  });

  test('Ctrl-C: exit 130, soon', async () => {
    const cwd = folderWith(Object.fromEntries(Array.from({ length: 3_000 }, (_, n) => [`bot${n}.py`, CLEAN.repeat(400)])));
    const child = spawn(process.execPath, [cliBundle, 'check'], { cwd });
    await new Promise((next) => { setTimeout(next, 1_000); });
    const asked = performance.now();
    // A process that had no time yet to say how it wants to end is ended by the signal: a shell reports 130 for both.
    const ended = new Promise<number | null>((done) => { child.once('exit', (code, signal) => { done(signal === 'SIGINT' ? 130 : code); }); });
    child.kill('SIGINT');
    expect(await ended).toBe(130);
    expect(performance.now() - asked).toBeLessThan(3_000);
  });

  test('standard error is silent where it is no terminal', async () => {
    const cwd = folderWith(Object.fromEntries(Array.from({ length: 300 }, (_, n) => [`ok${n}.py`, CLEAN])));
    expect((await cli(['check'], { cwd })).err).toBe('');
  });

  test('TICKGUARD_TIMING=1 shows the time of each rule', async () => {
    const run = await cli(['check'], { cwd: folderWith({ 'ok.py': CLEAN }), env: { TICKGUARD_TIMING: '1' } });
    expect(run.out).toMatch(/^SEC001 +\d+\.\d/m);
  });
});

describe('what it looks at', () => {
  test('the project around the current folder; paths narrow what is shown', async () => {
    const cwd = repository({ 'bot.py': LEAK, 'src/a.py': LEAK, 'src/deep/b.py': LEAK });
    expect(filesOf((await cli(['check', '--format', 'json'], { cwd: join(cwd, 'src') })).out)).toEqual(['bot.py', 'src/a.py', 'src/deep/b.py']);
    const narrowed = json((await cli(['check', '--format', 'json', 'deep', '../bot.py'], { cwd: join(cwd, 'src') })).out);
    expect(narrowed.findings.map((finding) => finding.file)).toEqual(['bot.py', 'src/deep/b.py']);
    expect(narrowed.summary.files).toBe(2);
  });

  test('a folder elsewhere is a project of its own', async () => {
    const other = folderWith({ 'bot.py': LEAK });
    const cwd = repository({ 'ok.py': CLEAN });
    expect(filesOf((await cli(['check', '--format', 'json', other], { cwd })).out)).toEqual(['bot.py']);
  });

  test('a call is followed into files that were not named', async () => {
    const cwd = repository({
      'tickguard.json': '{}',
      'risk.py': 'class Risk:\n    def check(self, tick):\n        print(tick)\n',
      'strategy.py': [
        'from nautilus_trader.trading.strategy import Strategy', 'from risk import Risk', '',
        'class Scalper(Strategy):', '    def __init__(self):', '        self.risk = Risk()', '',
        '    def on_quote_tick(self, tick):', '        self.risk.check(tick)', '',
      ].join('\n'),
    });
    const alone = json((await cli(['check', '--format', 'json', 'risk.py'], { cwd })).out).findings;
    const whole = json((await cli(['check', '--format', 'json'], { cwd })).out).findings;
    expect(alone.filter((finding) => finding.rule === 'PRF004')).toEqual([expect.objectContaining({ file: 'risk.py', line: 3 })]);
    expect(alone).toEqual(whole.filter((finding) => finding.file === 'risk.py'));
  });

  test('.gitignore is respected; an ignored file is read when it is named', async () => {
    const cwd = repository({ '.gitignore': 'scratch/\n', 'scratch/bot.py': LEAK, 'ok.py': CLEAN });
    expect(filesOf((await cli(['check', '--format', 'json'], { cwd })).out)).toEqual([]);
    expect(filesOf((await cli(['check', '--format', 'json', 'scratch/bot.py'], { cwd })).out)).toEqual(['scratch/bot.py']);
  });

  test('a text on standard input stands for its file, on disk or not', async () => {
    const cwd = repository({ 'bot.py': CLEAN });
    for (const name of ['bot.py', 'new/bot.py']) {
      const run = await cli(['check', '--format', 'json', '--stdin-filename', name], { cwd, input: LEAK });
      expect(run.code).toBe(1);
      expect(filesOf(run.out)).toEqual([name]);
    }
    expect(existsSync(join(cwd, 'new'))).toBe(false);
  });

  test('a binary file, a nested repository and a 50 MB file are said once, and are no failure', async () => {
    const cwd = repository({ 'ok.py': CLEAN, 'data.bin': Uint8Array.from([0, 1, 2, 0, 0, 255]), 'vendor/other/inner.py': LEAK, 'big.py': '' });
    execFileSync('git', ['init', '-q', '.'], { cwd: join(cwd, 'vendor', 'other') });
    truncateSync(join(cwd, 'big.py'), 50_000_000);
    const run = await cli(['check', '--format', 'json'], { cwd });
    const { skipped, findings } = json(run.out);
    expect({ code: run.code, err: run.err, findings }).toEqual({ code: 0, err: '', findings: [] });
    expect(skipped.find((file) => file.file === 'big.py')?.reason).toMatch(/\.$/);
    for (const { reason } of skipped) { expect(reason).toMatch(/^[A-Z\d].*\.$/); }
  });

  test('a symbolic link that leads in a circle does not keep it', async () => {
    const cwd = folderWith({ 'a/ok.py': CLEAN });
    symlinkSync('..', join(cwd, 'a', 'up'));
    symlinkSync('self', join(cwd, 'self'));
    const run = await cli(['check', '--format', 'json'], { cwd });
    expect(json(run.out).summary.files).toBe(1);
    expect(run.code).toBe(0);
  });

  test('a file that may not be read makes the check incomplete: exit 2', async () => {
    const cwd = folderWith({ 'ok.py': CLEAN, 'closed.py': CLEAN });
    chmodSync(join(cwd, 'closed.py'), 0o000);
    const run = await asOrdinaryUser(['check'], cwd);
    expect(run.code).toBe(2);
    expect(run.out).toMatch(/not checked: closed\.py: No permission to read [\w ]+\. Grant/);
  });
});

/** Root may read everything: where the tests run as root, the command runs as somebody else. */
async function asOrdinaryUser(args: readonly string[], cwd: string): Promise<CliRun> {
  if (process.getuid?.() !== 0) { return cli(args, { cwd }); }
  const away = folderWith({});
  for (const name of ['cli.cjs', 'web-tree-sitter.wasm', 'tree-sitter-python.wasm']) { cpSync(join(dirname(cliBundle), name), join(away, name)); }
  chmodSync(away, 0o755);
  chmodSync(cwd, 0o755);
  // The privileges go before the bundle is loaded; node itself may be where only root reads.
  const drop = `process.setgroups([]); process.setgid(65534); process.setuid(65534); process.argv.splice(1, 0, 'tickguard'); require(${JSON.stringify(join(away, 'cli.cjs'))});`;
  return spawnRun(process.execPath, ['-e', drop, ...args], { cwd });
}

describe('what it refuses, in one sentence and with exit 2', () => {
  test.each<[string, readonly string[], string]>([
    ['a path that does not exist', ['check', 'nope.py'], 'nope.py does not exist. Check the spelling, or run the command in the folder it is in.'],
    ['an unknown option', ['check', '--fromat', 'json'], 'tickguard check has no option --fromat. Did you mean --format?'],
    ['an unknown format', ['check', '--format', 'jsno'], '--format must be one of text, json, sarif, github; "jsno" is not. Did you mean json?'],
    ['an unknown rule', ['check', '--only', 'APX0004'], 'There is no rule APX0004. Did you mean APX004?'],
    ['a detector as a rule', ['check', '--only', 'SEC001/private-key'], 'A detector cannot be run alone. Name its rule: SEC001.'],
    ['an unknown account', ['check', '--account', 'apex-2'], 'There is no account apex-2. Did you mean apex-1?'],
    ['an unknown pack', ['check', '--pack', 'apex'], 'There is no rule pack apex. Did you mean apex-4.0-intraday?'],
    ['a size the firm does not sell', ['check', '--pack', 'apex-4.0-intraday', '--size', '60000'], 'apex-4.0-intraday has no account of 60000. It has 25000, 50000, 100000, 150000.'],
    ['a size without a pack', ['check', '--size', '50000'], 'A size belongs to a pack. Name the pack as well.'],
    ['a pack and an account', ['check', '--pack', 'ftmo-2step', '--account', 'apex-1'], 'An account already names its pack. Give the account or the pack, not both.'],
    ['a day that does not exist', ['check', '--as-of', '2026-02-30'], '--as-of must be a day that exists, as 2026-03-09.'],
    ['a path beside standard input', ['check', '--stdin-filename', 'a.py', 'ok.py'], 'Either the text on standard input is checked or files are. Leave out the paths.'],
    ['fixing standard input', ['check', '--stdin-filename', 'a.py', '--fix'], 'Text on standard input can be checked only. Save it to a file to fix it or to accept its findings.'],
    ['a file for standard input that lies elsewhere', ['check', '--stdin-filename', '../a.py'], expect.stringMatching(/^\.\.\/a\.py lies outside .*\. Run the command in the project that the file belongs to\.$/) as unknown as string],
    ['a report file in no folder', ['check', '--output', 'no/report.txt'], 'The report could not be written to no/report.txt (ENOENT). Name a file in a folder that exists and is writable.'],
    ['an unknown command', ['chekc'], 'There is no command "chekc". Did you mean check?'],
    ['a path as a command', ['src/bot.py'], 'There is no command "src/bot.py". To check a path: tickguard check src/bot.py'],
    ['an option as a command', ['--fix'], 'An option comes after a command: tickguard check --fix. "tickguard --help" lists the commands.'],
  ])('%s', async (_name, args, sentence) => {
    const cwd = folderWith({ 'ok.py': CLEAN, 'tickguard.json': '{ "accounts": [{ "id": "apex-1", "pack": "apex-4.0-intraday", "size": 50000, "phase": "evaluation" }] }' });
    const run = await cli(args, { cwd });
    expect({ ...run, err: run.err.replace(/^tickguard: |\n$/g, '') }).toEqual({ code: 2, out: '', err: sentence });
  });

  test.each<[string, string, RegExp]>([
    ['broken JSON', '{ "accounts": [ }', /^tickguard: tickguard\.json:1:17: .+\.\n$/],
    ['a field nobody knows', '{ "acounts": [] }', /^tickguard: tickguard\.json:1:3: .*"acounts".*"accounts"\?\n$/],
  ])('%s in tickguard.json, with its place', async (_name, text, says) => {
    const run = await cli(['check'], { cwd: folderWith({ 'ok.py': CLEAN, 'tickguard.json': text }) });
    expect({ code: run.code, out: run.out }).toEqual({ code: 2, out: '' });
    expect(run.err).toMatch(says);
  });

  test('a broken baseline', async () => {
    const cwd = folderWith({ 'bot.py': LEAK, '.tickguard/baseline.json': '{ "schema": 99 }' });
    const run = await cli(['check'], { cwd });
    expect(run).toMatchObject({ code: 2, out: '' });
    expect(run.err).toMatch(/^tickguard: \.tickguard\/baseline\.json has schema 99.*--baseline accept\n$/);
  });
});

describe('what it writes', () => {
  test('nothing, by itself', async () => {
    const cwd = repository({ 'bot.py': LEAK });
    await cli(['check'], { cwd });
    expect(readdirSync(cwd).sort()).toEqual(['.git', 'bot.py']);
  });

  test('--fix: the safe fix is made and said, the finding is gone, and a second run has nothing to do', async () => {
    const cwd = folderWith({
      'tickguard.json': '{ "accounts": [{ "id": "tradeify-1", "pack": "tradeify", "size": 50000, "phase": "evaluation" }] }',
      'live.yaml': 'strategy:\n  instrument_id: ESZ5.CME  # traded\n  flatten_at: "16:59"\n  timezone: America/New_York\n',
    });
    const before = await cli(['check', '--only', 'APX004', '--format', 'json'], { cwd });
    expect(json(before.out).findings.map((finding) => finding.rule)).toEqual(['APX004']);
    const run = await cli(['check', '--only', 'APX004', '--fix'], { cwd });
    expect(run).toMatchObject({ code: 0, err: '' });
    expect(run.out).toMatch(/^Nothing to report: /);
    expect(run.out).toMatch(/\nFixed live\.yaml: Flatten from 16:\d\d\n$/);
    expect(readFileSync(join(cwd, 'live.yaml'), 'utf8')).toMatch(/^strategy:\n {2}instrument_id: ESZ5\.CME {2}# traded\n {2}flatten_at: "16:5\d"\n {2}timezone: America\/New_York\n$/);
    expect((await cli(['check', '--only', 'APX004', '--fix'], { cwd })).out).toContain('Nothing was fixed: no finding has a fix that is safe without a look.');
  });

  test('--output: the report into a file, and a line on standard error', async () => {
    const cwd = folderWith({ 'bot.py': LEAK });
    const run = await cli(['check', '--format', 'sarif', '--output', 'report.sarif'], { cwd });
    expect(run).toEqual({ code: 1, out: '', err: 'Report with 1 finding written to report.sarif.\n' });
    expect(JSON.parse(readFileSync(join(cwd, 'report.sarif'), 'utf8'))).toMatchObject({ version: '2.1.0' });
  });

  test('--baseline: accepted findings are hidden, new ones are not, and what is gone leaves the file', async () => {
    const cwd = folderWith({ 'old.py': LEAK });
    const accept = await cli(['check', '--baseline', 'accept'], { cwd });
    expect(accept.code).toBe(0);
    expect(accept.out).toContain('Baseline written to .tickguard/baseline.json: 1 finding accepted. Commit it to share it.');
    const baseline = readFileSync(join(cwd, '.tickguard', 'baseline.json'), 'utf8');
    expect(baseline).not.toContain(SECRET);

    const hidden = await cli(['check'], { cwd });
    expect(hidden).toMatchObject({ code: 0, out: expect.stringContaining('1 in the baseline') as unknown });
    expect((await cli(['check', '--baseline', 'ignore'], { cwd })).code).toBe(1);
    // A moved line stays known; another file is new.
    writeFileSync(join(cwd, 'old.py'), `\n\n${LEAK}`);
    expect((await cli(['check'], { cwd })).code).toBe(0);
    writeFileSync(join(cwd, 'new.py'), LEAK);
    expect(filesOf((await cli(['check', '--format', 'json'], { cwd })).out)).toEqual(['new.py']);

    // Accepting one file keeps what the others had; accepting all forgets what is gone.
    await cli(['check', 'new.py', '--baseline', 'accept'], { cwd });
    expect(Object.keys(JSON.parse(readFileSync(join(cwd, '.tickguard', 'baseline.json'), 'utf8')) as object)).toHaveLength(3);
    writeFileSync(join(cwd, 'old.py'), CLEAN);
    await cli(['check', '--baseline', 'accept'], { cwd });
    expect(readFileSync(join(cwd, '.tickguard', 'baseline.json'), 'utf8')).not.toContain('old.py');
  });

  test('a baseline that cannot be written leaves nothing behind', async () => {
    const cwd = folderWith({ 'bot.py': LEAK, '.tickguard': 'a file where the folder should be' });
    const run = await cli(['check', '--baseline', 'accept'], { cwd });
    expect(run).toMatchObject({ code: 2, out: '' });
    expect(run.err).toMatch(/^tickguard: \.tickguard\/baseline\.json could not be written \(E\w+\)\. Make the folder writable and run the command again\.\n$/);
    expect(readFileSync(join(cwd, '.tickguard'), 'utf8')).toBe('a file where the folder should be');
  });
});

describe('gates', () => {
  test('a gate lists what blocks it, whatever its severity, and what blocks an earlier gate', async () => {
    const cwd = repository({ 'bot.py': LEAK, 'ok.py': 'x = 1  # tickguard: ignore[APX004]\n' });
    const gate = (json((await cli(['check', '--format', 'json'], { cwd })).out).findings.find((finding) => finding.rule === 'SEC001'))?.gate;
    expect(gate).toBe('commit');
    for (const name of ['commit', 'merge', 'deploy']) {
      const run = await cli(['check', '--format', 'json', '--gate', name], { cwd });
      expect(run.code).toBe(1);
      expect(json(run.out).findings.map((finding) => finding.rule)).toEqual(['SEC001']);
    }
  });
});
