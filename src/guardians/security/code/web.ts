/** What a file says about who may call the handlers it serves. */
import type { SourceModel } from '../../../core/source/model.ts';

/** A handler of a web framework: a route, a callback of a dashboard, a page of an API. */
const HANDLERS = /\.(?:route|get|post|put|delete|patch|callback|websocket)\([\"'`]|\badd_url_rule\(|\badd_api_route\(|\badd_routes?\(/;
/** Ways of asking who calls, by the words frameworks and people use for it. */
const ASKS = /login_required|auth_required|requires_auth|jwt_required|token_required|roles_required|HTTPBasic|HTTPBearer|APIKeyHeader|APIKeyQuery|OAuth2|BasicAuth|dash_auth|check_password|verify_(?:token|password|signature|api_key|secret)|compare_digest|\bhmac\b|x-api-key|\bAuthorization\b|authenticat|WEBHOOK_(?:SECRET|TOKEN|KEY|PASSPHRASE)|passphrase|allowed_ips?|ALLOWED_IPS?|timingSafeEqual|passport\.|requireAuth|basicAuth/i;

/** True where a file serves handlers itself. */
export function servesHandlers(model: SourceModel): boolean {
  return HANDLERS.test(model.source.text);
}

/** True where something in a file asks who calls. */
export function asksWhoCalls(model: SourceModel): boolean {
  return ASKS.test(model.source.text);
}
