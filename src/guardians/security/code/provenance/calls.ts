/** What a call gives: a source, something harmless, what it was handed in another form, or what the program works out. */
import { isScript } from '../../../../core/source/languages.ts';
import { lastName } from '../../../../core/source/meaning/annotations.ts';
import { targetKey } from '../../../../core/source/meaning/effects.ts';
import type { Argument, Call, Expr } from '../../../../core/source/model.ts';
import { namedClass } from '../../../../core/source/meaning/lineage.ts';
import { receiverClass, type NameSite } from '../../../../core/source/scope.ts';
import type { Asker, Scope } from './asker.ts';
import { cleanedFor, concat, hole, NOTHING, oneOf, text, within } from './forms.ts';
import { calledFunction, mapped, returned } from './functions.ts';
import { fullName, namedSource } from './sources.ts';
import { cleans, givesPlain, joinOf, keeps, methodGivesPlain, saysClean } from './tables.ts';
import { braceFormat, percentFormat, replaced } from './text-formats.ts';
import { constantText, isConstant, worstHole, type Value } from './value.ts';

/** Methods that give back their object, or a part of it, in another form. */
const KEEPING_METHODS: ReadonlySet<string> = new Set((
  'strip lstrip rstrip lower upper title capitalize casefold swapcase encode decode removeprefix removesuffix expandtabs zfill ljust rjust center split rsplit '
  + 'splitlines partition rpartition translate get getlist getall get_all getfirst pop popitem setdefault items keys values copy read readline readlines read_text read_bytes '
  + 'getvalue resolve absolute expanduser joinpath with_suffix with_name as_posix relative_to trim trimStart trimEnd toLowerCase toUpperCase toString slice substring substr at '
  + 'charAt padStart padEnd normalize concat flat reverse reversed sort sorted toSorted filter find shift next send json text body form arrayBuffer blob dict model_dump '
  + 'to_dict as_dict _asdict tolist to_list toArray then catch finally group groups groupdict first all one scalar substitute safe_substitute searchParams format_map entries '
  + 'arg args string raw href pathname values_list getAll header param queries params query cookies data render tostring'
).split(' '));
/** Of these, the ones whose result is what somebody else sent only if the object is: a database's rows, a file's lines. */
const READS: ReadonlySet<string> = new Set(['read', 'readline', 'readlines', 'read_text', 'read_bytes', 'json', 'text', 'first', 'all', 'one', 'scalar']);

/** What a call gives. */
export function callValue(asker: Asker, call: Call, site: NameSite, scope: Scope): Value {
  const { model } = asker;
  const source = namedSource(model, call, site);
  if (source !== undefined) { return hole(source, call); }
  const { callee } = call;
  const last = lastName(callee) ?? '';
  const fn = calledFunction(model, callee, site);
  if (fn !== undefined) {
    const given = saysClean(last) ? undefined : returned(asker, fn, call, site, scope);
    return given ?? hole(saysClean(last) ? 'unknown' : 'computed', call);
  }
  const full = fullName(model, callee, site);
  const purposes = cleans(full, last, callee.kind === 'member');
  if (purposes !== undefined) { return cleanedFor(argumentsValue(asker, call.args, site, scope), purposes); }
  const join = joinOf(full);
  if (join !== undefined) { return joined(asker, call, join, site, scope); }
  if (callee.kind === 'member' && (full === undefined || namedSource(model, callee.object, site) !== undefined)) {
    const method = methodValue(asker, call, callee, site, scope);
    if (method !== undefined) { return method; }
  }
  return functionValue(asker, call, last, full, site, scope);
}

