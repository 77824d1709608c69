/** Markdown pages: fences as files, what is shown as wrong, comments, and limits that instructions state. */
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { isAgentFile } from '../../../src/core/source/embedded/agent-files.ts';
import { judgement } from '../../../src/core/source/embedded/labels.ts';
import { readSource, Syntax } from '../../../src/core/source/source.ts';
import type { SourceModel } from '../../../src/core/source/model.ts';
import { sourceOf } from '../../../src/core/source/text.ts';

let syntax: Syntax;
beforeAll(async () => { syntax = await Syntax.create(); });

const read = (text: string, path = 'AGENTS.md'): SourceModel => readSource(path, sourceOf(text), syntax, { budgetMs: 5_000 });
const entries = (text: string, path?: string): readonly string[] => read(text, path).entries.filter((entry) => entry.shape === 'scalar')
  .map((entry) => `${entry.path.join('/')}=${text.slice(entry.valueSpan.start, entry.valueSpan.end)}`);

describe('fences', () => {
  test('of configuration give entries, each under the number of its fence', () => {
    const text = '# Limits\n\n```yaml\nrisk:\n  max_daily_loss: 5%\n```\n~~~~json title="x"\n{"flat_by": "16:59"}\n~~~~\n\n```\nfree: text\n```\n';
    expect(entries(text)).toEqual(['0/Limits/risk/max_daily_loss=5%', '1/Limits/flat_by=16:59']);
    expect(read(text).parts?.map((part) => [part.language, part.kind, text.slice(part.content.start, part.content.end)])).toEqual([
      ['yaml', 'code', 'risk:\n  max_daily_loss: 5%\n'], ['json', 'code', '{"flat_by": "16:59"}\n'], ['text', 'text', 'free: text\n'],
    ]);
  });

  test('of Python give statements at their places, in lists and quotations too', () => {
    const text = '- do:\n\n  ```python\n  def f(x):\n      return x  # why\n  ```\n\n> ```py\n> y = 1\n> ```\n';
    const model = read(text);
    expect(model.functions[0]?.name).toBe('f');
    expect(text.slice(model.functions[0]?.start, model.functions[0]?.end)).toBe('def f(x):\n      return x');
    expect(model.body.map((statement) => text.slice(statement.start, statement.end)).at(-1)).toBe('y = 1');
    expect(model.comments.map(({ text: words, ownLine }) => [words, ownLine])).toEqual([['why', false]]);
    expect(model.errors).toEqual([]);
  });

  test('a broken sample does not cost the next one', () => {
    const text = '```python\nclass : (\n```\n```python\nlimit = 5\n```\n';
    expect(read(text).body.map((statement) => text.slice(statement.start, statement.end))).toContain('limit = 5');
  });

  test('an unclosed fence runs to the end; a shorter mark does not close it', () => {
    expect(entries('````yaml\na: 1\n```\nb: 2\n')).toContain('0/a=1');
    expect(entries('```yaml\na: 1')).toEqual(['0/a=1']);
  });

  test('front matter is configuration', () => {
    expect(entries('---\nname: risk\nmax_dd: 5\n---\ntext\n')).toEqual(['0/name=risk', '0/max_dd=5']);
  });

  test.each([
    ['Bad:\n\n```yaml\na: 1\n```', []],
    ['## Wrong\n\nSome words.\n\n```yaml\na: 1\n```', []],
    ['## Wrong\n\n```yaml\na: 1\n```\n\nCorrect:\n\n```yaml\nb: 2\n```', ['1/Wrong/b=2']],
    ['```yaml bad\na: 1\n```', []],
    ['Never exceed these limits:\n```yaml\na: 1\n```', ['0/a=1']],
    ['Do not hardcode keys:\n```yaml\na: 1\n```', []],
    ['```yaml\n# ❌ Bad\na: 1\n# ✅ Good\nb: 2\n```', ['1/b=2']],
  ])('%j', (text, expected) => {
    const found = read(text).entries.map((entry) => `${entry.path.join('/')}=${entry.text}`).map((line, _, all) => line.replace(/^\d+/, String(all.length)));
    expect(found).toEqual(expected.map((line) => line.replace(/^\d+/, String(expected.length))));
  });

  test('comments, also over several lines; those inside fences are the fence’s', () => {
    const text = '<!-- one -->\n<!-- two\nlines -->\n```html\n<!-- no -->\n```\na <!-- three -->\n';
    expect(read(text).comments.map(({ text: words, ownLine }) => [words, ownLine])).toEqual([['one', true], ['two\nlines', true], ['three', false]]);
  });
});

