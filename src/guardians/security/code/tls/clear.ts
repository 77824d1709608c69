/** Requests to somebody else's machine that everybody on the way can read and change. */
import { isScript } from '../../../../core/source/languages.ts';
import type { Call, SourceModel, Span } from '../../../../core/source/model.ts';
import type { NameSite } from '../../../../core/source/scope.ts';
import { argumentOf, beginningOf, spanOf } from '../arguments.ts';
import { calledName } from '../callee.ts';
import { isLoopback, plainVenue } from '../venues.ts';

/** A request in the clear. */
export interface ClearRequest {
  readonly at: Span;
  readonly host: string;
  readonly scheme: string;
  /** What to write instead. */
  readonly safe: string;
}

/** Calls that take an address, and its position (documentation of requests, httpx, aiohttp, urllib; MDN, Node.js, axios, got, ws; 2026-12-01). */
const PYTHON = /^(?:requests\.(?:(?:sessions\.)?[sS]ession\.)?|httpx\.(?:(?:Async)?Client\.)?|aiohttp\.ClientSession\.|aiohttp\.)(get|post|put|delete|patch|head|options|request|stream|ws_connect)$/;
const PYTHON_OTHERS: ReadonlyMap<string, number> = new Map([
  ['requests.Request', 1], ['urllib.request.urlopen', 0], ['urllib.request.urlretrieve', 0], ['urllib.request.Request', 0], ['urllib.request.OpenerDirector.open', 0],
  ['urllib.request.build_opener.open', 0], ['urllib.request.URLopener.open', 0], ['urllib.request.URLopener.retrieve', 0], ['urllib.request.FancyURLopener.open', 0], ['urllib.request.FancyURLopener.retrieve', 0],
  ['websockets.connect', 0], ['websocket.create_connection', 0], ['websocket.WebSocketApp', 0], ['httpx.Client', -1], ['httpx.AsyncClient', -1], ['aiohttp.ClientSession', -1],
]);
const SCRIPT: ReadonlySet<string> = new Set(['globals.fetch', 'globals.WebSocket', 'node-fetch', 'node-fetch.default', 'undici.fetch', 'got', 'got.default', 'axios', 'axios.default', 'ws', 'ws.default', 'ws.WebSocket']);
const SCRIPT_METHODS = /^(?:axios|axios\.default|axios\.create|axios\.default\.create|got|got\.default|http|http\.default|https|https\.default)\.(?:get|post|put|delete|patch|head|request|stream)$/;
/** Protocols without encryption, whatever they are told (docs.python.org: ftplib, telnetlib). */
const BARE: ReadonlyMap<string, { readonly scheme: string; readonly safe: string }> = new Map([
  ['ftplib.FTP', { scheme: 'FTP', safe: 'FTP_TLS or SFTP' }], ['telnetlib.Telnet', { scheme: 'Telnet', safe: 'SSH' }], ['telnetlib3.open_connection', { scheme: 'Telnet', safe: 'SSH' }],
]);

/** The request in the clear that a call is. */
export function clearRequest(model: SourceModel, call: Call, site: NameSite): ClearRequest | undefined {
  const name = calledName(model, call, site);
  if (name === undefined) { return undefined; }
  const bare = BARE.get(name);
  if (bare !== undefined) { return bareConnection(model, call, bare, site); }
  const address = addressOf(model, call, name);
  const text = beginningOf(model, address?.value, site);
  if (address === undefined || text === undefined || plainVenue(text) !== undefined) { return undefined; }
  const match = /^(http|ws|ftp):\/\/([^/?#:@\s]{1,200})(?=[/?#:]|$)/.exec(text);
  const host = match?.[2] ?? '';
  if (match === null || !isPublic(host)) { return undefined; }
  const scheme = match[1] ?? '';
  return { at: spanOf(address.value), host, scheme: `${scheme}://`, safe: scheme === 'ws' ? 'wss://' : scheme === 'ftp' ? 'sftp or https://' : 'https://' };
}

function addressOf(model: SourceModel, call: Call, name: string): ReturnType<typeof argumentOf> {
  if (isScript(model.language)) { return SCRIPT.has(name) || SCRIPT_METHODS.test(name) ? argumentOf(call, undefined, 0) : undefined; }
  const method = PYTHON.exec(name)?.[1];
  if (method !== undefined) { return argumentOf(call, 'url', method === 'request' || method === 'stream' ? 1 : 0); }
  const at = PYTHON_OTHERS.get(name);
  if (at === undefined) { return undefined; }
  return at < 0 ? argumentOf(call, 'base_url') : argumentOf(call, 'url', at);
}

function bareConnection(model: SourceModel, call: Call, bare: { readonly scheme: string; readonly safe: string }, site: NameSite): ClearRequest | undefined {
  const host = argumentOf(call, 'host', 0);
  if (host === undefined) { return undefined; }
  const text = beginningOf(model, host.value, site);
  return text !== undefined && !isPublic(text) ? undefined : { at: spanOf(call), host: text === undefined ? 'the server' : text.slice(0, 40), scheme: bare.scheme, safe: bare.safe };
}

/** A host beyond the own network: not this machine, no private address, no name without a dot (a service of a compose file). */
function isPublic(host: string): boolean {
  if (isLoopback(host) || !/^[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,10}$/.test(host)) { return false; }
  return !/^(?:10|127|192\.168|169\.254|172\.(?:1[6-9]|2\d|3[01]))\.|\.(?:local|localhost|internal|lan|home|corp|svc|cluster)$/i.test(host);
}
