/** Where the values of a file come from. */
import { definitionsFor } from '../../../../core/source/meaning/classes.ts';
import { ModelFact } from '../../../../core/source/meaning/per-model.ts';
import { isScript } from '../../../../core/source/languages.ts';
import type { Expr, SourceModel } from '../../../../core/source/model.ts';
import { childrenOf } from '../../../../core/source/walk.ts';
import { siteOf } from '../../../../core/source/names.ts';
import type { NameSite } from '../../../../core/source/scope.ts';
import type { Asker, Scope } from './asker.ts';
import { callValue } from './calls.ts';
import { concat, hole, NOTHING, oneOf, text } from './forms.ts';
import { indexValue, memberValue, nameValue } from './names.ts';
import { reaching } from './reaching.ts';
import { percentFormat } from './text-formats.ts';
import { worstHole, type Value } from './value.ts';

/** Deepest chain of names, calls and parts that is followed. */
const MAX_DEPTH = 40;
/** Most steps one question takes. */
const MAX_STEPS = 2_000;
/** Most parts of one expression that are looked at. */
const MAX_PARTS = 120;

const TOP: Scope = { depth: 0, bound: undefined };
const remembered = new ModelFact<Provenance>();

/** The provenance of a file's values; one for all rules that read the file. */
export function provenanceOf(model: SourceModel): Provenance {
  let known = remembered.get(model);
  if (known === undefined) {
    known = new Provenance(model);
    remembered.set(model, known);
  }
  return known;
}

/** An expression and where it stands. */
export interface Placed {
  readonly expr: Expr;
  readonly site: NameSite;
}

/** Answers what expressions are made of, over one file. Ask only where a sink was found: an answer follows names and calls. */
export class Provenance implements Asker {
  readonly model: SourceModel;
  /** Answers no cycle, depth or number of steps had a part in. */
  readonly #known = new Map<Expr, Value>();
  readonly #active = new Set<Expr>();
  #cuts = 0;
  #steps = 0;

  constructor(model: SourceModel) {
    this.model = model;
  }

  /** What an expression is made of, followed through assignments, parts of texts, collections and calls of this file. */
  of(expr: Expr, site: NameSite): Value {
    this.#steps = 0;
    return this.value(expr, site, TOP);
  }

  /** The expressions a name stands for, through plain assignments: the list behind `cmd`. The expression itself where it is no name. */
  behind(expr: Expr, site: NameSite): readonly Placed[] {
    const found: Placed[] = [];
    const pending: Placed[] = [{ expr, site }];
    for (let hops = 0; hops < 16; hops++) {
      const next = pending.pop();
      if (next === undefined) { break; }
      const all = next.expr.kind === 'name' || next.expr.kind === 'member' ? definitionsFor(this.model, next.expr, next.site) : [];
      const definitions = all.length > MAX_PARTS ? [] : reaching(this.model, all, next.expr, next.site);
      const values = definitions.flatMap((one) => (one.value === undefined || one.op !== undefined ? [] : [{ expr: one.value, site: siteOf(one) }]));
      if (values.length === 0 || values.length > 8) { found.push(next); } else { pending.push(...values); }
    }
    return found;
  }

  /** As `of`, within a question: `scope` says how deep it is, and through which call. */
  value(expr: Expr, site: NameSite, scope: Scope): Value {
    const memory = scope.bound === undefined ? this.#known.get(expr) : undefined;
    if (memory !== undefined) { return memory; }
    if (this.#active.has(expr)) {
      this.#cuts++;
      return NOTHING;
    }
    if (scope.depth > MAX_DEPTH || this.#steps++ > MAX_STEPS) {
      this.#cuts++;
      return hole('unknown', expr);
    }
    const cuts = this.#cuts;
    this.#active.add(expr);
    const found = this.#find(expr, site, { ...scope, depth: scope.depth + 1 });
    this.#active.delete(expr);
    if (scope.bound === undefined && this.#cuts === cuts) { this.#known.set(expr, found); }
    return found;
  }

  #find(expr: Expr, site: NameSite, scope: Scope): Value {
    const each = (parts: readonly Expr[]): Value[] => parts.slice(0, MAX_PARTS).map((part) => this.value(part, site, scope));
    switch (expr.kind) {
      case 'literal': return expr.type === 'string' || expr.type === 'number' ? text(String(expr.value)) : NOTHING;
      case 'template': return concat(each(expr.parts));
      case 'binary': return this.#binary(expr, site, scope);
      case 'name': return nameValue(this, expr, site, scope);
      case 'member': return memberValue(this, expr, site, scope);
      case 'index': return indexValue(this, expr, site, scope);
      case 'call': return callValue(this, expr, site, scope);
      case 'await': return this.value(expr.operand, site, scope);
      case 'conditional': return oneOf(each([expr.then, expr.else]));
      case 'boolean': return oneOf(each(expr.operands));
      case 'unary': case 'compare': return hole('plain', expr);
      case 'collection': return concat(each(expr.keys === undefined ? expr.items : childrenOf(expr)));
      case 'comprehension': return concat(each(expr.key === undefined ? [expr.element] : [expr.key, expr.element]));
      case 'lambda': return hole('unknown', expr);
      case 'unknown': return this.#shapeless(expr, site, scope);
    }
  }

