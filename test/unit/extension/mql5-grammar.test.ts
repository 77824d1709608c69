/** The TextMate grammar of MQL5 that package.json contributes: what each piece of a line is shown as. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { languageOf } from '../../../src/core/source/languages.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
const json = <T>(path: string): T => JSON.parse(readFileSync(join(root, path), 'utf8')) as T;

interface Pattern {
  readonly include?: string;
  readonly name?: string;
  readonly match?: string;
  readonly begin?: string;
  readonly end?: string;
  readonly captures?: Readonly<Record<string, { readonly name: string }>>;
  readonly patterns?: readonly Pattern[];
}
interface Grammar {
  readonly scopeName: string;
  readonly patterns: readonly Pattern[];
  readonly repository: Readonly<Record<string, Pattern>>;
}
interface Manifest {
  readonly contributes: {
    readonly languages: readonly { readonly id: string; readonly extensions?: readonly string[]; readonly configuration?: string }[];
    readonly grammars: readonly { readonly language: string; readonly scopeName: string; readonly path: string }[];
  };
  readonly activationEvents: readonly string[];
}

const grammar = json<Grammar>('syntaxes/mql5.tmLanguage.json');

function flat(patterns: readonly Pattern[]): readonly Pattern[] {
  return patterns.flatMap((pattern) => {
    if (pattern.include === undefined) { return pattern.match === undefined && pattern.begin === undefined ? flat(pattern.patterns ?? []) : [pattern]; }
    const rule = grammar.repository[pattern.include.slice(1)];
    if (rule === undefined) { throw new Error(`no rule ${pattern.include}`); }
    return flat([rule]);
  });
}

/** The scopes of a line as an editor gives them: at each place the pattern that comes first, of those the one listed first. */
function scopes(line: string): readonly string[] {
  const rules = flat(grammar.patterns);
  const found: string[] = [];
  for (let at = 0; at < line.length;) {
    let best: { readonly rule: Pattern; readonly match: RegExpExecArray } | undefined;
    for (const rule of rules) {
      const regex = new RegExp(rule.match ?? rule.begin!, 'dg');
      regex.lastIndex = at;
      const match = regex.exec(line);
      if (match !== null && match[0] !== '' && (best === undefined || match.index < best.match.index)) { best = { rule, match }; }
    }
    if (best === undefined) { break; }
    const { rule, match } = best;
    let end = match.index + match[0].length;
    if (rule.end !== undefined) {
      const close = new RegExp(rule.end, 'g');
      close.lastIndex = end;
      const closing = close.exec(line);
      end = closing === null ? line.length : closing.index + closing[0].length;
    }
    if (rule.name !== undefined) { found.push(`${rule.name.replace('.mql5', '')} ${line.slice(match.index, end).trim()}`); }
    for (const [group, { name }] of Object.entries(rule.captures ?? {})) {
      if (match[Number(group)] !== undefined && Number(group) > 0) { found.push(`${name.replace('.mql5', '')} ${match[Number(group)]}`); }
    }
    at = Math.max(end, at + 1);
  }
  return found;
}

describe('the MQL5 grammar', () => {
  test.each([
    ['input double MaxLoss = 5.0; // percent', ['storage.modifier.input input', 'storage.type double', 'keyword.operator =', 'constant.numeric 5.0', 'comment.line.double-slash // percent']],
    ['input group "Risk"', ['meta.input.group input group', 'storage.modifier.input input', 'storage.modifier.group group', 'string.quoted.double "Risk"']],
    ['#include <Trade/Trade.mqh>', ['meta.preprocessor.include #include <Trade/Trade.mqh>', 'punctuation.definition.directive #', 'keyword.control.directive include', 'string.quoted.other.include <Trade/Trade.mqh>']],
    ['#define MAX 10', ['meta.preprocessor.macro #define MAX', 'punctuation.definition.directive #', 'keyword.control.directive define', 'entity.name.function.preprocessor MAX', 'constant.numeric 10']],
    ["color c = C'1,2,3';", ['storage.type color', 'keyword.operator =', "constant.other.color C'1,2,3'", 'storage.type.literal C']],
    ["datetime d = D'2026.01.01';", ['storage.type datetime', 'keyword.operator =', "constant.other.date D'2026.01.01'", 'storage.type.literal D']],
    ['void OnTick() { Print("a"); }', ['storage.type void', 'entity.name.function.event OnTick', 'support.function Print', 'string.quoted.double "a"']],
    ['CTrade trade; trade.Buy(0.1);', ['support.type CTrade', 'entity.name.function Buy', 'constant.numeric 0.1']],
    ['if(x == NULL) return;', ['keyword.control if', 'keyword.operator ==', 'constant.language NULL', 'keyword.control return']],
    ['class CRisk : public CBase', ['storage.type.class class', 'entity.name.type CRisk', 'storage.modifier public']],
    ['ENUM_TIMEFRAMES tf = PERIOD_H1;', ['support.type ENUM_TIMEFRAMES', 'keyword.operator =', 'constant.other PERIOD_H1']],
    ['double input[];', ['storage.type double']],
  ])('%s', (line, wanted) => { expect(scopes(line)).toEqual(wanted); });

  test('comments that silence a rule stand out', () => {
    const [rule] = grammar.repository['suppression']!.patterns!;
    expect(new RegExp(rule!.match!).exec('tickguard: ignore[PRF004] a recorder')?.[0]).toBe('tickguard: ignore[PRF004]');
  });

  test('package.json contributes it for every file the reader takes', () => {
    const manifest = json<Manifest>('package.json');
    const language = manifest.contributes.languages.find(({ id }) => id === 'mql5');
    expect(language?.extensions?.map((extension) => languageOf(`a${extension}`))).toEqual(['mql5', 'mql5', 'mql5']);
    expect(manifest.contributes.grammars).toEqual([{ language: 'mql5', scopeName: grammar.scopeName, path: './syntaxes/mql5.tmLanguage.json' }]);
    expect(existsSync(join(root, language?.configuration ?? ''))).toBe(true);
    expect(manifest.activationEvents).toContain('onLanguage:mql5');
  });
});
