/** Judges keys of configuration files that let entries rest in the market: they count where a program reads them for an entry. */
import type { Range } from '../../../core/findings/finding.ts';
import type { SourceModel, SourceText, Span } from '../../../core/source/model.ts';
import { mayBeForce } from '../../../core/source/settings/facts.ts';
import { isPreset, settingsOf } from '../../../core/source/settings/settings.ts';
import { offsetAt } from '../../../core/source/text.ts';
import type { AccountConfig } from '../../../core/workspace/config.ts';
import { FORCE, ordersEnd, told } from './judge-resting.ts';
import type { RestingVerdict } from './judge-resting.ts';
import { isGtc } from './orders.ts';

/** Every key that says “good till cancelled”, with the question whether an entry order takes it. */
export function settingVerdicts(model: SourceModel, accounts: readonly AccountConfig[]): readonly RestingVerdict[] {
  const deadline = ordersEnd(accounts);
  if (deadline === undefined) { return []; }
  return (settingsOf(model)?.keys ?? []).flatMap(({ path, text, range }): readonly RestingVerdict[] => {
    const name = path[path.length - 1] ?? '';
    const value = isPreset(model.path) ? text.split('|', 1)[0] ?? '' : text;
    const day = mayBeForce(name) ? dayFor(value) : undefined;
    if (day === undefined) { return []; }
    const at = spanOf(model.source, range);
    const { data, ...base } = told(deadline);
    // A preset keeps the ranges of the tester behind the value.
    const edit = { start: at.start, end: at.start + value.length, text: day };
    const written = model.source.text.slice(edit.start, edit.end) === value;
    return [{
      ...base, messageId: 'setting', severity: 'warning', at, related: [], data: { ...data, value, key: name, day: value === '0' ? '1 (ORDER_TIME_DAY)' : day },
      when: { kind: 'used', topic: FORCE, key: path }, fixes: written ? [{ title: `Let entries end with the day: ${day}`, safe: false, edits: [edit] }] : [], evidence: { timeInForce: 'gtc', key: path.join('.') },
    }];
  });
}

/** The same spelling for the end of the day; undefined for what ends by itself. MetaTrader counts its kinds: 0 is good till cancelled, 1 the day. */
function dayFor(value: string): string | undefined {
  if (value === '0') { return '1'; }
  const last = value.slice(value.lastIndexOf('.') + 1);
  if (!isGtc(last)) { return undefined; }
  if (/gtc$/.test(value)) { return value.replace(/gtc$/, 'day'); }
  return /GTC$/.test(value) ? value.replace(/GTC$/, 'DAY') : 'DAY';
}

function spanOf(source: SourceText, range: Range): Span {
  return { start: offsetAt(source, range.line, range.column), end: offsetAt(source, range.endLine, range.endColumn) };
}
