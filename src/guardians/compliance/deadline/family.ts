/**
 * APX004 and APX005 are one family: every cut-off is judged once, and one root cause gives one finding. A wrong clock beats a
 * late time, because the time means nothing until the clock is right.
 */
import type { FunctionModel, SourceModel, Span } from '../../../core/source/model.ts';
import { holdsCode } from '../../../core/source/holds.ts';
import type { AccountConfig } from '../../../core/workspace/config.ts';
import { isAnotherFirms } from '../firms.ts';
import { limitsFor, strictestDeadline } from '../accounts.ts';
import { listPacks } from '../packs/packs.ts';
import type { Decision } from '../clock/decisions.ts';
import { overlaps, withFixes } from './fixes.ts';
import { closesInTime, judge } from './judge.ts';
import { judgeSetting } from './judge-setting.ts';
import { cutoffsOf, mayHoldCutoffs, MOST_CUTOFFS, settingsFor } from './cutoffs.ts';
import type { TimeSetting } from './settings.ts';
import { deadlinesOf } from './verdict.ts';
import type { Deadline, Verdict } from './verdict.ts';
import { ModelFact } from '../../../core/source/meaning/per-model.ts';

/** What the family is asked about a file. */
export interface FamilyInput {
  readonly model: SourceModel;
  readonly accounts: readonly AccountConfig[];
  /** `YYYY-MM-DD`: messages carry the dates of its year. */
  readonly asOf: string;
  readonly bufferMinutes: number;
}

/** Verdicts of immutable models by what they were asked with: both rules of the family ask the same. An entry goes with its model. */
const remembered = new ModelFact<{ readonly key: string; readonly verdicts: readonly Verdict[] }>();

/** Every finding of the family in a file, both rules', in source order. */
export function deadlineVerdicts(input: FamilyInput): readonly Verdict[] {
  const key = JSON.stringify([input.accounts, input.asOf, input.bufferMinutes]);
  const known = remembered.get(input.model);
  if (known?.key === key) { return known.verdicts; }
  const verdicts = judgeFile(input);
  remembered.set(input.model, { key, verdicts });
  return verdicts;
}

function judgeFile(input: FamilyInput): readonly Verdict[] {
  const { model } = input;
  // The words before the deadline: comparing deadlines loads zone data, 40 ms a run that a project without cut-offs saves.
  if (!mayHoldCutoffs(model)) { return []; }
  const deadlines = deadlinesOf(strictestDeadline(limitsFor(input.accounts, listPacks())), input.bufferMinutes, input.accounts);
  if (deadlines.length === 0) { return []; }
  const year = Number(input.asOf.slice(0, 4));
  const found = [...(holdsCode(model) ? codeVerdicts(model, deadlines, year, input.accounts) : []), ...configVerdicts(model, deadlines, year, input.accounts)];
  return dedupe(found).sort((a, b) => a.at.start - b.at.start);
}

/** The verdicts by the first deadline that is broken: the firm's before the user's own. */
function worst(deadlines: readonly Deadline[], model: SourceModel, by: (deadline: Deadline) => readonly Verdict[]): readonly Verdict[] {
  let found: readonly Verdict[] = [];
  for (const deadline of deadlines) {
    const verdicts = by(deadline);
    const errors = verdicts.some((verdict) => verdict.severity === 'error');
    if (verdicts.length === 0 || (found.length > 0 && !errors)) { continue; }
    found = verdicts.map((verdict) => withFixes(verdict, model, deadline));
    if (errors) { break; }
  }
  return found;
}

function codeVerdicts(model: SourceModel, deadlines: readonly Deadline[], year: number, accounts: readonly AccountConfig[]): readonly Verdict[] {
  const { decisions } = cutoffsOf(model);
  const [strictest] = [...deadlines].sort((a, b) => a.latest - b.latest);
  const timely = new Set(decisions.filter((decision) => strictest !== undefined && closesInTime(decision, strictest, year)).map((decision) => decision.site.function));
  const verdicts = decisions.flatMap((decision) => worst(deadlines, model, (deadline) => judge(decision, deadline, year).filter((verdict) => !isNet(verdict, decision, timely))));
  const settings = cutoffsOf(model).settings.filter((setting) => !isAnotherFirms([...setting.about, model.path], accounts));
  return [...verdicts, ...settingVerdicts(settings, model, deadlines, year)];
}

/** A second, later close behind one that is in time: a net, not the cut-off. */
function isNet(verdict: Verdict, decision: Decision, timely: ReadonlySet<FunctionModel | undefined>): boolean {
  return verdict.rule === 'APX004' && (verdict.messageId === 'late' || verdict.messageId === 'tight' || verdict.messageId === 'lateElsewhere')
    && decision.site.function !== undefined && timely.has(decision.site.function);
}

function settingVerdicts(settings: readonly TimeSetting[], model: SourceModel, deadlines: readonly Deadline[], year: number): readonly Verdict[] {
  return settings.slice(0, MOST_CUTOFFS).flatMap((setting) => worst(deadlines, model, (deadline) => { const verdict = judgeSetting(setting, deadline, year); return verdict === undefined ? [] : [verdict]; }));
}

function configVerdicts(model: SourceModel, deadlines: readonly Deadline[], year: number, accounts: readonly AccountConfig[]): readonly Verdict[] {
  const settings = settingsFor(model).filter((setting) => !isAnotherFirms([...setting.about, model.path], accounts));
  return settingVerdicts(settings, model, deadlines, year);
}

const WEIGHT = { error: 3, warning: 2, info: 1 } as const;

/** One root cause, one finding: of several at one place the heaviest, and a wrong clock before a late time. */
function dedupe(verdicts: readonly Verdict[]): Verdict[] {
  const kept: Verdict[] = [];
  for (const verdict of [...verdicts].sort((a, b) => WEIGHT[b.severity] - WEIGHT[a.severity] || b.rule.localeCompare(a.rule) || a.at.start - b.at.start)) {
    if (!kept.some((other) => overlaps(other.at, verdict.at) || sameRoot(other.at, verdict))) { kept.push(verdict); }
  }
  return kept;
}

/** A comparison whose clock is already reported is part of that finding. */
function sameRoot(root: Span, verdict: Verdict): boolean {
  return verdict.related.some((related) => related.message === 'decides here' && overlaps(related.at, root));
}
