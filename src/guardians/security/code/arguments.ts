/** Arguments of calls and fields of object literals, as rules about calls ask for them. */
import { fold } from '../../../core/source/fold.ts';
import type { Argument, Call, Collection, Expr, SourceModel, Span } from '../../../core/source/model.ts';
import { siteOf } from '../../../core/source/names.ts';
import { definitionsOf, type NameSite } from '../../../core/source/scope.ts';

/** An object literal and where it stands. */
export interface Literal {
  readonly fields: Collection;
  readonly site: NameSite;
}

/** The argument of a name, else the one at a position among those without a name; undefined behind `*args`. */
export function argumentOf(call: Call, name: string | undefined, position?: number): Argument | undefined {
  if (name !== undefined) {
    const named = call.args.find((argument) => argument.name === name);
    if (named !== undefined) { return named; }
  }
  if (position === undefined) { return undefined; }
  const plain = call.args.filter((argument) => argument.name === undefined);
  const given = plain[position];
  return given === undefined || plain.slice(0, position + 1).some((argument) => argument.spread !== undefined) ? undefined : given;
}

/** True for `f(*args)` and `f(**kwargs)`: what is handed over is not written here. */
export function isOpen(call: Call): boolean {
  return call.args.some((argument) => argument.spread !== undefined);
}

/** A field of an object literal or a dict, the last one of the key. */
export function fieldOf(fields: Collection, key: string): Expr | undefined {
  const at = (fields.keys ?? []).findLastIndex((one) => one?.kind === 'literal' && one.value === key);
  return at < 0 ? undefined : fields.items[at];
}

/** True where an object literal takes in another one (`...rest`, `**rest`) or has keys that are worked out. */
export function isOpenLiteral(fields: Collection): boolean {
  return (fields.keys ?? []).some((key) => key === null || key.kind !== 'literal');
}

/** The object literal an expression is, also by the only value of a name; undefined where it is anything else. */
export function literalOf(model: SourceModel, expr: Expr, site: NameSite): Literal | undefined {
  let current = { expr, site };
  for (let hops = 0; hops < 4; hops++) {
    if (current.expr.kind === 'collection') { return current.expr.type === 'dict' ? { fields: current.expr, site: current.site } : undefined; }
    if (current.expr.kind !== 'name') { return undefined; }
    const definitions = definitionsOf(model, current.expr.name, current.site, current.expr.start);
    const only = definitions.length === 1 ? definitions[0] : undefined;
    if (only?.value === undefined || only.op !== undefined) { return undefined; }
    current = { expr: only.value, site: siteOf(only) };
  }
  return undefined;
}

/** True where an expression is this constant. */
export function isConstantOf(model: SourceModel, expr: Expr | undefined, site: NameSite, value: string | number | boolean | null): boolean {
  if (expr === undefined) { return false; }
  const folded = fold(model, expr, site);
  return folded !== undefined && folded.value === value;
}

/** The constant text an expression is. */
export function textOf(model: SourceModel, expr: Expr | undefined, site: NameSite): string | undefined {
  const value = expr === undefined ? undefined : fold(model, expr, site)?.value;
  return typeof value === 'string' ? value : undefined;
}

/** Constant text an expression begins with: `https://host` of `f"https://host/{path}"` and of `"https://host" + path`. */
export function beginningOf(model: SourceModel, expr: Expr | undefined, site: NameSite): string | undefined {
  let current = expr;
  for (let depth = 0; depth < 32 && current !== undefined; depth++) {
    const whole = textOf(model, current, site);
    if (whole !== undefined) { return whole; }
    if (current.kind === 'template') { current = current.parts[0]; continue; }
    if (current.kind === 'binary' && current.ops.every((op) => op === '+')) { current = current.operands[0]; continue; }
    if (current.kind === 'unknown' && current.syntax === 'format') { current = current.parts[0]; continue; }
    // `"https://host/{}".format(path)`, `url.rstrip("/")`
    if (current.kind === 'call' && current.callee.kind === 'member') { current = current.callee.object; continue; }
    if (current.kind !== 'name') { return undefined; }
    const definitions = definitionsOf(model, current.name, site, current.start);
    const only = definitions.length === 1 ? definitions[0] : undefined;
    if (only?.value === undefined || only.op !== undefined || only.function !== site.function) { return undefined; }
    current = only.value;
  }
  return undefined;
}

/** Start and end of a node alone. */
export function spanOf({ start, end }: Span): Span {
  return { start, end };
}

/** From the name of an argument to the end of its value; the value alone where it has no name. */
export function wholeArgument(argument: Argument): Span {
  return { start: argument.nameSpan?.start ?? argument.value.start, end: argument.value.end };
}
