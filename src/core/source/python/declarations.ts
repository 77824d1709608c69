/** Builders of Python's definitions and imports. */
import type { Argument, Expr, ImportModel, Parameter, Span } from '../model.ts';
import { nameIn } from '../text.ts';
import type { Frame, NodeRule } from '../syntax/table.ts';
import type { Definitions } from '../syntax/definitions.ts';
import { bodyOf, childOf, childrenOfKind, endOf, exprIn, exprsOf, isExpr, nameOf, tokenOf, unknownOf } from '../syntax/parts.ts';
import type { Mutable, Part } from '../syntax/parts.ts';

type F = Frame<Part>;
type Rules = Readonly<Record<string, NodeRule<Part, Definitions>>>;

function span(node: Span): Span {
  return { start: node.start, end: node.end };
}

// ------------------------------------------------------------------ parameters

/** A name, possibly starred or a Python 2 tuple, as a parameter. */
function parameterOf(target: Expr, whole: Span, context: Definitions): Mutable<Parameter> {
  const splat = target.kind === 'unknown' ? target : undefined;
  const rest = splat?.syntax === 'list_splat' ? '*' : splat?.syntax === 'dictionary_splat' ? '**' : undefined;
  const name = rest === undefined ? target : splat?.parts[0] ?? target;
  return {
    start: whole.start, end: whole.end,
    name: name.kind === 'name' ? name.name : context.name(name.start, name.end),
    ...(rest === undefined ? {} : { rest }),
  };
}

function buildTypedParameter(frame: F, context: Definitions): Part {
  const target = frame.children.find((child) => child.field !== 'type' && isExpr(child.value))?.value as Expr | undefined;
  if (target === undefined) return unknownOf(frame);
  const parameter = parameterOf(target, frame, context);
  const annotation = exprIn(frame, 'type');
  if (annotation !== undefined) parameter.annotation = annotation;
  return { kind: 'parameter', parameter };
}

function buildDefaultParameter(frame: F, context: Definitions): Part {
  const target = exprIn(frame, 'name');
  if (target === undefined) return unknownOf(frame);
  const parameter = parameterOf(target, frame, context);
  const annotation = exprIn(frame, 'type');
  const value = exprIn(frame, 'value');
  if (annotation !== undefined) parameter.annotation = annotation;
  if (value !== undefined) parameter.default = value;
  return { kind: 'parameter', parameter };
}

function buildParameters(frame: F, context: Definitions): Part {
  context.liftSignature();
  const parameters: Parameter[] = [];
  for (const { value } of frame.children) {
    if (value.kind === 'parameter') parameters.push(value.parameter);
    else if (isExpr(value)) parameters.push(parameterOf(value, value, context));
  }
  return { kind: 'parameters', parameters };
}

/** `*x` of an assignment, a parameter list or a call. */
function buildSplat(frame: F): Part {
  const syntax = frame.type === 'dictionary_splat_pattern' ? 'dictionary_splat' : 'list_splat';
  return { kind: 'unknown', start: frame.start, end: frame.end, syntax, parts: exprsOf(frame) };
}

// ----------------------------------------------------------------- definitions

function buildFunction(frame: F, context: Definitions): Part {
  const name = nameOf(exprIn(frame, 'name'));
  const nameSpan = name === undefined ? { start: frame.start, end: frame.start } : span(name);
  return context.defineFunction({ start: frame.start, end: endOf(frame) }, { name: name?.name ?? '', span: nameSpan }, {
    async: tokenOf(frame, 'async') !== undefined,
    parameters: childOf(frame, 'parameters')?.parameters ?? [],
    returns: exprIn(frame, 'return_type'),
    body: bodyOf(frame),
  });
}

function buildLambda(frame: F, context: Definitions): Part {
  const value = exprIn(frame, 'body');
  const keyword = { start: frame.start, end: frame.start + 'lambda'.length };
  const statement = context.defineFunction(span(frame), { name: '', span: keyword }, {
    async: false,
    parameters: childOf(frame, 'parameters')?.parameters ?? [],
    returns: undefined,
    body: value === undefined ? [] : [{ kind: 'return', start: value.start, end: value.end, value }],
  });
  return { kind: 'lambda', start: frame.start, end: frame.end, function: statement.function };
}

function buildClass(frame: F, context: Definitions): Part {
  const index = context.close();
  const cls = context.classes[index]!;
  const name = nameOf(exprIn(frame, 'name'));
  const bases: Expr[] = [];
  const keywords: Argument[] = [];
  for (const argument of childOf(frame, 'arguments')?.args ?? []) {
    if (argument.name !== undefined || argument.spread !== undefined) keywords.push(argument);
    else bases.push(argument.value);
  }
  cls.start = frame.start;
  cls.end = endOf(frame);
  cls.name = name?.name ?? '';
  cls.nameSpan = name === undefined ? { start: frame.start, end: frame.start } : span(name);
  cls.bases = bases;
  cls.keywords = keywords;
  cls.body = bodyOf(frame);
  return { kind: 'class', start: cls.start, end: cls.end, class: index };
}

