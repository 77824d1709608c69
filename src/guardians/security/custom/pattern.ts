/**
 * Reads the pattern of a detector that a desk wrote, and refuses what could be slow: every repetition has an upper bound, and
 * there are few ways in which the pattern can be laid over a text. A match then takes a bounded number of steps, whatever the text is.
 */

/** A piece of a pattern. */
type Node =
  | { readonly kind: 'text'; readonly text: string }
  /** One character out of several. */
  | { readonly kind: 'any'; readonly source: string }
  /** The edge of a word: no character. */
  | { readonly kind: 'edge' }
  | { readonly kind: 'all'; readonly parts: readonly Node[] }
  | { readonly kind: 'either'; readonly ways: readonly Node[] }
  | { readonly kind: 'repeat'; readonly of: Node; readonly least: number; readonly most: number; readonly source: string };

/** Longest value, in characters. */
export const LONGEST = 512;
/** Ways to lay a pattern over a text: each costs as many steps as the value is long. */
const MOST_WAYS = 256;
/** Groups within groups. */
const DEEPEST = 8;

/** A clause that says which part is refused, and what to write instead. */
export class Refused extends Error {}

const refuse = (what: string): never => { throw new Refused(what); };

/** Reads by recursive descent; the text is at most some hundred characters. */
class Reader {
  #at = 0;
  #depth = 0;

  constructor(private readonly text: string) {}

