/** Where Python code tells a connection not to check who answers. */
import type { Assign, Call, Expr, FunctionModel, SourceModel, Span } from '../../../../core/source/model.ts';
import { lastName } from '../../../../core/source/meaning/annotations.ts';
import { qualifiedName } from '../../../../core/source/meaning/qualified.ts';
import type { NameSite } from '../../../../core/source/scope.ts';
import { argumentOf, beginningOf, fieldOf, isConstantOf, literalOf, spanOf, wholeArgument } from '../arguments.ts';
import { calledName, isUnresolved, packageOf, receiverName, typeOf } from '../callee.ts';
import { isLoopback } from '../venues.ts';

/** A place where a check is off. */
export interface Unchecked {
  readonly at: Span;
  /** `certificate`: anybody may answer; `host-key`: the same for SSH; `old`: a protocol that can be read. */
  readonly kind: 'certificate' | 'host-key' | 'old';
  /** As written: `verify=False`. */
  readonly what: string;
}

/** Clients whose `verify` is that of the connection (requests, httpx, niquests, hvac, boto3 and curl_cffi documentation, 2026-12-01). */
const VERIFYING: ReadonlySet<string> = new Set(['requests', 'httpx', 'niquests', 'hvac', 'boto3', 'botocore', 'curl_cffi', 'requests_html', 'cloudscraper', 'requests_oauthlib']);
/** Keywords that mean nothing else in any library: urllib3, aiohttp, elasticsearch, kubernetes, influxdb, pymongo, websocket-client (documentation of each, 2026-12-01). */
const OFF_WHERE_FALSE: ReadonlySet<string> = new Set(['verify_ssl', 'ssl_verify', 'verify_certs', 'verify_ssl_cert', 'ssl_verify_cert', 'validate_certs', 'check_hostname', 'assert_hostname']);
const OFF_WHERE_TRUE: ReadonlySet<string> = new Set(['tlsAllowInvalidCertificates', 'tlsInsecure', 'ssl_no_verify', 'disable_ssl_certificate_validation']);
const REQUEST_METHODS: ReadonlySet<string> = new Set(['get', 'post', 'put', 'delete', 'patch', 'head', 'options', 'request', 'send', 'stream']);
const SESSION_NAME = /^_{0,2}(?:session|client|http|http_?client|http_?session|s|sess|requests_session)$/i;
/** Protocols before TLS 1.2 (RFC 7568, RFC 8996). */
const OLD_PROTOCOLS: ReadonlySet<string> = new Set([
  'ssl.PROTOCOL_SSLv2', 'ssl.PROTOCOL_SSLv3', 'ssl.PROTOCOL_TLSv1', 'ssl.PROTOCOL_TLSv1_1', 'ssl.TLSVersion.SSLv3', 'ssl.TLSVersion.TLSv1', 'ssl.TLSVersion.TLSv1_1',
  'OpenSSL.SSL.SSLv2_METHOD', 'OpenSSL.SSL.SSLv3_METHOD', 'OpenSSL.SSL.TLSv1_METHOD', 'OpenSSL.SSL.TLSv1_1_METHOD',
]);
const OLD_CHOICE: ReadonlySet<string> = new Set(['ssl_version', 'method', 'protocol', 'minimum_version', 'version', 'ssl_minimum_version']);
const TRUSTING_POLICIES: ReadonlySet<string> = new Set(['AutoAddPolicy', 'WarningPolicy']);
const UNVERIFIED = 'ssl._create_unverified_context';

/** What is off in a call and its arguments. */
export function uncheckedInCall(model: SourceModel, call: Call, site: NameSite): readonly Unchecked[] {
  const name = calledName(model, call, site);
  if (name === UNVERIFIED) { return [{ at: spanOf(call), kind: 'certificate', what: 'ssl._create_unverified_context()' }]; }
  if (lastName(call.callee) === 'set_missing_host_key_policy') { return hostKey(call); }
  const found: Unchecked[] = [];
  for (const argument of call.args) {
    if (argument.name === undefined) { continue; }
    const kind = argumentKind(model, call, name, argument.name, argument.value, site);
    if (kind === undefined || (kind === 'certificate' && isLocal(model, call, site))) { continue; }
    found.push({ at: wholeArgument(argument), kind, what: `${argument.name}=${model.source.text.slice(argument.value.start, argument.value.end)}` });
  }
  return [...found, ...versionArgument(model, call, name, site), ...sslOptions(model, call, site)];
}

/** `wrap_socket(s, PROTOCOL_SSLv3)`, `SSLContext(PROTOCOL_TLSv1)`. */
function versionArgument(model: SourceModel, call: Call, name: string | undefined, site: NameSite): readonly Unchecked[] {
  if (name !== 'ssl.SSLContext' && name !== 'OpenSSL.SSL.Context') { return []; }
  const first = call.args[0];
  return first !== undefined && first.name === undefined && isOld(model, first.value, site) ? [{ at: spanOf(first.value), kind: 'old', what: lastName(first.value) ?? '' }] : [];
}

