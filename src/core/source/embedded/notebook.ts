/**
 * Jupyter notebooks (nbformat 4, and 3 with its worksheets; nbformat.readthedocs.io): JSON whose cells hold their text as one
 * string or as a list of lines, and their outputs as bundles by media type.
 */
import { Allowance } from '../config/allowance.ts';
import { readJson } from '../config/read-json.ts';
import type { ConfigEntry, EmbeddedPart, Language, Span } from '../model.ts';
import { HeldText } from './held-text.ts';
import type { HeldFile, HostRead } from './host.ts';
import { cellMagic, withoutMagics } from './magics.ts';

/** A cell while its entries come in. */
interface Cell {
  type: string;
  /** Insides of the strings its text is made of. */
  readonly lines: Span[];
}

/** Media types that are no text to read: pictures, documents, and programs that draw them. */
const DATA_MEDIA = /^(?:image|audio|video|font)\/|^application\/(?!json$|vnd\.\w{1,40}\+json$)|^(?:png|jpeg|svg|pdf|javascript)$/;

/** What the format itself says of a cell or an output. */
const LABELS: ReadonlySet<string> = new Set(['id', 'output_type', 'name']);

/** Reads a notebook: code cells in order, outputs and prose as text, parameters in the metadata as entries. */
export function readNotebook(text: string, allowance = new Allowance()): HostRead {
  const { entries, errors } = readJson(text, allowance);
  if (allowance.late) return { parts: [], held: [], entries: [], comments: [], errors: [], lines: 'json', incomplete: allowance.exceeded ?? 'time' };
  const cells = new Map<string, Cell>();
  const parts: EmbeddedPart[] = [];
  const settings: ConfigEntry[] = [];
  const collector = new TextCollector(text, parts);
  for (const entry of entries) {
    const place = placeOf(entry);
    if (place === undefined) {
      if (entry.path[0] === 'metadata') settings.push(entry);
      continue;
    }
    const [key, inside] = place;
    const cell = cells.get(key) ?? { type: 'code', lines: [] };
    cells.set(key, cell);
    const [field] = inside;
    if (entry.shape !== 'scalar' || typeof entry.value !== 'string') continue;
    if (field === 'cell_type') cell.type = entry.value;
    else if (field === 'source' || field === 'input') cell.lines.push(entry.valueSpan);
    else if (!LABELS.has(String(inside.length === 1 ? field : inside.length === 3 ? inside[2] : ''))) collector.add(entry, inside);
  }
  collector.finish();
  const python = /^(?:python|ipython)/i.test(kernelOf(settings) ?? 'python');
  const held = [...cells.values()].flatMap((cell) => readCell(text, cell, python, parts));
  return { parts: parts.sort((a, b) => a.start - b.start || a.end - b.end), held, entries: settings, comments: [], errors, lines: 'json' };
}

/** The cell an entry belongs to, and its way from there. */
function placeOf({ path }: ConfigEntry): readonly [key: string, inside: readonly (string | number)[]] | undefined {
  const at = path[0] === 'cells' ? 1 : path[0] === 'worksheets' && path[2] === 'cells' ? 3 : -1;
  if (at < 0 || typeof path[at] !== 'number') return undefined;
  return [path.slice(0, at + 1).join('/'), path.slice(at + 1)];
}

function kernelOf(settings: readonly ConfigEntry[]): string | undefined {
  const names = ['metadata/language_info/name', 'metadata/kernelspec/language', 'metadata/kernelspec/name'];
  const found = names.map((name) => settings.find((entry) => entry.path.join('/') === name)?.text);
  return found.find((name) => name !== undefined && name !== '');
}

/** Strings of one list, or one string, as one stretch of text: a value may run over several lines of an output. */
class TextCollector {
  readonly #parts: EmbeddedPart[];
  readonly #text: string;
  #key = '';
  #span: { start: number; end: number } | undefined;
  #data = false;

  constructor(text: string, parts: EmbeddedPart[]) {
    this.#text = text;
    this.#parts = parts;
  }

  add(entry: ConfigEntry, inside: readonly (string | number)[]): void {
    const list = typeof inside.at(-1) === 'number';
    const key = (list ? entry.path.slice(0, -1) : entry.path).join('/');
    if (key !== this.#key) this.finish();
    this.#key = key;
    this.#data = inside.some((step) => typeof step === 'string' && DATA_MEDIA.test(step));
    this.#span ??= { start: entry.valueSpan.start, end: entry.valueSpan.end };
    this.#span.end = Math.max(this.#span.end, entry.valueSpan.end);
  }

  finish(): void {
    const span = this.#span;
    if (span !== undefined && this.#text.length >= span.end) this.#parts.push({ ...span, language: 'text', kind: this.#data ? 'data' : 'text', content: { ...span } });
    this.#span = undefined;
  }
}

/** The files a cell holds: none for prose, one for code. */
function readCell(text: string, cell: Cell, python: boolean, parts: EmbeddedPart[]): HeldFile[] {
  const [first] = cell.lines;
  const last = cell.lines.at(-1);
  if (first === undefined || last === undefined) return [];
  const span = { start: first.start, end: last.end };
  const asText = (language: Language): void => { parts.push({ ...span, language, kind: 'text', content: { ...span } }); };
  if (cell.type !== 'code' || !python) {
    asText('text');
    return [];
  }
  const content = new HeldText(text);
  for (const line of cell.lines) content.json(line);
  const written = content.text;
  const magic = cellMagic(written);
  const language = magic?.language ?? 'python';
  if (language === 'text') {
    asText('text');
    return [];
  }
  const head = magic === undefined ? '' : ' '.repeat(magic.end);
  const body = language === 'python' ? withoutMagics(head + written.slice(head.length)) : { text: head + written.slice(head.length), replaced: [] };
  for (const replaced of [...(magic === undefined ? [] : [{ start: 0, end: magic.end }]), ...body.replaced]) {
    const at = content.toHost(replaced);
    parts.push({ ...at, language: 'shell', kind: 'text', content: { ...at } });
  }
  parts.push({ ...span, language, kind: 'code', content: { ...span } });
  // Whole scripts are read for what they set; commands in them are text as well.
  if (language === 'shell') asText('shell');
  return [{ language, content, text: body.text }];
}
