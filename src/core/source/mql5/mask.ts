/**
 * What MQL5 has beyond C++, made readable for a C++ grammar without moving a character: inputs, literals of colours and
 * dates, `interface`, `void ~Class()`, packed structures, event maps, a variable as the body of a branch, names with
 * signs of the old code page, lone carriage returns. (MQL5 reference, Language Basics: Input Variables, Integer Types, Classes.)
 */
import { bracketEnd, endsStatement, isBlank, isDigit, isOldSign, isUnreadEscape, isWordStart, lineEnd, skipBlanks, stringEnd, wordEnd } from './scan.ts';

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly by: string;
}

const CARRIAGE_RETURN = 13;
const LINE_FEED = 10;
const QUOTE = 34;
const APOSTROPHE = 39;
const HASH = 35;
const COLON = 58;
const SLASH = 47;
const STAR = 42;
const BACKSLASH = 92;
const OPEN = 40;
const CLOSE = 41;
const TILDE = 126;

const EQUALS = 61;
const ZERO = 48;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;

/** Other words of the same length; names are read from the text as it was written. */
const RENAMED: Readonly<Record<string, string>> = {
  not: 'Not', and: 'And', or: 'Or', xor: 'Xor', typename: 'Typename', long: 'Long', short: 'Short', ulong: 'Ulong', this: 'This',
};
/** Of those, the ones that are only in the way before a bracket. */
const CALLED: ReadonlySet<string> = new Set(['typename', 'long', 'short', 'ulong']);

/** Structures of the system have long names in capitals; none of them is a word the mask looks for or makes. */
const PACKED_NAME = /^(?!EVENT_MAP_BEGIN|(?:Not|And|Or|Xor|Typename|Long|Short|Ulong|This)$)[A-Z][A-Za-z0-9_]+$/;

/** Heads of statements whose body may be one declaration. */
const CONTROLS: ReadonlySet<string> = new Set(['if', 'for', 'while']);
/** Types that need no declaration (MQL5 reference, Data Types). */
const TYPES: ReadonlySet<string> = new Set([
  'bool', 'char', 'uchar', 'short', 'ushort', 'int', 'uint', 'long', 'ulong', 'float', 'double', 'string', 'datetime', 'color',
]);

/** Words that may stand before `input` in the same declaration. */
const QUALIFIERS: ReadonlySet<string> = new Set(['static', 'const', 'extern', 'input', 'sinput']);

/** The text as the grammar reads it: as long as it was, with its line breaks where they were. Masking twice changes nothing. */
export function mask(text: string): string {
  const edits = new Masker(text).run();
  if (edits.length === 0) return text;
  const pieces: string[] = [];
  let at = 0;
  for (const { start, end, by } of edits) {
    pieces.push(text.slice(at, start), by);
    at = end;
  }
  pieces.push(text.slice(at));
  return pieces.join('');
}

class Masker {
  readonly #text: string;
  readonly #edits: Edit[] = [];
  #at = 0;
  /** The word before this place, if only blanks lie between. */
  #wordBefore: string | undefined;
  /** Nothing but blanks and comments stands before this place on its line, or a statement has just ended. */
  #fresh = true;
  /** Where `void` stands, if nothing that stays came after it but the name of a class and its colons. */
  readonly #voids: number[] = [];
  #scope: { readonly name: string; colons: number } | undefined;
  /** The word just read was blanked. */
  #gone = false;
  /** On the line of a `#define` or another directive. */
  #directive = false;
  /** No `EVENT_MAP_END` comes any more. */
  #noMoreMaps = false;
  /** The open brackets; true for that of an `if`, a `for` or a `while`. */
  readonly #brackets: boolean[] = [];
  /** The head of a branch or a loop ended here, and nothing came after it. */
  #headed = false;
  /** Names of the classes so far. */
  readonly #classes = new Set<string>();

  constructor(text: string) {
    this.#text = text;
  }

