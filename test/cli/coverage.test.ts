/** `tickguard check --coverage`: the table, the numbers, and what falls against the baseline. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cli, folderWith } from '../support/cli.ts';
import { repositoryWith } from '../support/repository.ts';

const BASE = 'from nautilus_trader.trading.strategy import Strategy\n\n\nclass Fade(Strategy):\n    def on_bar(self, bar):\n';
const DRAWDOWN = '        if self.drawdown > self.max_drawdown:\n            return\n';
const HOUR = '        if self.clock.utc_now().hour >= 16:\n            return\n';
const SEND = '        self.submit_order(self.order)\n';
const TICK = '\n    def on_quote_tick(self, tick):\n';

interface Document {
  readonly coverage: {
    readonly sites: readonly { readonly file: string; readonly line: number; readonly fingerprint: string; readonly guards: Readonly<Record<string, string>>; readonly ways: readonly { readonly handler: string }[] }[];
    readonly totals: Readonly<Record<string, { readonly guarded: number; readonly sites: number }>>;
    readonly baseline: string;
    readonly fallen: readonly { readonly reason: string; readonly message: string; readonly line: number }[];
  };
}

async function json(cwd: string, ...args: readonly string[]): Promise<Document['coverage'] & { readonly code: number | null }> {
  const run = await cli(['check', '--coverage', '--format', 'json', ...args], { cwd });
  return { ...(JSON.parse(run.out) as Document).coverage, code: run.code };
}

const project = (text: string): string => folderWith({ 'tickguard.json': '{}\n', 'fade.py': text });

describe('the report', () => {
  test('a line a site, what lacks most first, a line a kind, the next command', async () => {
    const root = project(BASE + DRAWDOWN + HOUR + SEND + TICK + HOUR + SEND);
    const { code, out } = await cli(['check', '--coverage'], { cwd: root });
    expect(code).toBe(0);
    expect(out.slice(out.indexOf('Guard coverage')).split('\n')).toEqual([
      'Guard coverage of 2 order sites',
      'fade.py:15 submit_order  drawdown –  deadline ✓  size –  news –  kill switch –',
      'fade.py:10 submit_order  drawdown ✓  deadline ✓  size –  news –  kill switch –',
      '',
      '  drawdown     1 of 2 sites',
      '  deadline     2 of 2 sites',
      '  size         0 of 2 sites',
      '  news         0 of 2 sites',
      '  kill switch  0 of 2 sites',
      'Exits, reductions and tests are left out.',
      '',
      'The baseline holds no coverage yet, so nothing can fall.',
      'Next: tickguard check --coverage --baseline accept',
      '',
    ]);
  });

  test('with --all the ways and the guards with their lines', async () => {
    const root = project(`${BASE}${DRAWDOWN}        self.enter()\n${TICK}        self.enter()\n\n    def enter(self):\n${HOUR}${SEND}`);
    const { out } = await cli(['check', '--coverage', '--all'], { cwd: root });
    expect(out).toContain('submit_order  drawdown (on 1 of 2 ways)  deadline ✓');
    expect(out).toContain('    way on_bar (bar): drawdown, deadline\n      → fade.py:8  on_bar calls enter\n      ✓ fade.py:6  drawdown: self.drawdown > self.max_drawdown\n');
    expect(out).toContain('    way on_quote_tick (tick): deadline\n');
  });

  test('nothing to guard is said', async () => {
    const { code, out } = await cli(['check', '--coverage'], { cwd: project('x = 1\n') });
    expect([code, out]).toEqual([0, expect.stringContaining('Guard coverage: no call that opens a position was found.')]);
  });

  test('without the option nothing is said of it', async () => {
    const root = project(BASE + SEND);
    expect((await cli(['check'], { cwd: root })).out).not.toContain('coverage');
    expect(JSON.parse((await cli(['check', '--format', 'json'], { cwd: root })).out)).not.toHaveProperty('coverage');
  });

  test('a text on standard input has none', async () => {
    const run = await cli(['check', '--coverage', '--stdin-filename', 'a.py'], { cwd: project('x = 1\n'), input: 'x = 1\n' });
    expect([run.code, run.err]).toEqual([2, expect.stringContaining('Guard coverage is of the whole project')]);
  });
});

describe('the baseline', () => {
  test('a guard that an old site lost fails, in one sentence that names it', async () => {
    const root = project(BASE + DRAWDOWN + HOUR + SEND);
    const accepted = await cli(['check', '--coverage', '--baseline', 'accept'], { cwd: root });
    expect(accepted.out).toContain('and the guards of 1 order site accepted.');
    expect(await json(root)).toMatchObject({ code: 0, baseline: 'compared', fallen: [] });
    writeFileSync(join(root, 'fade.py'), `# moved\n${BASE}${HOUR}${SEND}`);
    const fell = await cli(['check', '--coverage'], { cwd: root });
    expect(fell.code).toBe(1);
    expect(fell.out).toContain('Fell: fade.py:9 submit_order has lost its drawdown guard. Put it back, or accept: tickguard check --coverage --baseline accept');
    expect((await cli(['check'], { cwd: root })).code, 'the check alone does not ask').toBe(0);
    expect((await json(root, '--baseline', 'ignore'))).toMatchObject({ code: 0, baseline: 'ignored', fallen: [] });
  });

  test('a new site without a guard that others have fails; one that has them, and one that went away, do not', async () => {
    const root = project(BASE + DRAWDOWN + SEND);
    await cli(['check', '--coverage', '--baseline', 'accept'], { cwd: root });
    writeFileSync(join(root, 'fade.py'), BASE + DRAWDOWN + SEND + TICK + DRAWDOWN + SEND);
    expect(await json(root)).toMatchObject({ code: 0, fallen: [] });
    writeFileSync(join(root, 'fade.py'), BASE + DRAWDOWN + SEND + TICK + SEND);
    const report = await json(root);
    expect(report).toMatchObject({ code: 1, fallen: [{ reason: 'new', line: 11 }] });
    expect(report.fallen[0]?.message).toBe('fade.py:11 submit_order is new and has no drawdown guard; 1 of 1 accepted site has one for drawdown. Add it, or accept: tickguard check --coverage --baseline accept');
    writeFileSync(join(root, 'fade.py'), `${BASE}        pass\n`);
    expect(await json(root)).toMatchObject({ code: 0, fallen: [], sites: [] });
  });

  test('a function that was renamed is the same site', async () => {
    const root = project(`${BASE}        self.enter()\n\n    def enter(self):\n${SEND}${TICK}${DRAWDOWN}        self.buy()\n\n    def buy(self):\n${SEND}`);
    await cli(['check', '--coverage', '--baseline', 'accept'], { cwd: root });
    writeFileSync(join(root, 'fade.py'), readFileSync(join(root, 'fade.py'), 'utf8').replaceAll('enter', 'go_in'));
    expect(await json(root)).toMatchObject({ code: 0, fallen: [] });
  });

  test('accepting findings keeps the sites, and accepting both writes one line each', async () => {
    const root = project(BASE + DRAWDOWN + SEND);
    await cli(['check', '--coverage', '--baseline', 'accept'], { cwd: root });
    const path = join(root, '.tickguard', 'baseline.json');
    const before = readFileSync(path, 'utf8');
    // The strategy closes nothing by the clock, which is a finding of its own.
    expect(before).toMatch(/^\{\n"[0-9a-f]{16}": \{"rule":"APX006"[^\n]*\},\n"coverage:[0-9a-f]{16}": \{"file":"fade\.py","name":"submit_order","guards":\["drawdown"\]\},\n"schema": 1\n\}\n$/);
    await cli(['check', '--baseline', 'accept'], { cwd: root });
    expect(readFileSync(path, 'utf8')).toBe(before);
  });

  test('GitHub gets an annotation at the site', async () => {
    const root = project(BASE + DRAWDOWN + SEND);
    await cli(['check', '--coverage', '--baseline', 'accept'], { cwd: root });
    writeFileSync(join(root, 'fade.py'), BASE + SEND);
    const { code, out } = await cli(['check', '--coverage', '--format', 'github'], { cwd: root });
    expect([code, out]).toEqual([1, expect.stringContaining('::error file=fade.py,line=6,endLine=6,title=guard coverage fell::fade.py:6 submit_order has lost its drawdown guard.')]);
  });
});

const RISK = 'class Risk:\n    def allows(self):\n        return self.drawdown < self.max_drawdown\n';
const USES = 'from nautilus_trader.trading.strategy import Strategy\nfrom risk import Risk\n\n\nclass Fade(Strategy):\n    def on_start(self):\n        self.risk = Risk()\n\n    def on_bar(self, bar):\n        if not self.risk.allows():\n            return\n        self.submit_order(self.order)\n';

test('a staged change in one file takes the guard from a site in another', async () => {
  const repo = repositoryWith({ 'tickguard.json': '{}\n', 'fade.py': USES, 'risk.py': RISK });
  await cli(['check', '--coverage', '--baseline', 'accept'], { cwd: repo.root });
  repo.git('add', '-f', '.tickguard/baseline.json');
  repo.git('commit', '-q', '-m', 'baseline');
  expect(await json(repo.root, '--staged')).toMatchObject({ code: 0, baseline: 'compared', fallen: [], totals: { drawdown: { guarded: 1, sites: 1 } } });
  repo.stage('risk.py', RISK.replace('self.drawdown < self.max_drawdown', 'True'));
  expect(await json(repo.root, '--staged')).toMatchObject({ code: 1, fallen: [{ reason: 'lost' }] });
});

test('a warm check says what the cold one said', async () => {
  const filler = Object.fromEntries(Array.from({ length: 110 }, (_, i) => [`m${i}.py`, `def f${i}(order):\n    return order + ${i}\n`]));
  const root = folderWith({ 'tickguard.json': '{}\n', 'fade.py': USES, 'risk.py': RISK, 'more.py': BASE.replace('Fade', 'More') + DRAWDOWN + HOUR + SEND, ...filler });
  const { code: _cold, ...cold } = await json(root);
  const { code: _warm, ...warm } = await json(root);
  const { code: _none, ...none } = await json(root, '--no-cache');
  expect(cold.sites).toHaveLength(2);
  expect(warm).toEqual(cold);
  expect(none).toEqual(cold);
});
