/** APX015: the firm of an account bans programs: said once, at the account, and never as an error. */
import * as z from 'zod';
import type { RuleContext, RuleListener } from '../../../core/rules/rule.ts';
import { defineRule } from '../../../core/rules/rule.ts';
import { bansOf } from '../bans/automation-ban.ts';
import { isPolicy } from '../limits/policy.ts';

type BanMessage = 'banned';

function create({ model, accounts, report }: RuleContext<BanMessage, unknown>): RuleListener {
  if (!isPolicy(model.path)) { return {}; }
  return {
    end(): void {
      for (const { firm, whose, page, at, account, others, url, pack } of bansOf(model.entries, accounts)) {
        report({
          at, messageId: 'banned', severity: 'info', layer: 'firm', account, data: { firm, whose, page },
          related: others.map((other) => ({ at: other.at, message: `also account ${other.account}` })), evidence: { pack, ...(url === undefined ? {} : { url }) },
        });
      }
    },
  };
}

export const automationBan = defineRule<BanMessage, unknown>({
  id: 'APX015',
  name: 'automation-ban',
  guardian: 'compliance',
  languages: ['json'],
  severity: 'info',
  gate: 'none',
  since: '0.1.0',
  scope: 'trading',
  cost: 'fast',
  summary: 'The firm of an account bans programs that trade it: said once, never an error.',
  messages: {
    banned: '{firm} bans automation on {whose} accounts{page}: a breach can cost the account. Ask the firm; once in the baseline, this is not said again.',
  },
  options: z.strictObject({}),
  create,
});
