/** “Move the value to the environment”: the code, `.env`, its template and `.gitignore` as one edit of the workspace. */
import { chmodSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Position, TextDocumentEdit, TextEdit, WorkspaceEdit } from 'vscode-languageserver';
import type { Move, MoveRequest } from '../guardians/security/index.ts';
import { offsetAt } from '../core/source/text.ts';
import { isEnvironmentTemplate } from '../core/workspace/environment-files.ts';
import { ignoreRulesIn, isIgnored, type IgnoreRules } from '../core/workspace/ignore-files.ts';
import { pathIn, uriOf } from '../core/workspace/paths.ts';
import { type ActionContext, findingOf } from './action-context.ts';
import type { Place } from './workspace.ts';

/** How often, and how long, a new environment file is waited for. */
const LOOK_MS = 500;
const MOST_LOOKS = 240;

/** The files beside a document that a move writes; absolute paths. */
interface Files {
  readonly environment: string;
  readonly template: string;
  readonly ignore: string | undefined;
}

/** The move of a finding's secret as it would be now; undefined where it cannot be moved. */
export function plannedMove(context: ActionContext, place: Place, uri: string, fingerprint: string): (Move & { readonly files: Files }) | undefined {
  const { documents, engine, client } = context;
  const document = documents.get(uri);
  const finding = findingOf(place, fingerprint)?.finding;
  const model = place.root.project?.model(place.path);
  if (document === undefined || finding === undefined || model === undefined || documents.notebook(uri) !== undefined) { return undefined; }
  const text = document.getText();
  // Offsets of an older text would cut through the new one.
  if (model.source.text !== text) { return undefined; }
  const { range } = finding;
  const files = filesFor(place);
  const read = (path: string): string | undefined => textOf(context, path);
  const request: MoveRequest = {
    model, secret: { start: offsetAt(model.source, range.line, range.column), end: offsetAt(model.source, range.endLine, range.endColumn) },
    name: finding.evidence?.['name'], detector: finding.detector, environment: read(files.environment), template: read(files.template),
    ignore: files.ignore === undefined ? undefined : { text: read(files.ignore), line: '.env' },
  };
  const planned = engine.moveToEnvironment(request);
  if (!planned.ok) { return undefined; }
  const made = [[planned.value.environment, files.environment], [planned.value.template, files.template], [planned.value.ignore, files.ignore]] as const;
  // An edit that writes into a file that is not there is refused by clients that make none.
  const missing = made.some(([append, path]) => append !== undefined && path !== undefined && read(path) === undefined);
  return missing && !client.createsFiles ? undefined : { ...planned.value, files };
}

/** The edit; undefined where the finding is gone or the text changed. */
export function moveEdit(context: ActionContext, place: Place, uri: string, fingerprint: string): WorkspaceEdit | undefined {
  const planned = plannedMove(context, place, uri, fingerprint);
  const document = context.documents.get(uri);
  if (planned === undefined || document === undefined) { return undefined; }
  const edits = planned.edits.map(({ start, end, text }): TextEdit => ({ range: { start: document.positionAt(start), end: document.positionAt(end) }, newText: text }));
  const writer = new Writer(context);
  writer.edit(uri, document.version, edits);
  const { environment, template, ignore, files } = planned;
  // The ignore file first: at no moment is there an environment file that git would add.
  if (ignore !== undefined && files.ignore !== undefined) { writer.append(files.ignore, ignore.text); }
  if (environment !== undefined) {
    if (!existsSync(files.environment)) { protect(files.environment); }
    writer.append(files.environment, environment.text);
  }
  if (template !== undefined) { writer.append(files.template, template.text); }
  return writer.done();
}

/** The line of ENV002 in `.gitignore`. */
export function ignoreEdit(context: ActionContext, place: Place, fingerprint: string): WorkspaceEdit | undefined {
  const finding = findingOf(place, fingerprint)?.finding;
  const line = finding?.evidence?.['line'];
  if (line === undefined) { return undefined; }
  const path = join(place.root.folder, '.gitignore');
  const text = textOf(context, path);
  if (text === undefined && !context.client.createsFiles) { return undefined; }
  const lineBreak = text?.includes('\r\n') === true ? '\r\n' : '\n';
  const writer = new Writer(context);
  writer.append(path, `${text !== undefined && text !== '' && !text.endsWith('\n') ? lineBreak : ''}${line}${lineBreak}`);
  return writer.done();
}

