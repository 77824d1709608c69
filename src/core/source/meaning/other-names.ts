/** Other names of the receiver: `state = self` and then `state.seen += 1` gives the class's attribute a value as `self.seen += 1` does. */
import type { ClassModel, Expr, FunctionModel, Member, SourceModel } from '../model.ts';
import { outerFunction, type Receiver } from './receivers.ts';

/** An assignment to an attribute of some name that is not the receiver's own. */
export interface OtherName<D> {
  readonly target: Member;
  readonly definition: D;
  readonly site: { readonly function?: FunctionModel };
}

/** Whether the text gives the receiver another name: `state = self`, `const that = this;`. MQL5 has none. */
export function renamesReceiver(model: SourceModel): boolean {
  return model.language !== 'mql5' && /=[ \t]*(?:self|this|cls)[ \t]*(?:[;,#\r\n]|$)/.test(model.source.text);
}

/** The class whose attribute is written, where the name is another one of a receiver; `scopes` and `receivers` by function. */
export function classWritten(
  { target, site }: OtherName<unknown>, model: SourceModel, scopes: readonly ReadonlyMap<string, readonly { readonly value?: Expr }[]>[], receivers: readonly (Receiver | undefined)[],
): ClassModel | undefined {
  const name = target.object.kind === 'name' ? target.object.name : '';
  let fn = site.function;
  while (fn !== undefined && scopes[fn.index]?.has(name) !== true) { fn = outerFunction(model, fn); }
  const receiver = fn === undefined ? undefined : receivers[fn.index];
  const definitions = fn === undefined ? undefined : scopes[fn.index]?.get(name);
  return definitions?.some(({ value }) => value?.kind === 'name' && value.name === receiver?.name) === true ? receiver?.class : undefined;
}
