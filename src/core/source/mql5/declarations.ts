/** Builders of MQL5's declarations: variables, inputs, functions, classes, enumerations. */
import type { Argument, Assign, Expr, Name, Parameter, Span, Stmt } from '../model.ts';
import type { Definitions } from '../syntax/definitions.ts';
import { childOf, childrenOfKind, exprIn, exprsOf, isExpr, nameOf, statementsIn, unknownOf } from '../syntax/parts.ts';
import type { DeclaratorPart, Mutable, Part } from '../syntax/parts.ts';
import type { Frame, NodeRule } from '../syntax/table.ts';
import { nameIn } from '../text.ts';
import { blockOf, buildBlock, statementsOf } from './statements.ts';

type F = Frame<Part>;
type Rules = Readonly<Record<string, NodeRule<Part, Definitions>>>;

function span(node: Span): Span {
  return { start: node.start, end: node.end };
}

// ----------------------------------------------------------------- declarators

/** What is declared: the innermost name with all that is said around it. */
function declaratorIn(frame: F): DeclaratorPart | undefined {
  for (const { value } of frame.children) {
    if (value.kind === 'declarator') return value;
    if (value.kind === 'name' || value.kind === 'member') return { kind: 'declarator', start: value.start, end: value.end, name: value, array: false };
  }
  return undefined;
}

function declarator(more: (frame: F) => Partial<DeclaratorPart>): NodeRule<Part, Definitions> {
  return {
    fields: true,
    build: (frame) => {
      const inner = declaratorIn(frame);
      return inner === undefined ? unknownOf(frame) : { ...inner, ...more(frame), start: frame.start, end: frame.end };
    },
  };
}

/** `x = 5`, `trade(7)`, `a[] = {1}`. */
function initialised(frame: F): Partial<DeclaratorPart> {
  const args = childOf(frame, 'arguments')?.args;
  if (args !== undefined) return { args };
  const value = exprIn(frame, 'value');
  return value === undefined ? {} : { value };
}

/** `~CRisk`, `operator==`: a name like any other. */
function buildOddName(frame: F, context: Definitions): Expr {
  return { kind: 'name', start: frame.start, end: frame.end, name: nameIn(context.text, frame.start, frame.end).replace(/\s+/g, '') };
}

// ------------------------------------------------------------------- variables

const STORAGES: ReadonlySet<string> = new Set(['input', 'sinput', 'extern', 'static', 'const']);

/** The word that says most: an input that is also `static` is an input. */
function storageOf(frame: F): Assign['storage'] {
  const words = childrenOfKind(frame, 'token').map((token) => token.text);
  return ['input', 'sinput', 'extern', 'static', 'const'].find((word) => words.includes(word)) as Assign['storage'];
}

/** A variable, or several; a class or enumeration may be declared with them. A prototype declares nothing. */
function buildDeclaration(frame: F, context: Definitions): Part | undefined {
  const before: Stmt[] = [];
  let type: Expr | undefined;
  for (const { field, value } of frame.children) {
    if (field !== 'type') continue;
    before.push(...statementsIn(value));
    type = value.kind === 'class' ? classNameOf(value.class, context) : isExpr(value) ? value : type;
  }
  const storage = storageOf(frame);
  const fallback = exprIn(frame, 'default_value');
  const made: Stmt[] = [];
  for (const { field, value } of frame.children) {
    const declared = field === 'declarator' ? declaredBy(value) : undefined;
    if (declared === undefined) continue;
    if (isPrototype(declared, context)) {
      const imported = importedBy(declared, type, context);
      if (imported !== undefined) made.push(imported);
      continue;
    }
    made.push(assignOf(declared, type, storage, fallback, made.length === 0 && before.length === 0 ? frame.start : declared.start));
  }
  // With its semicolon: nothing else stands on it.
  const last = made.at(-1) as Mutable<Stmt> | undefined;
  if (last !== undefined) last.end = frame.end;
  const all = [...before, ...made];
  return all.length === 0 ? undefined : all.length === 1 ? all[0] : blockOf(frame, all);
}

function declaredBy(value: Part): DeclaratorPart | undefined {
  if (value.kind === 'declarator') return value;
  return value.kind === 'name' || value.kind === 'member' ? { kind: 'declarator', start: value.start, end: value.end, name: value, array: false } : undefined;
}

/** A function that a library has: between `#import "risk.ex5"` and the next `#import` a prototype names one. */
function importedBy(declared: DeclaratorPart, type: Expr | undefined, context: Definitions): Stmt | undefined {
  const { library } = context;
  if (library === undefined || context.class !== undefined || context.function !== undefined || declared.name.kind !== 'name') return undefined;
  const { name, start, end } = declared.name;
  context.imports.push({
    start, end, module: library, level: 0, name, alias: name, typeOnly: false,
    signature: { parameters: declared.parameters ?? [], ...(type === undefined ? {} : { returns: type }) },
  });
  return { kind: 'import', start: declared.start, end: declared.end, imports: [context.imports.length - 1] };
}

