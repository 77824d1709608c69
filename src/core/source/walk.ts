/**
 * Walks over the model. Nothing here recurses: a concatenation of 20,000 terms or an expression nested as deep is walked
 * with an explicit stack. Every expression of every file passes through here several times, so lists are filled by
 * loops and leaves get none of their own: copying with spreads took half of a walk.
 */
import type { ClassModel, Expr, FunctionModel, Parameter, SourceModel, Stmt } from './model.ts';
import type { Site } from '../rules/rule.ts';
import { isScript } from './languages.ts';
import { ModelFact } from './meaning/per-model.ts';

const NO_EXPRESSIONS: readonly Expr[] = [];
const NO_BODIES: readonly (readonly Stmt[])[] = [];

/** The expressions directly under an expression, in source order. A lambda has none: its body hangs in `functions`. */
export function childrenOf(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case 'literal':
    case 'name':
    case 'lambda':
      return NO_EXPRESSIONS;
    case 'member':
      return [expr.object];
    case 'index': {
      const children: Expr[] = [expr.object];
      for (const index of expr.indices) children.push(index);
      return children;
    }
    case 'call': {
      const children: Expr[] = [expr.callee];
      for (const argument of expr.args) children.push(argument.value);
      return children;
    }
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
  if (root.kind === 'name' || root.kind === 'literal') {
    visit(root, undefined);
    return;
  }
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
    case 'assign': {
      const parts = stmt.targets.slice();
      if (stmt.annotation !== undefined) parts.push(stmt.annotation);
      if (stmt.value !== undefined) parts.push(stmt.value);
      return parts;
    }
    case 'if': {
      const tests: Expr[] = [];
      for (const branch of stmt.branches) tests.push(branch.test);
      return tests;
    }
    case 'loop':
      return stmt.target === undefined ? [stmt.over] : [stmt.target, stmt.over];
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
      return NO_EXPRESSIONS;
  }
}

function present(expr: Expr | undefined): readonly Expr[] {
  return expr === undefined ? NO_EXPRESSIONS : [expr];
}

/**
 * The bodies of a compound statement in source order, empty ones left out. Bodies of functions and classes hang in
 * `SourceModel.functions` and `.classes`.
 */
