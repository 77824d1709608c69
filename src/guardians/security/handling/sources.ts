/** Where a program gets its secrets from, as it should: environment, key stores, vaults, mounted files. */
import type { Call, Expr, SourceModel } from '../../../core/source/model.ts';
import { qualifiedName } from '../../../core/source/meaning/qualified.ts';
import { rolesOf } from '../../../core/source/roles.ts';
import type { NameSite } from '../../../core/source/scope.ts';
import { isSecretVariable } from './telling.ts';

/** Names whose members are the environment: `os.environ["X"]`, `process.env.X`, `import.meta.env.X`. */
const ENVIRONMENTS: ReadonlySet<string> = new Set(['os.environ', 'os.environb', 'globals.process.env', 'process.env', 'process.default.env', 'globals.import.meta.env', 'globals.Bun.env']);

/** What is read, where an expression reads a secret store. */
export interface Read {
  /** Name of the variable or of the entry, where it is written down. */
  readonly name: string | undefined;
  /** It holds a secret: the store holds nothing else, or the name says so. */
  readonly secret: boolean;
  /** What holds where the variable is missing. */
  readonly fallback?: Expr;
  /** A variable of the environment, not an entry of a store. */
  readonly variable: boolean;
}

/** Whether the expression is the whole environment. */
export function isEnvironment(model: SourceModel, expr: Expr, site: NameSite): boolean {
  if (expr.kind !== 'name' && expr.kind !== 'member') { return false; }
  const name = qualifiedName(model, expr, site);
  if (name !== undefined) { return ENVIRONMENTS.has(name); }
  return expr.kind === 'member' && expr.property === 'env' && expr.object.kind === 'member' && expr.object.property === 'meta';
}

/** The literal text of an argument or index. */
export function textOf(expr: Expr | undefined): string | undefined {
  return expr?.kind === 'literal' && expr.type === 'string' && typeof expr.value === 'string' ? expr.value : undefined;
}

/** `os.environ["X"]`, `process.env.X`, `process.env["X"]`. */
export function readOfMember(model: SourceModel, expr: Expr, site: NameSite): Read | undefined {
  if (expr.kind === 'member') {
    return isEnvironment(model, expr.object, site) ? ofVariable(expr.property) : undefined;
  }
  if (expr.kind !== 'index' || !isEnvironment(model, expr.object, site)) { return undefined; }
  return ofVariable(textOf(expr.indices[0]));
}

/** `os.getenv("X")`, `keyring.get_password(…)`, `client.get_secret_value(…)`, `context.secrets.get("x")`, `open("/run/secrets/x").read()`. */
export function readOfCall(model: SourceModel, call: Call, site: NameSite): Read | undefined {
  const roles = rolesOf(model, call, site);
  const [first, second] = call.args;
  if (roles.includes('environment')) {
    const fallback = call.args.find((argument) => argument.name === 'default') ?? (second?.name === undefined ? second : undefined);
    return { ...ofVariable(textOf(first?.value)), ...(fallback === undefined ? {} : { fallback: fallback.value }) };
  }
  if (roles.includes('secret.read')) {
    const named = call.args.map(({ value }) => textOf(value)).find((text) => text !== undefined && text.length <= 40);
    return { name: named, secret: true, variable: false };
  }
  const { callee } = call;
  if (callee.kind === 'member' && callee.property === 'get' && callee.object.kind === 'member' && callee.object.property === 'secrets') {
    return { name: textOf(first?.value), secret: true, variable: false };
  }
  return undefined;
}

/** Docker puts its secrets there; whoever reads such a file reads one. */
export function isMountedSecret(expr: Expr): boolean {
  const text = textOf(expr);
  return text !== undefined && text.startsWith('/run/secrets/');
}

function ofVariable(name: string | undefined): Read {
  return { name, secret: name !== undefined && isSecretVariable(name), variable: true };
}
