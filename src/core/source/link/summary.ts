/**
 * What other files need to know about a file: small, serialisable, the only thing kept of a closed file.
 * Workers, the cache and `--staged` exchange these; the link step decides conditional findings from them.
 */
import type { FileFact } from '../../rules/facts.ts';
import type { PendingFinding, Suppression } from '../../rules/pending.ts';
import type { Ref } from './ref.ts';
import type { Range } from '../../findings/finding.ts';
import type { EntryClass, Language } from '../model.ts';
import type { SettingsSummary } from '../settings/facts.ts';
import type { GateUse } from '../protections/gates.ts';
import type { ProtectionKind } from '../protections/kinds.ts';

/** What makes a call run less than once an event; an edge without guards runs every time. */
export type GuardKind =
  | 'new-bar' | 'modulo' | 'throttle' | 'early-return' | 'flag-off' | 'error' | 'signal' | 'warm-up' | 'once';

/** A call or a registration of a callback, as seen from the function it stands in. */
export interface CallEdge {
  readonly to: Ref;
  readonly range: Range;
  readonly guards: readonly GuardKind[];
  /** How the callee runs: now, or later as a timer or event handler (then it is an entry of its own). */
  readonly as: 'call' | EntryClass;
  /** An attribute that is read, not called: runs something only where it turns out to be a property. */
  readonly read?: boolean;
  /** An attribute that is assigned: runs something only where it turns out to have a setter. */
  readonly write?: true;
  /** Of MQL5: what is given, one letter or class name an argument (`kinds.ts`); tells overloads apart. */
  readonly args?: string;
  /** `awaited`: the caller goes on when it is done; `apart`: it runs on another thread or process, and the caller goes on. */
  readonly how?: 'awaited' | 'apart';
  /** What a decorator put around the function: it runs in the function's place. */
  readonly decorator?: true;
  /** Gates the call stands under: positions in `FunctionSummary.protection.gates`. */
  readonly under?: readonly number[];
}

/** A part of a condition that can keep an order from being sent. */
export interface Gate {
  /** What it compares, or the flag it reads, says so. */
  readonly kinds?: readonly ProtectionKind[];
  /** The name of the asked function says so; counts if that function is known and its answer is no constant. */
  readonly named?: readonly ProtectionKind[];
  /** The function or attribute that is asked, where it may lead into the project. */
  readonly ask?: Ref;
  readonly use?: GateUse;
  /** Name of a flag that this file only ever sets one way: counts where another file sets it. */
  readonly unset?: string;
  /** A switch that is not on by default: counts only when it is. */
  readonly only?: string;
  readonly range: Range;
  /** One line, texts left out. */
  readonly text: string;
}

/** A call that opens or increases a position. Lists are positions in `gates`. */
export interface OrderSite {
  readonly range: Range;
  /** `submit_order`. */
  readonly name: string;
  readonly under?: readonly number[];
  /** Position in the calls of the function, where it may be a function of the project. */
  readonly call?: number;
}

/** What a function has to do with protections; lists are positions in `gates`. */
export interface ProtectionFacts {
  readonly gates: readonly Gate[];
  readonly sites?: readonly OrderSite[];
  /** What holds where it answers something true, and something false. */
  readonly truthy?: readonly number[];
  readonly falsy?: readonly number[];
  /** It gives the same answer always, or none. */
  readonly constant?: true;
  /** What holds once it came back: it raises otherwise. */
  readonly stops?: readonly number[];
  /** Limits its answer, a size, was cut to. */
  readonly caps?: readonly number[];
  /** What holds where it calls the function it was put around. */
  readonly wraps?: readonly number[];
  /** A web server calls it: `@app.post('/webhook')`. */
  readonly route?: true;
  /** Functions it hands to a web server: `app.post('/webhook', handle)`. */
  readonly routes?: readonly Ref[];
}

/** What a function takes: a letter or class name a parameter, as in `CallEdge.args`, and how many have to be given. */
export interface Takes {
  readonly kinds: string;
  readonly required: number;
}

