/** Accounts and shorthands for the cases of the APX rules. */
import type { AccountConfig } from '../../src/core/workspace/config.ts';
import type { CaseInput, ExpectedFinding, InvalidCase, ValidCase } from './cases.ts';

/** An Apex evaluation: a drawdown of 2,000 at 50,000, flat by 16:59 New York. */
export const APEX: AccountConfig = { id: 'apex-1', pack: 'apex-4.0-intraday', size: 50_000, phase: 'evaluation', products: ['ES'], code: ['**'] };
/** FTMO: 10 % of the size, 5 % a day, overnight allowed. */
export const FTMO: AccountConfig = { id: 'ftmo-1', pack: 'ftmo-2step', size: 50_000, phase: 'evaluation', products: ['EURUSD'], code: ['**'] };

/** A silent case under the Apex account, unless the extras say otherwise. */
export function silent(name: string, code: string, extra: Partial<CaseInput> = {}): ValidCase {
  return { name, code, accounts: [APEX], ...extra };
}

/** What a firing case asserts beside its place. */
export type Expectation = ExpectedFinding & {
  /** The fix as pairs of texts: the first is replaced by the second, once. */
  readonly fix?: readonly (readonly [from: string, to: string])[];
};

/** A firing case with one finding at the marked place. */
export function fires(name: string, code: string, expected: Expectation, extra: Partial<CaseInput> = {}): InvalidCase {
  const { fix, ...finding } = expected;
  const output = fix?.reduce((text, [from, to]) => text.replace(from, to), code.replace(/[«»]/g, ''));
  return { name, code, accounts: [APEX], ...extra, findings: [finding], ...(output === undefined ? {} : { output }) };
}

/** Imports that most samples of times need. */
export const TIMES = `from datetime import datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

ET = ZoneInfo("America/New_York")

`;

/** A handler with these statements, on top of the usual imports. */
export function handler(body: string, imports: string = TIMES): string {
  const lines = body.replace(/\n$/, '').split('\n').map((line) => (line === '' ? '' : `        ${line}`)).join('\n');
  return `${imports}
class Bot(Strategy):
    def on_bar(self, bar):
${lines}
`;
}
