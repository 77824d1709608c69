/**
 * A reference as written, to be resolved across files: a root and the members taken from it.
 * - `self`: an instance of the class around (`self.risk.check` → path `['risk','check']`)
 * - `super`: the next class in the method resolution order
 * - `name`: a name of the module or an import (`path[0]` is the name)
 * - `type`: an instance of the class that `type` refers to (typed parameter, annotated or constructed local)
 * - `result`: what calling `type` returns
 * - `list`, `dict`: a container; `items` tells what its elements or values may be
 * - `element`: what a loop over `type` gives; `item`: what `type[…]` gives
 */
export interface Ref {
  readonly root: 'self' | 'super' | 'name' | 'type' | 'result' | 'list' | 'dict' | 'element' | 'item';
  readonly type?: Ref;
  /** Of a container: each kind of element once; a name nothing resolves stands for those the file does not show. */
  readonly items?: readonly Ref[];
  /** Of an object literal of JavaScript: the members that refer to something. */
  readonly fields?: Readonly<Record<string, Ref>>;
  readonly path: readonly string[];
}
