/**
 * Suppression comments: `# tickguard: ignore[APX004, SEC001/binance-secret] reason` on the line or on the line before,
 * `# tickguard: ignore-file[SEC001] reason` above the first line of code. The reason is required.
 */
import { countUpTo, Layers } from '../findings/layers.ts';
import type { Comment, SourceModel, SourceText, Span, Stmt } from '../source/model.ts';
import { lineIndexAt } from '../source/text.ts';
import { walkModule } from '../source/walk.ts';
import { findRule, nearest, ruleNames } from './registry.ts';
import type { Rule } from './rule.ts';

/** One rule silenced by one comment. */
export interface Directive {
  /** Id as findings carry it: `APX004`. */
  readonly rule: string;
  readonly detector?: string;
  /** `file`, or the stretches of the text in which findings that start there are silenced. */
  readonly covers: 'file' | readonly Span[];
  readonly reason: string;
  /** The id inside the comment. */
  readonly at: Span;
}

/** A comment that cannot work as written; becomes a TKG003 finding. */
export interface BadDirective {
  readonly at: Span;
  readonly messageId: 'reason' | 'rule' | 'none' | 'head' | 'fixed';
  readonly data: Readonly<Record<string, string>>;
}

export interface Directives {
  readonly directives: readonly Directive[];
  readonly problems: readonly BadDirective[];
}

/** The engine's verdicts on comments and on itself: a comment must not silence them. */
const NEVER_SILENCED: ReadonlySet<string> = new Set(['TKG001', 'TKG002', 'TKG003']);

const MARK = 'tickguard:';

/**
 * Reads the suppression comments of a file. `known` are all rules there are, whether they run or not: only an id outside
 * of them is wrong. A file without such comments costs one string search a comment.
 */
export function readDirectives(model: SourceModel, known: readonly Rule[]): Directives {
  const written = model.comments.flatMap((comment) => parse(model, comment) ?? []);
  if (written.length === 0) { return { directives: [], problems: [] }; }
  const layout = layoutOf(model);
  const directives: Directive[] = [];
  const problems: BadDirective[] = [];
  for (const entry of written) {
    if (entry.ids.length === 0) {
      problems.push({ at: entry.at, messageId: 'none', data: {} });
      continue;
    }
    if (entry.scope === 'file' && !inHead(entry.comment, layout)) {
      problems.push({ at: entry.at, messageId: 'head', data: {} });
      continue;
    }
    const covers = entry.scope === 'file' ? 'file' : coverOf(model, entry.comment, layout);
    for (const id of entry.ids) {
      const judged = judge(id, entry.reason, covers, known);
      if ('messageId' in judged) { problems.push(judged); } else { directives.push(judged); }
    }
  }
  return { directives, problems };
}

/** Which of a file's directives silences a finding: worked out once for all findings. */
export class Silences {
  /** By rule (`APX004`) or detector (`SEC001/binance-secret`). */
  readonly #places = new Map<string, Layers<Covered>>();
  /** The first directive for the whole file, likewise. */
  readonly #files = new Map<string, number>();

