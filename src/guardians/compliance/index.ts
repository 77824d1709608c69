/** The compliance guardian: prop-firm rules as code sees them. */
import type { Operation, PackInfo } from '../../core/operations/operation.ts';
import type { AccountConfig } from '../../core/workspace/config.ts';
import type { Rule } from '../../core/rules/rule.ts';
import { type EffectiveLimits, limitsFor } from './accounts.ts';
import { listPacks } from './packs/packs.ts';
import { holdsAtAnySize } from './packs/pack-tables.ts';
import { limitOperation } from './operations/limit.ts';
import { packsOperation } from './operations/packs.ts';
import { replayOperation } from './operations/replay.ts';
import { sizeOperation } from './operations/size.ts';
import { looseLimit } from './rules/apx001-loose-limit.ts';
import { balanceDrawdown } from './rules/apx002-balance-drawdown.ts';
import { fixedReference } from './rules/apx003-fixed-reference.ts';
import { lateCutoff } from './rules/apx004-late-cutoff.ts';
import { naiveDeadline } from './rules/apx005-naive-deadline.ts';
import { noFlatten } from './rules/apx006-no-flatten.ts';
import { restingEntry } from './rules/apx007-resting-entry.ts';
import { looseConsistency } from './rules/apx008-loose-consistency.ts';
import { tooManyContracts } from './rules/apx009-too-many-contracts.ts';
import { noStop } from './rules/apx010-no-stop.ts';
import { mutableLimit } from './rules/apx011-mutable-limit.ts';
import { guardOff } from './rules/apx012-guard-off.ts';
import { martingale } from './rules/apx013-martingale.ts';
import { bothDirections } from './rules/apx014-both-directions.ts';
import { automationBan } from './rules/apx015-automation-ban.ts';
import { wrongDayBorder } from './rules/apx017-wrong-day-border.ts';
import { noHalfDays } from './rules/apx020-no-half-days.ts';
import { wholeAccountRisk } from './rules/apx021-whole-account-risk.ts';
import { weakerGuard } from './rules/apx022-weaker-guard.ts';
import { temporaryLimit } from './rules/apx023-temporary-limit.ts';
import { unreadLimit } from './rules/apx024-unread-limit.ts';

/** Rules of the guardian, by id. */
export const complianceRules: readonly Rule[] = [
  looseLimit,
  balanceDrawdown,
  fixedReference,
  lateCutoff,
  naiveDeadline,
  noFlatten,
  restingEntry,
  looseConsistency,
  tooManyContracts,
  noStop,
  mutableLimit,
  guardOff,
  martingale,
  bothDirections,
  automationBan,
  wrongDayBorder,
  noHalfDays,
  wholeAccountRisk,
  weakerGuard,
  temporaryLimit,
  unreadLimit,
];

/** Operations of the guardian. */
export const complianceOperations: readonly Operation[] = [limitOperation, packsOperation, replayOperation, sizeOperation];

export { explainLimit } from './limits/explain-limit.ts';
export type { LinkTo } from './limits/limit-markdown.ts';
export type { LimitReport } from './operations/limit.ts';
export type { ReplayReport } from './operations/replay.ts';
export { htmlOf, markdownOf } from './report/document.ts';
export { replayDocument } from './report/replay-document.ts';
export { replayText } from './report/replay-text.ts';

/** The rule packs that come with Tickguard, as doors offer them. */
export const rulePacks: readonly PackInfo[] = listPacks().map((pack) => ({
  id: pack.id, title: pack.title, sizes: pack.sizes, anySize: holdsAtAnySize(pack),
}));

/** By when an account has to be flat, on the clocks of which zone; undefined where positions may stay overnight. */
export function accountDeadline(account: AccountConfig): EffectiveLimits['deadline'] {
  return limitsFor([account], listPacks())[0]?.deadline;
}
