/**
 * What a value is for: followed upwards to the statement it ends in, through locals, columns and the functions of the file
 * that return it, to a signal, a label, or a picture.
 */
import { fold } from '../../../core/source/fold.ts';
import { lastName } from '../../../core/source/meaning/annotations.ts';
import type { Site } from '../../../core/rules/rule.ts';
import type { Assign, Call, Expr, FunctionModel, Literal, SourceModel } from '../../../core/source/model.ts';
import { wordsOf } from '../../../core/source/meaning/words.ts';
import { expressionsOf, walkExpression, walkModule } from '../../../core/source/walk.ts';
import { isDecisionName, isDrawnBack, isFeatureName, isLabelFunction, isLabelName, isLevelName, isMadeUpName, isResultName, isShowName, speaksOfReturns } from './names.ts';

/** `signal`: a decision or a feature, or nobody knows; `label`: to learn from or to measure with; `shown`: a picture or a report; `dropped`: nothing. */
export type Purpose = 'signal' | 'label' | 'shown' | 'dropped';

/** How far a value is followed from name to name. */
const MAX_HOPS = 5;
/** Most uses of one name that are looked at; beyond, it is used for everything. */
const MAX_USES = 200;

/** Objects pictures are drawn on, and functions and methods that only show. */
const SHOW_OBJECTS = /^(?:plt|ax|ax\d{1,2}|axes|axs|fig|figure|sns|px|go|mpf|mplfinance|st|console|logger|logging|log|display)$/;
const SHOW_CALLS: ReadonlySet<string> = new Set([
  'plot', 'print', 'pprint', 'display', 'scatter', 'hist', 'boxplot', 'add_trace', 'add_scatter', 'fill_between', 'head', 'tail', 'describe', 'info', 'Scatter', 'Candlestick', 'make_addplot',
]);
/** Measures of how well something foretold, or what holds in general: they look at the whole of history on purpose. */
const MEASURES: ReadonlySet<string> = new Set(['corr', 'corrwith', 'spearmanr', 'pearsonr', 'kendalltau', 'autocorr', 'groupby_corr', 'equals', 'assert_series_equal', 'assert_frame_equal']);
const WINDOWS: ReadonlySet<string> = new Set(['rolling', 'ewm', 'expanding', 'rolling_corr']);
const DROPS: ReadonlySet<string> = new Set(['drop', 'dropna', 'drop_columns', 'drop_nulls']);
/** Methods by which a value gets a name: `.alias("target")`, `.rename("target")`. */
const NAMING: ReadonlySet<string> = new Set(['alias', 'rename', 'to_frame', 'name']);

interface Use {
  readonly expr: Expr;
  readonly site: Site;
}

/** Follows values through one file; everything is indexed when the first question comes. */
export class Purposes {
  readonly #model: SourceModel;
  readonly #parents = new Map<Expr, Expr | undefined>();
  readonly #sites = new Map<Expr, Site>();
  readonly #names = new Map<string, Use[]>();
  readonly #texts = new Map<string, Use[]>();
  readonly #members = new Map<string, Use[]>();
  readonly #lambdas = new Map<number, Use>();
  #indexed = false;

  constructor(model: SourceModel) {
    this.#model = model;
  }

  /** What a call's value is for. */
  of(call: Call, site: Site): Purpose {
    this.#index();
    for (let fn = site.function; fn !== undefined; fn = fn.outer === undefined ? undefined : this.#model.functions[fn.outer]) {
      if (isLabelFunction(fn.name)) { return 'label'; }
      if (isShowName(fn.name) || isMadeUpName(fn.name) || isLevelName(fn.name)) { return 'shown'; }
    }
    if (site.class !== undefined && isLabelFunction(site.class.name)) { return 'label'; }
    return this.#of(call, 0, new Set());
  }

