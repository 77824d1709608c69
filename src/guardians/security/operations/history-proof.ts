/** `history --proof`: whether a key is gone, asked without the key on the command line. */
import type { Outcome } from '../../../core/outcome.ts';
import type { OperationContext } from '../../../core/operations/operation.ts';
import { textOf } from '../../../core/source/text.ts';
import { DETECTOR_NAMES } from '../detectors/table.ts';
import { saltOf } from '../history/history-cache.ts';
import type { Judge } from '../history/judge.ts';
import { ObjectStore } from '../history/objects.ts';
import type { Repository } from '../history/repository.ts';
import { secretId } from '../history/secret-id.ts';
import { isGeneric } from '../history/wording.ts';
import { prove, type ProofReport } from '../proof/prove.ts';
import { ask, lines } from '../history/repository.ts';

export interface ProofQuestion {
  readonly key: string | undefined;
  readonly repository: readonly string[];
  readonly detector: string | undefined;
}

/** Runs the proof. Errors, one sentence: no key, a detector that is not known, and what `prove` says. */
export async function runProof(question: ProofQuestion, repository: Repository, judge: Judge, context: OperationContext): Promise<Outcome<ProofReport>> {
  const { key, detector } = question;
  if (key === undefined || key.trim() === '') { return { ok: false, error: 'No key was given. Pipe it into the command, or name the variable that holds it with --key-from.' }; }
  if (detector !== undefined && !DETECTOR_NAMES.includes(detector)) { return { ok: false, error: `There is no detector ${detector}. "tickguard explain SEC001" lists them.` }; }
  const salt = await saltOf(repository.root, context.build?.() !== undefined);
  const outcome = await prove({
    repository, key, others: question.repository, cwd: context.cwd, signal: context.signal,
    idOf: (value) => secretId(salt, value),
    detectorOf: async (value) => detector ?? await shapeOf(judge, value),
    contextOf: async (value, at) => detector ?? await detectorAt(repository, judge, value, at),
    progress: (text) => { context.progress(text); },
  });
  return outcome;
}

/** The detector that knows a key by itself. */
async function shapeOf(judge: Judge, key: string): Promise<string | undefined> {
  const decoded = textOf(Buffer.from(`${key}\n`));
  const hits = decoded.ok ? await judge.hits('key.txt', decoded.source) : [];
  return hits.find(({ detector }) => !isGeneric(detector))?.detector;
}

/** The detector that knows it where it was committed. */
async function detectorAt(repository: Repository, judge: Judge, key: string, { commit, path }: { readonly commit: string; readonly path: string }): Promise<string | undefined> {
  const run = await ask(repository, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${commit}:${path}`]);
  const [blob] = lines(run.out);
  if (run.code !== 0 || blob === undefined) { return undefined; }
  const objects = new ObjectStore(repository);
  try {
    const content = await objects.read(blob);
    const decoded = Buffer.isBuffer(content) ? textOf(content) : undefined;
    const hits = decoded?.ok === true ? await judge.hits(path, decoded.source) : [];
    return hits.find(({ value }) => value.includes(key) || key.includes(value))?.detector;
  } finally {
    objects.close();
  }
}
