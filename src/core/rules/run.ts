/**
 * Runs rules over one file: the phase before the link step. Nothing here opens a file or knows another one.
 */
import type { Finding } from '../findings/finding.ts';
import { Layers } from '../findings/layers.ts';
import { isAgentFile } from '../source/embedded/agent-files.ts';
import type { SourceModel, SourceText, Span } from '../source/model.ts';
import { rangeOf } from '../source/text.ts';
import type { FileConfig } from '../workspace/config-file.ts';
import { withDetectors } from '../workspace/config-problems.ts';
import { dispatch, guarded, type ListeningRun, type RuleRun } from './dispatch.ts';
import type { FileFact } from './facts.ts';
import { buildFindings, configuredSeverity, type Draft, FindingBuilder } from './drafts.ts';
import type { PendingFinding, Suppression } from './pending.ts';
import { badSuppression, partlyChecked, ruleFailed, unusedSuppression } from './registry.ts';
import type { Condition } from './condition.ts';
import type { FileFacts, Report, Rule, RuleListener } from './rule.ts';
import type { Since } from './since.ts';
import { type Directive, readDirectives, Silences } from './suppress.ts';

export interface RunInput {
  readonly model: SourceModel;
  readonly file: FileFacts;
  /** Rules that may run. */
  readonly rules: readonly Rule[];
  /** All rules there are, also those left out by `--only`: only other ids are wrong in a suppression. Default: `rules`. */
  readonly known?: readonly Rule[];
  readonly config: FileConfig;
  /** The day the check speaks of, `YYYY-MM-DD`. */
  readonly asOf: string;
  /** As in `RuleContext`. */
  readonly since?: Since;
  /** Of an open document whose model is older than its text; `span` gives undefined for what is being typed. */
  readonly map?: { readonly source: SourceText; span(span: Span): Span | undefined };
  /** Collects ms by rule id. */
  readonly timing?: Map<string, number>;
}

export interface RunResult {
  readonly findings: PendingFinding[];
  readonly suppressions: Suppression[];
  /** What rules noted for questions about other files. */
  readonly facts: readonly FileFact[];
  /** Rules that threw; each has one TKG001 finding as well. */
  readonly failed: readonly { readonly rule: string; readonly error: string }[];
  /** The secrets that rules pointed at, raw: to make sure that nothing that is kept holds one, never to be kept themselves. */
  readonly secrets: readonly string[];
}

/** Runs every rule that applies to the file and gives its findings in source order, the silenced ones marked. */
export function runRules(input: RunInput): RunResult {
  const listening = startRules(input);
  dispatch(input.model, listening.filter(isListening), input.timing);
  const runs = listening.map(({ run }) => run);
  for (const run of runs) { checkMessages(run); }
  const builder = new FindingBuilder(input);
  const broken = new Layers(input.model.errors, (error) => error.end);
  const drafts = runs.flatMap((run) => (run.error === undefined ? draftsOf(run, input, broken) : []));
  const failed = runs.filter((run) => run.error !== undefined);
  const { directives, problems } = readDirectives(input.model, withDetectors(input.known ?? input.rules, input.config.detectors ?? []));
  const complaints = speaks(badSuppression, input)
    ? problems.map(({ at, messageId, data }): Draft => ({ rule: badSuppression, report: { at, messageId, data } })) : [];
  const findings = buildFindings(builder, [...engineDrafts(input, failed), ...complaints, ...drafts]);
  const finished = new Set(runs.filter((run) => run.error === undefined).map((run) => run.rule.id));
  const ran = (directive: Directive): boolean => finished.has(directive.rule)
    && (directive.detector === undefined || input.config.setting(nameOf(directive)).severity !== 'off');
  const silenced = silence(findings, directives, { builder, ran, speaks: speaks(unusedSuppression, input) });
  return {
    findings: withoutSuperseded(silenced.findings, input.rules),
    suppressions: silenced.suppressions,
    facts: runs.flatMap((run) => (run.error === undefined ? factsOf(run, input) : [])),
    failed: failed.map((run) => ({ rule: run.rule.id, error: run.error as string })),
    secrets: builder.secretValues,
  };
}

