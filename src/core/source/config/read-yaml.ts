/**
 * YAML by the `yaml` package: values by the core schema of YAML 1.2 (`16:59` is text, `yes` is text), whatever version a
 * document claims. Anchors are brought in by their aliases and merges as copies, within a budget.
 */
import { Composer, isAlias, isMap, isPair, isScalar, isSeq, Lexer, Parser } from 'yaml';
import type { CST, Document, ParsedNode, YAMLMap } from 'yaml';
import type { Comment, Span } from '../model.ts';
import { Budget } from '../syntax/budget.ts';
import { Allowance } from './allowance.ts';
import { childOf, commentAt, containerEntry, itemOf, MAX_DEPTH, scalarEntry } from './entry-list.ts';
import type { ConfigRead, OpenEntry, Place, ScalarValue } from './entry-list.ts';

/** Entries that aliases may add to a file: a page of aliases of aliases would otherwise be billions. */
const ALIAS_BUDGET = 2000;
/** Times a broken line is blanked to read what stands around it; each tries two lines. */
const MOST_REPAIRS = 3;
/** Longer files are read once: a repair reads the whole again. */
const LONGEST_REPAIR = 64_000;
/** More faults than this are not one line being typed. */
const MOST_FAULTS = 100;

/**
 * Faults the concrete syntax shows before the composer sees them: it makes an error of each, which takes a hundred times the
 * room of what is written, and cannot be stopped on the way.
 */
const MOST_SLIPS = 1_000;
/** Share of the time for the concrete syntax; to compose it takes at most as long (measured: a third to once). */
const TOKEN_SHARE = 2 / 3;

/** Marks of the lexer that stand for nothing in the text: document, end of broken flow, scalar. */
const DOCUMENT = '\u0002';
const FLOW_ERROR = '\u0018';
const SCALAR = '\u001F';

/** Reads every document of a YAML text; the paths of each begin at its own root. */
export function readYaml(text: string, allowance = new Allowance()): ConfigRead {
  const comments: Comment[] = [];
  const first = readOnce(text, text, allowance, comments);
  const mendable = first.faults.length > 0 && first.faults.length <= MOST_FAULTS && text.length <= LONGEST_REPAIR;
  const best = mendable ? repaired(text, first, allowance) : first;
  return { entries: best.entries, comments, errors: best.errors };
}

/**
 * A fault is most often one line that is being typed, and a quote or bracket on it swallows what follows. So the line
 * at the fault, or the one above it, is blanked where that lets more be read; it becomes an error as a whole.
 */
function repaired(text: string, first: Reading, allowance: Allowance): Reading {
  let best = first;
  let patched = text;
  const blanked: Span[] = [];
  for (let repair = 0; repair < MOST_REPAIRS && best.faults.length > 0 && !allowance.late; repair += 1) {
    const line = lineAround(patched, best.faults[0] ?? 0);
    const above = line && line.start > 0 ? lineAround(patched, patched.lastIndexOf('\n', line.start) - 1) : undefined;
    const tries = [line, above].flatMap((span) => {
      if (!span) return [];
      const without = patched.slice(0, span.start) + ' '.repeat(span.end - span.start) + patched.slice(span.end);
      return [{ span, without, reading: readOnce(without, text, new Allowance()) }];
    });
    const [one, other] = tries;
    const better = other && one && worth(other.reading) > worth(one.reading) ? other : one;
    if (!better || worth(better.reading) <= worth(best)) break;
    blanked.push(better.span);
    patched = better.without;
    best = better.reading;
  }
  return { ...best, errors: [...best.errors, ...blanked] };
}

/** What one reading gave; `faults` are offsets where mending may help, the likeliest first. */
interface Reading extends Pick<ConfigRead, 'entries' | 'errors'> {
  readonly faults: readonly number[];
}

/** How good a reading is: a fault costs what it makes of its neighbours, some entries that are not what they seem. */
function worth(reading: Reading): number {
  return reading.entries.length - 3 * reading.faults.length;
}

function readOnce(text: string, original: string, allowance: Allowance, comments: Comment[] = []): Reading {
  const tokens = tokenise(text, allowance, comments);
  if (tokens === undefined) return { entries: [], errors: [{ start: 0, end: text.length }], faults: [] };
  // Faults are reported with the document; warnings (tags of other programs) are none.
  const options = { schema: 'core', merge: false, uniqueKeys: false, prettyErrors: false, resolveKnownTags: false } as const;
  const documents: Document.Parsed[] = [];
  for (const document of new Composer(options).compose(tokens)) {
    documents.push(document);
    if (!allowance.piece(document.errors.length)) break;
  }
  const errors = documents.flatMap((document) => document.errors.map(({ pos: [start, end] }) => ({ start, end: Math.min(Math.max(start, end), text.length) })));
  const open = errors.length === 0 ? [] : unclosed(tokens);
  return { entries: new YamlWalk(original, allowance).run(documents), errors, faults: [...open, ...errors.map(({ start }) => start)] };
}

