/**
 * Reads `tickguard.json`: JSON with comments, checked by a schema, every mistake one sentence with its place.
 * The nearest file up to the root holds for a folder, whole: files are not merged.
 */
import { findNodeAtLocation, parse, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { Node, ParseError } from 'jsonc-parser';
import type { z } from 'zod';
import type { Severity } from '../findings/finding.ts';
import type { Outcome } from '../operations/operation.ts';
import { nearest } from '../rules/registry.ts';
import type { AccountConfig, RuleSetting, TickguardConfig } from './config.ts';
import { configSchema } from './config-schema.ts';
import type { ConfigInput, RulesInput } from './config-schema.ts';
import { globMatcher } from './globs.ts';
import type { PathMatcher } from './globs.ts';

export { configSchema } from './config-schema.ts';

/** What the file may name: a rule by id or name, with the schema of its options. */
export interface KnownRule {
  readonly id: string;
  readonly name: string;
  readonly options: z.ZodType;
  readonly detectors?: readonly string[];
}

/** What the file may name as a pack: an id alone, or with the sizes sold to check `size` against. */
export type KnownPack = string | { readonly id: string; readonly sizes?: readonly number[]; readonly anySize?: boolean };

/** What holds for one file. */
export interface FileConfig {
  /** Accounts whose `code` globs match the file; empty means the house limits. */
  readonly accounts: readonly AccountConfig[];
  /** Setting of a rule, by id or `SEC001/<detector>`: overrides over `rules`, later over earlier. */
  setting(ruleId: string): { readonly severity?: Severity | 'off'; readonly options: unknown };
}

/** Name of the policy file. */
export const CONFIG_FILE = 'tickguard.json';

/** A mistake and the offset it is at. */
interface Problem {
  readonly at: number;
  readonly what: string;
}

/**
 * Reads one file. `file` is its path relative to the root; it stands in errors and gives the folder that globs are
 * relative to. Errors: broken JSON, unknown keys, wrong types, unknown rules, options and packs – the first in the
 * text, as `file:line:column: sentence`, with how many more there are.
 */
export function parseConfig(
  text: string, file: string, knownRules: readonly KnownRule[], knownPacks?: readonly KnownPack[],
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
  const unknown = [...rulesProblems(checked.data, tree, knownRules), ...accountProblems(checked.data, tree, knownPacks)];
  return unknown.length > 0 ? refuse(source, file, unknown) : { ok: true, value: withDefaults(checked.data, file, knownRules) };
}

/** Brackets open at once, strings and comments aside: the JSON parser recurses, so this comes before it. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let i = 0; i < text.length; i += 1) {
    const c = text[i];
    if (inString) {
      if (c === '\\') i += 1;
      else if (c === '"' || c === '\n') inString = false;
    } else if (c === '"') inString = true;
    else if (c === '{' || c === '[') deepest = Math.max(deepest, (depth += 1));
    else if (c === '}' || c === ']') depth -= 1;
  }
  return deepest;
}

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

const SYNTAX_HINTS: Readonly<Record<string, string>> = {
  PropertyNameExpected: 'a key in double quotes is expected here',
  ValueExpected: 'a value is expected here',
  ColonExpected: 'a colon is missing after the key',
  CommaExpected: 'a comma is missing before this',
  CloseBraceExpected: 'a closing } is missing',
  CloseBracketExpected: 'a closing ] is missing',
  EndOfFileExpected: 'nothing is allowed after the closing }',
  UnexpectedEndOfString: 'a string is not closed; add the double quote',
  UnexpectedEndOfComment: 'a comment is not closed; add */',
  InvalidEscapeCharacter: 'this escape does not exist in JSON; write \\\\ for a backslash',
  InvalidNumberFormat: 'this is no JSON number; write it without leading zeros, underscores or signs',
  InvalidSymbol: 'this is no JSON value; put text in double quotes',
  InvalidCharacter: 'a control character stands here; remove it',
};

