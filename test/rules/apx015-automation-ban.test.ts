/** APX015: a firm that bans programs, said once at the account. */
import { automationBan } from '../../src/guardians/compliance/rules/apx015-automation-ban.ts';
import type { InvalidCase, ValidCase } from './cases.ts';
import { APEX, FTMO } from './apx-samples.ts';
import { ruleTester } from './rule-tester.ts';

const path = 'tickguard.json';
const account = (id: string, pack: string, phase = 'evaluation'): string => `{ "id": "${id}", "pack": "${pack}", "size": 50000, "phase": "${phase}" }`;
const policy = (...accounts: readonly string[]): string => `{\n  // What this desk trades.\n  "accounts": [\n    ${accounts.join(',\n    ')}\n  ]\n}\n`;
const quiet = (name: string, code: string, extra: Partial<ValidCase> = {}): ValidCase => ({ name, code, path, ...extra });

const APEX_SAYS = 'Apex Trader Funding bans automation on all accounts (page of 2026-07-31): a breach can cost the account. Ask the firm; once in the baseline, this is not said again.';
const says = (name: string, code: string, finding: InvalidCase['findings'][number], extra: Partial<InvalidCase> = {}): InvalidCase => ({ name, code, path, findings: [finding], ...extra });

ruleTester(automationBan, {
  valid: [
    quiet('a firm that allows programs', policy(account('ftmo-1', 'ftmo-2step'))),
    quiet('a firm that allows them under conditions', policy(account('topstep-1', 'topstep'), account('mffu-1', 'mffu'))),
    quiet('a phase the ban does not hold in', policy(account('tpt-1', 'take-profit-trader', 'evaluation'))),
    quiet('a pack that does not exist', policy(account('x-1', 'nobody'))),
    quiet('no accounts', '{ "rules": {} }\n'),
    quiet('another file of the same form', policy(account('apex-1', 'apex-4.0-intraday')), { path: 'accounts.json' }),
    quiet('checked under another pack', policy(account('apex-1', 'apex-4.0-intraday')), { accounts: [FTMO] }),
  ],
  invalid: [
    says('Apex', policy(account('apex-1', '«apex-4.0-intraday»')), {
      messageId: 'banned', message: APEX_SAYS, severity: 'info', gate: 'none', layer: 'firm', account: 'apex-1',
      evidence: { pack: 'apex-4.0-intraday', url: 'https://support.apextraderfunding.com/hc/en-us/articles/40463668243099' },
    }, { accounts: [APEX] }),
    says('accounts whose code is elsewhere', policy(account('apex-1', '«apex-legacy»', 'funded')), { messageId: 'banned', message: APEX_SAYS }),
    says('several accounts of a firm, once', policy(account('ftmo-1', 'ftmo-2step'), account('apex-1', '«apex-4.0-eod»'), account('apex-2', 'apex-3.0', 'funded')), {
      messageId: 'banned', account: 'apex-1', related: ['tickguard.json:6 also account apex-2'],
    }),
    says('the phase the ban holds in', policy(account('tpt-1', '«take-profit-trader»', 'funded')), {
      messageId: 'banned', message: /^Take Profit Trader bans automation on funded accounts \(page read on 2026-11-22\): /,
    }),
    says('a policy in a folder', policy(account('apex-1', '«apex-4.0-intraday»')), { messageId: 'banned' }, { path: 'desk/tickguard.json' }),
    {
      name: 'two firms, once each', path, code: policy(account('apex-1', '«apex-4.0-intraday»'), account('tpt-1', '«take-profit-trader»', 'funded')),
      findings: [{ messageId: 'banned', account: 'apex-1' }, { messageId: 'banned', account: 'tpt-1' }],
    },
  ],
});