/** True when a rule runs on a file at all: its language, the file's role, and the configuration. */
function applies(rule: Rule, input: RunInput): boolean {
  if (rule.guardian === 'engine' || !rule.languages.includes(input.model.language)) { return false; }
  if (rule.needsBase === true && input.since === undefined) { return false; }
  if (input.file.ignored === 'unasked' && rule.readsIgnored !== true) { return false; }
  if (rule.scope !== 'everywhere' && (input.file.role !== 'code' || isPage(input.model))) { return false; }
  return input.config.setting(rule.id).severity !== 'off';
}

/** A page that instructs nobody is never trading code. */
function isPage(model: SourceModel): boolean {
  return model.language === 'markdown' && !isAgentFile(model.path);
}

interface StartedRun { readonly run: RuleRun; readonly listener: RuleListener | undefined }

/** Most rules find no word of theirs in most files, and then want to hear nothing. */
function isListening(started: StartedRun): started is ListeningRun {
  const { listener } = started;
  if (listener === undefined) { return false; }
  for (const _event in listener) { return true; }
  return false;
}

function startRules(input: RunInput): StartedRun[] {
  return input.rules.filter((rule) => applies(rule, input)).map((rule) => {
    const run: RuleRun = { rule, reports: [], facts: [] };
    const listener = guarded(run, input.timing, () => rule.create({
      model: input.model,
      file: input.file,
      options: optionsOf(rule, input.config),
      accounts: input.config.accounts,
      custom: input.config.detectors ?? [],
      asOf: input.asOf,
      ...(input.since === undefined ? {} : { since: input.since }),
      report: (report) => { run.reports.push(report); },
      note: (fact) => { run.facts.push(fact); },
    }));
    return { run, listener };
  });
}

/** Options of a rule as last read: files of one project share them, and reading them for each took 3 % of a check. */
const lastRead = new WeakMap<Rule, { readonly written: unknown; readonly options: unknown }>();

function optionsOf(rule: Rule, config: FileConfig): unknown {
  const written = config.setting(rule.id).options;
  let read = lastRead.get(rule);
  if (read === undefined || read.written !== written) {
    read = { written, options: rule.options.parse(written ?? {}) };
    lastRead.set(rule, read);
  }
  return read.options;
}

/** A rule that names a message it does not have, or leaves a placeholder empty, is broken like one that throws. */
function checkMessages(run: RuleRun): void {
  const strange = run.reports.find((report) => run.rule.messages[report.messageId] === undefined);
  if (strange !== undefined) { run.error ??= `it has no message '${strange.messageId}'`; return; }
  guarded(run, undefined, () => { for (const report of run.reports) { FindingBuilder.message(run.rule, report); } });
}

function draftsOf(run: RuleRun, input: RunInput, broken: Layers<Span>): Draft[] {
  const { rule } = run;
  const kept = run.reports.filter((report) => (report.textual === true || !insideError(report.at, broken))
    && configuredSeverity(rule, report, input.config) !== 'off');
  return kept.map((written) => {
    // What a page says is read, not run.
    const report = rule.scope === 'trading' && input.model.language === 'markdown' ? { ...written, severity: 'info' as const } : written;
    const when = rule.scope === 'trading' ? onlyTrading(report.when, isSaidToTrade(input)) : report.when;
    return { rule, report, ...(when === undefined ? {} : { when }) };
  });
}

/** Whoever gives an account the files that trade it (`code`) has said that they do. */
function isSaidToTrade({ config, model }: RunInput): boolean {
  return config.accounts.length > 0 && model.language !== 'notebook' && model.language !== 'markdown';
}

/** Facts with their places in the text; one whose place is being typed over is none. */
function factsOf({ facts }: RuleRun, { model, map }: RunInput): FileFact[] {
  return facts.flatMap(({ where, ...fact }): FileFact[] => {
    const span = map === undefined ? where : map.span(where);
    return span === undefined ? [] : [{ ...fact, range: rangeOf(map?.source ?? model.source, span) }];
  });
}

/** Nothing is reported where the parser gave up. Of errors around a place the one that ends last is on top. */
function insideError(at: Span, broken: Layers<Span>): boolean {
  const error = broken.at(at.start);
  return error !== undefined && at.end <= error.end;
}

