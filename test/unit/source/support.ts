/** Shared by the tests of the source layer: one parser a file, and models as text that shows their spans. */
import type { ClassModel, Expr, FunctionModel, SourceModel, Span, Stmt } from '../../../src/core/source/model.ts';
import { readSource, Syntax } from '../../../src/core/source/source.ts';
import { sourceOf } from '../../../src/core/source/text.ts';
import { bodiesOf, childrenOf, expressionsOf, headingOf, signatureOf, walkModule } from '../../../src/core/source/walk.ts';

/** The long run tries many more cases. */
export const LONG = process.env['TICKGUARD_LONG'] === '1';

export const syntax = await Syntax.create();

export function read(text: string, path = 'strategy.py'): SourceModel {
  return readSource(path, sourceOf(text), syntax, { budgetMs: 20_000 });
}

/** What an expression is besides its parts. */
function detailOf(expr: Expr, model: SourceModel): string {
  switch (expr.kind) {
    case 'literal': return `:${expr.type}=${JSON.stringify(expr.value)}`;
    case 'member': return `:${expr.property}`;
    case 'unary': return `:${expr.op}`;
    case 'binary':
    case 'compare': return `:${expr.ops.join(',')}`;
    case 'boolean': return `:${expr.op}`;
    case 'collection':
    case 'comprehension': return `:${expr.type}`;
    case 'unknown': return `:${expr.syntax}`;
    case 'call': return expr.args.map((a) => (a.name === undefined ? a.spread ?? '' : `${a.name}=`)).some((x) => x !== '')
      ? `:${expr.args.map((a) => (a.name === undefined ? a.spread ?? '_' : `${a.name}=`)).join(',')}` : '';
    case 'lambda': return `:${model.functions[expr.function]!.parameters.map((p) => p.name).join(',')}`;
    default: return '';
  }
}

/** `kind:detail⟨text of its span⟩(parts)`: with distinct names in the sample this shows every span exactly. */
export function sketch(model: SourceModel, expr: Expr): string {
  const parts = childrenOf(expr).map((child) => sketch(model, child));
  const shown = `${expr.kind}${detailOf(expr, model)}⟨${model.source.text.slice(expr.start, expr.end)}⟩`;
  return parts.length === 0 ? shown : `${shown}(${parts.join(' ')})`;
}

/** The sketch of the only expression statement of a text. */
export function sketchOf(text: string): string {
  const model = read(text);
  const statement = model.body[0];
  if (model.errors.length > 0) throw new Error(`errors in ${text}`);
  if (model.body.length !== 1 || statement?.kind !== 'expression') throw new Error(`not one expression: ${text}`);
  return sketch(model, statement.value);
}

/** A statement with its expressions and bodies, one line a statement. */
export function outline(model: SourceModel, body: readonly Stmt[] = model.body, indent = ''): string[] {
  const lines: string[] = [];
  for (const statement of body) {
    const text = model.source.text.slice(statement.start, statement.end).split('\n');
    const shown = text.length === 1 ? text[0]! : `${text[0]!}…${text.at(-1)!.trim()}`;
    lines.push(`${indent}${statement.kind} ⟨${shown}⟩ ${expressionsOf(statement).map((expr) => slice(model, expr)).join(' | ')}`.trimEnd());
    bodiesOf(statement).forEach((inner) => lines.push(`${indent}  -`, ...outline(model, inner, `${indent}    `)));
    if (statement.kind === 'function') lines.push(...definition(model, model.functions[statement.function]!, indent));
    if (statement.kind === 'class') lines.push(...definition(model, model.classes[statement.class]!, indent));
  }
  return lines;
}

function definition(model: SourceModel, item: FunctionModel | ClassModel, indent: string): string[] {
  const heading = 'bases' in item ? headingOf(item) : signatureOf(item);
  return [
    `${indent}  ${item.qualifiedName} ${heading.map((expr) => slice(model, expr)).join(' | ')}`.trimEnd(),
    ...outline(model, item.body, `${indent}    `),
  ];
}

export function slice(model: SourceModel, span: Span): string {
  return model.source.text.slice(span.start, span.end);
}

/** Every span in a model, of whatever. */
export function spansOf(model: SourceModel): Span[] {
  const spans: Span[] = [...model.functions, ...model.classes, ...model.imports, ...model.comments, ...model.errors];
  walkModule(model, { statement: (statement) => spans.push(statement), expression: (expr) => spans.push(expr) });
  return spans;
}

/** Numbers from a seed, the same on every machine (mulberry32, public domain). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
