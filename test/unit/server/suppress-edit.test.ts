/** Wherever a finding stands, the comment that is written silences it: held against the reader of such comments itself. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { Finding } from '../../../src/core/findings/finding.ts';
import { readDirectives, Silences } from '../../../src/core/rules/suppress.ts';
import { readSource, Syntax } from '../../../src/core/source/source.ts';
import { rangeOf, sourceOf } from '../../../src/core/source/text.ts';
import { createEngine } from '../../../src/engine.ts';
import { canSuppress, suppressionFor } from '../../../src/server/suppress-edit.ts';

const { rules } = createEngine();
let syntax: Syntax;
beforeAll(async () => { syntax = await Syntax.create(); });

/** Suppresses a finding at the first `mark` and answers the text and whether a finding there is silent now. */
function suppress(path: string, text: string, mark: string): { readonly text: string; readonly silent: boolean } {
  const source = sourceOf(text);
  const start = text.indexOf(mark);
  const model = readSource(path, source, syntax, { budgetMs: 2000 });
  const finding = { rule: 'PRF004', file: path, range: rangeOf(source, { start, end: start + mark.length }) } as unknown as Finding;
  const insertion = suppressionFor(finding, 'PRF004', 'it is right here', source, model);
  if (insertion === undefined) { throw new Error('no suppression'); }
  const after = text.slice(0, insertion.offset) + insertion.text + text.slice(insertion.offset);
  expect(insertion.text.slice(insertion.reason.start, insertion.reason.end)).toBe('it is right here');
  const again = readSource(path, sourceOf(after), syntax, { budgetMs: 2000 });
  const { directives, problems } = readDirectives(again, rules);
  expect(problems).toEqual([]);
  return { text: after, silent: new Silences(directives).of({ rule: 'PRF004' }, start + insertion.text.length) === 0 };
}

/** A notebook with a page and one cell. */
function book(source: string | readonly string[]): string {
  return `${JSON.stringify({ cells: [{ cell_type: 'markdown', metadata: {}, source: ['print(0)'] }, { cell_type: 'code', execution_count: 1, metadata: {}, outputs: [{ output_type: 'stream', name: 'stdout', text: ['seen\n'] }], source }], metadata: { language_info: { name: 'python' } }, nbformat: 4, nbformat_minor: 5 }, undefined, 1)}\n`;
}

test('a reason with quotes leaves the notebook JSON', () => {
  const text = book(['x = 1\n', 'print(x)']);
  const source = sourceOf(text);
  const start = text.indexOf('print(x)');
  const model = readSource('a.ipynb', source, syntax, { budgetMs: 2000 });
  const finding = { rule: 'PRF004', file: 'a.ipynb', range: rangeOf(source, { start, end: start + 8 }) } as unknown as Finding;
  const insertion = suppressionFor(finding, 'PRF004', 'the "desk" \\ says so', source, model);
  const after = JSON.parse(text.slice(0, insertion!.offset) + insertion!.text + text.slice(insertion!.offset)) as { cells: { source: string[] }[] };
  expect(after.cells[1]!.source.join('')).toBe('x = 1\n# tickguard: ignore[PRF004] the "desk" \\ says so\nprint(x)');
  expect(insertion!.inCell!.text).toBe('# tickguard: ignore[PRF004] the "desk" \\ says so\n');
});

test('an output, and the line of a magic of its cell, take no comment', () => {
  const text = book(['%%time\n', 'print(x)']);
  const source = sourceOf(text);
  const model = readSource('a.ipynb', source, syntax, { budgetMs: 2000 });
  for (const mark of ['seen', '%%time']) {
    const start = text.indexOf(mark);
    const finding = { rule: 'SEC001', file: 'a.ipynb', range: rangeOf(source, { start, end: start + 4 }) } as unknown as Finding;
    expect(suppressionFor(finding, 'SEC001', 'why', source, model)).toBeUndefined();
  }
  expect(canSuppress('a.ipynb', model, text.indexOf('seen'))).toBe(false);
  expect(canSuppress('a.ipynb', model, text.indexOf('print(x)'))).toBe(true);
});