function functionValue(asker: Asker, call: Call, last: string, full: string | undefined, site: NameSite, scope: Scope): Value {
  const { model } = asker;
  const first = call.args[0]?.value;
  if (givesPlain(model, last, full)) { return hole('plain', call); }
  if (last === 'map' && !isScript(model.language) && call.callee.kind === 'name') { return pythonMap(asker, call, site, scope); }
  if (last === 'format' && full === 'builtins.format' && first !== undefined) { return asker.value(first, site, scope); }
  if (last === 'sub' && full === 're.sub') { return call.args[2] === undefined ? NOTHING : asker.value(call.args[2].value, site, scope); }
  if (last === 'format' && isScript(model.language) && (full === 'util.format' || full === 'util.default.format') && first !== undefined) {
    const [, ...rest] = call.args;
    return percentFormat(asker, asker.value(first, site, scope), listOf(rest, call), site, scope);
  }
  if (last === 'URL' && call.args.length === 2) { return address(asker, call.args[1]!.value, call.args[0]!.value, site, scope); }
  if (/^(?:u?gettext(?:_lazy)?|_|pgettext|dedent|cleandoc|indent)$/.test(last) && first !== undefined) { return asker.value(first, site, scope); }
  if (/^(?:enumerate|zip|chain)$/.test(last) || (full !== undefined || isScript(model.language)) && keeps(model, last)) {
    return last === 'sorted' && first !== undefined ? asker.value(first, site, scope) : argumentsValue(asker, call.args, site, scope);
  }
  if (call.callee.kind === 'name' && full === undefined && keeps(model, last)) { return argumentsValue(asker, call.args, site, scope); }
  if (saysClean(last) || namedClass(model, call.callee, site) !== undefined || isReceiverMethod(asker, call, site)) { return hole('unknown', call); }
  if (/^(?:open|urlopen)$/.test(last)) { return opened(asker, call, site, scope); }
  // What a method of an object nobody knows gives, nobody knows.
  return hole(call.callee.kind === 'member' && full === undefined ? 'unknown' : 'computed', call);
}

/** The arguments of `util.format` behind its text, as the right side of a `%`. */
function listOf(args: readonly Argument[], { start, end }: Call): Expr {
  return { kind: 'collection', type: 'tuple', start, end, items: args.map(({ value }) => value) };
}

/** `self.name()` of a base class that stands elsewhere. */
function isReceiverMethod(asker: Asker, { callee }: Call, site: NameSite): boolean {
  return callee.kind === 'member' && receiverClass(asker.model, callee.object, site) !== undefined;
}

/** A file at a place the program names is a part of the program. */
function opened(asker: Asker, call: Call, site: NameSite, scope: Scope): Value {
  const worst = worstHole(argumentsValue(asker, call.args, site, scope));
  return hole(worst === undefined || worst.origin === 'unknown' || worst.origin === 'plain' ? 'unknown' : 'computed', call);
}

function argumentsValue(asker: Asker, args: readonly Argument[], site: NameSite, scope: Scope): Value {
  return concat(args.map(({ value }) => asker.value(value, site, scope)));
}

function joined(asker: Asker, call: Call, how: 'path' | 'address', site: NameSite, scope: Scope): Value {
  const [base, below] = call.args;
  if (how === 'address' && base !== undefined && below !== undefined) { return address(asker, base.value, below.value, site, scope); }
  return concat(call.args.flatMap(({ value }, i) => (i === 0 ? [asker.value(value, site, scope)] : [text('/'), asker.value(value, site, scope)])));
}

/** What is put below an address may be an address of its own. */
function address(asker: Asker, base: Expr, below: Expr, site: NameSite, scope: Scope): Value {
  const value = asker.value(below, site, scope);
  return oneOf([concat([asker.value(base, site, scope), value]), value]);
}

function methodValue(asker: Asker, call: Call, callee: Expr & { readonly kind: 'member' }, site: NameSite, scope: Scope): Value | undefined {
  const { model } = asker;
  const { object, property } = callee;
  if (methodGivesPlain(property)) { return hole('plain', call); }
  const of = (expr: Expr): Value => asker.value(expr, site, scope);
  const args = call.args.map(({ value }) => value);
  const first = args[0];
  switch (property) {
    case 'format': case 'format_map': {
      const filled = braceFormat(asker, of(object), call.args, site, scope);
      // The markup of MarkupSafe escapes what it is given.
      return object.kind === 'call' && lastName(object.callee) === 'Markup' ? cleanedFor(filled, ['html']) : filled;
    }
    case 'join': {
      if (isScript(model.language)) { return joinedItems(asker, object, first === undefined ? text(',') : of(first), site, scope); }
      return first === undefined ? undefined : joinedItems(asker, first, of(object), site, scope);
    }
    // `Path("reports").joinpath(name)` is `Path("reports") / name`.
    case 'joinpath': return concat([of(object), ...args.flatMap((one) => [text('/'), of(one)])]);
    case 'concat': return concat([of(object), ...args.map(of)]);
    case 'replace': case 'replaceAll': return replacement(asker, call, object, site, scope);
    case 'fill': return first === undefined ? undefined : of(first);
    case 'repeat': case 'ljust': case 'rjust': return of(object);
    case 'map': case 'flatMap': {
      const fn = first === undefined ? undefined : calledFunction(model, first, site);
      const items = of(object);
      if (fn !== undefined) { return mapped(asker, fn, within(items, object), scope); }
      return first !== undefined && givesPlain(model, lastName(first) ?? '', undefined) ? hole('plain', call) : items;
    }
    default: return keptMethod(asker, call, callee, site, scope);
  }
}