/**
 * `CRisk risk(MaxLoss);` reads like a function of a `MaxLoss`. Inside a function, and where no parameter has a name, it
 * is an object that is made.
 */
function isPrototype(declared: DeclaratorPart, context: Definitions): boolean {
  const { parameters } = declared;
  if (parameters === undefined) return false;
  const unnamed = parameters.length > 0 && parameters.every((parameter) => parameter.name === '' && parameter.annotation?.kind === 'name' && !isPrimitive(parameter.annotation));
  return !(unnamed && context.class === undefined) && (context.function === undefined || parameters.length === 0 || !unnamed);
}

const PRIMITIVES: ReadonlySet<string> = new Set(
  'void bool char uchar short ushort int uint long ulong float double string datetime color'.split(' '),
);

function isPrimitive(type: Name): boolean {
  return PRIMITIVES.has(type.name) || type.name.startsWith('ENUM_');
}

function assignOf(declared: DeclaratorPart, type: Expr | undefined, storage: Assign['storage'], fallback: Expr | undefined, start: number): Stmt {
  const assign: Mutable<Assign> = { kind: 'assign', start, end: declared.end, targets: [declared.name] };
  const annotation = annotationOf(type, dimensionsOf(declared), declared);
  // `int CRisk::s_count = 0;` gives a value to what the class declared.
  if (annotation !== undefined) assign.annotation = annotation;
  const value = declared.value ?? fallback ?? constructed(declared, type);
  if (value !== undefined) assign.value = value;
  if (storage !== undefined) assign.storage = storage;
  return assign;
}

/** `CRisk risk(5);` is a call of the class. */
function constructed(declared: DeclaratorPart, type: Expr | undefined): Expr | undefined {
  const args = declared.args ?? declared.parameters?.flatMap((parameter): Argument[] => (
    parameter.annotation === undefined ? [] : [{ start: parameter.start, end: parameter.end, value: parameter.annotation }]));
  if (args === undefined || type === undefined) return undefined;
  return { kind: 'call', start: declared.start, end: declared.end, callee: type, args };
}

/** `double x[]` holds many; the model writes it like any container of one type. */
function annotationOf(type: Expr | undefined, dimensions: number, at: Span): Expr | undefined {
  if (type === undefined) return type;
  let annotation = type;
  for (let left = Math.min(dimensions, MOST_DIMENSIONS); left > 0; left--) {
    annotation = { kind: 'index', start: type.start, end: type.end, object: { kind: 'name', name: 'array', start: at.start, end: at.start }, indices: [annotation] };
  }
  return annotation;
}

/** An array of MQL5 has at most four dimensions (reference, Language Basics: Arrays). */
const MOST_DIMENSIONS = 4;

function dimensionsOf(declared: DeclaratorPart | undefined): number {
  return declared?.array === true ? declared.dimensions ?? 1 : 0;
}

// ------------------------------------------------------------------- functions

function buildParameter(frame: F): Part | undefined {
  const type = exprIn(frame, 'type');
  const child = frame.children.find((one) => one.field === 'declarator')?.value;
  const declared = child === undefined ? undefined : declaredBy(child);
  // `f(void)` takes nothing.
  if (declared === undefined && type?.kind === 'name' && type.name === 'void') return undefined;
  const name = declared?.name;
  const parameter: Mutable<Parameter> = { start: frame.start, end: frame.end, name: name?.kind === 'name' ? name.name : '' };
  const annotation = annotationOf(type, dimensionsOf(declared), frame);
  const value = exprIn(frame, 'default_value');
  if (annotation !== undefined) parameter.annotation = annotation;
  if (value !== undefined) parameter.default = value;
  return { kind: 'parameter', parameter };
}

function buildParameters(frame: F): Part {
  return { kind: 'parameters', parameters: childrenOfKind(frame, 'parameter').map((part) => part.parameter) };
}

/** A function with a body; `void Class::method() {}` belongs to its class. */
function buildFunction(frame: F, context: Definitions): Part {
  const child = frame.children.find((one) => one.field === 'declarator')?.value;
  const declared = child === undefined ? undefined : declaredBy(child);
  const written = declared?.name;
  if (written?.kind === 'member' && written.object.kind === 'name') context.adopt(written.object.name, true);
  const at = written?.kind === 'member' ? written.propertySpan : written === undefined ? { start: frame.start, end: frame.start } : span(written);
  const name = written?.kind === 'member' ? written.property : nameOf(written)?.name ?? '';
  const type = exprIn(frame, 'type');
  const inner = frame.children.flatMap(({ field, value }): readonly Stmt[] => (field === 'type' ? [] : statementsIn(value)));
  return context.defineFunction(span(frame), { name, span: at }, {
    async: false,
    parameters: declared?.parameters ?? [],
    returns: type?.kind === 'name' && type.name === 'void' ? undefined : type,
    body: inner,
  });
}