/** The nearest environment file above the document, else one in the root; its template; the ignore file, if git would add it. */
function filesFor({ root, path }: Place): Files {
  const folders = [root.folder];
  for (const name of root.loose ? [] : path.split('/').slice(0, -1)) { folders.push(join(folders.at(-1) as string, name)); }
  const folder = [...folders].reverse().find((one) => existsSync(join(one, '.env'))) ?? root.folder;
  const environment = join(folder, '.env');
  const template = join(folder, templateIn(folder) ?? '.env.example');
  return { environment, template, ignore: isSafe(root.folder, folder) ? undefined : join(root.folder, '.gitignore') };
}

function templateIn(folder: string): string | undefined {
  try {
    const found = readdirSync(folder).filter((name) => isEnvironmentTemplate(name) && name.startsWith('.env')).sort();
    return found.find((name) => name === '.env.example') ?? found[0];
  } catch {
    return undefined;
  }
}

/** Whether git ignores the `.env` of a folder, or there is no repository to add it to. */
function isSafe(root: string, folder: string): boolean {
  let top: string | undefined;
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) { top = at; break; }
    if (dirname(at) === at) { break; }
  }
  if (top === undefined) { return !existsSync(join(root, '.gitignore')) || isIgnoredFrom(root, folder); }
  return isIgnoredFrom(top, folder);
}

function isIgnoredFrom(top: string, folder: string): boolean {
  const inside = pathIn(top, join(folder, '.env')) ?? '.env';
  const names = inside.split('/');
  let rules: IgnoreRules | undefined;
  for (let depth = 0; depth < names.length; depth++) {
    const above = names.slice(0, depth).join('/');
    rules = ignoreRulesIn(join(top, above), above, rules);
    if (isIgnored(names.slice(0, depth + 1).join('/'), depth < names.length - 1, rules)) { return true; }
  }
  return false;
}

/** A file as the editor has it, else as the disk does; undefined where there is none. */
function textOf(context: ActionContext, path: string): string | undefined {
  const open = context.documents.get(uriOf(path));
  if (open !== undefined) { return open.getText(); }
  try { return readFileSync(path, 'utf8'); } catch { return undefined; }
}

/** Gathers the parts of an edit in the form the client takes. */
class Writer {
  readonly #context: ActionContext;
  readonly #changes: NonNullable<WorkspaceEdit['documentChanges']> = [];
  readonly #plain: Record<string, TextEdit[]> = {};

  constructor(context: ActionContext) {
    this.#context = context;
  }

  edit(uri: string, version: number | null, edits: TextEdit[]): void {
    const change: TextDocumentEdit = { textDocument: { uri, version }, edits };
    this.#changes.push(change);
    this.#plain[uri] = edits;
  }

  /** Puts text at the end of a file; one that is not there is made. */
  append(path: string, text: string): void {
    const uri = uriOf(path);
    const known = textOf(this.#context, path);
    if (known === undefined) { this.#changes.push({ kind: 'create', uri, options: { ignoreIfExists: true } }); }
    const end = endOf(known ?? '');
    this.edit(uri, this.#context.documents.get(uri)?.version ?? null, [{ range: { start: end, end }, newText: text }]);
  }

  done(): WorkspaceEdit {
    return this.#context.client.documentChanges ? { documentChanges: this.#changes } : { changes: this.#plain };
  }
}

/** Where a text ends, by the line breaks of the protocol. */
function endOf(text: string): Position {
  const lines = text.split(/\r\n|\n|\r/);
  return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
}

/** An edit cannot say who may read a new file: once the environment file is there, nobody else may. */
function protect(path: string): void {
  let looks = 0;
  const timer = setInterval(() => {
    looks += 1;
    const there = existsSync(path);
    if (there) { try { chmodSync(path, 0o600); } catch { /* A file system without rights: as safe as its folder. */ } }
    if (there || looks >= MOST_LOOKS) { clearInterval(timer); }
  }, LOOK_MS);
  timer.unref();
}
