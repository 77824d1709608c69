/**
 * Which program reads which key of which configuration file: the content of every file that is opened is followed through
 * variables, attributes, results and parameters of the whole project.
 *
 * Content is `file\nkey\tkey`; a file nobody can name is `?`, the environment `#env`, the arguments of a command line `#args path`.
 */
import type { Language } from '../model.ts';
import type { Place, SettingFlow } from '../settings/facts.ts';
import type { ModuleIndex } from './modules.ts';
import type { Resolver } from './resolve.ts';
import { type Located, SettingPlaces, type Taking } from './setting-places.ts';
import type { FileSummary } from './summary.ts';

/** A flow and where it stands. */
export interface SitedFlow {
  readonly path: string;
  readonly flow: SettingFlow;
}

interface Node {
  /** Content of configuration, and paths (`p …`). */
  readonly values: Set<string>;
}

interface Prepared extends SitedFlow {
  readonly from: readonly Located[];
  readonly to: readonly string[];
  /** Of what is taken apart by keys: every key. */
  readonly taking?: readonly Taking[];
  queued: boolean;
}

const CONFIGS: ReadonlySet<Language> = new Set(['yaml', 'json', 'toml', 'ini', 'dotenv']);
/** Most things one node may hold. */
const MAX_VALUES = 60;
/** Objects in objects that are followed. */
const MAX_OBJECTS = 6;
/** Most steps of one search. */
const MAX_STEPS = 200_000;

export class SettingGraph {
  readonly places: SettingPlaces;
  readonly #files: ReadonlyMap<string, FileSummary>;
  readonly #nodes = new Map<string, Node>();
  readonly #prepared: Prepared[] = [];
  readonly #readers = new Map<string, Prepared[]>();
  readonly #byKey = new Map<string, Prepared[]>();
  readonly #attributes = new Map<string, string[]>();
  readonly #queue: Prepared[] = [];
  /** Content → flows that read exactly it. */
  readonly #reads = new Map<string, SitedFlow[]>();
  /** Content whose keys somebody unknown may read. */
  readonly #opened = new Set<string>();
  readonly #written = new Set<string>();
  readonly #loads = new Map<string, SitedFlow[]>();
  /** Keys that are read of nobody knows what. */
  readonly #loose = new Set<string>();
  #steps = 0;

