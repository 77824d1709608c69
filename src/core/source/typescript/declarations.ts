/** Builders of functions, classes and variables. */
import type { Assign, Expr, FunctionStmt, Parameter, Span, Stmt } from '../model.ts';
import type { Definitions } from '../syntax/definitions.ts';
import { childOf, childrenOfKind, exprIn, exprsOf, isExpr, nameOf, tokenOf, unknownOf } from '../syntax/parts.ts';
import type { Mutable, ParameterPart, Part } from '../syntax/parts.ts';
import type { Frame, NodeRule } from '../syntax/table.ts';
import { importOf } from './imports.ts';
import { keyLiteral } from './literals.ts';
import { named, namedClassOf, NAMELESS } from './naming.ts';
import { buildBlock, declarationOf, statementOf, suiteIn } from './statements.ts';

type F = Frame<Part>;
type Rule = NodeRule<Part, Definitions>;
type Rules = Readonly<Record<string, Rule>>;

/** Name a static block goes by. */
const STATIC_BLOCK = '<static>';

function span(node: Span): Span {
  return { start: node.start, end: node.end };
}

// ------------------------------------------------------------------ parameters

/** A name, a pattern, or the rest of the arguments, as a parameter; `this: T` is none. */
function parameterOf(target: Expr, whole: Span, context: Definitions): Mutable<Parameter> | undefined {
  const rest = target.kind === 'unknown' && target.syntax === 'list_splat';
  const bound = rest ? target.parts[0] ?? target : target;
  if (bound.kind === 'name' && bound.name === 'this') return undefined;
  return {
    start: whole.start, end: whole.end, name: bound.kind === 'name' ? bound.name : context.name(bound.start, bound.end),
    ...(rest ? { rest: '*' as const } : {}), ...(bound.kind === 'name' ? {} : { pattern: bound }),
  };
}

function buildParameter(frame: F, context: Definitions): Part | undefined {
  const target = exprIn(frame, 'pattern') ?? exprIn(frame, 'name');
  if (target === undefined) return undefined;
  const parameter = parameterOf(target, { start: target.start, end: frame.end }, context);
  if (parameter === undefined) return undefined;
  const annotation = exprIn(frame, 'type');
  const value = exprIn(frame, 'value');
  if (annotation !== undefined) parameter.annotation = annotation;
  if (value !== undefined) parameter.default = value;
  const property = childOf(frame, 'modifier') !== undefined || tokenOf(frame, 'readonly') !== undefined;
  return { kind: 'parameter', parameter, ...(property ? { property: span(target) } : {}) };
}

function buildParameters(frame: F, context: Definitions): Part {
  const parameters: Parameter[] = [];
  const stored: Stmt[] = [];
  for (const { value } of frame.children) {
    if (value.kind === 'parameter') {
      parameters.push(value.parameter);
      if (value.property !== undefined) stored.push(storedOf(value, value.property));
    } else if (isExpr(value)) {
      const parameter = parameterOf(value, value, context);
      if (parameter !== undefined) parameters.push(parameter);
    }
  }
  return { kind: 'parameters', parameters, stored };
}

/** `constructor(private risk: Risk)` is `this.risk = risk`. */
function storedOf({ parameter }: ParameterPart, at: Span): Assign {
  const self: Expr = { kind: 'name', start: at.start, end: at.start, name: 'this' };
  const target: Expr = { kind: 'member', start: at.start, end: at.end, object: self, property: parameter.name, propertySpan: at };
  const value: Expr = { kind: 'name', start: at.start, end: at.end, name: parameter.name };
  return declarationOf(target, undefined, value, parameter.start, parameter.end);
}

// ------------------------------------------------------------------- functions

/** The statements of a function: an expression behind an arrow is what it returns, unless it assigns. */
function bodyOf(frame: F): readonly Stmt[] {
  const body = exprIn(frame, 'body');
  if (body === undefined) return suiteIn(frame, 'body');
  if (body.kind === 'unknown' && body.syntax === 'named_expression') return [statementOf(body, body.start, body.end)];
  return [{ kind: 'return', start: body.start, end: body.end, value: body }];
}

