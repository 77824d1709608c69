/** What can be wrong with a `tickguard.json`, each as a clause and the offset it is at. */
import { findNodeAtLocation, printParseErrorCode } from 'jsonc-parser';
import type { Node, ParseError } from 'jsonc-parser';
import type { z } from 'zod';
import { nearest } from '../rules/registry.ts';
import { isDate } from '../time/dates.ts';
import { FAMILIES } from '../time/hours.ts';
import { productOf } from '../time/products.ts';
import type { Outcome } from '../outcome.ts';
import { configSchema } from './config-schema.ts';
import type { OwnPack } from './own-pack.ts';
import type { CustomDetector, DetectorProblem } from './custom-detector.ts';
import type { ConfigInput, RulesInput } from './config-schema.ts';

/** What the file may name: a rule by id or name, with the schema of its options. */
export interface KnownRule {
  readonly id: string;
  readonly name: string;
  readonly options: z.ZodType;
  readonly detectors?: readonly string[];
  /** It takes detectors of a desk's own: what is wrong with a list of them beyond its form. */
  readonly customProblems?: (detectors: readonly CustomDetector[]) => readonly DetectorProblem[];
  /** It reads rule packs of the workspace's own: the pack in a file's text, or what is wrong with it as a clause. */
  readonly readPack?: (text: string) => Outcome<OwnPack>;
}

/** What the file may name as a pack: an id alone, or with the sizes sold to check `size` against. */
export type KnownPack = string | { readonly id: string; readonly sizes?: readonly number[]; readonly anySize?: boolean };

/** A mistake and the offset it is at. */
export interface Problem {
  readonly at: number;
  readonly what: string;
}

