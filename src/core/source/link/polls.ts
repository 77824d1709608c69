/**
 * Handlers that the project's own loop calls at a pace of its own: `while running: strategy.on_tick(book); sleep(60)`. What is
 * called `on_tick` there runs once a round, not once a quote, however often quotes come.
 */
import { distinctiveHandler } from '../frameworks/tables.ts';
import { hasRole } from '../roles.ts';
import { lastName } from '../meaning/annotations.ts';
import { functionSite } from '../meaning/bindings.ts';
import type { FileSummary } from './summary.ts';
import type { Call, FunctionModel, Loop, SourceModel, Stmt } from '../model.ts';
import type { NameSite } from '../scope.ts';
import { bodiesOf, expressionsOf, walkExpression } from '../walk.ts';

/** Roles of a file under which the linker finds the names. */
const POLL_ROLE = 'poll:';
const SLEEPS: readonly string[] = ['sleep', 'sleep.async'];

interface Met {
  readonly call: Call;
  readonly site: NameSite;
}

/** Roles `poll:on_tick` for the handlers a file's polling loops call, in the loop or in a function of the file that the loop calls. */
export function pollRoles(model: SourceModel): readonly string[] {
  if (!/\bon_?[A-Za-z_]{4,40}\s{0,4}\(/.test(model.source.text) || !/sleep|wait/i.test(model.source.text)) { return []; }
  const bodies = [
    { body: model.body, site: {} as NameSite, name: '' },
    ...model.functions.map((fn: FunctionModel) => ({ body: fn.body, site: functionSite(model, fn), name: fn.name })),
  ];
  const loops = bodies.flatMap(({ body, site }) => loopsIn(body).map((loop) => ({ loop, site })));
  if (loops.length === 0) { return []; }
  // Whoever calls a handler of another object by its name, and is no such handler itself.
  const drivers = new Map<string, Set<string>>();
  for (const { body, site, name } of bodies) {
    for (const { call } of callsIn(body, site)) {
      const handler = call.callee.kind === 'member' && distinctiveHandler(call.callee.property) === 'tick' ? call.callee.property : undefined;
      if (handler !== undefined && handler !== name) { drivers.set(name, (drivers.get(name) ?? new Set()).add(handler)); }
    }
  }
  if (drivers.size === 0) { return []; }
  const found = new Set<string>();
  for (const { loop, site } of loops) {
    const met = callsIn(loop.body, site);
    if (!met.some((one) => SLEEPS.some((role) => hasRole(model, one.call, one.site, role)))) { continue; }
    for (const { call } of met) {
      if (call.callee.kind === 'member' && distinctiveHandler(call.callee.property) === 'tick') { found.add(call.callee.property); }
      // `executor.submit(self.tick)` runs it as well.
      for (const run of [call.callee, ...call.args.map((argument) => argument.value)]) {
        for (const handler of drivers.get(lastName(run) ?? '') ?? []) { found.add(handler); }
      }
    }
  }
  return [...found].sort().map((name) => POLL_ROLE + name);
}

/** Whether a role says what a file's loops poll: handlers of every other file hang on it. */
export function isPollRole(role: string): boolean {
  return role.startsWith(POLL_ROLE);
}

/** Names of handlers that loops of the project call at their own pace. */
export function polledNames(files: ReadonlyMap<string, FileSummary>, isCode: (path: string) => boolean): ReadonlySet<string> {
  const names = new Set<string>();
  for (const [path, file] of files) {
    for (const role of file.roles) { if (isPollRole(role) && isCode(path)) { names.add(role.slice(POLL_ROLE.length)); } }
  }
  return names;
}

/** Loops that go on until somebody stops them. */
function loopsIn(body: readonly Stmt[]): readonly Loop[] {
  const found: Loop[] = [];
  const stack = [...body];
  for (let statement = stack.pop(); statement !== undefined; statement = stack.pop()) {
    if (statement.kind === 'loop' && statement.type === 'while') { found.push(statement); }
    for (const inner of bodiesOf(statement)) { for (const one of inner) { stack.push(one); } }
  }
  return found;
}

/** Calls that statements make, without what stands where something went wrong: a pause before the next try to connect is no pace. */
function callsIn(body: readonly Stmt[], site: NameSite): readonly Met[] {
  const found: Met[] = [];
  const stack = [...body];
  for (let statement = stack.pop(); statement !== undefined; statement = stack.pop()) {
    for (const root of expressionsOf(statement)) {
      walkExpression(root, (expr) => { if (expr.kind === 'call') { found.push({ call: expr, site }); } });
    }
    const bodies = statement.kind === 'try' ? [statement.body, statement.else, statement.finally] : bodiesOf(statement);
    for (const inner of bodies) { for (const one of inner) { stack.push(one); } }
  }
  return found;
}
