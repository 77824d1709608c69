/**
 * Include folders outside the project: those `tickguard.json` names (`mql5.include`) and those of MetaTrader's terminals on
 * this machine. A file there is read only because an include of the project leads to it; nothing in it is judged, but calls
 * go through it: a base class of the terminal's library may be what calls the expert's own method on every tick.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { inOutside, OUTSIDE, outsidePath } from '../source/link/includes.ts';
import { HERE, isWithin, type ListFolder, type PathRules, pathIn, spelledAsOnDisk } from './paths.ts';

/** What may be read from outside the project: no more files, and no larger ones, than a program's includes are. */
export const MOST_FILES = 300;
const MOST_BYTES = 1_000_000;
const MOST_BYTES_TOGETHER = 16_000_000;
const READABLE = /\.(?:mqh|mq[45])$/i;

/** An include that no file of the project answers. */
export interface OpenInclude {
  /** The including file, as the linker names it. */
  readonly importer: string;
  readonly module: string;
  /** 0 for `<x.mqh>`, 1 for `"x.mqh"`. */
  readonly level: number;
}

export interface FoundInclude {
  /** How the linker names it: `<include:0>/Desk/Risk.mqh`, the same on every machine. */
  readonly path: string;
  readonly file: string;
  readonly content: Buffer;
}

export class IncludeFolders {
  readonly #named: readonly string[];
  readonly #root: string;
  readonly #terminals: () => readonly string[];
  #folders: readonly string[] | undefined;
  readonly #asked = new Set<string>();
  #files = 0;
  #bytes = 0;

  /**
   * @param root of the project.
   * @param named folders of `mql5.include`, absolute, in their order.
   * @param terminals Include folders of terminals; asked once, when an include needs them.
   */
  constructor(root: string, named: readonly string[], terminals: () => readonly string[] = () => terminalIncludes()) {
    this.#root = root;
    this.#named = named;
    this.#terminals = terminals;
  }

  /** The file an include means, the first time it is asked for; undefined where there is none or two disagree. */
  find({ importer, module, level }: OpenInclude): FoundInclude | undefined {
    const at = inOutside(importer);
    const key = `${at === undefined ? importer.slice(-4).toLowerCase() : importer} ${level} ${module.toLowerCase()}`;
    if (this.#asked.has(key) || !READABLE.test(module)) { return undefined; }
    this.#asked.add(key);
    if (at !== undefined && level > 0) { return this.#at(at.folder, outsidePath(at.path, module)); }
    if (level > 0 || module.startsWith('.')) { return undefined; }
    const inside = outsidePath('', module);
    const own = at === undefined ? undefined : this.#at(at.folder, inside);
    return own ?? this.#inNamed(inside) ?? this.#inTerminals(inside, importer);
  }

  #list(): readonly string[] {
    this.#folders ??= [...this.#named, ...this.#terminals().filter((folder) => !this.#named.includes(folder))];
    return this.#folders;
  }

  #inNamed(path: string | undefined): FoundInclude | undefined {
    for (const folder of this.#named.keys()) {
      const found = this.#at(folder, path);
      if (found !== undefined) { return found; }
    }
    return undefined;
  }

