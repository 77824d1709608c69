/** `tickguard check --base`, and what `--staged` compares with the last commit: real git, every way to name a revision. */
import { describe, expect, test } from 'vitest';
import { cli, folderWith } from '../support/cli.ts';
import { repositoryWith } from '../support/repository.ts';

const BOT = 'from nautilus_trader.trading.strategy import Strategy\nfrom risk import may_trade\n\n\nclass Bot(Strategy):\n    max_daily_loss_usd = 500\n\n    def on_bar(self, bar):\n        if not may_trade(self.daily_loss, self.max_daily_loss_usd):\n            return\n        self.submit_order(self.order)\n';
const UNGUARDED = BOT.replace('        if not may_trade(self.daily_loss, self.max_daily_loss_usd):\n            return\n', '');
const RISK = 'def may_trade(daily_loss, max_daily_loss):\n    return daily_loss < max_daily_loss\n';
const OPEN = 'def may_trade(daily_loss, max_daily_loss):\n    return True\n';

interface Report { readonly findings: readonly { readonly rule: string; readonly file: string; readonly line: number; readonly message: string }[] }

/** Findings of APX022 as `file:line message up to “since”`. */
async function changes(cwd: string, ...args: readonly string[]): Promise<readonly string[]> {
  const run = await cli(['check', '--only', 'APX022,TKG002', '--format', 'json', ...args], { cwd });
  expect(run.err).toBe('');
  return (JSON.parse(run.out) as Report).findings.map(({ rule, file, line, message }) => `${rule} ${file}:${line} ${message.split(/ \(|: it| since/)[0] ?? ''}`);
}

describe('--base', () => {
  test('a branch: what it left behind where it left main, and nothing that main did since', async () => {
    const repo = repositoryWith({ 'bot.py': BOT, 'risk.py': RISK });
    repo.git('checkout', '-q', '-b', 'work');
    repo.stage('risk.py', OPEN);
    repo.commit();
    repo.git('checkout', '-q', 'main');
    repo.stage('bot.py', BOT.replace('500', '300'));
    repo.commit();
    repo.git('checkout', '-q', 'work');
    expect(await changes(repo.root, '--base', 'main')).toEqual(['APX022 bot.py:11 submit_order has lost its drawdown guard']);
    repo.write('bot.py', BOT.replace('500', '900'));
    expect(await changes(repo.root, '--base', 'main')).toEqual(['APX022 bot.py:6 max_daily_loss_usd was 500 at main and is 900 now', 'APX022 bot.py:11 submit_order has lost its drawdown guard']);
    expect(await changes(repo.root)).toEqual([]);
    const commit = repo.git('rev-parse', 'main~1').trim();
    expect(await changes(repo.root, '--base', commit)).toContain(`APX022 bot.py:6 max_daily_loss_usd was 500 at ${commit.slice(0, 8)} and is 900 now`);
  });

  test('the last release, of a tagged commit the one before; a renamed file is the same file', async () => {
    const repo = repositoryWith({ 'bot.py': BOT, 'risk.py': RISK });
    const none = await cli(['check', '--base', 'release'], { cwd: repo.root });
    expect([none.code, none.err]).toEqual([2, 'tickguard: There is no tag before this revision, so there is no last release. Name a branch, a tag or a commit: --base main.\n']);
    repo.git('tag', 'v1.0.0');
    repo.git('mv', 'bot.py', 'robot.py');
    repo.stage('robot.py', UNGUARDED);
    repo.commit();
    expect(await changes(repo.root, '--base', 'release')).toEqual(['APX022 robot.py:9 submit_order has lost its drawdown guard']);
    repo.git('tag', 'v1.1.0');
    const report = await cli(['check', '--base', 'release', '--gate', 'merge'], { cwd: repo.root });
    expect(report.code).toBe(1);
    expect(report.out).toContain('since v1.0.0 (robot.py:9, may_trade(self.daily_loss');
  });

  test('a comment silences it, and is not called unused by a check that compares nothing', async () => {
    const repo = repositoryWith({ 'bot.py': BOT, 'risk.py': RISK });
    repo.write('bot.py', UNGUARDED.replace('submit_order(self.order)', 'submit_order(self.order)  # tickguard: ignore[APX022] the broker stops it'));
    expect(await changes(repo.root, '--base', 'HEAD')).toEqual([]);
    expect(await changes(repo.root)).toEqual([]);
  });

  test('a revision that is not there, no repository, and one text', async () => {
    const repo = repositoryWith({ 'bot.py': BOT });
    const unknown = await cli(['check', '--base', 'nope'], { cwd: repo.root });
    expect([unknown.code, unknown.err]).toEqual([2, 'tickguard: git knows no revision nope. Name a branch, a tag or a commit that this clone has (a shallow clone has few).\n']);
    const option = await cli(['check', '--base=--output=stolen'], { cwd: repo.root });
    expect([option.code, option.err]).toEqual([2, 'tickguard: git knows no revision --output=stolen. Name a branch, a tag or a commit that this clone has (a shallow clone has few).\n']);
    const folder = folderWith({ 'bot.py': BOT });
    const nowhere = await cli(['check', '--base', 'main'], { cwd: folder });
    expect([nowhere.code, nowhere.err]).toEqual([2, `tickguard: ${folder} is not in a git repository, and --base reads an earlier revision from one. Run it in a repository, or check without --base.\n`]);
    const text = await cli(['check', '--base', 'main', '--stdin-filename', 'bot.py'], { cwd: repo.root, input: BOT });
    expect([text.code, text.err]).toEqual([2, 'tickguard: An earlier revision is compared with the whole project, not with one text. Leave out --base or --stdin-filename.\n']);
  });
});

describe('--staged', () => {
  test('compares with the last commit unasked', async () => {
    const repo = repositoryWith({ 'bot.py': BOT, 'risk.py': RISK });
    repo.stage('bot.py', UNGUARDED);
    repo.write('bot.py', BOT);
    expect(await changes(repo.root, '--staged')).toEqual(['APX022 bot.py:9 submit_order has lost its drawdown guard']);
  });

  test('a guard that moved to a file that does not change is not lost', async () => {
    const base = 'from nautilus_trader.trading.strategy import Strategy\n\n\nclass Guarded(Strategy):\n    def on_bar(self, bar):\n        if self.daily_loss >= self.max_daily_loss:\n            return\n        self.enter(bar)\n';
    const own = 'from base import Guarded\n\n\nclass Bot(Guarded):\n    def enter(self, bar):\n        if self.daily_loss >= self.max_daily_loss:\n            return\n        self.submit_order(self.order)\n';
    const repo = repositoryWith({ 'base.py': base, 'bot.py': own });
    repo.stage('bot.py', own.replace('        if self.daily_loss >= self.max_daily_loss:\n            return\n', ''));
    expect(await changes(repo.root, '--staged')).toEqual([]);
  });

  test('a first commit has nothing to be held against', async () => {
    const repo = repositoryWith();
    repo.stage('bot.py', UNGUARDED);
    expect(await changes(repo.root, '--staged')).toEqual([]);
  });
});