describe('labels', () => {
  test.each([
    ['❌ Bad', 'wrong'], ['**Wrong** (hardcoded)', 'wrong'], ['# BAD: key in code', 'wrong'], ['Avoid:', 'wrong'], ["Don't do this:", 'wrong'],
    ['✅ Good', 'right'], ['Correct:', 'right'], ['Use this instead of the bad one:', 'right'], ['Never exceed these limits:', 'right'],
    ['Configuration', 'none'], ['The badge and the goods', 'none'],
    ['A long sentence which says that something bad may come of it if nobody looks after the open positions at night.', 'none'],
  ])('%s is %s', (line, expected) => {
    expect(judgement(line)).toBe(expected);
  });
});

describe('instructions', () => {
  test.each([
    'AGENTS.md', 'sub/CLAUDE.md', '.cursorrules', '.cursor/rules/risk.mdc', '.github/copilot-instructions.md', '.factory/droids/trader.md', '.claude/skills/risk/SKILL.md', 'skills/risk.md',
  ])('%s', (path) => { expect(isAgentFile(path)).toBe(true); });

  test.each(['README.md', 'docs/agents-guide.md', 'src/agents.py', '.claude/settings.json'])('not %s', (path) => { expect(isAgentFile(path)).toBe(false); });

  test.each([
    ['- **Max daily loss**: $2,500 (hard stop)', 'Max daily loss', '$2,500'],
    ['* Max drawdown: 12%', 'Max drawdown', '12%'],
    ['| Max drawdown | 12 % | hard |', 'Max drawdown', '12 %'],
    ['1. `max_daily_loss` = 2500', 'max_daily_loss', '2500'],
    ['- flatten_time: 16:59', 'flatten_time', '16:59'],
    ['All positions must be flat by **16:59 ET**, without exception.', 'flat_by', '16:59 ET'],
    ['Flatten everything before 4:55 PM ET.', 'flat_by', '4:55 PM ET'],
  ])('%s', (line, key, value) => {
    const text = `# Rules\n\n${line}\n`;
    const [entry] = read(text).entries;
    expect([entry?.key, entry?.text, text.slice(entry?.valueSpan.start, entry?.valueSpan.end)]).toEqual([key, value, value]);
  });

  test.each(['Never use a max daily loss: 5%', '- Max drawdown was: 12%', 'See section 4: 12 rules', '- Version: 2.1', '- e.g. max drawdown: 5%'])('%s states no limit', (line) => {
    expect(read(`${line}\n`).entries.filter(({ key }) => /loss|drawdown/i.test(key))).toEqual([]);
  });

  test('prose of other pages is prose, and their code is not read', () => {
    expect(entries('- Max drawdown: 12%\n', 'README.md')).toEqual([]);
    expect(read('```python\nx = 1\n```\n', 'README.md').body).toEqual([]);
  });
});

test('whatever it is fed, spans are places of the text', () => {
  const pieces = ['```', '~~~', 'yaml', 'python', '\n', '\r\n', '\r', '> ', '- ', '  ', 'a: 1', 'x = 1', '<!--', '-->', '---\n', '# Bad', 'é😀', 'max loss: 5%', '{', '"'];
  fc.assert(fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 60 }), (parts) => {
    const text = parts.join('');
    const model = read(text);
    for (const { start, end } of [...model.entries, ...model.comments, ...model.errors, ...model.body, ...model.parts ?? []]) {
      expect(start).toBeGreaterThanOrEqual(0);
      expect(end).toBeGreaterThanOrEqual(start);
      expect(end).toBeLessThanOrEqual(text.length);
    }
    for (const entry of model.entries) if (entry.shape === 'scalar' && !entry.alias && !/[\n\r]/.test(entry.text)) expect(text.slice(entry.valueSpan.start, entry.valueSpan.end)).toBe(entry.text);
  }), { numRuns: 500 });
});

test.each(['```\n', '```yaml\na: 1\n```\n', '<!--', '<!--x-->', '> ```\n', '- a: 5\n', '# Bad\n', '```python\nx = 1\n```\n'])('is linear in %j', (piece) => {
  const time = (count: number): number => {
    const text = piece.repeat(count);
    const started = performance.now();
    read(text);
    return performance.now() - started;
  };
  time(500);
  expect(time(20_000)).toBeLessThan(Math.max(time(1_000), 5) * 100);
});
