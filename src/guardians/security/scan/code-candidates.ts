/** Values in code with what they are given to: assignment, keyword argument, key, default of a look-up, comparison. */
import type { Argument, Assign, Call, Collection, Expr, FunctionModel, Literal, Stmt } from '../../../core/source/model.ts';
import { childrenOf, expressionsOf } from '../../../core/source/walk.ts';
import type { Candidate } from './candidate.ts';
import { nameSetBy } from './assignments.ts';
import { classifyName } from './names.ts';

/** An expression still to be looked at, with the name it belongs to. */
interface Pending {
  readonly expr: Expr;
  readonly name: string;
  readonly around: string;
}

/** How many names of the surroundings are kept, in characters: enough for a call inside a mapping inside a call. */
const MAX_AROUND = 160;

/** `os.environ["X"]` is called X, `self.api_key` api_key, `key` key. */
function targetName(expr: Expr): string {
  if (expr.kind === 'name') return expr.name;
  if (expr.kind === 'member') return expr.property;
  if (expr.kind !== 'index') return '';
  const last = expr.indices.at(-1);
  return last?.kind === 'literal' && typeof last.value === 'string' ? last.value : targetName(expr.object);
}

/** `ccxt.binance` written out; members beyond eight are left out. */
export function dottedName(expr: Expr): string {
  const parts: string[] = [];
  let current = expr;
  while (current.kind === 'member' && parts.length < 8) {
    parts.unshift(current.property);
    current = current.object;
  }
  if (current.kind === 'name') parts.unshift(current.name);
  return parts.join('.');
}

const textOf = (expr: Expr | undefined): string | undefined =>
  expr?.kind === 'literal' && expr.type === 'string' && typeof expr.value === 'string' ? expr.value : undefined;

function joined(around: string, more: string): string {
  return more === '' || around.length > MAX_AROUND ? around : `${around} ${more}`;
}

/** The parts of an assignment: tuple targets take the tuple's items one by one. */
function ofAssign(stmt: Assign, around: string): Pending[] {
  if (!stmt.value) return [];
  const [target] = stmt.targets;
  if (!target) return [];
  if (target.kind === 'collection' && stmt.value.kind === 'collection') {
    const { items } = target;
    return stmt.value.items.map((expr, i): Pending => ({ expr, name: items[i] ? targetName(items[i]) : '', around }));
  }
  const name = targetName(target);
  return [{ expr: stmt.value, name, around: joined(around, target.kind === 'name' ? name : dottedName(target)) }];
}

/**
 * Keyword arguments are called by their keyword. Behind a first argument that is itself the name of a secret stands its
 * value (`getenv("API_KEY", "…")`, `headers.set("X-API-KEY", "…")`). What is left inherits: `SecretStr("…")`.
 */
function ofCall(call: Call, from: Pending): Pending[] {
  const callee = dottedName(call.callee);
  const around = joined(from.around, callee);
  const first = textOf(call.args[0]?.value);
  const lookedUp = first !== undefined && classifyName(first) ? first : undefined;
  const single = call.args.length === 1;
  const set = single ? nameSetBy(targetName(call.callee)) : undefined;
  const nameOf = (argument: Argument, i: number): string => {
    if (argument.name !== undefined) return argument.name === 'default' && lookedUp !== undefined ? lookedUp : argument.name;
    if (i === 1 && lookedUp !== undefined) return lookedUp;
    return set ?? (single ? from.name : '');
  };
  return [
    { expr: call.callee, name: '', around },
    ...call.args.map((argument, i): Pending => ({ expr: argument.value, name: nameOf(argument, i), around })),
  ];
}

function ofCollection(node: Collection, from: Pending): Pending[] {
  const { keys } = node;
  if (!keys) return node.items.map((expr): Pending => ({ ...from, expr }));
  const around = joined(from.around, from.name);
  return node.items.map((expr, i): Pending => {
    const key = keys[i];
    return { expr, name: (key ? textOf(key) ?? targetName(key) : '') || from.name, around: joined(around, (key && textOf(key)) || '') };
  });
}

/** `os.environ.get("X") or "…"`: where the target's own name says nothing, the look-up's does. */
function ofBoolean(operands: readonly Expr[], from: Pending): Pending[] {
  let { name } = from;
  if (!classifyName(name)) {
    const look = operands.find((operand) => operand.kind === 'call' && textOf(operand.args[0]?.value) !== undefined);
    if (look?.kind === 'call') name = textOf(look.args[0]?.value) ?? name;
  }
  return operands.map((expr): Pending => ({ ...from, expr, name }));
}

