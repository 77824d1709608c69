/** What the threads of a scan tell each other: once what is to be read, then again and again what came of it. */
import type { FileOutcome } from '../analyse.ts';
import type { AccountChoice } from '../account-choice.ts';
import type { DiscoveredFile } from '../discovery.ts';
import { readSummary, spellsSecret, type SummaryText, writeSummary } from '../summary-text.ts';

/** What a thread is told when it starts. */
export interface Share extends AccountChoice {
  /** Position of the next file that nobody has taken, counted up by whoever takes one. */
  readonly next: Int32Array;
  /** The files to read, as JSON: one text is copied faster than thousands of objects. */
  readonly files: string;
  readonly root: string;
  /** Path → text of every `tickguard.json` in force. */
  readonly policies: ReadonlyMap<string, string>;
  readonly only?: readonly string[];
  readonly asOf: string;
  readonly budgetMs: number;
  readonly coverage: boolean;
  /** Whether contents are to be told by git's id, for the cache. */
  readonly identified: boolean;
  readonly wasmFolder?: string;
}

/** What came of some files. */
export interface Part {
  readonly outcomes: readonly Sent[];
  /** The summaries, one behind the other. */
  readonly bytes: Uint8Array;
  /** The thread has nothing left to read. */
  readonly last: boolean;
}

type Failed = readonly { readonly rule: string; readonly error: string }[];
/** `at` is the file's position; `end` that of its summary in the bytes, which begins where the one before it ends. */
type Sent =
  | { readonly at: number; readonly skipped: string; readonly incomplete: boolean; readonly blob?: string }
  | { readonly at: number; readonly end: number; readonly head: number; readonly holds: number; readonly lasting: boolean; readonly failed: Failed; readonly blob?: string };

/** How many files make a part: so many are read again where a thread dies. */
const FILES_A_PART = 16;

/** Collects what came of files, as text. No secret crosses: whether a summary spells one is told here. */
export class PartWriter {
  #outcomes: Sent[] = [];
  #texts: Buffer[] = [];
  #length = 0;

  get isFull(): boolean {
    return this.#outcomes.length >= FILES_A_PART;
  }

  add(at: number, outcome: FileOutcome): void {
    const blob = outcome.blob === undefined ? {} : { blob: outcome.blob };
    if (outcome.kind === 'skipped') {
      this.#outcomes.push({ at, skipped: outcome.reason, incomplete: outcome.incomplete, ...blob });
      return;
    }
    const text = outcome.text ?? writeSummary(outcome.summary);
    this.#length += text.bytes.length;
    this.#texts.push(text.bytes);
    this.#outcomes.push({ at, end: this.#length, head: text.head, holds: text.holds, lasting: isLasting(outcome, text), failed: outcome.failed, ...blob });
  }

  /** The part so far; its memory may be handed over. */
  take(last: boolean): Part {
    // Not of Node's shared pool: that cannot be handed over.
    const bytes = Buffer.allocUnsafeSlow(this.#length);
    let at = 0;
    for (const text of this.#texts) { at += text.copy(bytes, at); }
    const part = { outcomes: this.#outcomes, bytes, last };
    this.#outcomes = [];
    this.#texts = [];
    this.#length = 0;
    return part;
  }
}

function isLasting(outcome: FileOutcome & { readonly kind: 'read' }, text: SummaryText): boolean {
  return outcome.lasting && !(outcome.secrets.length > 0 && spellsSecret(text, outcome.secrets));
}

/** What came of the files of a part, by their positions in `files`. */
export function* outcomesOf(part: Part, files: readonly DiscoveredFile[]): Generator<readonly [DiscoveredFile, FileOutcome]> {
  const all = Buffer.from(part.bytes.buffer, part.bytes.byteOffset, part.bytes.byteLength);
  let from = 0;
  for (const sent of part.outcomes) {
    const file = files[sent.at] as DiscoveredFile;
    const blob = sent.blob === undefined ? {} : { blob: sent.blob };
    if ('skipped' in sent) {
      yield [file, { kind: 'skipped', reason: sent.skipped, incomplete: sent.incomplete, ...blob }];
      continue;
    }
    const { end, head, holds, lasting, failed } = sent;
    const text = { bytes: all.subarray(from, end), head, holds };
    from = end;
    yield [file, { kind: 'read', summary: readSummary(file.path, text), text, failed, secrets: [], lasting, ...blob }];
  }
}