  constructor(directives: readonly Directive[]) {
    const places = new Map<string, Covered[]>();
    directives.forEach((directive, index) => {
      const name = directive.detector === undefined ? directive.rule : `${directive.rule}/${directive.detector}`;
      if (directive.covers === 'file') {
        if (!this.#files.has(name)) { this.#files.set(name, index); }
        return;
      }
      const covered = places.get(name) ?? [];
      places.set(name, covered);
      for (const { start, end } of directive.covers) { covered.push({ start, end, index }); }
    });
    for (const [name, covered] of places) { this.#places.set(name, new Layers(covered, ({ index }) => -index)); }
  }

  /** Position of the first directive that silences a finding, or undefined. `start` is where the finding starts. */
  of(finding: { readonly rule: string; readonly detector?: string | undefined }, start: number): number | undefined {
    const names = finding.detector === undefined ? [finding.rule] : [finding.rule, `${finding.rule}/${finding.detector}`];
    const found = names.flatMap((name) => [this.#places.get(name)?.at(start)?.index ?? [], this.#files.get(name) ?? []].flat());
    return found.length === 0 ? undefined : Math.min(...found);
  }
}

/** A stretch of the text that the directive at this position silences. */
interface Covered extends Span {
  readonly index: number;
}

// ------------------------------------------------------------------ reading

interface Written {
  readonly comment: Comment;
  readonly scope: 'line' | 'file';
  /** From the mark to the end of the comment's line. */
  readonly at: Span;
  readonly ids: readonly { readonly text: string; readonly at: Span }[];
  readonly reason: string;
}

/** By hand, from left to right: the text comes from anybody. */
function parse(model: SourceModel, comment: Comment): Written | undefined {
  const whole = model.source.text.slice(comment.start, comment.end);
  const mark = whole.indexOf(MARK);
  // Only where a comment begins, be it behind another one: `# noqa # tickguard: …`.
  if (mark === -1 || !'#;/*-'.includes(whole.slice(0, mark).trimEnd().at(-1) ?? '#')) { return undefined; }
  const feed = whole.indexOf('\n', mark);
  const line = whole.slice(0, feed === -1 ? whole.length : feed).replace(/(?:\*\/|-->)$/, '').trimEnd();
  let position = skipBlanks(line, mark + MARK.length);
  const scope = line.startsWith('ignore-file', position) ? 'file' : line.startsWith('ignore', position) ? 'line' : undefined;
  if (scope === undefined) { return undefined; }
  position = skipBlanks(line, position + (scope === 'file' ? 'ignore-file' : 'ignore').length);
  const at = { start: comment.start + mark, end: comment.start + line.length };
  const close = line[position] === '[' ? line.indexOf(']', position) : -1;
  if (close === -1) { return { comment, scope, at, ids: [], reason: '' }; }
  const ids = splitIds(line, position + 1, close, comment.start);
  const reason = line.slice(close + 1).replace(/^[\s:–—-]+/, '');
  return { comment, scope, at, ids, reason };
}

function skipBlanks(line: string, from: number): number {
  let position = from;
  while (line[position] === ' ' || line[position] === '\t') { position += 1; }
  return position;
}

function splitIds(line: string, from: number, to: number, offset: number): Written['ids'] {
  const ids: { text: string; at: Span }[] = [];
  let start = from;
  for (const part of line.slice(from, to).split(',')) {
    const text = part.trim();
    const begin = offset + start + (part.length - part.trimStart().length);
    if (text !== '') { ids.push({ text, at: { start: begin, end: begin + text.length } }); }
    start += part.length + 1;
  }
  return ids;
}

function judge(
  id: Written['ids'][number], reason: string, covers: Directive['covers'], known: readonly Rule[],
): Directive | BadDirective {
  const found = findRule(known, id.text);
  if (found === undefined) {
    const near = nearest(id.text, ruleNames(known));
    return { at: id.at, messageId: 'rule', data: { rule: id.text, near: near === undefined ? '' : `; the nearest is ${near}` } };
  }
  if (NEVER_SILENCED.has(found.rule.id)) { return { at: id.at, messageId: 'fixed', data: { rule: found.rule.id } }; }
  if (!/[\p{L}\p{N}]/u.test(reason)) { return { at: id.at, messageId: 'reason', data: { rule: id.text } }; }
  return { rule: found.rule.id, ...(found.detector === undefined ? {} : { detector: found.detector }), covers, reason, at: id.at };
}

// ------------------------------------------------------------------- layout

/** Statements and entries with the part a comment beside them speaks of: of a compound statement only its head. */
interface Layout {
  /** By where they start. They lie apart, but for copies that aliases bring. */
  readonly heads: readonly Span[];
  /** Lines with nothing but a comment, and the first line below each that is none. */
  readonly belowComment: ReadonlyMap<number, number>;
  /** Where the first line of code starts; the docstring of the module is no code. */
  readonly firstCode: number;
}

function layoutOf(model: SourceModel): Layout {
  const heads: Span[] = [];
  walkModule(model, { statement: (statement) => { heads.push(headOf(model, statement)); } });
  for (const entry of model.entries) {
    if (entry.shape === 'scalar') { heads.push({ start: entry.start, end: entry.end }); }
  }
  // A comment of a page above a fence speaks of the whole fence.
  for (const part of model.language === 'markdown' ? model.parts ?? [] : []) { heads.push({ start: part.start, end: part.end }); }
  const code = model.body.find((statement, index) => index > 0 || !isDocstring(statement));
  const firstCode = Math.min(code?.start ?? Infinity, model.entries[0]?.start ?? Infinity);
  heads.sort((a, b) => a.start - b.start);
  return { heads, belowComment: belowComments(model), firstCode: model.language === 'text' ? firstTextLine(model) : firstCode };
}

function belowComments(model: SourceModel): ReadonlyMap<number, number> {
  const source = codeLinesOf(model);
  const lines = model.comments.filter((comment) => comment.ownLine).map((comment) => lineIndexAt(source, comment.start));
  const below = new Map<number, number>();
  for (const line of lines.sort((a, b) => b - a)) { below.set(line, below.get(line + 1) ?? line + 1); }
  return below;
}

function isDocstring(statement: Stmt): boolean {
  return statement.kind === 'expression' && statement.value.kind === 'literal' && statement.value.type === 'string';
}

/** Plain text has no statements: its head ends at the first line that is no comment. */
function firstTextLine(model: SourceModel): number {
  const { text, lineStarts } = model.source;
  const line = lineStarts.find((start) => /^[ \t]*[^\s#;/]/.test(text.slice(start, start + 200)));
  return line ?? Infinity;
}

function headOf(model: SourceModel, statement: Stmt): Span {
  const first = firstInner(model, statement);
  return { start: statement.start, end: first === undefined ? statement.end : first.start };
}

/** First statement of the body of a compound statement. */
function firstInner(model: SourceModel, statement: Stmt): Stmt | undefined {
  switch (statement.kind) {
    case 'if': return statement.branches[0]?.body[0];
    case 'loop': case 'try': case 'with': case 'unknownStatement': return statement.body[0];
    case 'match': return statement.cases[0]?.body[0];
    case 'function': return model.functions[statement.function]?.body[0];
    case 'class': return model.classes[statement.class]?.body[0];
    default: return undefined;
  }
}

function inHead(comment: Comment, layout: Layout): boolean {
  return comment.ownLine && comment.start < layout.firstCode;
}

/** What a line suppression speaks of: its line or the next one, and the statement that belongs to it. */
function coverOf(model: SourceModel, comment: Comment, layout: Layout): readonly Span[] {
  return comment.ownLine ? coverBelow(model, comment, layout) : coverBeside(model, comment, layout);
}

function coverBelow(model: SourceModel, comment: Comment, layout: Layout): readonly Span[] {
  const next = lineIndexAt(codeLinesOf(model), Math.max(comment.end - 1, comment.start)) + 1;
  const span = lineSpan(model, layout.belowComment.get(next) ?? next);
  if (span === undefined) { return []; }
  return [span, ...layout.heads.slice(startsBefore(layout, span.start), startsBefore(layout, span.end))];
}

/** How many heads start before an offset. */
function startsBefore({ heads }: Layout, offset: number): number {
  return countUpTo(heads.length, (index) => (heads[index] as Span).start < offset);
}

function coverBeside(model: SourceModel, comment: Comment, layout: Layout): readonly Span[] {
  const { text } = model.source;
  const span = lineSpan(model, lineIndexAt(codeLinesOf(model), comment.start));
  if (span === undefined) { return []; }
  // Behind the last line of a statement of several lines, where formatters put it.
  const head = layout.heads[startsBefore(layout, span.start) - 1];
  if (head === undefined || head.end <= span.start) { return [span]; }
  const last = lastCharacter(text, head, comment);
  return last >= span.start && last < comment.start ? [span, head] : [span];
}

/** Offset of the last character of a head that is neither white space nor this comment. */
function lastCharacter(text: string, head: Span, comment: Comment): number {
  let last = head.end - 1;
  while (last >= head.start) {
    if (last >= comment.start && last < comment.end) {
      last = comment.start - 1;
    } else if (/\s/.test(text[last] as string)) {
      last -= 1;
    } else {
      return last;
    }
  }
  return head.start;
}

/** The text with the lines that count for its code. */
function codeLinesOf(model: SourceModel): SourceText {
  return model.codeLines === undefined ? model.source : { ...model.source, lineStarts: model.codeLines };
}

function lineSpan(model: SourceModel, line: number): Span | undefined {
  const { text, lineStarts } = codeLinesOf(model);
  const start = lineStarts[line];
  return start === undefined ? undefined : { start, end: lineStarts[line + 1] ?? text.length + 1 };
}
