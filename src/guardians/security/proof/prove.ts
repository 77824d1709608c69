/** The proof that a key is gone: from files, logs, environment files, the index and every stored object, here and in other repositories. */
import * as z from 'zod';
import type { Outcome } from '../../../core/outcome.ts';
import { absolutePath } from '../../../core/workspace/paths.ts';
import { CommitReader } from '../history/commit-facts.ts';
import { openRepository, type Repository } from '../history/repository.ts';
import { wordingOf } from '../history/wording.ts';
import { formsOf, type Form, SHORTEST_KEY } from './needle-forms.ts';
import { type FileKind, searchFiles } from './search-files.ts';
import { leadsTo, pushedSince, searchObjects } from './search-objects.ts';

/** One place that was searched. */
export interface ProofPlace {
  /** Absolute path of the repository or folder. */
  readonly repository: string;
  readonly place: 'files' | 'environment files' | 'logs' | 'history' | 'unreachable objects';
  /** `unknown`: something in it could not be read. */
  readonly state: 'gone' | 'found' | 'unknown';
  /** Files or objects that were looked at, and that hold the key. */
  readonly looked: number;
  readonly found: number;
  /** Some of them: a path, or `commit path`. */
  readonly where: readonly string[];
}

export interface ProofReport {
  /** Salted hash of the key. */
  readonly id: string;
  readonly detector?: string;
  readonly title?: string;
  /** What whoever has the key can do. */
  readonly opens?: string;
  readonly can?: readonly string[];
  readonly places: readonly ProofPlace[];
  /** The oldest commit that is still here and holds it. */
  readonly oldest?: { readonly commit: string; readonly date: string; readonly author: string; readonly path: string };
  /** Remote-tracking branches that hold that commit; `since` is the oldest time at which this clone knew it. */
  readonly pushed?: { readonly refs: readonly string[]; readonly since?: string };
  readonly verdict: 'gone' | 'found' | 'unknown';
}

export const proofReport = z.object({
  id: z.string(), detector: z.exactOptional(z.string()), title: z.exactOptional(z.string()), opens: z.exactOptional(z.string()), can: z.exactOptional(z.array(z.string())),
  places: z.array(z.object({
    repository: z.string(), place: z.enum(['files', 'environment files', 'logs', 'history', 'unreachable objects']), state: z.enum(['gone', 'found', 'unknown']),
    looked: z.int(), found: z.int(), where: z.array(z.string()),
  })),
  oldest: z.exactOptional(z.object({ commit: z.string(), date: z.string(), author: z.string(), path: z.string() })),
  pushed: z.exactOptional(z.object({ refs: z.array(z.string()), since: z.exactOptional(z.string()) })),
  verdict: z.enum(['gone', 'found', 'unknown']),
});

/** Places named of each kind. */
const SHOWN = 10;
/** Objects whose commits are looked up. */
const MOST_TRACED = 50;

export interface ProofParts {
  readonly repository: Repository;
  /** The raw key; it is in nothing that comes out. */
  readonly key: string;
  /** Other repositories or folders, as they were named. */
  readonly others: readonly string[];
  readonly cwd: string;
  readonly signal: AbortSignal;
  idOf(value: string): string;
  /** Detector that knows the key by itself. */
  detectorOf(key: string): Promise<string | undefined>;
  /** Detector that knows it by the file it was committed in. */
  contextOf(key: string, at: { readonly commit: string; readonly path: string }): Promise<string | undefined>;
  progress(text: string): void;
}

