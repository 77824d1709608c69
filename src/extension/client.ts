/** Stage two, a bundle of its own: the language client and the server's process. Loaded on first need. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { workspace } from 'vscode';
import {
  CloseAction, type CloseHandlerResult, ErrorAction, type ErrorHandler, LanguageClient, type LanguageClientOptions, State,
  type WorkspaceEdit,
} from 'vscode-languageclient/node';
import { METHODS, type Status } from '../shared/protocol.ts';
import type { ClientHandle, ClientOptions } from './client-handle.ts';
import { quietTrace } from './quiet-trace.ts';

/** A server that dies more often than this within the time is left dead: something is wrong that a restart does not mend. */
const MAX_RESTARTS = 4;
const RESTART_WINDOW_MS = 3 * 60_000;

/** Starts the server and settles when it has answered `initialize`; rejects with why it could not. */
export async function startClient(options: ClientOptions): Promise<ClientHandle> {
  // Other extensions share this thread: each of these steps gets a turn of the event loop for itself.
  await turn();
  const client = new LanguageClient('tickguard', 'Tickguard', async () => {
    await turn();
    const child = startServer(options);
    await turn();
    return child;
  }, clientOptions(options));
  await turn();
  client.onNotification(METHODS.status, (status: Status) => options.onStatus(status));
  client.onNotification(METHODS.coverageChanged, () => options.onCoverageChanged());
  client.onDidChangeState(({ oldState, newState }) => {
    if (oldState === State.Running && newState === State.Stopped) { options.output.info('The server stopped.'); }
  });
  await client.start();
  return {
    request: (method, params) => client.sendRequest(method, params),
    execute: (command, argument) => client.sendRequest('workspace/executeCommand', { command, arguments: [argument] }),
    async applyEdit(edit) {
      return workspace.applyEdit(await client.protocol2CodeConverter.asWorkspaceEdit(edit as WorkspaceEdit));
    },
    stop: () => client.stop(),
    dispose: () => { void client.dispose(); },
  };
}

const turn = (): Promise<void> => new Promise((resolve) => { setImmediate(resolve); });

/** The server over standard streams: they close by themselves when this process dies, however it dies. */
function startServer({ server }: ClientOptions): ChildProcessWithoutNullStreams {
  // In the desktop the host's executable is Electron, which is a plain Node with this set. The client shows its stderr.
  return spawn(process.execPath, [server, '--stdio'], { env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' }, stdio: ['pipe', 'pipe', 'pipe'] });
}

function clientOptions(options: ClientOptions): LanguageClientOptions {
  return {
    // Secrets stand in any text; the server knows which files it checks.
    documentSelector: [{ scheme: 'file' }, { notebook: { notebookType: 'jupyter-notebook', scheme: 'file' } }],
    outputChannel: options.output,
    traceOutputChannel: quietTrace(options.output),
    initializationOptions: { status: true, commands: true },
    diagnosticCollectionName: 'tickguard',
    diagnosticPullOptions: { onChange: true, onSave: true },
    middleware: {
      async provideDiagnostics(document, previous, token, next) {
        const report = await next(document, previous, token);
        return report === null || report === undefined || !('items' in report) ? report : { ...report, items: options.saidOnce.fresh(report.items) };
      },
      provideWorkspaceDiagnostics: (previous, token, reporter, next) => next(previous, token, (chunk) => {
        reporter(chunk === null ? chunk : { items: chunk.items.map((report) => ('items' in report ? { ...report, items: options.saidOnce.fresh(report.items) } : report)) });
      }),
    },
    errorHandler: quietHandler(options),
    // A failed start becomes a rejected promise and the status item's state, not a notification.
    initializationFailedHandler: () => false,
  };
}

/** Restarts a crashed server a few times and says nothing by itself: the status item does. */
function quietHandler({ output, onStopped }: ClientOptions): ErrorHandler {
  const deaths: number[] = [];
  return {
    error(error) {
      output.error(`The connection to the server failed: ${error.message}`);
      return { action: ErrorAction.Continue, handled: true };
    },
    closed(): CloseHandlerResult {
      const now = Date.now();
      deaths.push(now);
      while (now - (deaths[0] ?? now) > RESTART_WINDOW_MS) { deaths.shift(); }
      if (deaths.length <= MAX_RESTARTS) {
        output.warn('The server ended unexpectedly and is started again.');
        return { action: CloseAction.Restart, handled: true };
      }
      const reason = `The server ended ${deaths.length} times within 3 minutes.`;
      output.error(reason);
      onStopped(reason);
      return { action: CloseAction.DoNotRestart, handled: true };
    },
  };
}
