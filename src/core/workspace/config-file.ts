/**
 * Reads `tickguard.json`: JSON with comments, checked by a schema, every mistake one sentence with its place.
 * The nearest file up to the root holds for a folder, whole: files are not merged.
 */
import { parse, parseTree } from 'jsonc-parser';
import type { ParseError } from 'jsonc-parser';
import type { Severity } from '../findings/finding.ts';
import type { Outcome } from '../outcome.ts';
import type { CalendarOverrides } from '../time/calendar.ts';
import type { AccountConfig, RuleSetting, TickguardConfig } from './config.ts';
import type { CustomDetector } from './custom-detector.ts';
import type { OwnPack } from './own-pack.ts';
import { accountProblems, ownPacks, calendarProblems, depthOf, detectorProblems, duplicateKeys, findRule, withDetectors, rulesProblems, schemaProblem, syntaxProblem } from './config-problems.ts';
import type { KnownPack, KnownRule, Problem } from './config-problems.ts';
import { configSchema } from './config-schema.ts';
import type { ConfigInput, RulesInput } from './config-schema.ts';
import { globMatcher } from './globs.ts';
import type { PathMatcher } from './globs.ts';

export { configSchema } from './config-schema.ts';
export type { KnownPack, KnownRule } from './config-problems.ts';

/** What holds for one file. */
export interface FileConfig {
  /** Accounts whose `code` globs match the file; empty means the house limits. */
  readonly accounts: readonly AccountConfig[];
  /** Credentials of the desk's own; none where it is absent. */
  readonly detectors?: readonly CustomDetector[];
  /** Setting of a rule, by id or `SEC001/<detector>`: overrides over `rules`, later over earlier. */
  setting(ruleId: string): { readonly severity?: Severity | 'off'; readonly options: unknown };
}

/** Name of the policy file. */
export const CONFIG_FILE = 'tickguard.json';

/**
 * Reads one file. `file` is its path relative to the root; it stands in errors and gives the folder that globs are
 * relative to. Errors: broken JSON, unknown keys, wrong types, unknown rules, options and packs – the first in the
 * text, as `file:line:column: sentence`, with how many more there are.
 */
export function parseConfig(
  text: string, file: string, knownRules: readonly KnownRule[], knownPacks?: readonly KnownPack[], read: (path: string) => string | undefined = () => undefined,
): Outcome<TickguardConfig> {
  const source = text.startsWith('\uFEFF') ? ` ${text.slice(1)}` : text;
  const errors: ParseError[] = [];
  const options = { allowTrailingComma: true, disallowComments: false };
  const tooDeep = depthOf(source) > 64;
  const raw: unknown = tooDeep ? undefined : parse(source, errors, options);
  if (tooDeep) return refuse(source, file, [{ at: 0, what: 'the file is nested more than 64 levels deep; write plain accounts, rules and overrides' }]);
  if (source.trim() === '') return refuse(source, file, [{ at: 0, what: 'the file is empty; write {} for the defaults or run tickguard init' }]);
  if (errors.length > 0) return refuse(source, file, errors.map(syntaxProblem));
  const tree = parseTree(source, [], options);
  const checked = configSchema.safeParse(raw);
  const problems = [...duplicateKeys(tree), ...(checked.success ? [] : checked.error.issues.map((issue) => schemaProblem(issue, tree, raw)))];
  if (!checked.success || problems.length > 0) return refuse(source, file, problems);
  const known = withDetectors(knownRules, checked.data.detectors ?? []);
  const folder = file.slice(0, file.lastIndexOf('/') + 1);
  const own = ownPacks(checked.data, tree, knownRules, knownPacks ?? [], (path) => read(`${folder}${path.replaceAll('\\', '/')}`));
  const packs = knownPacks && [...knownPacks, ...own.packs];
  const unknown = [...own.problems, ...rulesProblems(checked.data, tree, known), ...accountProblems(checked.data, tree, packs), ...calendarProblems(checked.data, tree), ...detectorProblems(checked.data, tree, knownRules)];
  return unknown.length > 0 ? refuse(source, file, unknown) : { ok: true, value: withDefaults(checked.data, file, known, own.packs) };
}

/** The first mistake in the text as a sentence with its place. */
function refuse(text: string, file: string, problems: readonly Problem[]): Outcome<never> {
  const ordered = [...problems].sort((a, b) => a.at - b.at);
  const first = ordered[0] ?? { at: 0, what: 'the file is not usable' };
  const before = text.slice(0, first.at);
  const line = before.split('\n').length;
  const column = first.at - before.lastIndexOf('\n');
  const more = ordered.length > 1 ? ` (and ${ordered.length - 1} more ${ordered.length === 2 ? 'mistake' : 'mistakes'})` : '';
  const said = `${first.what}${more}`;
  return { ok: false, error: `${file}:${line}:${column}: ${said}${said.endsWith('?') ? '' : '.'}` };
}

