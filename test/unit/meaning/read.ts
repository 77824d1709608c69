/** Reads Python text into a model, and finds places in it by their text. */
import type { ClassModel, Expr, FunctionModel, SourceModel, Span } from '../../../src/core/source/model.ts';
import type { NameSite } from '../../../src/core/source/names.ts';
import { readSource, Syntax } from '../../../src/core/source/source.ts';
import { sourceOf } from '../../../src/core/source/text.ts';
import { walkModule } from '../../../src/core/source/walk.ts';

const syntax = await Syntax.create();

export function read(text: string, path = 'strategy.py'): SourceModel {
  return readSource(path, sourceOf(text), syntax, { budgetMs: 5_000 });
}

/** The outermost expression whose text is exactly this (the n-th of them), and where it stands. */
export function expression(model: SourceModel, text: string, nth = 0): { readonly expr: Expr; readonly site: NameSite } {
  const found: { expr: Expr; site: NameSite }[] = [];
  walkModule(model, {
    expression: (expr, site) => {
      if (model.source.text.slice(expr.start, expr.end) === text) { found.push({ expr, site }); }
    },
  });
  const hit = found[nth];
  if (hit === undefined) { throw new Error(`No expression ${text} in:\n${model.source.text}`); }
  return hit;
}

export function functionNamed(model: SourceModel, name: string): FunctionModel {
  const fn = model.functions.find((one) => one.qualifiedName === name || one.name === name);
  if (fn === undefined) { throw new Error(`No function ${name}`); }
  return fn;
}

export function classNamed(model: SourceModel, name: string): ClassModel {
  const cls = model.classes.find((one) => one.name === name);
  if (cls === undefined) { throw new Error(`No class ${name}`); }
  return cls;
}

/** Span of a stretch of text. */
export function spanOf(model: SourceModel, text: string): Span {
  const start = model.source.text.indexOf(text);
  if (start < 0) { throw new Error(`No text ${text}`); }
  return { start, end: start + text.length };
}
