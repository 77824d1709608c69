/** The settings facts of a file: what is kept of them in its summary. */
import type { Range } from '../../findings/finding.ts';
import { fileRole } from '../../workspace/discovery.ts';
import { holdsCode } from '../holds.ts';
import { isScript } from '../languages.ts';
import { ModelFact } from '../meaning/per-model.ts';
import type { SourceModel, Span } from '../model.ts';
import { classModels } from './models.ts';
import { schemaModels } from './schemas.ts';
import { rangeOf } from '../text.ts';
import { collectFlows } from './collect.ts';
import { isFollowed, mayBeForce, mayBeLimit, mayHoldSettings, rootName, type Place, type RawFlow, type SettingFlow, type SettingKey, type SettingsSummary } from './facts.ts';

/** Letters without which a program neither reads settings nor hands them on. */
const SETTINGS_LETTERS = /conf|cfg|settings?|params|ya?ml|toml|json|environ|\benv\b|dotenv|preset|args/i;
const MAX_TEXT = 80;
/** Most flows of one file: more is generated. */
const MAX_FLOWS = 1_500;
/** A file of settings with more keys is data. */
const MAX_KEYS = 400;

const remembered = new ModelFact<SettingsSummary | null>();

/** What a file says about settings; undefined for most files. Worked out once a model. */
export function settingsOf(model: SourceModel): SettingsSummary | undefined {
  let known = remembered.get(model);
  if (known === undefined) {
    known = find(model) ?? null;
    remembered.set(model, known);
  }
  return known ?? undefined;
}

function find(model: SourceModel): SettingsSummary | undefined {
  if (model.language === 'markdown' || model.language === 'notebook' || model.language === 'text') { return undefined; }
  const role = fileRole(model.path);
  if (role !== 'code') { return undefined; }
  return holdsCode(model) ? ofProgram(model) : model.entries.length > 0 ? ofSettings(model) : undefined;
}

// ---------------------------------------------------------------------- programs

function ofProgram(model: SourceModel): SettingsSummary | undefined {
  const { text } = model.source;
  if (model.language === 'mql5' ? !isFollowed(text) && !/\b(?:sinput|input|extern)\b/.test(text) : !SETTINGS_LETTERS.test(text) && !isFollowed(text)) { return undefined; }
  const made = isScript(model.language) ? schemaModels(model) : classModels(model);
  const raw = [...collectFlows(model), ...made.flows];
  const kept = keptFlows(raw, model);
  const inputs = model.language === 'mql5' ? inputsOf(model) : [];
  const models = Object.keys(made.keys).length === 0 ? {} : { models: made.keys };
  if (kept.length === 0 && inputs.length === 0 && made.flows.length === 0) { return undefined; }
  return { flows: kept, keys: [], params: paramsOf(model, kept, raw), ...models, ...(inputs.length === 0 ? {} : { inputs }) };
}

function inputsOf(model: SourceModel): readonly string[] {
  return model.body.flatMap((statement) => {
    if (statement.kind !== 'assign' || (statement.storage !== 'input' && statement.storage !== 'sinput' && statement.storage !== 'extern')) { return []; }
    return statement.targets.flatMap((target) => (target.kind === 'name' ? [target.name] : []));
  });
}

/** True where the name of a place's root, unless it is a path, a literal or a file (or, with `keysOnly`, whatever it is), or one of its keys passes. */
function anyName(place: Place, passes: (name: string) => boolean, keysOnly = false): boolean {
  const [root] = place;
  if (!keysOnly && !startsWithOne(root, 'dpv') && passes(rootName(root))) { return true; }
  for (let i = 1; i < place.length; i++) { if (passes(place[i]!)) { return true; } }
  return false;
}

/** True for a root of one of these kinds: a letter and a blank. */
function startsWithOne(root: string, kinds: string): boolean {
  return root.charCodeAt(1) === 32 && kinds.includes(root.charAt(0));
}

