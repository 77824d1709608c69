/** What goes on between files beside calls: settings on their way into programs, and values that are handed over. Made when somebody asks, and again after a change. */
import type { Related } from '../../findings/finding.ts';
import type { Condition } from '../../rules/condition.ts';
import { covers } from '../settings/settings.ts';
import { HandedValues } from './handed.ts';
import type { ModuleIndex } from './modules.ts';
import type { Resolver } from './resolve.ts';
import { type SettingChain, SettingChains } from './setting-chain.ts';
import { SettingGraph } from './setting-graph.ts';
import { SettingVerdicts, type UnreadKey } from './setting-verdicts.ts';
import type { FileSummary } from './summary.ts';

/** What the link step adds to a finding: fills of its message, and related places. */
export interface Told {
  readonly fill?: Readonly<Record<string, string>>;
  readonly related: readonly Related[];
}

export class Between {
  readonly #files: ReadonlyMap<string, FileSummary>;
  readonly #modules: ModuleIndex;
  readonly #resolver: Resolver;
  readonly #isCode: (path: string) => boolean;
  #settings: SettingGraph | undefined;
  #verdicts: SettingVerdicts | undefined;
  #chains: SettingChains | undefined;
  #handed: HandedValues | undefined;

  constructor(files: ReadonlyMap<string, FileSummary>, modules: ModuleIndex, resolver: Resolver, isCode: (path: string) => boolean) {
    this.#files = files;
    this.#modules = modules;
    this.#resolver = resolver;
    this.#isCode = isCode;
  }

  forget(): void {
    this.#settings = undefined;
    this.#verdicts = undefined;
    this.#chains = undefined;
    this.#handed = undefined;
  }

  /** Who reads which key of which file. */
  settings(): SettingGraph {
    this.#settings ??= new SettingGraph(this.#files, this.#modules, this.#resolver);
    return this.#settings;
  }

  /** As in `SettingChains.at`. */
  settingAt(path: string, line: number, column: number, word: string): SettingChain | undefined {
    this.#chains ??= new SettingChains(this.settings(), this.#files);
    return this.#chains.at(path, line, column, word);
  }

  /** The key of a file of settings at a place, if it is proven that no program reads it. */
  unreadAt(path: string, line: number, column: number): UnreadKey | undefined {
    const key = this.#files.get(path)?.settings?.keys.find((one) => covers(one.whole, line, column));
    const verdict = key === undefined ? undefined : this.verdicts().unread(path, key.path);
    return key === undefined || verdict === undefined ? undefined : { key, verdict };
  }

  verdicts(): SettingVerdicts {
    this.#verdicts ??= new SettingVerdicts(this.settings(), this.#files);
    return this.#verdicts;
  }

  /** The place where a handed value is put to the use that is asked for. */
  handed(path: string, condition: Condition & { readonly kind: 'handed' }): Told | undefined {
    this.#handed ??= new HandedValues(this.#files, this.#resolver, this.#isCode);
    const end = this.#handed.ends(path, condition);
    return end === undefined ? undefined : { related: [end] };
  }

  /** A place that a rule noted, and that a value of the key comes to; `holds` decides what the place itself hangs on. */
  used(path: string, { topic, key }: Condition & { readonly kind: 'used' }, holds: (by: string, when: Condition | undefined) => boolean): Told | undefined {
    for (const { path: by, flow } of this.settings().readsOfKey(path, key)) {
      const { range } = flow;
      const use = range === undefined ? undefined : this.#files.get(by)?.facts?.find((fact) => (
        fact.kind === 'use' && fact.topic === topic && covers(fact.range, range.line, range.column) && covers(fact.range, range.endLine, range.endColumn)));
      if (use?.kind === 'use' && holds(by, use.when)) { return { related: [{ file: by, range: use.range, message: 'and is used here' }] }; }
    }
    return undefined;
  }
}
