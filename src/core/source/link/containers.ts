/** What is put into containers after they are made: `self.filters.append(SpreadFilter())`, `self.books[symbol] = Book()`. */
import { ModelFact } from '../meaning/per-model.ts';
import { bindingsOf, functionSite, statementsOf, type Definition, type NameSite } from '../meaning/bindings.ts';
import { lineageOf } from '../meaning/lineage.ts';
import type { Call, Expr, SourceModel, Stmt } from '../model.ts';
import { definitionsOf, receiverClass } from '../scope.ts';

/** A value that is put into a container, or (`all`) the values of another one. */
export interface Added {
  readonly value: Expr;
  readonly site: NameSite;
  readonly all: boolean;
}

/** Method that puts a value in → which argument it is. */
const ADDING: ReadonlyMap<string, number> = new Map([['append', 0], ['appendleft', 0], ['add', 0], ['insert', 1], ['setdefault', 1], ['extend', 0]]);

const PLAIN: ReadonlySet<Expr['kind']> = new Set(['literal', 'unary', 'binary', 'compare', 'template']);

const NOTHING: readonly Added[] = [];

/** Values that the statements of a file put into the container which these definitions bind. */
export function addedTo(model: SourceModel, definitions: readonly Definition[] | undefined): readonly Added[] {
  if (definitions === undefined) { return NOTHING; }
  let known = additions.get(model);
  if (known === undefined) {
    known = collect(model);
    additions.set(model, known);
  }
  return known.get(definitions) ?? NOTHING;
}

/** By the list of definitions that a scope holds, which is the same object as long as the model lives. */
const additions = new ModelFact<ReadonlyMap<readonly Definition[], readonly Added[]>>();

function collect(model: SourceModel): ReadonlyMap<readonly Definition[], readonly Added[]> {
  const found = new Map<readonly Definition[], Added[]>();
  const body = (statements: readonly Stmt[], site: NameSite): void => {
    for (const statement of statementsOf(statements)) {
      const put = putBy(statement);
      // Numbers, texts and sums have no methods of the project.
      if (put !== undefined && !put.all && PLAIN.has(put.value.kind)) { continue; }
      const definitions = put === undefined ? undefined : containerOf(model, put.into, site);
      if (put === undefined || definitions === undefined) { continue; }
      const added: Added = { value: put.value, site, all: put.all };
      const list = found.get(definitions);
      if (list === undefined) { found.set(definitions, [added]); } else { list.push(added); }
    }
  };
  body(model.body, {});
  for (const fn of model.functions) { body(fn.body, functionSite(model, fn)); }
  return found;
}

interface Put {
  readonly into: Expr;
  readonly value: Expr;
  readonly all: boolean;
}

function putBy(statement: Stmt): Put | undefined {
  if (statement.kind === 'expression') { return statement.value.kind === 'call' ? putByCall(statement.value) : undefined; }
  if (statement.kind !== 'assign' || statement.op !== undefined || statement.value === undefined) { return undefined; }
  const [target] = statement.targets;
  return target?.kind === 'index' ? { into: target.object, value: statement.value, all: false } : undefined;
}

function putByCall(call: Call): Put | undefined {
  if (call.callee.kind !== 'member') { return undefined; }
  const position = ADDING.get(call.callee.property);
  const argument = position === undefined ? undefined : call.args[position];
  if (argument === undefined || argument.name !== undefined || argument.spread !== undefined) { return undefined; }
  return { into: call.callee.object, value: argument.value, all: call.callee.property === 'extend' };
}

/** The definitions of the name, or of the attribute of `self`, that a container is kept under. */
function containerOf(model: SourceModel, into: Expr, site: NameSite): readonly Definition[] | undefined {
  if (into.kind === 'name') { return definitionsOf(model, into.name, site, into.start); }
  const cls = into.kind === 'member' ? receiverClass(model, into.object, site) : undefined;
  if (cls === undefined || into.kind !== 'member') { return undefined; }
  const { attributes, classes } = bindingsOf(model);
  for (const ancestor of lineageOf(model, cls).local) {
    const definitions = attributes[ancestor.index]!.get(into.property) ?? classes[ancestor.index]!.get(into.property);
    if (definitions !== undefined) { return definitions; }
  }
  return undefined;
}
