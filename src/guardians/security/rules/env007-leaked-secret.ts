/** ENV007: a secret that reaches a place others can read: a log, a console, a chat, an error's text, telemetry, an address, a command line. */
import * as z from 'zod';
import type { Fact } from '../../../core/rules/facts.ts';
import type { Report, RuleContext, RuleListener, Site } from '../../../core/rules/rule.ts';
import { defineRule } from '../../../core/rules/rule.ts';
import { PROGRAMS } from '../../../core/source/languages.ts';
import type { Call, Expr, SourceModel, Span } from '../../../core/source/model.ts';
import { keyHeaderOf } from '../handling/query-keys.ts';
import { HandedSecrets } from '../handling/handed.ts';
import { queryPartsOf, sinkOf, type QueryPart, type SinkKind } from '../handling/sinks.ts';
import { isHiddenType, isLeak, Trace, type Leak } from '../handling/trace.ts';

type MessageId = SinkKind | 'environment' | 'header' | 'handed';

const options = z.strictObject({
  addresses: z.boolean().default(true).describe('Tell about keys behind the question mark of an address, where the service takes them elsewhere too'),
  byName: z.boolean().default(true).describe('Tell about values that are secrets by their name alone (`api_secret`), as a warning; otherwise only what comes from the environment, a key store or a literal'),
});
type Options = z.output<typeof options>;

/** A file without such a name and without an environment holds nothing this rule could prove. */
const MAY_HOLD = /passw|passphrase|\bpwd|secret|token|api_?-?key|access_?-?key|private_?-?key|mnemonic|seed_?phrase|environ\b|process\.env|import\.meta|keyring|getenv|credential/i;

/** Where a place lets others read, as it stands in a sentence. */
const PLACES: Readonly<Record<SinkKind, string>> = {
  log: 'the log', print: 'the console', chart: 'the chart', chat: 'a chat message', telemetry: 'telemetry', exception: 'the error text', command: 'the process list', query: 'the address',
};

/** A leak in a place: what is said, and how loud. */
function reportOf(model: SourceModel, leak: Leak, at: Span, kind: SinkKind): Report<MessageId> {
  const origin = leak.at.start === at.start && leak.at.end === at.end ? [] : [{ at: leak.at, message: leak.proof === 'named' ? 'named here' : 'it comes from here' }];
  return {
    at: { start: at.start, end: at.end },
    messageId: leak.proof === 'all' ? 'environment' : kind,
    data: { name: leak.name.slice(0, 40), place: PLACES[kind] },
    severity: leak.proof === 'named' || kind === 'query' ? 'warning' : 'error',
    related: origin,
    evidence: { name: leak.name.slice(0, 80), place: kind, proof: leak.proof },
    // A field of pydantic's `SecretStr` shows stars; only another file may tell.
    ...(leak.field === undefined || model.language !== 'python' ? {} : { when: { kind: 'named', topic: 'secret.hidden', name: leak.field, among: 'project', not: true } }),
  };
}

function reportOfQuery(model: SourceModel, leak: Leak, part: QueryPart): Report<MessageId> | undefined {
  const header = part.host === undefined ? undefined : keyHeaderOf(part.host);
  if (header === 'query') { return undefined; }
  const report = reportOf(model, leak, part.value, 'query');
  if (leak.proof === 'all') { return undefined; }
  if (header === undefined) { return part.inText ? report : { ...report, severity: 'info' }; }
  return { ...report, messageId: 'header', data: { ...report.data, header, host: (part.host ?? '').slice(0, 40) } };
}

/** Fields that print as stars, by the type they are given: other files may print them. */
function hiddenFields(model: SourceModel): readonly Fact[] {
  const fields = model.classes.flatMap((cls) => cls.body.flatMap((statement) => {
    const target = statement.kind === 'assign' ? statement.targets[0] : undefined;
    return target?.kind === 'name' && statement.kind === 'assign' && statement.annotation !== undefined && isHiddenType(statement.annotation) ? [target] : [];
  }));
  const [first] = fields;
  return first === undefined ? [] : [{ kind: 'names', topic: 'secret.hidden', names: [...new Set(fields.map(({ name }) => name))], where: { start: first.start, end: first.end } }];
}

/** Functions that are there to write what they are handed: other files may hand them a secret. */
const HELPER = /log|print|notif|report|alert|debug|trace|say|send|tell|message|emit|warn|error|info|show|dump|write/i;

