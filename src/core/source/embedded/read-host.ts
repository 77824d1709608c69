/**
 * One model of a file that holds others. Code of one language is one module, read in order: the cells of a notebook share
 * their names. Configuration is read file by file; the paths of its entries begin with the number of their file.
 */
import { codeLanguage, isProgram } from '../code-languages.ts';
import { readConfig } from '../config/read-config.ts';
import type { Comment, ConfigEntry, ConfigLanguage, HostLanguage, Language, SourceModel, SourceText, Span } from '../model.ts';
import { lowered, readProgram } from '../read-program.ts';
import type { ProgramReading } from '../read-program.ts';
import { sourceOf } from '../text.ts';
import { Budget } from '../syntax/budget.ts';
import type { Exceeded } from '../syntax/budget.ts';
import type { Syntax } from '../syntax/syntax.ts';
import { isAgentFile } from './agent-files.ts';
import { HeldText } from './held-text.ts';
import type { HeldFile, HostRead } from './host.ts';
import { readMarkdown } from './markdown.ts';
import { readNotebook } from './notebook.ts';
import { moveSpans } from './remap.ts';

/** Whether files of a language hold other files. */
export function isHost(language: Language): language is HostLanguage {
  return language === 'notebook' || language === 'markdown';
}

/** Fills an empty model of a notebook or a page with everything it holds. */
export function readHost(empty: SourceModel, syntax: Syntax, budgetMs: number): SourceModel {
  const { path, source } = empty;
  const read = empty.language === 'notebook' ? readNotebook(source.text) : readMarkdown(source.text, isAgentFile(path));
  const entries = [...read.entries];
  const comments = [...read.comments];
  const errors = [...read.errors];
  read.held.forEach((file, number) => { readSettings(file, number, { entries, comments, errors }); });
  const code = codeLanguage('python');
  const held = read.held.filter((file) => file.language === code.language);
  const reading: ProgramReading = { path, code, grammar: code.grammarOf(path), syntax, budgetMs };
  const program = held.length === 0 || !syntax.has(reading.grammar) ? NOTHING : readModule(held, reading, source.text);
  const codeLines = read.lines === 'json' ? linesOf(read, source) : undefined;
  return {
    ...empty,
    body: program.body, functions: program.functions, classes: program.classes, imports: program.imports,
    comments: inOrder([...comments, ...program.comments]),
    entries: entries.toSorted((a, b) => a.start - b.start || b.end - a.end),
    errors: inOrder([...errors, ...program.errors]),
    parts: read.parts,
    ...(codeLines === undefined ? {} : { codeLines }),
    ...(program.incomplete === undefined ? {} : { incomplete: program.incomplete }),
  };
}

function inOrder<T extends Span>(spans: readonly T[]): T[] {
  return spans.toSorted((a, b) => a.start - b.start || a.end - b.end);
}

interface Lists {
  readonly entries: ConfigEntry[];
  readonly comments: Comment[];
  readonly errors: Span[];
}

/** Reads one configuration file into the lists of its host. */
function readSettings(file: HeldFile, number: number, into: Lists): void {
  if (file.language === 'text' || isProgram(file.language) || isHost(file.language)) return;
  const { entries, comments, errors } = readConfig(file.language as ConfigLanguage, sourceOf(file.text));
  // Samples are often cut out of their surroundings: what cannot be read of one is no error of the page's.
  moveSpans([entries, comments, errors], (span) => file.content.toHost(span));
  for (const entry of entries) into.entries.push({ ...entry, path: [number, ...file.topic ?? [], ...entry.path] });
  into.comments.push(...comments);
  into.errors.push(...errors);
}

/** What a module gives to the model of its host. */
type Module = Pick<SourceModel, 'body' | 'functions' | 'classes' | 'imports' | 'comments' | 'errors' | 'incomplete'>;

const NOTHING: Module = { body: [], functions: [], classes: [], imports: [], comments: [], errors: [] };

