/** A value in its context: what the named and the generic detectors judge. */
import type { Span } from '../../../core/source/model.ts';
import type { Confidence } from '../../../core/findings/finding.ts';

export interface Candidate {
  /** Name the value is given to: a variable, a keyword argument, a key, the variable of an environment look-up. */
  readonly name: string;
  /** Names around it: the call, the mapping, the section. Vendors are looked for here too. */
  readonly around: string;
  readonly value: string;
  /** Of the value, inside its quotes. */
  readonly span: Span;
  /** `value` was decoded or put together from what stands there: shapes have to be looked for in it again. */
  readonly encoded?: boolean;
  /** The value of an entry of settings. */
  readonly entry?: boolean;
  /** A space alone joins name and value, or they stand in a sentence: the value has to prove more. */
  readonly loose?: boolean;
}

/** A credential that was found. */
export interface SecretHit {
  readonly detector: string;
  readonly span: Span;
  readonly confidence: Confidence;
  /** Little hangs on it: it opens what only this machine reaches, or is a password made of stock words. Information, no warning. */
  readonly slight?: boolean;
  /** Name of the variable it is given to, where there is one. */
  readonly name?: string;
  /** More about it for machines; never the value. */
  readonly evidence?: Readonly<Record<string, string>>;
}
