/** SEC209: a request that waits for ever, where it places orders or a handler stands still for it. */
import * as z from 'zod';
import type { RuleContext, RuleListener, Site } from '../../../core/rules/rule.ts';
import { defineRule } from '../../../core/rules/rule.ts';
import { isScript } from '../../../core/source/languages.ts';
import type { Call, EntryClass, FunctionModel } from '../../../core/source/model.ts';
import { spanOf } from '../code/arguments.ts';
import { actNamed, orderCallersOf } from '../code/orders.ts';
import { endlessRequest, type Endless } from '../code/timeouts/requests.ts';

type MessageId = 'order' | 'through' | 'late' | 'handler';
type Context = RuleContext<MessageId, unknown>;

const WORDS = /\brequests\b|\burlopen\b|\bhttpx\b|\baiohttp\b|\baxios\b|\bfetch\b|\bgot\b/;
/** Handlers that nobody wants to find waiting. */
const HANDLERS: readonly EntryClass[] = ['tick', 'bar', 'order', 'timer', 'message'];
/** Addresses under which brokers take orders. */
const ORDER_ADDRESS = /(?:^|[/_.-])(?:orders?|place-?order|batch-?orders?|open-?order|close-?positions?)(?:[/?_.-]|$)/i;
const READS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

function create(context: Context): RuleListener {
  const { model } = context;
  if (!WORDS.test(model.source.text)) { return {}; }
  return {
    call(node: Call, site: Site): void {
      const request = endlessRequest(model, node, site);
      if (request === undefined) { return; }
      const fn = site.function;
      const order = orderOf(context, request, fn);
      const data = { client: request.client, limit: limitOf(context, request) };
      if (order !== undefined) {
        const late = request.waits === 'late';
        context.report({ at: spanOf(node.callee), messageId: late ? 'late' : order.through === undefined ? 'order' : 'through', severity: late ? 'warning' : 'error', data: { ...data, through: order.through ?? '' } });
      } else if (fn !== undefined) {
        context.report({
          at: spanOf(node.callee), messageId: 'handler', severity: request.waits === 'late' ? 'info' : 'warning', data: { ...data, long: request.waits === 'late' ? 'up to 5 minutes' : 'for ever' },
          when: { kind: 'reachable', entry: HANDLERS, function: fn.qualifiedName, unguarded: false, within: isScript(model.language) || request.client === 'aiohttp' ? 'handler' : 'thread' },
        });
      }
    },
  };
}

/** Whether a request places, changes or cancels orders: by its address, by the function it stands in, or by those that call that one. */
function orderOf(context: Context, request: Endless, fn: FunctionModel | undefined): { readonly through?: string } | undefined {
  if (request.method !== undefined && READS.has(request.method)) { return undefined; }
  if (request.method !== undefined && ORDER_ADDRESS.test(request.address)) { return {}; }
  if (fn === undefined) { return undefined; }
  if (actNamed(fn.name) !== undefined) { return {}; }
  const [caller] = orderCallersOf(context.model, fn);
  return caller === undefined ? undefined : { through: caller.name.slice(0, 40) };
}

function limitOf(context: Context, request: Endless): string {
  if (!isScript(context.model.language)) { return request.client === 'aiohttp' ? 'a total time-out' : 'timeout=5'; }
  return request.client === 'fetch' ? 'signal: AbortSignal.timeout(5000)' : 'timeout: 5000';
}

export const endlessRequests = defineRule<MessageId, unknown>({
  id: 'SEC209',
  name: 'endless-request',
  guardian: 'security',
  languages: ['python', 'typescript', 'javascript', 'notebook'],
  severity: 'error',
  gate: 'merge',
  since: '0.1.0',
  scope: 'code',
  cost: 'fast',
  summary: 'A request without a time-out that places orders, or that a tick, bar or message handler waits for.',
  messages: {
    order: 'No time-out: if the broker does not answer, {client} waits for ever and nobody knows whether the order stands. Set {limit}, then ask for the order.',
    through: 'No time-out: {through} sends its orders through here, and {client} waits for ever where no answer comes. Set {limit}, then ask for the order.',
    late: '{client} gives up after 5 minutes: so long nobody knows whether the order stands. Set {limit}, then ask for the order.',
    handler: 'No time-out: {client} waits {long} for an answer, and the {event} handler with it: {path}. Set {limit}.',
  },
  options: z.strictObject({}),
  create,
});
