/** How code uses a limit: whether its number is a percentage, a fraction, money, or a share of another limit. */
import type { Expr, SourceModel } from '../../../core/source/model.ts';
import { definitionsOf, attributeDefinitions, receiverClass } from '../../../core/source/scope.ts';
import type { NameSite } from '../../../core/source/scope.ts';
import { siteOf } from '../../../core/source/names.ts';
import { indexOf } from '../file-index.ts';
import { lastName } from '../named.ts';
import { hasWord, wordsOf } from '../words.ts';

/** What one use proves. */
export type Use = 'percent' | 'fraction' | 'money' | 'share';

const BALANCES: ReadonlySet<string> = new Set(['peak', 'equity', 'balance', 'size', 'capital', 'hwm', 'nav', 'account', 'deposit', 'high', 'watermark', 'start', 'starting', 'initial', 'value']);
const LIMITS: ReadonlySet<string> = new Set(['drawdown', 'dd', 'limit', 'allowance', 'threshold', 'loss', 'cap', 'budget', 'trailing']);
const MONEY_WORDS: ReadonlySet<string> = new Set(['pnl', 'loss', 'losses', 'profit', 'pl', 'usd', 'dollars', 'cash', 'equity', 'balance']);
const RELATIVE: ReadonlySet<string> = new Set(['pct', 'percent', 'percentage', 'ratio', 'fraction', 'frac', 'return', 'returns', 'rel', 'drawdown', 'dd']);

/** Uses by name, over one file. */
export class Uses {
  readonly #model: SourceModel;
  readonly #asked: (name: string) => boolean;
  #uses: ReadonlyMap<string, ReadonlySet<Use>> | undefined;

  /** `asked` tells the names whose uses are wanted; of others nothing is worked out. */
  constructor(model: SourceModel, asked: (name: string) => boolean) {
    this.#model = model;
    this.#asked = asked;
  }

  /** What the uses of a name prove; empty where it is not used, or in no telling way. */
  of(name: string): ReadonlySet<Use> {
    this.#uses ??= this.#collect();
    return this.#uses.get(name) ?? NONE;
  }

