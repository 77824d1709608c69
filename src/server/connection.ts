/** The wire: standard input and output, or the channel of a forked Node process, and the end of both. */
import { createConnection, ProposedFeatures } from 'vscode-languageserver';
import {
  createProtocolConnection, IPCMessageReader, IPCMessageWriter, type MessageReader, type MessageWriter, StreamMessageReader, StreamMessageWriter,
} from 'vscode-languageserver/node';
import { createEngine } from '../engine.ts';
import { sentence } from './root.ts';
import { startSession } from './session.ts';

export type Transport = 'stdio' | 'node-ipc';

/** How often to look whether the client still lives, where its end closes no stream. */
const PARENT_MS = 1000;

/**
 * Serves one editor until it says `exit`, closes the stream or dies, and answers the exit code: 0 after a `shutdown`,
 * else 1. Everything that would keep the process alive is released first, so a caller may simply return.
 * @param version of Tickguard, for `serverInfo`
 */
export function serve(transport: Transport, version: string): Promise<number> {
  return new Promise((resolve) => {
    const wire = transport === 'stdio' ? standardStreams() : channel();
    let parent: NodeJS.Timeout | undefined;
    let over = false;
    const end = (code: number): void => {
      if (over) { return; }
      over = true;
      clearInterval(parent);
      session.dispose();
      connection.dispose();
      wire.release(() => resolve(code));
    };
    const watchDog = {
      shutdownReceived: false,
      initialize({ processId }: { processId: number | null }): void {
        if (processId === null || processId === undefined) { return; }
        parent = setInterval(() => { if (!alive(processId)) { end(1); } }, PARENT_MS);
        parent.unref();
      },
      exit: end,
    };
    const connection = createConnection(
      (logger) => createProtocolConnection(wire.reader, wire.writer, logger), watchDog, ProposedFeatures.all,
    );
    // These stay to the end of the process: what was under way when the conversation ended may still fail, in vain.
    const crashed = (error: unknown): void => {
      if (over) { return; }
      process.stderr.write(`The Tickguard server stops after an error of its own: ${sentence(error)}\n`);
      end(1);
    };
    const complain = (error: unknown): void => { if (!over) { connection.console.error(`An answer failed: ${sentence(error)}`); } };
    process.on('uncaughtException', crashed);
    process.on('unhandledRejection', complain);
    const session = startSession(connection, createEngine(), version);
    wire.closed(() => end(watchDog.shutdownReceived ? 0 : 1));
    connection.listen();
  });
}

interface Wire {
  readonly reader: MessageReader;
  readonly writer: MessageWriter;
  /** Calls back once the other end is gone. */
  closed(then: () => void): void;
  /** Lets go of the streams after what was written has left. */
  release(then: () => void): void;
}

function standardStreams(): Wire {
  const { stdin, stdout } = process;
  // Standard output belongs to the protocol: whatever a library prints goes to the log instead.
  const { error } = console;
  Object.assign(console, { log: error, info: error, debug: error });
  return {
    reader: new StreamMessageReader(stdin),
    writer: new StreamMessageWriter(stdout),
    closed(then) {
      stdin.once('end', then);
      stdin.once('close', then);
      stdout.once('error', then);
    },
    release(then) {
      stdin.destroy();
      if (stdout.destroyed || stdout.writableEnded) { then(); return; }
      stdout.write('', () => then());
    },
  };
}

function channel(): Wire {
  return {
    reader: new IPCMessageReader(process),
    writer: new IPCMessageWriter(process),
    closed(then) { process.once('disconnect', then); },
    release(then) {
      if (process.connected) { process.disconnect?.(); }
      then();
    },
  };
}

function alive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, but belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
