/** Where a script tells a connection not to check who answers. */
import type { Call, Collection, Expr, FunctionModel, SourceModel, Stmt } from '../../../../core/source/model.ts';
import type { NameSite } from '../../../../core/source/scope.ts';
import { expressionsOf, walkExpression } from '../../../../core/source/walk.ts';
import { beginningOf, fieldOf, isConstantOf } from '../arguments.ts';
import { isLoopback } from '../venues.ts';
import type { Unchecked } from './python-tls.ts';

/** Fields that switch the check off where they are false (Node.js `tls.connect`, `request`, mqtt.js and pg documentation, 2026-12-01). */
const OFF_WHERE_FALSE: readonly string[] = ['rejectUnauthorized', 'strictSSL'];
const ADDRESS = ['host', 'hostname', 'url', 'uri', 'baseURL', 'address'] as const;

/** What is off in the object literals of a statement, and the variable of the process that switches every check off. */
export function uncheckedInScript(model: SourceModel, statement: Stmt, site: NameSite): readonly Unchecked[] {
  const found: Unchecked[] = [];
  for (const root of expressionsOf(statement)) {
    walkExpression(root, (expr, parent) => {
      if (expr.kind === 'collection' && expr.type === 'dict') { found.push(...uncheckedFields(model, expr, parent, site)); }
    });
  }
  return found;
}

function uncheckedFields(model: SourceModel, fields: Collection, parent: Expr | undefined, site: NameSite): readonly Unchecked[] {
  if (isLocal(model, fields, parent, site)) { return []; }
  const found: Unchecked[] = [];
  for (const key of OFF_WHERE_FALSE) {
    const value = fieldOf(fields, key);
    if (value !== undefined && isConstantOf(model, value, site, false)) { found.push(unchecked(model, fields, key, value, `${key}: false`)); }
  }
  const check = fieldOf(fields, 'checkServerIdentity');
  const fn = check?.kind === 'lambda' ? model.functions[check.function] : undefined;
  if (check !== undefined && fn !== undefined && neverObjects(fn)) { found.push(unchecked(model, fields, 'checkServerIdentity', check, 'checkServerIdentity')); }
  return found;
}

function unchecked(model: SourceModel, fields: Collection, key: string, value: Expr, what: string): Unchecked {
  const name = (fields.keys ?? []).findLast((one) => one?.kind === 'literal' && one.value === key);
  return { at: { start: name?.start ?? value.start, end: value.end }, kind: 'certificate', what };
}

/** A check that gives no error, whatever it is shown. */
function neverObjects(fn: FunctionModel): boolean {
  return fn.body.every((statement) => statement.kind === 'return' && (statement.value === undefined || isNothing(statement.value)));
}

function isNothing(value: Expr): boolean {
  return (value.kind === 'name' && value.name === 'undefined') || (value.kind === 'literal' && (value.type === 'none' || value.value === true))
    || (value.kind === 'unary' && value.op === 'void');
}

function isLocal(model: SourceModel, fields: Collection, parent: Expr | undefined, site: NameSite): boolean {
  const addresses: (Expr | undefined)[] = ADDRESS.map((key) => fieldOf(fields, key));
  if (parent?.kind === 'call') { addresses.push(...(parent as Call).args.filter(({ value }) => value !== fields).map(({ value }) => value)); }
  return addresses.some((address) => {
    const beginning = beginningOf(model, address, site);
    return beginning !== undefined && isLoopback(beginning);
  });
}
