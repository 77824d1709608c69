/** What a file was at an earlier revision, for rules that judge a change and not a state. */
import type { Range } from '../findings/finding.ts';
import type { SourceModel } from '../source/model.ts';
import type { ProtectionKind } from '../source/protections/kinds.ts';

/** A change of one file. */
export interface Since {
  /** The earlier revision as a person calls it: `main`, `v1.2.0`, `HEAD`. */
  readonly revision: string;
  /** The file as it was then. */
  readonly before: SourceModel;
  /** Guards that stood before the file's orders then and do no longer. */
  readonly lost: readonly LostGuard[];
}

/** A guard that an order has lost, on one way in at least. */
export interface LostGuard {
  /** The call that sends the order, as it stands today. */
  readonly at: Range;
  /** `submit_order`. */
  readonly order: string;
  readonly kind: ProtectionKind;
  /** `missing`: on no way any more; `some`: on some ways only; `conditional`: only when a switch is on that is off by default. */
  readonly now: 'missing' | 'some' | 'conditional';
  /** The switch, where `now` is `conditional` and it has a name. */
  readonly only?: string;
  /** Where the guard stood then, and what it asked: `if self.drawdown >= self.limit`. */
  readonly was?: { readonly file: string; readonly line: number; readonly text: string };
}
