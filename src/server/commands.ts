/** Commands and requests that act on one finding or on the configuration; each is the answer to a click. */
import { type Connection, LSPErrorCodes, ResponseError, type WorkspaceEdit } from 'vscode-languageserver';
import {
  type Answer, type Counters, type FindingReference, METHODS, type PackChoices, type ProposeAccountParams, type ProposedFile, SERVER_COMMANDS,
  type SuppressParams,
} from '../shared/protocol.ts';
import { docsUrl } from '../core/findings/docs-url.ts';
import { acceptAsKnown } from './accept-baseline.ts';
import { type ActionContext, findingOf } from './action-context.ts';
import { suppressEdit } from './code-actions.ts';
import { operationOf, runOperation } from './operations.ts';
import { proposeAccount } from './propose-account.ts';
import { sentence } from './root.ts';
import type { Workspace } from './workspace.ts';

export interface CommandContext extends ActionContext {
  readonly connection: Connection;
  readonly workspace: Workspace;
}

/** Registers `workspace/executeCommand` and the requests of our own clients. */
export function serveCommands(context: CommandContext): void {
  const { connection, documents, workspace, engine } = context;
  connection.onExecuteCommand(async ({ command, arguments: [reference] = [] }) => {
    const operation = operationOf(engine, command);
    if (operation !== undefined) { return runOperation(engine, operation, reference, workspace.roots()[0]?.folder ?? process.cwd()); }
    if (!isReference(reference)) { throw new ResponseError(LSPErrorCodes.RequestFailed, `${command} needs a finding: { uri, fingerprint, rule }.`); }
    if (command === SERVER_COMMANDS.acceptBaseline) { return acceptBaseline(context, reference); }
    if (command === SERVER_COMMANDS.openPage) { return openPage(context, reference); }
    throw new ResponseError(LSPErrorCodes.RequestFailed, `There is no command ${command}.`);
  });
  connection.onRequest<Answer<WorkspaceEdit>, never>(METHODS.suppress, (params: SuppressParams) => {
    const place = documents.place(params.uri);
    if (params.reason.trim() === '') { return { ok: false, error: 'A suppression needs a reason. Say why this is right here.' }; }
    documents.flush(params.uri);
    const edit = place === undefined ? undefined : suppressEdit(context, place, params.uri, params.fingerprint, params.reason, false);
    if (edit !== undefined) { return { ok: true, value: edit }; }
    return place !== undefined && findingOf(place, params.fingerprint) !== undefined
      ? { ok: false, error: 'No comment can stand there: it is in an output, or inside of something that a comment would end. Accept the finding as known instead.' }
      : { ok: false, error: 'The finding is gone: the text changed meanwhile. Nothing was written.' };
  });
  connection.onRequest(METHODS.counters, (): Counters => counters(workspace));
  connection.onRequest(METHODS.packs, (): PackChoices => ({ packs: engine.packs }));
  connection.onRequest<Answer<ProposedFile>, never>(METHODS.proposeAccount, async (params: ProposeAccountParams) => {
    const root = workspace.roots().find((candidate) => candidate.uri === params.root);
    if (root === undefined) { return { ok: false, error: 'This folder is not open any more. Open it again.' }; }
    return proposeAccount(engine, root, params.pack, params.size);
  });
}

function counters(workspace: Workspace): Counters {
  const each = workspace.roots().flatMap(({ project }) => (project === undefined ? [] : [project.counters]));
  return {
    parses: each.reduce((sum, { parses }) => sum + parses, 0),
    liveTrees: each.reduce((sum, { liveTrees }) => sum + liveTrees, 0),
  };
}

async function acceptBaseline(context: CommandContext, reference: FindingReference): Promise<boolean> {
  const place = context.documents.place(reference.uri);
  if (place === undefined) { throw new ResponseError(LSPErrorCodes.RequestFailed, 'The file is in no opened folder, so there is no baseline to write to. Open its folder.'); }
  await place.root.ready;
  let outcome: Answer<true>;
  try {
    outcome = await acceptAsKnown(place, reference.fingerprint);
  } catch (error) {
    outcome = { ok: false, error: `The baseline could not be written: ${sentence(error)}` };
  }
  if (!outcome.ok) { throw new ResponseError(LSPErrorCodes.RequestFailed, outcome.error); }
  return true;
}

async function openPage(context: CommandContext, reference: FindingReference): Promise<boolean> {
  const [rule = reference.rule] = reference.rule.split('/');
  const uri = docsUrl(rule);
  if (context.client.showDocument) {
    const { success } = await context.connection.window.showDocument({ uri, external: true });
    if (success) { return true; }
  }
  // Asked for by the user, so a message is an answer and no interruption.
  context.connection.window.showInformationMessage(`The page of ${rule}: ${uri}`);
  return true;
}

function isReference(value: unknown): value is FindingReference {
  if (typeof value !== 'object' || value === null) { return false; }
  const { uri, fingerprint, rule } = value as Record<string, unknown>;
  return typeof uri === 'string' && typeof fingerprint === 'string' && typeof rule === 'string';
}