/** `if password == "…"`: the literal belongs to the name beside it. */
function ofCompare(operands: readonly Expr[], from: Pending): Pending[] {
  const named = operands.find((operand) => operand.kind !== 'literal' && targetName(operand) !== '');
  const name = named ? targetName(named) : '';
  return operands.map((expr): Pending => ({ ...from, expr, name }));
}

function partsOf(from: Pending): Pending[] {
  const { expr } = from;
  switch (expr.kind) {
    case 'call': return ofCall(expr, from);
    case 'collection': return ofCollection(expr, from);
    case 'boolean': return ofBoolean(expr.operands, from);
    case 'compare': return ofCompare(expr.operands, from);
    case 'conditional': return [{ ...from, expr: expr.then }, { ...from, expr: expr.else }, { ...from, expr: expr.test, name: '' }];
    case 'index': return childrenOf(expr).map((child): Pending => ({ ...from, expr: child, name: '' }));
    // A value put together from pieces is no literal secret; its pieces are still looked at for shapes.
    default: return childrenOf(expr).map((child): Pending => ({ ...from, expr: child, name: expr.kind === 'unary' || expr.kind === 'await' ? from.name : '' }));
  }
}

/** The strings among the parts, each with its name; iterative, since concatenations may be 20,000 terms deep. */
function collect(roots: readonly Pending[], into: (literal: Literal, name: string, around: string) => void): void {
  const stack = [...roots];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { expr } = next;
    if (expr.kind === 'literal') {
      if (expr.type === 'string' || expr.type === 'bytes') into(expr, next.name, next.around);
    } else {
      for (const part of partsOf(next)) stack.push(part);
    }
  }
}

/** Calls in which keys stand at fixed places without names, and what they are called then. */
const POSITIONS: readonly { readonly callee: RegExp; readonly names: readonly string[] }[] = [
  // MetaTrader5 package: login(login, password, server), initialize(path, login, password, server)
  { callee: /(?:^|\.)(?:mt5|MetaTrader5)\.login$/, names: ['', 'mt5_password'] },
  { callee: /(?:^|\.)(?:mt5|MetaTrader5)\.initialize$/, names: ['', '', 'mt5_password'] },
  // eth_account: Account.from_key(private_key), Account.from_mnemonic(mnemonic)
  { callee: /(?:^|\.)Account\.from_key$/, names: ['wallet_private_key'] },
  { callee: /(?:^|\.)Account\.from_mnemonic$/, names: ['wallet_mnemonic'] },
  // requests and aiohttp: HTTPBasicAuth(user, password), BasicAuth(user, password)
  { callee: /(?:^|\.)(?:HTTP)?BasicAuth$/, names: ['', 'auth_password'] },
  // python-binance: Client(api_key, api_secret)
  { callee: /(?:^|\.)(?:Async)?Client$/, names: ['binance_api_key', 'binance_api_secret'] },
];

function ofPositions(call: Call): Pending[] {
  const callee = dottedName(call.callee);
  const row = POSITIONS.find((one) => one.callee.test(callee));
  if (!row) return [];
  return call.args.flatMap((argument, i): Pending[] => {
    const name = row.names[i] ?? '';
    return argument.name === undefined && argument.spread === undefined && name !== '' ? [{ expr: argument.value, name, around: callee }] : [];
  });
}

/** The named strings of one statement (without those of its bodies). `around` names what encloses it. */
export function candidatesOf(stmt: Stmt, around: string): { readonly candidates: Candidate[]; readonly strings: Literal[] } {
  const roots = stmt.kind === 'assign'
    ? [...ofAssign(stmt, around), ...stmt.targets.map((expr): Pending => ({ expr, name: '', around }))]
    : expressionsOf(stmt).map((expr): Pending => ({ expr, name: '', around }));
  return candidatesIn(roots);
}

/** The defaults of a function's parameters: `def connect(password="…")`. */
export function candidatesOfParameters(fn: FunctionModel): { readonly candidates: Candidate[]; readonly strings: Literal[] } {
  return candidatesIn(fn.parameters.flatMap((parameter): Pending[] =>
    parameter.default ? [{ expr: parameter.default, name: parameter.name, around: fn.name }] : []));
}

function candidatesIn(roots: readonly Pending[]): { readonly candidates: Candidate[]; readonly strings: Literal[] } {
  const candidates: Candidate[] = [];
  const strings: Literal[] = [];
  collect(roots, (literal, name, around) => {
    if (literal.content === undefined || typeof literal.value !== 'string') return;
    strings.push(literal);
    if (name !== '') candidates.push({ name, around, value: literal.value, span: literal.content });
  });
  return { candidates, strings };
}

/** The keys that a call takes by place: `mt5.login(4711, "…", "server")`. */
export function candidatesOfCall(call: Call): readonly Candidate[] {
  return candidatesIn(ofPositions(call)).candidates;
}