/** Brackets open at once, strings and comments aside: the JSON parser recurses, so this comes before it. */
export function depthOf(text: string): number {
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

/** A fault of the JSON itself. */
export function syntaxProblem(error: ParseError): Problem {
  return { at: error.offset, what: `broken JSON: ${SYNTAX_HINTS[printParseErrorCode(error.error)] ?? 'the JSON cannot be read from here on'}` };
}

/** JSON lets a key stand twice and the last win: in a policy that is a mistake, and one that hides. */
export function duplicateKeys(tree: Node | undefined): Problem[] {
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

/** What the schema refuses. `raw` is the file's value. */
export function schemaProblem(issue: z.core.$ZodIssue, tree: Node | undefined, raw: unknown): Problem {
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
  if (first === 'detectors') return Object.keys(shape.detectors.unwrap().element.shape);
  if (first === 'calendars') return Object.keys(shape.calendars.unwrap().valueType.shape);
  if (first === 'mql5') return Object.keys(shape.mql5.unwrap().shape);
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

/** Products that are none, dates that are none, and dates of which two things are said, in `calendars`. */
export function calendarProblems(config: ConfigInput, tree: Node | undefined): Problem[] {
  return Object.entries(config.calendars ?? {}).flatMap(([root, { closed = [], earlyCloses = {} }]) => {
    const path = ['calendars', root];
    const product = productOf(root);
    // `BTC` alone may be the coin, so here the way to write a future's root is the root.
    const known = product?.root === root || productOf(`/${root}`)?.root === root || FAMILIES.some((family) => family === root);
    const problems: Problem[] = known ? [] : [{ at: keyOffset(tree, ['calendars'], root), what: `${pathText(path)}: there is no product "${root}"; write its root, such as "${product?.root ?? 'ES'}", or its family: ${FAMILIES.join(', ')}` }];
    for (const date of Object.keys(earlyCloses)) {
      const at = keyOffset(tree, [...path, 'earlyCloses'], date);
      if (!isDate(date)) problems.push({ at, what: `${pathText([...path, 'earlyCloses'])} has "${date}": a date is expected, such as "2026-11-27"` });
      else if (closed.includes(date)) problems.push({ at, what: `${pathText([...path, 'earlyCloses'])} has ${date}, which stands in closed as well; keep one of them` });
    }
    return problems;
  });
}

/** Rules and options that do not exist, in `rules` and in each override. */
export function rulesProblems(config: ConfigInput, tree: Node | undefined, known: readonly KnownRule[]): Problem[] {
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

/** How many names a sentence bears: SEC001 has hundreds of detectors. */
const SHOWN = 60;
const listed = (names: readonly string[]): string => names.length <= SHOWN ? names.join(', ') : `${names.slice(0, 12).join(', ')} and ${names.length - 12} more`;

function unknownRule(name: string, known: readonly KnownRule[]): string {
  const parent = findRule(name.split('/')[0] ?? '', known);
  const detectors = name.includes('/') ? parent?.detectors?.map((detector) => `${parent.id}/${detector}`) : undefined;
  const meant = nearest(name, detectors ?? known.flatMap((one) => [one.id, one.name]));
  const hint = meant === undefined ? `known are ${listed(detectors ?? known.map((one) => one.id))}` : `did you mean "${meant}"?`;
  return `unknown rule "${name}"; ${hint}`;
}

/** By id, name, or `SEC001/<detector>`. */
export function findRule(name: string, known: readonly KnownRule[]): KnownRule | undefined {
  const [id, detector] = name.split('/', 2);
  return known.find((rule) => (rule.id === id || rule.name === id) && (detector === undefined || rule.detectors?.includes(detector) === true));
}

/** The rules with the names of a desk's own detectors added to the one that takes them, so that settings and comments may name them. */
export function withDetectors<R extends KnownRule>(rules: readonly R[], detectors: readonly CustomDetector[]): readonly R[] {
  if (detectors.length === 0) return rules;
  return rules.map((rule) => (rule.customProblems ? { ...rule, detectors: [...(rule.detectors ?? []), ...detectors.map(({ name }) => name)] } : rule));
}

/** Detectors that the rule they belong to refuses. */
export function detectorProblems(config: ConfigInput, tree: Node | undefined, known: readonly KnownRule[]): Problem[] {
  const { detectors } = config;
  if (detectors === undefined) return [];
  return known.flatMap((rule) => rule.customProblems?.(detectors) ?? []).map(({ index, key, item, what }) => (
    { at: offsetOf(tree, ['detectors', index, key, ...(item === undefined ? [] : [item])]), what }
  ));
}

/** The workspace's own packs, and what is wrong with the files they are in. `read` takes a path as the file writes it. */
export function ownPacks(
  config: ConfigInput, tree: Node | undefined, known: readonly KnownRule[], packs: readonly KnownPack[], read: (path: string) => string | undefined,
): { readonly packs: readonly OwnPack[]; readonly problems: readonly Problem[] } {
  const reader = known.find((rule) => rule.readPack !== undefined)?.readPack;
  const found: OwnPack[] = [];
  const problems: Problem[] = [];
  const taken = new Set(packs.map((pack) => (typeof pack === 'string' ? pack : pack.id)));
  (config.packs ?? []).forEach((path, index) => {
    const refuse = (what: string): void => { problems.push({ at: offsetOf(tree, ['packs', index]), what: `packs[${index}] is "${path}": ${what}` }); };
    const text = read(path);
    if (text === undefined) { refuse('there is no such file, or it cannot be read'); return; }
    const pack = reader?.(text);
    if (pack === undefined) return;
    if (!pack.ok) { refuse(pack.error); return; }
    if (taken.has(pack.value.id)) { refuse(`its id "${pack.value.id}" is taken by another pack; give it its own`); return; }
    taken.add(pack.value.id);
    found.push(pack.value);
  });
  return { packs: found, problems };
}

/** Accounts that stand twice, packs that do not exist, sizes the pack does not have. */
export function accountProblems(config: ConfigInput, tree: Node | undefined, packs: readonly KnownPack[] | undefined): Problem[] {
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
