/**
 * Walks over the model. Nothing here recurses: a concatenation of 20,000 terms or an expression nested as deep is walked
 * with an explicit stack.
 */
import type { ClassModel, Expr, FunctionModel, Parameter, SourceModel, Stmt } from './model.ts';
import type { Site } from '../rules/rule.ts';

/** The expressions directly under an expression, in source order. A lambda has none: its body hangs in `functions`. */
export function childrenOf(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case 'literal':
    case 'name':
    case 'lambda':
      return [];
    case 'member':
      return [expr.object];
    case 'index':
      return [expr.object, ...expr.indices];
    case 'call':
      return [expr.callee, ...expr.args.map((argument) => argument.value)];
    case 'unary':
    case 'await':
      return [expr.operand];
    case 'binary':
    case 'compare':
    case 'boolean':
      return expr.operands;
    case 'conditional':
      return [expr.then, expr.test, expr.else];
    case 'template':
    case 'unknown':
      return expr.parts;
    case 'collection':
      return expr.keys === undefined ? expr.items : dictChildren(expr.keys, expr.items);
    case 'comprehension': {
      const children: Expr[] = expr.key === undefined ? [expr.element] : [expr.key, expr.element];
      for (const clause of expr.clauses) children.push(clause.target, clause.iterable, ...clause.conditions);
      return children;
    }
  }
}

function dictChildren(keys: readonly (Expr | null)[], items: readonly Expr[]): Expr[] {
  const children: Expr[] = [];
  items.forEach((item, i) => {
    const key = keys[i];
    if (key !== null && key !== undefined) children.push(key);
    children.push(item);
  });
  return children;
}

/**
 * Visits an expression and everything under it, parents first, in source order. Return `false` to leave out what is
 * under the node. Bodies of lambdas are functions of their own and are not entered.
 */
export function walkExpression(root: Expr, visit: (expr: Expr, parent: Expr | undefined) => boolean | void): void {
  const stack: Expr[] = [root];
  const parents: (Expr | undefined)[] = [undefined];
  while (stack.length > 0) {
    const expr = stack.pop()!;
    if (visit(expr, parents.pop()) === false) continue;
    const children = childrenOf(expr);
    for (let i = children.length - 1; i >= 0; i--) {
      stack.push(children[i]!);
      parents.push(expr);
    }
  }
}

/** The expressions a statement holds itself, without those of the statements in its bodies, in source order. */
export function expressionsOf(stmt: Stmt): readonly Expr[] {
  switch (stmt.kind) {
    case 'assign':
      return [...stmt.targets, ...present(stmt.annotation), ...present(stmt.value)];
    case 'if':
      return stmt.branches.map((branch) => branch.test);
    case 'loop':
      return [...present(stmt.target), stmt.over];
    case 'try':
      return stmt.handlers.flatMap((handler) => present(handler.type));
    case 'with':
      return stmt.items.flatMap((item) => [item.value, ...present(item.target)]);
    case 'return':
    case 'raise':
      return present(stmt.value);
    case 'expression':
      return [stmt.value];
    case 'match':
      return [stmt.subject, ...stmt.cases.flatMap((branch) => [...branch.patterns, ...present(branch.guard)])];
    case 'unknownStatement':
      return stmt.parts;
    case 'import':
    case 'function':
    case 'class':
    case 'break':
    case 'continue':
    case 'pass':
      return [];
  }
}

function present(expr: Expr | undefined): readonly Expr[] {
  return expr === undefined ? [] : [expr];
}

/**
 * The bodies of a compound statement in source order, empty ones left out. Bodies of functions and classes hang in
 * `SourceModel.functions` and `.classes`.
 */
export function bodiesOf(stmt: Stmt): readonly (readonly Stmt[])[] {
  switch (stmt.kind) {
    case 'if':
      return filled([...stmt.branches.map((branch) => branch.body), stmt.else]);
    case 'loop':
      return filled([stmt.body, stmt.else]);
    case 'try':
      return filled([stmt.body, ...stmt.handlers.map((handler) => handler.body), stmt.else, stmt.finally]);
    case 'with':
    case 'unknownStatement':
      return filled([stmt.body]);
    case 'match':
      return filled(stmt.cases.map((branch) => branch.body));
    default:
      return [];
  }
}