function isFollowedFlow({ op, from, to }: RawFlow): boolean {
  if (anyName(from, isFollowed)) { return true; }
  if (to === undefined) { return false; }
  if (op === 'is' && !from[0].startsWith('v ') && anyName(to, mayBeForce)) { return true; }
  return anyName(to, mayBeLimit, startsWithOne(to[0], 'CMF'));
}

/** Flows of limits, and the way of the mappings they may be in. */
function keptFlows(raw: readonly RawFlow[], model: SourceModel): readonly SettingFlow[] {
  const holders = holdersOf(raw, model);
  const limits = limitRoots(raw);
  const seen = new Set<string>();
  const kept: SettingFlow[] = [];
  for (const flow of raw) {
    const limit = isFollowedFlow(flow) || limits.has(flow.from[0]);
    const literal = flow.from[0].startsWith('v ');
    if (!limit && flow.kept !== true && (literal || flow.from[0].startsWith('k ') || !isHeld(flow, holders))) { continue; }
    if (!limit && flow.from[0].startsWith('e')) { continue; }
    // A use that neither hands on nor compares counts once.
    const loads = flow.op === 'load';
    const key = `${flow.op} ${flow.from.length} ${limit || loads ? flow.at.start : 0} ${flow.from.join('\0')}\0${flow.to === undefined ? '' : flow.to.join('\0')}`;
    if (seen.has(key)) { continue; }
    seen.add(key);
    kept.push(finished(flow, limit || loads, model));
    if (kept.length >= MAX_FLOWS) { break; }
  }
  return kept;
}