  #index(): void {
    if (this.#indexed) { return; }
    this.#indexed = true;
    walkModule(this.#model, {
      statement: (statement, site) => {
        for (const root of expressionsOf(statement)) {
          walkExpression(root, (expr, parent) => {
            this.#parents.set(expr, parent);
            if (parent === undefined) { this.#sites.set(expr, site); }
            if (expr.kind === 'name') { push(this.#names, expr.name, { expr, site }); }
            if (expr.kind === 'member') { push(this.#members, expr.property, { expr, site }); }
            if (expr.kind === 'literal' && expr.type === 'string') { push(this.#texts, String(expr.value), { expr, site }); }
            if (expr.kind === 'lambda') { this.#lambdas.set(expr.function, { expr, site }); }
          });
        }
      },
      // Asked for so that lambdas are walked.
      expression: () => undefined,
    });
  }

  #of(start: Expr, hops: number, seen: Set<string>): Purpose {
    let current = start;
    for (let parent = this.#parents.get(current); parent !== undefined; parent = this.#parents.get(current)) {
      const named = this.#onTheWay(current, parent, hops, seen);
      if (named !== undefined) { return named; }
      current = parent;
    }
    const site = this.#sites.get(current);
    return site === undefined ? 'signal' : this.#ofStatement(current, site, hops, seen);
  }

  /** What the expression around a value says about it. */
  #onTheWay(current: Expr, parent: Expr, hops: number, seen: Set<string>): Purpose | undefined {
    if (parent.kind === 'collection' && parent.type === 'dict') {
      const key = parent.keys?.[parent.items.indexOf(current)];
      const name = key === undefined || key === null ? undefined : this.#text(key, this.#siteOf(parent));
      return name === undefined ? undefined : this.#ofColumn(name, hops, seen);
    }
    if (parent.kind !== 'call') { return undefined; }
    const method = lastName(parent.callee) ?? '';
    if (SHOW_CALLS.has(method) || this.#isShowObject(parent)) { return 'shown'; }
    if (MEASURES.has(method) && !isWindowed(parent.callee)) { return 'shown'; }
    if (DROPS.has(method) && parent.callee !== current) { return 'dropped'; }
    const first = parent.args[0]?.value;
    if (parent.callee === current && current.kind === 'member' && NAMING.has(current.property) && first !== undefined) {
      const name = this.#text(first, this.#siteOf(parent));
      return name === undefined ? undefined : this.#ofColumn(name, hops, seen);
    }
    if (parent.callee === current) { return undefined; }
    const argument = parent.args.find(({ value }) => value === current);
    if (argument?.name !== undefined) { return isLabelName(argument.name) ? 'label' : method === 'assign' || method === 'with_columns' ? this.#ofColumn(argument.name, hops, seen) : undefined; }
    const inserted = method === 'insert' ? parent.args.find(({ value }) => value.kind === 'literal' && value.type === 'string')?.value : undefined;
    return inserted === undefined ? undefined : this.#ofColumn(String((inserted as Literal).value), hops, seen);
  }

  #isShowObject(call: Call): boolean {
    let root: Expr = call.callee;
    while (root.kind === 'member' || root.kind === 'index' || root.kind === 'call') { root = root.kind === 'call' ? root.callee : root.object; }
    return call.callee.kind === 'member' && root.kind === 'name' && SHOW_OBJECTS.test(root.name);
  }

  #ofStatement(root: Expr, site: Site, hops: number, seen: Set<string>): Purpose {
    const { statement } = site;
    // In a target stands the mask of `df.loc[close.shift(-1) > close, "target"] = 1`.
    if (statement.kind === 'assign') {
      return worst(statement.targets.map((target) => this.#ofTarget(target, statement, site, hops, seen)));
    }
    if (statement.kind === 'return' && site.function !== undefined) { return this.#ofReturned(site.function, hops, seen); }
    // A line that does nothing with the value: the last one of a notebook's cell shows it.
    if (statement.kind === 'expression' && root === statement.value) { return root.kind === 'call' && this.#mayStore(root) ? 'signal' : 'shown'; }
    return 'signal';
  }

  /** A call that may keep what it is given: `signals.append(x)`, `self.update(x)`. */
  #mayStore(call: Call): boolean {
    return call.args.some(({ value }) => value.kind !== 'literal') && !/^(?:shift|pct_change|diff|mean|std|sum|count|value_counts)$/.test(lastName(call.callee) ?? '');
  }

  #ofTarget(target: Expr, statement: Assign, site: Site, hops: number, seen: Set<string>): Purpose {
    if (target.kind === 'index') {
      if (target.indices.some((index) => this.#spokenNames(index).some(isLabelName))) { return 'label'; }
      const columns = target.indices.flatMap((index) => partsOf(index).flatMap((part) => this.#text(part, site) ?? []));
      return columns.length === 1 && columns[0] !== undefined ? this.#ofColumn(columns[0], hops, seen) : columns.length > 1 && columns.every(isLabelName) ? 'label' : 'signal';
    }
    if (target.kind === 'member') { return this.#ofColumn(target.property, hops, seen); }
    if (target.kind === 'collection') { return target.items.some((item) => item.kind === 'name' && isLabelName(item.name)) ? 'label' : 'signal'; }
    if (target.kind !== 'name') { return 'signal'; }
    const uses = (this.#names.get(target.name) ?? []).filter((use) => use.site.function === site.function && use.site.statement !== statement && !isTarget(use));
    if (isLabelName(target.name)) { return this.#leaks(uses, hops) ? 'signal' : 'label'; }
    // A name of the module may be read by another file.
    return this.#ofUses(`local ${site.function?.index ?? -1} ${target.name}`, uses, site.function === undefined ? 'signal' : 'dropped', hops, seen);
  }

  /** Whether a use goes into what a back-test earned: `df["profit"] = df["signal"] * df["close"].diff()`. */
  #earns(use: Use): boolean {
    const { statement } = use.site;
    return this.#isMultiplied(use) || (statement.kind === 'assign' && statement.targets.some((target) => {
      if (target.kind !== 'index') { return isResultName(lastName(target) ?? ''); }
      return target.indices.some((index) => [...this.#spokenNames(index), ...partsOf(index).map((part) => this.#text(part, undefined) ?? '')].some(isResultName));
    }));
  }

  /** `signal * returns`, `signal.shift(1) * close.pct_change()`: a position times what its bar brought. */
  #isMultiplied({ expr }: Use): boolean {
    let current = expr;
    for (let parent = this.#parents.get(current); parent !== undefined; parent = this.#parents.get(current)) {
      if (parent.kind === 'binary' && parent.ops.every((op) => op === '*')) {
        return parent.operands.some((one) => one !== current && speaksOfReturns(new Set(wordsOf(this.#model.source.text.slice(one.start, one.end)))));
      }
      if (parent.kind !== 'member' && parent.kind !== 'index' && !(parent.kind === 'call' && parent.callee === current)) { return false; }
      current = parent;
    }
    return false;
  }

  /** What an index says of its column besides a text: the variable that holds it, the fixed parts of `f"target_{n}"`. */
  #spokenNames(index: Expr): readonly string[] {
    return partsOf(index).flatMap((part) => {
      if (part.kind === 'name') { return [part.name]; }
      if (part.kind === 'member') { return [part.property]; }
      return part.kind === 'template' ? part.parts.flatMap((piece) => (piece.kind === 'literal' && piece.value !== '' ? [String(piece.value)] : [])) : [];
    });
  }

  /** A column, a key or an attribute: by its name, else by what reads it in this file. */
  #ofColumn(name: string, hops: number, seen: Set<string>): Purpose {
    const uses = this.#readsOf(name);
    if (isLabelName(name)) { return this.#leaks(uses, hops) ? 'signal' : 'label'; }
    // A decision that knew the next bar earns by it: what is measured then is no result.
    if (isDecisionName(name) && uses.some((use) => this.#earns(use))) { return 'signal'; }
    // Nobody reads it by name: all columns together may be what a model is fed with.
    return this.#ofUses(`column ${name}`, uses, isDrawnBack(name) ? 'shown' : 'signal', hops, seen);
  }

  /** Where a column, a key or an attribute is read by its name. */
  #readsOf(name: string): readonly Use[] {
    return [...this.#texts.get(name) ?? [], ...this.#members.get(name) ?? []].filter((use) => !this.#isWritten(use));
  }

  /**
   * Whether what is known only later, and says so, goes into a feature or into a decision that earns by it:
   * `df["signal"] = next_close > df["close"]` with `df["signal"] * df["return"]` below.
   */
  #leaks(uses: readonly Use[], hops: number): boolean {
    if (hops >= MAX_HOPS || uses.length > MAX_USES) { return false; }
    return uses.some(({ expr, site }) => {
      const { statement } = site;
      if (statement.kind !== 'assign' || statement.targets.some((target) => target === expr)) { return false; }
      return statement.targets.some((target) => {
        if (target.kind === 'name') {
          const reads = (this.#names.get(target.name) ?? []).filter((use) => use.site.function === site.function && use.site.statement !== statement && !isTarget(use));
          return target.name !== 'y' && isLabelName(target.name) && !isResultName(target.name) && this.#leaks(reads, hops + 1);
        }
        if (target.kind !== 'index') { return false; }
        return target.indices.some((index) => partsOf(index).some((part) => {
          const column = this.#text(part, site);
          return column !== undefined && (isFeatureName(column) || (isDecisionName(column) && !isLabelName(column) && this.#readsOf(column).some((use) => this.#earns(use))));
        }));
      });
    });
  }

  #ofReturned(fn: FunctionModel, hops: number, seen: Set<string>): Purpose {
    const lambda = fn.name === '' ? this.#lambdas.get(fn.index) : undefined;
    if (fn.name === '') { return lambda === undefined || hops >= MAX_HOPS ? 'signal' : this.#of(lambda.expr, hops, seen); }
    const uses = [...this.#names.get(fn.name) ?? [], ...this.#members.get(fn.name) ?? []].filter((use) => use.site.function !== fn);
    return this.#ofUses(`function ${fn.index}`, uses, 'signal', hops, seen);
  }

  #ofUses(key: string, uses: readonly Use[], without: Purpose, hops: number, seen: Set<string>): Purpose {
    if (seen.has(key)) { return 'dropped'; }
    if (uses.length === 0) { return without; }
    if (hops >= MAX_HOPS || uses.length > MAX_USES) { return 'signal'; }
    seen.add(key);
    return worst(uses.map((use) => (this.#isShown(use) ? 'shown' : this.#of(use.expr, hops + 1, seen))));
  }

  /** In a function or a table about pictures: `plot_config = {…}`. */
  #isShown({ site }: Use): boolean {
    if (site.function !== undefined && isShowName(site.function.name)) { return true; }
    return site.statement.kind === 'assign' && site.statement.targets.some((target) => isShowName(lastName(target) ?? ''));
  }

  /** The place where a column gets its value, not one that reads it. */
  #isWritten({ expr, site }: Use): boolean {
    if (site.statement.kind !== 'assign') { return false; }
    const parent = this.#parents.get(expr);
    const owner = parent?.kind === 'collection' ? this.#parents.get(parent) : parent;
    if (expr.kind === 'member') { return site.statement.targets.includes(expr); }
    return owner?.kind === 'index' && site.statement.targets.includes(owner);
  }

  #siteOf(expr: Expr): Site | undefined {
    let root = expr;
    for (let parent = this.#parents.get(root); parent !== undefined; parent = this.#parents.get(root)) { root = parent; }
    return this.#sites.get(root);
  }

  #text(expr: Expr, site: Site | undefined): string | undefined {
    const value = expr.kind === 'literal' ? expr.value : fold(this.#model, expr, site ?? {})?.value;
    return typeof value === 'string' ? value : undefined;
  }
}

/** The columns of `df["a"]`, `df[["a", "b"]]` and `df.loc[mask, "a"]`. */
function partsOf(index: Expr): readonly Expr[] {
  return index.kind === 'collection' ? index.items : index.kind === 'unknown' ? index.parts : [index];
}

/** `x.rolling(20).corr(y)` is a column of its own, not a measure of all of history. */
function isWindowed(callee: Expr): boolean {
  for (let current = callee; current.kind === 'member' || current.kind === 'call';) {
    if (current.kind === 'member' && WINDOWS.has(current.property)) { return true; }
    current = current.kind === 'call' ? current.callee : current.object;
  }
  return false;
}

function isTarget({ expr, site }: Use): boolean {
  return site.statement.kind === 'assign' && site.statement.targets.includes(expr);
}

function push(map: Map<string, Use[]>, key: string, use: Use): void {
  const list = map.get(key);
  if (list === undefined) { map.set(key, [use]); } else { list.push(use); }
}

const WEIGHT: Readonly<Record<Purpose, number>> = { dropped: 0, shown: 1, label: 2, signal: 3 };

function worst(purposes: readonly Purpose[]): Purpose {
  return purposes.reduce<Purpose>((most, one) => (WEIGHT[one] > WEIGHT[most] ? one : most), 'dropped');
}