  /** Of several terminals the one the project lies in, else any while all have the same file. */
  #inTerminals(path: string | undefined, importer: string): FoundInclude | undefined {
    const data = importer.toLowerCase().endsWith('.mq4') ? /[\\/]MQL4[\\/]Include$/i : /[\\/]MQL5[\\/]Include$/i;
    const found: FoundInclude[] = [];
    for (const [index, folder] of this.#list().entries()) {
      if (index < this.#named.length || !data.test(folder)) { continue; }
      const one = this.#at(index, path, false);
      if (one === undefined) { continue; }
      if (isWithin(this.#root, join(folder, '..'))) { return this.#counted(one); }
      found.push(one);
    }
    const [first, ...others] = found;
    return first !== undefined && others.every((other) => other.content.equals(first.content)) ? this.#counted(first) : undefined;
  }

  #at(folder: number, path: string | undefined, counts = true): FoundInclude | undefined {
    const root = this.#list()[folder];
    if (path === undefined || root === undefined || this.#files >= MOST_FILES) { return undefined; }
    // MetaTrader runs on Windows: its includes know no case, wherever their files lie.
    const inside = spelledAsOnDisk(root, path, { ...HERE, ignoresCase: true });
    const file = join(root, inside);
    try {
      const stats = statSync(file);
      const { size } = stats;
      // A pipe would be waited for, a device has no end.
      if (!stats.isFile() || size > MOST_BYTES || this.#bytes + size > MOST_BYTES_TOGETHER) { return undefined; }
      const found = { path: `${OUTSIDE}${folder}>/${inside}`, file, content: readFileSync(file) };
      return counts ? this.#counted(found) : found;
    } catch {
      return undefined;
    }
  }

  #counted(found: FoundInclude): FoundInclude {
    this.#files++;
    this.#bytes += found.content.length;
    return found;
  }
}

/** Where terminals may be, on this machine unless a test says otherwise. */
export interface TerminalPlaces {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly home?: string;
  readonly rules?: PathRules;
  readonly list?: ListFolder;
  /** The project's root: a terminal it lies in counts, portable ones too. */
  readonly root?: string;
}

/**
 * Include folders of MetaTrader 4 and 5: of every terminal's data folder (`%APPDATA%\MetaQuotes\Terminal\<id>`, MetaEditor
 * help, "Open data folder"), of portable terminals under the program folders, and the same inside Wine: `~/.wine`, the
 * `~/.mt5` of MetaQuotes' installer for Linux, and the bundle's folder on macOS.
 */
export function terminalIncludes({ env = process.env, home = homedir(), rules = HERE, list = foldersIn, root }: TerminalPlaces = {}): readonly string[] {
  const path = rules.path;
  const found: string[] = [];
  const data = (folder: string): void => {
    for (const name of ['MQL5', 'MQL4']) {
      if (list(path.join(folder, name)).some((one) => one.toLowerCase() === 'include')) { found.push(path.join(folder, name, 'Include')); }
    }
  };
  const terminals = (appData: string | undefined): void => {
    const above = appData === undefined ? undefined : path.join(appData, 'MetaQuotes', 'Terminal');
    for (const name of above === undefined ? [] : list(above)) { if (name !== 'Common' && name !== 'Community' && name !== 'Help') { data(path.join(above ?? '', name)); } }
  };
  const programs = (folder: string | undefined): void => {
    for (const name of folder === undefined ? [] : list(folder)) { if (/metatrader|mt[45]/i.test(name)) { data(path.join(folder ?? '', name)); } }
  };
  for (let folder = root; folder !== undefined; folder = path.dirname(folder) === folder ? undefined : path.dirname(folder)) {
    if (/^mql[45]$/i.test(path.basename(folder))) { data(path.dirname(folder)); }
  }
  if (rules.platform === 'windows') {
    terminals(env['APPDATA']);
    programs(env['ProgramFiles']);
    programs(env['ProgramFiles(x86)']);
  } else {
    const prefixes = rules.platform === 'macos'
      ? ['net.metaquotes.wine.metatrader5', 'net.metaquotes.wine.metatrader4'].map((name) => path.join(home, 'Library', 'Application Support', name))
      : [env['WINEPREFIX'], path.join(home, '.wine'), path.join(home, '.mt5'), path.join(home, '.mt4')];
    for (const prefix of new Set(prefixes)) {
      if (prefix === undefined || prefix === '') { continue; }
      const drive = path.join(prefix, 'drive_c');
      for (const user of list(path.join(drive, 'users'))) { terminals(path.join(drive, 'users', user, 'AppData', 'Roaming')); }
      programs(path.join(drive, 'Program Files'));
      programs(path.join(drive, 'Program Files (x86)'));
    }
  }
  return [...new Set(found)].sort((a, b) => Number(holds(b, root, rules)) - Number(holds(a, root, rules)));
}

function holds(include: string, root: string | undefined, rules: PathRules): boolean {
  return root !== undefined && pathIn(rules.path.dirname(include), root, rules) !== undefined;
}

function foldersIn(folder: string): readonly string[] {
  if (!existsSync(folder)) { return []; }
  try { return readdirSync(folder); } catch { return []; }
}