  read(): Node {
    const node = this.#either();
    if (this.#at < this.text.length) { refuse(`the ")" at ${this.#at + 1} closes nothing`); }
    return node;
  }

  #either(): Node {
    const ways = [this.#all()];
    while (this.text[this.#at] === '|') { this.#at += 1; ways.push(this.#all()); }
    return ways.length === 1 ? ways[0] as Node : { kind: 'either', ways };
  }

  #all(): Node {
    const parts: Node[] = [];
    while (this.#at < this.text.length && !'|)'.includes(this.text.charAt(this.#at))) { parts.push(this.#repeated()); }
    return { kind: 'all', parts };
  }

  #repeated(): Node {
    const from = this.#at;
    const of = this.#atom();
    const char = this.text.charAt(this.#at);
    if (char === '*' || char === '+') { refuse(`"${this.text.slice(from, this.#at + 1)}" has no upper bound; write ${char === '+' ? '{1,64}' : '{0,64}'} for the ${char}`); }
    if (char !== '?' && char !== '{') { return of; }
    const [written, least, comma, most] = /^\{(\d{1,3})(,?)(\d{0,3})\}/.exec(this.text.slice(this.#at)) ?? [];
    if (char === '{' && written === undefined) { refuse(`the "{" at ${this.#at + 1} begins no repetition such as {32} or {20,40}; write \\{ for the sign`); }
    this.#at += written?.length ?? 1;
    const source = this.text.slice(from, this.#at);
    if (comma === ',' && most === '') { refuse(`"${source}" has no upper bound; write one, such as {${least},64}`); }
    if ('?*+{'.includes(this.text[this.#at] ?? ' ')) { refuse(`"${this.text.slice(from, this.#at + 1)}" repeats a repetition; keep one`); }
    if (of.kind === 'edge') { refuse(`"${source}" repeats the edge of a word; keep \\b alone`); }
    const [low, high] = written === undefined ? [0, 1] : [Number(least), Number(comma === '' ? least : most)];
    if (low > high) { refuse(`"${source}" ends before it begins`); }
    return { kind: 'repeat', of, least: low, most: high, source };
  }

  #atom(): Node {
    const char = this.text.charAt(this.#at);
    if (char === '(') { return this.#group(); }
    if (char === '[') { return this.#class(); }
    if (char === '\\') { return this.#escape(); }
    if (char === '^' || char === '$') { return refuse(`"${char}" at ${this.#at + 1} ties a value to a line; leave it out, Tickguard looks at the edges of a value itself`); }
    if ('*+?{'.includes(char)) { return refuse(`the "${char}" at ${this.#at + 1} repeats nothing`); }
    this.#at += 1;
    return char === '.' ? { kind: 'any', source: '.' } : { kind: 'text', text: char };
  }

  #group(): Node {
    const head = /^\(\?(?:<[=!]|[=!]|<|:)?/.exec(this.text.slice(this.#at))?.[0];
    if (head === '(?=' || head === '(?!') { refuse(`the look-ahead "${head}" at ${this.#at + 1} is not allowed; describe the value itself`); }
    if (head === '(?<=' || head === '(?<!') { refuse(`the look-behind "${head}" at ${this.#at + 1} is not allowed; describe the value itself`); }
    if (head !== undefined && head !== '(?:') { refuse(`the group "${head}" at ${this.#at + 1} is not allowed; write (?:…)`); }
    this.#depth += 1;
    if (this.#depth > DEEPEST) { refuse(`more than ${DEEPEST} groups stand in each other`); }
    const from = this.#at;
    this.#at += head?.length ?? 1;
    const node = this.#either();
    if (this.text[this.#at] !== ')') { refuse(`the "(" at ${from + 1} is not closed`); }
    this.#at += 1;
    this.#depth -= 1;
    return node;
  }

  #class(): Node {
    const source = /^\[(?:[^\]\\]|\\.){1,200}\]/s.exec(this.text.slice(this.#at))?.[0] ?? refuse(`the "[" at ${this.#at + 1} is not closed, or holds nothing`);
    this.#at += source.length;
    return { kind: 'any', source };
  }

  #escape(): Node {
    const next = this.text.charAt(this.#at + 1);
    const source = `\\${next}`;
    if (/[1-9k]/.test(next)) { refuse(`the back-reference "${source}" at ${this.#at + 1} is not allowed; write the part out`); }
    if (next === '' || /[A-Za-z0]/.test(next) && !/[dDwWsSb]/.test(next)) { refuse(`the escape "${source}" at ${this.#at + 1} is not known; \\d, \\w, \\s, \\b and signs behind \\ are`); }
    this.#at += 2;
    if (next === 'b') { return { kind: 'edge' }; }
    return /[dDwWsS]/.test(next) ? { kind: 'any', source } : { kind: 'text', text: next };
  }
}

/** Characters of the longest match. */
function lengthOf(node: Node): number {
  switch (node.kind) {
    case 'text': case 'any': return 1;
    case 'edge': return 0;
    case 'all': return node.parts.reduce((sum, part) => sum + lengthOf(part), 0);
    case 'either': return Math.max(...node.ways.map(lengthOf));
    default: return node.most * lengthOf(node.of);
  }
}

/** In how many ways a pattern can be laid over a text from one place; a repetition with more than `MOST_WAYS` is refused by name. */
function waysOf(node: Node): number {
  switch (node.kind) {
    case 'text': case 'any': case 'edge': return 1;
    case 'all': return node.parts.reduce((product, part) => product * waysOf(part), 1);
    case 'either': return node.ways.reduce((sum, way) => sum + waysOf(way), 0);
    default: {
      const inner = waysOf(node.of);
      let ways = 0;
      for (let n = node.least; n <= node.most && ways <= MOST_WAYS; n += 1) { ways += inner ** n; }
      if (ways > MOST_WAYS) { refuse(`"${node.source}" can be laid over a text in more than ${MOST_WAYS} ways; narrow its bounds`); }
      return ways;
    }
  }
}

/** Whether a keyword stands in every match: in text that no alternative and no repetition can leave out. */
function holds(node: Node, keywords: readonly string[]): boolean {
  switch (node.kind) {
    case 'text': case 'any': case 'edge': return false;
    case 'either': return node.ways.every((way) => holds(way, keywords));
    case 'repeat': return node.least > 0 && holds(node.of, keywords);
    default: {
      // A sign that no letter can be parts the runs of text.
      const runs = node.parts.map((part) => (part.kind === 'text' ? part.text.toLowerCase() : '\n')).join('').split('\n');
      return runs.some((run) => keywords.some((word) => run.includes(word))) || node.parts.some((part) => holds(part, keywords));
    }
  }
}

/** What is wrong with a pattern, as a clause; undefined when it may be used. `keywords` are in lower case. */
export function patternProblem(text: string, keywords: readonly string[]): string | undefined {
  try {
    const node = new Reader(text).read();
    const length = lengthOf(node);
    if (length > LONGEST) { refuse(`it matches up to ${length} characters; at most ${LONGEST} are allowed`); }
    const ways = waysOf(node);
    if (ways > MOST_WAYS) { refuse(`its parts together can be laid over a text in ${ways} ways; narrow the bounds to at most ${MOST_WAYS}`); }
    if (!holds({ kind: 'all', parts: [node] }, keywords)) { refuse('no keyword stands in every match; name a part that is always written out'); }
    // What the reader lets pass and the language does not: a range the wrong way round.
    void new RegExp(text);
    return undefined;
  } catch (error) {
    if (error instanceof Refused) { return error.message; }
    return `it is no regular expression: ${error instanceof Error ? error.message.replace(/^Invalid regular expression: /, '') : String(error)}`;
  }
}
