/**
 * `--format github`: workflow commands that GitHub Actions turns into annotations.
 * Format and escaping: docs.github.com, “Workflow commands for GitHub Actions”, and `command.ts` of actions/toolkit.
 */
import type { Finding, Severity } from '../finding.ts';
import { byCost } from '../ranking.ts';
import type { CheckResult } from '../result.ts';
import { shown } from './counts.ts';
import type { ReportOptions } from './options.ts';

const COMMAND: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' };

/** One line a finding, the costliest first: GitHub shows ten a level and step. */
export function reportGithub(result: CheckResult, options: ReportOptions): string {
  const prefix = options.prefix === undefined || options.prefix === '' ? '' : `${options.prefix}/`;
  const findings = [...shown(result)].sort(byCost).map((finding) => command(finding, prefix));
  const skipped = result.skipped.filter((file) => file.incomplete)
    .map((file) => `::error file=${property(prefix + file.file)},title=${property('not checked')}::${message(file.reason)}`);
  const fallen = (result.coverage?.fallen ?? []).map((fall) => (
    `::error file=${property(prefix + fall.file)},line=${fall.range.line},endLine=${fall.range.endLine},title=${property('guard coverage fell')}::${message(fall.message)}`));
  return [...findings, ...fallen, ...skipped].map((line) => `${line}\n`).join('');
}

function command(finding: Finding, prefix: string): string {
  const { range } = finding;
  // GitHub drops columns that do not lie on one line.
  const columns = range.line === range.endLine ? `,col=${range.column},endColumn=${range.endColumn}` : '';
  const place = `file=${property(prefix + finding.file)},line=${range.line},endLine=${range.endLine}${columns}`;
  const detector = finding.detector === undefined ? '' : `/${finding.detector}`;
  const title = property(`${finding.rule}${detector} ${finding.name}`);
  const related = finding.related.map((step) => `\n${step.file}:${step.range.line} ${step.message}`).join('');
  return `::${COMMAND[finding.severity]} ${place},title=${title}::${message(finding.message + related)}`;
}

function message(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return message(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
