/**
 * Seeded mutants: bad snippets put into foreign code, where they must be found at exactly their place, and good ones,
 * which must change nothing. Shows that a rule does not depend on the code around its samples.
 */
import type { FunctionModel, SourceModel, Span, Stmt } from '../../src/core/source/model.ts';
import type { Rule } from '../../src/core/rules/rule.ts';
import { readSource, type Syntax } from '../../src/core/source/source.ts';
import { rangeOf, slice, sourceOf } from '../../src/core/source/text.ts';
import type { FileConfig } from '../../src/core/workspace/config-file.ts';
import { checkInMemory } from './memory.ts';
import { unmark } from './markers.ts';

/** A piece of code to inject. */
export interface Snippet {
  readonly name: string;
  /** Statements without indentation; `«…»` marks what must be found, none marks a good twin. */
  readonly code: string;
  /** Between statements of the module, or of a function. */
  readonly where: 'module' | 'function';
  /** Import lines the snippet needs, put at the top of the file. */
  readonly imports?: string;
  /** Of `function`: which ones will do. */
  into?(fn: FunctionModel, model: SourceModel): boolean;
}

export interface Mutant {
  readonly text: string;
  /** Where the marked parts ended up. */
  readonly expected: readonly Span[];
}

/** Numbers in [0, 1) that depend on the seed alone (mulberry32, Tommy Ettinger 2017, public domain). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Puts a snippet into a file at a place the random numbers choose; undefined when the file has none for it. */
export function mutate(model: SourceModel, snippet: Snippet, random: () => number): Mutant | undefined {
  const places = placesFor(model, snippet);
  const place = places[Math.floor(random() * places.length)];
  if (place === undefined) { return undefined; }
  const { text } = model.source;
  const lineStart = text.lastIndexOf('\n', place.start - 1) + 1;
  const indent = text.slice(lineStart, place.start);
  const feed = text.includes('\r\n') ? '\r\n' : '\n';
  const marked = snippet.code.trimEnd().split('\n').map((line) => (line === '' ? '' : indent + line)).join(feed) + feed;
  const inserted = unmark(marked);
  const top = snippet.imports === undefined ? '' : snippet.imports.trimEnd().split('\n').join(feed) + feed;
  const importsAt = top === '' ? 0 : topOf(model);
  const before = importsAt <= lineStart ? top.length : 0;
  const body = text.slice(0, lineStart) + inserted.text + text.slice(lineStart);
  const at = importsAt <= lineStart ? importsAt : importsAt + inserted.text.length;
  return {
    text: body.slice(0, at) + top + body.slice(at),
    expected: inserted.spans.map((span) => ({ start: span.start + lineStart + before, end: span.end + lineStart + before })),
  };
}

export interface MutantOptions {
  readonly seed: number;
  /** Mutants made of each snippet. */
  readonly count: number;
  readonly config?: FileConfig;
  readonly asOf?: string;
  /** Default `assume`. */
  readonly trading?: 'assume' | 'decide';
}

export interface MutantVerdict {
  /** Mutants that were made and judged. */
  readonly made: number;
  /** One sentence each, with seed and text enough to see it again. */
  readonly problems: readonly string[];
}

/** Injects every snippet into the foreign files `count` times and compares what is new with what was marked. */
export function judgeMutants(
  rule: Rule, foreign: Readonly<Record<string, string>>, snippets: readonly Snippet[], options: MutantOptions, syntax: Syntax,
): MutantVerdict {
  const random = seededRandom(options.seed);
  const paths = Object.keys(foreign).sort();
  const { config, asOf, trading = 'assume' } = options;
  const memory = { rules: [rule], trading, ...(config === undefined ? {} : { config }), ...(asOf === undefined ? {} : { asOf }) };
  const problems: string[] = [];
  let made = 0;
  for (const snippet of snippets) {
    for (let round = 0; round < options.count; round++) {
      const path = paths[Math.floor(random() * paths.length)] as string;
      const source = sourceOf(foreign[path] as string);
      const model = readSource(path, source, syntax, { budgetMs: 5_000 });
      const mutant = mutate(model, snippet, random);
      if (mutant === undefined) { continue; }
      made += 1;
      const find = (text: string): readonly string[] => (checkInMemory({ [path]: text }, memory, syntax).get(path)?.findings ?? [])
        .filter(({ finding }) => finding.rule === rule.id).map(({ finding }) => placeText(finding.range));
      const fresh = new Set(mutant.expected.map((span) => placeText(rangeOf(sourceOf(mutant.text), span))));
      const found = find(mutant.text);
      const old = find(source.text).length;
      const missing = [...fresh].filter((place) => !found.includes(place));
      if (missing.length > 0 || found.length !== old + fresh.size) {
        const excerpt = mutant.expected.map((span) => slice(sourceOf(mutant.text), span)).join(' | ');
        problems.push(`seed ${options.seed}, ${snippet.name} in ${path}: missing ${missing.join(', ') || 'none'}, ${found.length} found instead of ${old + fresh.size} (${excerpt})`);
      }
    }
  }
  return { made, problems };
}

function placeText(range: { line: number; column: number; endLine: number; endColumn: number }): string {
  return `${range.line}:${range.column}-${range.endLine}:${range.endColumn}`;
}

/** Statements a snippet can stand before: alone at the start of their line, past docstring and future imports. */
function placesFor(model: SourceModel, snippet: Snippet): readonly Stmt[] {
  const bodies = snippet.where === 'module'
    ? [model.body.slice(headLength(model))]
    : model.functions.filter((fn) => fn.name !== '' && (snippet.into?.(fn, model) ?? true)).map((fn) => fn.body);
  const { text } = model.source;
  return bodies.flatMap((body) => body.filter((statement, index) => {
    const lineStart = text.lastIndexOf('\n', statement.start - 1) + 1;
    const alone = /^[ \t]*$/.test(text.slice(lineStart, statement.start));
    // Behind a backslash or inside brackets a line does not start a statement, and before a docstring it would not be one.
    const free = !/\\\r?\n$/.test(text.slice(Math.max(lineStart - 3, 0), lineStart)) && !isString(statement, index);
    // A decorated definition starts at its decorator only in some grammars.
    const decorated = statement.kind === 'function' || statement.kind === 'class';
    return alone && free && !decorated && !inError(model, statement);
  }));
}

function isString(statement: Stmt, index: number): boolean {
  return index === 0 && statement.kind === 'expression' && statement.value.kind === 'literal';
}

function inError(model: SourceModel, statement: Stmt): boolean {
  return model.errors.some((error) => error.start <= statement.end && statement.start <= error.end);
}

/** Number of statements before which nothing may stand. */
function headLength(model: SourceModel): number {
  let length = 0;
  model.body.forEach((statement, index) => {
    const future = statement.kind === 'import' && statement.imports.some((position) => model.imports[position]?.module === '__future__');
    if (future || isString(statement, index)) { length = index + 1; }
  });
  return length;
}

/** Offset of the line behind the docstring and the future imports. */
function topOf(model: SourceModel): number {
  const first = model.body[headLength(model)];
  return first === undefined ? model.source.text.length : model.source.text.lastIndexOf('\n', first.start - 1) + 1;
}
