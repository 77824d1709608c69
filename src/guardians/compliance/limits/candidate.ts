/** A limit of loss as a file states it, with everything that may tell its unit. */
import type { Span } from '../../../core/source/model.ts';
import type { Amount } from './amount.ts';
import type { LossKind } from './meaning.ts';
import type { Use } from './use.ts';

/** A named number beside a limit. */
export interface Neighbour {
  readonly name: string;
  readonly amount: Amount;
}

/** An account size that the file states. */
export interface StatedSize {
  /** Whole currency units. */
  readonly size: number;
  readonly at: Span;
}

/** A limit of loss before its unit is known. */
export interface LimitCandidate {
  readonly name: string;
  readonly kind: LossKind;
  readonly amount: Amount;
  /** Where the number is written. */
  readonly at: Span;
  /** Another place that gives this name the value written at `at`. */
  readonly through?: Span;
  readonly neighbours: readonly Neighbour[];
  readonly uses: ReadonlySet<Use>;
  /** The comment behind it on its line. */
  readonly comment: string;
  /** The size stated in the same class, dict or mapping, else the only one of the file. */
  readonly size?: StatedSize;
  /** Names and texts around it, which may say whose rule it is. */
  readonly about: readonly string[];
  /** Other numbers it is computed from. */
  readonly from: readonly Span[];
  /** The file states several sizes: the one beside the limit is meant, whatever the account's is. */
  readonly severalSizes: boolean;
  /** A pause after a loss within a window (freqtrade's protections): it stops no account, and stands for nobody's rule. */
  readonly pause?: true;
}
