/** What `self` and `this` stand for in each function of a file. */
import type { ClassModel, FunctionModel, SourceModel } from '../model.ts';

/** The method a function belongs to: the name of its first parameter and the class it stands for. */
export interface Receiver {
  readonly name: string;
  readonly class: ClassModel;
  readonly method: FunctionModel;
}

/** The function around a function: the one it is nested in, or around the class it is a method of. */
export function outerFunction(model: SourceModel, fn: FunctionModel): FunctionModel | undefined {
  const outer = fn.outer ?? (fn.class === undefined ? undefined : model.classes[fn.class]?.outerFunction);
  return outer === undefined ? undefined : model.functions[outer];
}

/** `this` of every function: methods have their own, arrow functions that of the function around them. */
export function thisOf(model: SourceModel): (Receiver | undefined)[] {
  const receivers: (Receiver | undefined)[] = [];
  for (const fn of model.functions) {
    const cls = fn.class === undefined ? undefined : model.classes[fn.class];
    // A function comes after the ones around it.
    const outer = fn.ownThis === true || fn.outer === undefined ? undefined : receivers[fn.outer];
    receivers.push(cls === undefined ? outer : { name: 'this', class: cls, method: fn });
  }
  return receivers;
}

/** `self` or `cls` of every function: of methods their own, of the code in them the one around it. */
export function receiversOf(model: SourceModel): (Receiver | undefined)[] {
  const receivers: (Receiver | undefined)[] = model.functions.map(() => undefined);
  // What code nested in a function sees: its own receiver, else the one around it unless a parameter hides that name.
  const seen: (Receiver | null | undefined)[] = model.functions.map(() => undefined);
  for (const fn of model.functions) {
    const open: FunctionModel[] = [];
    for (let next: FunctionModel | undefined = fn; next !== undefined && seen[next.index] === undefined; next = outerFunction(model, next)) { open.push(next); }
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const own = receiverOf(model, next);
      const outer = outerFunction(model, next);
      const around = outer === undefined ? undefined : seen[outer.index] ?? undefined;
      const hidden = around !== undefined && next.parameters.some((parameter) => parameter.name === around.name);
      seen[next.index] = own ?? (hidden ? null : around ?? null);
      receivers[next.index] = own ?? (next.class === undefined ? seen[next.index] ?? undefined : undefined);
    }
  }
  return receivers;
}

function receiverOf(model: SourceModel, fn: FunctionModel): Receiver | undefined {
  const cls = fn.class === undefined ? undefined : model.classes[fn.class];
  if (cls !== undefined && model.language === 'mql5') { return { name: 'this', class: cls, method: fn }; }
  const first = fn.parameters[0];
  if (cls === undefined || first === undefined || first.rest !== undefined || fn.name === '') { return undefined; }
  if (fn.decorators.some((decorator) => decorator.kind === 'name' && decorator.name === 'staticmethod')) { return undefined; }
  return { name: first.name, class: cls, method: fn };
}