  #binary(expr: Expr & { readonly kind: 'binary' }, site: NameSite, scope: Scope): Value {
    const [op] = expr.ops;
    const [left, right] = expr.operands;
    if (left === undefined || right === undefined) { return NOTHING; }
    const parts = (): Value[] => expr.operands.slice(0, MAX_PARTS).map((part) => this.value(part, site, scope));
    if (expr.ops.every((one) => one === '+')) { return this.#sum(expr, parts()); }
    // `"?, " * n`: the text, however often.
    const first = this.value(left, site, scope);
    if (op === '*' && !isScript(this.model.language)) { return isText(left, first) ? first : isText(right, this.value(right, site, scope)) ? this.value(right, site, scope) : hole('plain', expr); }
    if (op === '%' && !isScript(this.model.language) && expr.ops.length === 1) {
      return left.kind === 'literal' && left.type === 'number' ? hole('plain', expr) : percentFormat(this, first, right, site, scope);
    }
    // `Path("bars") / name`, and the union of two dicts.
    if ((op === '/' || op === '|') && !isScript(this.model.language)) {
      const values = parts();
      return concat(values.flatMap((value, i) => (i === 0 ? [value] : [text(op === '/' ? '/' : ''), value])));
    }
    return hole('plain', expr);
  }

  #sum(expr: Expr & { readonly kind: 'binary' }, values: readonly Value[]): Value {
    const isNumber = (part: Expr | undefined): boolean => part?.kind === 'literal' && part.type === 'number';
    const harmless = values.every((value, i) => isNumber(expr.operands[i]) || value.forms.every((form) => form.length === 1 && typeof form[0] === 'object' && form[0].origin === 'plain'));
    if (harmless || (expr.operands.some(isNumber) && !isScript(this.model.language))) { return hole('plain', expr); }
    return concat(values);
  }

  #shapeless(expr: Expr & { readonly kind: 'unknown' }, site: NameSite, scope: Scope): Value {
    const [first, second] = expr.parts;
    if (first === undefined) { return hole('unknown', expr); }
    switch (expr.syntax) {
      case 'named_expression': return second === undefined ? NOTHING : this.value(second, site, scope);
      case 'format': {
        const spec = expr.parts.slice(1).map((part) => (part.kind === 'literal' ? String(part.value) : '')).join('');
        return /:.{0,20}[bcdeEfFgGnoxX%,]$/.test(spec) ? hole('plain', expr) : this.value(first, site, scope);
      }
      case 'list_splat': case 'dictionary_splat': case 'parenthesized_expression': case 'sequence_expression': return this.value(expr.parts[expr.parts.length - 1] ?? first, site, scope);
      default: {
        const worst = worstHole(concat(expr.parts.slice(0, MAX_PARTS).map((part) => this.value(part, site, scope))));
        return worst?.origin === 'user' ? { forms: [[worst]] } : hole('unknown', expr);
      }
    }
  }
}

/** Text, or a list of texts, as far as the program shows it. */
function isText(expr: Expr, value: Value): boolean {
  if (expr.kind === 'literal') { return expr.type === 'string'; }
  if (expr.kind === 'collection' || expr.kind === 'template') { return true; }
  return value.forms.some((form) => form.some((piece) => typeof piece === 'string' && !/^[-0-9._]*$/.test(piece)));
}
