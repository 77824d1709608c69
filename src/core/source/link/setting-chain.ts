/** The way of one setting through a project: where its value is written, what it goes through, where it is compared. */
import type { Range } from '../../findings/finding.ts';
import { mayBeLimit, rootName, type SettingKey } from '../settings/facts.ts';
import { covers } from '../settings/settings.ts';
import { contentOf, type SettingGraph, type SitedFlow, splitContent } from './setting-graph.ts';
import type { FileSummary } from './summary.ts';

/** A place of the chain. */
export interface ChainStep {
  readonly file: string;
  readonly range: Range;
  /** The value of a default or a key; the code of a read, an assignment, a comparison. */
  readonly text: string;
  /** The name it goes by there: `risk.max_dd`, `max_drawdown_pct`. */
  readonly name: string;
}

/** Everything known of one setting. */
export interface SettingChain {
  /** Names it goes by, the one that was asked for first. */
  readonly names: readonly string[];
  /** Names around it: keys and classes. */
  readonly outer: readonly string[];
  /** Values written in the code: fields, parameters, constants. */
  readonly constants: readonly ChainStep[];
  /** Keys of files, environment variables included. */
  readonly keys: readonly ChainStep[];
  /** Reads of a key, with what holds where it is missing. */
  readonly reads: readonly (ChainStep & { readonly default?: string })[];
  /** Where it is handed on. */
  readonly passes: readonly ChainStep[];
  readonly tests: readonly ChainStep[];
  /** Values handed to a constructor or a function in the code: they come before the constants. */
  readonly given: readonly ChainStep[];
}

/** Most places of one chain. */
const MAX_PLACES = 120;

interface Linked extends SitedFlow {
  readonly from: readonly string[];
  readonly to: readonly string[];
}

/** Chains of one state of a project. */
export class SettingChains {
  readonly #graph: SettingGraph;
  readonly #files: ReadonlyMap<string, FileSummary>;
  readonly #byFrom = new Map<string, Linked[]>();
  readonly #byTo = new Map<string, Linked[]>();
  readonly #byFile = new Map<string, Linked[]>();

