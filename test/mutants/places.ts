/** Where in a carrier a mutant can stand, and what is put where for it. */
import type { FunctionModel, SourceModel, Stmt } from '../../src/core/source/model.ts';
import type { Insertion } from './edit.ts';
import type { Draw, Form, Made, MutantLanguage, PlaceFacts } from './form.ts';
import type { Carrier } from './carrier.ts';
import { indented } from './edit.ts';
import { styled } from './style.ts';
import { tickPlaces } from './tick-places.ts';

/** A spot that was chosen. */
export interface Place {
  readonly facts: PlaceFacts;
  readonly path: string;
  /** For people: `function CAlert.send of src/alert.mqh`. */
  readonly name: string;
  /** What to put in, by file. */
  insertions(made: Piece, draw: Draw): ReadonlyMap<string, readonly Insertion[]>;
}

/** One half of a draw, bad or right, in somebody's style. */
export interface Piece {
  readonly code: string;
  readonly imports?: string;
  readonly end?: string;
}

/** The bad half, or the right one. */
export function pieceOf(made: Made, half: 'bad' | 'right', language: MutantLanguage, random: () => number): Piece | undefined {
  const code = half === 'bad' ? made.code : made.twin;
  const end = half === 'bad' ? made.end : made.twinEnd ?? made.end;
  if (code === undefined) { return undefined; }
  return {
    code: styled(code, language, random),
    ...(made.imports === undefined ? {} : { imports: made.imports }), ...(end === undefined ? {} : { end }),
  };
}

/** All places a form can take in a carrier. */
export function placesFor(form: Form, carrier: Carrier): readonly Place[] {
  if (form.where === 'tick') { return tickPlaces(form.language, carrier).filter((place) => form.not?.test(place.name) !== true); }
  return carrier.places.filter((path) => form.files?.test(path) !== false && form.not?.test(path) !== true).flatMap((path) => {
    const model = carrier.model(path);
    switch (form.where) {
      case 'entry': return entryPlaces(path, model, form.language);
      case 'module': return modulePlaces(path, model);
      default: return functionPlaces(path, model, form);
    }
  });
}

/** What a piece needs besides itself: its imports and what stands at the end. */
export function around(model: SourceModel, piece: Piece): readonly Insertion[] {
  const { text } = model.source;
  return [
    ...(piece.imports === undefined ? [] : [{ at: topOf(model), marked: `${piece.imports.trimEnd()}\n` }]),
    ...(piece.end === undefined ? [] : [{ at: text.length, marked: `${text.endsWith('\n') || text === '' ? '' : '\n'}\n\n${piece.end.trimEnd()}\n` }]),
  ];
}