/** Fills in the function whose scope is being left. */
function define(frame: F, context: Definitions, name: { readonly name: string; readonly span: Span }): FunctionStmt {
  const list = childOf(frame, 'parameters');
  const single = exprIn(frame, 'parameter');
  const parameter = single === undefined ? undefined : parameterOf(single, single, context);
  return context.defineFunction(span(frame), name, {
    async: tokenOf(frame, 'async') !== undefined, generator: tokenOf(frame, '*') !== undefined,
    parameters: list?.parameters ?? (parameter === undefined ? [] : [parameter]),
    returns: exprIn(frame, 'return_type'),
    body: [...list?.stored ?? [], ...bodyOf(frame)],
  });
}

function buildFunction(frame: F, context: Definitions): Part {
  const name = nameOf(exprIn(frame, 'name'));
  const statement = define(frame, context, { name: name?.name ?? '', span: name === undefined ? { start: frame.start, end: frame.start } : span(name) });
  context.functions[statement.function]!.ownThis = true;
  return statement;
}

/** A function without a place to be called by: `() => x`, `function () {}`; the name of a function expression is its own affair. */
function lambda(ownThis: boolean): Rule['build'] {
  return (frame, context) => {
    const name = nameOf(exprIn(frame, 'name'));
    const statement = define(frame, context, { name: '', span: { start: frame.start, end: frame.start } });
    const fn = context.functions[statement.function]!;
    if (ownThis) fn.ownThis = true;
    if (name !== undefined) fn.ownName = { name: name.name, span: span(name) };
    return { kind: 'lambda', start: frame.start, end: frame.end, function: statement.function };
  };
}

/** The name a method or field is called by: `tick`, `#tick`, `'tick'`, `[Symbol.iterator]`. */
function keyName(key: Expr | undefined, frame: F, context: Definitions): { readonly name: string; readonly span: Span } {
  if (key === undefined) return { name: '', span: { start: frame.start, end: frame.start } };
  if (key.kind === 'name') return { name: key.name, span: span(key) };
  if (key.kind === 'literal' && key.type === 'string') return { name: String(key.value), span: key.content ?? span(key) };
  return { name: `[${context.text.slice(key.start, key.end)}]`, span: span(key) };
}

/** A method without a body ends with its semicolon. */
function buildAbstract(frame: F, context: Definitions): Part {
  const end = context.text[frame.end] === ';' ? frame.end + 1 : frame.end;
  return buildMethod({ type: frame.type, field: frame.field, start: frame.start, end, children: frame.children }, context);
}

/** A method of a class, or of an object literal: there it is a pair. */
function buildMethod(frame: F, context: Definitions): Part {
  const key = exprIn(frame, 'name');
  const index = context.function!;
  const fn = context.functions[index]!;
  const accessor = tokenOf(frame, 'get', 'set');
  if (accessor !== undefined) fn.accessor = accessor === 'get' ? 'get' : 'set';
  if (tokenOf(frame, 'static') !== undefined) fn.static = true;
  if (fn.class !== undefined) return define(frame, context, keyName(key, frame, context));
  fn.ownThis = true;
  define(frame, context, { name: '', span: { start: frame.start, end: frame.start } });
  const at = key ?? { start: frame.start, end: frame.start };
  return {
    kind: 'pair', key: key?.kind === 'name' ? keyLiteral(context.text, key) : key ?? keyLiteral(context.text, at),
    value: { kind: 'lambda', start: frame.start, end: frame.end, function: index },
  };
}

// --------------------------------------------------------------------- classes

function fillClass(frame: F, context: Definitions): number {
  const index = context.close();
  const cls = context.classes[index]!;
  const name = nameOf(exprIn(frame, 'name'));
  cls.start = frame.start;
  cls.end = frame.end;
  cls.name = name?.name ?? '';
  cls.nameSpan = name === undefined ? { start: frame.start, end: frame.start } : span(name);
  cls.bases = childOf(frame, 'bases')?.items ?? [];
  cls.decorators = childrenOfKind(frame, 'decorator').map((part) => part.value);
  cls.body = childOf(frame, 'block')?.body ?? [];
  return index;
}

function buildClass(frame: F, context: Definitions): Part {
  return { kind: 'class', start: frame.start, end: frame.end, class: fillClass(frame, context) };
}