/** The statement covers the decorators; the model of the function or class starts at `def`, `async` or `class`. */
function buildDecorated(frame: F, context: Definitions): Part | undefined {
  const decorators = childrenOfKind(frame, 'decorator').map((part) => part.value);
  const fn = childOf(frame, 'function');
  if (fn !== undefined) {
    context.functions[fn.function]!.decorators = decorators;
    return { ...fn, start: frame.start };
  }
  const cls = childOf(frame, 'class');
  if (cls !== undefined) {
    context.classes[cls.class]!.decorators = decorators;
    return { ...cls, start: frame.start };
  }
  return { kind: 'unknownStatement', start: frame.start, end: frame.end, syntax: frame.type, parts: decorators, body: [] };
}

function buildDecorator(frame: F): Part {
  const value = exprsOf(frame)[0];
  return value === undefined ? unknownOf(frame) : { kind: 'decorator', value };
}

// --------------------------------------------------------------------- imports

function buildAlias(frame: F): Part {
  const name = exprIn(frame, 'name');
  const alias = nameOf(exprIn(frame, 'alias'));
  if (name === undefined || alias === undefined) return unknownOf(frame);
  return { kind: 'alias', start: frame.start, end: frame.end, name: span(name), alias: alias.name };
}

/** A dotted name as written, without the blanks Python allows around its dots. */
function compact(text: string, at: Span): string {
  return nameIn(text, at.start, at.end).replace(/[\s\\]+/g, '');
}

/** One imported name: where it stands, what it is called there, what it is called here. */
interface ImportItem extends Span {
  readonly name: string;
  readonly alias?: string;
}

function itemsOf(frame: F, context: Definitions): ImportItem[] {
  const items: ImportItem[] = [];
  for (const { field, value } of frame.children) {
    if (field === 'module_name') continue;
    if (value.kind === 'alias') items.push({ start: value.start, end: value.end, name: compact(context.text, value.name), alias: value.alias });
    else if (value.kind === 'name' || value.kind === 'member') items.push({ start: value.start, end: value.end, name: compact(context.text, value) });
    else if (value.kind === 'wildcard') items.push({ start: value.start, end: value.end, name: '*', alias: '*' });
  }
  return items;
}

function record(frame: F, models: readonly Mutable<ImportModel>[], context: Definitions): Part {
  const first = context.imports.length;
  const within = context.function;
  for (const model of models) {
    if (within !== undefined) model.function = within;
    context.imports.push(model);
  }
  return { kind: 'import', start: frame.start, end: frame.end, imports: models.map((_, i) => first + i) };
}

function buildImport(frame: F, context: Definitions): Part {
  const models = itemsOf(frame, context).map((item): Mutable<ImportModel> => ({
    start: item.start, end: item.end, module: item.name, level: 0,
    // `import a.b` binds `a`; with an alias the whole path.
    alias: item.alias ?? item.name.split('.', 1)[0]!,
    typeOnly: false,
  }));
  return record(frame, models, context);
}

function buildImportFrom(frame: F, context: Definitions): Part {
  const at = frame.children.find((child) => child.field === 'module_name')?.value as Span | undefined;
  const module = frame.type === 'future_import_statement' ? '__future__' : at === undefined ? '' : compact(context.text, at);
  let level = 0;
  while (module[level] === '.') level++;
  const models = itemsOf(frame, context).map((item): Mutable<ImportModel> => ({
    start: item.start, end: item.end, module, level, name: item.name, alias: item.alias ?? item.name, typeOnly: false,
  }));
  return record(frame, models, context);
}

const openFunction = (lambda: boolean) => (_start: number, context: Definitions): void => context.openFunction(lambda);

export const declarationRules: Rules = {
  function_definition: { fields: true, tokens: true, enter: openFunction(false), build: buildFunction },
  lambda: { fields: true, enter: openFunction(true), build: buildLambda },
  class_definition: { fields: true, enter: (_start, context) => context.openClass(), build: buildClass },
  decorated_definition: { build: buildDecorated },
  decorator: { build: buildDecorator },
  parameters: { build: buildParameters },
  lambda_parameters: { build: buildParameters },
  typed_parameter: { fields: true, build: buildTypedParameter },
  default_parameter: { fields: true, build: buildDefaultParameter },
  typed_default_parameter: { fields: true, build: buildDefaultParameter },
  list_splat_pattern: { build: buildSplat },
  dictionary_splat_pattern: { build: buildSplat },
  positional_separator: { leaf: true, build: () => undefined },
  keyword_separator: { leaf: true, build: () => undefined },
  import_statement: { fields: true, build: buildImport },
  import_from_statement: { fields: true, build: buildImportFrom },
  future_import_statement: { fields: true, build: buildImportFrom },
  aliased_import: { fields: true, build: buildAlias },
  relative_import: { build: (frame) => ({ kind: 'relative', start: frame.start, end: frame.end }) },
  import_prefix: { leaf: true, build: () => undefined },
  wildcard_import: { leaf: true, build: (frame) => ({ kind: 'wildcard', start: frame.start, end: frame.end }) },
};
