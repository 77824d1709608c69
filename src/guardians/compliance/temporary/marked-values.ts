/** Values that keep an account alive and that somebody has marked as temporary. */
import type { Comment, Expr, SourceModel, Span } from '../../../core/source/model.ts';
import { holdsCode } from '../../../core/source/holds.ts';
import { isPreset } from '../../../core/source/settings/settings.ts';
import { positionAt } from '../../../core/source/text.ts';
import { countName } from '../contracts/count-name.ts';
import { guardSwitch } from '../idle/guard-names.ts';
import { limitKind } from '../limits/limit-key.ts';
import { isAskedDailyLoss, isBareLossLimit } from '../limits/meaning.ts';
import { keysAbove } from '../limits/written.ts';
import { namedValues } from '../named.ts';
import { hasPhrase, wordsOf } from '../words.ts';
import { markIn, markInName, speaksOfValue } from './mark-words.ts';

/** What a value guards. */
export type SafetyKind = 'limit' | 'deadline' | 'contracts' | 'stop' | 'risk' | 'switch';

/** A value that guards something and is marked as temporary. */
export interface MarkedValue {
  readonly name: string;
  readonly kind: SafetyKind;
  /** The value. */
  readonly at: Span;
  readonly written: string;
  /** The words that say so. */
  readonly mark: string;
  /** The comment; undefined where the name says it. */
  readonly comment?: Span;
}

/** Letters of which the name of such a value has some. */
export const SAFETY_LETTERS = /draw_?down|dd|loss|risk|contract|flat|cut_?off|deadline|eod|close|exit|kill|breaker|guard|equity|stop|sl|mini|micro|consistency|limit|prop|safety|lots/i;

/** What a name guards; undefined for everything else. */
export function safetyKind(name: string, outer: readonly string[]): SafetyKind | undefined {
  if (!SAFETY_LETTERS.test(name) && !outer.some((part) => SAFETY_LETTERS.test(part))) { return undefined; }
  if (guardSwitch(name, outer) !== undefined) { return 'switch'; }
  const limit = limitKind(name, outer);
  if (limit !== undefined) { return limit === 'deadline' || limit === 'contracts' ? limit : 'limit'; }
  if (isBareLossLimit(name) || isAskedDailyLoss(name)) { return 'limit'; }
  if (countName(name, outer)?.limit === true) { return 'contracts'; }
  const words = wordsOf(name);
  if (words.some((word) => word === 'reward' || word === 'ratio' || word === 'free' || word === 'trailing' || word === 'time' || word === 'enabled' || word === 'use')) { return undefined; }
  if (words.includes('risk') && words.some((word) => word === 'per' || word === 'pct' || word === 'percent' || word === 'fraction' || word === 'share' || word === 'max')) { return 'risk'; }
  return hasPhrase(words, 'stop', 'loss') || words.includes('stoploss') || (words.includes('sl') && words.some((word) => word === 'points' || word === 'ticks' || word === 'pips' || word === 'pct')) ? 'stop' : undefined;
}

/** Every marked value of a file, in source order, one a place. */
export function markedValues(model: SourceModel): readonly MarkedValue[] {
  const marks = new Marks(model);
  if (marks.none && !NAMED.test(model.source.text)) { return []; }
  const found = [...(holdsCode(model) ? inCode(model, marks) : []), ...inSettings(model, marks)];
  const seen = new Set<number>();
  return [...found].sort((a, b) => a.at.start - b.at.start).filter(({ at }) => !seen.has(at.start) && seen.add(at.start));
}

const NAMED = /temp|tmp|debug|hack|placeholder|dummy|fixme|xxx/i;

/** The marks of a file by line. */
class Marks {
  readonly #model: SourceModel;
  readonly #byLine = new Map<number, Comment>();

