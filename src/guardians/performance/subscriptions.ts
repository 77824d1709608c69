/** Whether a handler's feed is subscribed to at all: a framework calls `on_quote_tick` only after `subscribe_quote_ticks`. */
import { guardsAt } from '../../core/source/guards.ts';
import type { Call, ClassModel, FunctionModel, SourceModel } from '../../core/source/model.ts';
import { frameworkOf, rolesOf } from '../../core/source/roles.ts';
import { walkModule } from '../../core/source/walk.ts';

/** A call that subscribes: `subscribe_quote_ticks`, and whether a setting that is off by default stands before it. */
interface Subscription {
  readonly method: string;
  readonly off: boolean;
}

/** Answers for the classes of one file; the file is walked once, and only if somebody asks. */
export class Subscriptions {
  #byClass: ReadonlyMap<ClassModel, readonly Subscription[]> | undefined;

  constructor(private readonly model: SourceModel) {}

  /**
   * True for a handler of a class that subscribes to other feeds, but not to the handler's own or only behind a switch
   * that is off by default. A class that subscribes to nothing leaves it to one that derives from it: false.
   */
  isIdle(fn: FunctionModel): boolean {
    const cls = fn.class === undefined ? undefined : this.model.classes[fn.class];
    // A base in another file may subscribe; one that is the framework's own does not.
    if (cls === undefined || !fn.name.startsWith('on_') || cls.bases.length !== 1 || frameworkOf(this.model, cls) === undefined) { return false; }
    this.#byClass ??= this.#collect();
    const all = this.#byClass.get(cls) ?? [];
    // `on_quote_tick` belongs to `subscribe_quote_ticks`, `on_order_book` to `subscribe_order_book_at_interval`.
    const own = `subscribe_${fn.name.slice('on_'.length)}`;
    return all.some((one) => !one.off) && !all.some((one) => !one.off && one.method.startsWith(own));
  }

  #collect(): ReadonlyMap<ClassModel, readonly Subscription[]> {
    const found = new Map<ClassModel, Subscription[]>();
    walkModule(this.model, {
      expression: (node, site) => {
        if (node.kind !== 'call' || site.function === undefined || site.class === undefined) { return; }
        const method = subscribing(this.model, node, { function: site.function, class: site.class });
        if (method === undefined) { return; }
        const off = guardsAt(this.model, site.function, node).some((guard) => guard.kind === 'flag-off');
        const list = found.get(site.class);
        if (list === undefined) { found.set(site.class, [{ method, off }]); } else { list.push({ method, off }); }
      },
    });
    return found;
  }
}

function subscribing(model: SourceModel, call: Call, site: { readonly function: FunctionModel; readonly class: ClassModel }): string | undefined {
  const method = call.callee.kind === 'member' ? call.callee.property : undefined;
  return method !== undefined && rolesOf(model, call, site).includes('data.subscribe') ? method : undefined;
}
