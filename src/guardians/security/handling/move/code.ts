/** The edit of the code: the literal becomes a read of the environment, in the idiom of its language. */
import type { Outcome } from '../../../../core/outcome.ts';
import type { Literal, SourceModel, Span } from '../../../../core/source/model.ts';
import { definitionsOf } from '../../../../core/source/scope.ts';
import { fallbackOf, placeOf, type Place } from './place.ts';

/** A change of the document, offsets of UTF-16 units. */
export interface CodeEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** How the code reads a variable, and what the secret was. */
export interface CodeMove {
  /** As the program sees it, escapes undone. */
  readonly value: string;
  /** The variable is given by the code: the default of a look-up. */
  readonly variable?: string;
  edits(variable: string): readonly CodeEdit[];
}

const NOT_PLAIN = 'The secret stands in no plain text that could be replaced. Move it by hand.';

/** What moving the secret would do to a program; an error names what stands in the way, in a sentence. */
export function codeMove(model: SourceModel, secret: Span): Outcome<CodeMove> {
  const place = placeOf(model, secret);
  if (place === undefined) { return { ok: false, error: NOT_PLAIN }; }
  switch (model.language) {
    case 'python': return pythonMove(model, place, secret);
    case 'typescript': case 'javascript': return scriptMove(model, place, secret);
    case 'mql5': return mqlMove(model, place, secret);
    default: return { ok: false, error: NOT_PLAIN };
  }
}

/** What the secret is to the program: the literal's value, or the part of the text where nothing in it is escaped. */
function valueOf(model: SourceModel, place: Place, secret: Span): string | undefined {
  const text = model.source.text.slice(secret.start, secret.end);
  if (place.whole) { return typeof place.literal.value === 'string' ? place.literal.value : undefined; }
  return text.includes('\\') ? undefined : text;
}

// ------------------------------------------------------------------- Python

function pythonMove(model: SourceModel, place: Place, secret: Span): Outcome<CodeMove> {
  const { text } = model.source;
  const value = valueOf(model, place, secret);
  if (value === undefined) { return { ok: false, error: NOT_PLAIN }; }
  const os = osName(model, place);
  if (os === undefined) { return { ok: false, error: 'The name os means something else in this file, so the environment cannot be read by it. Move the value by hand.' }; }
  const imports = os.imported ? [] : [importEdit(model)];
  const fallback = fallbackOf(model, place);
  const read = (variable: string, quote = '"'): string => `${os.name}.environ[${quote}${variable}${quote}]`;
  if (fallback !== undefined) {
    return { ok: true, value: { value, variable: fallback.variable, edits: (variable) => [...imports, { start: fallback.whole.start, end: fallback.whole.end, text: read(variable) }] } };
  }
  if (place.whole) {
    return { ok: true, value: { value, edits: (variable) => [...imports, { start: place.literal.start, end: place.literal.end, text: read(variable) }] } };
  }
  const template = place.around.at(-1);
  if (template?.kind === 'template') {
    const quote = otherQuote(text, template);
    return { ok: true, value: { value, edits: (variable) => [...imports, { start: secret.start, end: secret.end, text: `{${read(variable, quote)}}` }] } };
  }
  return inText(text, place.literal, secret, value, imports, read);
}

/** The secret is a part of a plain string: that becomes an f-string, its own braces doubled. */
function inText(text: string, literal: Literal, secret: Span, value: string, imports: readonly CodeEdit[], read: (variable: string, quote: string) => string): Outcome<CodeMove> {
  const { content } = literal;
  const prefix = prefixOf(text, literal);
  if (content === undefined || !/^(?:|[uUrR])$/.test(prefix)) { return { ok: false, error: NOT_PLAIN }; }
  const quote = otherQuote(text, literal);
  const doubled = (span: Span): string => text.slice(span.start, span.end).replace(/[{}]/g, '$&$&');
  const head = `${/r/i.test(prefix) ? 'rf' : 'f'}${text.slice(literal.start + prefix.length, content.start)}`;
  return { ok: true, value: { value, edits: (variable) => [...imports, {
    start: literal.start, end: literal.end,
    text: `${head}${doubled({ start: content.start, end: secret.start })}{${read(variable, quote)}}${doubled({ start: secret.end, end: content.end })}${text.slice(content.end, literal.end)}`,
  }] } };
}

function prefixOf(text: string, { start }: Span): string {
  return /^[A-Za-z]{0,3}/.exec(text.slice(start, start + 3))?.[0] ?? '';
}

/** Before Python 3.12 an f-string cannot hold the quote it stands in. */
function otherQuote(text: string, span: Span): string {
  return /^[A-Za-z]{0,3}"/.test(text.slice(span.start, span.start + 4)) ? "'" : '"';
}

