/** What Tickguard's own client and server say to each other beside the language server protocol. */

/** What an account allows and how far the clock is from it; one line of the status item's table. */
export interface AccountStatus {
  /** Id in `tickguard.json`. */
  readonly id: string;
  /** Id of the rule pack. */
  readonly pack: string;
  /** Nominal size in whole currency units. */
  readonly size: number;
  readonly phase: string;
  /** `HH:MM` on the clocks of `zone` by which everything is flat; absent where positions may stay overnight. */
  readonly flatBy?: string;
  /** IANA name: `America/New_York`. */
  readonly zone?: string;
  /** Whole minutes until then, at least 0; absent without a deadline. */
  readonly minutesToFlat?: number;
  /** A product that stops before the firm’s own deadline and so sets `flatBy`; `early`: earlier than on other days. */
  readonly closes?: { readonly product: string; readonly early: boolean };
}

export interface Counts {
  readonly error: number;
  readonly warning: number;
  readonly info: number;
}

/** One root of the workspace: one engine session, one `tickguard.json` at its top. */
export interface RootStatus {
  readonly uri: string;
  readonly name: string;
  readonly state: 'opening' | 'scanning' | 'ready' | 'failed';
  /** Files read so far and files known. */
  readonly done: number;
  readonly total: number;
  readonly counts: Counts;
  /** Findings that a comment or the baseline hides. */
  readonly hidden: number;
  readonly accounts: readonly AccountStatus[];
  /** One sentence: why the configuration could not be read, or the root not be opened. */
  readonly problem?: string;
}

/** Answer of the request and parameter of the notification `tickguard/status`. */
export interface Status {
  readonly roots: readonly RootStatus[];
}

/** `tickguard/suppress`: the edit that silences one finding with a comment. */
export interface SuppressParams {
  readonly uri: string;
  /** Of the finding, from `Diagnostic.data`. */
  readonly fingerprint: string;
  /** Why it is right here; must not be blank. */
  readonly reason: string;
}

/** A rule pack to choose from. */
export interface PackChoice {
  readonly id: string;
  readonly title: string;
  /** In whole currency units. */
  readonly sizes: readonly number[];
}

/** `tickguard/packs`. */
export interface PackChoices {
  readonly packs: readonly PackChoice[];
}

/** `tickguard/proposeAccount`: what `tickguard.json` would be with one more account. Writes nothing. */
export interface ProposeAccountParams {
  /** Root of the workspace the file belongs to. */
  readonly root: string;
  readonly pack: string;
  readonly size: number;
}

export interface ProposedFile {
  readonly uri: string;
  /** Empty when there is no file yet. */
  readonly before: string;
  readonly after: string;
}

/** Arguments of the commands that act on one finding. */
export interface FindingReference {
  readonly uri: string;
  readonly fingerprint: string;
  /** `APX004`, or `SEC001/<detector>`. */
  readonly rule: string;
}

/** An answer, or one clear sentence: what, where, what to do. */
export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: string };

/** `initializationOptions`: what a client can do beyond the protocol. Everything is off for a client that says nothing. */
export interface ClientOptions {
  /** Wants `tickguard/status` notifications. */
  readonly status?: boolean;
  /** Has the commands `tickguard.suppressWithReason` and `tickguard.openRulePage`, so code actions may name them. */
  readonly commands?: boolean;
}

/** Work done since the server started, over all roots. */
export interface Counters {
  /** Texts parsed, incremental parses included. */
  readonly parses: number;
  /** Syntax trees held: one an open Python document. */
  readonly liveTrees: number;
}

/** A place in a file; positions as every output prints them: 1-based, end exclusive. */
export interface CoveragePlace {
  /** Relative to the root, with `/`. */
  readonly file: string;
  readonly range: { readonly line: number; readonly column: number; readonly endLine: number; readonly endColumn: number };
  readonly text: string;
}

/** A guard before an order: `drawdown`, `deadline`, `size`, `news`, `kill-switch`. */
export interface CoverageProof extends CoveragePlace {
  readonly kinds: readonly string[];
  /** The check that was followed. */
  readonly by?: string;
  /** A switch that is not on by default: the guard stands only when it is. */
  readonly only?: string;
}

/** A handler, and what is asked between it and the order. */
export interface CoverageWay {
  readonly entry: string;
  readonly handler: string;
  readonly kinds: readonly string[];
  readonly unresolved: readonly string[];
  /** Kinds that hang on a switch. */
  readonly conditional: readonly string[];
  readonly steps: readonly CoveragePlace[];
  readonly proofs: readonly CoverageProof[];
}

/** A call that opens or increases a position. */
export interface CoverageSite extends Omit<CoveragePlace, 'text'> {
  readonly fingerprint: string;
  readonly name: string;
  readonly symbol: string;
  readonly states: Readonly<Record<string, 'guarded' | 'some' | 'unresolved' | 'conditional' | 'missing'>>;
  readonly ways: readonly CoverageWay[];
}

/** `tickguard/coverage`: order sites and their guards, a root at a time. */
export interface CoverageAnswer {
  readonly roots: readonly {
    readonly uri: string;
    readonly name: string;
    /** Not all files were read yet. */
    readonly scanning: boolean;
    readonly report: {
      readonly sites: readonly CoverageSite[];
      /** Sites that no way was found to. */
      readonly unreached: readonly CoverageSite[];
      readonly fallen: readonly { readonly fingerprint: string; readonly message: string }[];
    };
  }[];
}

/** `tickguard/text`: the answer of an operation that is something to read, as text. */
export interface TextParams {
  /** Root of the workspace it is asked in. */
  readonly root: string;
  /** `size`, `sessions`, `packs`. */
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** `tickguard/replayPage`: a ledger replayed against an account's rules, as a page. */
export interface ReplayPageParams {
  /** Root of the workspace whose accounts are meant. */
  readonly root: string;
  /** Account of `tickguard.json`; without, the only one there is. */
  readonly account?: string;
  /** Absolute path of the ledger; without, the one that the account names. */
  readonly ledger?: string;
  /** Clock of times without a zone. */
  readonly tz?: string;
}

/** The page and what a title needs. */
export interface ReplayPage {
  readonly title: string;
  /** A whole HTML page without scripts; its links are `command:` addresses of `tickguard.openPlace`. */
  readonly html: string;
}

/** Names of the messages. */
export const METHODS = {
  status: 'tickguard/status',
  suppress: 'tickguard/suppress',
  packs: 'tickguard/packs',
  proposeAccount: 'tickguard/proposeAccount',
  /** Answers `Counters`: the work done so far, for tests and for reports of slowness. */
  counters: 'tickguard/counters',
  coverage: 'tickguard/coverage',
  replayPage: 'tickguard/replayPage',
  text: 'tickguard/text',
  /** To a client that has asked for `tickguard/coverage` since the last one: what it was told is old. */
  coverageChanged: 'tickguard/coverageChanged',
} as const;

/** Commands the server runs (`workspace/executeCommand`); each takes one `FindingReference`. */
export const SERVER_COMMANDS = {
  /** Writes the finding into `.tickguard/baseline.json`. */
  acceptBaseline: 'tickguard.server.acceptBaseline',
  /** Asks the client to show the rule's page. */
  openPage: 'tickguard.server.openPage',
} as const;

/** Commands a client with `commands: true` has. */
export const CLIENT_COMMANDS = {
  suppressWithReason: 'tickguard.suppressWithReason',
  openRulePage: 'tickguard.openRulePage',
  /** Takes a `FindingReference` and the text to put on the clipboard. */
  copyRotationSteps: 'tickguard.copyRotationSteps',
} as const;
