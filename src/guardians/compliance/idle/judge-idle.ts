/** Puts together what a file says of guards that never act: findings, and facts for files beside it. */
import type { Condition } from '../../../core/rules/condition.ts';
import type { Fact } from '../../../core/rules/facts.ts';
import { holdsCode } from '../../../core/source/holds.ts';
import type { SourceModel, Span } from '../../../core/source/model.ts';
import { lastName } from '../named.ts';
import { blindChecks } from './blind-check.ts';
import { gatedFlattens } from './behind-gate.ts';
import { constantBranches } from './constant-branch.ts';
import { feeding, stillCounters } from './fed-nothing.ts';
import { wrongSigns } from './loss-sign.ts';
import { guardAttributes } from './nobody-assigns.ts';
import { swallowedBreaches } from './swallowed-breach.ts';
import { swallowedCloses } from './swallowed-close.ts';
import { switchesIn } from './switched-off.ts';
import { uncheckedCloses } from './unchecked-close.ts';
import { unreadLimits } from './unread-limit.ts';
import { unusedAnswers } from './unused-answer.ts';

/** Messages of APX012. */
export type IdleMessage =
  | 'off' | 'skip' | 'zero' | 'never' | 'always' | 'answered' | 'silent' | 'latched' | 'before' | 'once' | 'success' | 'unchecked' | 'unused' | 'absent' | 'breach' | 'gated'
  | 'absolute' | 'neverTrue' | 'profit' | 'blind' | 'fed' | 'still' | 'unread';

/** A guard that never acts. */
export interface IdleVerdict {
  readonly messageId: IdleMessage;
  readonly at: Span;
  readonly data: Readonly<Record<string, string>>;
  readonly when?: Condition;
  readonly related: readonly { readonly at: Span; readonly message: string }[];
  readonly evidence: Readonly<Record<string, string>>;
}

/** Topics of the facts: switches that are asked for, switches that are turned on, checks that only answer or do more, attributes that are given. */
const ASKED = 'guard.asked';
const ON = 'guard.on';
const PURE = 'guard.answers';
const ACTING = 'guard.acts';
const GIVEN = 'guard.given';
/** Where guards take results, guards that are told some, counters that are written. */
const TAKES = 'guard.takes';
const FED = 'guard.fed';
const COUNTED = 'guard.counted';

const START: Span = { start: 0, end: 0 };

/** Which parts of the question a file's words make worth asking. */
export interface IdleQuestions {
  readonly switches: boolean;
  readonly closes: boolean;
  readonly checks: boolean;
  /** The file has questions for the position. */
  readonly held: boolean;
}

/** The findings of a file in source order, and what others need to know of it. */
export function judgeIdle(model: SourceModel, ask: IdleQuestions): { readonly verdicts: readonly IdleVerdict[]; readonly facts: readonly Fact[] } {
  const facts: Fact[] = [];
  const verdicts: IdleVerdict[] = [...(ask.switches ? switched(model, facts) : [])];
  if (holdsCode(model)) {
    if (ask.closes) { verdicts.push(...closing(model)); }
    if (ask.checks) { verdicts.push(...checking(model, facts), ...signs(model), ...starving(model, facts)); }
    if (ask.held) { verdicts.push(...blind(model)); }
  }
  return { verdicts: verdicts.sort((a, b) => a.at.start - b.at.start), facts };
}

function noted(facts: Fact[], topic: string, names: ReadonlySet<string>): void {
  if (names.size > 0) { facts.push({ kind: 'names', topic, names: [...names].slice(0, MAX_NAMES), where: START }); }
}

/** Most names a file passes on. */
const MAX_NAMES = 300;

function switched(model: SourceModel, facts: Fact[]): readonly IdleVerdict[] {
  const { off, asked, on } = switchesIn(model);
  noted(facts, ASKED, asked);
  noted(facts, ON, on);
  return off.map((one): IdleVerdict => {
    const notOn: Condition = { kind: 'named', topic: ON, name: one.key, among: 'project', not: true };
    const conditions: readonly Condition[] = [...(one.asked ? [] : [{ kind: 'named' as const, topic: ASKED, name: one.key, among: 'project' as const }]), ...(one.setting || (one.kind === 'zero' && one.asked) ? [] : [notOn])];
    return {
      messageId: one.kind, at: one.at, data: { name: shown(one.name) }, ...(conditions.length === 0 ? {} : { when: { kind: 'all', of: conditions } }), related: [], evidence: { kind: one.kind, name: one.name },
    };
  });
}

function shown(name: string): string {
  return name.length <= 40 ? name : `${name.slice(0, 39)}…`;
}

