/** SEC206: a connection that does not check who answers, or speaks in the clear to a broker. */
import * as z from 'zod';
import type { RuleContext, RuleListener, Site } from '../../../core/rules/rule.ts';
import { defineRule } from '../../../core/rules/rule.ts';
import { isScript, PROGRAMS, SETTINGS } from '../../../core/source/languages.ts';
import { lastName } from '../../../core/source/meaning/annotations.ts';
import type { Assign, Call, ConfigEntry, Expr, FunctionModel, Literal, SourceModel, Span, Stmt } from '../../../core/source/model.ts';
import { isConstantOf, spanOf } from '../code/arguments.ts';
import { calledName } from '../code/callee.ts';
import { clearRequest } from '../code/tls/clear.ts';
import { uncheckedInAssign, uncheckedInDefaults, uncheckedInCall, type Unchecked } from '../code/tls/python-tls.ts';
import { uncheckedInScript } from '../code/tls/script-tls.ts';
import { flagInLine, switchesOff, switchInCommand } from '../code/tls/switches.ts';
import { plainVenue } from '../code/venues.ts';

type MessageId = 'off' | 'clear' | 'everywhere' | 'hostKey' | 'old' | 'plain' | 'muted' | 'download';

/** Words without one of which nothing here can be found. */
const WORDS = /verif|CERT_NONE|cert_reqs|validate_certs|check_hostname|assert_hostname|tlsAllowInvalid|tlsInsecure|ssl_no_verify|disable_ssl|\bssl=False|PROTOCOL_|_METHOD\b|TLSVersion|AutoAddPolicy|WarningPolicy|disable_warnings|InsecureRequestWarning|rejectUnauthorized|strictSSL|checkServerIdentity|NODE_TLS_REJECT|HTTPSVERIFY|\b(?:http|ws|ftp):\/\/|\bftplib\b|\btelnetlib/;
/** An address or a protocol in the clear. */
const PLAIN = /\b(?:http|ws|ftp):\/\/|\bftplib\b|\btelnetlib/;
const DETECT = { certificate: 'off', 'host-key': 'hostKey', old: 'old' } as const;

type Context = RuleContext<MessageId, unknown>;

function create(context: Context): RuleListener {
  const { model } = context;
  const isCode = model.language === 'notebook' || (PROGRAMS as readonly string[]).includes(model.language);
  if (!isCode) { return settingsListener(context); }
  if (!WORDS.test(model.source.text)) { return {}; }
  const script = isScript(model.language);
  const plain = PLAIN.test(model.source.text);
  const found: Unchecked[] = [];
  const muted: Span[] = [];
  return {
    call(node: Call, site: Site): void {
      const clear = plain ? clearRequest(model, node, site) : undefined;
      if (clear !== undefined) { context.report({ at: clear.at, messageId: 'clear', severity: 'warning', data: { scheme: clear.scheme, host: short(clear.host), safe: clear.safe } }); }
      if (script || model.language === 'mql5') { return; }
      found.push(...uncheckedInCall(model, node, site));
      if (lastName(node.callee) === 'disable_warnings' && /urllib3/.test(calledName(model, node, site) ?? '')) { muted.push(spanOf(node)); }
    },
    statement(node: Stmt, site: Site): void {
      if (script) { found.push(...uncheckedInScript(model, node, site)); }
    },
    function(fn: FunctionModel): void {
      if (!script && model.language !== 'mql5') { found.push(...uncheckedInDefaults(model, fn)); }
    },
    assign(node: Assign, site: Site): void {
      processVariable(context, node, site);
      const one = script || model.language === 'mql5' ? undefined : uncheckedInAssign(model, node, site);
      if (one !== undefined) { found.push(one); }
    },
    literal(node: Literal): void { plainAddress(context, node); },
    end(): void {
      for (const { at, kind, what } of found) {
        context.report({ at, messageId: DETECT[kind], data: { what: short(what) }, ...(kind === 'certificate' ? {} : { severity: 'warning' as const }) });
      }
      const [first] = muted;
      if (first !== undefined && found.length === 0) { context.report({ at: first, messageId: 'muted', severity: 'info' }); }
    },
  };
}

/** `os.environ["NODE_TLS_REJECT_UNAUTHORIZED"] = "0"`, `process.env.NODE_TLS_REJECT_UNAUTHORIZED = 0`. */
function processVariable(context: Context, node: Assign, site: Site): void {
  const { model } = context;
  const name = node.targets.length === 1 ? variableOf(node.targets[0]!) : undefined;
  if (name === undefined || node.value === undefined) { return; }
  const off = ['0', '1', 'true', 'false', 0, 1, true, false].find((value) => isConstantOf(model, node.value, site, value));
  if (off !== undefined && switchesOff(name, String(off))) {
    context.report({ at: { start: node.targets[0]!.start, end: node.value.end }, messageId: 'everywhere', data: { what: name } });
  }
}

