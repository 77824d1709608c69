/** Where a suppression comment goes: on a line of its own above the finding, never into the middle of a string. */
import type { Finding } from '../core/findings/finding.ts';
import type { EmbeddedPart, Language, SourceModel, SourceText, Span } from '../core/source/model.ts';
import { isScript, languageOf } from '../core/source/languages.ts';
import { offsetAt } from '../core/source/text.ts';
import { walkModule } from '../core/source/walk.ts';

/** An insertion of `text` at an offset of the document. */
export interface Insertion {
  readonly offset: number;
  /** Ends in a line break. */
  readonly text: string;
  /** The reason's place in `text`, for a client that lets the user type over it. */
  readonly reason: Span;
  /** Of a notebook's file, whose cells are strings of JSON: the same as it stands in the cell. */
  readonly inCell?: { readonly text: string; readonly reason: Span };
}

/** Comment marks by language; JSON has comments in `.jsonc` and in our own file only. */
function commentMark(path: string, language: Language): string | undefined {
  if (language === 'ini') { return ';'; }
  if (language === 'markdown') { return '<!--'; }
  if (isScript(language)) { return '//'; }
  if (language !== 'json') { return '#'; }
  return path.endsWith('.jsonc') || /(?:^|\/)tickguard\.json$/.test(path) ? '//' : undefined;
}

const SCRIPTS: ReadonlySet<Language> = new Set<Language>(['shell', 'powershell']);

/** Whether a comment can silence a finding in this file at all; of a notebook, whether the place is code of a cell and no output. */
export function canSuppress(path: string, model: SourceModel | undefined, at: number): boolean {
  return languageOf(path) === 'notebook' ? cellAt(model, at) !== undefined : commentMark(path, languageOf(path)) !== undefined;
}

/** The code of a notebook's cell around a place. */
function cellAt(model: SourceModel | undefined, at: number): EmbeddedPart | undefined {
  return model?.parts?.find((part) => part.kind === 'code' && part.language !== 'text' && part.content.start <= at && at < part.content.end);
}

/**
 * The comment that silences `rule` (an id, or `SEC001/<detector>`) for a finding, with the indentation and the line
 * break of its surroundings. `model` is what was read of the document; without it, or while it lags behind the text,
 * the line of the finding itself decides.
 */
export function suppressionFor(
  finding: Finding, rule: string, reason: string, source: SourceText, model: SourceModel | undefined,
): Insertion | undefined {
  const at = offsetAt(source, finding.range.line, finding.range.column);
  if (languageOf(finding.file) === 'notebook') { return suppressionInCell(rule, reason, source, model, at); }
  const mark = markAt(finding.file, model, at);
  // A row of a table cannot have a comment above it without ending the table.
  if (mark === undefined || (mark === '<!--' && source.text.startsWith('|', lineStart(source.text, at)))) { return undefined; }
  const current = model !== undefined && model.source.text === source.text ? model : undefined;
  const line = lineStart(source.text, current === undefined ? at : firstSafe(current, at, lineStart(source.text, at), /\\\r?\n$/));
  // In a script a comment between continued lines would end the command.
  if (/(?:\\|`)\r?\n$/.test(source.text.slice(Math.max(0, line - 3), line)) && SCRIPTS.has(languageOf(finding.file))) { return undefined; }
  const indent = /^[ \t]*/.exec(source.text.slice(line, line + 200))?.[0] ?? '';
  const head = `${indent}${mark} tickguard: ignore[${rule}] `;
  const clean = reason.replace(/\s+/g, ' ').trim();
  const lineBreak = source.text.includes('\r\n') ? '\r\n' : '\n';
  return { offset: line, text: `${head}${clean}${mark === '<!--' ? ' -->' : ''}${lineBreak}`, reason: { start: head.length, end: head.length + clean.length } };
}

/**
 * The comment for a line of a cell, written as JSON writes it inside the string that the line stands in: a cell may be one string
 * or a list of lines, and a comment with a line break fits in both.
 */
function suppressionInCell(rule: string, reason: string, source: SourceText, model: SourceModel | undefined, at: number): Insertion | undefined {
  const current = model !== undefined && model.source.text === source.text ? model : undefined;
  const cell = cellAt(current, at);
  const mark = cell === undefined ? undefined : commentMark('', cell.language);
  if (current === undefined || cell === undefined || mark === undefined) { return undefined; }
  const safe = firstSafe(current, at, lineInCell(current, cell, at), /\\\\(?:\\r)?\\n(?:",\s{0,200}")?$/);
  const offset = lineInCell(current, cell, safe);
  // A cell's own magic has to stay its first line.
  if (source.text.startsWith('%%', offset)) { return undefined; }
  const indent = /^(?: |\\t){0,200}/.exec(source.text.slice(offset, offset + 400))?.[0] ?? '';
  const head = `${indent.replaceAll('\\t', '\t')}${mark} tickguard: ignore[${rule}] `;
  const clean = reason.replace(/\s+/g, ' ').trim();
  const inCell = { text: `${head}${clean}\n`, reason: { start: head.length, end: head.length + clean.length } };
  const start = written(head).length;
  return { offset, text: written(inCell.text), reason: { start, end: start + written(clean).length }, inCell };
}

/** A text as it stands inside a string of JSON. */
function written(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** Where the line of code around a place begins in the file: behind the quote, where the line has a string of its own. */
function lineInCell({ source, codeLines = source.lineStarts }: SourceModel, cell: EmbeddedPart, at: number): number {
  const begun = codeLines.findLast((start) => start <= at) ?? 0;
  const from = Math.max(begun, cell.content.start);
  const quote = source.lineStarts.includes(begun) || from === cell.content.start ? /^[\s[]{0,400}"/.exec(source.text.slice(from, from + 500)) : null;
  return from + (quote?.[0].length ?? 0);
}

/** The mark at a place: a sample in a page has the marks of its own language. */
function markAt(path: string, model: SourceModel | undefined, at: number): string | undefined {
  const around = model?.parts?.find((part) => part.content.start <= at && at < part.content.end);
  const language = languageOf(path);
  return language === 'markdown' && around !== undefined && around.language !== 'text' ? commentMark('', around.language) : commentMark(path, language);
}

/**
 * An offset whose line may have a comment above it: that of the finding, or of its statement if a string or a continued line is
 * cut. `line` is where the line begins, `continuing` what ends the text before it where it goes on.
 */
function firstSafe(model: SourceModel, at: number, line: number, continuing: RegExp): number {
  const { text } = model.source;
  const inEntry = model.entries.find((entry) => entry.shape === 'scalar' && entry.start < line && line < entry.end);
  if (inEntry !== undefined) { return inEntry.start; }
  if (model.body.length === 0) { return at; }
  let statement = at;
  let narrowest = Infinity;
  let inString = false;
  const cut = (span: Span): boolean => span.start < line && line < span.end;
  walkModule(model, {
    statement: (found) => {
      const inside = found.start <= at && at < found.end;
      if (inside && found.end - found.start < narrowest) { narrowest = found.end - found.start; statement = found.start; }
    },
    expression: (found) => {
      if ((found.kind === 'literal' || found.kind === 'template') && cut(found)) { inString = true; }
    },
  });
  const continued = line > 0 && continuing.test(text.slice(Math.max(0, line - 210), line));
  return inString || continued ? statement : at;
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}
