/** What a detector is: one row of data about one kind of credential. No row holds a value that looks real. */

/** A source of numbers in [0, 1), so that samples can be built at run time from a seed. */
export type Random = () => number;

/**
 * What whoever holds a key can do with it: `read` data that is not public, `write` or delete it, `trade`, `withdraw`
 * assets, `send` messages in your name, `pay` with your money, `spend` what is billed to you, `deploy` code or packages,
 * `admin`: make users, keys and settings, `sign` as you.
 */
export type Ability = 'read' | 'write' | 'trade' | 'withdraw' | 'send' | 'pay' | 'spend' | 'deploy' | 'admin' | 'sign';

/** A line of text with or without a credential, for tests and documentation. */
export interface NearMiss {
  /** Why the text must stay silent. */
  readonly why: string;
  /** Name of the variable the value is given to in tests. */
  readonly variable: string;
  readonly value: string;
}

interface DetectorRow {
  /** `binance-api-secret`: the part behind `SEC001/`. */
  readonly name: string;
  /** Whose key it is, in kebab-case: `binance`. A filter in every door. */
  readonly provider: string;
  /** What it is, as it begins the message: `Binance API secret`. */
  readonly title: string;
  /** What whoever holds it can do, a clause after the title: `it signs orders`. */
  readonly opens: string;
  /** What it allows, the gravest first. The most a key of this kind can be allowed, not what this one is. */
  readonly can: readonly Ability[];
  /** Where it is revoked: `Revoke it under API Management`. */
  readonly rotate: string;
  /** Where the format is documented or was observed. */
  readonly source: string;
  /** Publicly known beginning of the value, shown in place of it (`AKIA`). Empty when there is none. */
  readonly prefix: string;
  readonly severity: 'error' | 'warning';
  /** The half of a pair that is no secret alone, or the name of an account: a guess, told as information. */
  readonly slight?: boolean;
  /** Builds a value of this shape. */
  sample(random: Random): string;
  /** Values close to this shape that are none. */
  nearMisses(random: Random): readonly NearMiss[];
  /** A proof beyond the shape: a checksum, an alphabet, a marker inside. */
  check?(value: string): boolean;
}

/** Recognised by its own shape wherever it stands: in code, a comment, a log line. */
export interface ShapeDetector extends DetectorRow {
  readonly kind: 'shape';
  /** Lower-case beginnings; the pattern is tried only where one of them stands. */
  readonly keywords: readonly string[];
  /** Sticky, linear, with its own boundaries; tried `before` characters ahead of the keyword at the most. */
  readonly pattern: RegExp;
  /** How far ahead of the keyword a value may begin. */
  readonly before: number;
  /** `check` is a proof both ways: what has this shape and fails it was never issued, whatever its name says. */
  readonly decisive: boolean;
}

/** Recognised by the name it is given to (`BINANCE_API_SECRET`, `binance: { secret: … }`) together with its shape. */
export interface NamedDetector extends DetectorRow {
  readonly kind: 'named';
  /** One of these words must stand in the name or around it (call, mapping, section). */
  readonly vendors: readonly string[];
  /** Or one of these in the name itself: words that say nothing when they stand around it. With neither the role is enough. */
  readonly vendorsInName?: readonly string[];
  /** One of these words must stand in the name itself. */
  readonly roles: readonly string[];
  /** Words in the name that speak against it (`public`, `passphrase`). */
  readonly not: readonly string[];
  /** The whole value. */
  readonly shape: RegExp;
  /** Characters that a value of this shape has. */
  readonly lengths: { readonly min: number; readonly max: number };
  /** Usual variable names, for samples and documentation. */
  readonly variables: readonly string[];
}

export type Detector = ShapeDetector | NamedDetector;