/**
 * The concrete syntax, with the comments, which are there even where the document is broken. Undefined where it nests deeper
 * than is read (the composer recurses), or takes more than its share of the time: composing cannot be interrupted.
 */
function tokenise(text: string, allowance: Allowance, comments: Comment[]): readonly CST.Token[] | undefined {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  const share = new Allowance(Number.isFinite(allowance.ms) ? new Budget(allowance.ms * TOKEN_SHARE) : undefined);
  const watch = new CommentWatch(text, comments);
  const slips = new SlipCount();
  for (const lexeme of new Lexer().lex(text)) {
    watch.see(lexeme);
    slips.lexeme(lexeme);
    for (const token of parser.next(lexeme)) {
      slips.token(token);
      tokens.push(token);
    }
    if (slips.count > MOST_SLIPS) return undefined;
    // A document, and a scalar in the innermost collection, are on the stack besides the collections.
    if (parser.stack.length > MAX_DEPTH + 4) return undefined;
    if (!share.piece() || !allowance.piece()) {
      allowance.giveUp('time');
      return undefined;
    }
  }
  for (const token of parser.end()) tokens.push(token);
  return depthOf(tokens) > MAX_DEPTH ? undefined : tokens;
}

/** The line around an offset, or the last one above it that has something on it; without its indentation. */
function lineAround(text: string, at: number): Span | undefined {
  for (let end = at < 0 ? -1 : lineEnd(text, Math.min(at, text.length)); end >= 0;) {
    const start = end === 0 ? 0 : text.lastIndexOf('\n', end - 1) + 1;
    const line = text.slice(start, end);
    const first = line.search(/\S/);
    if (first >= 0) return { start: start + first, end: start + line.trimEnd().length };
    end = start - 1;
  }
  return undefined;
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}

/** Every collection and scalar of the concrete syntax, parents first, with its depth. */
function* tokensOf(tokens: readonly CST.Token[]): Generator<{ readonly token: CST.Token; readonly depth: number }> {
  const open = tokens.map((token) => ({ token, depth: 0 })).reverse();
  for (let next = open.pop(); next; next = open.pop()) {
    yield next;
    const { token, depth } = next;
    if (token.type === 'document') {
      if (token.value) open.push({ token: token.value, depth });
    } else if ('items' in token) {
      for (const { key, value } of token.items) {
        if (value) open.push({ token: value, depth: depth + 1 });
        if (key) open.push({ token: key, depth: depth + 1 });
      }
    }
  }
}

/** Levels of nesting: the composer recurses, so this comes before it. */
function depthOf(tokens: readonly CST.Token[]): number {
  let deepest = 0;
  for (const { depth } of tokensOf(tokens)) deepest = Math.max(deepest, depth);
  return deepest;
}

/** Starts of quotes and brackets that are never closed: they swallow what follows. */
function unclosed(tokens: readonly CST.Token[]): number[] {
  const found: number[] = [];
  for (const { token } of tokensOf(tokens)) {
    if (token.type === 'flow-collection' && token.end.length === 0) found.push(token.offset);
    if (token.type === 'double-quoted-scalar' || token.type === 'single-quoted-scalar') {
      if (token.source.length < 2 || !token.source.endsWith(token.type === 'double-quoted-scalar' ? '"' : "'")) found.push(token.offset);
    }
  }
  return found.sort((a, b) => a - b);
}