/** Searches everywhere. Errors, one sentence: a key too short to be told from anything else, a folder that is none. */
export async function prove(parts: ProofParts): Promise<Outcome<ProofReport>> {
  const key = parts.key.replace(/[\r\n]{1,4}$/, '');
  if (key.length < SHORTEST_KEY) { return { ok: false, error: `The key has ${key.length} characters; fewer than ${SHORTEST_KEY} are found by accident everywhere. Pipe the whole key into the command.` }; }
  const forms = formsOf(key);
  const repositories = [parts.repository];
  for (const other of parts.others) {
    const opened = await openRepository(absolutePath(parts.cwd, other), { signal: parts.signal });
    if (!opened.ok) { return { ok: false, error: `--repository ${other}: ${opened.error}` }; }
    repositories.push(opened.value);
  }
  const places: ProofPlace[] = [];
  let oldest: Traced | undefined;
  for (const repository of repositories) {
    parts.progress(`Searching ${repository.root}`);
    const stored = await objectPlaces(repository, forms, parts.signal);
    places.push(...(repository.bare ? [] : await filePlaces(repository.root, forms, parts.signal)), ...stored.places);
    if (repository === parts.repository) { oldest = stored.oldest; }
    if (parts.signal.aborted) { return { ok: false, error: 'The search was stopped before its end, and proves nothing. Run it again.' }; }
  }
  const detector = await parts.detectorOf(key) ?? (oldest === undefined ? undefined : await parts.contextOf(key, oldest));
  const wording = detector === undefined ? undefined : wordingOf(detector);
  const pushed = oldest === undefined ? undefined : await pushedSince(parts.repository, oldest.commit);
  const verdict = places.some(({ state }) => state === 'found') ? 'found' : places.some(({ state }) => state === 'unknown') ? 'unknown' : 'gone';
  return {
    ok: true,
    value: {
      id: parts.idOf(key), places, verdict,
      ...(detector === undefined || wording === undefined ? {} : { detector, title: wording.title, opens: wording.opens, ...(wording.can === undefined ? {} : { can: wording.can }) }),
      ...(oldest === undefined ? {} : { oldest }),
      ...(pushed === undefined ? {} : { pushed: { refs: pushed.refs, ...(pushed.since === undefined ? {} : { since: pushed.since }) } }),
    },
  };
}

const KIND_NAMES: readonly (readonly [FileKind, ProofPlace['place']])[] = [['file', 'files'], ['env', 'environment files'], ['log', 'logs']];

async function filePlaces(root: string, forms: readonly Form[], signal: AbortSignal): Promise<readonly ProofPlace[]> {
  const { looked, found, unread } = await searchFiles(root, forms, signal);
  return KIND_NAMES.map(([kind, place]) => {
    const here = found.filter((one) => one.kind === kind);
    const closed = unread.filter((one) => one.kind === kind);
    const where = [...here.map(({ path, form }) => (form === 'plain' ? path : `${path} (${form})`)), ...closed.map(({ path }) => `${path} (could not be read)`)];
    return { repository: root, place, state: here.length > 0 ? 'found' : closed.length > 0 ? 'unknown' : 'gone', looked: looked[kind], found: here.length, where: where.slice(0, SHOWN) };
  });
}

type Traced = NonNullable<ProofReport['oldest']>;

/** Objects that a commit leads to are the history; the rest is what rewriting left, until git collects it. */
async function objectPlaces(repository: Repository, forms: readonly Form[], signal: AbortSignal): Promise<{ readonly places: readonly ProofPlace[]; readonly oldest: Traced | undefined }> {
  const search = await searchObjects(repository, forms, signal);
  const reader = new CommitReader(repository);
  const reachable: string[] = [];
  const left: string[] = [];
  let oldest: Traced | undefined;
  let inHistory = 0;
  try {
    for (const { id, type, form } of search.found) {
      const uses = inHistory + left.length < MOST_TRACED && type === 'blob' ? await leadsTo(repository, id) : [];
      if (uses.length === 0 && type === 'blob') { left.push(`${type} ${id}`); continue; }
      inHistory += 1;
      if (uses.length === 0) { reachable.push(`${type} ${id}`); }
      for (const { commit, path } of uses) {
        const facts = await reader.read(commit);
        if (facts !== undefined && (oldest === undefined || Date.parse(facts.date) <= Date.parse(oldest.date))) { oldest = { commit, date: facts.date, author: facts.author, path }; }
      }
      if (uses[0] !== undefined) { reachable.push(`${uses[0].commit.slice(0, 10)} ${uses[0].path}${form === 'plain' ? '' : ` (${form})`}`); }
    }
  } finally {
    reader.close();
  }
  const state = (found: number): ProofPlace['state'] => (found > 0 ? 'found' : search.incomplete === undefined ? 'gone' : 'unknown');
  const problem = search.incomplete === undefined ? [] : [`git: ${search.incomplete}`];
  return {
    oldest,
    places: [
      { repository: repository.root, place: 'history', state: state(inHistory), looked: search.looked, found: inHistory, where: [...reachable.slice(0, SHOWN), ...problem] },
      { repository: repository.root, place: 'unreachable objects', state: state(left.length), looked: search.looked, found: left.length, where: left.slice(0, SHOWN) },
    ],
  };
}
