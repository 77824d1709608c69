/** `tickguard/replayPage`: the report of a replay as a page whose rows and lines open in the editor. */
import { resolve } from 'node:path';
import type { Connection } from 'vscode-languageserver';
import { type Engine, replayPage } from '../engine.ts';
import { VERSION } from '../core/version.ts';
import { fileOf, uriOf } from '../core/workspace/paths.ts';
import { type Answer, METHODS, type ReplayPage, type ReplayPageParams } from '../shared/protocol.ts';

/** Answers the request. Errors: what `replay` refuses, in its own sentence. */
export function serveReplayPage(connection: Connection, engine: Engine): void {
  connection.onRequest(METHODS.replayPage, ({ root, account, ledger, tz }: ReplayPageParams, token): Promise<Answer<ReplayPage>> => {
    const stop = new AbortController();
    token.onCancellationRequested(() => { stop.abort(); });
    return pageOf(engine, fileOf(root) ?? '', { ...(account === undefined ? {} : { account }), ...(ledger === undefined ? {} : { ledgers: [ledger] }), ...(tz === undefined ? {} : { tz }) }, stop.signal);
  });
}

async function pageOf(engine: Engine, cwd: string, input: Readonly<Record<string, unknown>>, signal: AbortSignal): Promise<Answer<ReplayPage>> {
  const outcome = await engine.run('replay', input, { cwd, signal });
  if (!outcome.ok) { return outcome; }
  const open = (file: string, line: number): string => `command:tickguard.openPlace?${encodeURIComponent(JSON.stringify([uriOf(resolve(cwd, file)), line]))}`;
  return { ok: true, value: replayPage(outcome.value, `Tickguard ${VERSION}`, { row: open, line: open }) };
}
