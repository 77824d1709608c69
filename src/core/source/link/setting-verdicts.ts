/** What the graph of settings proves: a key that nobody reads, and a key that is read and not there. */
import type { Range, Related } from '../../findings/finding.ts';
import type { SettingKey } from '../settings/facts.ts';
import { mayBeLimit } from '../settings/facts.ts';
import { isPreset } from '../settings/settings.ts';
import { nearestKey } from '../settings/spelling.ts';
import { contentOf, type SettingGraph, type SitedFlow, splitContent } from './setting-graph.ts';
import type { FileSummary } from './summary.ts';

/** What the link step adds to a finding about a key. */
export interface SettingVerdict {
  readonly fill: Readonly<Record<string, string>>;
  readonly related: readonly Related[];
  /** The key that is read in its place, and where; a preset's input. */
  readonly instead?: { readonly key: string; readonly file: string; readonly range: Range };
}

/** A key that no program reads, with the proof. */
export interface UnreadKey {
  readonly key: SettingKey;
  readonly verdict: SettingVerdict;
}

/** A read of a key that looks like another one. */
interface Near extends SitedFlow {
  readonly keys: readonly string[];
}

export class SettingVerdicts {
  readonly #graph: SettingGraph;
  readonly #files: ReadonlyMap<string, FileSummary>;
  #contentReads: ReadonlyMap<string, readonly string[][]> | undefined;

  constructor(graph: SettingGraph, files: ReadonlyMap<string, FileSummary>) {
    this.#graph = graph;
    this.#files = files;
  }