function variableOf(target: Expr): string | undefined {
  if (target.kind === 'index') {
    const [key] = target.indices;
    return /^(?:environ|env)$/.test(lastName(target.object) ?? '') && key?.kind === 'literal' ? String(key.value) : undefined;
  }
  return target.kind === 'member' && lastName(target.object) === 'env' ? target.property : undefined;
}

function plainAddress(context: Context, node: Literal): void {
  if (node.type !== 'string') { return; }
  const venue = plainVenue(String(node.value));
  if (venue !== undefined) { context.report({ at: spanOf(node.content ?? node), messageId: 'plain', data: { scheme: venue.scheme, host: short(venue.host), safe: venue.scheme === 'ws' ? 'wss' : 'https' } }); }
}

/** Settings, environment files, Dockerfiles and scripts. */
function settingsListener(context: Context): RuleListener {
  const { model } = context;
  const { text } = model.source;
  if (!/NODE_TLS_REJECT|HTTPSVERIFY|GIT_SSL_NO_VERIFY|STRICT_SSL|\b(?:http|ws):\/\/|\b(?:curl|wget)\b/i.test(text)) { return {}; }
  return {
    entry(entry: ConfigEntry): void {
      if (entry.shape !== 'scalar' || entry.alias !== undefined) { return; }
      if (switchesOff(entry.key, entry.text)) {
        context.report({ at: { start: entry.keySpan?.start ?? entry.valueSpan.start, end: entry.valueSpan.end }, messageId: 'everywhere', data: { what: entry.key }, textual: true });
        return;
      }
      const command = switchInCommand(entry.text);
      if (command !== undefined) { context.report({ at: spanOf(entry.valueSpan), messageId: 'everywhere', data: { what: 'NODE_TLS_REJECT_UNAUTHORIZED' }, textual: true }); return; }
      const venue = plainVenue(entry.text);
      if (venue !== undefined) { context.report({ at: spanOf(entry.valueSpan), messageId: 'plain', data: { scheme: venue.scheme, host: short(venue.host), safe: venue.scheme === 'ws' ? 'wss' : 'https' }, textual: true }); }
    },
    end(): void {
      if (model.language === 'shell' || model.language === 'dockerfile') { downloads(context, model); }
    },
  };
}

function downloads(context: Context, model: SourceModel): void {
  const { text, lineStarts } = model.source;
  lineStarts.forEach((start, index) => {
    const end = lineStarts[index + 1] ?? text.length;
    const found = end - start > 4000 ? undefined : flagInLine(text.slice(start, end));
    if (found !== undefined) { context.report({ at: { start: start + found.at.start, end: start + found.at.end }, messageId: 'download', data: { what: found.flag }, severity: 'warning', textual: true }); }
  });
}

function short(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 40 ? `${line.slice(0, 39)}…` : line;
}

export const uncheckedServer = defineRule<MessageId, unknown>({
  id: 'SEC206',
  name: 'unchecked-server',
  guardian: 'security',
  languages: [...PROGRAMS, ...SETTINGS, 'notebook'],
  severity: 'error',
  gate: 'merge',
  since: '0.1.0',
  scope: 'code',
  cost: 'fast',
  summary: 'A connection that does not check who answers (`verify=False`, `rejectUnauthorized: false`), or speaks in the clear to a broker.',
  messages: {
    off: '{what} takes any certificate: whoever sits between reads the API key and changes the orders. Remove it, or trust that one certificate by its file.',
    everywhere: '{what} switches every certificate check of the process off, those of the broker too. Remove it; add your own authority with NODE_EXTRA_CA_CERTS or a bundle.',
    hostKey: '{what} logs in to whatever server answers, and hands it what you type and copy. Load known_hosts and keep RejectPolicy.',
    old: '{what} allows a protocol that can be read and changed on the way. Set the lowest version to TLS 1.2.',
    plain: 'Keys and orders go to {host} in the clear: every router between can read and change them. Write {safe}://.',
    clear: '{host} is asked over {scheme}: every router between can read the answer and change it, prices and signals too. Take {safe}.',
    muted: 'The warnings about unchecked connections are switched off: nobody hears of the first one. Remove the line.',
    download: '{what} runs what it downloads from whoever answers. Drop the flag, or pin the authority with --cacert.',
  },
  options: z.strictObject({}),
  create,
});