/** A class as an expression: its name stands there, the class itself goes to the statements around it. */
function buildClassExpression(frame: F, context: Definitions): Part {
  const index = fillClass(frame, context);
  const cls = context.classes[index]!;
  if (cls.name === '') cls.name = NAMELESS;
  context.loose.push({ kind: 'class', start: frame.start, end: frame.end, class: index });
  return { kind: 'name', start: frame.start, end: frame.end, name: cls.name };
}

/** Methods, fields and what decorates them. */
function buildClassBody(frame: F, context: Definitions): Part {
  const children: F['children'][number][] = [];
  let decorators: Expr[] = [];
  for (const child of frame.children) {
    const { value } = child;
    if (value.kind === 'decorator') {
      decorators.push(value.value);
      continue;
    }
    if (value.kind === 'function' && decorators.length > 0) {
      context.functions[value.function]!.decorators = decorators;
      children.push({ field: child.field, value: { ...value, start: decorators[0]!.start - 1 } });
    } else {
      children.push(child);
    }
    decorators = [];
  }
  return buildBlock({ type: frame.type, field: frame.field, start: frame.start, end: frame.end, children }, context);
}

/** `risk = new Risk()`; an arrow function as a field is a method, and keeps the `this` of its object. */
function buildField(frame: F, context: Definitions): Part {
  const key = exprIn(frame, 'name');
  const value = exprIn(frame, 'value');
  const name = keyName(key, frame, context);
  const decorators = childrenOfKind(frame, 'decorator').map((part) => part.value);
  const owner = context.class;
  if (value?.kind === 'lambda' && owner !== undefined) {
    const fn = context.functions[value.function]!;
    fn.class = owner;
    delete fn.ownThis;
    if (decorators.length > 0) fn.decorators = decorators;
    if (tokenOf(frame, 'static') !== undefined) fn.static = true;
    context.classes[owner]!.methods.push(value.function);
    return named(value, name, frame, context);
  }
  const target: Expr = { kind: 'name', start: name.span.start, end: name.span.end, name: name.name };
  const field = declarationOf(target, exprIn(frame, 'type'), value, decorators.length === 0 ? frame.start : name.span.start, frame.end);
  if (decorators.length === 0) return field;
  const body: Stmt[] = decorators.map((part) => ({ kind: 'expression', start: part.start, end: part.end, value: part }));
  return { kind: 'block', start: frame.start, end: frame.end, body: [...body, field], cases: [] };
}

const WORD = /[\w$]+/g;

/** An interface is a class without code: those that implement it derive from it. */
function buildInterface(frame: F, context: Definitions): Part {
  const statement: Part = { kind: 'class', start: frame.start, end: frame.end, class: fillClass(frame, context) };
  const cls = context.classes[statement.class]!;
  WORD.lastIndex = frame.start + 'interface'.length;
  const found = WORD.exec(context.text);
  if (found === null || found.index >= frame.end) return statement;
  cls.name = found[0];
  cls.nameSpan = { start: found.index, end: found.index + found[0].length };
  return statement;
}

/** `static { … }` runs once, with its own variables and the class as `this`: a method that nobody can call. */
function buildStaticBlock(frame: F, context: Definitions): Part {
  const statement = define(frame, context, { name: STATIC_BLOCK, span: { start: frame.start, end: frame.start } });
  context.functions[statement.function]!.static = true;
  return statement;
}

function buildHeritage(frame: F): Part {
  return { kind: 'bases', items: [...childrenOfKind(frame, 'bases').flatMap((part) => part.items), ...exprsOf(frame)] };
}

function buildBases(frame: F): Part {
  return { kind: 'bases', items: exprsOf(frame) };
}

/** `enum Side { Buy = 1 }` is a class with constants. */
function buildEnumBody(frame: F): Part {
  const body: Stmt[] = [];
  for (const { value } of frame.children) {
    if (value.kind === 'assign') body.push(value);
    else if (value.kind === 'name') body.push(declarationOf(value, undefined, undefined, value.start, value.end));
  }
  return { kind: 'block', start: frame.start, end: frame.end, body, cases: [] };
}

