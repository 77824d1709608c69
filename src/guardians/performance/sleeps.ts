/** Which calls put a program to sleep, for how long, and whether the thread sleeps or one function waits. */
import { fold } from '../../core/source/fold.ts';
import { isScript } from '../../core/source/languages.ts';
import { lastName } from '../../core/source/meaning/annotations.ts';
import type { NameSite } from '../../core/source/meaning/bindings.ts';
import { isHeld } from '../../core/source/meaning/held.ts';
import type { Call, Expr, FunctionModel, Lambda, SourceModel, Stmt } from '../../core/source/model.ts';
import { qualifiedName } from '../../core/source/meaning/qualified.ts';
import { rolesOf } from '../../core/source/roles.ts';
import { attributeDefinitions, definitionsOf, receiverClass } from '../../core/source/scope.ts';

/** A call that sleeps. */
export interface Sleep {
  /** `thread`: nothing else runs; `function`: what awaits it stands still, the loop goes on. */
  readonly stops: 'thread' | 'function';
  /** Seconds, where they are a constant. */
  readonly seconds?: number;
}

/** What scripts call a function of their own that waits: `await sleep(100)`. */
const SLEEP_NAME = /^_?(?:sleep|msleep|sleepMs|sleepMillis|sleepFor|sleepAsync|delay|delayMs|snooze|waitMs|pauseMs|waitSeconds)$/;
/** A shell's own sleep, as text of a command or first word of a list. */
const SHELL_SLEEP = /^\s{0,8}(?:\/bin\/|\/usr\/bin\/)?sleep(?:\s+(\d{1,9}(?:\.\d{1,9})?))?\s{0,8}$/;

/** The sleep a call is; undefined for other calls, for naps of no length, and for promises nobody waits for. */
export function sleepOf(model: SourceModel, call: Call, site: NameSite & { readonly statement: Stmt }): Sleep | undefined {
  const sleep = namedSleep(model, call, site) ?? (isScript(model.language) ? scriptSleep(model, call, site) : undefined);
  return sleep === undefined || sleep.seconds === 0 ? undefined : sleep;
}

function namedSleep(model: SourceModel, call: Call, site: NameSite & { readonly statement: Stmt }): Sleep | undefined {
  const roles = rolesOf(model, call, site);
  if (roles.includes('process')) { return shellSleep(model, call, site); }
  const waits = roles.includes('sleep.async');
  if (!waits && !roles.includes('sleep')) { return undefined; }
  const seconds = secondsOf(model, call, site);
  // `await exchange.sleep(100)`: the asynchronous twin of a library's own sleep.
  const held = isHeld(site.statement, call);
  if (waits && !held) { return undefined; }
  const stops = waits || (held && site.statement.kind !== 'return') ? 'function' : 'thread';
  return { stops, ...(seconds === undefined ? {} : { seconds }) };
}

/** `os.system("sleep 1")`, `execSync('sleep 1')`, `subprocess.run(["sleep", "1"])`: the caller waits for the command. */
function shellSleep(model: SourceModel, call: Call, site: NameSite): Sleep | undefined {
  if (/^(?:exec|spawn|execFile|fork|Popen|popen)$/.test(lastName(call.callee) ?? '')) { return undefined; }
  const [first] = call.args;
  const words = first?.value.kind === 'collection' ? first.value.items : first === undefined ? [] : [first.value];
  const texts = words.map((word) => fold(model, word, site)?.value);
  if (texts.some((text) => typeof text !== 'string')) { return undefined; }
  const match = SHELL_SLEEP.exec(texts.join(' '));
  return match === null ? undefined : { stops: 'thread', ...(match[1] === undefined ? {} : { seconds: Number(match[1]) }) };
}

/** Seconds of the first argument, by the unit the function takes. */
function secondsOf(model: SourceModel, call: Call, site: NameSite): number | undefined {
  const name = lastName(call.callee) ?? '';
  if (name === 'wait' && qualifiedName(model, call.callee, site) === 'globals.Atomics.wait') { return numberAt(model, call, 3, site, 1000); }
  if (name === 'usleep') { return numberAt(model, call, 0, site, 1_000_000); }
  if (isScript(model.language)) { return numberAt(model, call, 0, site, name === 'sleep' && qualifiedName(model, call.callee, site)?.startsWith('sleep.') === true ? 1 : 1000); }
  const isMs = model.language === 'mql5' || /^pygame\./.test(qualifiedName(model, call.callee, site) ?? '') || rolesOfExchange(model, call, site);
  return numberAt(model, call, 0, site, isMs ? 1000 : 1);
}

/** ccxt's `exchange.sleep(100)` takes milliseconds in every language. */
function rolesOfExchange(model: SourceModel, call: Call, site: NameSite): boolean {
  return call.callee.kind === 'member' && call.callee.property === 'sleep' && qualifiedName(model, call.callee, site) === undefined
    && model.imports.some((entry) => /^ccxt(?:pro)?(?:\.|$)/.test(entry.module));
}

function numberAt(model: SourceModel, call: Call, position: number, site: NameSite, perSecond: number): number | undefined {
  const argument = call.args[position];
  if (argument === undefined || argument.spread !== undefined) { return undefined; }
  const value = fold(model, argument.value, site)?.value;
  return typeof value === 'number' ? value / perSecond : undefined;
}

