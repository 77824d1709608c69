/** ENV008: a password everybody knows, in settings or as the default of a look-up. */
import * as z from 'zod';
import { defineRule } from '../../../core/rules/rule.ts';
import type { RuleContext, RuleListener } from '../../../core/rules/rule.ts';
import type { ConfigEntry, Expr } from '../../../core/source/model.ts';
import { PROGRAMS, SETTINGS } from '../../../core/source/languages.ts';
import { isEnvironmentTemplate } from '../../../core/workspace/environment-files.ts';
import { readOfCall, readOfMember, textOf } from '../handling/sources.ts';
import { isKnownPassword } from '../handling/weak-passwords.ts';
import { classifyName } from '../scan/names.ts';

type MessageId = 'setting' | 'fallback' | 'same';

const options = z.strictObject({
  local: z.boolean().default(false).describe('Tell, as information, about services that only this machine reaches too'),
});
type Options = z.output<typeof options>;

/** Files and folders of development, samples and documentation: their passwords are meant to be known. */
const NOT_LIVE = /(?:^|[/._-])(?:dev|devel|development|local|test|tests|testing|ci|sample|samples|example|examples|demo|docs?|tutorials?|playground|e2e|fixtures?|mock|override|seed|sandbox)(?=$|[/._-])/i;
/** A host only this machine, or the containers beside it, reach. */
const LOCAL = /^(?:localhost|127\.0\.0\.1|::1|0\.0\.0\.0|host\.docker\.internal|db|database|postgres|postgresql|timescaledb|redis|mysql|mongo|mongodb|rabbitmq|influxdb|questdb|clickhouse|minio|grafana)$/i;
const HOST_KEY = /(?:^|_)(?:host|hostname|server|addr|address|url|uri)$/i;

function isPasswordName(name: string): boolean {
  return classifyName(name)?.role === 'password';
}

function create(context: RuleContext<MessageId, Options>): RuleListener {
  const { model } = context;
  if (NOT_LIVE.test(model.path) || isEnvironmentTemplate(model.path) || !/pass|pwd|psw/i.test(model.source.text)) { return {}; }
  const entries: ConfigEntry[] = [];
  return {
    entry(entry): void { entries.push(entry); },
    call(node, site): void {
      const read = readOfCall(model, node, site);
      if (read?.fallback !== undefined && read.name !== undefined) { judgeFallback(context, read.name, read.fallback); }
    },
    assign(node, site): void {
      const { value } = node;
      if (value?.kind !== 'boolean' || value.op !== 'or') { return; }
      const [first, second] = value.operands;
      const read = first === undefined ? undefined : first.kind === 'call' ? readOfCall(model, first, site) : readOfMember(model, first, site);
      if (read?.name !== undefined && second !== undefined) { judgeFallback(context, read.name, second); }
    },
    end(): void { judgeEntries(context, entries); },
  };
}

/** `os.getenv("DB_PASSWORD", "postgres")`: a machine where the variable is missing runs with it, without a word. */
function judgeFallback({ report }: RuleContext<MessageId, Options>, name: string, fallback: Expr): void {
  const text = textOf(fallback);
  if (text === undefined || !isPasswordName(name) || !isKnownPassword(text)) { return; }
  report({ at: { start: fallback.start, end: fallback.end }, messageId: 'fallback', severity: 'warning', data: { name: name.slice(0, 40) }, secrets: [{ at: fallback.kind === 'literal' ? fallback.content ?? fallback : fallback, kind: 'weak-password' }] });
}