/** Variables that are given a followed setting under another name: `limit = cfg["max_dd"]`. */
function limitRoots(raw: readonly RawFlow[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (let grown = true; grown;) {
    grown = false;
    for (const flow of raw) {
      const [to] = flow.to ?? [];
      if (to === undefined || flow.op !== 'is' || flow.to?.length !== 1 || !startsWithOne(to, 'la') || found.has(to)) { continue; }
      const last = flow.from[flow.from.length - 1] ?? '';
      if (flow.derived === true ? !found.has(flow.from[0]) && !isFollowed(flow.from.length > 1 ? last : '') : !(flow.from.length > 1 ? isFollowed(last) : found.has(flow.from[0]) || isFollowed(rootName(flow.from[0])))) { continue; }
      if (flow.from[0].startsWith('v ') || flow.from[0].startsWith('d ')) { continue; }
      found.add(to);
      grown = true;
    }
  }
  return found;
}

function isHeld(flow: RawFlow, holders: ReadonlySet<string>): boolean {
  const [root] = flow.from;
  if (root.startsWith('p ')) { return true; }
  if (holders.has(root)) { return true; }
  return flow.to !== undefined && holders.has(flow.to[0]) && (startsWithOne(root, 'cmrlanoy') || root === 'g') && flow.from.length <= 3;
}

/** Roots that may hold settings: by their name, and by what flows into them. */
function holdersOf(raw: readonly RawFlow[], model: SourceModel): ReadonlySet<string> {
  if (model.language === 'mql5') { return new Set(); }
  const used = new Set<string>();
  /** Root → what its value goes to. */
  const onwards = new Map<string, string[]>();
  for (const flow of raw) {
    if (flow.from.length > 1 || flow.op !== 'test') { used.add(flow.from[0]); }
    if ((flow.op !== 'is' && flow.op !== 'load') || flow.to === undefined || flow.derived === true) { continue; }
    const known = onwards.get(flow.from[0]);
    if (known === undefined) { onwards.set(flow.from[0], [flow.to[0]]); } else { known.push(flow.to[0]); }
  }
  // What is added while a set is gone through is gone through as well.
  const holders = new Set<string>();
  const take = (root: string): void => { if (root.startsWith('d ') || (startsWithOne(root, 'lancmr') && mayHoldSettings(rootName(root)))) { holders.add(root); } };
  for (const { from, to } of raw) {
    take(from[0]);
    if (to !== undefined) { take(to[0]); }
  }
  for (const holder of holders) {
    for (const next of onwards.get(holder) ?? []) { if (used.has(next) || next.startsWith('r ')) { holders.add(next); } }
  }
  return holders;
}

function finished(flow: RawFlow, placed: boolean, model: SourceModel): SettingFlow {
  const { at, kept: _kept, ...rest } = flow;
  if (!placed) { return rest.default === undefined ? rest : withoutDefault(rest); }
  const shown = flow.op === 'test' || flow.from.length > 1 || flow.default !== undefined;
  return { ...rest, range: rangeOf(model.source, at), ...(shown ? { text: shortened(model.source.text, at) } : {}) };
}

function withoutDefault({ default: _default, ...rest }: Omit<RawFlow, 'at'>): SettingFlow {
  return rest;
}

/** An expression in one line. */
function shortened(text: string, { start, end }: Span): string {
  const line = text.slice(start, Math.min(end, start + 200)).replace(/\s+/g, ' ');
  return line.length > MAX_TEXT ? `${line.slice(0, MAX_TEXT - 1)}…` : line;
}

/** Parameters of the functions whose parameters are followed. */
function paramsOf(model: SourceModel, kept: readonly SettingFlow[], raw: readonly RawFlow[]): Readonly<Record<string, readonly string[]>> {
  const followed = new Set<string>();
  for (const { from, to } of kept) {
    followed.add(from[0]);
    if (to !== undefined) { followed.add(to[0]); }
  }
  for (const { from } of raw) { if (from[0].startsWith('l ') && isFollowed(rootName(from[0]))) { followed.add(from[0]); } }
  const found: Record<string, readonly string[]> = {};
  for (const fn of model.functions) {
    if (fn.name === '' || fn.parameters.length === 0) { continue; }
    const listed = fn.parameters.map(({ name, rest }) => (rest === undefined && (followed.has(`l ${fn.qualifiedName} ${name}`) || isFollowed(name)) ? name : ''));
    const method = fn.class !== undefined && !isScript(model.language) && model.language !== 'mql5';
    if (listed.some((name) => name !== '')) { found[fn.qualifiedName] = method && !fn.decorators.some((one) => one.kind === 'name' && one.name === 'staticmethod') ? listed.slice(1) : listed; }
  }
  return found;
}

// ---------------------------------------------------------------------- settings

function ofSettings(model: SourceModel): SettingsSummary | undefined {
  const { text } = model.source;
  if (!isFollowed(text)) { return undefined; }
  const scalars = model.entries.filter((entry) => entry.shape === 'scalar');
  const keys = scalars.flatMap((entry): readonly SettingKey[] => {
    const path = entry.path.map(String);
    if (entry.keySpan === undefined || !path.some(isFollowed) || entry.text === '' || entry.text.length > 40) { return []; }
    return [{ path, text: entry.text, range: rangeOf(model.source, entry.valueSpan), whole: rangeOf(model.source, { start: Math.min(entry.start, entry.keySpan.start), end: Math.max(entry.end, entry.valueSpan.end) }) }];
  }).slice(0, MAX_KEYS);
  const uses = [...new Set([...text.matchAll(/\$\{?([A-Za-z_]\w{2,60})/g)].map((match) => match[1] ?? ''))].filter(mayBeLimit);
  if (keys.length === 0 && uses.length === 0) { return undefined; }
  const preset = isPreset(model.path) ? [...new Set(scalars.map((entry) => entry.key.split(',', 1)[0] ?? ''))].slice(0, MAX_KEYS) : undefined;
  return { flows: [], keys, params: {}, ...(preset === undefined ? {} : { preset }), ...(uses.length === 0 ? {} : { uses }) };
}

/** A file of inputs that MetaTrader reads: a preset, or the tester's settings. */
export function isPreset(path: string): boolean {
  return /\.set$/i.test(path);
}

/** True where two ranges meet. */
export function covers(outer: Range, line: number, column: number): boolean {
  if (line < outer.line || line > outer.endLine) { return false; }
  return (line > outer.line || column >= outer.column) && (line < outer.endLine || column <= outer.endColumn);
}
