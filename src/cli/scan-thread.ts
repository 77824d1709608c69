/** Threads of the terminal door: each runs the same bundle, whose entry then reads its share of a scan instead of a command. */
import { parentPort, Worker, workerData } from 'node:worker_threads';
import type { Part, Share } from '../core/workspace/scan/parts.ts';
import type { ScanThread, ThreadEvents } from '../core/workspace/scan/threads.ts';
import { createEngine } from '../engine.ts';

/**
 * Room for new objects, MB. Node's own 48 hold garbage that is not looked at for long, in each thread; with 12 a thread
 * takes as much processor time.
 */
const YOUNG_MB = 12;

/** Whether there is a file that a thread can run: none where the program runs from sources. */
export function runsBundle(): boolean {
  return typeof __filename === 'string';
}

/** Starts a thread; see `StartThread`. */
export function startThread(share: Share, events: ThreadEvents): ScanThread {
  // What was loaded before this program is not loaded again in each thread.
  const worker = new Worker(__filename, { workerData: share, execArgv: [], resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB } });
  worker.on('message', (part: Part) => { events.part(part); });
  // What a thread broke on breaks this one as well when it reads the same file; 'exit' follows.
  worker.on('error', () => undefined);
  worker.on('exit', () => { events.ended(); });
  return { stop: () => { void worker.terminate(); } };
}

/** What such a thread does. */
export async function serveScan(): Promise<void> {
  await createEngine().readShare(workerData as Share, (part) => { parentPort?.postMessage(part, [part.bytes.buffer as ArrayBuffer]); });
}
