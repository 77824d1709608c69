/** Entries that decorators make: `@client.on('message')`, `@OnEvent('market.ticker')`, `@Interval(1000)`. */
import { callbacksFor, type FrameworkCallback } from '../frameworks/tables.ts';
import { lastName } from '../meaning/annotations.ts';
import { wordsOf } from '../meaning/words.ts';
import type { EntryClass, Expr, FunctionModel } from '../model.ts';

/** Entry class a decorator gives a function. */
export function decoratedEntry(fn: FunctionModel): EntryClass | undefined {
  for (const decorator of fn.decorators) {
    if (decorator.kind !== 'call') { continue; }
    for (const callback of callbacksFor('decorator', lastName(decorator.callee) ?? '')) {
      if (callback.kind !== 'decorator' || (callback.bare === true) !== (decorator.callee.kind === 'name')) { continue; }
      const entry = entryBy(callback, decorator.args[0]?.value);
      if (entry !== undefined) { return entry; }
    }
  }
  return undefined;
}

/** By the event or topic that the decorator names, where the table asks for one. */
function entryBy(callback: FrameworkCallback & { readonly kind: 'decorator' }, event: Expr | undefined): EntryClass | undefined {
  const text = event?.kind === 'literal' ? String(event.value) : undefined;
  if (callback.event !== undefined) { return text === callback.event ? callback.entry : undefined; }
  if (callback.topics === undefined) { return callback.entry; }
  for (const word of text === undefined ? [] : wordsOf(text)) {
    if (Object.hasOwn(callback.topics, word)) { return callback.topics[word]; }
  }
  return undefined;
}
