/** The policy file `tickguard.json` as the engine sees it. Read and checked by `config-file.ts`. */
import type { Severity } from '../findings/finding.ts';
import type { CalendarOverrides } from '../time/calendar.ts';
import type { CustomDetector } from './custom-detector.ts';
import type { OwnPack } from './own-pack.ts';

/** An account with a firm. A file under several accounts takes the strictest limit and the message names the account. */
export interface AccountConfig {
  readonly id: string;
  /** Id of a rule pack: `apex-4.0-intraday`, `ftmo-2step`. */
  readonly pack: string;
  /** Nominal size in whole currency units (50000), as the firm sells it. */
  readonly size: number;
  readonly phase: 'evaluation' | 'funded' | 'live';
  /** Data or platform vendor where the pack's rules depend on it: `rithmic`, `tradovate`. */
  readonly vendor?: string;
  /** Product roots traded: `ES`, `GC`, `EURUSD`. */
  readonly products: readonly string[];
  /** Globs of the files that trade this account, relative to the configuration file's folder. */
  readonly code: readonly string[];
  readonly ledger?: string;
  /** Limits the user wrote, laid over the pack. Percentages are of the size, 0–100; money is a decimal string or number. */
  readonly limits?: AccountLimits;
  /** The pack itself, where it is the workspace's own. */
  readonly ownPack?: OwnPack;
  /** What the account's file says of trading days. */
  readonly calendars?: CalendarOverrides;
}

export interface AccountLimits {
  /** Largest drawdown allowed, in account currency. */
  readonly maxDrawdown?: number;
  /** … in percent of size. */
  readonly maxDrawdownPercent?: number;
  readonly dailyLoss?: number;
  readonly dailyLossPercent?: number;
  /** `HH:MM` New York wall time by which everything is flat. */
  readonly flatBy?: string;
  /** Best day at most this share of profit, percent. */
  readonly consistencyPercent?: number;
  readonly maxContracts?: number;
}

export type RuleSetting = Severity | 'off' | { readonly severity?: Severity | 'off'; readonly options?: unknown };

/** `tickguard.json`, with defaults filled in. */
export interface TickguardConfig {
  /** Folder of the file relative to the project root (`''` is the root); globs are relative to it. */
  readonly folder: string;
  readonly accounts: readonly AccountConfig[];
  readonly rules: Readonly<Record<string, RuleSetting>>;
  readonly overrides: readonly { readonly files: readonly string[]; readonly rules: Readonly<Record<string, RuleSetting>> }[];
  /** Globs left out besides the defaults (`node_modules`, virtual environments, build folders …). */
  readonly exclude: readonly string[];
  /** Rule packs of the workspace's own. */
  readonly packs: readonly OwnPack[];
  /** Include folders of MetaTrader, as written: absolute, or relative to the file's folder. */
  readonly includes: readonly string[];
  /** Credentials of the desk's own, checked beside those that the rule for credentials knows. */
  readonly detectors: readonly CustomDetector[];
  /** What the file says of trading days, by product root or family. */
  readonly calendars?: CalendarOverrides;
}
