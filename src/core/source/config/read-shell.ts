/**
 * The variables a shell script sets (sh, bash, zsh): `FOO=bar`, `export FOO="bar"`, `readonly`, `declare`, `env FOO=bar cmd`,
 * and what `${FOO:-bar}` falls back to. Everything else of the script is passed over word by word.
 */
import type { Comment, Span } from '../model.ts';
import { Allowance } from './allowance.ts';
import { childOf, commentAt, scalarEntry } from './entry-list.ts';
import type { ConfigRead, OpenEntry } from './entry-list.ts';
import { endOfLine } from './lines.ts';
import { readWord } from './words.ts';

const QUOTING = { escape: '\\', ends: ';&|()<>' } as const;
/** Commands whose arguments may be assignments. */
const DECLARING: ReadonlySet<string> = new Set(['export', 'declare', 'typeset', 'local', 'readonly', 'env', 'setenv']);
/** Words behind which a command begins. */
const LEADING: ReadonlySet<string> = new Set(['then', 'do', 'else', 'elif', 'if', 'while', 'until', '{', '!', 'time', 'sudo', 'exec', 'command']);
const NAME = /([A-Za-z_]\w{0,119})\+?=(?!=)/y;
/** `${NAME:-text}` and its kin: the text is what counts where nothing is set. */
const FALLBACK = /^\$\{([A-Za-z_]\w{0,119}):?[-=]/;
const HEREDOC = /<<(-?)[ \t]*(["']?)([A-Za-z_]\w{0,60})\2/y;

/** What a word may be where it stands. */
type Position = 'command' | 'declaring' | 'argument';

/** Reads a shell script. Never gives an error: what it does not know is passed over. */
export function readShell(text: string, allowance = new Allowance()): ConfigRead {
  const reader = new ShellReader(text, allowance);
  reader.run();
  return { entries: reader.entries, comments: reader.comments, errors: [] };
}

class ShellReader {
  readonly entries: OpenEntry[] = [];
  readonly comments: Comment[] = [];
  readonly #text: string;
  readonly #allowance: Allowance;
  #at = 0;
  #position: Position = 'command';
  /** Documents announced on this line, in order. */
  #documents: { readonly end: string; readonly indented: boolean }[] = [];

  constructor(text: string, allowance: Allowance) {
    this.#text = text;
    this.#allowance = allowance;
  }

  run(): void {
    while (this.#at < this.#text.length && this.#allowance.line(this.entries.length + this.comments.length)) this.#step(this.#text[this.#at] as string);
  }

  #step(char: string): void {
    if (char === '\n') {
      this.#at += 1;
      this.#position = 'command';
      this.#skipDocuments();
    } else if (/\s/.test(char)) this.#at += 1;
    else if (char === '\\' && /[\r\n]/.test(this.#text[this.#at + 1] ?? '')) this.#at += this.#text[this.#at + 1] === '\r' ? 3 : 2;
    else if (char === '#') this.#comment();
    else if (char === '<' && this.#announce()) return;
    else if (QUOTING.ends.includes(char)) {
      this.#at += 1;
      if (char !== '<' && char !== '>') this.#position = 'command';
    } else if (this.#position === 'argument' || !this.#assignment()) this.#word();
  }

  #comment(): void {
    const end = endOfLine(this.#text, this.#at);
    this.comments.push(commentAt(this.#text, this.#at, end, 1));
    this.#at = end;
  }

  #announce(): boolean {
    HEREDOC.lastIndex = this.#at;
    const match = HEREDOC.exec(this.#text);
    if (match === null) return false;
    this.#documents.push({ end: match[3] ?? '', indented: match[1] === '-' });
    this.#at = HEREDOC.lastIndex;
    return true;
  }

  /** The lines of documents are data of the commands above them. */
  #skipDocuments(): void {
    for (const { end, indented } of this.#documents) {
      while (this.#at < this.#text.length) {
        const lineEnd = endOfLine(this.#text, this.#at);
        const line = this.#text.slice(this.#at, Math.min(lineEnd, this.#at + 200));
        this.#at = Math.min(lineEnd + (this.#text[lineEnd] === '\r' && this.#text[lineEnd + 1] === '\n' ? 2 : 1), this.#text.length);
        if ((indented ? line.replace(/^\t{1,60}/, '') : line) === end) break;
      }
    }
    this.#documents = [];
  }

  #assignment(): boolean {
    NAME.lastIndex = this.#at;
    const key = NAME.exec(this.#text)?.[1];
    if (key === undefined) return false;
    const keySpan: Span = { start: this.#at, end: this.#at + key.length };
    const from = NAME.lastIndex;
    // `FOO=(a b)` is a list; its brackets are passed over.
    if (this.#text[from] === '(') {
      this.#at = from + 1;
      this.#position = 'argument';
      return true;
    }
    const word = readWord(this.#text, from, QUOTING);
    this.#at = Math.max(word.end, from);
    const fallback = FALLBACK.exec(this.#text.slice(word.inner.start, word.inner.end));
    const inner = fallback === null ? word.inner : { start: word.inner.start + fallback[0].length, end: word.inner.end - 1 };
    const written = this.#text.slice(inner.start, inner.end);
    const value = fallback === null ? word.value : written;
    this.entries.push(scalarEntry(childOf([], key, keySpan), { start: keySpan.start, end: this.#at }, value, inner, written));
    return true;
  }

  #word(): void {
    const word = readWord(this.#text, this.#at, QUOTING);
    const written = this.#text.slice(word.start, Math.min(word.end, word.start + 40));
    this.#at = Math.max(word.end, this.#at + 1);
    if (this.#position === 'command' && DECLARING.has(written)) this.#position = 'declaring';
    else if (this.#position === 'command' && LEADING.has(written)) return;
    else if (this.#position === 'declaring' && written.startsWith('-')) return;
    else if (this.#position === 'declaring' && /^[A-Za-z_]\w*$/.test(written)) return;
    else this.#position = 'argument';
  }
}
