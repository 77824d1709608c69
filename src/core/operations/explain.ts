/** `explain RULE`: one rule's page, by id, name or detector. */
import * as z from 'zod';
import { docsUrl } from '../findings/docs-url.ts';
import { findRule, nearest, ruleNames } from '../rules/registry.ts';
import type { Rule } from '../rules/rule.ts';
import type { Outcome } from '../outcome.ts';
import { withDetectors } from '../workspace/config-problems.ts';
import type { CustomDetector } from '../workspace/custom-detector.ts';
import { defineOperation, type OperationContext } from './operation.ts';
import { rulePage } from './pages.ts';
import { settingsHere } from './settings.ts';

const explainInput = z.object({
  rule: z.string().meta({ positional: true, value: 'rule', description: 'Id, name or detector: APX004, late-cutoff, SEC001/private-key' }),
});

/** What `explain` is asked. */
export type ExplainInput = z.output<typeof explainInput>;

/** A rule's page. */
export interface ExplainReport {
  readonly rule: string;
  readonly name: string;
  /** Set when a detector was asked for. */
  readonly detector?: string;
  readonly summary: string;
  /** Address of the page on the web. */
  readonly docs: string;
  /** The page in Markdown, the detector's line first when one was asked for. */
  readonly page: string;
}

const explainOutput = z.object({
  rule: z.string(), name: z.string(), detector: z.string().optional(), summary: z.string(), docs: z.string(), page: z.string(),
}) as z.ZodType<ExplainReport>;

/** The `explain` operation; reads the page beside the package, and `tickguard.json` for a detector that the page does not have. */
export const explainOperation = defineOperation<ExplainInput, ExplainReport>({
  id: 'explain',
  summary: 'Show a rule\'s page: why it matters, a bad and a good example, when not to use it',
  words: ['explain', 'rule', 'why', 'documentation'],
  input: explainInput,
  output: explainOutput,
  doors: ['cli', 'lsp'],
  needsTrust: false,
  run: explain,
});

async function explain(input: ExplainInput, context: OperationContext): Promise<Outcome<ExplainReport>> {
  const own = await ownDetectors(input.rule, context);
  if (!own.ok) { return own; }
  const rules = withDetectors(context.rules, own.value);
  const found = findRule(rules, input.rule);
  if (found === undefined) { return { ok: false, error: unknownRule(input.rule, rules) }; }
  const { rule, detector } = found;
  const page = rulePage(rule.id) ?? shortPage(rule);
  return {
    ok: true,
    value: {
      rule: rule.id, name: rule.name, summary: rule.summary, docs: docsUrl(rule.id),
      ...(detector === undefined ? {} : { detector }),
      page: detector === undefined ? page : `${detectorLine(rule.id, detector, own.value.find(({ name }) => name === detector))}\n\n${page}`,
    },
  };
}

/** The detectors that a desk wrote itself; read only where a detector was asked for that the rule does not have. */
async function ownDetectors(asked: string, context: OperationContext): Promise<Outcome<readonly CustomDetector[]>> {
  const none = { ok: true, value: [] } as const;
  const owner = asked.includes('/') && findRule(context.rules, asked) === undefined ? findRule(context.rules, asked.split('/', 1)[0] ?? '')?.rule : undefined;
  if (owner?.customProblems === undefined) { return none; }
  const settings = await settingsHere(context);
  return settings.ok ? await settings.value.everyDetector() : settings;
}

/** What a detector is: its name and how it is silenced, and of one of a desk's own what the desk wrote. */
function detectorLine(rule: string, detector: string, own: CustomDetector | undefined): string {
  const silence = `silence it alone with \`ignore[${rule}/${detector}]\`.`;
  if (own === undefined) { return `Detector \`${detector}\` of ${rule}: ${silence}`; }
  const { title, opens = 'it opens what it was made for', rotate = 'Revoke it', provider, keywords, pattern } = own;
  return [
    `Detector \`${detector}\` of ${rule}, your own, from \`tickguard.json\`: ${silence}`,
    `${title}${provider === undefined ? '' : ` (${provider})`}: ${opens}. ${rotate}, then read it from the environment.`,
    `Found by ${keywords.map((word) => `\`${word}\``).join(', ')} and the pattern \`${pattern}\`.`,
  ].join('\n\n');
}

/** How many names of detectors a sentence bears. */
const SHOWN = 12;

/** The sentence for a rule nobody knows: of a known rule its detectors, else the nearest name, else all ids. */
function unknownRule(given: string, rules: readonly Rule[]): string {
  const owner = findRule(rules, given.split('/', 1)[0] ?? '')?.rule;
  const names = owner !== undefined && given.includes('/') ? (owner.detectors ?? []).map((name) => `${owner.id}/${name}`) : ruleNames(rules);
  const near = nearest(given, names);
  if (near !== undefined) { return `There is no rule ${given}. Did you mean ${near}?`; }
  if (owner !== undefined && given.includes('/')) {
    if (names.length === 0) { return `${owner.id} has no detectors. Ask for ${owner.id} alone.`; }
    const more = names.length > SHOWN ? ` and ${names.length - SHOWN} more; ask for ${owner.id}` : '';
    return `${owner.id} has no such detector. It has ${names.slice(0, SHOWN).join(', ')}${more}.`;
  }
  return `There is no rule ${given}. The rules are ${rules.map((rule) => rule.id).join(', ')}.`;
}

/** What the rule itself knows, for an installation without the pages. */
function shortPage(rule: Rule): string {
  return [
    `# ${rule.id}: ${rule.name}`, rule.summary,
    `Severity ${rule.severity}, gate ${rule.gate}, since ${rule.since}, for ${rule.languages.join(', ')}.`,
    `This installation lacks the page itself; read it at ${docsUrl(rule.id)}`,
  ].join('\n\n') + '\n';
}
