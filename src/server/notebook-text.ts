/**
 * A notebook that is open in an editor, as the file that it would be: the engine reads one text, the editor shows cells.
 * Positions go from that text to the cells and back; an output, which has no document of its own, is shown at its cell.
 */
import type { Position, Range as LspRange } from 'vscode-languageserver';

/** One cell, as the editor holds it. */
export interface OpenCell {
  readonly uri: string;
  readonly version: number;
  /** VS Code's name of its language. */
  readonly language: string;
  readonly code: boolean;
  readonly text: string;
  /** Its outputs as JSON, in one line; from the file, because the protocol does not send them. */
  readonly outputs?: string | undefined;
}

/** A place in a cell. */
export interface CellRange {
  readonly cell: OpenCell;
  readonly range: LspRange;
}

/** What a line of the text is: a line of a cell, or all outputs of one. */
interface Line {
  readonly cell: OpenCell;
  /** From 0; undefined for the line that holds the outputs. */
  readonly line: number | undefined;
}

const BEFORE_SOURCE = '"source": [';

export class NotebookText {
  readonly text: string;
  readonly cells: readonly OpenCell[];
  readonly #lines: readonly (Line | undefined)[];
  readonly #written: readonly string[];

  /** @param language of the code: the kernel's, or what most cells are in */
  constructor(cells: readonly OpenCell[], language: string) {
    this.cells = cells;
    const lines: (Line | undefined)[] = [undefined];
    const written: string[] = ['{"cells": ['];
    const add = (text: string, line?: Line): void => { written.push(text); lines.push(line); };
    cells.forEach((cell, number) => {
      add(`{"cell_type": "${typeOf(cell, language)}", "metadata": {}, "outputs":`);
      add(cell.outputs ?? '[]', { cell, line: undefined });
      add(`, ${BEFORE_SOURCE}`);
      const source = linesOf(cell.text);
      source.forEach((line, i) => { add(`${JSON.stringify(line)}${i === source.length - 1 ? '' : ','}`, { cell, line: i }); });
      add(`]}${number === cells.length - 1 ? '' : ','}`);
    });
    add(`], "metadata": {"language_info": {"name": ${JSON.stringify(language)}}}, "nbformat": 4, "nbformat_minor": 5}`);
    this.text = written.join('\n');
    this.#lines = lines;
    this.#written = written;
  }

  /** Where a range of the text stands in a cell; undefined between cells. An output is told at the last line of its cell, which it stands below. */
  toCell({ start, end }: LspRange): CellRange | undefined {
    const first = this.#lines[start.line];
    if (first === undefined) { return undefined; }
    const { cell } = first;
    if (first.line === undefined) {
      const lines = linesOf(cell.text);
      const line = Math.max(0, lines.findLastIndex((text) => text.trim() !== ''));
      return { cell, range: { start: { line, character: 0 }, end: { line, character: (lines[line] ?? '').trimEnd().length } } };
    }
    const last = this.#lines[end.line];
    const until = last?.cell === cell && last.line !== undefined ? end : { line: start.line, character: this.#written[start.line]!.length };
    return { cell, range: { start: this.#inCell(start), end: this.#inCell(until) } };
  }

  /** Whether a range of the text is an output of a cell. */
  isOutput({ start }: LspRange): boolean {
    const line = this.#lines[start.line];
    return line !== undefined && line.line === undefined;
  }

  /** A place inside the string that a line of a cell is written as, in the cell. */
  #inCell({ line, character }: Position): Position {
    const inside = this.#written[line]!.slice(1, Math.max(1, character));
    const text = decoded(inside);
    return { line: this.#lines[line]!.line!, character: text.length - (text.endsWith('\r\n') ? 2 : text.endsWith('\n') ? 1 : 0) };
  }
}

/** Code of another language than the notebook's is read as text. */
function typeOf({ code, language }: OpenCell, kernel: string): 'code' | 'markdown' | 'raw' {
  if (!code) { return 'markdown'; }
  return language === kernel ? 'code' : 'raw';
}

/** Lines with their line breaks, as a notebook keeps them. */
function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** The text a stretch of a JSON string stands for; a stretch that ends in half an escape or behind the closing quote, without that. */
function decoded(inside: string): string {
  for (let length = inside.length; length > Math.max(0, inside.length - 8); length--) {
    try {
      return JSON.parse(`"${inside.slice(0, length)}"`) as string;
    } catch { /* cut in the middle of an escape, or one quote too many */ }
  }
  return '';
}

/** The text of an edit, which was written as JSON writes it, as it stands in a cell; undefined where it is no such text. */
export function unescaped(newText: string): string | undefined {
  try {
    return JSON.parse(`"${newText}"`) as string;
  } catch {
    return undefined;
  }
}
