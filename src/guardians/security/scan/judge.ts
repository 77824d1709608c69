/** Decides over one candidate: first the providers whose name and shape it has, then what its own name promises. */
import type { Confidence } from '../../../core/findings/finding.ts';
import { isDocumented } from '../detectors/documented.ts';
import { type Candidate, type SecretHit } from './candidate.ts';
import { isShapedAsNamed, namedDetectorOf } from './named.ts';
import type { NameVerdict, Role } from './names.ts';
import { classifyName, isClientId } from './names.ts';
import { isOrderly } from './stand-in.ts';
import type { Proof, Setting } from './strength.ts';
import { gradeValue, isStandIn, isStockMade } from './strength.ts';
import { credentialOf, isBasicCredential } from './value.ts';

const GENERIC: Readonly<Record<Role, string>> = {
  password: 'generic-password',
  secret: 'generic-secret',
  token: 'generic-token',
  authorization: 'generic-token',
  webhook: 'generic-token',
  seed: 'seed-phrase',
};

/** `Authorization: Bearer …`: the credential behind the scheme, judged as a token or as `user:password`. */
function judgeAuthorization(candidate: Candidate, verdict: NameVerdict, setting: Setting): SecretHit | undefined {
  const credential = credentialOf(candidate.value);
  const value = credential?.value ?? candidate.value;
  const span = { start: candidate.span.start + (credential?.offset ?? 0), end: candidate.span.end };
  const named = namedDetectorOf({ ...candidate, value, span });
  if (named !== undefined) return isDocumented(value) ? undefined : { detector: named, span, name: candidate.name, confidence: 'medium' };
  if (/^Basic /i.test(candidate.value)) {
    const grade = isBasicCredential(value);
    return grade === undefined || isDocumented(value) ? undefined : { detector: 'basic-authorization', span, name: candidate.name, confidence: grade };
  }
  // The header says whose token it is: the server's.
  const grade = gradeValue(value, { ...verdict, role: 'token', qualified: true }, setting);
  return grade === undefined || isDocumented(value) ? undefined : { detector: 'generic-token', span, name: candidate.name, confidence: grade };
}

/** Of a service the name names, issued and therefore random: information, in settings and code that are in use. */
const CLIENT_ID: NameVerdict = { role: 'token', vendor: true, qualified: true, named: false, weak: false };

function judgeClientId({ name, value, span }: Candidate, setting: Setting): SecretHit | undefined {
  if (setting.proof === 'strict' || setting.loose || value.length < 16 || isDocumented(value)) return undefined;
  return gradeValue(value, CLIENT_ID, setting) === undefined ? undefined : { detector: 'generic-token', span, name, confidence: 'low', slight: true };
}

/**
 * What the candidate is, or undefined. Exactly one detector answers for a value. Who has no text around it names the proof alone.
 */
export function judge(candidate: Candidate, given: Setting | Proof): SecretHit | undefined {
  const setting = typeof given === 'string' ? { proof: given, loose: false, settings: false, nearUser: () => false } : given;
  const { value, span, name } = candidate;
  const verdict = classifyName(name);
  if (verdict?.role === 'authorization') return judgeAuthorization(candidate, verdict, setting);
  const named = namedDetectorOf(candidate);
  if (named !== undefined) return isDocumented(value) ? undefined : { detector: named, span, name, confidence: 'medium' };
  if (verdict === undefined && isClientId(name)) return judgeClientId(candidate, setting);
  const grade: Confidence | undefined = verdict && gradeValue(value, verdict, setting);
  if (verdict === undefined || isDocumented(value)) return undefined;
  if (grade === undefined) return isStandIn(value, verdict, setting) || (setting.proof === 'normal' && setting.template !== true && isOrderly(value) && isShapedAsNamed(candidate)) ? { detector: GENERIC[verdict.role], span, name, confidence: 'low', slight: true } : undefined;
  return { detector: GENERIC[verdict.role], span, name, confidence: grade, ...(grade === 'low' && verdict.role === 'password' && isStockMade(value) ? { slight: true } : {}) };
}
