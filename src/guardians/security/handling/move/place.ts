/** Where a secret stands in a program: its literal, what is around it, and whether a look-up has it as its default. */
import type { Expr, Literal, SourceModel, Span, Stmt } from '../../../../core/source/model.ts';
import type { NameSite } from '../../../../core/source/scope.ts';
import { expressionsOf, walkModule, signatureOf, headingOf } from '../../../../core/source/walk.ts';
import { walkExpression } from '../../../../core/source/walk.ts';
import { readOfCall, readOfMember } from '../sources.ts';

/** A literal that holds the secret, with the expressions around it, the outermost first. */
export interface Place {
  readonly literal: Literal;
  readonly around: readonly Expr[];
  readonly site: NameSite;
  readonly statement: Stmt | undefined;
  /** The secret is all of the literal. */
  readonly whole: boolean;
}

/** The place of a secret; undefined where it stands in no plain string. */
export function placeOf(model: SourceModel, secret: Span): Place | undefined {
  let found: Place | undefined;
  const take = (root: Expr, site: NameSite, statement: Stmt | undefined): void => {
    if (found !== undefined || root.start > secret.start || root.end < secret.end) { return; }
    const around: Expr[] = [];
    walkExpression(root, (expr) => {
      if (expr.start > secret.start || expr.end < secret.end) { return false; }
      if (expr.kind !== 'literal') { around.push(expr); return true; }
      const { content } = expr;
      const inner = content ?? (around.at(-1)?.kind === 'template' ? expr : undefined);
      if (expr.type !== 'string' || inner === undefined || inner.start > secret.start || inner.end < secret.end) { return false; }
      found = { literal: expr, around: [...around], site, statement, whole: content !== undefined && content.start === secret.start && content.end === secret.end };
      return false;
    });
  };
  walkModule(model, {
    statement(statement, site) {
      if (found !== undefined || statement.start > secret.start || statement.end < secret.end) { return; }
      for (const root of expressionsOf(statement)) { take(root, site, statement); }
      if (statement.kind === 'function') { for (const root of signatureOf(model.functions[statement.function]!)) { take(root, site, statement); } }
      if (statement.kind === 'class') { for (const root of headingOf(model.classes[statement.class]!)) { take(root, site, statement); } }
    },
    expression(expr, site) {
      if (expr.kind === 'lambda') {
        const fn = model.functions[expr.function];
        for (const parameter of fn?.parameters ?? []) { if (parameter.default !== undefined) { take(parameter.default, site, undefined); } }
        for (const statement of fn?.body ?? []) { for (const root of expressionsOf(statement)) { take(root, { ...site, ...(fn === undefined ? {} : { function: fn }) }, statement); } }
      }
    },
  });
  return found;
}

/** A look-up of the environment whose default the secret is: the expression to replace, and the variable that is asked for. */
export interface Fallback {
  readonly whole: Expr;
  readonly variable: string;
}

/** `os.getenv("X", "…")`, `os.getenv("X") or "…"`, `process.env.X ?? "…"`. */
export function fallbackOf(model: SourceModel, place: Place): Fallback | undefined {
  const parent = place.around.at(-1);
  if (!place.whole || parent === undefined) { return undefined; }
  if (parent.kind === 'call') {
    const read = readOfCall(model, parent, place.site);
    return read?.variable === true && read.name !== undefined && read.fallback === place.literal ? { whole: parent, variable: read.name } : undefined;
  }
  if (parent.kind !== 'boolean' || parent.op !== 'or' || parent.operands.length !== 2 || parent.operands[1] !== place.literal) { return undefined; }
  const [first] = parent.operands;
  if (first === undefined) { return undefined; }
  const read = first.kind === 'call' ? readOfCall(model, first, place.site) : readOfMember(model, first, place.site);
  return read?.variable === true && read.name !== undefined ? { whole: parent, variable: read.name } : undefined;
}