  constructor(model: SourceModel) {
    this.#model = model;
    for (const comment of model.comments) { if (markIn(comment.text) !== undefined) { this.#byLine.set(positionAt(model.source, comment.start).line, comment); } }
  }

  get none(): boolean {
    return this.#byLine.size === 0;
  }

  /** The mark of a comment behind a value on its line, or alone on the line above its name. */
  at(value: Span, from: Span): { readonly mark: string; readonly comment: Span } | undefined {
    const { line } = positionAt(this.#model.source, value.end);
    const behind = this.#byLine.get(line);
    // Two values on a line: nobody knows which one is meant.
    if (behind !== undefined && !behind.ownLine && behind.start >= value.end) {
      const mark = markIn(behind.text);
      if (mark !== undefined) { return { mark, comment: { start: behind.start, end: behind.end } }; }
    }
    const above = this.#byLine.get(positionAt(this.#model.source, from.start).line - 1);
    if (above?.ownLine !== true || !speaksOfValue(above.text)) { return undefined; }
    const mark = markIn(above.text);
    return mark === undefined ? undefined : { mark, comment: { start: above.start, end: above.end } };
  }
}

function inCode(model: SourceModel, marks: Marks): readonly MarkedValue[] {
  return namedValues(model, (name) => SAFETY_LETTERS.test(name)).flatMap((named): readonly MarkedValue[] => {
    const { value, name, outer } = named;
    if (!isWritten(value)) { return []; }
    const byName = markInName(name);
    const kind = safetyKind(byName?.rest ?? name, outer);
    if (kind === undefined || !fits(kind, value) || (kind === 'switch' && !isOff(name, outer, value.kind === 'literal' ? String(value.value) : ''))) { return []; }
    const at = { start: value.start, end: value.end };
    const marked = marks.at(at, at) ?? (byName === undefined || named.form === 'local' || kind === 'switch' ? undefined : { mark: byName.mark });
    return marked === undefined ? [] : [{ name, kind, at, written: model.source.text.slice(at.start, at.end), ...marked }];
  });
}

/** A value as somebody wrote it: a literal, its negative, a time of literals, a product of literals. */
function isWritten(value: Expr): boolean {
  const pending: Expr[] = [value];
  for (let count = 0; count < 12; count++) {
    const expr = pending.pop();
    if (expr === undefined) { return true; }
    if (expr.kind === 'literal') { continue; }
    if (expr.kind === 'unary') { pending.push(expr.operand); } else if (expr.kind === 'binary') { pending.push(...expr.operands); } else if (expr.kind === 'call' && expr.args.length > 0 && expr.args.length <= 3) { pending.push(...expr.args.map((argument) => argument.value)); } else { return false; }
  }
  return false;
}

/** A switch that is marked counts where it keeps its guard from acting. */
function isOff(name: string, outer: readonly string[], value: string): boolean {
  return /^(?:true|on|yes)$/i.test(value) === (guardSwitch(name, outer) === 'skip');
}

/** A switch is true or false; a limit is neither, and nothing (`None`) is no limit. */
function fits(kind: SafetyKind, value: Expr): boolean {
  if (value.kind !== 'literal') { return kind !== 'switch'; }
  return kind === 'switch' ? value.type === 'boolean' : value.type === 'number' || (value.type === 'string' && /\d/.test(String(value.value)));
}

function inSettings(model: SourceModel, marks: Marks): readonly MarkedValue[] {
  return model.entries.flatMap((entry): readonly MarkedValue[] => {
    if (entry.shape !== 'scalar' || entry.alias !== undefined) { return []; }
    const outer = keysAbove(entry);
    const byName = markInName(entry.key);
    const kind = safetyKind(byName?.rest ?? entry.key, outer);
    const written = isPreset(model.path) ? entry.text.split('|', 1)[0] ?? '' : entry.text;
    const truth = /^(?:true|false|on|off|yes|no)$/i.test(written);
    if (kind === undefined || (kind === 'switch') !== truth || (truth && !isOff(entry.key, outer, written)) || (!truth && !/\d/.test(written))) { return []; }
    const marked = marks.at(entry.valueSpan, entry.keySpan ?? entry.valueSpan) ?? (byName === undefined || truth ? undefined : { mark: byName.mark });
    return marked === undefined ? [] : [{ name: entry.key, kind, at: entry.valueSpan, written, ...marked }];
  });
}