export function bodiesOf(stmt: Stmt): readonly (readonly Stmt[])[] {
  switch (stmt.kind) {
    case 'if': {
      const bodies: (readonly Stmt[])[] = [];
      for (const branch of stmt.branches) if (branch.body.length > 0) bodies.push(branch.body);
      if (stmt.else.length > 0) bodies.push(stmt.else);
      return bodies;
    }
    case 'loop':
      if (stmt.else.length === 0) return stmt.body.length === 0 ? NO_BODIES : [stmt.body];
      return filled([stmt.body, stmt.else]);
    case 'try':
      return filled([stmt.body, ...stmt.handlers.map((handler) => handler.body), stmt.else, stmt.finally]);
    case 'with':
    case 'unknownStatement':
      return stmt.body.length === 0 ? NO_BODIES : [stmt.body];
    case 'match':
      return filled(stmt.cases.map((branch) => branch.body));
    default:
      return NO_BODIES;
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
  return [...present(parameter.pattern), ...present(parameter.annotation), ...present(parameter.default)];
}

/** Decorators, bases and keywords of a class. */
export function headingOf(cls: ClassModel): readonly Expr[] {
  return [...cls.decorators, ...cls.bases, ...cls.keywords.map((keyword) => keyword.value)];
}

export interface ModuleVisitor {
  statement?(statement: Stmt, site: Site): void;
  expression?(expr: Expr, site: Site): void;
}

/** Statements and expressions, and beside each its site: what is left to visit, the next one last. */
interface Pending {
  readonly nodes: (Stmt | Expr)[];
  /** A statement is visited itself where it is the statement of its site. */
  readonly sites: Site[];
}

/** The way that was gone. */
interface Way extends Pending {
  /** Places of the statements, calls and comparisons in it: most rules want to hear of nothing else. */
  readonly acts: number[];
}

/**
 * Visits every statement and expression of a file once, parents first, in source order (a compound statement's own
 * expressions before its bodies). Functions, classes and lambdas are entered: `site.function` and `site.class` are the
 * innermost ones around the node. Decorators, defaults, annotations and bases belong to the site around the definition,
 * as Python evaluates them; JavaScript works out patterns and defaults in each call, with the parameters in sight.
 */
export function walkModule(model: SourceModel, visitor: ModuleVisitor): void {
  const { nodes, sites } = wayOf(model);
  for (let i = 0; i < nodes.length; i++) visit(nodes[i]!, sites[i]!, visitor);
}

/** As `walkModule`, but of expressions only calls and comparisons are visited. */
export function walkActs(model: SourceModel, visitor: ModuleVisitor): void {
  const { nodes, sites, acts } = wayOf(model);
  for (const i of acts) visit(nodes[i]!, sites[i]!, visitor);
}

function visit(node: Stmt | Expr, site: Site, visitor: ModuleVisitor): void {
  if (node === site.statement) visitor.statement?.(site.statement, site);
  else visitor.expression?.(node as Expr, site);
}

/** Everything of a file in the order it is visited: rules and guardians walk over the same file, and the way is the same for all. */
const ways = new ModelFact<Way>();

function wayOf(model: SourceModel): Way {
  const known = ways.get(model);
  if (known !== undefined) return known;
  const way = wayThrough(model);
  ways.set(model, way);
  return way;
}

function wayThrough(model: SourceModel): Way {
  const way: Way = { nodes: [], sites: [], acts: [] };
  const pending: Pending = { nodes: [], sites: [] };
  pushBody(pending, model.body, undefined, undefined);
  for (let node = pending.nodes.pop(); node !== undefined; node = pending.nodes.pop()) {
    const site = pending.sites.pop()!;
    if (node === site.statement) {
      way.acts.push(way.nodes.push(node) - 1);
      way.sites.push(site);
      pushStatement(model, site, pending);
      continue;
    }
    // What comes next is visited at once: to put each expression aside first took as long again.
    for (let expr: Expr | undefined = node as Expr; expr !== undefined; expr = pushExpression(model, expr, site, pending)) {
      const at = way.nodes.push(expr) - 1;
      way.sites.push(site);
      if (expr.kind === 'call' || expr.kind === 'compare') way.acts.push(at);
    }
  }
  return way;
}

function pushBody(pending: Pending, body: readonly Stmt[], fn: FunctionModel | undefined, cls: ClassModel | undefined): void {
  for (let i = body.length - 1; i >= 0; i--) {
    const statement = body[i]!;
    pending.nodes.push(statement);
    pending.sites.push(siteOf(statement, fn, cls));
  }
}

function siteOf(statement: Stmt, fn: FunctionModel | undefined, cls: ClassModel | undefined): Site {
  if (fn === undefined) return cls === undefined ? { statement } : { class: cls, statement };
  return cls === undefined ? { function: fn, statement } : { function: fn, class: cls, statement };
}

function pushExpressions(pending: Pending, exprs: readonly Expr[], site: Site): void {
  for (let i = exprs.length - 1; i >= 0; i--) {
    pending.nodes.push(exprs[i]!);
    pending.sites.push(site);
  }
}

function pushStatement(model: SourceModel, site: Site, pending: Pending): void {
  const { statement } = site;
  let own: readonly Expr[];
  if (statement.kind === 'function') {
    const fn = model.functions[statement.function]!;
    // A method may stand outside of its class.
    const cls = fn.class === undefined ? site.class : model.classes[fn.class];
    pushBody(pending, fn.body, fn, cls);
    pushSignature(model, fn, site, siteOf(statement, fn, cls), pending);
    return;
  } else if (statement.kind === 'class') {
    const cls = model.classes[statement.class]!;
    // A class body is no function: names in it are attributes, even of a class inside a function.
    pushBody(pending, cls.body, site.function, cls);
    own = headingOf(cls);
  } else {
    const bodies = bodiesOf(statement);
    for (let i = bodies.length - 1; i >= 0; i--) pushBody(pending, bodies[i]!, site.function, site.class);
    own = expressionsOf(statement);
  }
  pushExpressions(pending, own, site);
}

/** What stands under an expression; the first of it is given back, the rest put aside. */
function pushExpression(model: SourceModel, expr: Expr, site: Site, pending: Pending): Expr | undefined {
  switch (expr.kind) {
    case 'literal':
    case 'name':
      return undefined;
    case 'member':
      return expr.object;
    case 'unary':
    case 'await':
      return expr.operand;
    case 'call':
      for (let i = expr.args.length - 1; i >= 0; i--) {
        pending.nodes.push(expr.args[i]!.value);
        pending.sites.push(site);
      }
      return expr.callee;
    case 'lambda': {
      const fn = model.functions[expr.function]!;
      pushBody(pending, fn.body, fn, site.class);
      pushSignature(model, fn, site, siteOf(site.statement, fn, site.class), pending);
      return undefined;
    }
    default: {
      const children = childrenOf(expr);
      for (let i = children.length - 1; i > 0; i--) {
        pending.nodes.push(children[i]!);
        pending.sites.push(site);
      }
      return children[0];
    }
  }
}

function pushSignature(model: SourceModel, fn: FunctionModel, around: Site, within: Site, pending: Pending): void {
  if (!isScript(model.language)) {
    pushExpressions(pending, signatureOf(fn), around);
    return;
  }
  pushExpressions(pending, present(fn.returns), around);
  for (let i = fn.parameters.length - 1; i >= 0; i--) {
    const { pattern, annotation, default: value } = fn.parameters[i]!;
    pushExpressions(pending, present(value), within);
    pushExpressions(pending, present(annotation), around);
    pushExpressions(pending, present(pattern), within);
  }
  pushExpressions(pending, fn.decorators, around);
}