function syntaxProblem(error: ParseError): Problem {
  return { at: error.offset, what: `broken JSON: ${SYNTAX_HINTS[printParseErrorCode(error.error)] ?? 'the JSON cannot be read from here on'}` };
}

/** JSON lets a key stand twice and the last win: in a policy that is a mistake, and one that hides. */
function duplicateKeys(tree: Node | undefined): Problem[] {
  const found: Problem[] = [];
  const open = tree ? [tree] : [];
  for (let node = open.pop(); node; node = open.pop()) {
    const seen = new Set<unknown>();
    for (const child of node.children ?? []) {
      const key = node.type === 'object' ? child.children?.[0] : undefined;
      if (key && seen.has(key.value)) found.push({ at: key.offset, what: `the key "${String(key.value)}" stands twice; keep one of them` });
      if (key) seen.add(key.value);
      open.push(child);
    }
  }
  return found;
}

/** Offset of the value at a path, or of the nearest value around it. */
function offsetOf(tree: Node | undefined, path: readonly PropertyKey[]): number {
  for (let length = path.length; tree && length >= 0; length -= 1) {
    const node = findNodeAtLocation(tree, path.slice(0, length) as (string | number)[]);
    if (node) return node.offset;
  }
  return 0;
}

/** Offset of a key of the object at a path. */
function keyOffset(tree: Node | undefined, path: readonly PropertyKey[], key: string): number {
  const value = tree && findNodeAtLocation(tree, [...path, key] as (string | number)[]);
  return value?.parent?.children?.[0]?.offset ?? offsetOf(tree, path);
}

