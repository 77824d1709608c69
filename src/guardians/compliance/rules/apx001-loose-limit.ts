/** APX001: a limit of loss that is looser than the account allows: the account is gone before the bot stops. */
import * as z from 'zod';
import { defineRule } from '../../../core/rules/rule.ts';
import { holdsCode } from '../../../core/source/holds.ts';
import { PAGES, PROGRAMS, SETTINGS } from '../../../core/source/languages.ts';
import type { RuleContext, RuleListener } from '../../../core/rules/rule.ts';
import { limitCandidates } from '../limits/candidates.ts';
import { judgeLimit } from '../limits/judge-limit.ts';
import type { LimitMessage } from '../limits/judge-limit.ts';
import { readOwnPack } from '../packs/own-pack.ts';
import { isPolicy, policyVerdicts } from '../limits/policy.ts';

/** Words without which no file states a limit of loss: looked for before anything is analysed. */
const LIMIT_WORDS = /draw[_-]?down|max_?-?dd|max_?-?loss|loss[_-]?(?:limit|stop|cap)|(?:daily|day|session)[_-]?(?:max[_-]?)?(?:loss|stop|pnl|pl)|(?:total|overall|account)[_-]?loss|dll|trailing[_-]?threshold|peak|hwm|water_?mark/i;
/** The short form, where case tells it from `add` and `odd`. */
const SHORT_WORDS = /(?:^|[^A-Za-z])(?:dd|DD|mdd|MDD)(?:[^a-z]|$)|[a-z]DD/m;

/** What an experiment was run with: nobody's account, as long as it is a file of settings. */
const EXPERIMENT = /(?:^|\/)(?:experiments?|ablations?|sweeps?)\//i;

function create(context: RuleContext<LimitMessage, unknown>): RuleListener {
  const { model, accounts } = context;
  if (!holdsCode(model) && EXPERIMENT.test(model.path)) { return {}; }
  if (isPolicy(model.path)) { return { end: () => { policyVerdicts(model, accounts).forEach((verdict) => { context.report(verdict); }); } }; }
  if (!LIMIT_WORDS.test(model.source.text) && !SHORT_WORDS.test(model.source.text)) { return {}; }
  return {
    end(): void {
      for (const candidate of limitCandidates(model)) {
        const verdict = judgeLimit(candidate, accounts, model.source.text, model.path);
        if (verdict !== undefined) { context.report(verdict); }
      }
    },
  };
}

export const looseLimit = defineRule<LimitMessage, unknown>({
  id: 'APX001',
  name: 'loose-limit',
  guardian: 'compliance',
  languages: [...PROGRAMS, ...SETTINGS, ...PAGES],
  severity: 'error',
  gate: 'merge',
  since: '0.1.0',
  scope: 'trading',
  cost: 'fast',
  fixable: true,
  summary: 'A drawdown or daily loss limit that is looser than the account allows.',
  messages: {
    percent: '{value} of {size} is {money}; account {account} ends at {allowance} ({percent} %). Set it to {fix}.',
    money: '{money} is {whole} % of {accountSize}; account {account} ends at {allowance} ({percent} %). Set it to {fix}.',
    otherSize: '{value} of the {size} this file states is {money}; account {account} has {accountSize} and ends at {allowance}. Set it to {fix}.',
    dailyPercent: '{value} of {size} is {money} a day; account {account} {what} at {allowance} ({percent} %). Set it to {fix}.',
    dailyMoney: '{money} a day is {whole} % of {accountSize}; account {account} {what} at {allowance} ({percent} %). Set it to {fix}.',
    dailyBeyond: '{money} a day never stops anything: account {account} ends at a drawdown of {allowance} ({percent} %). Set it to {fix} or less.',
    user: '{money} is more than the {allowance} ({percent} %) you set for account {account} in tickguard.json. Set it to {fix}.',
    policy: '{value} here against {allowance} in {pack}, account {account}: the stricter one holds, and this line changes nothing. Set it to {fix} or {stricter}.',
    house: '{value} {what}is looser than {bound} % trailing drawdown (house limit; no account chosen). Set it to {fix}, or choose an account.',
    houseMoney: '{value} {what}is {percent} % of {size}, more than {bound} % (house limit; no account chosen). Set it to {fix}, or choose an account.',
  },
  options: z.strictObject({}),
  readPack: readOwnPack,
  create,
});
