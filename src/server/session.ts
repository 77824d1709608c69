/** One conversation with one editor, from `initialize` to `exit`: builds the parts and ties their events together. */
import {
  CodeActionKind, type Connection, type InitializeParams, type InitializeResult, PositionEncodingKind, TextDocumentSyncKind,
} from 'vscode-languageserver';
import type { Engine } from '../engine.ts';
import { SERVER_COMMANDS } from '../shared/protocol.ts';
import { type ClientFeatures, clientFeatures, openedFolders } from './client.ts';
import { FIX_ALL, serveCodeActions } from './code-actions.ts';
import { serveCommands } from './commands.ts';
import { CoverageFeed } from './coverage.ts';
import { serveHovers } from './hover.ts';
import { Reports } from './diagnostics.ts';
import { Documents } from './documents.ts';
import { operationCommands, serveTexts } from './operations.ts';
import { servePulls } from './pull.ts';
import { serveReplayPage } from './replay-page.ts';
import { Refresher } from './refresh.ts';
import type { RootEvents } from './root.ts';
import { StatusFeed } from './status.ts';
import { serveWatchedFiles, watchFiles } from './watch.ts';
import { Workspace } from './workspace.ts';

/** Registers every handler; nothing is read before the client has said `initialized`. */
export function startSession(connection: Connection, engine: Engine, version: string): { dispose(): void } {
  const documents = new Documents();
  let parts: Parts | undefined;
  let ended = false;
  documents.listen(connection);
  serveWatchedFiles(connection, () => parts?.workspace);
  connection.onInitialize((params) => {
    const client = clientFeatures(params);
    parts = buildParts(connection, engine, documents, client, () => ended);
    const { workspace } = parts;
    connection.onInitialized(() => {
      for (const folder of openedFolders(params)) { workspace.add(folder); }
      documents.attach(workspace);
      if (client.workspaceFolders) {
        connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
          const gone = removed.flatMap((folder) => workspace.remove(folder.uri) ?? []);
          for (const folder of added) { workspace.add(folder); }
          documents.attach(workspace);
          for (const root of gone) { parts?.refresher.dropped(root); }
          parts?.status.changed();
          parts?.coverage.changed();
        });
      }
      watchFiles(connection, client).catch((error: unknown) => { if (!ended) { connection.console.warn(`Changes on disk will not be seen: ${String(error)}`); } });
    });
    return capabilities(client, engine, params, version);
  });
  return {
    dispose() {
      ended = true;
      parts?.refresher.dispose();
      parts?.status.dispose();
      parts?.coverage.dispose();
      parts?.workspace.dispose();
    },
  };
}

interface Parts {
  readonly workspace: Workspace;
  readonly refresher: Refresher;
  readonly status: StatusFeed;
  readonly coverage: CoverageFeed;
}

function buildParts(connection: Connection, engine: Engine, documents: Documents, client: ClientFeatures, ended: () => boolean): Parts {
  const log = (message: string): void => { if (!ended()) { connection.console.info(message); } };
  const reports = new Reports(client);
  const events: RootEvents = {
    changed(root, change) {
      refresher.changed(root, change);
      status.changed();
      coverage.changed();
    },
    status: () => {
      status.changed();
      coverage.changed();
    },
    log,
    documents: (root) => documents.of(root),
  };
  const workspace = new Workspace(engine, events);
  const refresher = new Refresher({ connection, client, workspace, documents, reports, log });
  const status = new StatusFeed({ connection, client, engine, workspace, reports });
  const coverage = new CoverageFeed(connection, workspace);
  servePulls({ connection, workspace, documents, reports, refresher });
  serveCodeActions({ connection, client, documents, engine });
  serveHovers({ connection, documents, engine });
  serveReplayPage(connection, engine);
  serveTexts(connection, engine);
  serveCommands({ connection, client, documents, workspace, engine });
  return { workspace, refresher, status, coverage };
}

function capabilities(client: ClientFeatures, engine: Engine, params: InitializeParams, version: string): InitializeResult {
  const encodings = params.capabilities.general?.positionEncodings;
  return {
    serverInfo: { name: 'tickguard', version },
    capabilities: {
      // Every client has to offer UTF-16, and the engine counts in it.
      ...(encodings === undefined ? {} : { positionEncoding: PositionEncodingKind.UTF16 }),
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: { includeText: false } },
      notebookDocumentSync: { notebookSelector: [{ notebook: { notebookType: 'jupyter-notebook', scheme: 'file' } }], save: true },
      ...(client.pull
        ? { diagnosticProvider: { identifier: 'tickguard', interFileDependencies: true, workspaceDiagnostics: true } }
        : {}),
      codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, FIX_ALL], resolveProvider: true },
      hoverProvider: true,
      executeCommandProvider: { commands: [...Object.values(SERVER_COMMANDS), ...operationCommands(engine)] },
      workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    },
  };
}