/** The name by which this file knows `os`; undefined where it means something else. */
function osName(model: SourceModel, place: Place): { readonly name: string; readonly imported: boolean } | undefined {
  const known = model.imports.find((one) => one.module === 'os' && one.level === 0 && one.name === undefined && one.function === undefined);
  const name = known?.alias ?? 'os';
  const definitions = definitionsOf(model, name, place.site);
  if (definitions.some((definition) => definition.imported?.module !== 'os')) { return undefined; }
  return { name, imported: known !== undefined };
}

/** `import os` before the first import of the module, behind its docstring and `from __future__`. */
function importEdit(model: SourceModel): CodeEdit {
  const { text } = model.source;
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  const imports = model.body.filter((statement) => statement.kind === 'import');
  const future = imports.filter((statement) => statement.kind === 'import' && statement.imports.some((index) => model.imports[index]?.module === '__future__'));
  const first = imports.find((statement) => !future.includes(statement));
  if (first !== undefined) { return { start: first.start, end: first.start, text: `import os${lineBreak}` }; }
  const after = future.at(-1) ?? docstringOf(model);
  if (after !== undefined) {
    const end = text.indexOf('\n', after.end);
    return end < 0 ? { start: text.length, end: text.length, text: `${lineBreak}import os${lineBreak}` } : { start: end + 1, end: end + 1, text: `${future.length > 0 ? '' : lineBreak}import os${lineBreak}` };
  }
  // A shebang and the line of the encoding have to stay the first ones.
  const head = /^(?:#[^\n]*\n){0,2}/.exec(text)?.[0] ?? '';
  const at = /^#!|coding[:=]/.test(head) ? head.length : 0;
  return { start: at, end: at, text: `import os${lineBreak}${lineBreak}` };
}

function docstringOf(model: SourceModel): Span | undefined {
  const [first] = model.body;
  return first?.kind === 'expression' && first.value.kind === 'literal' && first.value.type === 'string' ? first : undefined;
}

// ------------------------------------------------------------------- scripts

function scriptMove(model: SourceModel, place: Place, secret: Span): Outcome<CodeMove> {
  const { text } = model.source;
  const value = valueOf(model, place, secret);
  if (value === undefined) { return { ok: false, error: NOT_PLAIN }; }
  const read = (variable: string): string => `process.env.${variable}${model.language === 'typescript' ? '!' : ''}`;
  const fallback = fallbackOf(model, place);
  if (fallback !== undefined) {
    return { ok: true, value: { value, variable: fallback.variable, edits: (variable) => [{ start: fallback.whole.start, end: fallback.whole.end, text: read(variable) }] } };
  }
  const { literal } = place;
  if (place.around.at(-1)?.kind === 'template') {
    return { ok: true, value: { value, edits: (variable) => [{ start: secret.start, end: secret.end, text: `\${${read(variable)}}` }] } };
  }
  // In the markup of a component an attribute takes braces.
  const attribute = /\.[jt]sx$/.test(model.path) && text[literal.start - 1] === '=' && /[\w-]/.test(text[literal.start - 2] ?? '');
  if (place.whole) {
    return { ok: true, value: { value, edits: (variable) => [{ start: literal.start, end: literal.end, text: attribute ? `{${read(variable)}}` : read(variable) }] } };
  }
  const { content } = literal;
  if (content === undefined || attribute) { return { ok: false, error: NOT_PLAIN }; }
  const safe = (span: Span): string => text.slice(span.start, span.end).replace(/`|\$\{/g, '\\$&');
  return { ok: true, value: { value, edits: (variable) => [{
    start: literal.start, end: literal.end, text: `\`${safe({ start: content.start, end: secret.start })}\${${read(variable)}}${safe({ start: secret.end, end: content.end })}\``,
  }] } };
}

// -------------------------------------------------------------------- MQL5

/** A terminal hands no environment to an expert: the value becomes an input that is left empty, and is entered when it is attached. */
function mqlMove(model: SourceModel, place: Place, secret: Span): Outcome<CodeMove> {
  const { statement, literal } = place;
  const value = valueOf(model, place, secret);
  const only = 'MetaTrader hands no environment to an expert. Make it an input string that is left empty, or read it from a file in MQL5/Files that is not committed.';
  if (value === undefined || !place.whole || statement?.kind !== 'assign' || !model.body.includes(statement) || statement.value !== literal) { return { ok: false, error: only }; }
  const { storage } = statement;
  if (storage === 'input' || storage === 'sinput' || storage === 'extern') { return { ok: true, value: { value, edits: () => [{ start: literal.start, end: literal.end, text: '""' }] } }; }
  const line = model.source.text.slice(statement.start, literal.start);
  const declared = /^(?:static\s{1,20}|const\s{1,20}){0,2}string\s{1,20}(\w{1,80})\s{0,20}=\s{0,20}$/.exec(line);
  if (declared === null) { return { ok: false, error: only }; }
  return { ok: true, value: { value, edits: () => [{ start: statement.start, end: literal.end, text: `input string ${declared[1] ?? ''} = ""` }] } };
}