/** `" AND ".join(parts)`: the items with the separator between them, as far as it says something. */
function joinedItems(asker: Asker, items: Expr, separator: Value, site: NameSite, scope: Scope): Value {
  if (items.kind === 'collection' && items.keys === undefined) {
    return concat(items.items.flatMap((item, i) => (i === 0 ? [asker.value(item, site, scope)] : [separator, asker.value(item, site, scope)])));
  }
  const value = asker.value(items, site, scope);
  return constantText(separator) === '' ? value : concat([value, separator]);
}

function replacement(asker: Asker, call: Call, object: Expr, site: NameSite, scope: Scope): Value | undefined {
  const [what, by] = call.args.map(({ value }) => value);
  const value = asker.value(object, site, scope);
  if (what === undefined || by === undefined) { return value; }
  const replacing = asker.value(by, site, scope);
  const wanted = constantText(asker.value(what, site, scope));
  // `name.replace("'", "''")` quotes; with something else in the place of everything strange it is clean.
  if (isConstant(replacing)) {
    if (what.kind === 'unknown') { return cleanedFor(value, ['sql', 'shell', 'path', 'html', 'url', 'code']); }
    return wanted === "'" && constantText(replacing) === "''" ? cleanedFor(value, ['sql']) : wanted === '<' ? cleanedFor(value, ['html']) : wanted === '..' || wanted === '/' ? cleanedFor(value, ['path']) : value;
  }
  return replaced(value, asker.value(what, site, scope), replacing) ?? concat([value, replacing]);
}

function keptMethod(asker: Asker, call: Call, callee: Expr & { readonly kind: 'member' }, site: NameSite, scope: Scope): Value | undefined {
  const value = asker.value(callee.object, site, scope);
  const worst = worstHole(value);
  if (worst === undefined) { return KEEPING_METHODS.has(callee.property) ? value : undefined; }
  // Whatever is asked of what somebody sent, the answer is theirs.
  if (worst.origin === 'user' || worst.origin === 'operator') { return value; }
  if (!KEEPING_METHODS.has(callee.property)) { return worst.origin === 'plain' && !targetKey(callee.object)?.includes('.') ? hole('plain', call) : undefined; }
  if (READS.has(callee.property)) { return hole(worst.origin === 'unknown' || worst.origin === 'plain' ? 'unknown' : 'computed', call); }
  if (callee.property === 'get' && call.args.length > 1) { return oneOf([value, ...call.args.slice(1, 2).map((argument) => asker.value(argument.value, site, scope))]); }
  return value;
}

/** `map(str, values)`, `map(lambda name: f"{name} = ?", names)`. */
function pythonMap(asker: Asker, call: Call, site: NameSite, scope: Scope): Value {
  const [how, items] = call.args.map(({ value }) => value);
  if (how === undefined || items === undefined) { return NOTHING; }
  if (givesPlain(asker.model, lastName(how) ?? '', fullName(asker.model, how, site))) { return hole('plain', call); }
  const fn = calledFunction(asker.model, how, site);
  const value = asker.value(items, site, scope);
  const given = fn === undefined ? undefined : mapped(asker, fn, within(value, items), scope);
  if (given !== undefined) { return given; }
  const purposes = cleans(fullName(asker.model, how, site), lastName(how) ?? '', false);
  if (purposes !== undefined) { return cleanedFor(value, purposes); }
  return saysClean(lastName(how) ?? '') ? hole('unknown', call) : value;
}
