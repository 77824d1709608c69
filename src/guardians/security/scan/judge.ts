/** Decides over one candidate: first the providers whose name and shape it has, then what its own name promises. */
import { isDocumented } from '../detectors/documented.ts';
import type { NamedDetector } from '../detectors/detector.ts';
import { NAMED_DETECTORS } from '../detectors/table.ts';
import type { Candidate, SecretHit } from './candidate.ts';
import type { Role } from './names.ts';
import { classifyName } from './names.ts';
import type { Proof } from './value.ts';
import { credentialOf, isBasicCredential, isPlaceholder, isSecretValue } from './value.ts';
import { wordsOf } from './words.ts';

/** Words of a name and every two neighbours run together: `api_key` gives `api`, `key`, `apikey`. */
function termsOf(name: string): ReadonlySet<string> {
  const words = wordsOf(name);
  const terms = new Set(words);
  words.forEach((word, i) => {
    if (i > 0) terms.add((words[i - 1] as string) + word);
  });
  return terms;
}

const any = (terms: ReadonlySet<string>, words: readonly string[]): boolean => words.some((word) => terms.has(word));

function fits(row: NamedDetector, value: string, own: ReadonlySet<string>, all: () => ReadonlySet<string>): boolean {
  if (!row.shape.test(value) || !any(own, row.roles) || any(own, row.not)) return false;
  const { vendors, vendorsInName = [] } = row;
  if (vendors.length + vendorsInName.length > 0 && !any(own, vendors) && !any(own, vendorsInName) && !any(all(), vendors)) return false;
  return row.check?.(value) ?? true;
}

/** The provider whose key this is, by name and shape. */
export function namedDetectorOf(candidate: Candidate): string | undefined {
  const { value, name } = candidate;
  if (value.length < 16 || value.length > 100) return undefined;
  const own = termsOf(name);
  let around: ReadonlySet<string> | undefined;
  const all = (): ReadonlySet<string> => (around ??= termsOf(candidate.around));
  const row = NAMED_DETECTORS.find((one) => fits(one, value, own, all));
  return row && !isPlaceholder(value) ? row.name : undefined;
}

const GENERIC: Readonly<Record<Role, string>> = {
  password: 'generic-password',
  secret: 'generic-secret',
  token: 'generic-token',
  authorization: 'generic-token',
  webhook: 'generic-token',
  seed: 'seed-phrase',
};

/** `Authorization: Bearer …`: the credential behind the scheme, judged as a token or as `user:password`. */
function judgeAuthorization(candidate: Candidate, proof: Proof): SecretHit | undefined {
  const credential = credentialOf(candidate.value);
  const value = credential?.value ?? candidate.value;
  const span = { start: candidate.span.start + (credential?.offset ?? 0), end: candidate.span.end };
  const named = namedDetectorOf({ ...candidate, value, span });
  if (named !== undefined) return { detector: named, span, name: candidate.name };
  const secret = /^Basic /i.test(candidate.value) ? isBasicCredential(value) : isSecretValue(value, 'token', false, proof);
  return secret && !isDocumented(value) ? { detector: 'generic-token', span, name: candidate.name } : undefined;
}

/** What the candidate is, or undefined. Exactly one detector answers for a value. */
export function judge(candidate: Candidate, proof: Proof): SecretHit | undefined {
  const { value, span, name } = candidate;
  const verdict = classifyName(name);
  if (verdict?.role === 'authorization') return judgeAuthorization(candidate, proof);
  const named = namedDetectorOf(candidate);
  if (named !== undefined) return isDocumented(value) ? undefined : { detector: named, span, name };
  if (!verdict || !isSecretValue(value, verdict.role, verdict.vendor, proof) || isDocumented(value)) return undefined;
  return { detector: GENERIC[verdict.role], span, name };
}