/** `accounts[0].size` of a path. */
function pathText(path: readonly PropertyKey[]): string {
  return path.map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index ? '.' : ''}${String(part)}`)).join('');
}

function schemaProblem(issue: z.core.$ZodIssue, tree: Node | undefined, raw: unknown): Problem {
  if (issue.code === 'unrecognized_keys') {
    const key = issue.keys[0] ?? '';
    const known = keysAt(issue.path);
    const meant = nearest(key, known);
    const hint = meant === undefined ? `known here: ${known.join(', ')}` : `did you mean "${meant}"?`;
    return { at: keyOffset(tree, issue.path, key), what: `unknown key "${key}"${issue.path.length ? ` in ${pathText(issue.path)}` : ''}; ${hint}` };
  }
  const where = issue.path.length ? pathText(issue.path) : 'the file';
  const given = valueAt(raw, issue.path);
  const at = offsetOf(tree, issue.path);
  if (given === undefined) return { at, what: `${where} is missing: ${issue.message}` };
  return { at, what: `${where} is ${shown(given)}: ${issue.message}` };
}

/** Keys the schema allows in the object at a path. */
function keysAt(path: readonly PropertyKey[]): readonly string[] {
  const shape = configSchema.shape;
  const [first] = path;
  if (path.length === 0) return Object.keys(shape);
  if (first === 'accounts') return Object.keys(path.at(-1) === 'limits' ? shape.accounts.unwrap().element.shape.limits.unwrap().shape : shape.accounts.unwrap().element.shape);
  if (first === 'overrides' && path.length === 2) return Object.keys(shape.overrides.unwrap().element.shape);
  return ['severity', 'options'];
}

function valueAt(raw: unknown, path: readonly PropertyKey[]): unknown {
  let value = raw;
  for (const part of path) value = typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[part] : undefined;
  return value;
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

/** Rules and options that do not exist, in `rules` and in each override. */
function rulesProblems(config: ConfigInput, tree: Node | undefined, known: readonly KnownRule[]): Problem[] {
  const places: [readonly PropertyKey[], RulesInput][] = [[['rules'], config.rules ?? {}]];
  (config.overrides ?? []).forEach((override, index) => places.push([['overrides', index, 'rules'], override.rules]));
  return places.flatMap(([path, rules]) => Object.entries(rules).flatMap(([name, setting]) => ruleProblem(path, name, setting, tree, known)));
}

function ruleProblem(path: readonly PropertyKey[], name: string, setting: RulesInput[string], tree: Node | undefined, known: readonly KnownRule[]): Problem[] {
  const rule = findRule(name, known);
  if (rule === undefined) return [{ at: keyOffset(tree, path, name), what: unknownRule(name, known) }];
  if (typeof setting === 'string' || setting.options === undefined) return [];
  const checked = rule.options.safeParse(setting.options);
  return checked.success ? [] : checked.error.issues.map((issue) => {
    const full = [...path, name, 'options', ...issue.path];
    const key = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
    return key === undefined
      ? { at: offsetOf(tree, full), what: `${pathText(full)} does not fit: ${issue.message}` }
      : { at: keyOffset(tree, full, key), what: `${rule.id} has no option "${key}"; tickguard explain ${rule.id} lists its options` };
  });
}

function unknownRule(name: string, known: readonly KnownRule[]): string {
  const parent = findRule(name.split('/')[0] ?? '', known);
  const detectors = name.includes('/') ? parent?.detectors?.map((detector) => `${parent.id}/${detector}`) : undefined;
  const meant = nearest(name, detectors ?? known.flatMap((one) => [one.id, one.name]));
  const hint = meant === undefined ? `known are ${(detectors ?? known.map((one) => one.id)).join(', ')}` : `did you mean "${meant}"?`;
  return `unknown rule "${name}"; ${hint}`;
}

/** By id, name, or `SEC001/<detector>`. */
function findRule(name: string, known: readonly KnownRule[]): KnownRule | undefined {
  const [id, detector] = name.split('/', 2);
  return known.find((rule) => (rule.id === id || rule.name === id) && (detector === undefined || rule.detectors?.includes(detector) === true));
}

/** Accounts that stand twice, packs that do not exist, sizes the pack does not have. */
function accountProblems(config: ConfigInput, tree: Node | undefined, packs: readonly KnownPack[] | undefined): Problem[] {
  const found: Problem[] = [];
  const known = packs?.map((pack) => (typeof pack === 'string' ? { id: pack } : pack));
  const seen = new Set<string>();
  (config.accounts ?? []).forEach((account, index) => {
    const at = (key: string) => offsetOf(tree, ['accounts', index, key]);
    if (seen.has(account.id)) found.push({ at: at('id'), what: `the account id "${account.id}" stands twice; give each account its own` });
    seen.add(account.id);
    const pack = known?.find((one) => one.id === account.pack);
    if (known && !pack) {
      const meant = nearest(account.pack, known.map((one) => one.id));
      const hint = meant === undefined ? `known are ${known.map((one) => one.id).join(', ')}` : `did you mean "${meant}"?`;
      found.push({ at: at('pack'), what: `unknown pack "${account.pack}"; ${hint}` });
    }
    const sizes = pack && 'sizes' in pack && pack.anySize !== true ? pack.sizes : undefined;
    if (sizes && sizes.length > 0 && !sizes.includes(account.size)) {
      found.push({ at: at('size'), what: `${account.pack} has no account of size ${account.size}; it has ${sizes.join(', ')}` });
    }
  });
  return found;
}

function withDefaults(config: ConfigInput, file: string, known: readonly KnownRule[]): TickguardConfig {
  const slash = file.lastIndexOf('/');
  return {
    folder: slash < 0 ? '' : file.slice(0, slash),
    accounts: (config.accounts ?? []).map((account) => ({ ...account, products: account.products ?? [], code: account.code ?? ['**'] }) as AccountConfig),
    rules: byId(config.rules ?? {}, known),
    overrides: (config.overrides ?? []).map((override) => ({ files: override.files, rules: byId(override.rules, known) })),
    exclude: config.exclude ?? [],
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

const NOTHING: TickguardConfig = { folder: '', accounts: [], rules: {}, overrides: [], exclude: [] };

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
    const parseOne = (text: string, path: string) => parseConfig(text, path, rules, packs);
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

  /** Every account named so far, root first. */
  accounts(): readonly AccountConfig[] {
    return this.#configs.flatMap((one) => one.config.accounts);
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
