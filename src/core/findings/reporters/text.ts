/**
 * `--format text`, for a terminal: the five root causes that cost most with their line, then counts, then the next command.
 * The first line of a finding is `severity  file:line:column  RULE  message`; the problem matcher of the tasks reads it.
 */
import type { Finding, Severity } from '../finding.ts';
import { byPlace, type RootCause, rootCauses } from '../ranking.ts';
import type { CheckResult, SkippedFile } from '../result.ts';
import { countsOf, shown, type Summary } from './counts.ts';
import { coverageText } from './coverage.ts';
import type { ReportOptions } from './options.ts';
import { plural, seconds, visible } from './words.ts';

/** Root causes shown in full. */
const SHOWN = 5;
/** Related places shown of each. */
const STEPS = 6;
const INDENT = '         ';

type Style = 'red' | 'yellow' | 'cyan' | 'dim' | 'bold';
/** SGR codes, ECMA-48 8.3.117. */
const SGR: Readonly<Record<Style, string>> = { red: '31;1', yellow: '33;1', cyan: '36', dim: '2', bold: '1' };
const SEVERITY_STYLE: Readonly<Record<Severity, Style>> = { error: 'red', warning: 'yellow', info: 'cyan' };

/** The text report, ending with a line break. */
export function reportText(result: CheckResult, options: ReportOptions): string {
  const findings = shown(result);
  const paint = painter(options.color);
  const causes = rootCauses(findings);
  const body = options.all === true
    ? [...findings].sort(byPlace).map((finding) => headline(finding, paint, 0))
    : causes.slice(0, SHOWN).map((cause) => describeCause(cause, paint, options.width));
  const sections = [
    body.join(options.all === true ? '\n' : '\n\n'),
    summary(result, findings, paint),
    result.coverage === undefined ? next(causes, options, paint) : coverageText(result.coverage, { paint, ways: options.all === true }),
    result.timing === undefined ? '' : timingTable(result.timing),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

/** Time per rule as a table, the slowest first, for `TICKGUARD_TIMING=1`. */
export function timingTable(timing: Readonly<Record<string, number>>): string {
  const rows = Object.entries(timing).sort(([, a], [, b]) => b - a);
  const total = rows.reduce((sum, [, ms]) => sum + ms, 0);
  const lines = rows.map(([rule, ms]) => {
    const share = total === 0 ? 0 : (ms / total) * 100;
    return `${rule.padEnd(8)} ${ms.toFixed(1).padStart(10)} ${share.toFixed(1).padStart(7)} %`;
  });
  return ['Rule             ms     share', ...lines].join('\n');
}

// ----------------------------------------------------------------- findings

type Paint = (style: Style, text: string) => string;

function painter(color: boolean): Paint {
  return color ? (style, text) => `\u001b[${SGR[style]}m${text}\u001b[0m` : (_style, text) => text;
}

function headline(finding: Finding, paint: Paint, width: number): string {
  const severity = paint(SEVERITY_STYLE[finding.severity], finding.severity.padEnd(7));
  const place = `${visible(finding.file)}:${finding.range.line}:${finding.range.column}`;
  const rule = ruleOf(finding);
  const message = wrap(visible(finding.message), width, `${severity}  ${place}  ${rule}  `.length - severity.length + 7);
  return `${severity}  ${paint('bold', place)}  ${paint('dim', rule)}  ${message}`;
}

function describeCause(cause: RootCause, paint: Paint, width: number): string {
  const { finding, others } = cause;
  const related = finding.related.slice(0, STEPS).map((step) =>
    `${INDENT}${paint('dim', '→')} ${visible(step.file)}:${step.range.line}:${step.range.column}  ${visible(step.message)}`);
  const hidden = finding.related.length - STEPS;
  return [
    headline(finding, paint, width),
    ...frame(finding, paint, width),
    ...related,
    ...(hidden > 0 ? [`${INDENT}${paint('dim', `… ${hidden} more ${plural(hidden, 'step')}`)}`] : []),
    ...(others.length > 0 ? [`${INDENT}${paint('dim', elsewhere(finding, others))}`] : []),
  ].join('\n');
}

/** The line of the finding with a mark under it; the engine has masked and shortened it. */
function frame(finding: Finding, paint: Paint, width: number): readonly string[] {
  const { snippet } = finding;
  if (snippet === undefined || snippet.text === '') { return []; }
  const room = width === 0 ? Infinity : Math.max(width - INDENT.length - 2, 20);
  const from = snippet.end > room ? Math.max(0, Math.min(snippet.start - 8, snippet.end - room)) : 0;
  const text = visible(snippet.text).slice(from, from + room);
  const marks = Math.max(1, Math.min(snippet.end - from, room) - (snippet.start - from));
  const mark = ' '.repeat(Math.max(snippet.start - from, 0)) + '^'.repeat(marks);
  return [`${INDENT}${paint('dim', '│')} ${text}`, `${INDENT}${paint('dim', '│')} ${paint(SEVERITY_STYLE[finding.severity], mark)}`];
}

/** `+ 3 more of this: lines 44, 60, 71`, with files and rules where they are others. */
function elsewhere(finding: Finding, others: readonly Finding[]): string {
  const places = others.slice(0, STEPS).map((other) => {
    const rule = other.rule === finding.rule ? '' : `${ruleOf(other)} in line `;
    return `${other.file === finding.file ? rule : `${visible(other.file)}:`}${other.range.line}`;
  });
  const plain = others.every((other) => other.file === finding.file && other.rule === finding.rule);
  const lines = plain ? `${plural(others.length, 'line')} ` : '';
  return `+ ${others.length} more of this: ${lines}${places.join(', ')}${others.length > STEPS ? ', …' : ''}`;
}

function ruleOf(finding: Finding): string {
  return finding.detector === undefined ? finding.rule : `${finding.rule}/${finding.detector}`;
}

/** Breaks a text at blanks; lines after the first are indented. `used` columns of the first line are taken. */
function wrap(text: string, width: number, used: number): string {
  if (width === 0) { return text; }
  const room = Math.max(width - INDENT.length, 20);
  const lines: string[] = [];
  let line = '';
  let space = width - used;
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > space) {
      lines.push(line);
      line = word;
      space = room;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line].join(`\n${INDENT}`);
}

// ------------------------------------------------------------------ summary

function summary(result: CheckResult, findings: readonly Finding[], paint: Paint): string {
  const counts = countsOf(result);
  return [
    total(counts, paint),
    ...perGuardian(findings),
    ...skippedLines(result.skipped),
    ...(counts.incomplete ? [paint('red', 'The check is incomplete: what is listed is not all there is.')] : []),
  ].join('\n');
}

function total(counts: Summary, paint: Paint): string {
  const silenced = [
    ...(counts.suppressed.comment > 0 ? [`${counts.suppressed.comment} silenced by comments`] : []),
    ...(counts.suppressed.baseline > 0 ? [`${counts.suppressed.baseline} in the baseline`] : []),
  ];
  const tail = silenced.length === 0 ? '' : ` (${silenced.join(', ')})`;
  const where = `${counts.files} ${plural(counts.files, 'file')}, ${seconds(counts.durationMs)}`;
  if (counts.findings === 0) { return `Nothing to report${tail}: ${where}.`; }
  const parts = [
    ...(counts.errors > 0 ? [`${counts.errors} ${plural(counts.errors, 'error')}`] : []),
    ...(counts.warnings > 0 ? [`${counts.warnings} ${plural(counts.warnings, 'warning')}`] : []),
    ...(counts.infos > 0 ? [`${counts.infos} info`] : []),
  ];
  return `${paint('bold', parts.join(', '))}${tail}: ${where}.`;
}

/** `compliance   7  APX004 ×5, APX001 ×2`. */
function perGuardian(findings: readonly Finding[]): readonly string[] {
  const guardians = new Map<string, Map<string, number>>();
  for (const { guardian, rule } of findings) {
    const rules = guardians.get(guardian) ?? new Map<string, number>();
    rules.set(rule, (rules.get(rule) ?? 0) + 1);
    guardians.set(guardian, rules);
  }
  const sum = (rules: ReadonlyMap<string, number>): number => [...rules.values()].reduce((a, b) => a + b, 0);
  return [...guardians].sort(([, a], [, b]) => sum(b) - sum(a)).map(([guardian, rules]) => {
    const list = [...rules].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([rule, count]) => `${rule} ×${count}`);
    return `  ${guardian.padEnd(12)} ${String(sum(rules)).padStart(4)}  ${list.join(', ')}`;
  });
}

/** One line a kind of reason: numbers in a reason (sizes) do not make another kind. */
function skippedLines(skipped: readonly SkippedFile[]): readonly string[] {
  const kinds = new Map<string, SkippedFile[]>();
  for (const file of skipped) {
    const kind = file.reason.replace(/\d+/g, '0');
    kinds.set(kind, [...(kinds.get(kind) ?? []), file]);
  }
  return [...kinds.values()].map((files) => {
    const first = files[0] as SkippedFile;
    const more = files.length > 1 ? ` and ${files.length - 1} more` : '';
    return `  not checked: ${visible(first.file)}${more}: ${visible(first.reason)}`;
  });
}

function next(causes: readonly RootCause[], options: ReportOptions, paint: Paint): string {
  const lines: string[] = [];
  if (options.all !== true && causes.length > SHOWN) {
    lines.push(`${causes.length - SHOWN} more root ${plural(causes.length - SHOWN, 'cause')}: ${paint('bold', 'tickguard check --all')}`);
  }
  const top = causes[0]?.finding.rule;
  const command = options.next ?? (top === undefined ? undefined : `tickguard explain ${top}`);
  if (command !== undefined) { lines.push(`Next: ${paint('bold', command)}`); }
  return lines.join('\n');
}
