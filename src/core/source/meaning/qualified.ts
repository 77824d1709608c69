/** Full names of what a file's names and members mean. */
import type { Expr, SourceModel } from '../model.ts';
import { dottedName } from '../names.ts';
import { definitionsOf } from '../scope.ts';
import type { NameSite } from './bindings.ts';

/**
 * Full dotted name of a name or member chain: `dt.datetime.now` → `datetime.datetime.now`, `print` → `builtins.print`; in
 * MQL5 `Print` → `mql5.Print`, in scripts `console.log` → `globals.console.log`.
 * Names bound by relative imports keep their dots (`.risk.check`). Follows plain aliases (`now = datetime.now`).
 * @returns undefined for anything this file itself makes (locals, parameters, own functions and classes).
 */
export function qualifiedName(model: SourceModel, expr: Expr, site: NameSite): string | undefined {
  return dottedName(definitionsOf, model, expr, site);
}
