/** What a mutant is made from: a form is one way to get something wrong, with its names, numbers and quotes left open. */
import { sampleSecret } from '../../src/guardians/security/detectors/table.ts';

/** Languages of carriers; `script` is TypeScript and JavaScript. `ini` holds MetaTrader's presets as well. */
export type MutantLanguage = 'python' | 'mql5' | 'script' | 'yaml' | 'json' | 'toml' | 'ini' | 'dotenv';

export const MUTANT_LANGUAGES: readonly MutantLanguage[] = ['python', 'mql5', 'script', 'yaml', 'json', 'toml', 'ini', 'dotenv'];

/**
 * Where a form can stand.
 * `module`: between statements of a file. `function`: between statements of somebody's function.
 * `tick`: code that a tick or message handler reaches unguarded; the place brings the handler or finds one.
 * `entry`: between the entries of a configuration file.
 */
export type Where = 'module' | 'function' | 'tick' | 'entry';

/** Whose rules hold: an Apex account, an FTMO account, or none. */
export type AccountOf = 'apex' | 'ftmo' | 'none';

/** One draw of a form. */
export interface Made {
  /** Statements without indentation, four spaces a level; `«…»` marks what must be found. */
  readonly code: string;
  /** The same, put right: nothing may be found in it. Absent where a form has no right twin of its own. */
  readonly twin?: string;
  /** Import or include lines, put at the top of the file. */
  readonly imports?: string;
  /** Statements at the end of the file that `code` needs: a helper, a handler. Their marks count as well. */
  readonly end?: string;
  /** The same for the twin; `end` where absent. */
  readonly twinEnd?: string;
  /** Marked text of one of the settings files beside the code, which are empty else. */
  readonly beside?: Beside;
  /** The same for the twin; `beside` where absent. */
  readonly twinBeside?: Beside;
}

/** Empty files at the root of every carrier of programs, for what belongs to the code that is put in. */
export const SETTINGS_BESIDE = ['desk.yaml', 'desk.json', 'desk.toml', 'desk.env', 'Desk.set'] as const;

/** What stands in one of them. */
export interface Beside {
  readonly path: (typeof SETTINGS_BESIDE)[number];
  readonly text: string;
}

export interface Form {
  readonly name: string;
  readonly language: MutantLanguage;
  readonly where: Where;
  /** Default `apex`. */
  readonly account?: AccountOf;
  /** The files are in git's index. */
  readonly tracked?: boolean;
  /** Functions, classes or files whose very name excuses what is put into them (`optimize`, `backtest`). */
  readonly not?: RegExp;
  /** Only into files with this name; of configuration files. */
  readonly files?: RegExp;
  /** Not into files with this text, which is a right answer to what is put in. */
  readonly without?: RegExp;
  /** Not into carriers that have this text in any file. */
  readonly apart?: RegExp;
  /** Rules that have a word of their own, by right, on the same text. */
  readonly also?: readonly string[];
  /** Rules about the whole program that the form answers, or asks, by right: a close by the clock is what APX006 misses elsewhere. */
  readonly answers?: readonly string[];
  make(draw: Draw): Made;
}

/** What a form knows of the place it was given. */
export interface PlaceFacts {
  /** The text around it, for names that are not taken. */
  readonly text: string;
  /** `self`, `this`, or undefined outside of a method. */
  readonly self?: string;
  /** JavaScript: whether types may be written. */
  readonly typed: boolean;
  /** JavaScript: whether modules are taken in by `require`. */
  readonly commonJs: boolean;
}

/** Seeded choices, and the names and spellings made by them. */
export class Draw {
  readonly place: PlaceFacts;
  readonly #random: () => number;
  readonly #mark: string;
  readonly #taken = new Set<string>();

  constructor(random: () => number, place: PlaceFacts) {
    this.#random = random;
    this.place = place;
    this.#mark = this.one(["'", '"', '"']);
  }

  /** One of several. */
  one<T>(of: readonly T[]): T {
    return of[Math.floor(this.#random() * of.length)] as T;
  }

  chance(of: number): boolean {
    return this.#random() < of;
  }

  /** A whole number, both ends included. */
  int(from: number, to: number): number {
    return from + Math.floor(this.#random() * (to - from + 1));
  }

  /** A name that the text around does not have: one of these, or one of them with a number. */
  name(...candidates: readonly string[]): string {
    const first = this.int(0, candidates.length - 1);
    for (let round = 0; ; round++) {
      const base = candidates[(first + round) % candidates.length] as string;
      const name = round < candidates.length ? base : `${base}${round - candidates.length + 2}`;
      if (!this.#taken.has(name) && !new RegExp(`\\b${name}\\b`).test(this.place.text)) {
        this.#taken.add(name);
        return name;
      }
    }
  }

  /** A text in the quotes of this mutant; MQL5 has one kind only, its forms write them out. */
  text(content: string): string {
    return `${this.#mark}${content}${this.#mark}`;
  }

  /** An assignment's sign, with the spaces of one of its writers. */
  get is(): string {
    return this.one([' = ', ' = ', '=', '  = ']);
  }

  /** `self`/`this` with its dot, or a broker's name with its own. */
  get owner(): string {
    return this.place.self === undefined ? `${this.one(['broker', 'desk', 'client'])}.` : `${this.place.self}.`;
  }

  /** A value that the detector finds, never the same twice in a row. */
  secret(detector: string): string {
    return sampleSecret(detector, this.int(1, 5_000));
  }

  /** TypeScript's annotation, nothing in JavaScript. */
  type(name: string): string {
    return this.place.typed && this.chance(0.5) ? `: ${name}` : '';
  }

  /** The line that takes a name in from a module, as the file does it. */
  import(name: string, module: string, isDefault = false): string {
    if (this.place.commonJs) { return `const ${isDefault ? name : `{ ${name} }`} = require(${this.text(module)});`; }
    return `import ${isDefault ? name : `{ ${name} }`} from ${this.text(module)};`;
  }
}

/** A form without open choices: for samples that other tests have already. */
export function fixed(name: string, language: MutantLanguage, where: Where, made: Made, more: Partial<Form> = {}): Form {
  return { name, language, where, make: () => made, ...more };
}
