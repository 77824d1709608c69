/** What costs most comes first: the order of the text report and of annotations, and what one root cause is. */
import type { Finding, Gate, GuardianId, Severity } from './finding.ts';

const SEVERITY: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };
/** What stops a commit is already lost if it goes on; what stops a deployment has time until then. */
const GATE: Readonly<Record<Gate, number>> = { commit: 0, merge: 1, deploy: 2, none: 3 };
/** A leaked key empties the account, a broken firm rule closes it, a slow handler eats into it. */
const GUARDIAN: Readonly<Record<GuardianId, number>> = {
  security: 0, compliance: 1, deployment: 2, monitoring: 3, data: 4, performance: 5, audit: 6, engine: 7,
};

/**
 * Findings that one change mends: the same rule (and detector) in one file, one `cause` named in the evidence, or several
 * rules about exactly the same place (a key in a tracked `.env`).
 */
export interface RootCause {
  /** The one to show. */
  readonly finding: Finding;
  /** The others, in source order. */
  readonly others: readonly Finding[];
}

/** Groups findings by root cause, the costliest first. */
export function rootCauses(findings: readonly Finding[]): readonly RootCause[] {
  const groups: Finding[][] = [];
  const known = new Map<string, Finding[]>();
  for (const finding of [...findings].sort(byCost)) {
    const keys = [causeOf(finding), placeOf(finding)];
    const group = known.get(keys[0] as string) ?? known.get(keys[1] as string) ?? [];
    if (group.length === 0) { groups.push(group); }
    group.push(finding);
    for (const key of keys) { known.set(key, group); }
  }
  const causes = groups.map(([finding, ...others]) => ({ finding: finding as Finding, others }));
  return causes.sort((a, b) => compareWeight(a.finding, b.finding) || b.others.length - a.others.length || byPlace(a.finding, b.finding));
}

/** Costliest first, then by place. */
export function byCost(a: Finding, b: Finding): number {
  return compareWeight(a, b) || byPlace(a, b);
}

/** By file, line, column and rule. */
export function byPlace(a: Finding, b: Finding): number {
  if (a.file !== b.file) { return a.file < b.file ? -1 : 1; }
  return a.range.line - b.range.line || a.range.column - b.range.column || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0);
}

function compareWeight(a: Finding, b: Finding): number {
  return SEVERITY[a.severity] - SEVERITY[b.severity] || layer(a) - layer(b) || GATE[a.gate] - GATE[b.gate]
    || GUARDIAN[a.guardian] - GUARDIAN[b.guardian];
}

/** A firm's limit ends the account; a house limit is advice. */
function layer(finding: Finding): number {
  return finding.layer === 'house' ? 1 : 0;
}

function placeOf({ file, range }: Finding): string {
  return JSON.stringify([file, range.line, range.column, range.endLine, range.endColumn]);
}

function causeOf(finding: Finding): string {
  const { rule, detector = '', file, evidence } = finding;
  return JSON.stringify([rule, detector, evidence?.['cause'] ?? file]);
}
