/** Judges where high-water marks and drawdowns get their money from, against what the account's drawdown is measured by. */
import type { Fix, Severity } from '../../../core/findings/finding.ts';
import type { SourceModel, Span } from '../../../core/source/model.ts';
import type { Condition } from '../../../core/rules/condition.ts';
import type { AccountConfig } from '../../../core/workspace/config.ts';
import { limitsFor } from '../accounts.ts';
import type { DrawdownLimit, EffectiveLimits } from '../accounts.ts';
import { moneyText, percentText } from '../packs/money.ts';
import { listPacks } from '../packs/packs.ts';
import type { Fact } from '../../../core/rules/facts.ts';
import { basisFlow } from './flow.ts';
import { BALANCE, handedOn, takesOf } from './handed.ts';
import type { HandedBalance } from './handed.ts';
import { Marks } from './marks.ts';
import type { Mark, MarkKind } from './marks.ts';

/** Messages of APX002. */
export type BasisMessage = 'peak' | 'current' | 'day' | 'housePeak' | 'houseCurrent';

/** A high-water mark or a drawdown without open profit. */
export interface BasisVerdict {
  readonly messageId: BasisMessage;
  readonly data: Readonly<Record<string, string>>;
  readonly severity: Severity;
  readonly at: Span;
  readonly layer: 'firm' | 'house';
  readonly account?: string;
  /** What other files have to do with what they are handed. */
  readonly when?: Condition;
  readonly related: readonly { readonly at: Span; readonly message: string }[];
  readonly fixes: readonly Fix[];
  readonly evidence: Readonly<Record<string, string>>;
}

/** A trade that ran up and came back, in cents: the peak and the close of the example a message gives. */
const OPEN_PROFIT = 87_500;
const CLOSED_PROFIT = 10_000;

/** A mark fed from the closed balance. */
type BalanceMark = Mark & { readonly basis: Extract<Mark['basis'], { kind: 'balance' }> };

/** Which halves of the question a file's words make worth asking. */
export interface BasisQuestions {
  /** It measures something. */
  readonly measures: boolean;
  /** It has money to hand on. */
  readonly hands: boolean;
}

/** What a file says of high-water marks and drawdowns: its own findings, in source order, and what others need to know. */
export function judgeBasis(model: SourceModel, accounts: readonly AccountConfig[], { measures, hands }: BasisQuestions): { readonly verdicts: readonly BasisVerdict[]; readonly facts: readonly Fact[] } {
  const holders = limitsFor(accounts, listPacks()).filter(({ drawdown }) => drawdown?.basis === 'equity' && drawdown.kind !== 'closed-trailing');
  const flow = basisFlow(model);
  const marks = measures ? new Marks(model, flow).find() : [];
  const handed = hands ? handedOn(model, flow) : { facts: [], balances: [] };
  const verdicts = holders.length === 0 ? [] : [...ownVerdicts(model, marks, holders), ...handed.balances.flatMap((one) => handedVerdicts(one, holders, model))];
  return {
    verdicts: verdicts.sort((a, b) => a.at.start - b.at.start),
    facts: [...takesOf(model, marks, (mark) => seesOpen(mark, marks)), ...handed.facts],
  };
}

const KINDS: readonly MarkKind[] = ['peak', 'current', 'day'];

/** A finding for each thing the function elsewhere may do with a balance; the first that it does is told. */
function handedVerdicts({ give, argument, basis, site }: HandedBalance, holders: readonly EffectiveLimits[], model: SourceModel): readonly BasisVerdict[] {
  const judged: MarkKind[] = [];
  return KINDS.flatMap((kind): readonly BasisVerdict[] => {
    const mark: BalanceMark = { kind, at: { start: argument.start, end: argument.end }, also: [], basis, reference: '', site };
    const verdict = holders.map((limits) => judge(mark, limits, model)).find((one) => one !== undefined);
    if (verdict === undefined) { return []; }
    const before = [...judged];
    judged.push(kind);
    return [{ ...verdict, fixes: verdict.fixes.map((fix) => ({ ...fix, safe: false })), when: { kind: 'handed', topic: BALANCE, give, use: kind, before } }];
  });
}

function ownVerdicts(model: SourceModel, marks: readonly Mark[], holders: readonly EffectiveLimits[]): readonly BasisVerdict[] {
  const wrong = marks.filter((mark): mark is BalanceMark => mark.basis.kind === 'balance').filter((mark) => !seesOpen(mark, marks));
  const told: BasisVerdict[] = [];
  const roots: BalanceMark[] = [];
  for (const mark of [...wrong].sort((a, b) => order(a) - order(b) || a.at.start - b.at.start)) {
    const root = roots.find((other) => sameRoot(other, mark));
    if (root !== undefined) { continue; }
    const verdict = holders.map((limits) => judge(mark, limits, model)).find((one) => one !== undefined);
    if (verdict === undefined) { continue; }
    roots.push(mark);
    const parts = wrong.filter((other) => other !== mark && sameRoot(mark, other)).slice(0, 4).map((other) => ({ at: other.at, message: 'the same balance again' }));
    told.push({ ...verdict, related: [...verdict.related, ...parts] });
  }
  return told;
}

