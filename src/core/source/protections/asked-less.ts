/** Whether a file asks less than it did: a look at two texts of one file, before anybody works out what stands before its orders. */
import { lastName } from '../meaning/annotations.ts';
import type { SourceModel, Span } from '../model.ts';
import { walkModule } from '../walk.ts';

/**
 * True where a condition is gone, or decides over something else, and where a function of the file is called more often: only then can an order
 * in it have less before it on some way in. Moved and renamed things count as gone: this is a reason to look, no verdict.
 */
export function asksLess(before: SourceModel, now: SourceModel): boolean {
  const [then, today] = [askedIn(before), askedIn(now)];
  for (const [asked, count] of then.conditions) { if ((today.conditions.get(asked) ?? 0) < count) { return true; } }
  const own = new Set(now.functions.map((fn) => fn.name));
  for (const [called, count] of today.calls) { if (own.has(called) && (then.calls.get(called) ?? 0) < count) { return true; } }
  return false;
}

interface Asked {
  /** Text of a condition and the kinds of what it decides over → how often. */
  readonly conditions: ReadonlyMap<string, number>;
  /** Last name of what is called or handed on → how often. */
  readonly calls: ReadonlyMap<string, number>;
}

function askedIn(model: SourceModel): Asked {
  const conditions = new Map<string, number>();
  const calls = new Map<string, number>();
  const textOf = ({ start, end }: Span): string => model.source.text.slice(start, end).replace(/\s+/g, ' ');
  const add = (counts: Map<string, number>, key: string): void => { counts.set(key, (counts.get(key) ?? 0) + 1); };
  walkModule(model, {
    statement(node) {
      if (node.kind === 'if') { for (const { test, body } of node.branches) { add(conditions, `if ${textOf(test)}: ${body.map((one) => one.kind).join()}`); } }
      if (node.kind === 'loop' && node.type === 'while') { add(conditions, `while ${textOf(node.over)}`); }
    },
    expression(node) {
      if (node.kind === 'conditional' || node.kind === 'boolean') { add(conditions, textOf(node)); }
      if (node.kind !== 'call') { return; }
      for (const named of [node.callee, ...node.args.map((argument) => argument.value)]) {
        const name = named.kind === 'name' || named.kind === 'member' ? lastName(named) : undefined;
        if (name !== undefined) { add(calls, name); }
      }
    },
  });
  return { conditions, calls };
}
