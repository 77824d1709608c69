/** Small rules and a way to run them over a text, for the tests of the rule layer. */
import { z } from 'zod';
import type { PendingFinding, Suppression } from '../../../src/core/rules/pending.ts';
import { engineRules } from '../../../src/core/rules/registry.ts';
import { defineRule, type FileFacts, type Rule, type RuleListener } from '../../../src/core/rules/rule.ts';
import { runRules, type RunInput } from '../../../src/core/rules/run.ts';
import { readSource, type Syntax } from '../../../src/core/source/source.ts';
import { sourceOf } from '../../../src/core/source/text.ts';
import type { FileConfig } from '../../../src/core/workspace/config-file.ts';

/** No setting and no account. */
export const NO_CONFIG: FileConfig = { accounts: [], setting: () => ({ options: undefined }) };

/** A configuration that sets these rules. */
export function configOf(settings: Readonly<Record<string, { severity?: 'error' | 'warning' | 'info' | 'off'; options?: unknown }>>): FileConfig {
  return { accounts: [], setting: (id) => ({ options: undefined, ...settings[id] }) };
}

/** A rule that does what `create` says; everything else is ordinary. */
export function ruleOf(change: Partial<Rule>): Rule {
  return defineRule({
    id: 'TST001', name: 'test-rule', guardian: 'security', languages: ['python', 'yaml', 'json', 'toml', 'dotenv', 'text'], severity: 'error',
    gate: 'commit', since: '0.1.0', scope: 'everywhere', cost: 'fast', summary: 'For tests.', messages: { found: 'Found {what}. Remove it.' },
    options: z.strictObject({}), create: () => ({}), ...change,
  } as Rule);
}

/** Reports every call of `bad(…)` and every configuration key `bad`. */
export const badCalls: Rule = ruleOf({
  create: (context): RuleListener => ({
    call(node) {
      if (node.callee.kind === 'name' && node.callee.name === 'bad') {
        context.report({ at: node, messageId: 'found', data: { what: 'bad' } });
      }
    },
    entry(entry) {
      if (entry.key === 'bad') { context.report({ at: entry.valueSpan, messageId: 'found', data: { what: 'bad' } }); }
    },
  }),
});

/** Reports every string that begins with `sk-` as a secret, under the detector `sk`. */
export const secretStrings: Rule = ruleOf({
  id: 'TST002', name: 'secret-strings', detectors: ['sk', 'other'],
  create: (context): RuleListener => ({
    literal(node) {
      if (node.type !== 'string' || !String(node.value).startsWith('sk-')) { return; }
      const at = node.content ?? node;
      context.report({ at, messageId: 'found', data: { what: String(node.value) }, detector: 'sk', secrets: [{ at, kind: 'sk' }], evidence: { value: String(node.value) } });
    },
  }),
});

export interface Ran {
  readonly findings: readonly PendingFinding[];
  readonly suppressions: readonly Suppression[];
  readonly failed: readonly { readonly rule: string; readonly error: string }[];
  /** `RULE line:column-line:column`, with `-` before what is silenced. */
  readonly short: readonly string[];
}

/** Runs rules over a text as if it stood in `path`. */
export function runOver(
  syntax: Syntax, text: string, rules: readonly Rule[],
  change: Partial<Omit<RunInput, 'model' | 'file' | 'rules'>> & { readonly path?: string; readonly file?: FileFacts } = {},
): Ran {
  const { path = 'a.py', file = { role: 'code' }, ...rest } = change;
  const model = readSource(path, sourceOf(text), syntax, { budgetMs: 2_000 });
  const run = runRules({ model, file, rules: [...engineRules, ...rules], config: NO_CONFIG, asOf: '2026-08-01', ...rest });
  const short = run.findings.map(({ finding, suppressed }) => {
    const { line, column, endLine, endColumn } = finding.range;
    return `${suppressed === undefined ? '' : '-'}${finding.rule} ${line}:${column}-${endLine}:${endColumn}`;
  });
  return { ...run, short };
}
