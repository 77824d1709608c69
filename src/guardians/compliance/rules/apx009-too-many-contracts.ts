/** APX009: more contracts than the account may hold. */
import * as z from 'zod';
import { defineRule } from '../../../core/rules/rule.ts';
import type { RuleContext, RuleListener } from '../../../core/rules/rule.ts';
import { PAGES, PROGRAMS, SETTINGS } from '../../../core/source/languages.ts';
import { canNameCount, countName, isRecord } from '../contracts/count-name.ts';
import { isTableOf, judgeCount } from '../contracts/judge-count.ts';
import type { CountMessage } from '../contracts/judge-count.ts';
import { isPolicy } from '../limits/policy.ts';
import { statedNumbers } from '../limits/stated.ts';
import type { Stated } from '../limits/stated.ts';

/** Words without which no file counts contracts: looked for before anything is analysed. */
const COUNT_WORDS = /contracts|contract[_-]?(?:limit|cap)|max[_-]?(?:mini|micro)|minis|micros/i;

/** Is it a number of contracts, and not what a trade had or a call was told once? */
function counts({ name, outer, beside, form }: Stated): boolean {
  const named = countName(name, outer);
  return named !== undefined && (named.limit || (form !== 'argument' && form !== 'local' && !isRecord(beside)));
}

function create(context: RuleContext<CountMessage, unknown>): RuleListener {
  const { model, accounts } = context;
  const { text } = model.source;
  // Without an account nobody has a limit of contracts.
  if (accounts.length === 0 || isPolicy(model.path) || !COUNT_WORDS.test(text)) { return {}; }
  return {
    end(): void {
      const stated = statedNumbers(model, canNameCount, counts);
      for (const one of stated) {
        const verdict = isTableOf(one, stated) ? undefined : judgeCount(one, accounts, text, model.path);
        if (verdict !== undefined) { context.report(verdict); }
      }
    },
  };
}

export const tooManyContracts = defineRule<CountMessage, unknown>({
  id: 'APX009',
  name: 'too-many-contracts',
  guardian: 'compliance',
  languages: [...PROGRAMS, ...SETTINGS, ...PAGES],
  severity: 'warning',
  gate: 'merge',
  since: '0.1.0',
  scope: 'trading',
  cost: 'fast',
  fixable: true,
  summary: 'More contracts than the account may hold.',
  messages: {
    contracts: '{count} contracts; account {account} holds {most} at most, or {micros} micros. Set it to {fix}.',
    micros: '{count} micros are {minis} contracts at {ratio}:1; account {account} holds {most} at most. Set it to {fix}.',
    either: '{count} contracts; account {account} holds {most} {what} at most, and even of micros {micros}. Set it to {fix}, or to {micros} if they are micros.',
    user: '{count} contracts are more than the {most} you set for account {account} in tickguard.json. Set it to {fix}.',
    userMicros: '{count} micros are {minis} contracts, more than the {most} you set for account {account} in tickguard.json. Set it to {fix}.',
  },
  options: z.strictObject({}),
  create,
});
