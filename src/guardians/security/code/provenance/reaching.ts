/** Which of the assignments of a name a use of it can see: what was overwritten on every way there, it cannot. */
import type { Definition, NameSite } from '../../../../core/source/meaning/bindings.ts';
import { PerModel } from '../../../../core/source/meaning/per-model.ts';
import { statementsOf } from '../../../../core/source/meaning/statements.ts';
import type { FunctionModel, SourceModel, Span, Stmt } from '../../../../core/source/model.ts';

/** Where the statements of a body stand. */
interface Layout {
  /** A statement → the stretch in which everything after it has seen it run. */
  readonly blocks: ReadonlyMap<Stmt, Span>;
  readonly loops: readonly Span[];
}

const WHOLE: Span = { start: 0, end: Number.MAX_SAFE_INTEGER };
const MODULE = {};
const layouts = new PerModel<object, Layout>();

/**
 * Of the definitions of a name, those whose value can be there at a use. Definitions of another function (closures, the module's names)
 * are all kept: when it runs is not known.
 */
export function reaching(model: SourceModel, definitions: readonly Definition[], use: Span, site: NameSite): readonly Definition[] {
  const inner = innermostDrawn(definitions, use);
  if (inner !== undefined) { return [inner]; }
  const visible = definitions.filter((one) => one.drawn?.inner !== true);
  if (visible.length < 2 || visible.some((one) => one.function?.index !== site.function?.index)) { return visible; }
  const layout = layoutOf(model, site.function);
  const before = visible.filter((one) => one.target.start < use.start && !(one.statement?.kind === 'assign' && holds(one.statement, use)));
  const last = before.findLast((one) => one.op === undefined && holds(blockOf(layout, one), use));
  const from = last?.target.start ?? -1;
  const found = before.filter((one) => one.target.start >= from);
  const loop = layout.loops.find((one) => holds(one, use) && (last === undefined || !holds(one, last.target)));
  const later = loop === undefined ? [] : visible.filter((one) => one.target.start > use.start && holds(loop, one.target));
  return found.length + later.length === 0 ? visible : [...found, ...later];
}

/** The comprehension around a use whose variable it is. */
function innermostDrawn(definitions: readonly Definition[], use: Span): Definition | undefined {
  let found: Definition | undefined;
  for (const one of definitions) {
    if (one.drawn?.inner !== true || !holds(one.drawn.within, use)) { continue; }
    if (found?.drawn === undefined || one.drawn.within.start >= found.drawn.within.start) { found = one; }
  }
  return found;
}

function holds(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

function blockOf(layout: Layout, definition: Definition): Span {
  if (definition.statement === undefined) { return WHOLE; }
  // What a loop draws is there in its body.
  if (definition.drawn?.how === 'element' && definition.statement.kind === 'loop') { return definition.statement; }
  return layout.blocks.get(definition.statement) ?? definition.statement;
}

/** Blocks and loops of a function's body, or of the module's. */
export function layoutOf(model: SourceModel, fn: FunctionModel | undefined): Layout {
  const table = layouts.of(model);
  let known = table.get(fn ?? MODULE);
  if (known === undefined) {
    known = lay(fn?.body ?? model.body);
    table.set(fn ?? MODULE, known);
  }
  return known;
}

function lay(root: readonly Stmt[]): Layout {
  const blocks = new Map<Stmt, Span>();
  const loops: Span[] = [];
  const pending: { readonly body: readonly Stmt[]; readonly block: Span }[] = [{ body: root, block: WHOLE }];
  const enter = (body: readonly Stmt[], block?: Span): void => {
    const first = body[0];
    const end = body[body.length - 1]?.end;
    if (first !== undefined && end !== undefined) { pending.push({ body, block: block ?? { start: first.start, end } }); }
  };
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    for (const statement of next.body) {
      blocks.set(statement, next.block);
      switch (statement.kind) {
        case 'if': statement.branches.forEach((branch) => { enter(branch.body); }); enter(statement.else); break;
        case 'loop': loops.push(statement); enter(statement.body); enter(statement.else); break;
        case 'with': enter(statement.body, next.block); break;
        case 'unknownStatement': enter(statement.body); break;
        case 'match': statement.cases.forEach((branch) => { enter(branch.body); }); break;
        case 'try':
          // Whoever comes past the handlers has run the body to its end.
          enter(statement.body, statement.handlers.every((handler) => leaves(handler.body)) ? next.block : undefined);
          statement.handlers.forEach((handler) => { enter(handler.body); });
          enter(statement.else);
          enter(statement.finally, next.block);
          break;
        default: break;
      }
    }
  }
  return { blocks, loops };
}

/** Calls that do not come back. */
const LEAVING: ReadonlySet<string> = new Set(['abort', 'exit', '_exit', 'quit', 'redirect', 'notFound', 'fail']);

/** True where nothing runs on behind a body: it returns, raises, leaves the loop, or ends the request or the process. */
export function leaves(body: readonly Stmt[]): boolean {
  const last = body[body.length - 1];
  switch (last?.kind) {
    case 'return': case 'raise': case 'break': case 'continue': return true;
    case 'if': return last.else.length > 0 && leaves(last.else) && last.branches.every((branch) => leaves(branch.body));
    case 'expression': {
      const callee = last.value.kind === 'call' ? last.value.callee : undefined;
      return callee !== undefined && LEAVING.has(callee.kind === 'name' ? callee.name : callee.kind === 'member' ? callee.property : '');
    }
    default: return false;
  }
}

/** The values a function returns, nested blocks included. */
export function returnsOf(fn: FunctionModel): readonly (Stmt & { readonly kind: 'return' })[] {
  return statementsOf(fn.body).filter((statement) => statement.kind === 'return');
}