  run(): readonly Edit[] {
    const text = this.#text;
    while (this.#at < text.length) {
      const code = text.charCodeAt(this.#at);
      if (isWordStart(code)) this.#word();
      else if (code === QUOTE || code === APOSTROPHE) this.#string();
      else if (code === SLASH) this.#slash();
      else if (code === LINE_FEED || code === CARRIAGE_RETURN) this.#lineBreak(code);
      else if (isBlank(code)) this.#at++;
      else if (isDigit(code)) this.#number();
      else if (code === HASH) this.#hash();
      else if (code === COLON) this.#colon();
      else if (code === TILDE) this.#tilde();
      else if (code === BACKSLASH) this.#continued();
      else if (code === OPEN || code === CLOSE) this.#bracket(code);
      else if (isOldSign(code)) this.#sign();
      else this.#other(this.#at + 1, endsStatement(code));
    }
    // A `void` is blanked when what follows it is known.
    return this.#edits.sort((a, b) => a.start - b.start);
  }

  #lineBreak(code: number): void {
    // The grammar ends comments and directives at line feeds only.
    if (code === CARRIAGE_RETURN && this.#text.charCodeAt(this.#at + 1) !== LINE_FEED) this.#replace(this.#at, this.#at + 1, '\n');
    this.#at++;
    this.#fresh = true;
    this.#directive = false;
  }

  #slash(): void {
    this.#forgetVoids();
    const next = this.#text.charCodeAt(this.#at + 1);
    if (next === SLASH) {
      const end = lineEnd(this.#text, this.#at);
      if (this.#directive) this.#directiveComment(this.#at, end);
      this.#at = end;
    } else if (next === STAR) {
      const end = this.#text.indexOf('*/', this.#at + 2);
      const stop = end < 0 ? this.#text.length : end + 2;
      this.#loneReturns(this.#at, stop);
      this.#at = stop;
    } else {
      this.#other(this.#at + 1);
    }
  }

  /** The grammar takes a line comment for part of a `#define`; it ends one at a block comment. */
  #directiveComment(start: number, end: number): void {
    const room = end - start - 4;
    this.#replace(start, end, room < 0 ? ' '.repeat(end - start) : `/*${' '.repeat(room)}*/`);
  }

  #loneReturns(from: number, to: number): void {
    // Not `indexOf`: in a file without one it would look to the end for every comment.
    for (let at = from; at < to; at++) {
      if (this.#text.charCodeAt(at) === CARRIAGE_RETURN && this.#text.charCodeAt(at + 1) !== LINE_FEED) this.#replace(at, at + 1, '\n');
    }
  }

  /** The grammar knows `\u` and `\x` with the digits of C++ only; in a path they begin a name. */
  #string(): void {
    const [start, end] = [this.#at, stringEnd(this.#text, this.#at)];
    for (let at = start; at < end; at++) {
      if (this.#text.charCodeAt(at) !== BACKSLASH) continue;
      if (isUnreadEscape(this.#text, at)) this.#replace(at, at + 1, '/');
      at++;
    }
    this.#other(end);
  }

  /** The grammar wants a line's end right behind the backslash that goes on with it. */
  #continued(): void {
    const start = this.#at;
    let end = start + 1;
    while (isBlank(this.#text.charCodeAt(end))) end++;
    const next = this.#text.charCodeAt(end);
    if (end > start + 1 && (next === LINE_FEED || next === CARRIAGE_RETURN)) this.#replace(start, end, `${' '.repeat(end - start - 1)}\\`);
    this.#other(end);
  }

  /** `workFoo[i]¤` and `¹_step`: what an 8-bit terminal took for letters. In its place a letter, but none of a word that is looked for. */
  #sign(): void {
    this.#replace(this.#at, this.#at + 1, 'º');
    this.#other(this.#at + 1);
  }

  #bracket(code: number): void {
    if (code === OPEN) {
      this.#brackets.push(this.#wordBefore !== undefined && CONTROLS.has(this.#wordBefore));
      this.#other(this.#at + 1);
    } else {
      const control = this.#brackets.pop() === true;
      this.#other(this.#at + 1);
      this.#headed = control;
    }
  }

  #hash(): void {
    if (this.#fresh) this.#directive = true;
    this.#other(this.#at + 1);
  }

  /** `09` is nine in MQL5 and no number in C++. */
  #number(): void {
    const start = this.#at;
    const end = wordEnd(this.#text, start);
    if (this.#text.charCodeAt(start) === ZERO && end - start > 1 && isDigit(this.#text.charCodeAt(start + 1))) this.#replace(start, start + 1, '1');
    this.#other(end);
  }

  /** Something that stays, and is no word. */
  #other(to: number, fresh = false): void {
    this.#skip(to, fresh);
    this.#forgetVoids();
  }

  #skip(to: number, fresh = false): void {
    const code = this.#text.charCodeAt(this.#at);
    if (code === OPEN_BRACE || code === CLOSE_BRACE) this.#brackets.length = 0;
    this.#headed = false;
    this.#at = to;
    this.#wordBefore = undefined;
    this.#fresh = fresh;
  }

  #word(): void {
    const start = this.#at;
    const end = wordEnd(this.#text, start);
    const word = this.#text.slice(start, end);
    const [fresh, before] = [this.#fresh, this.#wordBefore];
    const first = this.#fresh || (this.#wordBefore !== undefined && QUALIFIERS.has(this.#wordBefore));
    const headed = this.#headed || before === 'else';
    this.#headed = false;
    this.#at = end;
    this.#wordBefore = word;
    if (first && (word === 'input' || word === 'sinput')) this.#input(word, start, end);
    else if (word === 'input' && before !== undefined && (TYPES.has(before) || before.startsWith('ENUM_')) && this.#isBeforeName(end)) { this.#blank(start, end); this.#gone = true; }
    else if (word === 'interface' && this.#fresh) this.#interface(start, end);
    else if ((word === 'C' || word === 'D') && this.#text.charCodeAt(end) === APOSTROPHE) this.#literal(start, end);
    else if (word === 'struct' || word === 'class') this.#packed(end);
    else if (word === 'export' && this.#endsSignature(start)) { this.#blank(start, end); this.#gone = true; }
    else if (word === 'EVENT_MAP_BEGIN') this.#eventMap(start);
    else if (headed && TYPES.has(word) && this.#isBeforeName(end)) { this.#blank(start, end); this.#gone = true; }
    else if (Object.hasOwn(RENAMED, word)) this.#rename(word, start, end);
    if (this.#gone) {
      this.#gone = false;
      this.#wordBefore = before;
      this.#fresh = fresh || this.#breaks(start, this.#at);
      return;
    }
    this.#fresh = (this.#fresh && QUALIFIERS.has(word)) || this.#breaks(end, this.#at);
    this.#afterWord(CALLED.has(word) ? word : RENAMED[word] ?? word, start);
  }

  /** `input double X`, `input(name="X") double X`, `input group "X"`. */
  #input(word: string, start: number, end: number): void {
    const text = this.#text;
    let next = skipBlanks(text, end);
    if (text.charCodeAt(next) === OPEN) {
      const close = bracketEnd(text, next);
      const after = close === undefined ? undefined : skipBlanks(text, close);
      if (close === undefined || after === undefined || !isWordStart(text.charCodeAt(after))) return;
      this.#replace(start, end, word === 'input' ? 'const' : 'static');
      this.#blank(end, close);
      this.#at = close;
      return;
    }
    if (next === end || !isWordStart(text.charCodeAt(next))) return;
    const second = wordEnd(text, next);
    if (text.slice(next, second) === 'group') {
      next = skipBlanks(text, second);
      if (text.charCodeAt(next) === QUOTE) {
        const close = stringEnd(text, next);
        this.#blank(start, close);
        this.#at = close;
        this.#gone = true;
        return;
      }
    }
    this.#replace(start, end, word === 'input' ? 'const' : 'static');
  }

  /** `int Room() export`: what a library offers to others. */
  #endsSignature(start: number): boolean {
    let at = start - 1;
    while (at >= 0 && isBlank(this.#text.charCodeAt(at))) at--;
    return this.#text.charCodeAt(at) === CLOSE;
  }

  /** `if(Show) int handle = Make();`: a declaration, which the grammar wants in a block. What is left of it is an assignment. */
  #isBeforeName(end: number): boolean {
    const next = skipBlanks(this.#text, end);
    return next > end && isWordStart(this.#text.charCodeAt(next));
  }

  /** An interface is a class without fields. */
  #interface(start: number, end: number): void {
    const next = skipBlanks(this.#text, end);
    if (next === end || !isWordStart(this.#text.charCodeAt(next))) return;
    this.#replace(start, end, 'class    ');
    this.#packed(end);
  }

  /**
   * `void ~Class()`, `void Class::~Class()`, `void Class::Class()`, `void Class()` inside it: what makes or ends an object
   * gives nothing. Told by what came before, so that whatever else is blanked in between does not matter.
   */
  #afterWord(word: string, start: number): void {
    if (word === 'void') {
      if (this.#scope !== undefined) this.#forgetVoids();
      this.#voids.push(start);
    } else if (this.#voids.length > 0) {
      if (this.#scope === undefined && this.#classes.has(word) && this.#text.charCodeAt(skipBlanks(this.#text, this.#at)) === OPEN) this.#blankVoids();
      else if (this.#scope === undefined) this.#scope = { name: word, colons: 0 };
      else if (this.#scope.colons === 2 && this.#scope.name === word) this.#blankVoids();
      else this.#forgetVoids();
    }
  }

  #colon(): void {
    const scope = this.#scope;
    this.#skip(this.#at + 1);
    if (scope !== undefined && scope.colons < 2) scope.colons++;
    else this.#forgetVoids();
  }

  #tilde(): void {
    this.#skip(this.#at + 1);
    if (this.#scope === undefined || this.#scope.colons === 2) this.#blankVoids();
    else this.#forgetVoids();
  }

  #blankVoids(): void {
    for (const start of this.#voids) this.#blank(start, start + 'void'.length);
    this.#forgetVoids();
  }

  #forgetVoids(): void {
    if (this.#voids.length > 0) this.#voids.length = 0;
    this.#scope = undefined;
  }

  /** `struct RATE pack(8)`: how it lies in memory. */
  #packed(end: number): void {
    const text = this.#text;
    const name = skipBlanks(text, end);
    const nameEnd = wordEnd(text, name);
    if (nameEnd > name) this.#classes.add(text.slice(name, nameEnd));
    const mark = skipBlanks(text, nameEnd);
    if (!PACKED_NAME.test(text.slice(name, nameEnd)) || !text.startsWith('pack', mark)) return;
    const open = skipBlanks(text, mark + 4);
    const close = text.charCodeAt(open) === OPEN ? bracketEnd(text, open) : undefined;
    if (close === undefined) return;
    this.#blank(mark, close);
    this.#skip(close);
  }

  /** The standard library's table of an interface's events is made of macros, no statement among them. */
  #eventMap(start: number): void {
    const text = this.#text;
    const last = this.#noMoreMaps ? -1 : text.indexOf('EVENT_MAP_END', start);
    if (last < 0) {
      this.#noMoreMaps = true;
      return;
    }
    const open = skipBlanks(text, last + 'EVENT_MAP_END'.length);
    const close = text.charCodeAt(open) === OPEN ? bracketEnd(text, open) : undefined;
    if (close === undefined) return;
    this.#blank(start, close);
    this.#at = close;
    this.#gone = true;
  }

  /** Names that only C++ keeps for itself, and types that are called where C++ wants one word. */
  #rename(word: string, start: number, end: number): void {
    const next = skipBlanks(this.#text, end);
    const code = this.#text.charCodeAt(next);
    const wanted = word === 'this' ? code === EQUALS && this.#text.charCodeAt(next + 1) !== EQUALS
      : CALLED.has(word) ? code === OPEN : true;
    if (wanted) this.#replace(start, end, RENAMED[word]!);
  }

  /** `C'255,0,0'`, `D'2026.01.01 00:00'`: a number as wide. */
  #literal(start: number, quote: number): void {
    const close = stringEnd(this.#text, quote);
    if (close - quote < 2 || this.#text.charCodeAt(close - 1) !== APOSTROPHE) return;
    this.#replace(start, close, '1'.repeat(close - start));
    this.#other(close);
  }

  /** A line ends in what was blanked. */
  #breaks(from: number, to: number): boolean {
    for (let at = from; at < to; at++) {
      const code = this.#text.charCodeAt(at);
      if (code === LINE_FEED || code === CARRIAGE_RETURN) return true;
    }
    return false;
  }

  #replace(start: number, end: number, by: string): void {
    this.#edits.push({ start, end, by });
  }

  #blank(start: number, end: number): void {
    // Else the backslash would stand before blanks, which it does not in the text.
    let before = start - 1;
    while (isBlank(this.#text.charCodeAt(before))) before--;
    if (this.#text.charCodeAt(before) === BACKSLASH) return;
    this.#replace(start, end, this.#text.slice(start, end).replace(/\r(?!\n)/g, '\n').replace(/[^\r\n]/g, ' '));
  }
}
