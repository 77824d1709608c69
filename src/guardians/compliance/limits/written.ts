/** Numbers where they are written: what an expression folds to, where that stands, and what is said beside it. */
import type { ConfigEntry, Expr, SourceModel, Span } from '../../../core/source/model.ts';
import { fold } from '../../../core/source/fold.ts';
import type { NameSite } from '../../../core/source/scope.ts';
import { positionAt } from '../../../core/source/text.ts';
import type { Named } from '../named.ts';
import { amountOf } from './amount.ts';
import type { Amount } from './amount.ts';

/** The number an expression folds to, and the one place it was written, where that is somewhere else. */
export function foldedAmount(model: SourceModel, value: Expr, site: NameSite): { readonly amount: Amount; readonly origin?: Span; readonly from: readonly Span[] } | undefined {
  const folded = fold(model, value, site);
  const text = typeof folded?.value === 'string' ? folded.value : typeof folded?.value === 'number' ? folded.exact : undefined;
  const amount = text === undefined ? undefined : amountOf(text);
  if (folded === undefined || amount === undefined) { return undefined; }
  const literal = value.kind === 'literal' ? value : undefined;
  if (literal !== undefined) { return { amount, from: [] }; }
  const last = folded.origins[folded.origins.length - 1];
  const written = last === undefined ? undefined : amountOf(unquoted(model.source.text.slice(last.start, last.end)));
  const same = written !== undefined && written.value.numerator === amount.value.numerator && written.value.denominator === amount.value.denominator;
  return { amount, from: folded.origins, ...(same && last !== undefined ? { origin: last } : {}) };
}

function unquoted(text: string): string {
  return text.replace(/^["']|["']$/g, '');
}

/** A local that is a figure being computed (`max_dd = 0.0`, then grown) is no limit. */
export function isConstantLocal(named: Named): boolean {
  return named.siblings.filter((sibling) => sibling.name === named.name).length === 1;
}

/** The comment behind a place on its line. */
export function commentAt(model: SourceModel, at: Span): string {
  const { line } = positionAt(model.source, at.start);
  const next = model.source.lineStarts[line] ?? model.source.text.length;
  return model.comments.find((comment) => comment.start >= at.end && comment.start < next)?.text ?? '';
}

/** The keys above an entry, without the places in lists. */
export function keysAbove(entry: ConfigEntry): readonly string[] {
  return entry.path.slice(0, -1).filter((part): part is string => typeof part === 'string');
}
