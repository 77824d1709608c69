/**
 * APX004 and APX005 are one family: every cut-off is judged once, and one root cause gives one finding. A wrong clock beats a
 * late time, because the time means nothing until the clock is right.
 */
import type { FunctionModel, SourceModel, Span } from '../../../core/source/model.ts';
import { holdsCode, holdsEntries } from '../../../core/source/holds.ts';
import type { AccountConfig } from '../../../core/workspace/config.ts';
import { isAnotherFirms } from '../firms.ts';
import { limitsFor, strictestDeadline } from '../accounts.ts';
import { listPacks } from '../packs/packs.ts';
import { Decisions } from '../clock/decisions.ts';
import type { Decision } from '../clock/decisions.ts';
import { Evaluator } from '../clock/evaluate.ts';
import { Schedules } from '../clock/schedules.ts';
import { walkExpression } from '../../../core/source/walk.ts';
import { indexOf } from '../file-index.ts';
import { isPolicy } from '../limits/policy.ts';
import { lastName } from '../named.ts';
import { overlaps, withFixes } from './fixes.ts';
import { closesInTime, judge } from './judge.ts';
import { judgeSetting } from './judge-setting.ts';
import { timeEntries, timeSettings } from './settings.ts';
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

/** Words without which code closes nothing and names no deadline: looked for before anything is analysed. */
const CLOSING_WORDS = /flat|liquid|square_?off|unwind|closeout|wind_?down|reduce_?only|sell_?all|order_target|set_holdings|cut_?off|deadline|eod|(?:day|end)_?(?:of_?day|end)|(?:clos|exit)[a-z]{0,4}_?(?:all|pos|trade|hold|expos|every|eod|market)|(?:all|pos|positions?|trades?|hold|eod|force|forced|market|hard|auto|daily|day|final)[_.]?(?:clos|exit)/i;

/** Words without which no file has a cut-off. */
const TIME_WORDS = /\bhour|\btime\(|\d:\d\d|strftime|flat|eod|cut_?off|deadline|\.at\(|\bcron|ts_event|% ?86_?400|\b3_?600|tm_|Hours\(|toLocale|toFormat|DateTimeFormat/i;

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
  const { text } = model.source;
  // The words before the deadline: comparing deadlines loads zone data, 40 ms a run that a project without cut-offs saves.
  if (!TIME_WORDS.test(text) || (!holdsEntries(model) && !CLOSING_WORDS.test(text))) { return []; }
  const deadlines = deadlinesOf(strictestDeadline(limitsFor(input.accounts, listPacks())), input.bufferMinutes);
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
  const evaluator = new Evaluator(model);
  const branches = new Decisions(model, evaluator);
  const decisions: readonly Decision[] = [...branches.find(), ...new Schedules(model, evaluator, branches).find()].slice(0, MOST);
  const [strictest] = [...deadlines].sort((a, b) => a.latest - b.latest);
  const timely = new Set(decisions.filter((decision) => strictest !== undefined && closesInTime(decision, strictest, year)).map((decision) => decision.site.function));
  const verdicts = decisions.flatMap((decision) => worst(deadlines, model, (deadline) => judge(decision, deadline, year).filter((verdict) => !isNet(verdict, decision, timely))));
  const judged = decisions.flatMap((decision) => (decision.condition.opaque === true ? [] : decision.condition.origins));
  const names = new Set(decisions.flatMap((decision) => decision.condition.names));
  const compared = comparedNames(model);
  const settings = timeSettings(model, evaluator).filter((setting) =>
    !judged.some((origin) => overlaps(origin, setting.at)) && !names.has(setting.name) && !isAnotherFirms([...setting.about, model.path], accounts) && !(setting.meaning === 'end' && compared.has(setting.name)));
  return [...verdicts, ...settingVerdicts(settings, model, deadlines, year)];
}

/** Most cut-offs of one file that are judged: a file with more is data, and its first ones say what is wrong with it. */
const MOST = 500;

/** A second, later close behind one that is in time: a net, not the cut-off. */
function isNet(verdict: Verdict, decision: Decision, timely: ReadonlySet<FunctionModel | undefined>): boolean {
  return verdict.rule === 'APX004' && (verdict.messageId === 'late' || verdict.messageId === 'tight' || verdict.messageId === 'lateElsewhere')
    && decision.site.function !== undefined && timely.has(decision.site.function);
}

function settingVerdicts(settings: readonly TimeSetting[], model: SourceModel, deadlines: readonly Deadline[], year: number): readonly Verdict[] {
  return settings.slice(0, MOST).flatMap((setting) => worst(deadlines, model, (deadline) => { const verdict = judgeSetting(setting, deadline, year); return verdict === undefined ? [] : [verdict]; }));
}

/** Names that take part in comparisons of this file: what a bare “cutoff” is for is decided there. */
function comparedNames(model: SourceModel): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { node } of indexOf(model).compares) {
    walkExpression(node, (inner) => { const name = lastName(inner); if (name !== undefined) { names.add(name); } });
  }
  return names;
}

/** Files of build and deployment services speak of other deadlines. */
const OTHER_FILES = /(?:^|\/)(?:\.github|\.gitlab|\.circleci)\/|(?:^|\/)(?:docker-compose[^/]{0,40}|package(?:-lock)?|tsconfig|pyproject|poetry|Cargo|mkdocs|\.pre-commit-config)\.[a-z]{2,5}$/;

function configVerdicts(model: SourceModel, deadlines: readonly Deadline[], year: number, accounts: readonly AccountConfig[]): readonly Verdict[] {
  // A policy's times are its accounts' own deadlines, and APX001 holds them against the pack.
  if (OTHER_FILES.test(model.path) || isPolicy(model.path)) { return []; }
  const settings = timeEntries(model.entries).filter((setting) => !isAnotherFirms([...setting.about, model.path], accounts));
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