/** `: m_risk(risk), CBase(5)`: fields get values before the body runs; what a base is given is its own affair. */
function buildFieldInitialiser(frame: F, context: Definitions): Part | undefined {
  const name = nameOf(exprsOf(frame)[0]);
  const args = childOf(frame, 'arguments')?.args ?? [];
  const [first] = args;
  if (name === undefined || first === undefined || args.length > 1 || context.classes.some((cls) => cls.name === name.name)) return undefined;
  return { kind: 'assign', start: frame.start, end: frame.end, targets: [name], value: first.value };
}

// --------------------------------------------------------------------- classes

function classNameOf(index: number, context: Definitions): Expr | undefined {
  const cls = context.classes[index];
  return cls === undefined || cls.name === '' ? undefined : { kind: 'name', name: cls.name, start: cls.nameSpan.start, end: cls.nameSpan.end };
}

/** `class CRisk;` and `struct MqlTick &tick` only name one. */
function buildClass(frame: F, context: Definitions): Part | undefined {
  const named = exprIn(frame, 'name');
  const name = nameOf(named?.kind === 'index' ? named.object : named);
  const body = childOf(frame, 'block');
  if (body === undefined) {
    context.discard();
    return name;
  }
  const index = context.close();
  const cls = context.classes[index]!;
  cls.start = frame.start;
  cls.end = frame.end;
  cls.name = name?.name ?? '';
  cls.nameSpan = name === undefined ? { start: frame.start, end: frame.start } : span(name);
  cls.bases = childOf(frame, 'types')?.items ?? [];
  cls.body = body.body;
  return { kind: 'class', start: frame.start, end: frame.end, class: index };
}

/** The names of an enumeration are constants of the file. */
function buildEnum(frame: F): Part {
  const members = childOf(frame, 'block')?.body ?? [];
  const name = exprIn(frame, 'name');
  if (members.length === 0 && name !== undefined) return name;
  return blockOf(frame, members);
}

function buildEnumerator(frame: F): Part {
  const name = exprIn(frame, 'name');
  const value = exprIn(frame, 'value');
  if (name === undefined) return unknownOf(frame);
  const type: Expr = { kind: 'name', name: 'int', start: frame.start, end: frame.start };
  return {
    kind: 'assign', start: frame.start, end: frame.end, targets: [name], annotation: type, storage: 'enum', ...(value === undefined ? {} : { value }),
  };
}

/** `const`, `input`, `static`: the word as written, which the mask may have changed for the grammar. */
function buildWord(frame: F, context: Definitions): Part | undefined {
  const text = context.text.slice(frame.start, frame.end);
  return STORAGES.has(text) ? { kind: 'token', text } : undefined;
}

/** `template<typename T>` says nothing about what the class or the function does. */
function buildTemplate(frame: F): Part | undefined {
  const body = statementsOf(frame);
  return body.length === 1 ? body[0] : blockOf(frame, body);
}

const openClass = (_start: number, context: Definitions): void => context.openClass();
const cls: NodeRule<Part, Definitions> = { fields: true, enter: openClass, build: buildClass };
const nothing: NodeRule<Part, Definitions> = { leaf: true, build: () => undefined };

export const declarationRules: Rules = {
  declaration: { fields: true, build: buildDeclaration },
  field_declaration: { fields: true, build: buildDeclaration },
  init_declarator: declarator(initialised),
  pointer_declarator: declarator(() => ({})),
  reference_declarator: declarator(() => ({})),
  parenthesized_declarator: declarator(() => ({})),
  array_declarator: declarator((frame) => ({ array: true, dimensions: dimensionsOf(declaratorIn(frame)) + 1 })),
  function_declarator: declarator((frame) => ({ parameters: childOf(frame, 'parameters')?.parameters ?? [] })),
  destructor_name: { leaf: true, build: buildOddName },
  operator_name: { leaf: true, build: buildOddName },
  operator_cast: { leaf: true, build: buildOddName },
  function_definition: { fields: true, enter: (_start, context) => context.openFunction(false), build: buildFunction },
  parameter_list: { build: buildParameters },
  parameter_declaration: { fields: true, build: buildParameter },
  optional_parameter_declaration: { fields: true, build: buildParameter },
  field_initializer_list: { build: buildBlock },
  field_initializer: { build: buildFieldInitialiser },
  class_specifier: cls,
  struct_specifier: cls,
  union_specifier: cls,
  base_class_clause: { build: (frame) => ({ kind: 'types', items: exprsOf(frame) }) },
  field_declaration_list: { build: buildBlock },
  enum_specifier: { fields: true, build: buildEnum },
  enumerator_list: { build: buildBlock },
  enumerator: { fields: true, build: buildEnumerator },
  type_qualifier: { leaf: true, build: buildWord },
  storage_class_specifier: { leaf: true, build: buildWord },
  access_specifier: nothing,
  virtual: nothing,
  virtual_specifier: nothing,
  template_declaration: { build: buildTemplate },
  template_parameter_list: nothing,
  type_definition: nothing,
};

