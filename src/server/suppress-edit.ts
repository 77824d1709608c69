/** Where a suppression comment goes: on a line of its own above the finding, never into the middle of a string. */
import type { Finding } from '../core/findings/finding.ts';
import type { Language, SourceModel, SourceText, Span } from '../core/source/model.ts';
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
}

/**
 * Comment marks by language; JSON has comments in `.jsonc` and in our own file only, and a notebook's cells are strings of JSON.
 */
function commentMark(path: string, language: Language): string | undefined {
  if (language === 'notebook') { return undefined; }
  if (language === 'ini') { return ';'; }
  if (language === 'markdown') { return '<!--'; }
  if (isScript(language)) { return '//'; }
  if (language !== 'json') { return '#'; }
  return path.endsWith('.jsonc') || /(?:^|\/)tickguard\.json$/.test(path) ? '//' : undefined;
}

const SCRIPTS: ReadonlySet<Language> = new Set<Language>(['shell', 'powershell']);

/** Whether a comment can silence a finding in this file at all. */
export function canSuppress(path: string): boolean {
  return commentMark(path, languageOf(path)) !== undefined;
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
  const mark = markAt(finding.file, model, at);
  // A row of a table cannot have a comment above it without ending the table.
  if (mark === undefined || (mark === '<!--' && source.text.startsWith('|', lineStart(source.text, at)))) { return undefined; }
  const current = model !== undefined && model.source.text === source.text ? model : undefined;
  const line = lineStart(source.text, current === undefined ? at : firstSafe(current, at));
  // In a script a comment between continued lines would end the command.
  if (/(?:\\|`)\r?\n$/.test(source.text.slice(Math.max(0, line - 3), line)) && SCRIPTS.has(languageOf(finding.file))) { return undefined; }
  const indent = /^[ \t]*/.exec(source.text.slice(line, line + 200))?.[0] ?? '';
  const head = `${indent}${mark} tickguard: ignore[${rule}] `;
  const clean = reason.replace(/\s+/g, ' ').trim();
  const lineBreak = source.text.includes('\r\n') ? '\r\n' : '\n';
  return { offset: line, text: `${head}${clean}${mark === '<!--' ? ' -->' : ''}${lineBreak}`, reason: { start: head.length, end: head.length + clean.length } };
}

/** The mark at a place: a sample in a page has the marks of its own language. */
function markAt(path: string, model: SourceModel | undefined, at: number): string | undefined {
  const around = model?.parts?.find((part) => part.content.start <= at && at < part.content.end);
  const language = languageOf(path);
  return language === 'markdown' && around !== undefined && around.language !== 'text' ? commentMark('', around.language) : commentMark(path, language);
}

/** An offset whose line may have a comment above it: that of the finding, or of its statement if a string or a continued line is cut. */
function firstSafe(model: SourceModel, at: number): number {
  const { text } = model.source;
  const line = lineStart(text, at);
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
  const continued = line > 0 && /\\\r?\n$/.test(text.slice(Math.max(0, line - 3), line));
  return inString || continued ? statement : at;
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}
