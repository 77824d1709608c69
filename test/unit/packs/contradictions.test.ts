/** A pack that says two things at once is refused, with the path of the field that is wrong. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packSchema } from '../../../src/guardians/compliance/packs/pack-schema.ts';

const folder = join(import.meta.dirname, '../../../src/guardians/compliance/packs');
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Loose = any;
const read = (id: string): Loose => JSON.parse(readFileSync(join(folder, `${id}.json`), 'utf8')) as Loose;
const said = (data: unknown): readonly string[] => (packSchema().safeParse(data).error?.issues ?? []).map((issue) => `${issue.path.join('.')} ${issue.message}`);

test.each<[string, string, (pack: Loose) => void, string]>([
  ['rules that end before they begin', 'apex-3.0', (pack) => { pack.effective.to = '2024-10-20'; }, 'effective.to is 2024-10-20, before the rules begin on 2024-10-21'],
  ['a size twice', 'apex-3.0', (pack) => { pack.sizes.push(25_000); }, 'sizes.7 lists 25000 twice'],
  ['flat by and overnight', 'topstep', (pack) => { pack.session.overnight = true; }, 'session.flatBy asks to be flat by 15:10 where overnight positions are allowed'],
  ['grace without a deadline', 'ftmo-2step', (pack) => { pack.session.graceSeconds = 60; }, 'session.graceSeconds gives seconds after a deadline that the pack does not have'],
  ['flat when the next day begins', 'topstep', (pack) => { pack.session.flatBy = '17:00'; }, 'session.flatBy is 17:00, the minute at which the next day begins'],
  ['evidence that is not there', 'topstep', (pack) => { pack.bans[0].evidence = 9; }, 'bans.0.evidence points at entry 9 of evidence, which has 4'],
  ['a page changed after it was seen', 'apex-3.0', (pack) => { pack.evidence[2].dateModified = '2026-12-24'; }, 'evidence.2.dateModified is 2026-12-24, after the page was seen on 2026-11-22'],
  ['no row for a size', 'apex-4.0-eod', (pack) => { delete pack.phases.funded.contracts.tiersBySize['50000']; }, 'phases.funded.contracts.tiersBySize has no row for size 50000'],
  ['no row of a lock', 'apex-4.0-eod', (pack) => { delete pack.phases.evaluation.drawdown.lock.vendors.rithmic.floor.bySize['25000']; }, 'phases.evaluation.drawdown.lock.vendors.rithmic.floor.bySize has no row for size 25000'],
  ['more least days than days', 'apex-4.0-eod', (pack) => { pack.phases.evaluation.minimumDays = 31; }, 'phases.evaluation.minimumDays is 31, more than the 30 days there are'],
  ['a static floor that locks', 'ftmo-2step', (pack) => { pack.phases.funded.drawdown.lock = { kind: 'start-plus', amount: '100' }; }, 'phases.funded.drawdown.lock.kind stops a floor that never moves'],
  ['a lock of an unknown vendor', 'apex-4.0-eod', (pack) => { pack.vendors = ['rithmic', 'tradovate']; }, 'phases.evaluation.drawdown.lock.vendors.wealthcharts is no vendor that the pack lists'],
  ['a lock below the first floor', 'apex-4.0-eod', (pack) => { pack.phases.evaluation.drawdown.lock.vendors.rithmic.floor.bySize['50000'] = '47000'; }, 'phases.evaluation.drawdown.lock.vendors.rithmic.floor.bySize.50000 stops the floor below where it begins'],
  ['levels out of order', 'apex-4.0-eod', (pack) => { pack.phases.funded.contracts.tiersBySize['50000'][2].fromProfit = '1500'; }, 'phases.funded.contracts.tiersBySize.50000.2.fromProfit is 1500, not above the level before it'],
  ['levels that begin above nothing', 'apex-4.0-eod', (pack) => { pack.phases.funded.contracts.tiersBySize['50000'][0].fromProfit = '1'; }, 'phases.funded.contracts.tiersBySize.50000.0.fromProfit is 1; the first level begins at 0'],
  ['a daily loss by levels without levels', 'apex-4.0-eod', (pack) => { pack.phases.funded.contracts = { maxBySize: { 25000: 4, 50000: 6, 100000: 8, 150000: 12 }, microsPerMini: 10 }; }, 'phases.funded.dailyLoss.amount.tiers refers to levels of contracts that the phase does not have'],
  ['more than the whole profit', 'apex-3.0', (pack) => { pack.phases.funded.consistency.percent = '130'; }, 'phases.funded.consistency.percent is 130, more than the whole profit'],
  ['a share raised too early', 'apex-3.0', (pack) => { pack.phases.funded.openLoss.raised.fromProfitBySize['50000'] = '2000'; }, 'phases.funded.openLoss.raised.fromProfitBySize.50000 raises the share before the smallest base ends'],
])('%s', (_, id, change, sentence) => {
  const pack = read(id);
  change(pack);
  expect(said(pack)).toEqual([sentence]);
});

test('the packs that come along have none', () => {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  expect(files).toHaveLength(9);
  for (const file of files) { expect(said(read(file.slice(0, -5))), file).toEqual([]); }
});
