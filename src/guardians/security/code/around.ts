/** What stands around an expression: the expressions it is part of, and the name its value is given to. */
import { lastName } from '../../../core/source/meaning/annotations.ts';
import { statementsOf } from '../../../core/source/meaning/bindings.ts';
import type { Call, Expr, FunctionModel, SourceModel, Stmt } from '../../../core/source/model.ts';
import { expressionsOf, walkExpression } from '../../../core/source/walk.ts';

/** The expressions around one, the innermost first; empty where it is none of the statement's. */
export function ancestorsOf(statement: Stmt, wanted: Expr): readonly Expr[] {
  for (const root of expressionsOf(statement)) {
    if (root.start > wanted.start || wanted.end > root.end) { continue; }
    const parents = new Map<Expr, Expr | undefined>();
    let found = false;
    walkExpression(root, (expr, parent) => {
      parents.set(expr, parent);
      found ||= expr === wanted;
      return !found && expr.start <= wanted.start && wanted.end <= expr.end;
    });
    if (!found) { continue; }
    const path: Expr[] = [];
    for (let at = parents.get(wanted); at !== undefined; at = parents.get(at)) { path.push(at); }
    return path;
  }
  return [];
}

/** Calls whose result is made of what they are given, in another form: texts, numbers and lists of the same stuff. */
const SAME_STUFF: ReadonlySet<string> = new Set((
  'str int hex oct bin float bytes bytearray list tuple abs round join format encode decode upper lower strip zfill replace to_bytes '
  + 'map sorted hexdigest digest b64encode b64decode urlsafe_b64encode hexlify md5 sha1 sha256 sha512 update '
  + 'String Number toString toFixed floor ceil trunc substr substring slice padStart padEnd concat from btoa toUpperCase toLowerCase fill charAt createHash '
  + 'dumps loads stringify flatten tobytes tolist item char chr '
).trim().split(/ +/));

/** A name that a value is given to, and how. */
export interface Given {
  readonly name: string;
  readonly how: 'assigned' | 'argument' | 'field' | 'returned' | 'setter';
}

/**
 * Names that the value of an expression is given to in its statement: the variable, the keyword, the field, the setter, the
 * function that returns it. Only through what keeps the stuff it is made of.
 */
export function namesGiven(statement: Stmt, expr: Expr, fn: FunctionModel | undefined): readonly Given[] {
  const found: Given[] = [];
  let inner = expr;
  for (const outer of ancestorsOf(statement, expr)) {
    if (outer.kind === 'call') {
      const given = givenTo(outer, inner);
      found.push(...given.names);
      if (!given.through) { return found; }
    } else if (outer.kind === 'collection') {
      const at = outer.items.indexOf(inner);
      const key = outer.keys?.[at];
      if (key?.kind === 'literal') { found.push({ name: String(key.value), how: 'field' }); return found; }
      if (outer.keys !== undefined) { return found; }
    } else if (outer.kind === 'comprehension') {
      if (outer.element !== inner) { return found; }
    } else if (outer.kind === 'index') {
      if (outer.object !== inner) { return found; }
    } else if (outer.kind === 'conditional') {
      if (outer.test === inner) { return found; }
    } else if (outer.kind === 'compare' || outer.kind === 'lambda') { return found; }
    inner = outer;
  }
  return [...found, ...statementNames(statement, fn)];
}

function givenTo(call: Call, inner: Expr): { readonly names: readonly Given[]; readonly through: boolean } {
  const callee = lastName(call.callee) ?? '';
  // `random.choice(x).upper()`: the value is what the method is called on.
  if (call.callee === inner) { return { names: [], through: SAME_STUFF.has(callee) }; }
  const argument = call.args.find(({ value }) => value === inner);
  if (argument?.name !== undefined) { return { names: [{ name: argument.name, how: 'argument' }], through: false }; }
  if (SAME_STUFF.has(callee)) { return { names: [], through: true }; }
  return { names: /^_*set[A-Z_]/.test(callee) ? [{ name: callee.replace(/^_*set_?/, ''), how: 'setter' }] : [], through: false };
}

function statementNames(statement: Stmt, fn: FunctionModel | undefined): readonly Given[] {
  if (statement.kind === 'return') { return fn === undefined || fn.name === '' ? [] : [{ name: fn.name, how: 'returned' }]; }
  if (statement.kind !== 'assign') { return []; }
  return statement.targets.flatMap((target): Given[] => {
    const name = target.kind === 'index' && target.indices[0]?.kind === 'literal' ? String(target.indices[0].value) : lastName(target);
    return name === undefined ? [] : [{ name, how: 'assigned' }];
  });
}

/** Expressions of a function that read a variable of it, with their statements. */
export function readsOf(model: SourceModel, fn: FunctionModel | undefined, name: string): readonly { readonly expr: Expr; readonly statement: Stmt }[] {
  const found: { readonly expr: Expr; readonly statement: Stmt }[] = [];
  for (const statement of statementsOf(fn?.body ?? model.body)) {
    const targets = statement.kind === 'assign' && statement.op === undefined ? statement.targets : [];
    for (const root of expressionsOf(statement)) {
      if (targets.includes(root) && root.kind === 'name') { continue; }
      walkExpression(root, (expr) => { if (expr.kind === 'name' && expr.name === name) { found.push({ expr, statement }); } });
      if (found.length > 60) { return found; }
    }
  }
  return found;
}
