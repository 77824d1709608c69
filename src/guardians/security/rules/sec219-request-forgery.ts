/** SEC219: a request of the server to an address that others choose. */
import * as z from 'zod';
import type { RuleContext, RuleListener, Site } from '../../../core/rules/rule.ts';
import { defineRule } from '../../../core/rules/rule.ts';
import { lastName } from '../../../core/source/meaning/annotations.ts';
import type { Call, Expr, SourceModel } from '../../../core/source/model.ts';
import { instanceKind, methodRoles, namesWithRole } from '../../../core/source/frameworks/tables.ts';
import { rolesOf } from '../../../core/source/roles.ts';
import { definitionsOf } from '../../../core/source/scope.ts';
import { typeOf } from '../code/callee.ts';
import { isFromOthers, relatedTo } from '../code/injection/reports.ts';
import { argumentOf, calledName, fieldIn, positionIn, SINKS } from '../code/injection/sinks.ts';
import { provenanceOf } from '../code/provenance/provenance.ts';
import { hasOtherInput } from '../code/provenance/sources.ts';
import { isWorse, type Form, type Hole, type Value } from '../code/provenance/value.ts';

type MessageId = 'host';

const { functions, second, keywords, browsers } = SINKS.request;

function create(context: RuleContext<MessageId, unknown>): RuleListener {
  const { model } = context;
  if (!hasOtherInput(model)) { return {}; }
  const names = askingNames(model);
  return {
    call(node: Call, site: Site): void {
      if (node.args.length === 0 || !names.has(lastName(node.callee) ?? '')) { return; }
      for (const address of addressesOf(model, node, site)) {
        if (address.kind === 'literal' || address.kind === 'lambda') { continue; }
        const hole = hostIn(model, provenanceOf(model).of(address, site));
        if (hole === undefined) { continue; }
        const at = { start: address.start, end: address.end };
        context.report({ at, messageId: 'host', data: { name: hole.label }, related: relatedTo(model, at, address, site, hole), evidence: { origin: hole.origin } });
        return;
      }
    },
  };
}

const last = (name: string): string => name.slice(name.lastIndexOf('.') + 1);
const LAST_NAMES: ReadonlySet<string> = new Set([...namesWithRole('http'), ...Object.keys(functions).map(last), ...Object.keys(browsers)]);

/** Last names of what may ask an address in a file, imports under another name included. */
function askingNames(model: SourceModel): ReadonlySet<string> {
  const aliases = model.imports.filter(({ name, module }) => LAST_NAMES.has(name ?? '') || LAST_NAMES.has(last(module)) || Object.hasOwn(functions, `${module}.default`)).map(({ alias }) => alias);
  return aliases.length === 0 ? LAST_NAMES : new Set([...LAST_NAMES, ...aliases]);
}

/** The addresses a call asks: its first argument, the second of `request(method, url)`, or a field of its options. */
function addressesOf(model: SourceModel, node: Call, site: Site): readonly Expr[] {
  const name = lastName(node.callee);
  if (name === undefined) { return []; }
  const full = calledName(model, node.callee, site);
  const listed = positionIn(functions, full);
  const asks = listed !== undefined || takesAddress(model, node, site) || isSession(model, node, name, site) || (node.callee.kind === 'member' && positionIn(browsers, name) !== undefined && /page/i.test(lastName(node.callee.object) ?? ''));
  if (!asks || (full?.startsWith('smtplib.') ?? false)) { return []; }
  const at = listed ?? (second.includes(name) && node.callee.kind === 'member' && !/^(?:axios|got|http|https|undici)/.test(full ?? '') ? 1 : 0);
  const first = argumentOf(node, at, keywords);
  const fields = keywords.map((keyword) => fieldIn(first, [keyword])).filter((field) => field !== undefined);
  return fields.length > 0 ? fields : first === undefined || first.kind === 'collection' ? [] : [first];
}

/** A function or a session that is told where to ask; the client of a broker knows its host, and is told of orders and symbols. */
function takesAddress(model: SourceModel, node: Call, site: Site): boolean {
  const roles = rolesOf(model, node, site);
  if (!roles.includes('http') || roles.some((role) => /^(?:order|position|data)\./.test(role))) { return false; }
  const client = node.callee.kind === 'member' ? typeOf(model, node.callee.object, site) : undefined;
  const kind = client === undefined ? undefined : instanceKind(client);
  return kind === undefined || kind === 'http-session';
}

/** `async with aiohttp.ClientSession() as session`. */
function isSession(model: SourceModel, { callee }: Call, name: string, site: Site): boolean {
  if (callee.kind !== 'member' || callee.object.kind !== 'name' || methodRoles('http-session', name) === undefined) { return false; }
  return definitionsOf(model, callee.object.name, site, callee.object.start).some(({ drawn }) => {
    const made = drawn?.how === 'entered' && drawn.from.kind === 'call' ? calledName(model, drawn.from.callee, site) : undefined;
    return made !== undefined && instanceKind(made) === 'http-session';
  });
}

/** What decides the host, if others do: a hole before the first `/` behind the host. */
function hostIn(model: SourceModel, value: Value): Hole | undefined {
  let worst: Hole | undefined;
  for (const form of value.forms) {
    const hole = deciding(model, form);
    if (hole !== undefined && (worst === undefined || isWorse(hole.origin, worst.origin))) { worst = hole; }
  }
  return worst;
}

function deciding(model: SourceModel, form: Form): Hole | undefined {
  let before = '';
  for (const [i, piece] of form.entries()) {
    if (typeof piece === 'string') {
      before += piece;
      // The host stands, or the address is one below a base that somebody else decides.
      if (/^[a-z][a-z0-9+.-]{0,20}:\/\/[^/?#]{1,300}[/?#]/i.test(before) || /^[/?#](?!\/)/.test(before)) { return undefined; }
      continue;
    }
    if (isFromOthers(model, piece, 'url')) { return isHostPart(before) ? piece : undefined; }
    // An address that begins with what this file cannot tell is not the sender's.
    if (i === 0 || before === '') { return undefined; }
    before += 'x';
  }
  return undefined;
}

function isHostPart(before: string): boolean {
  return before === '' || /^(?:[a-z][a-z0-9+.-]{0,20}:)?(?:\/{0,2})[^/?#]{0,300}$/i.test(before);
}

export const requestForgery = defineRule<MessageId, unknown>({
  id: 'SEC219',
  name: 'request-forgery',
  guardian: 'security',
  languages: ['python', 'typescript', 'javascript', 'notebook'],
  severity: 'error',
  gate: 'merge',
  since: '0.1.0',
  scope: 'code',
  cost: 'fast',
  summary: 'A request of the server to an address that others choose.',
  messages: {
    host: '{name} is what others send, and it decides which host this server asks: your gateway, too. Look the host up in a list of allowed ones.',
  },
  options: z.strictObject({}),
  create,
});