/** A file that holds no secret itself is read for what its helpers do with what they are handed. */
function helpersAlone({ model, note }: RuleContext<MessageId, Options>): RuleListener {
  if (!model.functions.some((fn) => fn.parameters.length > 0 && HELPER.test(fn.name))) { return {}; }
  const handed = new HandedSecrets(model, new Trace(model));
  return {
    call(node, site): void {
      if (site.function === undefined || !HELPER.test(site.function.name)) { return; }
      const sink = sinkOf(model, node, site);
      if (sink !== undefined) { handed.sink(sink.kind, sink.exprs, site); }
    },
    end(): void { for (const fact of handed.facts()) { note(fact); } },
  };
}

function create(context: RuleContext<MessageId, Options>): RuleListener {
  const { model, options: chosen } = context;
  if (!MAY_HOLD.test(model.source.text)) { return helpersAlone(context); }
  const trace = new Trace(model);
  const handed = new HandedSecrets(model, trace);
  const counts = (leak: Leak): boolean => leak.proof !== 'named' || chosen.byName;
  const tell = (expr: Expr, site: Site, kind: SinkKind): void => {
    const leak = trace.of(expr, site);
    if (isLeak(leak) && counts(leak)) { context.report(reportOf(model, leak, expr, kind)); }
  };
  return {
    statement(statement, site): void {
      if (statement.kind === 'raise' && statement.value?.kind === 'call') {
        handed.sink('exception', statement.value.args.map(({ value }) => value), site);
        for (const { value } of statement.value.args) { tell(value, site, 'exception'); }
      }
      if (statement.kind === 'unknownStatement' && statement.syntax === 'assert_statement' && statement.parts[1] !== undefined) { tell(statement.parts[1], site, 'exception'); }
    },
    call(node: Call, site: Site): void {
      const sink = sinkOf(model, node, site);
      if (sink !== undefined) {
        handed.sink(sink.kind, sink.exprs, site);
        for (const expr of sink.exprs) { tell(expr, site, sink.kind); }
      } else { handed.call(node, site); }
      if (!chosen.addresses) { return; }
      for (const part of queryPartsOf(model, node, site)) {
        const leak = trace.of(part.value, site);
        const report = isLeak(leak) && counts(leak) ? reportOfQuery(model, leak, part) : undefined;
        if (report !== undefined) { context.report(report); }
      }
    },
    end(): void {
      for (const { leak, argument, kind, at, callee } of handed.finish()) {
        if (!counts(leak)) { continue; }
        const report = reportOf(model, leak, argument, kind);
        context.report({
          ...report, messageId: leak.proof === 'all' ? 'environment' : 'handed', data: { ...report.data, callee: callee.slice(0, 40) },
          related: [...(report.related ?? []), { at, message: `${callee} writes it to ${PLACES[kind]}` }],
        });
      }
      for (const fact of [...hiddenFields(model), ...handed.facts()]) { context.note(fact); }
      for (const { leak, argument, give, callee } of handed.elsewhere()) {
        if (!counts(leak)) { continue; }
        const report = reportOf(model, leak, argument, 'log');
        context.report({ ...report, messageId: 'handed', data: { name: leak.name.slice(0, 40), callee: callee.slice(0, 40), place: 'a place others read' }, when: give });
      }
    },
  };
}

export const leakedSecret = defineRule<MessageId, Options>({
  id: 'ENV007',
  name: 'leaked-secret',
  guardian: 'security',
  languages: [...PROGRAMS, 'notebook'],
  severity: 'error',
  gate: 'merge',
  since: '0.1.0',
  scope: 'code',
  cost: 'fast',
  summary: 'A secret that reaches a log, the console, a chat, an error text, telemetry, an address or a command line.',
  messages: {
    log: '{name} is written to the log: log files are copied, shipped and kept for months. Log its last 4 characters, or nothing of it.',
    print: '{name} is printed: consoles end up in service logs, screenshots and notebooks. Print its last 4 characters, or nothing of it.',
    chart: '{name} stands on the chart: every screenshot and stream shows it. Take it off.',
    chat: '{name} goes into a chat message, kept by the service and seen by everybody in the chat. Leave it out.',
    telemetry: '{name} is sent to telemetry: it is kept by another company. Leave it out.',
    exception: '{name} stands in the text of an error: whoever logs or reports the error shows it. Name the variable, not its value.',
    command: '{name} stands on a command line: every user of the machine sees it in the process list. Hand it over by the environment or standard input.',
    query: '{name} stands in an address: proxies, servers and error texts log addresses. Send it in a header, if the service takes it there.',
    header: '{name} stands in an address, which proxies and error texts log. {host} takes it in the header {header}: send it there.',
    environment: 'The whole environment goes to {place}, every key in it included. Write out the variables that are meant.',
    handed: '{name} is handed to {callee}, which writes it to {place}. Hand over its last 4 characters, or nothing of it.',
  },
  options,
  create,
});
