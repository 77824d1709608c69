/** Builders of imports and exports, of modules and of CommonJS. */
import type { Expr, ImportModel, Span, Stmt } from '../model.ts';
import { nameIn } from '../text.ts';
import type { Definitions } from '../syntax/definitions.ts';
import { childOf, childrenOfKind, exprIn, exprsOf, isExpr, statementsIn, tokenOf } from '../syntax/parts.ts';
import type { Mutable, Part, Specifier } from '../syntax/parts.ts';
import type { Frame, NodeRule } from '../syntax/table.ts';
import { namedClassOf, namedFunctionOf } from './naming.ts';
import { moduleOf, requiredBy } from './required.ts';
import { declarationOf } from './statements.ts';

type F = Frame<Part>;
type Rule = NodeRule<Part, Definitions>;

/** The whole of a module, as a specifier's name. */
const WHOLE = '';

function textOf(expr: Expr | undefined): string | undefined {
  return expr?.kind === 'literal' && typeof expr.value === 'string' ? expr.value : undefined;
}

/** Records what an import brings and returns its statement. */
function record(whole: Span, source: string, items: readonly Specifier[], typeOnly: boolean, context: Definitions): Stmt {
  const first = context.imports.length;
  const within = context.function;
  const { module, level } = moduleOf(source);
  for (const item of items) {
    const model: Mutable<ImportModel> = {
      start: item.start, end: item.end, module, level, alias: item.alias, typeOnly: typeOnly || item.typed,
      ...(item.name === WHOLE ? {} : { name: item.name }),
    };
    if (within !== undefined) model.function = within;
    context.imports.push(model);
  }
  return { kind: 'import', start: whole.start, end: whole.end, imports: items.map((_, i) => first + i) };
}

// --------------------------------------------------------------------- imports

function buildSpecifier(frame: F, context: Definitions): Part | undefined {
  const name = exprIn(frame, 'name');
  if (name === undefined) return undefined;
  const plain = wordOf(name, context);
  const alias = exprIn(frame, 'alias');
  const item: Specifier = {
    start: frame.start, end: frame.end, name: plain, alias: alias === undefined ? plain : wordOf(alias, context),
    typed: tokenOf(frame, 'type', 'typeof') !== undefined,
  };
  return { kind: 'specifiers', items: [item] };
}

/** A name, or a string in its place. */
function wordOf(expr: Expr, context: Definitions): string {
  return textOf(expr) ?? nameIn(context.text, expr.start, expr.end);
}

function buildSpecifiers(frame: F): Part {
  return { kind: 'specifiers', items: childrenOfKind(frame, 'specifiers').flatMap((part) => part.items) };
}

/** `* as x`. */
function buildNamespace(frame: F, context: Definitions): Part {
  const name = exprsOf(frame)[0];
  const items = name === undefined ? [] : [{ start: frame.start, end: frame.end, name: WHOLE, alias: wordOf(name, context), typed: false }];
  return { kind: 'specifiers', items };
}

/** `d, { a as b }`: the name in front is the default of the module. */
function buildClause(frame: F): Part {
  const items: Specifier[] = [];
  for (const { value } of frame.children) {
    if (value.kind === 'specifiers') items.push(...value.items);
    else if (value.kind === 'name') items.push({ start: value.start, end: value.end, name: 'default', alias: value.name, typed: false });
  }
  return { kind: 'specifiers', items };
}

/** `x = require('y')` of an import. */
function buildRequireClause(frame: F, context: Definitions): Part {
  const name = exprsOf(frame)[0];
  const source = exprIn(frame, 'source');
  const items = name === undefined ? [] : [{ start: name.start, end: name.end, name: WHOLE, alias: wordOf(name, context), typed: false }];
  return { kind: 'specifiers', items, ...(source === undefined ? {} : { source: textOf(source) ?? '' }) };
}

function buildImport(frame: F, context: Definitions): Part | undefined {
  const clause = childOf(frame, 'specifiers');
  const source = textOf(exprIn(frame, 'source')) ?? clause?.source;
  if (source === undefined) return undefined;
  // An import for its effects binds nothing, but runs the module.
  const items = clause?.items ?? [{ start: frame.start, end: frame.end, name: WHOLE, alias: '', typed: false }];
  return record(frame, source, items, tokenOf(frame, 'type', 'typeof') !== undefined, context);
}

