/**
 * `--format sarif`: SARIF 2.1.0 (OASIS Standard, 27 March 2020), for code scanning and editors that read it.
 * Paths are relative to `%SRCROOT%`, columns count UTF-16 units, ends are exclusive: as in a `Finding`.
 */
import type { Rule } from '../../rules/rule.ts';
import { docsUrl } from '../docs-url.ts';
import type { Finding, Range, Severity } from '../finding.ts';
import type { CheckResult, CheckedFinding, SkippedFile } from '../result.ts';
import { isIncomplete } from './counts.ts';
import type { ReportOptions } from './options.ts';

/** Where the schema of the standard lives. */
const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
const HOME = 'https://github.com/tickguard/tickguard';
const LEVEL: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = { error: 'error', warning: 'warning', info: 'note' };

type Json = Record<string, unknown>;

/** The SARIF log, ending with a line break. Silenced findings are there with their suppression, as the standard wants. */
export function reportSarif(result: CheckResult, options: ReportOptions): string {
  const rules = describedRules(result, options);
  const index = new Map(rules.map((rule, position) => [rule['id'] as string, position]));
  const run = {
    tool: { driver: { name: 'Tickguard', semanticVersion: options.version, informationUri: HOME, rules } },
    invocations: [{
      executionSuccessful: !isIncomplete(result),
      ...(result.skipped.length === 0 ? {} : { toolExecutionNotifications: result.skipped.map(notification) }),
    }],
    originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The folder that was checked.' } } },
    columnKind: 'utf16CodeUnits',
    results: result.findings.map((checked) => resultOf(checked, index)),
  };
  return `${JSON.stringify({ $schema: SCHEMA, version: '2.1.0', runs: [run] }, null, 2)}\n`;
}

/** The rules of the engine, plus what only a finding names, each once, by id. */
function describedRules(result: CheckResult, options: ReportOptions): readonly Json[] {
  const known = new Map((options.rules ?? []).map((rule) => [rule.id, describeRule(rule, options)]));
  for (const { finding } of result.findings) {
    if (!known.has(finding.rule)) {
      known.set(finding.rule, {
        id: finding.rule, name: pascal(finding.name), helpUri: finding.docs, shortDescription: { text: finding.name },
      });
    }
  }
  return [...known.values()].sort((a, b) => ((a['id'] as string) < (b['id'] as string) ? -1 : 1));
}

function describeRule(rule: Rule, options: ReportOptions): Json {
  const page = options.page?.(rule.id);
  return {
    id: rule.id,
    name: pascal(rule.name),
    shortDescription: { text: rule.summary },
    fullDescription: { text: rule.summary },
    helpUri: docsUrl(rule.id),
    help: { text: `${rule.summary} See ${docsUrl(rule.id)}`, ...(page === undefined ? {} : { markdown: page }) },
    defaultConfiguration: { level: LEVEL[rule.severity] },
    properties: { tags: [rule.guardian, `gate:${rule.gate}`] },
  };
}

function resultOf(checked: CheckedFinding, index: ReadonlyMap<string, number>): Json {
  const { finding, suppressed } = checked;
  return {
    ruleId: finding.rule,
    ruleIndex: index.get(finding.rule),
    level: LEVEL[finding.severity],
    message: { text: finding.message },
    locations: [{ physicalLocation: physical(finding.file, finding.range, finding.snippet?.text) }],
    ...(finding.related.length === 0 ? {} : {
      relatedLocations: finding.related.map((place, position) => ({
        id: position + 1, message: { text: place.message }, physicalLocation: physical(place.file, place.range),
      })),
    }),
    partialFingerprints: { 'tickguardFinding/v1': finding.fingerprint },
    // An empty list would say “checked for suppressions, none”; only what is silenced says how.
    ...(suppressed === undefined ? {} : { suppressions: [{ kind: suppressed === 'comment' ? 'inSource' : 'external' }] }),
    properties: propertiesOf(finding),
  };
}

function propertiesOf(finding: Finding): Json {
  const { guardian, gate, detector, provider, confidence, layer, account, fixable, evidence } = finding;
  return {
    guardian, gate, fixable,
    ...(detector === undefined ? {} : { detector }),
    ...(provider === undefined ? {} : { provider }),
    ...(confidence === undefined ? {} : { confidence }),
    ...(layer === undefined ? {} : { layer }),
    ...(account === undefined ? {} : { account }),
    ...(evidence === undefined ? {} : { evidence }),
  };
}

function physical(file: string, range: Range, line?: string): Json {
  const { line: startLine, column: startColumn, endLine, endColumn } = range;
  return {
    artifactLocation: artifact(file),
    region: { startLine, startColumn, endLine, endColumn },
    ...(line === undefined ? {} : { contextRegion: { startLine, endLine: startLine, snippet: { text: line } } }),
  };
}

function artifact(file: string): Json {
  return { uri: file.split('/').map(encodeURIComponent).join('/'), uriBaseId: '%SRCROOT%' };
}

function notification(skipped: SkippedFile): Json {
  return {
    level: skipped.incomplete ? 'error' : 'note',
    message: { text: skipped.reason },
    locations: [{ physicalLocation: { artifactLocation: artifact(skipped.file) } }],
  };
}

/** `late-cutoff` → `LateCutoff`, the form the standard asks of a rule's name (3.49.7). */
function pascal(name: string): string {
  return name.split('-').map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join('');
}