function argumentKind(model: SourceModel, call: Call, name: string | undefined, keyword: string, value: Expr, site: NameSite): Unchecked['kind'] | undefined {
  if (OLD_CHOICE.has(keyword)) { return isOld(model, value, site) ? 'old' : undefined; }
  if (keyword === 'cert_reqs') { return isNoCertificate(model, value, site) ? 'certificate' : undefined; }
  if (OFF_WHERE_TRUE.has(keyword)) { return isConstantOf(model, value, site, true) ? 'certificate' : undefined; }
  if (!isConstantOf(model, value, site, false)) { return undefined; }
  if (OFF_WHERE_FALSE.has(keyword)) { return 'certificate'; }
  if (keyword === 'ssl') { return packageOf(name) === 'aiohttp' || (isRequest(model, call, site) && importsModule(model, 'aiohttp')) ? 'certificate' : undefined; }
  if (keyword !== 'verify') { return undefined; }
  return VERIFYING.has(packageOf(name)) || isRequest(model, call, site) ? 'certificate' : undefined;
}

/** `session.get(url, …)` on a receiver of no known type that is called as a session is. */
function isRequest(model: SourceModel, call: Call, site: NameSite): boolean {
  if (call.callee.kind !== 'member' || !REQUEST_METHODS.has(call.callee.property)) { return false; }
  return SESSION_NAME.test(receiverName(call) ?? '') && isUnresolved(model, call.callee.object, site);
}

function importsModule(model: SourceModel, name: string): boolean {
  return model.imports.some(({ module }) => module === name || module.startsWith(`${name}.`));
}

/** What is off in an assignment: `session.verify = False`, `ctx.verify_mode = ssl.CERT_NONE`. */
export function uncheckedInAssign(model: SourceModel, assign: Assign, site: NameSite): Unchecked | undefined {
  const [target] = assign.targets;
  if (target?.kind !== 'member' || assign.value === undefined || assign.op !== undefined) { return undefined; }
  const what = model.source.text.slice(target.start, assign.value.end);
  const at = { start: target.start, end: assign.value.end };
  if (target.property === 'verify_mode' && isNoCertificate(model, assign.value, site)) { return { at, kind: 'certificate', what }; }
  if (target.property === 'minimum_version' && isOld(model, assign.value, site)) { return { at, kind: 'old', what }; }
  if (target.property === '_create_default_https_context') {
    return qualifiedName(model, assign.value, site) === UNVERIFIED ? { at, kind: 'certificate', what: 'ssl._create_unverified_context' } : undefined;
  }
  if (!isConstantOf(model, assign.value, site, false)) { return undefined; }
  // A context that is told not to check certificates either says so in a line of its own.
  if (target.property === 'check_hostname') { return /CERT_NONE/.test(model.source.text) ? undefined : { at, kind: 'certificate', what }; }
  if (target.property !== 'verify') { return undefined; }
  const type = typeOf(model, target.object, site);
  const isSession = type === undefined ? SESSION_NAME.test(lastName(target.object) ?? '') : VERIFYING.has(packageOf(type));
  return isSession ? { at, kind: 'certificate', what } : undefined;
}

function isNoCertificate(model: SourceModel, value: Expr, site: NameSite): boolean {
  if (value.kind === 'literal') { return value.value === 'CERT_NONE' || value.value === 'NONE' || (value.type === 'number' && value.value === 0); }
  return qualifiedName(model, value, site)?.endsWith('.CERT_NONE') ?? lastName(value) === 'CERT_NONE';
}

function isOld(model: SourceModel, value: Expr, site: NameSite): boolean {
  const name = qualifiedName(model, value, site);
  return name !== undefined && OLD_PROTOCOLS.has(name.replace(/^pyOpenSSL\./, 'OpenSSL.'));
}

/** `def connect(version=ssl.PROTOCOL_SSLv3)`. */
export function uncheckedInDefaults(model: SourceModel, fn: FunctionModel): readonly Unchecked[] {
  return fn.parameters.flatMap((parameter): Unchecked[] => (parameter.default !== undefined && isOld(model, parameter.default, {})
    ? [{ at: spanOf(parameter.default), kind: 'old', what: lastName(parameter.default) ?? '' }] : []));
}

/** websocket-client: `run_forever(sslopt={"cert_reqs": ssl.CERT_NONE})`. */
function sslOptions(model: SourceModel, call: Call, site: NameSite): readonly Unchecked[] {
  const given = argumentOf(call, 'sslopt');
  const literal = given === undefined ? undefined : literalOf(model, given.value, site);
  const mode = literal === undefined ? undefined : fieldOf(literal.fields, 'cert_reqs');
  if (given === undefined || literal === undefined || mode === undefined || !isNoCertificate(model, mode, literal.site)) { return []; }
  return [{ at: spanOf(mode), kind: 'certificate', what: 'sslopt cert_reqs CERT_NONE' }];
}

/** paramiko: a policy that takes whatever key the other side shows. */
function hostKey(call: Call): readonly Unchecked[] {
  const given = call.args[0]?.value;
  const policy = given?.kind === 'call' ? given.callee : given;
  const name = policy === undefined ? undefined : lastName(policy);
  return given !== undefined && name !== undefined && TRUSTING_POLICIES.has(name) ? [{ at: spanOf(given), kind: 'host-key', what: name }] : [];
}

/** A gateway on this machine (Interactive Brokers' client portal) shows a certificate of its own; nobody sits between. Behind a proxy everybody does. */
function isLocal(model: SourceModel, call: Call, site: NameSite): boolean {
  if (/[pP]roxy/.test(lastName(call.callee) ?? '')) { return false; }
  return call.args.some((argument) => {
    if (argument.name !== undefined && !/^(?:url|base_url|host|hosts|uri)$/.test(argument.name)) { return false; }
    const beginning = beginningOf(model, argument.value, site);
    return beginning !== undefined && isLoopback(beginning);
  });
}
