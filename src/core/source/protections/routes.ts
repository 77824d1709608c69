/** Functions that a web server calls: alerts of charting services and buttons of a dashboard send orders that way. */
import { lastName } from '../meaning/annotations.ts';
import type { Call, Expr } from '../model.ts';

const DECLARES: ReadonlySet<string> = new Set(['get', 'post', 'put', 'patch', 'delete', 'route', 'all', 'api_route', 'websocket', 'websocket_route', 'use']);

/** `@app.post("/webhook")`, `@router.route("/alert", methods=["POST"])`. */
export function isRoute(decorator: Expr): boolean {
  return decorator.kind === 'call' && declares(decorator, true);
}

/** The functions handed over in `app.post('/webhook', check, handle)`. */
export function routeHandlers(call: Call): readonly Expr[] {
  if (!declares(call) || call.args.length < 2) { return []; }
  return call.args.slice(1).map((argument) => argument.value).filter((value) => value.kind === 'lambda' || value.kind === 'name' || value.kind === 'member' || value.kind === 'call');
}

function declares(call: Call, empty = false): boolean {
  if (call.callee.kind !== 'member' || !DECLARES.has(lastName(call.callee) ?? '')) { return false; }
  const path = call.args[0]?.value;
  return path?.kind === 'literal' && typeof path.value === 'string' && (path.value.startsWith('/') || (empty && path.value === ''));
}