  #collect(): ReadonlyMap<string, ReadonlySet<Use>> {
    const uses = new Map<string, Set<Use>>();
    const add = (name: string, use: Use | undefined): void => {
      if (use === undefined) { return; }
      const held = uses.get(name) ?? new Set<Use>();
      held.add(use);
      uses.set(name, held);
    };
    const index = indexOf(this.#model);
    for (const { node } of index.binaries) { if (node.operands.length <= 8) { this.#binary(node, add); } }
    for (const { node, site } of index.compares) {
      if (node.operands.length !== 2) { continue; }
      const [left, right] = node.operands as readonly [Expr, Expr];
      const [a, b] = [limitName(left), limitName(right)];
      if (a !== undefined && this.#asked(a)) { add(a, this.measured(right, site, 0)); }
      if (b !== undefined && this.#asked(b)) { add(b, this.measured(left, site, 0)); }
    }
    for (const { node } of index.templates) { percentSigns(node, this.#model.source.text).forEach(([name, use]) => add(name, use)); }
    return uses;
  }

  #binary(expr: Expr & { readonly kind: 'binary' }, add: (name: string, use: Use | undefined) => void): void {
    const numbers = expr.operands.map(numberIn);
    const ops = ['*', ...expr.ops];
    expr.operands.forEach((operand, i) => {
      const name = limitName(operand);
      if (name === undefined || ops.some((op) => op === '%' || op === '**')) { return; }
      const minus = expr.ops[i - 1] === '-' && expr.operands.length === 2;
      if (minus) { add(name, numbers[0] === 1 ? 'fraction' : numbers[0] === 100 ? 'percent' : undefined); return; }
      if (expr.ops.some((op) => op !== '*' && op !== '/')) { return; }
      const divided = ops.some((op, k) => k !== i && op === '/' && numbers[k] === 100) || ops.some((op, k) => k !== i && op === '*' && numbers[k] === 0.01);
      if (divided) { add(name, 'percent'); return; }
      if (ops[i] === '*' && ops.some((op, k) => k !== i && op === '*' && numbers[k] === 100)) { add(name, 'fraction'); return; }
      const others = expr.operands.filter((_, k) => k !== i).map((other) => wordsOf(limitName(other) ?? lastName(other) ?? ''));
      if (others.some((words) => hasWord(words, LIMITS))) { add(name, 'share'); return; }
      if (others.some((words) => hasWord(words, BALANCES))) { add(name, 'fraction'); }
    });
  }

  /** The unit of a measured quantity that stands beside a limit: `(peak - equity) / peak * 100`. */
  measured(expr: Expr, site: NameSite, depth: number): Use | undefined {
    if (depth > 6) { return undefined; }
    switch (expr.kind) {
      case 'binary': return measuredChain(expr) ?? (expr.operands[0] === undefined ? undefined : this.#sum(expr, site, depth));
      case 'unary': return this.measured(expr.operand, site, depth + 1);
      case 'conditional': return this.measured(expr.then, site, depth + 1) ?? this.measured(expr.else, site, depth + 1);
      case 'call': return this.#call(expr, site, depth);
      case 'name': case 'member': return this.#defined(expr, site, depth) ?? byName(lastName(expr) ?? '');
      default: return undefined;
    }
  }

  /** Differences of amounts of money are money, of percentages percentages. */
  #sum(expr: Expr & { readonly kind: 'binary' }, site: NameSite, depth: number): Use | undefined {
    if (!expr.ops.every((op) => op === '-' || op === '+')) { return undefined; }
    const units = new Set(expr.operands.map((operand) => this.measured(operand, site, depth + 1)));
    return units.size === 1 ? [...units][0] : expr.operands.some((operand) => hasWord(wordsOf(lastName(operand) ?? ''), BALANCES)) ? 'money' : undefined;
  }

  #call(expr: Expr & { readonly kind: 'call' }, site: NameSite, depth: number): Use | undefined {
    const name = lastName(expr.callee) ?? '';
    const inner = expr.args[0]?.value;
    if (inner !== undefined && /^(?:abs|fabs|float|double|round|min|max|fmin|fmax|Decimal|Math(?:Abs|Min|Max|Round)|NormalizeDouble)$/.test(name)) {
      return this.measured(inner, site, depth + 1) ?? (expr.args[1] === undefined ? undefined : this.measured(expr.args[1].value, site, depth + 1));
    }
    return this.#returned(expr.callee, site, depth) ?? byName(name);
  }

  #returned(callee: Expr, site: NameSite, depth: number): Use | undefined {
    const cls = callee.kind === 'member' ? receiverClass(this.#model, callee.object, site) : undefined;
    const definitions = callee.kind === 'name' ? definitionsOf(this.#model, callee.name, site, callee.start) : cls !== undefined && callee.kind === 'member' ? attributeDefinitions(this.#model, cls, callee.property) : [];
    const index = definitions.find((definition) => definition.declared?.kind === 'function')?.declared?.index;
    const fn = index === undefined ? undefined : this.#model.functions[index];
    if (fn === undefined) { return undefined; }
    const units = fn.body.flatMap((statement) => (statement.kind === 'return' && statement.value !== undefined
      ? [this.measured(statement.value, { function: fn, ...(cls === undefined ? {} : { class: cls }) }, depth + 1)] : []));
    return units.find((unit) => unit !== undefined);
  }

  #defined(expr: Expr, site: NameSite, depth: number): Use | undefined {
    const cls = expr.kind === 'member' ? receiverClass(this.#model, expr.object, site) : undefined;
    const definitions = expr.kind === 'name' ? definitionsOf(this.#model, expr.name, site, expr.start) : cls !== undefined && expr.kind === 'member' ? attributeDefinitions(this.#model, cls, expr.property) : [];
    for (const definition of [...definitions].reverse()) {
      if (definition.value === undefined || definition.op !== undefined) { continue; }
      const unit = this.measured(definition.value, siteOf(definition), depth + 1);
      if (unit !== undefined) { return unit; }
    }
    const property = definitions.find((definition) => definition.declared?.kind === 'function');
    return property === undefined ? undefined : this.#returned(expr, site, depth);
  }
}

const NONE: ReadonlySet<Use> = new Set();

/** A number as written, without its sign: a loss is as often divided by `-100`. */
function numberIn(operand: Expr): number | undefined {
  const bare = operand.kind === 'unary' && operand.op === '-' ? operand.operand : operand;
  return bare.kind === 'literal' && typeof bare.value === 'number' ? bare.value : undefined;
}

/** The name of a limit in an operand: `self.config.max_dd`, `cfg["max_dd"]`, `cfg.get("max_dd", 0.1)`, `-limit`, `float(limit)`. */
export function limitName(expr: Expr): string | undefined {
  let current = expr;
  for (let depth = 0; depth < 6; depth++) {
    switch (current.kind) {
      case 'name': return current.name;
      case 'member': return current.property;
      case 'unary': current = current.operand; break;
      case 'index': {
        const key = current.indices[0];
        return key?.kind === 'literal' && typeof key.value === 'string' ? key.value : undefined;
      }
      case 'call': {
        const name = lastName(current.callee) ?? '';
        const first = current.args[0]?.value;
        if (name === 'get' && first?.kind === 'literal' && typeof first.value === 'string') { return first.value; }
        if (first === undefined || !/^(?:abs|fabs|float|double|Decimal|int|MathAbs)$/.test(name)) { return undefined; }
        current = first;
        break;
      }
      default: return undefined;
    }
  }
  return undefined;
}

/** `… / peak * 100` is percent, `… / peak` is a fraction. */
function measuredChain(expr: Expr & { readonly kind: 'binary' }): Use | undefined {
  const hundred = expr.operands.some((operand, i) => i > 0 && expr.ops[i - 1] === '*' && operand.kind === 'literal' && operand.value === 100)
    || (expr.operands[0]?.kind === 'literal' && expr.operands[0].value === 100 && expr.ops[0] === '*');
  if (hundred) { return 'percent'; }
  const last = expr.operands[0];
  if (expr.ops.includes('/')) { return expr.ops.every((op, i) => op !== '/' || !(expr.operands[i + 1]?.kind === 'literal')) ? 'fraction' : undefined; }
  // `1 - equity / peak`.
  if (expr.ops.length === 1 && expr.ops[0] === '-' && last?.kind === 'literal' && last.value === 1) { return 'fraction'; }
  return undefined;
}

/** What a name alone says: a profit or loss is money unless it is said to be relative. */
function byName(name: string): Use | undefined {
  const words = wordsOf(name);
  if (words.some((word) => word === 'usd' || word === 'dollars')) { return 'money'; }
  return hasWord(words, MONEY_WORDS) && !hasWord(words, RELATIVE) ? 'money' : undefined;
}

/** `f"{limit:.1%}"` prints a fraction, `f"{limit}%"` a percentage. */
function percentSigns(expr: Expr & { readonly kind: 'template' }, text: string): readonly (readonly [string, Use])[] {
  return expr.parts.flatMap((part): readonly (readonly [string, Use])[] => {
    const name = part.kind === 'literal' ? undefined : limitName(part);
    if (name === undefined) { return []; }
    const after = text.slice(part.end, part.end + 10);
    if (/^:[.,\d]{0,6}%\}/.test(after)) { return [[name, 'fraction']]; }
    return /^(?::[.,\d]{0,6}[fg]?)?\} ?%/.test(after) ? [[name, 'percent']] : [];
  });
}