function judgeEntries({ model, report, options: { local } }: RuleContext<MessageId, Options>, entries: readonly ConfigEntry[]): void {
  const published = model.language === 'yaml' && /compose/.test(model.path) ? publishedServices(entries) : undefined;
  for (const entry of entries) {
    if (entry.shape !== 'scalar' || typeof entry.value !== 'string' || entry.alias !== undefined || !isPasswordName(entry.key)) { continue; }
    const value = defaultOf(entry.text);
    if (value === undefined) { continue; }
    const same = isUserOf(entry, value, entries);
    if (!isKnownPassword(value) && !same) { continue; }
    const near = published === undefined ? isLocal(entry, entries) : !published.has(String(entry.path[1] ?? ''));
    if (near && !local) { continue; }
    report({
      at: entry.valueSpan, messageId: same && !isKnownPassword(value) ? 'same' : 'setting', severity: near ? 'info' : 'warning', data: { name: entry.key.slice(0, 40) },
      secrets: [{ at: entry.valueSpan, kind: 'weak-password' }], evidence: { key: entry.path.join('.').slice(0, 120) },
    });
  }
}

/** What holds: the value as written, or behind `${NAME:-…}`. */
function defaultOf(text: string): string | undefined {
  if (!text.includes('$')) { return text; }
  return /^\$\{\w{1,80}:?-([^}$]{1,100})\}$/.exec(text)?.[1];
}

/** The password is the name of the user beside it. */
function isUserOf(entry: ConfigEntry, value: string, entries: readonly ConfigEntry[]): boolean {
  if (value.length < 3) { return false; }
  const stem = entry.key.replace(/(?:password|passwd|passphrase|pass|pwd)$/i, '');
  return entries.some((other) => other !== entry && other.path.length === entry.path.length && other.path.slice(0, -1).every((step, i) => step === entry.path[i])
    && other.key.toLowerCase().startsWith(stem.toLowerCase()) && /^(?:user|username|user_?name|login)$/i.test(other.key.slice(stem.length)) && defaultOf(other.text) === value);
}

/** Whether a host beside the password is this machine, or one of the containers. */
function isLocal(entry: ConfigEntry, entries: readonly ConfigEntry[]): boolean {
  const parent = JSON.stringify(entry.path.slice(0, -1));
  const stem = entry.key.replace(/_?(?:password|passwd|passphrase|pass|pwd)$/i, '').toLowerCase();
  const hosts = entries.filter((other) => HOST_KEY.test(other.key) && JSON.stringify(other.path.slice(0, -1)) === parent && (stem === '' || other.key.toLowerCase().startsWith(stem)));
  return hosts.length > 0 && hosts.every(({ text }) => LOCAL.test(hostIn(text)));
}

function hostIn(text: string): string {
  return (/^[a-z][a-z0-9+.-]{1,20}:\/\/(?:[^/@]{0,200}@)?([^/:?]{1,200})/i.exec(text)?.[1] ?? text).replace(/:\d{1,5}$/, '');
}

/** Services of a compose file whose ports other machines reach: `5432:5432`, and not `127.0.0.1:5432:5432`. */
function publishedServices(entries: readonly ConfigEntry[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { path, text, shape } of entries) {
    if (path[0] !== 'services' || path[2] !== 'ports' || shape !== 'scalar') { continue; }
    const long = path.length > 4;
    if (long ? path[4] === 'published' : /:/.test(text) && !/^(?:127\.0\.0\.1|\[?::1\]?|localhost):/.test(text)) { found.add(String(path[1])); }
  }
  return found;
}

export const weakPassword = defineRule<MessageId, Options>({
  id: 'ENV008',
  name: 'weak-password',
  guardian: 'security',
  languages: [...PROGRAMS, ...SETTINGS],
  severity: 'warning',
  gate: 'none',
  since: '0.1.0',
  scope: 'code',
  cost: 'fast',
  summary: 'A password everybody knows, in settings or as the default of a look-up.',
  messages: {
    setting: '{name} is a password everybody knows: it is tried first wherever the port is open. Give it a random one, from the environment.',
    fallback: '{name} falls back to a password everybody knows where the variable is missing, without a word. Let the start fail instead.',
    same: '{name} is the name of its user: it is tried first wherever the port is open. Give it a random one, from the environment.',
  },
  options,
  create,
});
