/** What the rules about costly calls share: which handlers are fast, when a place in them runs on every event, and who says so. */
import type { Condition } from '../../core/rules/condition.ts';
import type { Within } from '../../core/rules/condition.ts';
import { guardsAt } from '../../core/source/guards.ts';
import type { EntryClass, FunctionModel, SourceModel, Span } from '../../core/source/model.ts';

/** Entry classes in which an event follows the next within milliseconds. */
export const FAST: readonly EntryClass[] = ['tick', 'message'];
/** Entry classes that have seconds, and do not want to lose them either. */
const SLOWER: readonly EntryClass[] = ['bar'];

/** Any guard makes a place run less than once an event: a counter, a throttle, an error, a signal, a switch that is off. */
export function isUnguarded(model: SourceModel, fn: FunctionModel, at: Span): boolean {
  return guardsAt(model, fn, at).length === 0;
}

/** The condition of a finding that costs every tick or message; reached from a bar handler alone, it is information. */
export function onEveryEvent(fn: FunctionModel, within: Within): Condition {
  return { kind: 'reachable', entry: FAST, lesser: SLOWER, function: fn.qualifiedName, unguarded: true, within };
}

/** The condition of a finding that some ticks or messages cost. */
export function onSomeEvent(fn: FunctionModel, within: Within): Condition {
  return { kind: 'reachable', entry: FAST, function: fn.qualifiedName, unguarded: false, within };
}

/** The condition of a line that is written on every tick or message, on whichever thread. */
export function onEveryFastEvent(fn: FunctionModel): Condition {
  return { kind: 'reachable', entry: FAST, function: fn.qualifiedName, unguarded: true };
}
