/** SEC210: an assert that keeps money safe, and is gone where Python runs with -O. */
import * as z from 'zod';
import type { RuleContext, RuleListener, Site } from '../../../core/rules/rule.ts';
import { defineRule } from '../../../core/rules/rule.ts';
import { isScript } from '../../../core/source/languages.ts';
import { mentions, wordsIn } from '../../../core/source/meaning/words.ts';
import { qualifiedName } from '../../../core/source/meaning/qualified.ts';
import type { Call, Expr, Span, Stmt } from '../../../core/source/model.ts';
import { orderCallAfter } from '../code/orders.ts';

type MessageId = 'order' | 'limit' | 'console';
type Context = RuleContext<MessageId, unknown>;

function list(words: string): ReadonlySet<string> {
  return new Set(words.split(' '));
}

/** What is lost, and what may be lost. */
const RISK_WORDS = list('drawdown dd loss losses risk exposure leverage margin equity balance notional bankroll buying halted halt kill killswitch breaker');
/** How much, at which price: about money where an order follows. */
const AMOUNT_WORDS = list('qty quantity size sizes lot lots volume amount amounts position positions price prices contracts shares units cash funds limit limits cap stop stoploss sl tp cost value');
/** Whether it may trade at all. */
const SWITCH_WORDS = list('paper live sandbox testnet demo enabled allowed halted tradable tradeable open connected armed');

function create(context: Context): RuleListener {
  const { model } = context;
  if (!/\bassert\b/.test(model.source.text)) { return {}; }
  if (isScript(model.language)) {
    return {
      call(node: Call, site: Site): void {
        const test = node.args[0]?.value;
        if (test === undefined || qualifiedName(model, node.callee, site) !== 'globals.console.assert') { return; }
        const guard = guardOf(context, test, node, site);
        if (guard === 'order') { context.report({ at: { start: node.start, end: node.end }, messageId: 'console' }); }
      },
    };
  }
  return {
    statement(node: Stmt, site: Site): void {
      const test = node.kind === 'unknownStatement' && node.syntax === 'assert_statement' ? node.parts[0] : undefined;
      if (test === undefined) { return; }
      const guard = guardOf(context, test, node, site);
      if (guard === undefined) { return; }
      const at = { start: node.start, end: test.end };
      if (guard === 'order') { context.report({ at, messageId: 'order', when: { kind: 'trading' } }); return; }
      context.report({ at, messageId: 'limit', severity: 'warning', when: { kind: 'trading' } });
    },
  };
}

/** What an assert keeps: an order behind it, or a limit of risk; undefined for checks of types, shapes and presence. */
function guardOf(context: Context, test: Expr, node: Span, site: Site): 'order' | 'limit' | undefined {
  const { model } = context;
  const parts = partsOf(test);
  const amounts = parts.filter(isOrdering).map((part) => wordsIn(model, part, site));
  const risky = amounts.some((words) => mentions(words, RISK_WORDS));
  const money = risky || amounts.some((words) => mentions(words, AMOUNT_WORDS));
  const asked = parts.some((part) => isFlag(part) && mentions(wordsIn(model, part, site), SWITCH_WORDS));
  if (!money && !asked) { return undefined; }
  if (site.function !== undefined && orderCallAfter(model, site.function, node, site) !== undefined) { return 'order'; }
  return risky ? 'limit' : undefined;
}

/** The parts of `a and b and c`. */
function partsOf(test: Expr): readonly Expr[] {
  return test.kind === 'boolean' ? test.operands : [test];
}

/** `a < b`, not `len(a) < b`: lengths are shapes. */
function isOrdering(part: Expr): boolean {
  if (part.kind === 'unary' && part.op === 'not') { return isOrdering(part.operand); }
  if (part.kind !== 'compare' || !part.ops.some((op) => op === '<' || op === '<=' || op === '>' || op === '>=')) { return false; }
  return !part.operands.some((operand) => operand.kind === 'call' && operand.callee.kind === 'name' && operand.callee.name === 'len');
}

/** `self.enabled`, `not self.halted`, `client.is_paper()`. */
function isFlag(part: Expr): boolean {
  const inner = part.kind === 'unary' && part.op === 'not' ? part.operand : part;
  if (inner.kind === 'call') { return inner.callee.kind === 'member' || (inner.callee.kind === 'name' && !/^(?:isinstance|issubclass|hasattr|callable|len|all|any)$/.test(inner.callee.name)); }
  return inner.kind === 'name' || inner.kind === 'member';
}

export const assertGuard = defineRule<MessageId, unknown>({
  id: 'SEC210',
  name: 'assert-guard',
  guardian: 'security',
  languages: ['python', 'typescript', 'javascript', 'notebook'],
  severity: 'error',
  gate: 'merge',
  since: '0.1.0',
  scope: 'code',
  cost: 'fast',
  summary: 'An assert that stands before an order or compares a risk limit: Python drops it under -O, `console.assert` never stops anything.',
  messages: {
    order: 'Under python -O this check is gone, and the order behind it goes out unchecked. Write if … raise.',
    limit: 'Under python -O this limit of risk is gone, and nothing stops the loss. Write if … raise.',
    console: 'console.assert only prints: the order behind it goes out all the same. Write if (…) throw.',
  },
  options: z.strictObject({}),
  create,
});
