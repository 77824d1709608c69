/** APX012: a guard that never acts. */
import * as z from 'zod';
import { defineRule } from '../../../core/rules/rule.ts';
import type { RuleContext, RuleListener } from '../../../core/rules/rule.ts';
import { PROGRAMS } from '../../../core/source/languages.ts';
import { judgeIdle } from '../idle/judge-idle.ts';
import type { IdleMessage } from '../idle/judge-idle.ts';
import { isPolicy } from '../limits/policy.ts';

/** Words without which a file has no guard, and those of which each part of the question needs some: looked for before anything is analysed. */
const GUARD_WORDS = /risk|draw_?down|dd|loss|kill|breaker|guard|equity|flat|eod|prop|protect|halt|breach|close_?all/i;
const SWITCH_WORDS = /enable|\buse|[^a-z]use_|input|skip|disable|bypass|ignore|enforce|active|\bon\b|_on_|check|limit|loss|max/i;
/** A question for the position: `has_open_position`, `isInPosition`. */
const HELD_WORDS = /(?:has|have|in|is|check|any|holds?)\w{0,16}(?:position|holding)/i;
const CLOSE_WORDS = /clos|flat|liquid|exit|breach|exceed/i;

function create(context: RuleContext<IdleMessage, unknown>): RuleListener {
  const { model } = context;
  const { text } = model.source;
  if (isPolicy(model.path) || model.path.endsWith('.tickguard/baseline.json')) { return {}; }
  const checks = GUARD_WORDS.test(text);
  const ask = { switches: checks && SWITCH_WORDS.test(text), closes: checks && CLOSE_WORDS.test(text), checks, held: HELD_WORDS.test(text) };
  if (!checks && !ask.held) { return {}; }
  return {
    end(): void {
      const { verdicts, facts } = judgeIdle(model, ask);
      for (const verdict of verdicts) { context.report({ ...verdict, layer: 'house' }); }
      for (const fact of facts) { context.note(fact); }
    },
  };
}

export const guardOff = defineRule<IdleMessage, unknown>({
  id: 'APX012',
  name: 'guard-off',
  guardian: 'compliance',
  languages: [...PROGRAMS, 'yaml', 'json', 'toml', 'dotenv', 'ini', 'notebook'],
  severity: 'warning',
  gate: 'merge',
  since: '0.1.0',
  scope: 'trading',
  cost: 'fast',
  summary: 'A guard that never acts: off by default, behind a constant, with its failure swallowed or its answer thrown away.',
  messages: {
    off: '{name} is off unless somebody turns it on: until then this guard never acts. Turn it on here.',
    skip: '{name} takes the guard out unless somebody turns it off: until then it never acts. Turn it off here.',
    zero: '0 in {name} means no limit: no loss stops the account. Write the limit that holds.',
    never: 'A constant keeps this from ever running, and the guard behind it never acts. Take the constant out.',
    always: 'A constant decides this whatever the guard beside it says. Take the constant out.',
    answered: 'The answer is given before the limits below are looked at: this check lets everything pass or nothing. Take it out.',
    silent: 'A {close} that fails ends here unheard, and nobody tries again: the position stays open past the limit. Tell, and close again.',
    latched: 'A {close} that fails is passed over here, and {flag} is set all the same: nobody closes again. Set it once the position is seen to be flat.',
    before: '{first} stands before {close} in one try: if it fails, nothing is closed. Close first, or give it a try of its own.',
    once: 'A {close} that fails is only told here, and the alert rings once: the position stays open. Try again until it is flat.',
    success: 'A {close} that fails is answered as if it had gone well: whoever flattens takes the account for flat. Answer that it failed, or raise.',
    unchecked: 'The answer of {close} is thrown away and {flag} is set: a close that was refused is never tried again. Set it once nothing is open.',
    unused: 'The answer of {name} is thrown away, and answering is all it does: this limit never acts. Return, flatten or raise on it.',
    absent: 'Nobody assigns {name}, so this is false for ever and the guard behind it never acts. Assign it, or ask for it directly.',
    breach: '{error} ends here: the breach is passed over, and what is open stays open. Flatten before going on.',
    gated: 'While {flag} says no trading, the close below is not reached: what is open then stays open. Close before asking.',
    absolute: '{measure} counts profit as loss: {limit} acts on a good day, too. Compare the loss alone.',
    blind: '{name} answers “no position” when it fails, and an entry relies on that: a second one goes out on top of what is open. Raise, or answer that it is unknown.',
    fed: '{name} is told a result of 0 every time: losses never count, and the guard never acts. Hand in what the trade made.',
    still: '{name} is only ever set to 0, so it never reaches {limit}: this limit never acts. Count the losses in it.',
    unread: 'Nothing reads {name}: this limit does not exist, whatever is set here. Compare with it, or take it out.',
    neverTrue: '{measure} is never above 0, so it never passes {limit}: this limit never acts. Turn the difference around.',
    profit: '{measure} passes {limit} on a profit, never on a loss: this limit never acts when it has to. Turn the sign around.',
  },
  options: z.strictObject({}),
  create,
});
