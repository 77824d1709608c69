/** The one shared walk: every rule hears what it subscribed to, and a rule that throws is heard no more. */
import type {
  Assign, Call, ClassModel, Compare, ConfigEntry, Expr, FunctionModel, Literal, SourceModel, Stmt,
} from '../source/model.ts';
import { walkActs, walkModule } from '../source/walk.ts';
import type { Fact } from './facts.ts';
import type { Report, Rule, RuleListener, Site } from './rule.ts';

/** One rule at work on one file. */
export interface RuleRun {
  readonly rule: Rule;
  readonly reports: Report<string>[];
  readonly facts: Fact[];
  /** Set by the first throw; its reports count for nothing then. */
  error?: string;
}

/** A rule with what it wants to hear. */
export interface ListeningRun {
  readonly run: RuleRun;
  readonly listener: RuleListener;
}

interface Subscription<N, S = Site> {
  readonly run: RuleRun;
  handle(node: N, site: S): void;
}

/** Subscriptions by kind of node; an empty list costs nothing in the walk. */
interface Table {
  readonly call: readonly Subscription<Call>[];
  readonly compare: readonly Subscription<Compare>[];
  readonly literal: readonly Subscription<Literal>[];
  readonly assign: readonly Subscription<Assign>[];
  readonly statement: readonly Subscription<Stmt>[];
}

/**
 * Runs the listeners over a file: `start`, then functions and classes in source order, then the walk (or the entries of a
 * configuration file), then `end`. `timing` collects ms by rule id.
 */
export function dispatch(model: SourceModel, listening: readonly ListeningRun[], timing: Map<string, number> | undefined): void {
  const each = <N>(nodes: readonly N[], pick: (listener: RuleListener) => ((node: N) => void) | undefined): void => {
    const subscriptions = listening.flatMap(({ run, listener }): Subscription<N, undefined>[] => {
      const handle = pick(listener);
      return handle === undefined ? [] : [{ run, handle: handle.bind(listener) }];
    });
    if (subscriptions.length === 0) { return; }
    for (const node of nodes) { emit(subscriptions, node, undefined, timing); }
  };
  each([undefined], (listener) => listener.start);
  each<FunctionModel>(model.functions, (listener) => listener.function);
  each<ClassModel>(model.classes, (listener) => listener.class);
  each<ConfigEntry>(model.entries, (listener) => listener.entry);
  walk(model, tableOf(listening), timing);
  each([undefined], (listener) => listener.end);
}

/** Calls `action` for a rule, with its time and its first throw noted. */
export function guarded<T>(run: RuleRun, timing: Map<string, number> | undefined, action: () => T): T | undefined {
  const started = timing === undefined ? 0 : performance.now();
  try {
    return action();
  } catch (error) {
    run.error ??= describe(error);
    return undefined;
  } finally {
    timing?.set(run.rule.id, (timing.get(run.rule.id) ?? 0) + performance.now() - started);
  }
}

function tableOf(listening: readonly ListeningRun[]): Table {
  const of = <N>(pick: (listener: RuleListener) => ((node: N, site: Site) => void) | undefined): readonly Subscription<N>[] =>
    listening.flatMap(({ run, listener }) => {
      const handle = pick(listener);
      return handle === undefined ? [] : [{ run, handle: handle.bind(listener) }];
    });
  return {
    call: of((listener) => listener.call),
    compare: of((listener) => listener.compare),
    literal: of((listener) => listener.literal),
    assign: of((listener) => listener.assign),
    statement: of((listener) => listener.statement),
  };
}

function walk(model: SourceModel, table: Table, timing: Map<string, number> | undefined): void {
  const wantsExpressions = table.call.length + table.compare.length + table.literal.length > 0;
  const wantsStatements = table.assign.length + table.statement.length > 0;
  if (!wantsExpressions && !wantsStatements) { return; }
  const expression = (node: Expr, site: Site): void => {
    switch (node.kind) {
      case 'call': emit(table.call, node, site, timing); break;
      case 'compare': emit(table.compare, node, site, timing); break;
      case 'literal': emit(table.literal, node, site, timing); break;
      default: break;
    }
  };
  const statement = (node: Stmt, site: Site): void => {
    emit(table.statement, node, site, timing);
    if (node.kind === 'assign') { emit(table.assign, node, site, timing); }
  };
  const walkAll = table.literal.length > 0 ? walkModule : walkActs;
  walkAll(model, { ...(wantsExpressions ? { expression } : {}), ...(wantsStatements ? { statement } : {}) });
}

function emit<N, S>(subscriptions: readonly Subscription<N, S>[], node: N, site: S, timing: Map<string, number> | undefined): void {
  for (const subscription of subscriptions) {
    const { run } = subscription;
    if (run.error !== undefined) { continue; }
    const started = timing === undefined ? 0 : performance.now();
    try {
      subscription.handle(node, site);
    } catch (error) {
      run.error = describe(error);
    }
    timing?.set(run.rule.id, (timing.get(run.rule.id) ?? 0) + performance.now() - started);
  }
}

/** `TypeError: x is undefined`, in one line. */
function describe(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return text.split('\n', 1)[0] ?? '';
}
