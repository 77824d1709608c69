/** What scripts give other files beside their own names. */
import type { Expr, SourceModel } from '../model.ts';
import { refOf } from './refs.ts';
import type { Ref } from './ref.ts';
import type { ImportSummary } from './summary.ts';
import { definitionsOf } from '../scope.ts';
import { moduleOf, requiredBy } from '../typescript/required.ts';

/** Name under which `module.exports = x` and `export = x` are kept: what the module itself is. */
export const WHOLE_EXPORT = 'export=';

/** Adds what a file exports under other names: `export { a as b }`, `export default Bot`, `module.exports = { a }`. */
export function addExports(model: SourceModel, variables: Record<string, Ref>): void {
  const add = (name: string, ref: Ref | undefined): void => {
    if (ref !== undefined && !Object.hasOwn(variables, name) && !(ref.root === 'name' && ref.path.length === 1 && ref.path[0] === name)) { variables[name] = ref; }
  };
  for (const { name, local } of model.exports ?? []) { add(name, { root: 'name', path: [local] }); }
  for (const statement of model.body) {
    if (statement.kind !== 'assign' || statement.value === undefined || statement.op !== undefined) { continue; }
    for (const target of statement.targets) { addTarget(model, target, statement.value, add); }
  }
}

/** What `module.exports = { ...require('./risk'), ...tools }` takes over, as imports of everything. */
export function spreadImports(model: SourceModel): readonly ImportSummary[] {
  return model.body.flatMap((statement) => {
    if (statement.kind !== 'assign' || statement.value?.kind !== 'collection' || !statement.targets.some((target) => chainOf(target) === 'module.exports')) { return []; }
    return statement.value.items.flatMap((item, i): readonly ImportSummary[] => {
      if (statement.value?.kind !== 'collection' || statement.value.keys?.[i] !== null) { return []; }
      const required = requiredBy(item);
      const whole = required !== undefined ? moduleOf(required.specifier)
        : item.kind === 'name' ? definitionsOf(model, item.name, {}, item.start).find(({ imported }) => imported !== undefined && imported.name === undefined)?.imported : undefined;
      return whole === undefined ? [] : [{ alias: '*', name: '*', module: whole.module, level: whole.level }];
    });
  });
}

function addTarget(model: SourceModel, target: Expr, value: Expr, add: (name: string, ref: Ref | undefined) => void): void {
  const chain = chainOf(target);
  const name = chain === 'module.exports' ? WHOLE_EXPORT : chain?.startsWith('module.exports.') === true ? chain.slice('module.exports.'.length)
    : chain?.startsWith('exports.') === true ? chain.slice('exports.'.length) : undefined;
  if (name === undefined || name.includes('.')) { return; }
  if (name !== WHOLE_EXPORT) {
    add(name, refOf(model, value, {}));
    return;
  }
  add('default', refOf(model, value, {}));
  add(WHOLE_EXPORT, refOf(model, value, {}));
  if (value.kind !== 'collection' || value.keys === undefined) { return; }
  value.items.forEach((item, i) => {
    const key = value.keys?.[i];
    if (key?.kind === 'literal' && typeof key.value === 'string') { add(key.value, refOf(model, item, {})); }
  });
}

function chainOf(expr: Expr): string | undefined {
  const parts: string[] = [];
  let current = expr;
  while (current.kind === 'member' && parts.length < 4) {
    parts.unshift(current.property);
    current = current.object;
  }
  return current.kind === 'name' ? [current.name, ...parts].join('.') : undefined;
}