function buildEnumAssignment(frame: F, context: Definitions): Part {
  const [key, value] = exprsOf(frame);
  const name = keyName(key, frame, context);
  return declarationOf({ kind: 'name', start: name.span.start, end: name.span.end, name: name.name }, undefined, value, frame.start, frame.end);
}

function buildDecorator(frame: F): Part {
  const value = exprsOf(frame)[0];
  return value === undefined ? unknownOf(frame) : { kind: 'decorator', value };
}

// ------------------------------------------------------------------- variables

/** One variable: an import by `require`, a function, a class, or an assignment. */
function buildDeclarator(frame: F, context: Definitions): Part {
  const target = exprIn(frame, 'name');
  const value = exprIn(frame, 'value');
  if (target === undefined) return unknownOf(frame);
  if (value !== undefined) {
    const imported = importOf(target, value, frame, context);
    if (imported !== undefined) return imported;
    if (target.kind === 'name') {
      const name = { name: target.name, span: span(target) };
      if (value.kind === 'lambda') return named(value, name, frame, context);
      const cls = namedClassOf(value, name, frame, context);
      if (cls !== undefined) return cls;
    }
  }
  return { ...declarationOf(target, exprIn(frame, 'type'), value, frame.start, frame.end), declares: true };
}

/** The statement of the first variable starts with the keyword, that of the last ends with the semicolon. */
function buildVariables(frame: F): Part {
  const body: Stmt[] = [];
  for (const { value } of frame.children) {
    if (value.kind === 'assign' || value.kind === 'function' || value.kind === 'class' || value.kind === 'import') body.push(value);
  }
  const first = body[0];
  if (first !== undefined) {
    body[0] = { ...first, start: frame.start };
    body[body.length - 1] = { ...body.at(-1)!, end: frame.end };
  }
  return { kind: 'block', start: frame.start, end: frame.end, body, cases: [] };
}

const openFunction = (unnamed: boolean) => (_start: number, context: Definitions): void => context.openFunction(unnamed);
const openMethod = (_start: number, context: Definitions): void => context.openFunction(context.class === undefined);
const openClass = (_start: number, context: Definitions): void => context.openClass();
const nothing: Rule = { leaf: true, build: () => undefined };
const modifier: Rule = { leaf: true, build: (frame) => ({ kind: 'modifier', start: frame.start, end: frame.end }) };
const functionRule: Rule = { fields: true, tokens: true, enter: openFunction(false), build: buildFunction };
const expressionRule: Rule = { fields: true, tokens: true, enter: openFunction(true), build: lambda(true) };
const classRule: Rule = { fields: true, enter: openClass, build: buildClass };
const parameterRule: Rule = { fields: true, tokens: true, build: buildParameter };

export const declarationRules: Rules = {
  function_declaration: functionRule,
  generator_function_declaration: functionRule,
  function_expression: expressionRule,
  generator_function: expressionRule,
  arrow_function: { fields: true, tokens: true, enter: openFunction(true), build: lambda(false) },
  formal_parameters: { build: buildParameters },
  required_parameter: parameterRule,
  optional_parameter: parameterRule,
  accessibility_modifier: modifier,
  override_modifier: modifier,
  class_declaration: classRule,
  abstract_class_declaration: classRule,
  class: { fields: true, enter: openClass, build: buildClassExpression },
  class_heritage: { build: buildHeritage },
  extends_clause: { build: buildBases },
  implements_clause: { build: buildBases },
  class_body: { build: buildClassBody },
  class_static_block: { fields: true, tokens: true, enter: openMethod, build: buildStaticBlock },
  method_definition: { fields: true, tokens: true, enter: openMethod, build: buildMethod },
  abstract_method_signature: { fields: true, tokens: true, enter: openMethod, build: buildAbstract },
  method_signature: nothing,
  index_signature: nothing,
  public_field_definition: { fields: true, tokens: true, build: buildField },
  decorator: { build: buildDecorator },
  interface_declaration: { leaf: true, fields: true, enter: openClass, build: buildInterface },
  enum_declaration: { fields: true, enter: openClass, build: buildClass },
  enum_body: { build: buildEnumBody },
  enum_assignment: { build: buildEnumAssignment },
  lexical_declaration: { build: buildVariables },
  variable_declaration: { build: buildVariables },
  variable_declarator: { fields: true, build: buildDeclarator },
};