/** Escapes that YAML does not have in double quotes (YAML 1.2.2, 5.7). */
const BAD_ESCAPE = /\\[^0abtnvfre "/\\N_LPxuU\t\r\n]/g;

/** Counts what cannot be right: stray marks, directives without end, anchors and tags on one node, unknown escapes. */
class SlipCount {
  count = 0;
  #properties = 0;

  lexeme(lexeme: string): void {
    if (lexeme.startsWith('"') && lexeme.includes('\\')) { this.count += lexeme.match(BAD_ESCAPE)?.length ?? 0; }
    // A node has one anchor and one tag.
    if (/^[&!]/.test(lexeme)) {
      this.#properties += 1;
      if (this.#properties > 2) { this.count += 1; }
    } else if (!/^[\s#]/.test(lexeme)) { this.#properties = 0; }
  }

  token(token: CST.Token): void {
    if (token.type === 'error' || token.type === 'directive') { this.count += 1; }
  }
}

/** Collects the comments from the lexemes as they come. */
class CommentWatch {
  readonly #text: string;
  readonly #comments: Comment[];
  #at = 0;
  #scalar = false;

  constructor(text: string, comments: Comment[]) {
    this.#text = text;
    this.#comments = comments;
  }

  see(lexeme: string): void {
    if (!this.#scalar && (lexeme === DOCUMENT || lexeme === FLOW_ERROR)) return;
    if (!this.#scalar && lexeme === SCALAR) {
      this.#scalar = true;
      return;
    }
    if (!this.#scalar && lexeme.startsWith('#')) this.#comments.push(commentAt(this.#text, this.#at, this.#at + lexeme.length, 1));
    this.#scalar = false;
    this.#at += lexeme.length;
  }
}

/** A node still to be read. */
interface Visit {
  readonly node: ParsedNode | null;
  readonly place: Place;
  /** Where its key begins, or itself. */
  readonly start: number;
  /** Where the copy it belongs to is brought in. */
  readonly alias: Span | undefined;
}

/** Turns composed documents into entries, with a stack of its own. */
class YamlWalk {
  readonly #text: string;
  readonly #entries: OpenEntry[] = [];
  readonly #anchors = new Map<string, ParsedNode>();
  readonly #allowance: Allowance;
  #budget = ALIAS_BUDGET;

  constructor(text: string, allowance: Allowance) {
    this.#text = text;
    this.#allowance = allowance;
  }

  run(documents: readonly Document.Parsed[]): OpenEntry[] {
    for (const document of documents) {
      this.#anchors.clear();
      const root = document.contents;
      if (!isMap(root) && !isSeq(root)) continue;
      const stack: Visit[] = [{ node: root as ParsedNode, place: { path: [], key: '' }, start: root.range?.[0] ?? 0, alias: undefined }];
      for (let visit = stack.pop(); visit && this.#allowance.piece(); visit = stack.pop()) this.#visit(visit, stack);
    }
    return this.#entries;
  }

  #visit(visit: Visit, stack: Visit[]): void {
    const { node, place, start } = visit;
    if (place.path.length > MAX_DEPTH || !this.#allowance.entry(place.path.length)) return;
    if (visit.alias && (this.#budget -= 1) < 0) return;
    if (node && !isAlias(node) && node.anchor !== undefined && !visit.alias) this.#anchors.set(node.anchor, node);
    if (node && isAlias(node)) {
      const target = this.#anchors.get(node.source);
      const span = spanOf(node);
      if (target) stack.push({ ...visit, node: target, alias: visit.alias ?? span });
      else this.#entries.push(this.#mark(scalarEntry(place, { start, end: span.end }, this.#slice(span), span, this.#slice(span)), visit));
    } else if (node && (isMap(node) || isSeq(node))) this.#container(visit, node, stack);
    else this.#scalar(visit);
  }

  #container(visit: Visit, node: YAMLMap.Parsed | Extract<ParsedNode, { items: unknown }>, stack: Visit[]): void {
    const span = this.#trimmed(spanOf(node));
    // A copy's spans are where it is written, so its start is not that of the key it is brought to.
    const start = visit.alias && visit.start > span.end ? span.start : visit.start;
    if (visit.place.path.length > 0) this.#entries.push(this.#mark(containerEntry(visit.place, isMap(node) ? 'mapping' : 'list', Math.min(start, span.start), span), visit));
    const children = isMap(node) ? this.#pairs(node as YAMLMap.Parsed, visit) : this.#items(node.items as readonly unknown[], visit);
    for (const child of children.reverse()) stack.push(child);
  }

  #items(items: readonly unknown[], visit: Visit): Visit[] {
    return items.flatMap((item, index) => {
      // `[a: 1]` is a list with a pair, which stands for a mapping.
      const node = (isPair(item) ? item.value : item) as ParsedNode | null;
      return node ? [{ node, place: itemOf(visit.place, index), start: spanOf(node).start, alias: visit.alias }] : [];
    });
  }

  #pairs(map: YAMLMap.Parsed, visit: Visit): Visit[] {
    const found: Visit[] = [];
    const merged: { readonly map: YAMLMap.Parsed; readonly alias: Span }[] = [];
    const own = new Set<string>();
    for (const pair of map.items) {
      const key = pair.key as ParsedNode | null;
      const value = pair.value as ParsedNode | null;
      const keySpan = key ? this.#inner(key) : { start: 0, end: 0 };
      const text = key && isScalar(key) ? String(key.value) : this.#slice(keySpan);
      if (text === '<<' && this.#merge(value, merged)) continue;
      own.add(text);
      const start = key ? spanOf(key).start : visit.start;
      const place = childOf(visit.place.path, text, keySpan);
      found.push({ node: value, place, start, alias: visit.alias });
    }
    const seen = new Set<YAMLMap.Parsed>([map]);
    // Grows while it is gone through: what is merged may itself merge, and comes after what is nearer.
    for (const { map: from, alias } of merged) {
      if (seen.has(from)) continue;
      seen.add(from);
      for (const child of this.#mergedPairs(from, visit, visit.alias ?? alias, merged)) {
        if (own.has(child.place.key)) continue;
        own.add(child.place.key);
        found.push(child);
      }
    }
    return found;
  }

  /** The pairs of a merged mapping, under the place it is merged into; its own merges are put off. */
  #mergedPairs(map: YAMLMap.Parsed, visit: Visit, alias: Span, merged: { readonly map: YAMLMap.Parsed; readonly alias: Span }[]): Visit[] {
    if (this.#budget <= 0) return [];
    return map.items.flatMap((pair) => {
      const key = pair.key as ParsedNode | null;
      const value = pair.value as ParsedNode | null;
      if (!key || !isScalar(key)) return [];
      if (key.value === '<<' && this.#merge(value, merged, alias)) return [];
      return [{ node: value, place: childOf(visit.place.path, String(key.value), this.#inner(key)), start: spanOf(key).start, alias }];
    });
  }

  /** Collects what `<<` brings in: one alias or a list of them. False if it is something else. */
  #merge(value: ParsedNode | null, merged: { readonly map: YAMLMap.Parsed; readonly alias: Span }[], through?: Span): boolean {
    const sources = value && isSeq(value) ? (value.items as readonly ParsedNode[]) : [value];
    const maps = sources.flatMap((source) => {
      const target = source && isAlias(source) ? this.#anchors.get(source.source) : source;
      return source && target && isMap(target) ? [{ map: target as YAMLMap.Parsed, alias: through ?? spanOf(source) }] : [];
    });
    merged.push(...maps);
    return maps.length > 0;
  }

  #scalar(visit: Visit): void {
    const { node, place } = visit;
    if (!node || !isScalar(node)) {
      const at = place.keySpan?.end ?? visit.start;
      if (place.path.length > 0) this.#entries.push(this.#mark(scalarEntry(place, { start: visit.start, end: at }, null, { start: at, end: at }, ''), visit));
      return;
    }
    const span = spanOf(node);
    const inner = this.#inner(node);
    const start = visit.alias && visit.start > span.end ? span.start : Math.min(visit.start, span.start);
    const whole = { start, end: Math.max(this.#trimmed(span).end, inner.end) };
    this.#entries.push(this.#mark(scalarEntry(place, whole, plainValue(node.value), inner, this.#slice(inner)), visit));
  }

  #mark(entry: OpenEntry, visit: Visit): OpenEntry {
    if (visit.alias) entry.alias = visit.alias;
    return entry;
  }

  /** Of a scalar, what stands between its quotes or below its block mark. */
  #inner(node: ParsedNode): Span {
    const span = spanOf(node);
    if (!isScalar(node)) return this.#trimmed(span);
    const first = this.#text[span.start];
    if (node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE') {
      const closed = span.end - span.start >= 2 && this.#text[span.end - 1] === first;
      return { start: span.start + 1, end: closed ? span.end - 1 : Math.max(this.#trimmed(span).end, span.start + 1) };
    }
    if (node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED') {
      const line = lineEnd(this.#text, span.start);
      return this.#trimmed({ start: Math.min(line + 1, span.end), end: span.end });
    }
    return span;
  }

  /** Without the white space a block ends with. */
  #trimmed(span: Span): Span {
    let end = span.end;
    while (end > span.start && /\s/.test(this.#text[end - 1] ?? '')) end -= 1;
    return { start: span.start, end };
  }

  #slice(span: Span): string {
    return this.#text.slice(span.start, span.end);
  }
}

function spanOf(node: ParsedNode): Span {
  return { start: node.range[0], end: node.range[1] };
}

/** A scalar of the core schema; anything a tag made of it is shown as text. */
function plainValue(value: unknown): ScalarValue {
  return value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : String(value);
}
