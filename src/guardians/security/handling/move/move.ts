/**
 * Moves a secret out of a file and into the environment: the code, `.env`, its template and `.gitignore`, as one change.
 * Nothing of it is kept: it is worked out from the open document when somebody chooses it.
 */
import type { Outcome } from '../../../../core/outcome.ts';
import type { SourceModel, Span } from '../../../../core/source/model.ts';
import { isProgram } from '../../../../core/source/code-languages.ts';
import { readDotenv } from '../../../../core/source/config/read-dotenv.ts';
import { classifyName } from '../../scan/names.ts';
import { codeMove, type CodeEdit, type CodeMove } from './code.ts';
import { settingsMove } from './settings.ts';
import { envLine, variableFor } from './variable.ts';

export type { CodeEdit } from './code.ts';

/** A secret as a finding names it. */
export interface MoveRequest {
  /** Of the document's current text. */
  readonly model: SourceModel;
  /** Of the secret. */
  readonly secret: Span;
  /** What the code calls it, and the detector that knows it. */
  readonly name: string | undefined;
  readonly detector: string | undefined;
  /** Content of the environment file; undefined where there is none. */
  readonly environment: string | undefined;
  readonly template: string | undefined;
  /** Content of the ignore file; undefined where there is none, or where git ignores the environment file already. */
  readonly ignore: { readonly text: string | undefined; readonly line: string } | undefined;
}

/** Text that is put at the end of a file, which is made where it is not there. */
export interface Append {
  readonly text: string;
}

export interface Move {
  readonly variable: string;
  readonly edits: readonly CodeEdit[];
  /** Absent where nothing has to be written. */
  readonly environment?: Append;
  readonly template?: Append;
  readonly ignore?: Append;
}

/** Most names that are tried where the variable is there with another value. */
const MOST_NAMES = 50;

/**
 * What the change would be. Errors, a sentence each: the secret stands in no plain text, the language has no environment, the reader
 * of the file puts no variables in.
 */
export function moveToEnvironment(request: MoveRequest): Outcome<Move> {
  const planned = planOf(request);
  if (!planned.ok) { return planned; }
  const move = planned.value;
  const held = valuesOf(request.environment);
  // A look-up names its variable itself; where that is set, its default was never used.
  const wanted = variableFor(request.name, request.detector);
  const variable = move.variable ?? sameSecret(wanted, move.value, held) ?? freeName(wanted, move.value, held);
  if (variable === undefined) { return { ok: false, error: 'No free name was found in the environment file. Move the value by hand.' }; }
  const lineBreak = lineBreakOf(request.environment ?? request.model.source.text);
  const known = valuesOf(request.template).has(variable);
  return { ok: true, value: {
    variable,
    edits: move.edits(variable),
    ...(held.has(variable) ? {} : { environment: { text: appended(request.environment, envLine(variable, move.value), lineBreak) } }),
    ...(known ? {} : { template: { text: appended(request.template, `${variable}=`, lineBreakOf(request.template ?? request.model.source.text)) } }),
    ...(request.ignore === undefined ? {} : { ignore: { text: appended(request.ignore.text, request.ignore.line, lineBreakOf(request.ignore.text ?? request.model.source.text)) } }),
  } };
}

function planOf({ model, secret }: MoveRequest): Outcome<CodeMove> {
  if (model.language === 'notebook') { return { ok: false, error: 'In a notebook the value is moved by hand: a kernel keeps what it has read.' }; }
  return isProgram(model.language) ? codeMove(model, secret) : settingsMove(model, secret);
}

/** Variables of an environment file with what they hold. */
function valuesOf(text: string | undefined): ReadonlyMap<string, string> {
  if (text === undefined) { return new Map(); }
  return new Map(readDotenv(text).entries.flatMap((entry) => (entry.shape === 'scalar' ? [[entry.key, String(entry.value ?? '')] as const] : [])));
}

/** The variable that holds this very secret already, whatever it is called; a user may be called as a password is written. */
function sameSecret(wanted: string, value: string, held: ReadonlyMap<string, string>): string | undefined {
  const role = classifyName(wanted)?.role;
  const same = [...held].filter(([, there]) => there === value).map(([name]) => name);
  return same.find((name) => name === wanted) ?? same.find((name) => role !== undefined && classifyName(name)?.role === role);
}

/** The wanted name, or `NAME_2` and so on where that holds another value. */
function freeName(wanted: string, value: string, held: ReadonlyMap<string, string>): string | undefined {
  for (let i = 1; i <= MOST_NAMES; i++) {
    const name = i === 1 ? wanted : `${wanted}_${String(i)}`;
    const there = held.get(name);
    if (there === undefined || there === value) { return name; }
  }
  return undefined;
}

function appended(text: string | undefined, line: string, lineBreak: string): string {
  const open = text !== undefined && text !== '' && !text.endsWith('\n');
  return `${open ? lineBreak : ''}${line}${lineBreak}`;
}

function lineBreakOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}
