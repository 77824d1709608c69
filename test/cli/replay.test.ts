/** `tickguard replay`, `size` and `packs` in the terminal: what a person reads, what a program reads, and what is refused. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ReplayReport } from '../../src/guardians/compliance/index.ts';
import { cli, folderWith } from '../support/cli.ts';
import { projectRoot } from '../support/project.ts';

const desk = join(projectRoot, 'examples', 'desk');
const replay = (args: readonly string[], cwd = desk) => cli(['replay', ...args], { cwd });

describe('the ledger of the desk', () => {
  test('says when the account ended, what a wrong floor showed, and which line traded', async () => {
    const { out, err, code } = await replay(['--account', 'apex-1']);
    expect(err).toBe('');
    expect(code).toBe(1);
    const lines = out.split('\n');
    expect(lines.slice(0, 6)).toEqual([
      'account apex-1: Apex Trader Funding 4.0, intraday trailing, evaluation, 50,000 USD, rithmic',
      '2026-03-02 09:35:00 to 2026-03-10 10:49:01 New York; 7 trading days, 16 fills, 130 marks in 1 file',
      'ledgers/apex-1.jsonl (Tickguard, JSON lines): 146 events',
      '',
      'The account was lost on 2026-03-10.',
      'lost      2026-03-10 10:49:00  drawdown: Equity 48,875 is on the floor (high-water mark 50,875). The account is lost. (row 145)',
    ]);
    expect(lines).toContain('          A floor under closed balances alone would have shown 775 of room at that moment.');
    expect(out).toMatch(/^ {10}Placed by src\/desk\/strategies\/opening_range\.py:41 submit_order in OpeningRange\._enter, told by its strategy/m);
    expect(lines).toContain('          Missing before it: size, news, kill switch.');
    expect(lines).toContain('2026-03-10  -1,125  48,875         48,875  48,875           0     1 of 6  over');
  });

  test('as JSON in whole cents, and nothing else on standard output', async () => {
    const { out, code } = await replay(['--account', 'apex-1', '--format', 'json', '--compare', 'apex-4.0-eod']);
    const report = JSON.parse(out) as ReplayReport & { readonly schema: number };
    expect(code).toBe(1);
    expect(report).toMatchObject({ schema: 1, account: 'apex-1', pack: 'apex-4.0-intraday', verdict: 'lost', size: 5_000_000, inputs: [{ file: 'ledgers/apex-1.jsonl', events: 146 }] });
    expect(report.inputs[0]?.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(report.result.books[0]?.end).toMatchObject({ limit: 4_887_500, value: 4_887_500, row: 145 });
    expect(report.compared[0]?.book).toMatchObject({ id: 'apex-4.0-eod', outcome: 'alive' });
    expect(report.compared[0]?.book.incidents.filter(({ outcome }) => outcome !== 'note').map(({ kind, outcome }) => `${kind} ${outcome}`)).toEqual(['daily-loss paused']);
  });

  test('as a document: the same findings, evidence, the hash of what was read, no script', async () => {
    const folder = folderWith({});
    const { err, out } = await replay(['--account', 'apex-1', '--format', 'html', '--output', join(folder, 'report.html')]);
    expect([out, err]).toEqual(['', `Report written to ${join(folder, 'report.html')}.\n`]);
    const html = readFileSync(join(folder, 'report.html'), 'utf8');
    const { out: markdown } = await replay(['--account', 'apex-1', '--format', 'markdown']);
    const sha = /[0-9a-f]{64}/.exec(markdown)?.[0] ?? 'none';
    for (const part of ['Equity 48,875 is on the floor', 'support.apextraderfunding.com', sha, 'What was not checked']) { expect(html).toContain(part); }
    expect(html).toContain('<svg');
    expect(html).not.toMatch(/<script|javascript:|src=|href=/);
    expect(markdown).toMatch(/^# Compliance report: apex-1\n/);
  });
});

describe('what a ledger brings along', () => {
  const event = (fields: Readonly<Record<string, string>>): string => `${JSON.stringify(fields)}\n`;

  test('names that look like markup stay text in a report', async () => {
    const folder = folderWith({ 'l.jsonl': event({ ts: '2026-03-02T15:00:00Z', kind: 'fill', instrument: '<img src=x onerror=alert(1)>|`[a](http://evil)', side: 'buy', qty: '1', px: '1' }) + event({ ts: '2026-03-02T23:00:00Z', kind: 'equity', equity: '50000.00' }) });
    const args = ['l.jsonl', '--pack', 'topstep', '--size', '50000', '--format'];
    const html = (await replay([...args, 'html'], folder)).out;
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;');
    expect(html).not.toContain('<img');
    expect((await replay([...args, 'markdown'], folder)).out).not.toMatch(/(?<!\\)\[a\]|(?<!\\)<img/);
  });

  test('several files are one account', async () => {
    const folder = folderWith({
      'fills.jsonl': event({ ts: '2026-03-02T15:00:00Z', kind: 'fill', instrument: 'ESH6', side: 'buy', qty: '1', px: '6000' }) + event({ ts: '2026-03-02T15:10:00Z', kind: 'fill', instrument: 'ESH6', side: 'sell', qty: '1', px: '6001' }),
      'marks.csv': 'time,equity\n2026-03-02T15:05:00Z,50875.00\n2026-03-02T15:11:00Z,50050.00\n2026-03-02T15:20:00Z,48875.00\n',
    });
    const { out, code } = await replay(['fills.jsonl', 'marks.csv', '--pack', 'apex-4.0-intraday', '--size', '50000', '--vendor', 'tradovate'], folder);
    expect(code).toBe(1);
    expect(out).toContain('2 fills, 3 marks in 2 files');
    expect(out).toContain('Equity 48,875 is on the floor (high-water mark 50,875).');
  });

  test('a kept account exits with 0, and says what was not judged', async () => {
    const folder = folderWith({ 'marks.csv': 'time,equity\n2026-03-02T15:05:00Z,50875.00\n2026-03-02T15:11:00Z,50050.00\n' });
    const { out, code } = await replay(['marks.csv', '--pack', 'apex-4.0-intraday', '--size', '50000', '--vendor', 'tradovate'], folder);
    expect(code).toBe(0);
    expect(out).toContain('Every rule that was judged was kept.');
    expect(out).toContain('Not judged: The marks have no balance: the last equity of a day is taken as its close.');
    expect(out).toContain('Not judged: There are no fills: whether the account was flat in time and how many contracts it held was not judged.');
  });

  test('an account in euros, under a pack of percentages', async () => {
    const folder = folderWith({ 'marks.csv': 'time,equity,currency\n2026-03-02T15:05:00Z,50000.00,EUR\n2026-03-02T15:11:00Z,47500.00,EUR\n' });
    const args = ['marks.csv', '--pack', 'ftmo-2step', '--size', '50000'];
    const { out, code } = await replay([...args, '--currency', 'EUR'], folder);
    expect(out).toContain('FTMO 2-step, evaluation, 50,000 EUR');
    expect(out).toContain('daily loss: The day has lost 2,500 of 2,500 allowed. The account is lost.');
    expect(code).toBe(1);
    expect((await replay(args, folder)).err).toContain('marks.csv row 2: an amount in EUR, in a ledger in USD');
  });

  test('an instrument without a point value counts as nothing, and --point-value gives it one', async () => {
    const fills = event({ ts: '2026-03-02T15:00:00Z', kind: 'fill', instrument: 'FDAX', side: 'buy', qty: '1', px: '18000' }) + event({ ts: '2026-03-02T15:10:00Z', kind: 'fill', instrument: 'FDAX', side: 'sell', qty: '1', px: '17900' });
    const folder = folderWith({ 'l.jsonl': fills });
    const args = ['l.jsonl', '--pack', 'apex-4.0-intraday', '--size', '50000', '--vendor', 'tradovate'];
    expect((await replay(args, folder)).out).toContain('Not judged: The profit of FDAX is not known');
    const { out, code } = await replay([...args, '--point-value', 'FDAX=25'], folder);
    expect(out).toContain('-2,500  47,500');
    expect(code).toBe(1);
  });
});

test.each<[readonly string[], string]>([
  [[], 'tickguard.json has several accounts: apex-1, apex-pa, ftmo-1. Name one with --account.'],
  [['--account', 'apex'], 'There is no account apex. Did you mean apex-1?'],
  [['--pack', 'apex-4', '--size', '50000'], 'There is no rule pack apex-4.'],
  [['x.csv', '--pack', 'topstep'], 'A pack has limits by account size. Add --size, as in --size 50000.'],
  [['x.csv', '--pack', 'topstep', '--size', '60000'], 'topstep has no account of 60000. It has 50000, 100000, 150000.'],
  [['x.csv', '--pack', 'apex-4.0-eod', '--size', '50000', '--vendor', 'tradestation'], 'apex-4.0-eod knows no vendor tradestation. It knows rithmic, wealthcharts, tradovate.'],
  [['--account', 'ftmo-1'], 'No ledger was named. Give its file, as in tickguard replay fills.csv, or write "ledger" into the account in tickguard.json.'],
  [['--account', 'apex-1', '--balance', '50,00.001'], '--balance 50,00.001 is no amount. Write it with at most two decimals, as in 50000 or 51250.50.'],
  [['--account', 'apex-1', '--tz', 'New York'], 'New York'],
  [['--account', 'apex-1', '--compare', 'apex'], 'There is no rule pack apex.'],
  [['--account', 'apex-1', '--point-value', 'ES'], '--point-value ES is no pair. Write name and value, as in --point-value FDAX=25.'],
  [['nowhere.csv', '--account', 'apex-1'], 'nowhere.csv'],
  [['--account', 'apex-1', '--currency', 'EUR'], 'apex-4.0-intraday has its limits in USD, so an account in EUR cannot be judged by it. Leave out --currency.'],
  [['--account', 'apex-1', '--currency', 'eur'], '--currency must be three capital letters, such as EUR.'],
])('replay %j is refused in one sentence', async (args, sentence) => {
  const { out, err, code } = await replay(args);
  expect([out, code]).toEqual(['', 2]);
  expect(err).toContain(sentence);
  expect(err.trimEnd().split('\n')).toHaveLength(1);
});

describe('size', () => {
  const size = (args: readonly string[], cwd = desk) => cli(['size', ...args], { cwd });

  test('the smallest bound decides, micros count as tenths', async () => {
    expect((await size(['--stop', '12.25', '--account', 'apex-1', '--product', 'MNQ', '--balance', '51200', '--peak', '52000'])).out).toBe([
      '4 MNQ for apex-1: loses 98 at the stop (24.50 a contract); risk decides.',
      'Equity 51,200, floor 50,000, room 1,200; from the balance and high-water mark that were given.',
      '  risk          4  10 % of the room is 120; one contract loses 24.50 at 12.25 points',
      '  room         48  1,200 to the floor',
      '  contracts    60  6 contracts allowed, 10 micros each', '',
    ].join('\n'));
    const funded = await size(['--stop', '1', '--risk', '100', '--product', 'ES', '--pack', 'apex-4.0-eod', '--size', '50000', '--phase', 'funded']);
    expect(funded.out).toContain('2 ES for Apex Trader Funding 4.0, end-of-day trailing: loses 100 at the stop (50 a contract); contracts decides.');
    expect(funded.out).toContain('daily loss    19  1,000 until the day’s loss limit');
  });

  test('slippage and costs belong to the loss', async () => {
    expect((await size(['--stop', '4', '--slippage', '0.5', '--costs', '4.20', '--product', 'ES', '--pack', 'topstep', '--size', '50000', '--risk', '50'])).out).toContain('4 ES for Topstep: loses 916.80 at the stop (229.20 a contract); risk decides.');
  });

  test.each<[readonly string[], string]>([
    [['--stop', '8', '--account', 'apex-1'], 'Equity 48,875 is at or below the floor of 48,875: nothing fits.'],
    [['--stop', '-1', '--pack', 'topstep', '--size', '50000', '--product', 'ES'], '--stop -1 is no distance.'],
    [['--stop', '8', '--pack', 'topstep', '--size', '50000', '--product', 'ES', '--risk', '0'], '--risk 0 is no share.'],
    [['--stop', '8', '--pack', 'topstep', '--size', '50000'], 'What is traded is not known. Name it with --product ES.'],
    [['--stop', '8', '--pack', 'ftmo-2step', '--size', '50000', '--product', 'EURUSD'], 'What a point of EURUSD is worth is not tabulated.'],
    [['--stop', '8', '--product', 'ES'], 'tickguard.json has several accounts'],
  ])('%j is refused', async (args, sentence) => {
    const { err, code } = await size(args);
    expect(code).toBe(2);
    expect(err).toContain(sentence);
  });
});

describe('packs', () => {
  const packs = (args: readonly string[], cwd = desk) => cli(['packs', ...args], { cwd });

  test('the list names every pack with the day on which its pages were read', async () => {
    const { out } = await packs([]);
    expect(out.split('\n').filter((line) => /read 2026-11-22/.test(line)).map((line) => line.split(' ')[0])).toEqual([
      'apex-4.0-intraday', 'apex-4.0-eod', 'ftmo-2step', 'topstep', 'mffu', 'take-profit-trader', 'tradeify', 'apex-3.0', 'apex-legacy',
    ]);
    expect(out).toContain('! apex-3.0: These rules ended on 2026-02-28: they hold for accounts bought until then.');
  });

  test('diff --here names lines and ledger days that a new rulebook changes', async () => {
    const { out } = await packs(['diff', 'apex-4.0-intraday', 'apex-4.0-eod', '--here']);
    expect(out).toContain('phases.evaluation.drawdown.kind: intraday-trailing → eod-trailing');
    expect(out).toMatch(/apex-4\.0-eod {2}experts\/Include\/RiskGuard\.mqh:9 {2}APX001 {2}4 % of 50,000 is 2,000 a day/);
    expect(out).not.toMatch(/AGENTS\.md/);
    expect(out).toContain('  apex-1  2026-03-10  lost: floor-touched → paused: daily-loss');
  });

  test.each<[readonly string[], string]>([
    [['apex'], 'There is no rule pack apex.'], [['diff', 'topstep'], 'diff compares two packs.'], [['topstep', 'mffu'], 'One pack is shown at a time'], [['--here'], '--here belongs to diff.'],
  ])('%j is refused', async (args, sentence) => {
    const { err, code } = await packs(args);
    expect(code).toBe(2);
    expect(err).toContain(sentence);
  });
});
