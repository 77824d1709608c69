/**
 * Markdown pages (CommonMark 0.31, sections 4.5 and 4.6): fences with their languages, front matter, comments, and in agents'
 * instruction files the limits that lists and sentences state.
 */
import { commentAt } from '../config/entry-list.ts';
import { endOfLine, nextLine } from '../config/lines.ts';
import type { Comment, ConfigEntry, EmbeddedPart, Language, Span } from '../model.ts';
import { HeldText } from './held-text.ts';
import type { HeldFile, HostRead } from './host.ts';
import { judgement } from './labels.ts';
import type { Judgement } from './labels.ts';
import { statedIn } from './stated.ts';

const LANGUAGES: Readonly<Record<string, Language>> = {
  python: 'python', py: 'python', python3: 'python', py3: 'python', yaml: 'yaml', yml: 'yaml', json: 'json', jsonc: 'json', json5: 'json', toml: 'toml',
  ini: 'ini', cfg: 'ini', properties: 'ini', set: 'ini', env: 'dotenv', dotenv: 'dotenv', sh: 'shell', bash: 'shell', zsh: 'shell', shell: 'shell',
  powershell: 'powershell', ps1: 'powershell', pwsh: 'powershell', dockerfile: 'dockerfile', docker: 'dockerfile',
};

/** A line that opens or closes a fence; what stands before it may be quotation marks and a list's indentation. */
const FENCE = /^([ \t>]{0,40}(?:(?:[-*+]|\d{1,9}[.)])[ \t]{1,4})?)(`{3,40}|~{3,40})([^`\r\n]{0,200})$/;

/** A fence that is open. */
interface Open {
  readonly start: number;
  readonly mark: string;
  /** Columns of its own indentation. */
  readonly indent: number;
  readonly quoted: boolean;
  readonly info: string;
  readonly label: Judgement;
  readonly lines: Span[];
}

/** Reads a page. `instructs` tells an agents' instruction file, whose prose counts too. */
export function readMarkdown(text: string, instructs: boolean): HostRead {
  const reader = new MarkdownReader(text, instructs);
  reader.run();
  return { parts: reader.parts, held: reader.held, entries: reader.entries, comments: reader.comments, errors: [], lines: 'own' };
}

class MarkdownReader {
  readonly parts: EmbeddedPart[] = [];
  readonly held: HeldFile[] = [];
  readonly entries: ConfigEntry[] = [];
  readonly comments: Comment[] = [];
  readonly #text: string;
  readonly #instructs: boolean;
  #fence: Open | undefined;
  /** The headings above, by level, and the last line of prose below them: any may say what to think of a sample. */
  #headings: { readonly level: number; readonly text: string }[] = [];
  #above = '';
  /** Inside a comment up to this offset. */
  #commentEnd = 0;

  constructor(text: string, instructs: boolean) {
    this.#text = text;
    this.#instructs = instructs;
  }