function onlyTrading(when: Condition | undefined, said: boolean): Condition {
  const trading: Condition = said ? { kind: 'trading', said: true } : { kind: 'trading' };
  return when === undefined ? trading : { kind: 'all', of: [trading, when] };
}

/** Whether the engine's own rule is on here; vendored and archived code is not the user's to mend. */
function speaks(rule: Rule, input: RunInput): boolean {
  const { role } = input.file;
  return (role === 'code' || role === 'test') && input.config.setting(rule.id).severity !== 'off';
}

/** What the engine itself has to say: rules that broke, and a file only partly checked. */
function engineDrafts(input: RunInput, failed: readonly RuleRun[]): Draft[] {
  const top: Span = { start: 0, end: 0 };
  const drafts = failed.map((run): Draft => ({
    rule: ruleFailed,
    report: { at: top, messageId: 'failed', data: { rule: run.rule.id, error: (run.error as string).slice(0, 80) }, detector: run.rule.id },
  }));
  const { incomplete, errors } = input.model;
  // Of a bundle nobody expects more.
  if (incomplete !== undefined && incomplete !== 'made' && speaks(partlyChecked, input)) {
    const at = incomplete === 'syntax' ? errors[0] ?? top : top;
    drafts.push({ rule: partlyChecked, report: { at: { start: at.start, end: at.start }, messageId: incomplete } });
  }
  return drafts;
}

interface SilenceContext {
  readonly builder: FindingBuilder;
  /** The rule of the directive ran to its end here. */
  ran(directive: Directive): boolean;
  /** TKG002 is on here. */
  readonly speaks: boolean;
}

/** Marks what a comment silences, and notes which comments could turn out to be unused. */
function silence(
  built: readonly { readonly finding: PendingFinding; readonly start: number }[],
  directives: readonly Directive[], context: SilenceContext,
): { findings: PendingFinding[]; suppressions: Suppression[] } {
  const suppressions: Suppression[] = [];
  // Position of a directive in `suppressions`, for those whose rule ran: of the others nobody knows whether they are used.
  const positions = new Map<number, number>();
  directives.forEach((directive, index) => {
    const unused = context.speaks && context.ran(directive) ? unusedFinding(directive, context.builder) : undefined;
    if (unused === undefined) { return; }
    positions.set(index, suppressions.length);
    suppressions.push({ rules: [nameOf(directive)], reason: directive.reason, unused });
  });
  const silences = new Silences(directives);
  const findings = built.map(({ finding, start }): PendingFinding => {
    const index = silences.of(finding.finding, start);
    if (index === undefined) { return finding; }
    const suppression = positions.get(index);
    return { ...finding, suppressed: { by: 'comment', ...(suppression === undefined ? {} : { suppression }) } };
  });
  return { findings, suppressions };
}

/** One root cause, one finding: leaves out what a rule reports where another one, which supersedes it, says more. */
function withoutSuperseded(findings: PendingFinding[], rules: readonly Rule[]): PendingFinding[] {
  const superseding = new Map(rules.flatMap((rule) => (rule.supersedes === undefined ? [] : [[rule.id, rule.supersedes]])));
  const heard = new Set(findings.flatMap(({ finding, suppressed, when }) => (suppressed === undefined && when === undefined
    ? (superseding.get(finding.rule) ?? []).map((rule) => placeOf(rule, finding)) : [])));
  if (heard.size === 0) { return findings; }
  // What a comment silences stays: the comment is in use.
  return findings.filter(({ finding, suppressed }) => suppressed !== undefined || !heard.has(placeOf(finding.rule, finding)));
}

function placeOf(rule: string, { range }: Finding): string {
  return `${rule} ${range.line}:${range.column}-${range.endLine}:${range.endColumn}`;
}

function unusedFinding(directive: Directive, builder: FindingBuilder): Finding | undefined {
  const report: Report<string> = { at: directive.at, messageId: 'unused', data: { rule: nameOf(directive) } };
  return builder.build({ rule: unusedSuppression, report })?.finding.finding;
}

function nameOf(directive: Directive): string {
  return directive.detector === undefined ? directive.rule : `${directive.rule}/${directive.detector}`;
}