  /** The proof that no program of the project reads a key, although one reads its file. */
  unread(file: string, keys: readonly string[]): SettingVerdict | undefined {
    const summary = this.#files.get(file);
    if (summary?.settings === undefined) { return undefined; }
    if (isPreset(file)) { return this.#unreadInput(summary, keys); }
    if (summary.language === 'dotenv') { return this.#unreadVariable(summary, keys); }
    const opened = this.#graph.loadsOf(file);
    const last = keys[keys.length - 1];
    if (opened.length === 0 || last === undefined || this.#isRead(file, keys)) { return undefined; }
    const reads = this.#readKeys(file).filter((read) => read.length > 0);
    // The file may be opened for something else: its own neighbours must be read by name.
    if (!reads.some((read) => read.length <= keys.length && read.slice(0, -1).every((key, i) => key === keys[i]))) { return undefined; }
    return told(keys, this.#near(file, keys, summary.settings.keys), opened[0]);
  }

  #isRead(file: string, keys: readonly string[]): boolean {
    const graph = this.#graph;
    const last = keys[keys.length - 1] ?? '';
    // A list's items go by number in the file and by a loop in the program.
    if (graph.readsOf(contentOf(file, keys)).length > 0 || graph.isOpen(file, keys) || graph.isLoose(last) || graph.isOpen('?', keys)) { return true; }
    return this.#readKeys('?').some((read) => read[read.length - 1] === last);
  }

  #readKeys(file: string): readonly (readonly string[])[] {
    if (this.#contentReads === undefined) {
      const found = new Map<string, string[][]>();
      for (const content of this.#graph.reads.keys()) {
        const { file: of, keys } = splitContent(content);
        const list = found.get(of);
        if (list === undefined) { found.set(of, [[...keys]]); } else { list.push([...keys]); }
      }
      this.#contentReads = found;
    }
    return this.#contentReads.get(file) ?? [];
  }

  /** The read that means this key in another spelling: of a key this file does not have. */
  #near(file: string, keys: readonly string[], present: readonly SettingKey[]): Near | undefined {
    const there = new Set(present.map(({ path }) => path.join('\t')));
    const missing = this.#readKeys(file).filter((read) => !there.has(read.join('\t')) && mayBeLimit(read[read.length - 1] ?? ''));
    const best = nearestKey(keys, missing);
    if (best === undefined) { return undefined; }
    const flows = this.#graph.readsOf(contentOf(file, best));
    const flow = flows.find((one) => one.flow.default !== undefined) ?? flows.find((one) => one.flow.range !== undefined) ?? flows[0];
    return flow === undefined ? undefined : { ...flow, keys: best };
  }

  /** A preset's key is an input's name, or MetaTrader leaves it out without a word. */
  #unreadInput(summary: FileSummary, keys: readonly string[]): SettingVerdict | undefined {
    const name = keys[keys.length - 1] ?? '';
    const preset = summary.settings?.preset ?? [];
    const experts = [...this.#files.values()].filter(({ settings }) => settings?.inputs !== undefined);
    const all = new Set(experts.flatMap(({ settings }) => settings?.inputs ?? []));
    if (all.has(name)) { return undefined; }
    // Most of the preset must be inputs of the project: else it belongs to an expert that is not here.
    const known = preset.filter((key) => all.has(key));
    if (known.length < 2 || known.length * 2 < preset.length) { return undefined; }
    const best = nearestKey([name], [...all].filter((input) => mayBeLimit(input) && !preset.includes(input)).map((input) => [input]));
    const owner = experts.find(({ settings }) => settings?.inputs?.includes(best?.[0] ?? '') === true);
    const flow = owner?.settings?.flows.find((one) => one.to?.[0] === `l  ${best?.[0] ?? ''}`);
    const sited = owner === undefined || flow === undefined ? undefined : { path: owner.path, flow };
    // Without a name that is nearly the same, the preset may be of another edition of the expert.
    if (best === undefined || sited === undefined) { return undefined; }
    const value = sited.flow.from[0].startsWith('v ') ? ` stays ${sited.flow.from[0].slice(2)}` : ' keeps its default';
    return { fill: { instead: `the input ${best[0] ?? ''} of ${placeText(sited)}${value}`, action: 'Rename the key.' }, related: relatedTo(sited, `the input ${best[0] ?? ''}`), ...insteadOf(best, sited) };
  }

  /** A variable of a `.env`: the shell and containers read it, too, so only a spelling that is read elsewhere proves anything. */
  #unreadVariable(summary: FileSummary, keys: readonly string[]): SettingVerdict | undefined {
    const name = keys[keys.length - 1] ?? '';
    const graph = this.#graph;
    const reads = this.#readKeys('#env').filter((read) => read.length === 1);
    if (graph.isOpen('#env', [name]) || graph.readsOf(contentOf('#env', [name])).length > 0 || graph.isLoose(name) || graph.isLoose(name.toLowerCase())) { return undefined; }
    for (const { settings } of this.#files.values()) { if (settings?.uses?.includes(name) === true) { return undefined; } }
    const there = new Set(summary.settings?.keys.map(({ path }) => path.join('\t')));
    const best = nearestKey([name], reads.filter(([read]) => read !== undefined && mayBeLimit(read) && !there.has(read)));
    const flows = best === undefined ? [] : graph.readsOf(contentOf('#env', best));
    const flow = flows.find((one) => one.flow.default !== undefined) ?? flows[0];
    return best === undefined || flow === undefined ? undefined : told([name], { ...flow, keys: best }, undefined);
  }

  /**
   * A key that a program asks for with a default, and that no file it can read has. Only where every file is known, and no
   * key of it that nobody reads says the same.
   */
  absent(path: string, index: number): SettingVerdict | undefined {
    const flow = this.#files.get(path)?.settings?.flows[index];
    if (flow === undefined || flow.default === undefined) { return undefined; }
    const contents = this.#graph.valuesOf(path, flow.from).map(splitContent);
    if (contents.length === 0) { return undefined; }
    const files = new Set<string>();
    for (const { file, keys } of contents) {
      const summary = this.#files.get(file);
      const inside = summary?.settings?.keys;
      if (summary === undefined || keys.length === 0 || /^[?#!@]/.test(file) || this.#graph.isOpen(file, keys)) { return undefined; }
      if (inside?.some((key) => key.path.length >= keys.length && keys.every((one, i) => one === key.path[i])) === true) { return undefined; }
      if (inside?.some((key) => nearestKey(key.path, [keys]) !== undefined && this.unread(file, key.path) !== undefined) === true) { return undefined; }
      files.add(file);
    }
    const [first] = contents;
    const [file] = files;
    if (first === undefined || file === undefined) { return undefined; }
    const near = nearestKey(first.keys, (this.#files.get(file)?.settings?.keys ?? []).map((key) => key.path));
    const key = near === undefined ? undefined : this.#files.get(file)?.settings?.keys.find((one) => one.path === near);
    return {
      fill: { file: files.size === 1 ? file : `${file} and ${String(files.size - 1)} more`, wanted: first.keys.join('.') },
      related: key === undefined ? [] : [{ file, range: key.range, message: `the nearest key of ${file}: ${key.path.join('.')}` }],
    };
  }
}

function told(keys: readonly string[], near: Near | undefined, opened: SitedFlow | undefined): SettingVerdict {
  if (near !== undefined) {
    const fallback = near.flow.default === undefined ? '' : ` and falls back to ${near.flow.default.replaceAll('_', '')}`;
    const action = near.keys.length === keys.length && near.keys.slice(0, -1).every((key, i) => key === keys[i]) ? 'Rename the key, or read it.' : 'Move the key, or read it.';
    return {
      fill: { instead: `${placeText(near)} reads ${near.keys.join('.')}${fallback}`, action },
      related: relatedTo(near, `reads ${near.keys.join('.')}`), ...insteadOf(near.keys, near),
    };
  }
  return {
    fill: { instead: `${opened === undefined ? 'the program' : placeText(opened)} opens this file and never asks for ${keys.join('.')}`, action: 'Read it, or remove the key.' },
    related: opened === undefined ? [] : relatedTo(opened, 'opens this file'),
  };
}

function insteadOf(keys: readonly string[], { path, flow }: SitedFlow): Pick<SettingVerdict, 'instead'> {
  return flow.range === undefined ? {} : { instead: { key: keys[keys.length - 1] ?? '', file: path, range: flow.range } };
}

function placeText({ path, flow }: SitedFlow): string {
  return flow.range === undefined ? path : `${path}:${String(flow.range.line)}`;
}

function relatedTo({ path, flow }: SitedFlow, message: string): readonly Related[] {
  return flow.range === undefined ? [] : [{ file: path, range: flow.range, message }];
}
