/**
 * What a file says about settings, as the link step needs it: which keys a configuration file holds, and how values of
 * configuration files travel through a program.
 *
 * A place is a root and the keys taken from it. Roots, with a blank between their parts:
 * - `l FN NAME` a variable or parameter of a function (`FN` empty: of the module), `a CLASS NAME` an attribute
 * - `n NAME` an import, or a name this file does not bind; `r FN` what a function of this file returns
 * - `c A.B` what an imported function returns, `m NAME` what a method of an unknown object returns
 * - `k CLASS` what an object of a class (or of a schema) is made of
 * - `o CLASS` an object of a class of this file, `y A.B` one of an imported class
 * - `d N` what is read from a file here, `e` the environment, `p TEXT` a path as written (`p ?`: computed), `v TEXT` a literal
 */
import type { Range } from '../../findings/finding.ts';
import type { Span } from '../model.ts';

/** A root and the keys taken from it. */
export type Place = readonly [root: string, ...keys: string[]];

/**
 * - `is`: the value goes to another place; `pass`: to a parameter (`to` is the callee — `F` of this file, `C` imported, `M` a
 *   method of an unknown object — and a position or name); `fields`: `f(**value)`,
 *   `Model.model_validate(value)`: whatever keys the class has
 * - `load`: `from` is the path, `to` gets the content
 * - `test`: it is compared
 * - `open`: whoever does this may read any key below it
 */
export interface SettingFlow {
  readonly op: 'is' | 'pass' | 'fields' | 'load' | 'test' | 'open' | 'write';
  readonly from: Place;
  readonly to?: Place;
  /** What holds where the key is missing: `10` of `.get("max_dd", 10)`. */
  readonly default?: string;
  /** Of values that may be a followed setting, and of loads: the expression. */
  readonly range?: Range;
  /** Of a test and of a read with a key: the expression as written, shortened. */
  readonly text?: string;
  /** The value is part of a sum or a product on its way. */
  readonly derived?: true;
}

/** A flow with its place in the text; `kept` where others hang on it, whatever it is called. */
export interface RawFlow extends Omit<SettingFlow, 'range' | 'text'> {
  readonly at: Span;
  readonly kept?: true;
}

/** A key of a configuration file that may be a limit, or a time in force. */
export interface SettingKey {
  readonly path: readonly string[];
  /** The value as written, without quotes. */
  readonly text: string;
  /** Of the value. */
  readonly range: Range;
  /** From the key to the value. */
  readonly whole: Range;
}

/** See `FileSummary.settings`. */
export interface SettingsSummary {
  readonly flows: readonly SettingFlow[];
  readonly keys: readonly SettingKey[];
  /** Function → names of its parameters; empty for those that are not followed. */
  readonly params: Readonly<Record<string, readonly string[]>>;
  /** Class, or variable of a schema → every key it takes of a mapping. */
  readonly models?: Readonly<Record<string, readonly string[]>>;
  /** Inputs of an expert: the keys of its presets. */
  readonly inputs?: readonly string[];
  /** Of a preset: all its keys. */
  readonly preset?: readonly string[];
  /** `${NAME}` in a file of settings or a script. */
  readonly uses?: readonly string[];
}

/** Letters without which no name is a limit's; the guardian that knows limits looks closer. */
const LIMIT_LETTERS = /draw[_-]?down|maxdd|dll|loss|trailing|flat|liquidat|square_?off|cut_?-?off|deadline|eod|close_?-?(?:time|at|hour|positions)|exit_?time|contracts|consisten|best_?-?day/gi;
/** The short form, where case tells it from `add` and `odd`. */
const SHORT_LETTERS = /(?<![A-Za-z])(?:dd|DD|mdd|MDD)(?![a-z])|[a-z]DD(?![a-z])/g;

/** May a name be a limit's? Cheap, and true of more than limits. */
export function mayBeLimit(name: string): boolean {
  return (traitsOf(name) & LIMIT) !== 0;
}

/** Letters of how long an order stays in the market. */
const FORCE_LETTERS = /time_?-?in_?-?force|type_?-?time|order_?-?time/gi;
/** The short form, where it is a word. */
const SHORT_FORCE = /(?<![A-Za-z])(?:tif|TIF)(?![a-z])|[a-z]T(?:if|IF)(?![a-z])/g;

/** May a name be that of a time in force? */
export function mayBeForce(name: string): boolean {
  return (traitsOf(name) & FORCE) !== 0;
}

/** May a name be of a setting that is followed to where it counts: a limit, or the time in force of orders? */
export function isFollowed(name: string): boolean {
  return (traitsOf(name) & (LIMIT | FORCE)) !== 0;
}

/** Words of names that hold the settings of a program. */
const HOLDER = /^(?:cfg|conf|config|configs|configuration|configurations|settings?|params|args|limits?|risk|rules|presets?|toml|yaml|yml|defaults?|environ|env|constraints)$/;
/** Letters of such names and of what opens a file of settings. */
const HOLDER_LETTERS = /conf|cfg|setting|params|args|limit|risk|rules|preset|toml|ya?ml|defaults|environ|\benv|constraints|json|dotenv|\.ini\b/gi;

/** Where a text speaks of followed settings or, with `holders`, of what may hold them, in order. */
export function marksIn(text: string, holders: boolean): readonly number[] {
  const patterns = [LIMIT_LETTERS, SHORT_LETTERS, FORCE_LETTERS, SHORT_FORCE, ...(holders ? [HOLDER_LETTERS] : [])];
  const found: number[] = [];
  for (const pattern of patterns) {
    pattern.lastIndex = 0;
    for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) { found.push(match.index); }
  }
  return found.sort((one, other) => one - other);
}

/** Does a name say by itself that it is a followed setting or holds some? */
export function isTelling(name: string): boolean {
  return (traitsOf(name) & (LIMIT | FORCE | HOLDS_LETTERS)) !== 0;
}

/** May a variable, an attribute or a function of this name hold settings? */
export function mayHoldSettings(name: string): boolean {
  return (traitsOf(name) & HOLDS) !== 0;
}

const LIMIT = 1;
const FORCE = 2;
const HOLDS = 4;
const HOLDS_LETTERS = 8;
/** A memo of a pure function: it can be seen in speed only. The names of a repository repeat, each of them some hundred times. */
const traits = new Map<string, number>();
const MEMO_SIZE = 10_000;
/** What is longer is no name, but a text that holds some. */
const LONGEST_NAME = 200;

function traitsOf(name: string): number {
  const known = traits.get(name);
  if (known !== undefined) { return known; }
  if (name.length > LONGEST_NAME) { return lettersIn(name); }
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase().split(/[^a-z]+/);
  const found = lettersIn(name) | (words.some((word) => HOLDER.test(word)) ? HOLDS : 0);
  if (traits.size >= MEMO_SIZE) { traits.clear(); }
  traits.set(name, found);
  return found;
}

function lettersIn(name: string): number {
  // `search`, because the marks above need the patterns with a memory.
  const limit = name.search(LIMIT_LETTERS) >= 0 || name.search(SHORT_LETTERS) >= 0 ? LIMIT : 0;
  const force = name.search(FORCE_LETTERS) >= 0 || name.search(SHORT_FORCE) >= 0 ? FORCE : 0;
  return limit | force | (name.search(HOLDER_LETTERS) >= 0 ? HOLDS_LETTERS : 0);
}

/** The part of a root that is a name: of `l fn cfg` it is `cfg`. */
export function rootName(root: string): string {
  const name = root.slice(root.lastIndexOf(' ') + 1);
  return name.slice(name.lastIndexOf('.') + 1);
}