function withDefaults(config: ConfigInput, file: string, known: readonly KnownRule[], packs: readonly OwnPack[]): TickguardConfig {
  const ownOf = (id: string): { readonly ownPack?: OwnPack } => {
    const ownPack = packs.find((pack) => pack.id === id);
    return ownPack === undefined ? {} : { ownPack };
  };
  const slash = file.lastIndexOf('/');
  const calendars = config.calendars === undefined ? {} : { calendars: config.calendars as CalendarOverrides };
  return {
    folder: slash < 0 ? '' : file.slice(0, slash),
    accounts: (config.accounts ?? []).map((account) => ({ ...account, products: account.products ?? [], code: account.code ?? ['**'], ...ownOf(account.pack), ...calendars }) as AccountConfig),
    ...calendars,
    rules: byId(config.rules ?? {}, known),
    overrides: (config.overrides ?? []).map((override) => ({ files: override.files, rules: byId(override.rules, known) })),
    exclude: config.exclude ?? [],
    packs,
    includes: config.mql5?.include ?? [],
    detectors: config.detectors ?? [],
  };
}

/** Settings keyed by rule id, whether the file named the rule by id or by name. */
function byId(rules: RulesInput, known: readonly KnownRule[]): Readonly<Record<string, RuleSetting>> {
  return Object.fromEntries(Object.entries(rules).map(([name, setting]) => {
    const detector = name.split('/', 2)[1];
    return [`${findRule(name, known)?.id ?? name}${detector === undefined ? '' : `/${detector}`}`, setting as RuleSetting];
  }));
}

/** A `TickguardConfig` with its globs compiled. */
class CompiledConfig {
  readonly config: TickguardConfig;
  readonly excludes: PathMatcher;
  readonly #accounts: readonly { readonly account: AccountConfig; readonly matches: PathMatcher }[];
  readonly #overrides: readonly { readonly rules: Readonly<Record<string, RuleSetting>>; readonly matches: PathMatcher }[];
  readonly #known = new Map<string, FileConfig>();

  constructor(config: TickguardConfig) {
    this.config = config;
    this.excludes = globMatcher(config.exclude);
    this.#accounts = config.accounts.map((account) => ({ account, matches: globMatcher(account.code) }));
    this.#overrides = config.overrides.map((override) => ({ rules: override.rules, matches: globMatcher(override.files) }));
  }

  /** Files under the same accounts and overrides share one answer. */
  forFile(path: string): FileConfig {
    const inside = this.inside(path);
    const accounts = this.#accounts.map(({ matches }) => matches(inside));
    const overrides = this.#overrides.map(({ matches }) => matches(inside));
    const key = [...accounts, ...overrides].map(Number).join('');
    let answer = this.#known.get(key);
    if (!answer) {
      answer = this.#answer(this.#accounts.filter((_, i) => accounts[i]).map(({ account }) => account), this.#overrides.filter((_, i) => overrides[i]).map(({ rules }) => rules));
      this.#known.set(key, answer);
    }
    return answer;
  }

  /** The path as the file's globs see it: relative to its folder. */
  inside(path: string): string {
    return this.config.folder === '' ? path : path.slice(this.config.folder.length + 1);
  }

  #answer(accounts: readonly AccountConfig[], overrides: readonly Readonly<Record<string, RuleSetting>>[]): FileConfig {
    const layers = [this.config.rules, ...overrides];
    return {
      accounts,
      ...(this.config.detectors.length > 0 ? { detectors: this.config.detectors } : {}),
      setting(ruleId) {
        let severity: Severity | 'off' | undefined;
        let options: unknown;
        for (const layer of layers) {
          const setting = Object.hasOwn(layer, ruleId) ? layer[ruleId] : undefined;
          if (typeof setting === 'string') severity = setting;
          else if (setting) {
            severity = setting.severity ?? severity;
            options = setting.options ?? options;
          }
        }
        return { ...(severity === undefined ? {} : { severity }), options };
      },
    };
  }
}

const NOTHING: TickguardConfig = { folder: '', accounts: [], rules: {}, overrides: [], exclude: [], packs: [], includes: [], detectors: [] };