export interface FunctionSummary {
  readonly name: string;
  /** Qualified name in its file; `''` is the module's own top-level code. */
  readonly qualifiedName: string;
  /** Name of the class it belongs to (qualified). */
  readonly class?: string;
  /** Name of its class where that stands in another file: MQL5's `void CRisk::Check() {}`. */
  readonly of?: string;
  /** Of MQL5, where the file has several functions of the name: what it takes (`kinds.ts`). */
  readonly takes?: Takes;
  /** Entry class proven inside the file (decorator, free event function); framework methods are decided by the link step. */
  readonly entry: EntryClass;
  readonly property: boolean;
  /** A call makes a generator; what runs it is whoever asks that for the next value. */
  readonly generator?: true;
  /** The body only passes, documents or raises NotImplementedError: overrides are what runs. */
  readonly abstract?: boolean;
  /** A function inside a decorator that calls what it was given only now and then: a throttle, a counter, a new bar. */
  readonly withholds?: true;
  /** What a call gives, as a value: an instance by annotation, a returned inner function, an attribute of `self`. */
  readonly returns?: Ref;
  readonly calls: readonly CallEdge[];
  /** Only of trading code; nothing but the coverage report asks for it. */
  readonly protection?: ProtectionFacts;
}

export interface ClassSummary {
  readonly name: string;
  readonly qualifiedName: string;
  readonly bases: readonly Ref[];
  /** Method name → qualified name of the function. */
  readonly methods: Readonly<Record<string, string>>;
  /** Attribute → type, from constructors, annotations and typed parameters stored on `self`. */
  readonly attributes: Readonly<Record<string, Ref>>;
  /** Attribute → the function that assigning it runs. */
  readonly setters?: Readonly<Record<string, string>>;
}

export interface ImportSummary {
  readonly alias: string;
  readonly module: string;
  readonly level: number;
  readonly name?: string;
}

/** `baseUrl` and `paths` of a TypeScript configuration: from the project root, `*` as in the file. */
export interface ModuleAliases {
  /** Folder that bare names start from; the empty string is the root. */
  readonly base?: string;
  /** Pattern → files it may mean. */
  readonly paths: Readonly<Record<string, readonly string[]>>;
  /** Configurations it takes over where it says nothing itself, the last first: paths from the root, or names of packages. */
  readonly inherits?: readonly string[];
  /** Of a `package.json`: what others import it by. */
  readonly package?: PackageAliases;
}

/** A package of the project: its name, and the files its entries name, `*` as in the file, from the project root. */
export interface PackageAliases {
  readonly name: string;
  /** `.` and `./limits` → files, the first that is there counts. */
  readonly exports: Readonly<Record<string, readonly string[]>>;
}

export interface FileSummary {
  readonly path: string;
  readonly language: Language;
  readonly classes: readonly ClassSummary[];
  readonly functions: readonly FunctionSummary[];
  /** True where it is known beforehand that no function is an entry by itself or registers one: `functions` need not be looked at for that. */
  readonly calm?: boolean;
  /**
   * True where it is known beforehand that the file is calm and its classes have neither bases nor methods called like handlers: it
   * makes no entry, is no strategy and extends nothing, whatever other files hold.
   */
  readonly plain?: boolean;
  readonly imports: readonly ImportSummary[];
  /** Module-level variables that refer to something: `risk = RiskManager()`, `check = other.check`. */
  readonly variables: Readonly<Record<string, Ref>>;
  /** `__all__`, where it is a plain list: what a star import takes. */
  readonly exports?: readonly string[];
  /** Of a TypeScript configuration. */
  readonly aliases?: ModuleAliases;
  /** What it says about settings; absent for most files. */
  readonly settings?: SettingsSummary;
  /** Attributes of other objects that this file sets and whose names may stand for a guard: `bot.halted = True`. */
  readonly sets?: readonly string[];
  /** Framework roles used anywhere in the file (`order.submit`, `data.subscribe` …). */
  readonly roles: readonly string[];
  /** What rules noted of the file; absent for most. */
  readonly facts?: readonly FileFact[];
  readonly findings: readonly PendingFinding[];
  readonly suppressions: readonly Suppression[];
}
