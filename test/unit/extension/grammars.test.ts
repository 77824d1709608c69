/** The TextMate grammars that package.json contributes: what each piece of a line is shown as. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { languageOf } from '../../../src/core/source/languages.ts';
import { grammarOf, manifest, pieces } from '../../support/grammars.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const { languages, grammars } = manifest.contributes;

const quoted = (text: string): readonly string[] => ['string.quoted.double "', `string.quoted.double ${text}`, 'string.quoted.double "'];
const entry = (name: string): readonly string[] => [`variable.other.property ${name}`, 'keyword.operator.assignment ='];
const comment = (text: string): readonly string[] => ['punctuation.definition.comment #', `comment.line.number-sign ${text}`];

describe('MQL5', () => {
  test.each<[string, readonly string[]]>([
    ['input double MaxLoss = 5.0; // percent', ['storage.modifier.input input', 'storage.type double', 'keyword.operator =', 'constant.numeric 5.0', 'punctuation.definition.comment //', 'comment.line.double-slash percent']],
    ['input group "Risk"', ['storage.modifier.input input', 'storage.modifier.group group', ...quoted('Risk')]],
    ['#include <Trade/Trade.mqh>', ['punctuation.definition.directive #', 'keyword.control.directive include', 'string.quoted.other.include <Trade/Trade.mqh>']],
    ['#define MAX 10', ['punctuation.definition.directive #', 'keyword.control.directive define', 'entity.name.function.preprocessor MAX', 'constant.numeric 10']],
    ["color c = C'1,2,3';", ['storage.type color', 'keyword.operator =', 'storage.type.literal C', "constant.other.color '1,2,3'"]],
    ["datetime d = D'2026.01.01';", ['storage.type datetime', 'keyword.operator =', 'storage.type.literal D', "constant.other.date '2026.01.01'"]],
    ['void OnTick() { Print("a"); }', ['storage.type void', 'entity.name.function.event OnTick', 'support.function Print', ...quoted('a')]],
    ['CTrade trade; trade.Buy(0.1);', ['support.type CTrade', 'entity.name.function Buy', 'constant.numeric 0.1']],
    ['if(x == NULL) return;', ['keyword.control if', 'keyword.operator ==', 'constant.language NULL', 'keyword.control return']],
    ['class CRisk : public CBase', ['storage.type.class class', 'entity.name.type CRisk', 'storage.modifier public']],
    ['ENUM_TIMEFRAMES tf = PERIOD_H1;', ['support.type ENUM_TIMEFRAMES', 'keyword.operator =', 'constant.other PERIOD_H1']],
    ['double input[];', ['storage.type double']],
    ['/* a\nint b */ int c;', ['punctuation.definition.comment.begin /*', 'comment.block a', 'comment.block int b', 'punctuation.definition.comment.end */', 'storage.type int']],
  ])('%s', async (text, wanted) => { expect(pieces(await grammarOf('source.mql5'), text)).toEqual(wanted); });
});

describe('.env', () => {
  test.each<[string, readonly string[]]>([
    ['export KEY="ab${HOME}c\\n" # live', [
      'storage.modifier.export export', ...entry('KEY'), 'punctuation.definition.string.begin "', 'string.quoted.double ab', 'variable.other.interpolated ${HOME}',
      'string.quoted.double c', 'constant.character.escape \\n', 'punctuation.definition.string.end "', ...comment('live')]],
    ["A='x#y'", [...entry('A'), "string.quoted.single 'x#y'"]],
    // Only behind a blank a number sign begins a comment, as dotenv reads it.
    ['PASS=ab#cd ef # note', [...entry('PASS'), 'string.unquoted ab#cd ef', ...comment('note')]],
    ['EMPTY=', entry('EMPTY')],
    ['N=12.5', [...entry('N'), 'constant.numeric 12.5']],
    ['T=true', [...entry('T'), 'constant.language true']],
    ['F=5 minutes', [...entry('F'), 'string.unquoted 5 minutes']],
    ["M=don't stop", [...entry('M'), "string.unquoted don't stop"]],
    ['URL=https://x.y/$USER?z=1', [...entry('URL'), 'string.unquoted https://x.y/', 'variable.other.interpolated $USER', 'string.unquoted ?z=1']],
    ['  # indented', comment('indented')],
    ['K="one\n# two\nthree" # c\nNEXT=1', [
      ...entry('K'), 'punctuation.definition.string.begin "', 'string.quoted.double one', 'string.quoted.double # two', 'string.quoted.double three',
      'punctuation.definition.string.end "', ...comment('c'), ...entry('NEXT'), 'constant.numeric 1']],
    ['no entry', []],
  ])('%s', async (text, wanted) => { expect(pieces(await grammarOf('source.dotenv'), text)).toEqual(wanted); });
});

describe('comments that silence a rule', () => {
  const PYTHON = { scopeName: 'source.python', patterns: [{ name: 'comment.line.number-sign.test', begin: '#', end: '$' }] };
  const shown = (word: string, rules: readonly string[]): readonly string[] => [
    'keyword.other tickguard:', `keyword.control.suppression ${word}`, 'punctuation.section.brackets.begin [',
    ...rules.flatMap((rule, i) => [...(i === 0 ? [] : ['punctuation.separator.comma ,']), `entity.name.tag.rule ${rule}`]), 'punctuation.section.brackets.end ]'];

  test.each([
    ['source.mql5', 'Print(1); // tickguard: ignore[PRF004, SEC001/aws-key] why', 'ignore', ['PRF004', 'SEC001/aws-key']],
    ['source.mql5', '/* tickguard: ignore-file[PRF004] why */', 'ignore-file', ['PRF004']],
    ['source.dotenv', 'A=b # tickguard: ignore[ENV001] why', 'ignore', ['ENV001']],
    ['source.python', 'print(1)  # noqa # tickguard: ignore[PRF004] why', 'ignore', ['PRF004']],
  ])('in %s: %s', async (scope, text, word, rules) => {
    const found = pieces(await grammarOf(scope, { 'source.python': PYTHON }), text);
    expect(found.slice(found.indexOf('keyword.other tickguard:')).slice(0, shown(word, rules).length)).toEqual(shown(word, rules));
  });

  test.each(['x = "tickguard: ignore[PRF004]"', 'tickguard: ignore[PRF004]', '# tickguard: is quiet', '# my-tickguard: ignore[PRF004]'])('not: %s', async (text) => {
    const found = pieces(await grammarOf('source.python', { 'source.python': PYTHON }), text);
    expect(found.filter((piece) => piece.startsWith('keyword.'))).toEqual([]);
  });
});

test('package.json contributes them for the files that the reader takes as such', () => {
  const extensionsOf = (id: string): readonly string[] => languages.find((language) => language.id === id)?.extensions ?? [];
  expect(extensionsOf('mql5').map((extension) => languageOf(`a${extension}`))).toEqual(['mql5', 'mql5', 'mql5']);
  expect(extensionsOf('dotenv').map((extension) => languageOf(`a${extension}`))).toEqual(['dotenv']);
  expect(languages.find(({ id }) => id === 'dotenv')?.filenamePatterns).toEqual(['.env.*']);
  expect(languageOf('.env.live')).toBe('dotenv');
  for (const { path, language } of grammars) {
    expect(existsSync(join(root, path)), path).toBe(true);
    if (language === undefined) { continue; }
    expect(existsSync(join(root, languages.find(({ id }) => id === language)?.configuration ?? 'missing')), language).toBe(true);
    expect(manifest.activationEvents).toContain(`onLanguage:${language}`);
  }
});