  constructor(graph: SettingGraph, files: ReadonlyMap<string, FileSummary>) {
    this.#graph = graph;
    this.#files = files;
    for (const sited of graph.limitFlows) {
      const from = sited.flow.from[0].startsWith('v ') ? [] : graph.idsOf(sited.path, sited.flow.from);
      const linked: Linked = { ...sited, from, to: graph.targetsOf(sited) };
      for (const id of linked.from) { push(this.#byFrom, id, linked); }
      for (const id of linked.to) { push(this.#byTo, id, linked); }
      push(this.#byFile, sited.path, linked);
    }
  }

  /**
   * The chain of the setting at a place.
   * @param line and column 1-based, in UTF-16 units.
   * @param word the name under the cursor, where there is one: a comparison names several.
   */
  at(file: string, line: number, column: number, word: string): SettingChain | undefined {
    const key = this.#files.get(file)?.settings?.keys.find((one) => covers(one.whole, line, column));
    if (key !== undefined) { return this.#from([this.#contentOfKey(file, key)], key.path[key.path.length - 1] ?? '', file, key); }
    const here = (this.#byFile.get(file) ?? []).filter(({ flow }) => flow.range !== undefined && covers(flow.range, line, column));
    const named = here.filter(({ flow }) => namesOf(flow.from).includes(word) || (flow.to !== undefined && namesOf(flow.to).includes(word)));
    // The name of what is assigned stands beside the value.
    const beside = named.length > 0 || word === '' ? [] : [];
    const onLine = here.length > 0 ? [] : (this.#byFile.get(file) ?? []).filter(({ flow }) => flow.range !== undefined && flow.range.line === line && flow.to !== undefined && rootName(flow.to[0]) === word);
    const [flow] = [...(named.length > 0 ? named : /^[A-Za-z_]/.test(word) ? beside : here), ...onLine].sort((a, b) => size(a.flow.range!) - size(b.flow.range!));
    if (flow === undefined) { return undefined; }
    // On the value that is handed over, the value; on the name it gets, the name.
    const ids = flow.from.length > 0 && (flow.flow.to === undefined || namesOf(flow.flow.from).includes(word) || flow.to.length === 0) ? flow.from : flow.to;
    return this.#from(ids, word === '' ? namesOf(flow.flow.from)[0] ?? '' : word, file);
  }

  #contentOfKey(file: string, { path }: SettingKey): string {
    const summary = this.#files.get(file);
    if (summary?.language === 'dotenv') { return contentOf('#env', path); }
    const name = path[path.length - 1] ?? '';
    return summary?.settings?.preset === undefined ? contentOf(file, path) : `\n${name}`;
  }

  #from(anchors: readonly string[], name: string, file: string, key?: SettingKey): SettingChain | undefined {
    const start = anchors.flatMap((id) => (id.startsWith('\n') ? this.#inputs(id.slice(1)) : [id]));
    const above = this.#closure(start, (flow) => flow.from, this.#byTo, (flow) => flow.flow.derived !== true);
    const all = this.#closure([...above.ids], (flow) => flow.to, this.#byFrom, () => true);
    const ids = [...new Set([...above.ids, ...all.ids])];
    // From where it is written to where it is compared, whatever was pointed at.
    const sources = ids.filter((id) => (this.#byTo.get(id) ?? []).every((flow) => flow.from.length === 0));
    const ordered = this.#closure(sources, (flow) => flow.to, this.#byFrom, () => true).flows;
    const flows = [...new Set([...ordered, ...above.flows, ...all.flows])];
    return this.#told(flows, ids, name, key === undefined ? undefined : { file, key });
  }

  /** Nodes of inputs of this name. */
  #inputs(name: string): readonly string[] {
    return [...this.#files].flatMap(([path, { settings }]) => (settings?.inputs?.includes(name) === true ? [`${path}\nl  ${name}`] : []));
  }

  #closure(start: readonly string[], next: (flow: Linked) => readonly string[], by: ReadonlyMap<string, readonly Linked[]>, goesOn: (flow: Linked) => boolean): { readonly ids: ReadonlySet<string>; readonly flows: readonly Linked[] } {
    const ids = new Set(start);
    const flows: Linked[] = [];
    const queue = [...start];
    for (let id = queue.shift(); id !== undefined && flows.length < MAX_PLACES; id = queue.shift()) {
      for (const flow of by.get(id) ?? []) {
        if (flows.includes(flow)) { continue; }
        flows.push(flow);
        if (!goesOn(flow)) { continue; }
        for (const one of next(flow)) { if (!ids.has(one)) { ids.add(one); queue.push(one); } }
      }
    }
    return { ids, flows };
  }

  #told(flows: readonly Linked[], ids: readonly string[], name: string, anchor: { readonly file: string; readonly key: SettingKey } | undefined): SettingChain {
    const keys = this.#keysOf(ids);
    if (anchor !== undefined && !keys.some((one) => one.file === anchor.file && one.range.line === anchor.key.range.line)) { keys.unshift(stepOfKey(anchor.file, anchor.key)); }
    const constants: ChainStep[] = [];
    const given: ChainStep[] = [];
    const reads: (ChainStep & { default?: string })[] = [];
    const passes: ChainStep[] = [];
    const tests: ChainStep[] = [];
    const isContent = new Set(ids.filter((id) => this.#isContent(id)));
    for (const linked of flows) {
      const { flow, path } = linked;
      const step: ChainStep = { file: path, range: flow.range!, text: flow.text ?? '', name: nameOf(flow.from) };
      if (flow.op === 'test') { tests.push(step); continue; }
      if (flow.from[0].startsWith('v ')) {
        const constant = { ...step, text: flow.from[0].slice(2), name: flow.to === undefined ? '' : nameOf(flow.to) };
        (flow.op === 'pass' || isArgument(flow.to) ? given : constants).push(constant);
        continue;
      }
      if (isRead(flow.from) && (linked.from.some((id) => isContent.has(id)) || flow.default !== undefined)) {
        reads.push({ ...step, ...(flow.default === undefined ? {} : { default: flow.default }) });
      } else { passes.push({ ...step, name: flow.to === undefined ? step.name : nameOf(flow.to) }); }
    }
    const steps = [...keys, ...reads, ...constants, ...given, ...passes, ...tests];
    const names = [...new Set([name, ...keys.map((key) => key.name.slice(key.name.lastIndexOf('.') + 1)), ...steps.map((step) => step.name.slice(step.name.lastIndexOf('.') + 1))])].filter((one) => one !== '' && mayBeLimit(one));
    const outer = [...new Set(keys.flatMap((key) => key.name.split('.').slice(0, -1)))];
    return { names, outer, constants: once(constants), keys, reads: once(reads), passes: once(passes), tests: once(tests), given: once(given) };
  }

  #isContent(id: string): boolean {
    const { file } = splitContent(id);
    return file.startsWith('#') || (this.#files.get(file)?.settings?.keys.length ?? 0) > 0;
  }

  #keysOf(ids: readonly string[]): ChainStep[] {
    const found: ChainStep[] = [];
    for (const id of ids) {
      const { file, keys } = splitContent(id);
      if (file === '#env') {
        for (const [path, summary] of this.#files) { if (summary.language === 'dotenv') { for (const key of summary.settings?.keys ?? []) { if (key.path.join('\t') === keys.join('\t')) { found.push(stepOfKey(path, key)); } } } }
        continue;
      }
      for (const key of this.#files.get(file)?.settings?.keys ?? []) { if (key.path.join('\t') === keys.join('\t')) { found.push(stepOfKey(file, key)); } }
      const input = /^l {2}(\w+)$/.exec(keys.join('\t'))?.[1];
      if (input === undefined || this.#files.get(file)?.settings?.inputs?.includes(input) !== true) { continue; }
      for (const [path, { settings }] of this.#files) {
        if (settings?.preset === undefined) { continue; }
        for (const key of settings.keys) { if (key.path[key.path.length - 1] === input) { found.push(stepOfKey(path, { ...key, text: key.text.split('|', 1)[0] ?? key.text })); } }
      }
    }
    return once(found);
  }
}

function stepOfKey(file: string, key: SettingKey): ChainStep {
  return { file, range: key.range, text: key.text, name: key.path.join('.') };
}

function namesOf(place: readonly string[]): readonly string[] {
  const [root = '', ...keys] = place;
  return [...keys, ...(/^[vp] /.test(root) ? [] : [rootName(root)])];
}

function nameOf(place: readonly string[]): string {
  const [root = '', ...keys] = place;
  const first = /^[vpdeg]/.test(root) ? [] : [rootName(root)];
  return /^[CMF] /.test(root) ? keys.join('.') : [...first, ...keys].join('.');
}

/** A key is taken: the value is not only handed on. */
function isRead([root, ...keys]: readonly string[]): boolean {
  return keys.length > 0 || root === 'e';
}

function isArgument(to: readonly string[] | undefined): boolean {
  return to !== undefined && /^[CMF] /.test(to[0] ?? '');
}

function size(range: Range): number {
  return (range.endLine - range.line) * 1_000 + range.endColumn - range.column;
}

function once<T extends ChainStep>(steps: readonly T[]): T[] {
  const seen = new Set<string>();
  return steps.filter(({ file, range }) => {
    const key = `${file}:${String(range.line)}:${String(range.column)}`;
    return !seen.has(key) && seen.add(key);
  });
}

function push(lists: Map<string, Linked[]>, key: string, value: Linked): void {
  const list = lists.get(key);
  if (list === undefined) { lists.set(key, [value]); } else if (list.length < 200) { list.push(value); }
}