export function factsOf(model: SourceModel, fn?: FunctionModel): PlaceFacts {
  const { text } = model.source;
  const first = fn?.parameters[0]?.name;
  const self = fn?.class === undefined || model.language === 'mql5' ? undefined
    : model.language === 'python' ? (first === 'self' ? 'self' : undefined) : fn.static === true ? undefined : 'this';
  const typed = model.language === 'typescript';
  return { text, typed, commonJs: model.language === 'javascript' && /\brequire\(|\bmodule\.exports\b|^exports\./m.test(text) && !/^import\s/m.test(text), ...(self === undefined ? {} : { self }) };
}

// ----------------------------------------------------------- between statements

function modulePlaces(path: string, model: SourceModel): readonly Place[] {
  const { text } = model.source;
  const facts = factsOf(model);
  const starts = model.body.slice(headLength(model)).filter((statement, index, all) => canPrecede(model, statement, index, all)).map(({ start }) => lineStartOf(text, start));
  const libraries = model.language === 'mql5' ? importBlocks(text) : [];
  return [...starts.filter((at) => !libraries.some(([from, to]) => from < at && at <= to)), text.length].map((at) => ({
    facts, path, name: `line ${text.slice(0, at).split('\n').length} of ${path}`,
    insertions: (piece) => new Map([[path, [...around(model, piece), { at, marked: `${at === text.length && !text.endsWith('\n') && text !== '' ? '\n' : ''}${piece.code.trimEnd()}\n` }]]]),
  }));
}

function functionPlaces(path: string, model: SourceModel, form: Form): readonly Place[] {
  const { text } = model.source;
  return model.functions.filter((fn) => fn.name !== '' && form.not?.test(fn.qualifiedName) !== true).flatMap((fn) => {
    const facts = factsOf(model, fn);
    return statementsIn(model, fn).map((statement): Place => {
      const at = lineStartOf(text, statement.start);
      return { facts, path, name: `${fn.qualifiedName} of ${path}`, insertions: (piece) => new Map([[path, [...around(model, piece), before(model, statement, piece.code, at)]]]) };
    });
  });
}

/** Code with the indentation of the statement it is put in front of. */
export function before(model: SourceModel, statement: Stmt, code: string, at = lineStartOf(model.source.text, statement.start)): Insertion {
  return { at, marked: `${indented(code.trimEnd(), model.source.text.slice(at, statement.start))}\n` };
}

/** Statements of a function that something can be put before, up to where it returns. */
export function statementsIn(model: SourceModel, fn: FunctionModel): readonly Stmt[] {
  const end = fn.body.findIndex(({ kind }) => kind === 'return' || kind === 'raise');
  const reached = end === -1 ? fn.body : fn.body.slice(0, end + 1);
  return reached.filter((statement, index, all) => canPrecede(model, statement, index, all));
}

/** Alone at the start of its line, nothing going on from the line above, no docstring, no definition with a decorator or a template above it. */
function canPrecede(model: SourceModel, statement: Stmt, index: number, all: readonly Stmt[]): boolean {
  const { text } = model.source;
  const at = lineStartOf(text, statement.start);
  if (!/^[ \t]*$/.test(text.slice(at, statement.start)) || isString(statement, index) || statement.end === statement.start) { return false; }
  // `() => value` has no statement: its answer stands behind the arrow.
  if (statement.kind === 'return' && !text.startsWith('return', statement.start)) { return false; }
  const above = text.slice(Math.max(0, at - 400), at).trimEnd();
  const definition = statement.kind === 'function' || statement.kind === 'class';
  if (/[\\,(]$/.test(above) || (definition && model.language !== 'mql5') || (definition && />$/.test(above))) { return false; }
  // What stands on one line with its neighbour moves with it. The first part of a `for` stands inside of it.
  const previous = all[index - 1];
  if (previous !== undefined && previous.start < statement.start && lineStartOf(text, previous.end - 1) === at) { return false; }
  return !model.errors.some((error) => error.start <= statement.end && statement.start <= error.end);
}

function isString(statement: Stmt, index: number): boolean {
  return index === 0 && statement.kind === 'expression' && statement.value.kind === 'literal';
}

/** Number of statements before which nothing may stand: docstring, directives, future imports. */
function headLength(model: SourceModel): number {
  let length = 0;
  model.body.forEach((statement, index) => {
    const future = statement.kind === 'import' && statement.imports.some((position) => model.imports[position]?.module === '__future__');
    const directive = index === length && statement.kind === 'expression' && statement.value.kind === 'literal' && statement.value.type === 'string';
    if (future || directive) { length = index + 1; }
  });
  return length;
}

/** Offset of the line where imports can go: behind docstring, directives and future imports. */
export function topOf(model: SourceModel): number {
  const { text } = model.source;
  const first = model.body[headLength(model)];
  return first === undefined ? text.length : lineStartOf(text, first.start);
}

export function lineStartOf(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** `#import "x.dll" … #import` of MQL5: declarations of another library, nothing may stand between them. */
function importBlocks(text: string): readonly (readonly [number, number])[] {
  const lines = [...text.matchAll(/^#import[^\n]*$/gm)].map((match) => match.index);
  const blocks: (readonly [number, number])[] = [];
  for (let i = 0; i + 1 < lines.length; i += 2) { blocks.push([lines[i] as number, (lines[i + 1] as number) + 1]); }
  return blocks;
}

// ---------------------------------------------------------------- configuration

/** Between entries of the outermost level. Of TOML and INI the end of the file, where a section of one's own can begin. */
function entryPlaces(path: string, model: SourceModel, language: MutantLanguage): readonly Place[] {
  const { text } = model.source;
  const facts: PlaceFacts = { text, typed: false, commonJs: false };
  const place = (at: number, glue: (code: string) => string): Place => ({
    facts, path, name: `line ${text.slice(0, at).split('\n').length} of ${path}`,
    insertions: (piece) => new Map([[path, [{ at, marked: glue(piece.code.trimEnd()) }]]]),
  });
  if (language === 'json') {
    const open = text.indexOf('{');
    const rest = open === -1 ? '' : text.slice(open + 1).trimStart();
    return open === -1 ? [] : [place(open + 1, (code) => `\n${code}${rest.startsWith('}') ? '\n' : ','}`)];
  }
  const atEnd = place(text.length, (code) => `${text === '' || text.endsWith('\n') ? '' : '\n'}${code}\n`);
  if (language === 'toml' || (language === 'ini' && /^\s*\[/m.test(text))) { return [atEnd]; }
  const tops = model.entries.filter((entry) => entry.path.length === 1 && text.slice(lineStartOf(text, entry.start), entry.start).trim() === '' && lineStartOf(text, entry.start) === entry.start);
  return [...tops.map((entry) => place(entry.start, (code) => `${code}\n`)), atEnd];
}
