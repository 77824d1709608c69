/** Operations that name the server as a door: each is a command of `workspace/executeCommand` with its input as the argument. */
import { type Connection, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import type { Engine } from '../engine.ts';
import type { Operation } from '../core/operations/operation.ts';
import { fileOf } from '../core/workspace/paths.ts';
import { type Answer, METHODS, type TextParams } from '../shared/protocol.ts';

const PREFIX = 'tickguard.server.';

/** `tickguard.server.explain` for each operation with the door `lsp`. */
export function operationCommands(engine: Engine): readonly string[] {
  return engine.operations.filter((operation) => operation.doors.includes('lsp')).map((operation) => `${PREFIX}${operation.id}`);
}

/** The operation a command stands for, if it stands for one. */
export function operationOf(engine: Engine, command: string): Operation | undefined {
  return engine.operations.find((operation) => operation.doors.includes('lsp') && command === `${PREFIX}${operation.id}`);
}

/** Runs it and gives its output; what it refuses becomes the request's error, in its own sentence. */
export async function runOperation(engine: Engine, operation: Operation, input: unknown, cwd: string): Promise<unknown> {
  const outcome = await engine.run(operation.id, input ?? {}, { cwd, signal: new AbortController().signal });
  if (!outcome.ok) { throw new ResponseError(LSPErrorCodes.RequestFailed, outcome.error); }
  return outcome.value;
}

/** Answers `tickguard/text`. Errors: an operation that has no text or not this door, and what it refuses, in its own sentence. */
export function serveTexts(connection: Connection, engine: Engine): void {
  connection.onRequest(METHODS.text, async ({ root, operation: id, input }: TextParams, token): Promise<Answer<string>> => {
    const operation = engine.operations.find((one) => one.id === id && one.doors.includes('lsp'));
    if (operation?.text === undefined) { return { ok: false, error: `There is no text of ${id}.` }; }
    const stop = new AbortController();
    token.onCancellationRequested(() => { stop.abort(); });
    const outcome = await engine.run(id, input, { cwd: fileOf(root) ?? '', signal: stop.signal });
    return outcome.ok ? { ok: true, value: operation.text(outcome.value, false) } : outcome;
  });
}