// ---------------------------------------------------------------------- scripts

/** `await sleep(100)` of a helper, `await new Promise((resolve) => setTimeout(resolve, 100))`. */
function scriptSleep(model: SourceModel, call: Call, site: NameSite & { readonly statement: Stmt }): Sleep | undefined {
  const timer = timerOf(model, call);
  if (timer !== undefined) {
    // A helper that is nothing but this promise is told where it is called, if its name says what it does.
    const inHelper = site.function !== undefined && SLEEP_NAME.test(helperName(model, site.function));
    if (inHelper || !isHeld(site.statement, call)) { return undefined; }
    const seconds = numberAt(model, timer.call, 1, { ...site, function: timer.function }, 1000) ?? numberAt(model, timer.call, 1, site, 1000);
    return { stops: 'function', ...(seconds === undefined ? {} : { seconds }) };
  }
  if (call.args.length === 0 || !SLEEP_NAME.test(lastName(call.callee) ?? '') || !isSleepHelper(model, call.callee, site)) { return undefined; }
  if (!isHeld(site.statement, call)) { return undefined; }
  const seconds = /seconds$/i.test(lastName(call.callee) ?? '') ? numberAt(model, call, 0, site, 1) : numberAt(model, call, 0, site, 1000);
  return { stops: 'function', ...(seconds === undefined ? {} : { seconds }) };
}

/** Name of a function, of `const sleep = (ms) => …` too. */
function helperName(model: SourceModel, fn: FunctionModel): string {
  if (fn.name !== '') { return fn.name; }
  let head = model.source.text.slice(Math.max(0, fn.start - 120), fn.start).trimEnd();
  if (/\basync$/.test(head)) { head = head.slice(0, -'async'.length).trimEnd(); }
  if (head.endsWith(':')) { return nameAtEnd(head.slice(0, -1)); }
  if (!head.endsWith('=')) { return ''; }
  const line = head.slice(0, -1).split(/[=;\n]/).at(-1) ?? '';
  return nameAtEnd(line.split(':', 1)[0] ?? '');
}

/** The identifier a text ends with, spaces behind it left out. */
function nameAtEnd(text: string): string {
  const end = text.trimEnd();
  let from = end.length;
  while (from > 0 && /[\w$]/.test(end[from - 1] as string)) { from -= 1; }
  return end.slice(from);
}

/** The `setTimeout` of a promise that does nothing but wait for it. */
function timerOf(model: SourceModel, call: Call): { readonly call: Call; readonly function: FunctionModel } | undefined {
  if (call.callee.kind !== 'name' || call.callee.name !== 'Promise') { return undefined; }
  const given = call.args[0]?.value;
  const fn = given?.kind === 'lambda' ? model.functions[given.function] : undefined;
  const resolve = fn?.parameters[0]?.name;
  const timer = fn === undefined ? undefined : onlyCall(fn);
  if (fn === undefined || resolve === undefined || timer?.callee.kind !== 'name' || timer.callee.name !== 'setTimeout') { return undefined; }
  const done = timer.args[0]?.value;
  return done !== undefined && resolves(model, done, resolve) ? { call: timer, function: fn } : undefined;
}

/** `resolve`, or a lambda that calls it and nothing else. */
function resolves(model: SourceModel, done: Expr, resolve: string): boolean {
  if (done.kind === 'name') { return done.name === resolve; }
  const inner = done.kind === 'lambda' ? onlyCall(functionAt(model, done)) : undefined;
  return inner?.callee.kind === 'name' && inner.callee.name === resolve;
}

function functionAt(model: SourceModel, lambda: Lambda): FunctionModel | undefined {
  return model.functions[lambda.function];
}

/** The call a function consists of. */
function onlyCall(fn: FunctionModel | undefined): Call | undefined {
  const only = fn?.body.length === 1 ? fn.body[0] : undefined;
  const value = only?.kind === 'expression' || only?.kind === 'return' ? only.value : undefined;
  const expr = value?.kind === 'unary' ? value.operand : value;
  return expr?.kind === 'call' ? expr : undefined;
}

/** Names decide only where the file does not show the function; one that is shown has to set a timer. */
function isSleepHelper(model: SourceModel, callee: Expr, site: NameSite): boolean {
  const owner = callee.kind === 'member' ? receiverClass(model, callee.object, site) : undefined;
  const definitions = callee.kind === 'name' ? definitionsOf(model, callee.name, site)
    : callee.kind === 'member' && owner !== undefined ? attributeDefinitions(model, owner, callee.property) : [];
  return definitions.every((definition) => {
    const declared = definition.declared?.kind === 'function' ? model.functions[definition.declared.index] : undefined;
    const span = declared ?? definition.value;
    return span === undefined || /setTimeout|Atomics|sleep|delay|promisify/i.test(model.source.text.slice(span.start, span.end).replace(declared?.name ?? '', ''));
  });
}

/** A length of time as people say it: `100 ms`, `2 s`, `10 min`. */
export function lengthText(seconds: number): string {
  const short = (value: number): string => String(Number(value.toPrecision(3)));
  if (seconds >= 120) { return `${short(seconds / 60)} min`; }
  return seconds < 1 ? `${short(seconds * 1000)} ms` : `${short(seconds)} s`;
}