describe('the comment silences a finding', () => {
  test.each([
    ['in a plain statement', 'a.py', 'x = 1\nprint(x)\n', 'print(x)'],
    ['on the first line', 'a.py', 'print(1)\n', 'print(1)'],
    ['in an indented one', 'a.py', 'def f():\n\tif x:\n\t\tprint(x)\n', 'print(x)'],
    ['on a later line of a call', 'a.py', 'foo(\n    1,\n    print(2),\n)\n', 'print(2)'],
    ['behind a string of several lines', 'a.py', 'x = ("""one\n  two""", print(2))\n', 'print(2)'],
    ['inside a string of several lines', 'a.py', 'x = """one\n  two\n"""\n', 'two'],
    ['in an f-string of several lines', 'a.py', 'def f():\n    x = f"""one\n  {print(2)}\n"""\n', 'print(2)'],
    ['behind a continued line', 'a.py', 'x = 1 + \\\n    print(2)\n', 'print(2)'],
    ['in an elif', 'a.py', 'if a:\n    pass\nelif print(2):\n    pass\n', 'print(2)'],
    ['in a decorator', 'a.py', '@wrap(print(2))\ndef f():\n    pass\n', 'print(2)'],
    ['in a default', 'a.py', 'class A:\n    def f(self,\n          x=print(2)):\n        pass\n', 'print(2)'],
    ['beside another statement', 'a.py', 'x = 1; print(x)\n', 'print(x)'],
    ['in TypeScript', 'a.ts', 'function f() {\n  if (x) {\n    print(x);\n  }\n}\n', 'print(x)'],
    ['on a later line of a call of JavaScript', 'a.js', 'foo(\n  1,\n  print(2),\n);\n', 'print(2)'],
    ['in a template of several lines', 'a.ts', 'const x = `one\n  ${print(2)}\n`;\n', 'print(2)'],
    ['in a method behind an arrow', 'a.ts', 'class A {\n  f = () =>\n    print(2);\n}\n', 'print(2)'],
    ['in a cell of lines', 'a.ipynb', book(['x = 1\n', 'print(x)']), 'print(x)'],
    ['on the first line of a cell', 'a.ipynb', book(['print(x)\n', 'y = 2']), 'print(x)'],
    ['indented in a cell of lines', 'a.ipynb', book(['def f():\n', '\tif x:\n', '\t    print(x)']), 'print(x)'],
    ['in a cell that is one string', 'a.ipynb', book('x = 1\nif x:\n    print(x)\n'), 'print(x)'],
    ['on the first line of a cell that is one string', 'a.ipynb', book('print("[x")\ny = 1'), '[x'],
    ['behind a continued line of a cell', 'a.ipynb', book(['x = 1 + \\\n', '    print(2)\n']), 'print(2)'],
    ['in a string of several lines of a cell', 'a.ipynb', book(['x = (\"\"\"one\n', '  two\"\"\", print(2))\n']), 'print(2)'],
    ['in a notebook on one line', 'a.ipynb', JSON.stringify(JSON.parse(book(['x = 1\n', 'print(x)']))), 'print(x)'],
    ['in YAML', 'a.yaml', 'a:\n  b: 1\n  c: "23:59"\n', '23:59'],
    ['in a YAML list', 'a.yaml', 'a:\n  - one\n  - two\n', 'two'],
    ['in a YAML block', 'a.yaml', 'a:\n  b: |\n    one\n    two\n', 'two'],
    ['in TOML', 'a.toml', '[a]\nb = 1\nc = "x"\n', 'x'],
    ['in a TOML string of several lines', 'a.toml', '[a]\nb = """\none\ntwo\n"""\n', 'two'],
    ['in a .env', '.env', 'A=1\nB=2\n', '2'],
    ['in a preset', 'a.set', 'A=1\r\nB=2||1||1||3||Y\r\n', '2'],
    ['in a section', 'a.ini', '[a]\nb = 1\nc = 2\n', '2'],
    ['in a script', 'a.sh', 'set -e\n  export A=1\n', '1'],
    ['in PowerShell', 'a.ps1', '$a = 1\n$b = 2\n', '2'],
    ['in a Dockerfile', 'Dockerfile', 'FROM x\nENV A=1 \\\n    B=2\n', '2'],
    ['in prose', 'AGENTS.md', '# Title\n\n- Max drawdown: 12%\n', '12%'],
    ['in a fence', 'AGENTS.md', '# Title\n\n```yaml\na:\n  b: 12\n```\n', '12'],
    ['in a fence of Python', 'AGENTS.md', '```python\ndef f():\n    print(1)\n```\n', 'print(1)'],
    ['in a fence of a list', 'AGENTS.md', '- do\n  ```yaml\n  b: 12\n  ```\n', '12'],
    ['without a line break at the end', 'a.py', 'x = 1\nprint(x)', 'print(x)'],
  ])('%s', (_name, path, text, mark) => {
    const { silent, text: after } = suppress(path, text, mark);
    expect(silent, after).toBe(true);
  });

  test('with the indentation and the line break of its surroundings', () => {
    expect(suppress('a.py', 'def f():\r\n\tprint(1)\r\n', 'print(1)').text)
      .toBe('def f():\r\n\t# tickguard: ignore[PRF004] it is right here\r\n\tprint(1)\r\n');
  });
});

test.each([
  ['a row of a table', 'AGENTS.md', '| Limit | Value |\n|---|---|\n| Max drawdown | 12% |\n', '12%'],
  ['JSON in a fence', 'AGENTS.md', '```json\n{"a": 12}\n```\n', '12'],
  ['a continued line of a script', 'a.sh', 'A=1 \\\n  B=2 run\n', '2'],
])('%s has no place for one', (_name, path, text, mark) => {
  expect(() => suppress(path, text, mark)).toThrow('no suppression');
});

test.each([['a.json', false], ['a.set', true], ['a.md', true], ['a.jsonc', true], ['tickguard.json', true], ['sub/tickguard.json', true], ['a.py', true], ['a.txt', true]])(
  '%s can hold a comment: %s', (path, can) => { expect(canSuppress(path, undefined, 0)).toBe(can); },
);