function order(mark: Mark): number {
  return mark.kind === 'peak' ? 0 : 1;
}

/** The same money in the same scope of things: one repair mends both. */
function sameRoot(a: BalanceMark, b: BalanceMark): boolean {
  if (a.basis.at.start === b.basis.at.start) { return true; }
  return a.reference === b.reference && (a.kind === 'peak') !== (b.kind === 'peak');
}

/** The file measures the same with open positions as well: then the balance is a second look, not the limit. */
function seesOpen(mark: Mark, all: readonly Mark[]): boolean {
  return all.some((other) => other.basis.kind === 'open' && (other.kind === mark.kind || (mark.kind === 'day' && other.kind === 'current')) && other.site.class === mark.site.class);
}

function judge(mark: BalanceMark, limits: EffectiveLimits, model: SourceModel): BasisVerdict | undefined {
  const { drawdown } = limits;
  if (drawdown === undefined) { return undefined; }
  // A peak of closed balances is what moves an end-of-day floor, and a fixed floor has no peak.
  if (mark.kind === 'peak' && drawdown.kind !== 'intraday-trailing') { return undefined; }
  const day = mark.kind === 'day';
  if (day && limits.dailyLoss?.basis !== 'equity') { return undefined; }
  const { read } = mark.basis;
  const layer = firmLayer(drawdown);
  const size = limits.sizeCents;
  const allowance = day ? limits.dailyLoss?.cents : drawdown.cents;
  const money = size === undefined || allowance === undefined ? undefined : moneyData(size, allowance);
  const messageId: BasisMessage = money === undefined ? (mark.kind === 'peak' ? 'housePeak' : 'houseCurrent') : mark.kind;
  const inline = mark.at.start <= mark.basis.at.start && mark.basis.at.end <= mark.at.end;
  return {
    messageId, at: mark.at, layer, severity: layer === 'firm' && money !== undefined && read.proof === 'table' ? 'error' : 'warning',
    data: { ...money, account: limits.account ?? '', percent: percentText(drawdown.percent), what: limits.dailyLoss?.breach === 'pause' ? 'pauses' : 'ends', use: advice(mark) },
    related: inline ? [] : [{ at: mark.basis.at, message: 'the closed balance is read here' }],
    fixes: fixOf(mark, model),
    evidence: { basis: 'balance', proof: read.proof, mark: mark.kind, drawdown: drawdown.kind, ...(limits.pack === undefined ? {} : { pack: limits.pack.id }) },
    ...(limits.account === undefined ? {} : { account: limits.account }),
  };
}

/** How the firm measures is the firm's, however much stricter a limit the user wrote. */
function firmLayer(drawdown: DrawdownLimit): 'firm' | 'house' {
  return drawdown.firm?.layer ?? drawdown.layer;
}

function moneyData(size: number, allowance: number): Readonly<Record<string, string>> {
  return {
    room: moneyText(OPEN_PROFIT - CLOSED_PROFIT), open: moneyText(OPEN_PROFIT), closed: moneyText(CLOSED_PROFIT),
    floor: moneyText(size + OPEN_PROFIT - allowance), seen: moneyText(size + CLOSED_PROFIT - allowance), loss: moneyText(allowance), end: moneyText(size - allowance),
  };
}

const LONGEST_ADVICE = 44;

function advice(mark: BalanceMark): string {
  const { equity } = mark.basis.read;
  return equity === undefined || equity.length > LONGEST_ADVICE || equity.includes('\n') ? 'Add open profit' : `Use ${equity}`;
}

/** Puts the interface's own equity in place of the balance, in every place of this comparison. */
function fixOf(mark: BalanceMark, model: SourceModel): readonly Fix[] {
  const { equity } = mark.basis.read;
  const { at, also } = mark;
  const text = model.source.text.slice(at.start, at.end);
  if (equity === undefined) { return []; }
  const inline = at.start <= mark.basis.at.start && mark.basis.at.end <= at.end;
  if (inline && at.end - at.start !== mark.basis.at.end - mark.basis.at.start) {
    return [{ title: 'Use equity, with open positions', safe: also.length === 0, edits: [{ ...mark.basis.at, text: equity }] }];
  }
  // A name stands for the read: the read itself serves other purposes, so the mark gets a read of its own.
  if (!inline && !/^[A-Za-z_]\w{0,60}$/.test(text)) { return []; }
  const local = /^[A-Za-z_]\w{0,60}\.(?:equity)$/.test(equity) && !inline;
  if (local && mark.basis.at.start < (mark.site.function?.start ?? 0)) { return []; }
  return [{ title: 'Use equity, with open positions', safe: false, edits: [at, ...also].map((span) => ({ start: span.start, end: span.end, text: equity })).sort((a, b) => a.start - b.start) }];
}
