/**
 * What the rules for secrets cost, measured in a bundle as it is shipped: the modules of a test run are wrapped, and a hot loop in them takes thrice as
 * long. Started by secrets-typing.test.ts with the folder of the grammars; prints JSON.
 */
import type { Rule } from '../../src/core/rules/rule.ts';
import { runRules } from '../../src/core/rules/run.ts';
import { grammarsOf } from '../../src/core/source/code-languages.ts';
import { SourceDocument } from '../../src/core/source/document.ts';
import type { SourceModel } from '../../src/core/source/model.ts';
import { loadGrammars, startParsers } from '../../src/core/workspace/parsers.ts';
import { securityRules } from '../../src/guardians/security/index.ts';
import { HOSTILE_PIECES } from '../support/hostile-pieces.ts';
import { slowness } from '../support/machine.ts';
import { NO_CONFIG } from '../unit/rules/run-helper.ts';
import { LANGUAGES } from './languages.ts';
import { apply, script } from './typed-edits.ts';

/** ms of each edit of a program of 2,000 lines. */
export interface TypingCost {
  readonly language: string;
  readonly secrets: readonly number[];
  /** Of all security rules, once the model was asked by the secrets'. */
  readonly all: readonly number[];
}

/** ms of 50 KB of one text: the first time, and the others sorted. */
export interface TextCost {
  readonly name: string;
  readonly first: number;
  readonly others: readonly number[];
}

export interface SecretsCost {
  readonly typing: readonly TypingCost[];
  readonly texts: readonly TextCost[];
  readonly slower: number;
}

const ANYTHING = 50 * 1024;
const TIMES = 14;
/** The rules that look for credentials, and those that follow them. */
const SECRETS = securityRules.filter(({ id }) => id === 'SEC001' || id.startsWith('ENV'));

/** ms that the rules take on a model, once. */
function cost(rules: readonly Rule[], model: SourceModel): number {
  const started = performance.now();
  runRules({ model, file: { role: 'code' }, rules, config: NO_CONFIG, asOf: '2026-11-22' });
  return performance.now() - started;
}

async function main(wasmFolder: string): Promise<void> {
  const syntax = await startParsers(wasmFolder);
  const before = slowness();
  const typing: TypingCost[] = [];
  for (const language of LANGUAGES) {
    const { path, text: long } = language.big;
    await loadGrammars(syntax, grammarsOf([path]), wasmFolder);
    let text = long(2_000);
    const document = new SourceDocument(path, text, syntax, { budgetMs: 2_000 });
    const secrets: number[] = [];
    const all: number[] = [];
    for (const edit of script(text, language.big)) {
      ({ text } = apply(text, edit));
      document.update(text);
      // First the secrets: what they ask of the model, such as what its names mean, is on their bill.
      secrets.push(cost(SECRETS, document.model));
      all.push(cost(securityRules, document.model));
    }
    document.dispose();
    typing.push({ language: language.name, secrets, all });
  }
  const texts = Object.entries(HOSTILE_PIECES).map(([name, piece]): TextCost => {
    const document = new SourceDocument('anything.txt', piece.repeat(Math.ceil(ANYTHING / piece.length)).slice(0, ANYTHING), syntax, { budgetMs: 2_000 });
    const [first = 0, ...others] = Array.from({ length: TIMES }, () => cost(SECRETS, document.model));
    document.dispose();
    return { name, first, others: others.sort((a, b) => a - b) };
  });
  console.log(JSON.stringify({ typing, texts, slower: Math.max(before, slowness()) } satisfies SecretsCost));
}

void main(process.argv[2] as string);
