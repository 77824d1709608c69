/**
 * The link step: decides what one file cannot know, from summaries alone.
 *
 * A changed summary forgets only what hangs on it. While the structure of the project stays (classes, names, imports),
 * only calls of the changed file are resolved again; a change of findings forgets nothing.
 */
import type { Finding, Range, Related } from '../../findings/finding.ts';
import type { PendingFinding } from '../../rules/pending.ts';
import type { Condition } from '../../rules/condition.ts';
import type { FileFacts } from '../../rules/rule.ts';
import { fitMessage } from '../../rules/message.ts';
import { fileRole } from '../../workspace/discovery.ts';
import type { EntryClass } from '../model.ts';
import { distinctiveHandler } from '../frameworks/tables.ts';
import { isScript, languageOf } from '../languages.ts';
import { Between, type Told } from './between.ts';
import { coverageOf, type ProjectCoverage } from './coverage.ts';
import { sameFindings, structureOf } from './differences.ts';
import { entriesOf, type Entry } from './entries.ts';
import { polledNames } from './polls.ts';
import { isIncludable, OUTSIDE } from './includes.ts';
import { answerByNames } from './named-facts.ts';
import { interfaceOf } from './interface-hash.ts';
import { ModuleIndex } from './modules.ts';
import { CallGraph, MAX_EDGES, nameOf, pathOf, pathText, type Following, type Reach, type Step } from './reach.ts';
import { Resolver } from './resolve.ts';
import type { SettingChain } from './setting-chain.ts';
import type { SettingGraph } from './setting-graph.ts';
import type { UnreadKey } from './setting-verdicts.ts';
import type { FileSummary } from './summary.ts';
import { neighbourhood, TradingFiles } from './trading.ts';
import { nodeKey, type FunctionNode } from './values.ts';

/** A call in a handler's file that leads to a finding in another file. */
export interface Trace {
  readonly range: Range;
  readonly finding: Finding;
}

/** What a new summary changed for others. */
export interface LinkChange {
  readonly interfaceChanged: boolean;
  readonly findingsChanged: boolean;
}

export interface LinkerOptions {
  /** True while files are still to be read: what nobody reads so far may be read in one of them. */
  isPartial?(): boolean;
  /** What a file is, by its path; `fileRole` unless a test says otherwise. */
  role?(path: string): FileFacts['role'];
  /** Most call edges one question may follow. */
  readonly maxEdges?: number;
}

/** The nearest handler's way to the place of a finding, and what that handler is called for. */
interface Way {
  readonly step: Step;
  readonly entry: EntryClass;
  /** The handler is of a class in which the finding is information. */
  readonly lesser?: true;
}

/** What a handler of each class handles, as a sentence names one of them. */
const EVENTS: Readonly<Record<EntryClass, string>> = {
  tick: 'tick', bar: 'bar', order: 'order event', timer: 'timer event', message: 'message', init: 'start', ui: 'click', none: 'call',
};

type Reachable = Condition & { readonly kind: 'reachable' };
type Answer = { readonly holds: true; readonly way?: Way; readonly told?: Told } | { readonly holds: false; readonly undecided?: boolean };

/** Longest message a finding may have. */
const MAX_MESSAGE = 200;

export class Linker {
  readonly #files = new Map<string, FileSummary>();
  /** Hash of what a file says to others, of those that were replaced. */
  readonly #interfaces = new Map<string, string>();
  readonly #modules = new ModuleIndex();
  readonly #resolver = new Resolver(this.#files, this.#modules);
  readonly #graph = new CallGraph(this.#resolver);
  readonly #role: (path: string) => FileFacts['role'];
  readonly #maxEdges: number;
  readonly #partial: () => boolean;
  /** Entries made by each file, wherever they stand. */
  readonly #made = new Map<string, readonly Entry[]>();
  #entries: ReadonlyMap<string, readonly Entry[]> | undefined;
  /** `entry unguarded within thread` → file → what its handlers reach. */
  readonly #reaches = new Map<string, Map<string, Reach>>();
  /** `entry unguarded within thread` → what all handlers reach, each function from the nearest one. */
  readonly #nearest = new Map<string, Reach>();
  #trading: TradingFiles | undefined;
  readonly #between: Between;
  #tradingScripts: boolean | undefined;
  readonly #undecided = new Map<string, number>();

