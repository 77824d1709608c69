/** SEC212: an address from which anybody can send orders. */
import * as z from 'zod';
import type { RuleContext, RuleListener } from '../../../core/rules/rule.ts';
import { defineRule } from '../../../core/rules/rule.ts';
import type { Call, FunctionModel, SourceModel } from '../../../core/source/model.ts';
import { isScript } from '../../../core/source/languages.ts';
import { declaredHandlers, orderFrom, registeredHandler, type Handler, type Led } from '../code/handlers.ts';
import { asksWhoCalls } from '../code/web.ts';

type MessageId = 'open';
type Context = RuleContext<MessageId, unknown>;

/** Words by which code asks who calls, before it does what it is told. */
const ASKS = /secret|signature|hmac|token|passphrase|password|passkey|\bauth|authori[sz]|authenticat|api_?key|verif|allowed_?(?:ip|host|origin)|allow_?list|white_?list|remote_addr|client\.host|compare_digest|timingSafeEqual|login_required|credentials|\bkey\b|["'`]key["'`]|\bsig\b/i;
/** What runs before every handler of a file. */
const BEFORE_ALL = /before_request|add_middleware|\.middleware\b|dependencies\s{0,3}=|\.use\(|addHook\(|HTTPBearer|APIKeyHeader/;

function create(context: Context): RuleListener {
  const { model } = context;
  const script = isScript(model.language);
  if (!(script ? /\.(?:post|put|all|get|route)\(|handler|POST/ : /\.(?:route|post|put|api_route|get)\(|csrf_exempt|lambda_handler|add_(?:post|route|url_rule|api_route)/).test(model.source.text)) { return {}; }
  const told = new Set<FunctionModel>();
  const judge = (handler: Handler): void => {
    if (told.has(handler.fn)) { return; }
    told.add(handler.fn);
    const led = orderFrom(model, handler.fn);
    if (led !== undefined && !isAsked(model, handler, led)) { tell(context, handler, led); }
  };
  return {
    start(): void { declaredHandlers(model).forEach(judge); },
    call(node: Call): void {
      const handler = registeredHandler(model, node);
      if (handler !== undefined) { judge(handler); }
    },
  };
}

/** True where something asks who calls: in what registers the handler, before the order in it, on the way, or before all handlers. */
function isAsked(model: SourceModel, { fn, registered }: Handler, led: Led): boolean {
  const { text } = model.source;
  const parts = [
    ...registered.map(({ start, end }) => text.slice(start, end)),
    ...fn.parameters.map(({ start, end }) => text.slice(start, end)),
    text.slice(fn.body[0]?.start ?? fn.start, led.at.start),
    ...led.through.map(({ start, end }) => text.slice(start, end)),
  ];
  if (parts.some((part) => ASKS.test(part))) { return true; }
  return BEFORE_ALL.test(text) && asksWhoCalls(model);
}

function tell(context: Context, { fn }: Handler, led: Led): void {
  const { model } = context;
  const first = fn.body[0];
  const at = fn.name === '' ? { start: fn.start, end: Math.min(fn.end, first?.start ?? fn.end) } : fn.nameSpan;
  // From the head of the function to its body, without what lies between.
  const head = headOf(model.source.text.slice(at.start, at.end));
  context.report({
    at: { start: at.start, end: at.start + head.length }, messageId: 'open', data: { act: WORDS[led.act], check: isScript(model.language) ? 'crypto.timingSafeEqual' : 'hmac.compare_digest' },
    related: [{ at: led.at, message: led.through.length === 0 ? 'the order' : `to the order through ${led.through.map(({ name }) => name === '' ? 'a function' : name).join(' → ').slice(0, 80)}` }],
  });
}

/** Without the brace that opens the body. */
function headOf(text: string): string {
  const head = text.trimEnd();
  return (head.endsWith('{') ? head.slice(0, -1) : head).trimEnd();
}

const WORDS = { submit: 'places orders', modify: 'changes orders', cancel: 'cancels orders', close: 'closes positions' } as const;

export const unsignedWebhook = defineRule<MessageId, unknown>({
  id: 'SEC212',
  name: 'unsigned-webhook',
  guardian: 'security',
  languages: ['python', 'typescript', 'javascript'],
  severity: 'error',
  gate: 'deploy',
  since: '0.1.0',
  scope: 'code',
  cost: 'fast',
  summary: 'A webhook or route that places orders and checks no secret or signature first.',
  messages: {
    open: 'Whoever finds this address {act} with your money: no secret or signature is checked before. Compare one with {check} first.',
  },
  options: z.strictObject({}),
  create,
});
