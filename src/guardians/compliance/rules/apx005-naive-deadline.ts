/** APX005: a cut-off decided on a clock that is not New York's all year: naive, fixed, guessed, the broker's, or wrongly labelled. */
import { defineRule } from '../../../core/rules/rule.ts';
import { PAGES, PROGRAMS, SETTINGS } from '../../../core/source/languages.ts';
import type { RuleContext, RuleListener } from '../../../core/rules/rule.ts';
import { deadlineVerdicts } from '../deadline/family.ts';
import type { ClockMessage } from '../deadline/verdict.ts';
import { deadlineOptions } from './apx004-late-cutoff.ts';
import type { DeadlineOptions } from './apx004-late-cutoff.ts';

function create(context: RuleContext<ClockMessage, DeadlineOptions>): RuleListener {
  return {
    end(): void {
      for (const verdict of deadlineVerdicts({ model: context.model, accounts: context.accounts, asOf: context.asOf, bufferMinutes: context.options.bufferMinutes })) {
        if (verdict.rule !== 'APX005') { continue; }
        const { messageId, rule: _rule, ...rest } = verdict;
        context.report({ ...rest, messageId: messageId as ClockMessage });
      }
    },
  };
}

export const naiveDeadline = defineRule<ClockMessage, DeadlineOptions>({
  id: 'APX005',
  name: 'naive-deadline',
  guardian: 'compliance',
  languages: [...PROGRAMS, ...SETTINGS, ...PAGES],
  severity: 'warning',
  gate: 'merge',
  since: '0.1.0',
  scope: 'trading',
  cost: 'fast',
  fixable: true,
  summary: 'A cut-off on the computer\'s, the broker\'s, a fixed or a guessed clock instead of New York\'s.',
  messages: {
    fixedNamed: 'Fixed {zone} is New York only in {season}: {spans} this flattens at {seen} {letters}, {late}{who}. Use a clock with daylight saving.',
    fixed: 'Fixed {zone} has no daylight saving: {spans} {time} is {seen} {letters}, {late}{who}. Use New York time.',
    fixedEarly: 'Fixed {zone} has no daylight saving: {spans} {time} is {seen} {letters}, {late}. Use New York time.',
    utc: '{time} UTC is {seen} {letters} {spans}: {late}{who}. Compare New York time.',
    utcEarly: '{time} UTC is {seen} {letters} {spans}, {room} before {deadline}: in time, but an hour of the session is lost. Compare New York time.',
    guessed: 'The month does not tell daylight saving: {spans} this flattens at {seen} {letters}, {late}{who}. {rules}.',
    local: '{time} is on the computer\'s own clock: {place} that is {seen} {letters}, {late}{who}. {use}.',
    localUnknown: '1 h late in Chicago, 4 to 5 h early on a UTC server: the computer\'s own clock decides this close{who}. {use}.',
    server: '{time} server time is {seen} {letters} {spans} with a broker on European summer time: {late}{who}. Convert UTC to New York.',
    serverUnknown: '1 h off New York {spans} with a broker on European summer time, whose clock decides this close{who}. Convert UTC to New York.',
    relabelled: 'These are UTC\'s digits with another zone\'s name: {spans} {time} here is {seen} {letters}, {late}{who}. Convert with astimezone().',
    relabelledLocal: 'These are the computer\'s digits with another zone\'s name: {place} {time} here is {seen} {letters}, {late}{who}. Convert with astimezone().',
    utcnowAsLocal: 'astimezone() takes utcnow() for the computer\'s own time: in London\'s summer {time} here is {seen} {letters}, {late}{who}. Use datetime.now(zone).',
    meanTime: 'A pytz zone as tzinfo is UTC-4:56: {spans} this flattens at {seen} {letters}, {late}{who}. Use ZoneInfo, or zone.localize().',
    fallbackLate: 'Without zone data this is {zone}: {spans} it flattens at {seen} {letters}, {late}{who}. Stop instead, or install tzdata.',
    fallbackEarly: 'Without zone data this is {zone} under New York\'s name: it flattens {early} early. Stop instead, or install tzdata.',
    otherZone: '{time} in {city} is {seen} {letters} {spans}: {late}{who}. Compare New York time.',
    drifts: '{zone} is not New York {spans}: every cut-off comes {off}{who}. Use a clock with daylight saving.',
    unzoned: '{time} without a zone is {seen} {letters} {spans} if read as UTC: {late}{who}. Write {safe} and name New York\'s zone.',
  },
  options: deadlineOptions,
  create,
});