/** Every `tickguard.json` of a workspace: answers what holds for a file. Files below the root are read when first needed. */
export class ConfigSet {
  readonly #root: CompiledConfig;
  readonly #folders = new Map<string, CompiledConfig>();
  readonly #read: (path: string) => string | undefined;
  readonly #parse: (text: string, path: string) => Outcome<TickguardConfig>;
  readonly #problems: string[] = [];
  readonly #configs: CompiledConfig[];

  private constructor(root: CompiledConfig, read: (path: string) => string | undefined, parseOne: (text: string, path: string) => Outcome<TickguardConfig>) {
    this.#root = root;
    this.#read = read;
    this.#parse = parseOne;
    this.#folders.set('', root);
    this.#configs = [root];
  }

  /**
   * Reads the root's file (none is fine) and, of `files`, every `tickguard.json`. `read` takes a path relative to the
   * root. Errors: as `parseConfig`, and an account id that two files use.
   */
  static load(
    _root: string, read: (path: string) => string | undefined, rules: readonly KnownRule[], packs?: readonly KnownPack[], files: readonly string[] = [],
  ): Outcome<ConfigSet> {
    const parseOne = (text: string, path: string) => parseConfig(text, path, rules, packs, read);
    const text = read(CONFIG_FILE);
    const config = text === undefined ? { ok: true as const, value: NOTHING } : parseOne(text, CONFIG_FILE);
    if (!config.ok) return config;
    const set = new ConfigSet(new CompiledConfig(config.value), read, parseOne);
    for (const file of files) if (file.endsWith(`/${CONFIG_FILE}`)) set.forFile(file);
    const [problem] = set.problems;
    return problem === undefined ? { ok: true, value: set } : { ok: false, error: problem };
  }

  /** Mistakes in files below the root that were read since `load`, one sentence each; the nearest good file above held instead. */
  get problems(): readonly string[] {
    return this.#problems;
  }

  /** Globs the root's file leaves out, for discovery. */
  get exclude(): readonly string[] {
    return this.#root.config.exclude;
  }

  /** Include folders of every file read so far, each with the folder its file lies in, root first. */
  includes(): readonly { readonly folder: string; readonly include: string }[] {
    return this.#configs.flatMap(({ config }) => config.includes.map((include) => ({ folder: config.folder, include })));
  }

  /** Providers that detectors of the files read so far name. */
  providers(): readonly string[] {
    return this.#configs.flatMap(({ config }) => config.detectors.flatMap(({ provider }) => provider ?? []));
  }

  /** Detectors of every file read so far, root first. */
  detectors(): readonly CustomDetector[] {
    return this.#configs.flatMap(({ config }) => config.detectors);
  }

  /** Rule packs of the workspace's own, of every file read so far, root first. */
  packs(): readonly OwnPack[] {
    return this.#configs.flatMap((one) => one.config.packs);
  }

  /** Every account named so far, root first. */
  accounts(): readonly AccountConfig[] {
    return this.#configs.flatMap((one) => one.config.accounts);
  }

  /** What the nearest file says of trading days; `path` is relative to the root. */
  calendars(path: string): CalendarOverrides {
    return this.#nearest(path).config.calendars ?? {};
  }

  /** What holds for a file: `path` is relative to the root, with `/`. */
  forFile(path: string): FileConfig {
    return this.#nearest(path).forFile(path);
  }

  /** True if the nearest file's `exclude` globs match. */
  excluded(path: string): boolean {
    const config = this.#nearest(path);
    return config.excludes(config.inside(path));
  }

  #nearest(path: string): CompiledConfig {
    const slash = path.lastIndexOf('/');
    const folder = slash < 0 ? '' : path.slice(0, slash);
    const known = this.#folders.get(folder);
    if (known) return known;
    const missing: string[] = [];
    let above = folder;
    while (!this.#folders.has(above)) {
      missing.push(above);
      above = above.includes('/') ? above.slice(0, above.lastIndexOf('/')) : '';
    }
    let held = this.#folders.get(above) ?? this.#root;
    for (const one of missing.reverse()) {
      held = this.#open(one) ?? held;
      this.#folders.set(one, held);
    }
    return held;
  }

  #open(folder: string): CompiledConfig | undefined {
    const path = `${folder}/${CONFIG_FILE}`;
    const text = this.#read(path);
    if (text === undefined) return undefined;
    const config = this.#parse(text, path);
    if (!config.ok) {
      this.#problems.push(config.error);
      return undefined;
    }
    const compiled = new CompiledConfig(config.value);
    this.#configs.push(compiled);
    return compiled;
  }
}
