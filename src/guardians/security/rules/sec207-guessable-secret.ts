/** SEC207: a token, key, nonce or order id from numbers that can be guessed; a password or signature under a broken hash. */
import * as z from 'zod';
import type { RuleContext, RuleListener, Site } from '../../../core/rules/rule.ts';
import { defineRule } from '../../../core/rules/rule.ts';
import { isScript } from '../../../core/source/languages.ts';
import { namesIn } from '../../../core/source/meaning/words.ts';
import type { Call, Expr, Stmt } from '../../../core/source/model.ts';
import { ancestorsOf, namesGiven, readsOf, type Given } from '../code/around.ts';
import { spanOf } from '../code/arguments.ts';
import { isMadeUp, isPasswordName, isSignatureName, purposeOf, readsClock, type Purpose } from '../code/random/names.ts';
import { isGuessable, weakHash } from '../code/random/sources.ts';

type MessageId = 'secret' | 'nonce' | 'order' | 'password' | 'signature';
type Context = RuleContext<MessageId, unknown>;

const RANDOM_WORDS = /\brandom\b/;
const HASH_WORDS = /\b(?:md[45]|sha-?1|MD[45]|SHA-?1|SHA)\b/;

function create(context: Context): RuleListener {
  const { text } = context.model.source;
  const [random, hashes] = [RANDOM_WORDS.test(text), HASH_WORDS.test(text)];
  if (!random && !hashes) { return {}; }
  return {
    call(node: Call, site: Site): void {
      if (random && isGuessable(context.model, node, site)) { judgeRandom(context, node, site); }
      if (hashes) { judgeHash(context, node, site); }
    },
  };
}

/** A name a value is given to, and whether the moment is put beside it. */
type Reached = Given & { readonly dated: boolean };

function reach(context: Context, statement: Stmt, expr: Expr, site: Site): readonly Reached[] {
  const given = namesGiven(statement, expr, site.function);
  if (given.length === 0) { return []; }
  const value = statement.kind === 'assign' || statement.kind === 'return' ? statement.value : undefined;
  const dated = value !== undefined && readsClock(namesIn(context.model, value, site));
  return given.map((one) => ({ ...one, dated }));
}

/** Names the value ends in, one variable further where its own says nothing: `chars = […]`, then `token = "".join(chars)`. */
function namesReached(context: Context, expr: Expr, site: Site): readonly Reached[] {
  const given = reach(context, site.statement, expr, site);
  const further = given.filter(({ how, name }) => how === 'assigned' && /^[A-Za-z_]\w*$/.test(name) && site.statement.kind === 'assign')
    .flatMap(({ name }) => readsOf(context.model, site.function, name).flatMap((read) => reach(context, read.statement, read.expr, site)));
  return [...given, ...further];
}

function judgeRandom(context: Context, node: Call, site: Site): void {
  if (isMadeUp(site.function?.qualifiedName ?? '') || isMadeUp(site.class?.name ?? '') || isMadeUp(baseName(context.model.path))) { return; }
  let found: { readonly name: string; readonly purpose: Purpose } | undefined;
  for (const { name, dated } of namesReached(context, node, site)) {
    const purpose = purposeOf(name);
    if (dated && purpose !== 'secret') { continue; }
    if (purpose !== undefined && (found === undefined || purpose === 'secret')) { found = { name, purpose }; }
  }
  if (found === undefined) { return; }
  const safe = isScript(context.model.language)
    ? (found.purpose === 'order' ? 'crypto.randomUUID()' : 'crypto.randomBytes()')
    : (found.purpose === 'order' ? 'uuid.uuid4()' : 'the secrets module');
  context.report({
    at: spanOf(node), messageId: found.purpose, data: { name: found.name.slice(0, 40), safe }, severity: found.purpose === 'secret' ? 'error' : 'warning',
  });
}

function judgeHash(context: Context, node: Call, site: Site): void {
  const hash = weakHash(context.model, node, site);
  if (hash === undefined || isHmac(node, site)) { return; }
  const { model } = context;
  const given = namesReached(context, node, site).map(({ name }) => name);
  const hashed = [...inputsOf(context, node, site)].flatMap((expr) => namesIn(model, expr, site));
  if (given.some(isPasswordName) || (hashed.some(isPasswordName) && !/pwnedpasswords/.test(model.source.text))) {
    context.report({ at: spanOf(node), messageId: 'password', data: { hash } });
    return;
  }
  const names = [...given, site.function?.name ?? ''];
  if (names.some(isSignatureName)) { context.report({ at: spanOf(node), messageId: 'signature', data: { hash }, severity: 'warning' }); }
}

/** What a hash is computed of: its own arguments, and those of `update` on it, here or on the variable it is kept in. */
function inputsOf(context: Context, node: Call, site: Site): readonly Expr[] {
  const inputs = node.args.map(({ value }) => value);
  const take = (statement: Site['statement'], expr: Expr): void => {
    const [member, call] = ancestorsOf(statement, expr);
    if (member?.kind === 'member' && member.property === 'update' && call?.kind === 'call') { inputs.push(...call.args.map(({ value }) => value)); }
  };
  take(site.statement, node);
  if (site.statement.kind === 'assign') {
    for (const target of site.statement.targets) {
      if (target.kind === 'name') { for (const read of readsOf(context.model, site.function, target.name)) { take(read.statement, read.expr); } }
    }
  }
  return inputs;
}

/** HMAC holds with any hash: its key keeps collisions out. */
function isHmac(node: Call, site: Site): boolean {
  return ancestorsOf(site.statement, node).some((outer) => outer.kind === 'call' && outer.callee.kind === 'member' && /^(?:hmac|HMAC)$/.test(outer.callee.object.kind === 'name' ? outer.callee.object.name : ''));
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.\w{1,8}$/, '');
}

export const guessable = defineRule<MessageId, unknown>({
  id: 'SEC207',
  name: 'guessable-secret',
  guardian: 'security',
  languages: ['python', 'typescript', 'javascript', 'notebook'],
  severity: 'error',
  gate: 'merge',
  since: '0.1.0',
  scope: 'code',
  cost: 'fast',
  summary: 'A token, key, nonce or order id made of numbers that can be guessed, or a password or signature under MD5 or SHA-1.',
  messages: {
    secret: '{name} is made of numbers that can be worked out from a few others: whoever does it is in. Make it with {safe}.',
    nonce: '{name} is drawn from numbers that meet or can be worked out: a request is refused, or sent once more by somebody else. Make it with {safe}.',
    order: '{name} is drawn from few numbers: two orders meet, and the broker refuses or overwrites one. Make it with {safe}.',
    password: 'A password under {hash} is found in seconds, for every user at once. Hash it with argon2, scrypt or bcrypt.',
    signature: 'A signature of {hash} can be extended or matched by another order. Sign with HMAC-SHA256, if the other side allows it.',
  },
  options: z.strictObject({}),
  create,
});