/** Reads the code of a host as one module, with every place where it stands in the host. */
function readModule(files: readonly HeldFile[], reading: ProgramReading, host: string): Module {
  const whole = new HeldText(host);
  const pieces: string[] = [];
  const places: Span[] = [];
  for (const file of files) {
    const start = whole.length;
    whole.append(file.content);
    pieces.push(file.text);
    places.push({ start, end: whole.length });
    whole.lineBreak(file.content.toHost({ start: 0, end: file.content.length }).end);
    pieces.push('\n');
  }
  const model = readCells(pieces.join(''), places, reading);
  if (typeof model === 'string') return { ...NOTHING, incomplete: model };
  const { body, functions, classes, imports, comments, errors } = model;
  const module = { body, functions, classes, imports, comments, errors };
  moveSpans(module, (span) => whole.toHost(span));
  return module;
}

/** A mistake in one cell must not cost the next one: of a broken cell the lines to blame are masked, or else all of it. */
function readCells(text: string, places: readonly Span[], reading: ProgramReading): SourceModel | Exceeded {
  const { code, grammar, syntax, budgetMs } = reading;
  const first = new Budget(budgetMs);
  const tree = syntax.parse(grammar, text, first);
  if (tree === undefined) return first.exceeded ?? 'time';
  if (!tree.rootNode.hasError) return lowered(reading, sourceOf(text), { tree, text, masked: [] });
  syntax.release(tree);
  if (places.length === 1 || code.mend === undefined) return readProgram(reading, sourceOf(text));
  const budget = new Budget(budgetMs);
  const masked: Span[] = [];
  const pieces: string[] = [];
  let kept = 0;
  for (const place of places) {
    const mended = mendCell(text.slice(place.start, place.end), reading, budget);
    pieces.push(text.slice(kept, place.start), mended.text);
    kept = place.end;
    for (const line of mended.masked) masked.push({ start: place.start + line.start, end: place.start + line.end });
  }
  const clean = [...pieces, text.slice(kept)].join('');
  const last = new Budget(budgetMs);
  const again = syntax.parse(grammar, clean, last);
  return again === undefined ? last.exceeded ?? 'time' : lowered(reading, sourceOf(text), { tree: again, text: clean, masked });
}

/** A cell that parses, as long as the one it was. */
function mendCell(text: string, { code, grammar, syntax }: ProgramReading, budget: Budget): { readonly text: string; readonly masked: readonly Span[] } {
  const blank = { text: text.replace(/[^\n]/g, ' '), masked: [{ start: 0, end: text.length }] };
  const tree = budget.spent ? undefined : syntax.parse(grammar, text, budget);
  if (tree === undefined) return blank;
  if (!tree.rootNode.hasError || code.mend === undefined) {
    syntax.release(tree);
    return { text, masked: [] };
  }
  const mended = code.mend(syntax.parser(grammar, budget), text, tree, budget);
  const { hasError } = mended.tree.rootNode;
  syntax.release(mended.tree);
  return hasError ? blank : mended;
}

/** Where lines begin for the code: a cell that is one JSON string is one line of the file. Undefined where it makes no difference. */
function linesOf(read: HostRead, source: SourceText): readonly number[] | undefined {
  const starts = new Set(source.lineStarts);
  for (const { content, text } of read.held) {
    for (let at = text.indexOf('\n'); at >= 0 && at + 1 < text.length; at = text.indexOf('\n', at + 1)) {
      const { start } = content.toHost({ start: at + 1, end: at + 1 });
      if (lineHasBefore(source, start, content.toHost({ start: at, end: at + 1 }).start)) starts.add(start);
    }
  }
  return starts.size === source.lineStarts.length ? undefined : [...starts].sort((a, b) => a - b);
}

/** Whether two offsets, the second one before the first, stand on one line of the file. */
function lineHasBefore({ text }: SourceText, at: number, before: number): boolean {
  return !/[\r\n]/.test(text.slice(before, at));
}