  constructor(options: LinkerOptions = {}) {
    const roles = new Map<string, FileFacts['role']>();
    // Asked several times of every file, and answered by its path alone.
    this.#role = options.role ?? ((path) => {
      const role = roles.get(path) ?? fileRole(path);
      roles.set(path, role);
      return role;
    });
    this.#between = new Between(this.#files, this.#modules, this.#resolver, (path) => this.#role(path) === 'code');
    this.#partial = options.isPartial ?? (() => false);
    this.#maxEdges = options.maxEdges ?? MAX_EDGES;
  }

  /** Questions that were left open because a search met its bound, as of each file's last decision. */
  get undecided(): number {
    let sum = 0;
    for (const count of this.#undecided.values()) { sum += count; }
    return sum;
  }

  /** Paths of all known files. */
  files(): readonly string[] {
    return [...this.#files.keys()];
  }

  /** Includes of MQL5 files that lead nowhere, of some files or of all. */
  openIncludes(paths: Iterable<string> = this.#files.keys()): readonly { readonly importer: string; readonly module: string; readonly level: number }[] {
    const open = [];
    for (const importer of paths) {
      if (!isIncludable(importer)) { continue; }
      for (const { name, module, level } of this.#files.get(importer)?.imports ?? []) {
        if (name === '*' && this.#modules.resolve(importer, module, level) === undefined) { open.push({ importer, module, level }); }
      }
    }
    return open;
  }

  summary(path: string): FileSummary | undefined {
    return this.#files.get(path);
  }

  /** Takes a file in, or replaces its summary. */
  set(summary: FileSummary): LinkChange {
    const { path } = summary;
    const before = this.#files.get(path);
    this.#files.set(path, summary);
    if (before !== undefined) { this.#resolver.drop(before); }
    const interfaceChanged = before === undefined || this.#interfaceMoved(before, summary);
    const findingsChanged = before === undefined || !sameFindings(before, summary);
    const isNew = this.#modules.add(path, summary.aliases);
    // Its places are told as they stand, so moved lines count, too.
    if (before?.settings !== undefined || summary.settings !== undefined) { this.#between.forget(); }
    // The same interface on other lines changes no answer: places are looked up when a finding is told.
    if (!interfaceChanged) { return { interfaceChanged, findingsChanged }; }
    if (isNew || before === undefined || structureOf(before) !== structureOf(summary)) { this.#forgetAll(); } else { this.#forgetCalls(path); this.#forgetTrading(); }
    return { interfaceChanged, findingsChanged };
  }

  /** Whether a summary says something else to other files than the one before it. */
  #interfaceMoved(before: FileSummary, summary: FileSummary): boolean {
    const known = this.#interfaces.get(before.path) ?? interfaceOf(before);
    const now = interfaceOf(summary);
    this.#interfaces.set(summary.path, now);
    return known !== now;
  }

  /** @returns true if the file was known: then other files may be decided differently. */
  delete(path: string): boolean {
    const before = this.#files.get(path);
    if (before === undefined) { return false; }
    this.#files.delete(path);
    this.#interfaces.delete(path);
    this.#undecided.delete(path);
    this.#resolver.drop(before);
    this.#modules.delete(path);
    this.#forgetAll();
    return true;
  }

  /**
   * The findings of a file as they stand now: conditions decided, `{handler}`, `{event}` and `{path}` filled, the call path added
   * as related places, then a finding for each comment that silences nothing.
   */
  decide(path: string): readonly PendingFinding[] {
    const file = this.#files.get(path);
    if (file === undefined) { return []; }
    const decided: PendingFinding[] = [];
    const used = new Set<number>();
    let undecided = 0;
    for (const pending of file.findings) {
      const answer = this.#answer(path, pending.when);
      const { suppressed } = pending;
      // A comment on an open question may be needed: it is not called unused.
      if (suppressed?.suppression !== undefined && (answer.holds || answer.undecided === true)) { used.add(suppressed.suppression); }
      if (answer.holds) { decided.push(this.#settled(pending, answer.way, answer.told)); } else if (answer.undecided === true) { undecided++; }
    }
    this.#undecided.set(path, undecided);
    file.suppressions.forEach((suppression, i) => {
      if (!used.has(i)) { decided.push({ finding: suppression.unused, fixes: [] }); }
    });
    return decided;
  }

  /** Calls in this file through which its handlers reach findings in other files; silenced findings are left out. */
  traces(path: string): readonly Trace[] {
    const traces: Trace[] = [];
    const seen = new Set<Finding>();
    for (const entry of this.#entryClassesIn(path)) {
      for (const unguarded of [true, false]) {
        const reach = this.#reach(path, entry, { unguarded });
        for (const step of reach.steps.values()) {
          if (step.function.path === path) { continue; }
          for (const pending of this.#files.get(step.function.path)?.findings ?? []) {
            if (pending.suppressed !== undefined || seen.has(pending.finding)) { continue; }
            const asked = askedOf(pending.when, step.function, entry, unguarded);
            if (asked === undefined || !this.#answer(step.function.path, pending.when).holds) { continue; }
            if (asked.within !== undefined && !this.#reach(path, entry, asked).steps.has(step.function.key)) { continue; }
            const call = this.#firstCallOut(step, path);
            if (call === undefined) { continue; }
            seen.add(pending.finding);
            traces.push({ range: call, finding: this.#settled(pending, wayOf(asked, step, entry)).finding });
          }
        }
      }
    }
    return traces.sort((a, b) => a.range.line - b.range.line || a.range.column - b.range.column);
  }

  /** Files whose handlers reach functions of this file: their traces may change with its findings. */
  callers(path: string): readonly string[] {
    const found = new Set<string>();
    for (const file of this.#allEntries().keys()) {
      if (file === path) { continue; }
      for (const entry of this.#entryClassesIn(file)) {
        if (this.#reach(file, entry, { unguarded: false }).files.has(path)) { found.add(file); break; }
      }
    }
    return [...found];
  }

  /** Order sites and the protections before each, worked out anew. */
  coverage(): ProjectCoverage {
    return coverageOf({
      files: this.#files, resolver: this.#resolver, graph: this.#graph, entries: this.#allEntries(), isCode: (path) => this.#role(path) === 'code',
    });
  }

  // ------------------------------------------------------------------- conditions

  #answer(path: string, condition: Condition | undefined): Answer {
    if (condition === undefined) { return { holds: true }; }
    switch (condition.kind) {
      case 'trading':
        return { holds: condition.said === true ? this.#tradingFiles().mayTrade(path) : this.#isTrading(path) };
      case 'without':
        return { holds: !neighbourhood(path, condition.among, this.#files, this.#modules).some((other) => this.#files.get(other)?.roles.includes(condition.role)) };
      case 'extends':
        return { holds: this.#extends(path, condition.class, condition.role) };
      case 'reachable':
        return this.#reachable(path, condition);
      case 'unread':
        return this.#partial() ? { holds: false, undecided: true } : this.#told(this.#between.verdicts().unread(path, condition.key));
      case 'absent':
        return this.#partial() ? { holds: false, undecided: true } : this.#told(this.#between.verdicts().absent(path, condition.flow));
      case 'handed':
        return this.#partial() ? { holds: false, undecided: true } : this.#told(this.#between.handed(path, condition));
      case 'named': case 'lacking':
        return this.#partial() ? { holds: false, undecided: true } : this.#told(answerByNames(path, condition, this.#files));
      case 'used':
        return this.#partial() ? { holds: false, undecided: true } : this.#told(this.#between.used(path, condition, (by, when) => this.#answer(by, when).holds));
      case 'all': {
        let holding: Answer = { holds: true };
        for (const part of condition.of) {
          const answer = this.#answer(path, part);
          if (!answer.holds) { return answer; }
          if (answer.way !== undefined || answer.told !== undefined) { holding = answer; }
        }
        return holding;
      }
    }
  }

  #told(told: Told | undefined): Answer { return told === undefined ? { holds: false } : { holds: true, told }; }

  /** Who reads which key of which file. */
  settings(): SettingGraph {
    return this.#between.settings();
  }

  /** The way of the setting at a place, 1-based; `word` is the name under the cursor. */
  settingAt(path: string, line: number, column: number, word: string): SettingChain | undefined {
    return this.#between.settingAt(path, line, column, word);
  }

  /** The key at a place that no program reads; undefined while files are still to be read. */
  unreadAt(path: string, line: number, column: number): UnreadKey | undefined {
    return this.#partial() ? undefined : this.#between.unreadAt(path, line, column);
  }

  #isTrading(path: string): boolean {
    return this.#tradingFiles().has(path);
  }

  #tradingFiles(): TradingFiles {
    return this.#trading ??= new TradingFiles(this.#files, this.#modules, (file) => this.#isRoot(file), (file) => this.#role(file) === 'code');
  }

  #forgetTrading(): void {
    this.#trading = undefined;
    this.#tradingScripts = undefined;
  }

  /** A file with a strategy or a handler. */
  #isRoot(path: string): boolean {
    const handlers = this.#allEntries().get(path) ?? [];
    const script = isScript(languageOf(path));
    if (script ? handlers.some(isMarketEntry) && this.#scriptsTrade() : handlers.some(({ entry }) => entry !== 'init')) { return true; }
    for (const cls of this.#files.get(path)?.plain === true ? [] : this.#resolver.index(path)?.classes.values() ?? []) {
      if (this.#resolver.ancestry(cls).frameworks.length > 0) { return true; }
    }
    return false;
  }

  /**
   * Whether the scripts of the project trade at all: timers, messages and even ticks are everywhere on the web. An import of a
   * trading package, an order, a stream of prices or a handler nobody else calls so tells.
   */
  #scriptsTrade(): boolean {
    this.#tradingScripts ??= [...this.#files.values()].some((file) => isScript(file.language) && this.#role(file.path) === 'code'
      && (file.roles.some((role) => role === 'framework' || role === 'data.stream' || role.startsWith('order.'))
        || (this.#allEntries().get(file.path) ?? []).some((entry) => distinctiveHandler(entry.function.summary.name) !== undefined)));
    return this.#tradingScripts;
  }

  #extends(path: string, name: string, role: string): boolean {
    const cls = this.#resolver.class(path, name);
    if (cls === undefined) { return false; }
    // Every strategy is an actor of its framework, too.
    return this.#resolver.ancestry(cls).frameworks.some((framework) => framework.role === role || (role === 'actor' && framework.role === 'strategy'));
  }

  #reachable(path: string, condition: Reachable): Answer {
    const key = nodeKey(path, condition.function);
    let best: Way | undefined;
    let open = false;
    for (const entries of [condition.entry, condition.lesser ?? []]) {
      for (const entry of best === undefined ? entries : []) {
        const reach = this.#nearestOf(entry, condition);
        const step = reach.steps.get(key);
        if (step !== undefined && (best === undefined || step.length < best.step.length)) { best = wayOf(condition, step, entry); }
        open ||= reach.truncated;
      }
    }
    return best === undefined ? { holds: false, undecided: open } : { holds: true, way: best };
  }

  /** The nearest handler's way to every function, over all files. */
  #nearestOf(entry: EntryClass, following: Following): Reach {
    const key = reachKey(entry, following);
    let reach = this.#nearest.get(key);
    if (reach === undefined) {
      const files = [...this.#allEntries()].sort(([a], [b]) => (a < b ? -1 : 1));
      const handlers = files.flatMap(([, entries]) => entries.filter((one) => one.entry === entry).map((one) => one.function));
      reach = this.#graph.reach(handlers, following, this.#maxEdges);
      this.#nearest.set(key, reach);
    }
    return reach;
  }

  // ---------------------------------------------------------------------- entries

  /** Entries by the file they stand in. Tests, vendored and archived files neither have nor make any. */
  #allEntries(): ReadonlyMap<string, readonly Entry[]> {
    if (this.#entries !== undefined) { return this.#entries; }
    const entries = new Map<string, Entry[]>();
    const polled = polledNames(this.#files, (path) => this.#role(path) === 'code');
    for (const [path, file] of this.#files) {
      if (file.plain === true || (file.functions.length === 0 && file.classes.length === 0) || this.#role(path) !== 'code') { continue; }
      let made = this.#made.get(path);
      if (made === undefined) {
        made = entriesOf(this.#resolver, file, polled);
        this.#made.set(path, made);
      }
      for (const entry of made) {
        const { path: home } = entry.function;
        if (this.#role(home) !== 'code') { continue; }
        const list = entries.get(home);
        if (list === undefined) { entries.set(home, [entry]); } else { list.push(entry); }
      }
    }
    this.#entries = entries;
    return entries;
  }

  #entryClassesIn(path: string): ReadonlySet<EntryClass> {
    return new Set((this.#allEntries().get(path) ?? []).map(({ entry }) => entry));
  }

  #reach(path: string, entry: EntryClass, following: Following): Reach {
    const key = reachKey(entry, following);
    let files = this.#reaches.get(key);
    if (files === undefined) {
      files = new Map();
      this.#reaches.set(key, files);
    }
    let reach = files.get(path);
    if (reach === undefined) {
      const handlers: FunctionNode[] = (this.#allEntries().get(path) ?? []).filter((one) => one.entry === entry).map((one) => one.function);
      reach = this.#graph.reach(handlers, following, this.#maxEdges);
      files.set(path, reach);
    }
    return reach;
  }

  // ------------------------------------------------------------------- forgetting

  #forgetAll(): void {
    this.#resolver.forget();
    this.#graph.forget();
    this.#made.clear();
    this.#entries = undefined;
    this.#reaches.clear();
    this.#nearest.clear();
    this.#forgetTrading();
    this.#between.forget();
  }

  /** The calls of one file changed, nothing else. */
  #forgetCalls(path: string): void {
    this.#between.forget();
    this.#graph.forget(path);
    this.#made.delete(path);
    this.#entries = undefined;
    for (const files of this.#reaches.values()) {
      for (const [file, reach] of files) { if (file === path || reach.files.has(path)) { files.delete(file); } }
    }
    this.#nearest.clear();
  }

  // ----------------------------------------------------------------------- places

  /** Where the call stands today by which a step is taken. */
  #callRange(step: Step): Range | undefined {
    if (step.previous === undefined || step.call === undefined) { return undefined; }
    const { path, summary } = step.previous.function;
    return this.#resolver.function(path, summary.qualifiedName)?.summary.calls[step.call]?.range;
  }

  /** The call with which a path leaves the handler's file for the first time. */
  #firstCallOut(step: Step, path: string): Range | undefined {
    const out = pathOf(step).find((one) => one.previous?.function.path === path && one.function.path !== path);
    return out === undefined ? undefined : this.#callRange(out);
  }

  /** A decided finding: no condition left, the path written into it. */
  #settled(pending: PendingFinding, way: Way | undefined, told?: Told): PendingFinding {
    const { when: _when, ...rest } = pending;
    if (told !== undefined) { return { ...rest, finding: { ...rest.finding, message: filledWith(rest.finding.message, told.fill ?? {}), related: [...rest.finding.related, ...told.related] } }; }
    if (way === undefined) { return rest; }
    const { step } = way;
    const { finding } = pending;
    const related = pathOf(step).flatMap((one): Related[] => {
      const range = this.#callRange(one);
      // A file outside the project has no place that a report could name.
      if (one.previous === undefined || range === undefined || one.previous.function.path.startsWith(OUTSIDE)) { return []; }
      const { previous, function: called } = one;
      return [{ file: previous.function.path, range, message: `${nameOf(previous.function)} calls ${nameOf(called, previous.function)}` }];
    });
    const weight = way.lesser === true ? { severity: 'info', gate: 'none' } as const : {};
    return { ...rest, finding: { ...finding, ...weight, message: filled(finding.message, way), related: [...finding.related, ...related] } };
  }
}

function reachKey(entry: EntryClass, { unguarded, within }: Following): string {
  return `${entry}${unguarded ? ' unguarded' : ''}${within === undefined ? '' : ` within ${within}`}`;
}

function wayOf({ entry: full }: Reachable, step: Step, entry: EntryClass): Way {
  return { step, entry, ...(full.includes(entry) ? {} : { lesser: true }) };
}

/** What the market or the broker sends; a timer or the start of a program is no sign of trading. */
function isMarketEntry({ entry }: Entry): boolean {
  return entry === 'tick' || entry === 'bar' || entry === 'order' || entry === 'message';
}

/** The part of a condition that asks about this function and this kind of reach. */
function askedOf(condition: Condition | undefined, node: FunctionNode, entry: EntryClass, unguarded: boolean): Reachable | undefined {
  // Conditions are one or two levels deep: rules write them by hand.
  if (condition?.kind === 'all') {
    return condition.of.map((part) => askedOf(part, node, entry, unguarded)).find((part) => part !== undefined);
  }
  return condition?.kind === 'reachable' && condition.function === node.summary.qualifiedName && condition.unguarded === unguarded
    && (condition.entry.includes(entry) || condition.lesser?.includes(entry) === true) ? condition : undefined;
}

function filledWith(message: string, fill: Readonly<Record<string, string>>): string {
  return fitMessage(message.replace(/\{(instead|action|file|wanted)\}/g, (whole, name: string) => fill[name] ?? whole));
}

function filled(message: string, { step, entry }: Way): string {
  const withHandler = message.replaceAll('{handler}', nameOf(step.handler)).replaceAll('{event}', EVENTS[entry]);
  if (!withHandler.includes('{path}')) { return withHandler; }
  const room = MAX_MESSAGE - (withHandler.length - '{path}'.length);
  return withHandler.replaceAll('{path}', pathText(step, Math.max(20, room)));
}
