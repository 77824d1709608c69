/** Threads of a scan for tests: they run in this process, turn by turn with whoever started them, and may die. */
import type { Rule } from '../../../src/core/rules/rule.ts';
import type { Part, Share } from '../../../src/core/workspace/scan/parts.ts';
import { readShare } from '../../../src/core/workspace/scan/share.ts';
import type { StartThread } from '../../../src/core/workspace/scan/threads.ts';
import { createEngine } from '../../../src/engine.ts';

const engine = createEngine();

/** When a thread dies: before it reads anything, or when it is about to send its part of that number. */
export type Death = 'at once' | number;

export interface TestThreads {
  readonly start: StartThread;
  /** Parts that came, by thread. */
  readonly parts: readonly number[];
  /** Threads that were ended before they were done. */
  readonly stopped: readonly number[];
}

/** The error of a thread that was told to die. */
class Died extends Error {}

/**
 * @param deaths of each thread, in the order they are started.
 * @param within runs the thread's work; lets a test break something in there alone.
 */
export function testThreads(rules: readonly Rule[] = engine.rules, deaths: readonly (Death | undefined)[] = [], within: (work: () => Promise<void>) => Promise<void> = (work) => work()): TestThreads {
  const parts: number[] = [];
  const stopped: number[] = [];
  const start: StartThread = (share, events) => {
    const me = parts.push(0) - 1;
    const death = deaths[me];
    let open = true;
    const send = (part: Part): void => {
      if (parts[me] === death) { throw new Died(); }
      parts[me] = (parts[me] ?? 0) + 1;
      // As a real one does it: a copy, later, whose memory is handed over.
      const sent = structuredClone(part, { transfer: [part.bytes.buffer as ArrayBuffer] });
      setImmediate(() => { if (open) { events.part(sent); } });
    };
    const work = (): Promise<void> => readShare(structuredClone(share) as Share, rules, engine.packs, send);
    const ended = (): void => { setImmediate(() => { events.ended(); }); };
    void (death === 'at once' ? Promise.resolve() : within(work)).then(ended, ended);
    return { stop: () => { open = false; stopped.push(me); } };
  };
  return { start, parts, stopped };
}
