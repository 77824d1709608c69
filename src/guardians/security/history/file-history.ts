/** From a file's patch to what it says of secrets: a cheap look at the lines, the whole file only where they are worth it. */
import { type Decoded, textOf } from '../../../core/source/text.ts';
import { binaryByName, tooLarge } from '../../../core/workspace/entries.ts';
import { type Fragment, fragmentOf, isWorthReading } from './fragment.ts';
import type { Hit, Judge } from './judge.ts';
import type { Ledger, LedgerEvent } from './ledger.ts';
import type { ObjectStore } from './objects.ts';
import type { FilePatch } from './patch.ts';
import { RecentMap, RecentSet } from '../../../core/recent.ts';
import type { RawChange } from './patch-stream.ts';

/** What could not be looked at. `incomplete`: it could have held something, and nobody knows. */
export interface Unread {
  readonly commit: string;
  readonly path: string;
  readonly reason: string;
  readonly incomplete: boolean;
}

/** Changes and files that are kept in mind. */
const MOST_DULL = 50_000;
const MOST_JUDGED = 2_000;

export interface FileHistoryParts {
  readonly objects: ObjectStore;
  readonly judge: Judge;
  readonly ledger: Ledger;
  /** Every commit's parents are read before it. */
  readonly complete: boolean;
  /** Told of every file that was not looked at. */
  unread(unread: Unread): void;
}

export class FileHistory {
  readonly #parts: FileHistoryParts;
  /** Changes without anything, and what files hold: the same ones come again on other branches. */
  readonly #dull = new RecentSet(MOST_DULL);
  readonly #judged = new RecentMap<readonly Hit[]>(MOST_JUDGED);

  constructor(parts: FileHistoryParts) {
    this.#parts = parts;
  }

  /** Enters a patch into the ledger. */
  async take(patch: FilePatch): Promise<readonly LedgerEvent[]> {
    const { ledger, judge } = this.#parts;
    if (judge.leavesOut(patch.path)) { return []; }
    if (patch.opaque) { return await this.takeWhole(patch); }
    const fragment = patch.added.includes(1) ? fragmentOf(patch) : undefined;
    const hits = fragment === undefined ? [] : await this.#hitsOf(patch, fragment);
    const touched = this.#touched(patch);
    if (hits.length === 0 && touched.length === 0) { return []; }
    const before = await this.#texts(patch, patch.before, isSmall(patch));
    const events = patch.after === undefined ? [] : ledger.enter({ commit: patch.commit, path: patch.path, blob: patch.after, hits, before, complete: this.#parts.complete });
    if (touched.length === 0) { return events; }
    const after = patch.after === undefined ? [''] : await this.#texts(patch, [patch.after], isSmall(patch));
    return [...events, ...(after[0] === undefined ? [] : ledger.leave({ commit: patch.commit, path: patch.path, secrets: touched, before: everyParent(before, patch.parents), after: after[0] }))];
  }

  /** Enters a file of which there is no patch: one that git takes for binary, or a commit that git cannot compare. */
  async takeWhole({ commit, path, before, parents, after, blind }: RawChange): Promise<readonly LedgerEvent[]> {
    const { ledger, judge } = this.#parts;
    if (judge.leavesOut(path) || binaryByName(path) !== undefined) { return []; }
    const place = { commit, path };
    const decoded = after === undefined ? undefined : await this.#decoded(place, after);
    if (decoded?.ok === false) { return []; }
    const all = decoded === undefined ? [] : await judge.hits(path, decoded.source);
    const hits = blind === true ? all.filter(({ value }) => !ledger.knows(path, value)) : all;
    const known = ledger.secretsOf(path);
    if (hits.length === 0 && known.length === 0) { return []; }
    const earlier = await this.#texts(place, before);
    const events = after === undefined ? [] : ledger.enter({ commit, path, blob: after, hits, before: earlier, complete: this.#parts.complete && blind !== true });
    return [...events, ...ledger.leave({ commit, path, secrets: known, before: everyParent(earlier, parents), after: decoded === undefined ? '' : decoded.source.text })];
  }

  /** What the file holds, if anything of it can have come with this patch. */
  async #hitsOf(patch: FilePatch, fragment: Fragment): Promise<readonly Hit[]> {
    const { path, after, whole } = patch;
    if (after === undefined || !this.#isNew(patch)) { return []; }
    if (!patch.removed.includes('tickguard:') && !isWorthReading(path, whole, fragment) && !this.#parts.judge.knowsOwn(path, fragment.source.text)) {
      this.#dull.add(`${patch.before.join(' ')} ${after} ${path}`);
      return [];
    }
    const key = `${after} ${path}`;
    const known = this.#judged.get(key);
    if (known !== undefined) { return known; }
    // The lines of a new file are the file.
    const decoded = whole ? textOf(patch.text) : await this.#decoded(patch, after, isSmall(patch));
    const hits = decoded?.ok === true ? await this.#parts.judge.hits(path, decoded.source) : [];
    this.#judged.set(key, hits);
    return hits;
  }

  /** False for the same change in another commit, of a branch that was rebased or picked from, if nothing came of it. */
  #isNew({ before, after = '', path }: FilePatch): boolean {
    return !this.#dull.has(`${before.join(' ')} ${after} ${path}`);
  }

  /** Known secrets that the patch may have taken away. */
  #touched({ path, removed, after }: FilePatch): readonly string[] {
    const known = this.#parts.ledger.secretsOf(path);
    if (known.length === 0) { return []; }
    if (after === undefined) { return known; }
    return removed.length === 0 ? [] : this.#parts.ledger.touchedBy(path, removed.toString('utf8'));
  }

  async #texts(place: { readonly commit: string; readonly path: string }, ids: readonly string[], small = false): Promise<readonly string[]> {
    const texts: string[] = [];
    for (const id of ids) {
      const decoded = await this.#decoded(place, id, small);
      if (decoded?.ok === true) { texts.push(decoded.source.text); }
    }
    return texts;
  }

  async #decoded({ commit, path }: { readonly commit: string; readonly path: string }, id: string, small = false): Promise<Decoded | undefined> {
    const content = await this.#parts.objects.read(id, small);
    if (content === 'missing') {
      this.#parts.unread({ commit, path, reason: `git does not have its content (object ${id}).`, incomplete: true });
      return undefined;
    }
    if (typeof content === 'number') {
      this.#parts.unread({ commit, path, reason: tooLarge(content), incomplete: false });
      return { ok: false, reason: tooLarge(content) };
    }
    return textOf(content);
  }
}

/** Whether git compared the file's contents, which it does with none over the size that is read whole; of merges that is not said. */
function isSmall({ opaque, parents }: FilePatch): boolean {
  return !opaque && parents === 1;
}

/** A merge that takes the side without a secret took nothing out: only what every parent had can go. */
function everyParent(before: readonly string[], parents: number): readonly string[] {
  return before.length === parents ? before : [];
}