  run(): void {
    const text = this.#text;
    let at = this.#frontMatter();
    while (at < text.length) {
      const end = endOfLine(text, at);
      this.#line({ start: at, end });
      at = nextLine(text, end);
    }
    if (this.#fence !== undefined) this.#close(this.#fence, text.length);
  }

  /** `---` on the first line up to the next: settings of the page. */
  #frontMatter(): number {
    const head = /^---[ \t]*\r?\n/.exec(this.#text.slice(0, 40))?.[0];
    if (head === undefined) return 0;
    for (let at = head.length; at < this.#text.length;) {
      const end = endOfLine(this.#text, at);
      if (/^(?:---|\.\.\.)[ \t]*$/.test(this.#text.slice(at, Math.min(end, at + 40)))) {
        this.#hold('yaml', { start: 0, end }, [{ start: head.length, end: at }], false);
        return nextLine(this.#text, end);
      }
      at = nextLine(this.#text, end);
    }
    return 0;
  }

  #line(span: Span): void {
    const line = this.#text.slice(span.start, span.end);
    const found = line.length < 300 ? FENCE.exec(line) : null;
    if (this.#fence !== undefined) this.#inFence(this.#fence, span, line, found);
    else if (found !== null && span.start >= this.#commentEnd) {
      const [, before = '', mark = '', info = ''] = found;
      const label = [info, this.#above, ...this.#topic().toReversed()].map((line) => judgement(line)).find((said) => said !== 'none') ?? 'none';
      this.#fence = { start: span.start, mark, indent: before.replace(/[^ \t]/g, ' ').length, quoted: before.includes('>'), info: info.trim(), label, lines: [] };
    } else this.#prose(span, line);
  }

  #inFence(fence: Open, span: Span, line: string, found: RegExpExecArray | null): void {
    const closes = found !== null && found[2]?.[0] === fence.mark[0] && (found[2]?.length ?? 0) >= fence.mark.length && found[3]?.trim() === '' && !/[-*+\d]/.test(found[1] ?? '');
    // A quotation ends with its last marked line, and the fence in it.
    if (closes || (fence.quoted && !/^[ \t]{0,3}>/.test(line))) {
      this.#close(fence, closes ? span.end : Math.max(span.start - 1, fence.start));
      if (!closes) this.#prose(span, line);
      return;
    }
    let start = span.start;
    for (let column = 0; column < fence.indent && start < span.end && /[ \t>]/.test(this.#text[start] as string); column += 1) start += 1;
    fence.lines.push({ start, end: Math.min(nextLine(this.#text, span.end), this.#text.length) });
  }

  #close(fence: Open, end: number): void {
    this.#fence = undefined;
    this.#above = '';
    const name = /^\{?[.]?([\w+#-]{1,40})/.exec(fence.info)?.[1]?.toLowerCase() ?? '';
    const language = LANGUAGES[name] ?? 'text';
    // A comment in a sample may set off the bad half from the good one.
    let label = fence.label;
    let lines: Span[] = [];
    let start = fence.start;
    for (const line of fence.lines) {
      const said = this.#said(line);
      if (said !== 'none' && said !== label) {
        if (lines.length > 0) this.#hold(language, { start, end: line.start }, lines, label === 'wrong');
        if (lines.length > 0) start = line.start;
        lines = [];
        label = said;
      }
      lines.push(line);
    }
    this.#hold(language, { start, end }, lines, label === 'wrong');
  }

  /** What a line of a sample says of the lines below it: only a comment that begins the line says anything. */
  #said(line: Span): Judgement {
    const written = this.#text.slice(line.start, Math.min(line.end, line.start + 200));
    return /^(?:#|\/\/|;|--)/.test(written) ? judgement(written) : 'none';
  }

  #hold(language: Language, span: Span, lines: readonly Span[], wrong: boolean): void {
    const content = { start: lines[0]?.start ?? span.end, end: lines.at(-1)?.end ?? span.end };
    this.parts.push({ ...span, language, kind: language === 'text' ? 'text' : 'code', content, ...(wrong ? { wrong: true as const } : {}) });
    // Of code in a page that instructs nobody only the keys matter, and those are found in the text.
    if (wrong || language === 'text' || lines.length === 0 || (language === 'python' && !this.#instructs)) return;
    const held = new HeldText(this.#text);
    for (const line of lines) held.verbatim(line);
    this.held.push({ language, content: held, text: held.text, topic: this.#topic() });
  }

  #enter(line: string): void {
    const level = /#{1,6}/.exec(line)?.[0].length ?? 1;
    this.#headings = [...this.#headings.filter((one) => one.level < level), { level, text: line.replace(/^[\s#]+/, '').trimEnd() }];
  }

  /** The headings, which may say whose rules stand below them; the title speaks of the whole page, and counts where there is no other. */
  #topic(): readonly string[] {
    const below = this.#headings.filter((one) => one.level > 1);
    return (below.length === 0 ? this.#headings : below).map((one) => one.text);
  }

  #prose(span: Span, line: string): void {
    this.#readComments(span, line);
    if (span.end <= this.#commentEnd || line.trim() === '') return;
    const heading = /^ {0,3}#{1,6}[ \t]/.test(line);
    if (heading) this.#enter(line.slice(0, 300));
    this.#above = heading ? '' : line.slice(0, 300);
    if (!this.#instructs || heading) return;
    for (const entry of statedIn(line, span.start)) {
      // Under “Never do this” a list states what is not so.
      if (this.#topic().some((title) => judgement(title) === 'wrong')) continue;
      this.entries.push({ ...entry, path: [this.parts.length, ...this.#topic(), entry.key] });
    }
  }

  #readComments(span: Span, line: string): void {
    for (let from = Math.max(0, this.#commentEnd - span.start); from < line.length;) {
      const open = line.indexOf('<!--', from);
      if (open < 0) return;
      const start = span.start + open;
      const close = this.#text.indexOf('-->', start + 4);
      const end = close < 0 ? this.#text.length : close + 3;
      this.comments.push(commentAt(this.#text, start, end, 4, close < 0 ? 0 : 3));
      this.#commentEnd = end;
      from = end - span.start;
    }
  }
}