  constructor(files: ReadonlyMap<string, FileSummary>, modules: ModuleIndex, resolver: Resolver) {
    this.#files = files;
    const returning = new Map<string, string[]>();
    const taking = new Map<string, { path: string; name: string }[]>();
    const globals = new Map<string, string[]>();
    for (const [path, { settings, language }] of files) {
      if (settings === undefined) { continue; }
      for (const name of Object.keys(settings.params)) { add(taking, name.slice(name.lastIndexOf('.') + 1), { path, name }); }
      for (const { from, to } of settings.flows) {
        if (to?.[0].startsWith('r ') === true) { addOnce(returning, to[0].slice(to[0].lastIndexOf('.') + 1).replace(/^r /, ''), `${path}\n${to[0]}`); }
        if (language !== 'mql5') { continue; }
        for (const root of [from[0], to?.[0] ?? '']) { if (root.startsWith('l  ')) { addOnce(globals, root.slice(3), `${path}\n${root}`); } }
      }
    }
    this.places = new SettingPlaces(files, modules, resolver, { returning, taking, attributes: this.#attributes, globals });
    for (const [path, { settings }] of files) { for (const flow of settings?.flows ?? []) { this.#prepare(path, flow); } }
    this.#run();
  }

  // ------------------------------------------------------------------- questions

  /** Flows that read exactly this content. */
  readsOf(content: string): readonly SitedFlow[] { return this.#reads.get(content) ?? []; }

  /** Flows that read a key of a file; of a preset, the input it sets. */
  readsOfKey(file: string, keys: readonly string[]): readonly SitedFlow[] {
    const summary = this.#files.get(file);
    const name = keys[keys.length - 1] ?? '';
    if (summary?.settings?.preset !== undefined) { return this.#readsOfInput(name); }
    return this.readsOf(contentOf(summary?.language === 'dotenv' ? '#env' : file, keys));
  }

  /** Flows that take an input of an expert, in its file and in those that include it. */
  #readsOfInput(name: string): readonly SitedFlow[] {
    const owners = [...this.#files].flatMap(([path, { settings }]) => (settings?.inputs?.includes(name) === true ? [`${path}\nl  ${name}`] : []));
    return owners.length === 0 ? [] : this.#prepared.filter(({ from }) => from.some(({ node, keys }) => keys.length === 0 && owners.includes(node)));
  }

  /** Content that is read, with who reads it. */
  get reads(): ReadonlyMap<string, readonly SitedFlow[]> { return this.#reads; }

  /** Where a file is opened by its name. */
  loadsOf(file: string): readonly SitedFlow[] { return this.#loads.get(file) ?? []; }

  /** True where somebody unknown may read (or write) the key. */
  isOpen(file: string, keys: readonly string[]): boolean {
    for (let length = 0; length <= keys.length; length++) {
      const content = contentOf(file, keys.slice(0, length));
      if (this.#opened.has(content) || this.#written.has(content)) { return true; }
    }
    return false;
  }

  /** Is a key of this name read of something unknown? */
  isLoose(key: string): boolean { return this.#loose.has(key); }

  /** Everything a place may hold. */
  valuesOf(path: string, place: Place): readonly string[] {
    return [...this.#evaluate(this.places.of(path, place), place)];
  }

  /** Everything one place is: contents of configuration, and the nodes it may stand for. */
  idsOf(path: string, place: Place): readonly string[] {
    const located = this.places.of(path, place);
    const ids = new Set([...this.#evaluate(located, place)].filter((value) => !value.startsWith('p ') && !value.startsWith('@')));
    for (const { node, keys } of located) { this.#nodesOf(node, keys, ids, 0); }
    return [...ids];
  }

  /** Flows of limits, with where each of them stands. */
  get limitFlows(): readonly SitedFlow[] {
    return this.#prepared.filter(({ flow, from }) => flow.range !== undefined && flow.op !== 'load' && flow.op !== 'fields' && (!flow.from[0].startsWith('k ') || this.#isFilled(from, flow.from)));
  }

  /** Does a mapping of a known file come to a model? */
  #isFilled(from: readonly Located[], place: Place): boolean {
    return [...this.#evaluate(from, place)].some((value) => !value.startsWith('?'));
  }

  /** The nodes an argument or an assignment goes to. */
  targetsOf({ path, flow }: SitedFlow): readonly string[] {
    if (flow.to === undefined) { return []; }
    if (flow.op === 'pass') { return this.places.parameters(path, flow.to) ?? []; }
    return flow.op === 'is' ? this.idsOf(path, flow.to) : [];
  }

  #nodesOf(node: string, keys: readonly string[], ids: Set<string>, depth: number): void {
    const [key, ...rest] = keys;
    if (node.startsWith('@')) {
      if (key !== undefined && depth < MAX_OBJECTS) { this.#nodesOf(this.places.attributeOf(node, key), rest, ids, depth + 1); }
      return;
    }
    ids.add([node, ...keys].join('\t'));
    if (key === undefined) { return; }
    for (const value of this.#nodes.get(node)?.values ?? []) { if (value.startsWith('@')) { this.#nodesOf(value.slice(0, -1), keys, ids, depth + 1); } }
    // An object nobody knows: the one attribute of that name in the project.
    const last = keys[keys.length - 1]!;
    const known = this.#attributes.get(last) ?? [];
    if (known.length === 1 && known[0] !== undefined) { ids.add(known[0]); }
  }

  // ------------------------------------------------------------------ propagation

  #prepare(path: string, flow: SettingFlow): void {
    const from = this.places.of(path, flow.from);
    const taking = flow.op === 'fields' && flow.to !== undefined ? this.places.models(path, flow.to) : undefined;
    const to = taking?.map(({ node }) => node) ?? (flow.to === undefined || flow.op === 'fields' ? [] : this.#targets(path, flow));
    const one: Prepared = { path, flow, from, to, queued: false, ...(taking === undefined ? {} : { taking }) };
    this.#prepared.push(one);
    for (const { node } of from) { add(this.#readers, node, one); }
    if (!/^[dpv] /.test(flow.from[0])) { for (const key of flow.from.slice(1)) { add(this.#byKey, key, one); } }
    for (const node of to) {
      const attribute = /\na \S+ (\S+?)(?:\t|$)/.exec(node)?.[1];
      if (attribute !== undefined) { addOnce(this.#attributes, attribute, node.split('\t')[0] ?? node); }
    }
  }

  #targets(path: string, flow: SettingFlow): readonly string[] {
    const to = flow.to!;
    if (flow.op === 'pass') { return this.places.parameters(path, to) ?? []; }
    return this.places.of(path, to).map(({ node, keys }) => [node, ...keys].join('\t'));
  }

  #run(): void {
    this.#hold('e', contentOf('#env', []));
    for (const one of this.#prepared) {
      const [root] = one.flow.from;
      if (root === 'g') { this.#hold(`${one.path}\ng`, contentOf(`#args ${one.path}`, [])); }
      // An object is there from the start; nothing else sets it off.
      if (one.from.some(({ node }) => node.startsWith('@'))) { this.#enqueue(one); }
      if (root.startsWith('p ')) { this.#hold(`${one.path}\n${root}`, root); }
      for (const { file, node } of this.#importedFiles(one)) {
        this.#hold(node, contentOf(file, []));
        addOnce(this.#loads, file, one);
      }
    }
    this.#settle();
    // A load whose path nobody knows could open any file; so could what is taken apart and nobody knows.
    for (const one of this.#prepared) {
      if ((one.flow.op === 'load' || one.taking !== undefined) && this.#evaluate(one.from, one.flow.from).size === 0) { for (const node of one.to) { this.#hold(node, contentOf('?', [])); } }
    }
    this.#settle();
    for (const one of this.#prepared) { this.#note(one); }
  }

  /** `import config from './config.json'`. */
  #importedFiles({ path, flow }: Prepared): readonly { readonly file: string; readonly node: string }[] {
    const [root] = flow.from;
    if (!root.startsWith('n ')) { return []; }
    const found = this.#files.get(path)?.imports.find((one) => one.alias === root.slice(2) && /\.json5?$/.test(one.module));
    const file = found === undefined ? undefined : this.#fileNamed(path, `${found.level > 1 ? '../'.repeat(found.level - 1) : './'}${found.module}`);
    return file === undefined ? [] : [{ file, node: `${path}\n${root}` }];
  }

  #settle(): void {
    for (let one = this.#queue.pop(); one !== undefined; one = this.#queue.pop()) {
      one.queued = false;
      if (++this.#steps > MAX_STEPS) { this.#queue.length = 0; return; }
      this.#step(one);
    }
  }

  #step(one: Prepared): void {
    const { flow, path } = one;
    if (flow.op !== 'is' && flow.op !== 'pass' && flow.op !== 'load' && flow.op !== 'fields') { return; }
    for (const value of this.#evaluate(one.from, flow.from)) {
      if (flow.op !== 'load') { if (flow.derived !== true) { for (const node of one.to) { this.#hold(node, value); } } continue; }
      if (!value.startsWith('p ')) { continue; }
      const file = this.#fileNamed(path, value.slice(2));
      if (file !== undefined) { addOnce(this.#loads, file, one); }
      for (const node of one.to) { this.#hold(node, contentOf(file ?? (value === 'p ?' ? '?' : `!${value.slice(2)}`), [])); }
    }
  }

  #hold(node: string, value: string): void {
    let held = this.#nodes.get(node);
    if (held === undefined) { held = { values: new Set() }; this.#nodes.set(node, held); }
    if (held.values.has(value) || held.values.size >= MAX_VALUES) { return; }
    held.values.add(value);
    const base = node.split('\t')[0] ?? node;
    for (const reader of this.#readers.get(base) ?? []) { this.#enqueue(reader); }
    const attribute = /\na \S+ (\S+)$/.exec(base)?.[1];
    if (attribute !== undefined) { for (const reader of this.#byKey.get(attribute) ?? []) { this.#enqueue(reader); } }
  }

  #enqueue(one: Prepared): void {
    if (one.queued) { return; }
    one.queued = true;
    this.#queue.push(one);
  }

  #evaluate(from: readonly Located[], place: Place): ReadonlySet<string> {
    const found = new Set<string>();
    for (const { node, keys } of from) { this.#take(node, keys, found); }
    if (found.size > 0 || place.length === 1 || place[0].startsWith('k ')) { return found; }
    // `strategy.config["risk"]` of an object nobody knows: any attribute of that name.
    place.slice(1).forEach((key, i) => { for (const node of this.#attributes.get(key) ?? []) { this.#take(node, place.slice(i + 2), found); } });
    return found;
  }

  #take(node: string, keys: readonly string[], found: Set<string>, depth = 0): void {
    if (node.startsWith('@')) {
      const [key, ...rest] = keys;
      if (key === undefined) { found.add(`${node}\n`); } else if (depth < MAX_OBJECTS) { this.#take(this.places.attributeOf(node, key), rest, found, depth + 1); }
      return;
    }
    let at = node;
    for (let taken = 0; ; taken++) {
      for (const value of this.#nodes.get(at)?.values ?? []) {
        const rest = keys.slice(taken);
        if (value.startsWith('@') && rest.length > 0) { this.#take(value.slice(0, -1), rest, found, depth + 1); continue; }
        if (!value.startsWith('p ')) { found.add(rest.length === 0 ? value : extended(value, rest)); } else if (rest.length === 0) { found.add(value); }
      }
      if (taken >= keys.length) { return; }
      at = `${at}\t${keys[taken]}`;
    }
  }

  /** What a flow tells once everything has settled. */
  #note(one: Prepared): void {
    const { flow } = one;
    const values = [...this.#evaluate(one.from, flow.from)].filter((value) => !value.startsWith('p '));
    const lost = flow.op === 'open' || (flow.op === 'fields' && one.to.length === 0) || (flow.op === 'pass' && one.to.length === 0);
    for (const value of values) {
      add(this.#reads, value, one);
      // A model that nobody knows what it is filled from opens no file of its own.
      if (lost && !((flow.op === 'fields' || flow.from[0].startsWith('k ')) && value.startsWith('?'))) { this.#opened.add(value); }
      if (flow.op === 'write') { this.#written.add(value); }
      for (const { keys } of one.taking ?? []) { for (const key of keys) { add(this.#reads, extended(value, [key]), one); } }
    }
    if (flow.op === 'is' && flow.to !== undefined && one.to.length > 0 && flow.to.length > 1) {
      // Something is put under a key of what a file holds.
      const [root, ...keys] = flow.to;
      for (const value of this.#evaluate(this.places.of(one.path, [root]), [root])) { if (!value.startsWith('p ')) { this.#written.add(extended(value, keys)); } }
    }
    if (values.length === 0 && flow.from.length > 1 && !/^[pvk] /.test(flow.from[0])) { for (const key of flow.from.slice(1)) { this.#loose.add(key); } }
  }

  /** The configuration file a path in a program means; undefined where there is none or two are as good. */
  #fileNamed(importer: string, written: string): string | undefined {
    const text = written.replaceAll('\\', '/').replace(/^\.\//, '');
    const folder = importer.includes('/') ? importer.slice(0, importer.lastIndexOf('/')) : '';
    const near = normal(folder === '' ? text : `${folder}/${text}`);
    for (const path of [near, normal(text)]) { const file = this.#files.get(path); if (file !== undefined && CONFIGS.has(file.language)) { return path; } }
    const plain = text.replace(/^(?:\.\.\/)+/, '').replace(/^\//, '');
    const ends = [...this.#files].filter(([path, { language }]) => CONFIGS.has(language) && path.endsWith(`/${plain}`)).map(([path]) => path);
    if (ends.length <= 1) { return ends[0]; }
    // The nearest one above or beside the program.
    const above = ends.filter((path) => folder.startsWith(path.slice(0, path.length - plain.length).replace(/\/$/, '')));
    return above.length === 1 ? above[0] : undefined;
  }
}

function normal(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') { parts.pop(); } else if (part !== '' && part !== '.') { parts.push(part); }
  }
  return parts.join('/');
}

/** Content of a file as one text. */
export function contentOf(file: string, keys: readonly string[]): string {
  return `${file}\n${keys.join('\t')}`;
}

function extended(content: string, keys: readonly string[]): string {
  return content.endsWith('\n') ? `${content}${keys.join('\t')}` : `${content}\t${keys.join('\t')}`;
}

/** File and keys of a content. */
export function splitContent(content: string): { readonly file: string; readonly keys: readonly string[] } {
  const at = content.indexOf('\n');
  const keys = content.slice(at + 1);
  return { file: content.slice(0, at), keys: keys === '' ? [] : keys.split('\t') };
}

function add<V>(lists: Map<string, V[]>, key: string, value: V): void {
  const list = lists.get(key);
  if (list === undefined) { lists.set(key, [value]); } else { list.push(value); }
}

function addOnce<V>(lists: Map<string, V[]>, key: string, value: V): void {
  if (lists.get(key)?.includes(value) !== true) { add(lists, key, value); }
}