/** `const x = require('y')`, `const { a: b } = require('y')`, `const a = require('y').a`, and the same by `await import`. */
export function importOf(target: Expr, value: Expr, whole: Span, context: Definitions): Stmt | undefined {
  const member = value.kind === 'member' ? value : undefined;
  const required = requiredBy(member?.object ?? value);
  if (required === undefined) return undefined;
  const items = boundBy(target, member?.property);
  if (items === undefined) return undefined;
  // The names say it better than the call itself did.
  if (context.imports.at(-1)?.start === required.call.start) context.imports.pop();
  return record(whole, required.specifier, items, false, context);
}

function boundBy(target: Expr, member: string | undefined): readonly Specifier[] | undefined {
  if (target.kind === 'name') return [{ start: target.start, end: target.end, name: member ?? WHOLE, alias: target.name, typed: false }];
  if (target.kind !== 'collection' || target.type !== 'dict' || member !== undefined) return undefined;
  const items: Specifier[] = [];
  target.items.forEach((item, i) => {
    const key = textOf(target.keys?.[i] ?? undefined);
    const bound = item.kind === 'unknown' && item.syntax === 'assignment_pattern' ? item.parts[0] : item;
    if (key !== undefined && bound?.kind === 'name') items.push({ start: item.start, end: item.end, name: key, alias: bound.name, typed: false });
  });
  return items.length === target.items.length ? items : undefined;
}

// --------------------------------------------------------------------- exports

/** `export { a as b }`, `export * from`, `export default`, `export const`. */
function buildExport(frame: F, context: Definitions): Part | undefined {
  const source = textOf(exprIn(frame, 'source'));
  const items = childOf(frame, 'specifiers')?.items;
  const typeOnly = tokenOf(frame, 'type') !== undefined;
  if (source !== undefined) {
    return record(frame, source, items ?? [{ start: frame.start, end: frame.end, name: '*', alias: '*', typed: false }], typeOnly, context);
  }
  if (items !== undefined) {
    for (const item of items) context.exports.push({ name: item.alias, local: item.name });
    return undefined;
  }
  const isDefault = tokenOf(frame, 'default') !== undefined;
  const body = frame.children.flatMap(({ value }) => (value.kind === 'decorator' || isExpr(value) ? [] : statementsIn(value)));
  if (body.length > 0) {
    if (isDefault) exportDefault(body[0]!, context);
    decorate(frame, body[0]!, context);
    return { kind: 'block', start: frame.start, end: frame.end, body, cases: [] };
  }
  const value = exprsOf(frame)[0];
  return value === undefined ? undefined : exportedValue(value, frame, isDefault ? 'default' : 'export=', context);
}

function exportDefault(statement: Stmt, context: Definitions): void {
  const named = statement.kind === 'class' ? context.classes[statement.class] : statement.kind === 'function' ? context.functions[statement.function] : undefined;
  if (named === undefined) return;
  if (named.name === '') named.name = 'default';
  else context.exports.push({ name: 'default', local: named.name });
}

function decorate(frame: F, statement: Stmt, context: Definitions): void {
  const decorators = childrenOfKind(frame, 'decorator').map((part) => part.value);
  if (statement.kind !== 'class' || decorators.length === 0) return;
  const cls = context.classes[statement.class]!;
  cls.decorators = [...decorators, ...cls.decorators];
}

/** `export default x` gives a variable of that name; a function or class without one is called so. */
function exportedValue(value: Expr, frame: F, name: string, context: Definitions): Stmt {
  const at = context.text.indexOf(name === 'default' ? 'default' : '=', frame.start);
  const keyword = { start: at, end: at + (name === 'default' ? 'default'.length : 1) };
  const given = { name, span: keyword };
  return namedFunctionOf(value, given, frame, context) ?? namedClassOf(value, given, frame, context)
    ?? declarationOf({ kind: 'name', start: keyword.start, end: keyword.end, name }, undefined, value, frame.start, frame.end);
}

const nothing: Rule = { leaf: true, build: () => undefined };

export const importRules: Readonly<Record<string, Rule>> = {
  import_statement: { fields: true, tokens: true, build: buildImport },
  import_clause: { build: buildClause },
  named_imports: { build: buildSpecifiers },
  import_specifier: { fields: true, tokens: true, build: buildSpecifier },
  namespace_import: { build: buildNamespace },
  import_require_clause: { fields: true, build: buildRequireClause },
  import_attribute: nothing,
  export_statement: { fields: true, tokens: true, build: buildExport },
  export_clause: { build: buildSpecifiers },
  export_specifier: { fields: true, tokens: true, build: buildSpecifier },
  namespace_export: { build: buildNamespace },
};