function closing(model: SourceModel): readonly IdleVerdict[] {
  return [
    ...swallowedCloses(model).map(({ kind, at, close, set, first }): IdleVerdict => ({
      messageId: kind, at, data: { close: shown(lastName(close.callee) ?? ''), flag: shown(set?.name ?? ''), first: shown(first ?? '') },
      related: [{ at: close, message: 'the close' }, ...(set === undefined ? [] : [{ at: { start: set.start, end: set.end }, message: 'set whatever became of it' }])], evidence: { kind },
    })),
    ...uncheckedCloses(model).map(({ at, name, set }): IdleVerdict => ({
      messageId: 'unchecked', at, data: { close: name, flag: shown(set.name) }, related: [{ at: { start: set.start, end: set.end }, message: 'set whatever became of it' }], evidence: { kind: 'unchecked' },
    })),
    ...gatedFlattens(model).map(({ at, flag, close, lowered }): IdleVerdict => ({
      messageId: 'gated', at, data: { flag: shown(flag) }, related: [{ at: close, message: 'not reached' }, { at: lowered, message: 'trading is turned off here, and nothing closed' }], evidence: { kind: 'gated' },
    })),
    ...swallowedBreaches(model).map(({ at, error, raised }): IdleVerdict => ({
      messageId: 'breach', at, data: { error: shown(error) }, related: [{ at: raised, message: 'raised here' }], evidence: { kind: 'breach' },
    })),
  ];
}

function checking(model: SourceModel, facts: Fact[]): readonly IdleVerdict[] {
  const answers = unusedAnswers(model);
  noted(facts, PURE, answers.pure);
  noted(facts, ACTING, answers.acting);
  const attributes = guardAttributes(model);
  noted(facts, GIVEN, attributes.given);
  return [
    ...constantBranches(model).map(({ kind, at, idle }): IdleVerdict => ({ messageId: kind, at, data: {}, related: [{ at: idle, message: kind === 'always' ? 'decides nothing' : 'never runs' }], evidence: { kind } })),
    ...answers.unused.map(({ at, name, check }): IdleVerdict => ({
      messageId: 'unused', at, data: { name: shown(name) }, related: check === undefined ? [] : [{ at: check.nameSpan, message: 'only answers' }], evidence: { kind: 'unused' },
      ...(check === undefined ? { when: { kind: 'all', of: [{ kind: 'named', topic: PURE, name, among: 'project' }, { kind: 'named', topic: ACTING, name, among: 'project', not: true }] } } : {}),
    })),
    ...attributes.asked.map(({ at, name }): IdleVerdict => ({
      messageId: 'absent', at, data: { name: shown(name) }, related: [], evidence: { kind: 'absent' },
      when: { kind: 'all', of: [{ kind: 'named', topic: GIVEN, name, among: 'project', not: true }, { kind: 'named', topic: GIVEN, name: '*', among: 'project', not: true }] },
    })),
  ];
}

function blind(model: SourceModel): readonly IdleVerdict[] {
  return blindChecks(model).map(({ at, name, asked }): IdleVerdict => ({ messageId: 'blind', at, data: { name: shown(name) }, related: [{ at: asked, message: 'an entry asks here' }], evidence: { kind: 'blind' } }));
}

/** Guards that hear nothing of what they are to watch. */
function starving(model: SourceModel, facts: Fact[]): readonly IdleVerdict[] {
  const results = feeding(model);
  noted(facts, TAKES, results.takes);
  noted(facts, FED, results.fed);
  const counters = stillCounters(model);
  noted(facts, COUNTED, counters.written);
  return [
    ...results.zero.filter(({ key }) => !results.fed.has(key)).map(({ at, name, key, own }): IdleVerdict => {
      const notFed: Condition = { kind: 'named', topic: FED, name: key, among: 'project', not: true };
      return { messageId: 'fed', at, data: { name: shown(name) }, related: [], evidence: { kind: 'fed' }, when: own ? notFed : { kind: 'all', of: [{ kind: 'named', topic: TAKES, name: key, among: 'project' }, notFed] } };
    }),
    ...counters.still.map(({ at, name, limit, zero, attribute }): IdleVerdict => ({
      messageId: 'still', at, data: { name: shown(name), limit: shown(limit) }, related: [{ at: zero, message: 'set to 0 here, and nowhere to anything else' }], evidence: { kind: 'still' },
      ...(attribute ? { when: { kind: 'named', topic: COUNTED, name, among: 'project', not: true } } : {}),
    })),
    ...unreadLimits(model).map(({ at, name }): IdleVerdict => ({ messageId: 'unread', at, data: { name: shown(name) }, related: [], evidence: { kind: 'unread' } })),
  ];
}

function signs(model: SourceModel): readonly IdleVerdict[] {
  return wrongSigns(model).map(({ kind, at, measure, limit }): IdleVerdict => ({
    messageId: kind === 'both' ? 'absolute' : kind === 'never' ? 'neverTrue' : 'profit', at, data: { measure: shown(measure), limit: shown(limit) }, related: [], evidence: { kind },
  }));
}