function filled(bodies: readonly (readonly Stmt[])[]): readonly (readonly Stmt[])[] {
  return bodies.filter((body) => body.length > 0);
}

/** Expressions of a definition that run where it stands, not when it is called: decorators, annotations, defaults. */
export function signatureOf(fn: FunctionModel): readonly Expr[] {
  return [...fn.decorators, ...fn.parameters.flatMap(parameterParts), ...present(fn.returns)];
}

function parameterParts(parameter: Parameter): readonly Expr[] {
  return [...present(parameter.annotation), ...present(parameter.default)];
}

/** Decorators, bases and keywords of a class. */
export function headingOf(cls: ClassModel): readonly Expr[] {
  return [...cls.decorators, ...cls.bases, ...cls.keywords.map((keyword) => keyword.value)];
}

export interface ModuleVisitor {
  statement?(statement: Stmt, site: Site): void;
  expression?(expr: Expr, site: Site): void;
}

/** What is left to visit: a statement or an expression, with the function and class around it. */
interface Pending {
  readonly statement: Stmt;
  /** Absent: the statement itself is to be visited. */
  readonly expr?: Expr;
  readonly site: Site;
}

/**
 * Visits every statement and expression of a file once, parents first, in source order (a compound statement's own
 * expressions before its bodies). Functions, classes and lambdas are entered: `site.function` and `site.class` are the
 * innermost ones around the node. Decorators, defaults, annotations and bases belong to the site around the definition,
 * as Python evaluates them.
 */
export function walkModule(model: SourceModel, visitor: ModuleVisitor): void {
  const stack: Pending[] = [];
  pushBody(stack, model.body, {});
  while (stack.length > 0) {
    const pending = stack.pop()!;
    if (pending.expr === undefined) visitStatement(model, pending, visitor, stack);
    else visitExpression(model, pending.expr, pending.site, visitor, stack);
  }
}

type Around = Omit<Site, 'statement'>;

function pushBody(stack: Pending[], body: readonly Stmt[], around: Around): void {
  for (let i = body.length - 1; i >= 0; i--) {
    const statement = body[i]!;
    stack.push({ statement, site: { ...around, statement } });
  }
}

function pushExpressions(stack: Pending[], exprs: readonly Expr[], site: Site): void {
  for (let i = exprs.length - 1; i >= 0; i--) stack.push({ statement: site.statement, expr: exprs[i]!, site });
}

function visitStatement(model: SourceModel, pending: Pending, visitor: ModuleVisitor, stack: Pending[]): void {
  const { statement, site } = pending;
  visitor.statement?.(statement, site);
  if (statement.kind === 'function') {
    const fn = model.functions[statement.function]!;
    pushBody(stack, fn.body, { ...aroundOf(site), function: fn });
    pushExpressions(stack, signatureOf(fn), site);
    return;
  }
  if (statement.kind === 'class') {
    const cls = model.classes[statement.class]!;
    // A class body is no function: names in it are attributes, even of a class inside a function.
    pushBody(stack, cls.body, { ...aroundOf(site), class: cls });
    pushExpressions(stack, headingOf(cls), site);
    return;
  }
  const bodies = bodiesOf(statement);
  for (let i = bodies.length - 1; i >= 0; i--) pushBody(stack, bodies[i]!, aroundOf(site));
  pushExpressions(stack, expressionsOf(statement), site);
}

function aroundOf(site: Site): Around {
  return {
    ...(site.function === undefined ? {} : { function: site.function }),
    ...(site.class === undefined ? {} : { class: site.class }),
  };
}

function visitExpression(model: SourceModel, expr: Expr, site: Site, visitor: ModuleVisitor, stack: Pending[]): void {
  visitor.expression?.(expr, site);
  if (expr.kind === 'lambda') {
    const fn = model.functions[expr.function]!;
    pushBody(stack, fn.body, { ...aroundOf(site), function: fn });
    pushExpressions(stack, signatureOf(fn), site);
    return;
  }
  pushExpressions(stack, childrenOf(expr), site);
}
