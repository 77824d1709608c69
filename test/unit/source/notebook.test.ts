/** Notebooks: cells as one module, exact places behind JSON's escapes, outputs as text, IPython's additions. */
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { readSource, Syntax } from '../../../src/core/source/source.ts';
import { HeldText } from '../../../src/core/source/embedded/held-text.ts';
import { cellMagic, withoutMagics } from '../../../src/core/source/embedded/magics.ts';
import type { SourceModel, Span } from '../../../src/core/source/model.ts';
import { sourceOf } from '../../../src/core/source/text.ts';

let syntax: Syntax;
beforeAll(async () => { syntax = await Syntax.create(); });

interface Cell {
  readonly type?: string;
  readonly source: string | readonly string[];
  readonly outputs?: readonly unknown[];
}

const code = (...cells: (string | readonly string[] | Cell)[]): string => JSON.stringify({
  cells: cells.map((cell) => {
    const { type = 'code', source, outputs = [] } = typeof cell === 'string' || Array.isArray(cell) ? { source: cell } as Cell : cell as Cell;
    return { cell_type: type, metadata: {}, source, ...(type === 'code' ? { execution_count: null, outputs } : {}) };
  }),
  metadata: { language_info: { name: 'python' } }, nbformat: 4, nbformat_minor: 5,
}, undefined, 1);

const read = (text: string, path = 'research.ipynb'): SourceModel => readSource(path, sourceOf(text), syntax, { budgetMs: 5_000 });

/** The characters a span of the file stands for: what is between two lines of a cell falls away. */
function shown(text: string, { start, end }: Span): string {
  return JSON.parse(`"${text.slice(start, end).replace(/",?\s*\n\s*"/g, '')}"`) as string;
}

/** Every place in plain data, in the order of its keys. */
function spansOf(data: unknown): Span[] {
  const found: Span[] = [];
  const open: unknown[] = [data];
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next !== 'object' || next === null) continue;
    const { start, end } = next as Partial<Span>;
    if (typeof start === 'number' && typeof end === 'number') found.push({ start, end });
    for (const value of Object.values(next).reverse()) open.push(value);
  }
  return found;
}

const lines = (source: string): string[] => source.split(/(?<=\n)/);
const codeOf = ({ body, functions, classes, imports, comments }: SourceModel): unknown => ({ body, functions, classes, imports, comments });

describe('places', () => {
  const STATEMENTS = [
    'x = 1\n', 'name = "é😀\\n\\"quoted\\""\n', "key = 'tab\\there'\n", 'def f(a=2, *b):\n    return a  # why \\ not "so"\n', 'class C(Base):\n    limit: float = 5.0\n',
    'if x > 1:\n\ty = f"{x}"\n', 'import os\n', 'z = """long\nstring"""\n', 'call(x, k="\\u00e9")\n', 'a = [i for i in range(3)]\n', '\n', '# only a comment\n',
  ];
  const cells = fc.array(fc.array(fc.constantFrom(...STATEMENTS), { minLength: 1, maxLength: 6 }).map((parts) => parts.join('')), { minLength: 1, maxLength: 5 });

  test('every place of a notebook shows the same characters as that of the Python file with its cells', () => {
    fc.assert(fc.property(cells, fc.boolean(), fc.boolean(), (sources, split, ascii) => {
      const plain = sources.map((source) => `${source}\n`).join('');
      let text = code(...sources.map((source) => (split ? lines(source) : source)));
      if (ascii) text = text.replace(/[^\0-\x7f]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
      const expected = spansOf(codeOf(read(plain, 'cells.py')));
      const model = read(text);
      const actual = spansOf(codeOf(model));
      expect(model.errors).toEqual([]);
      expect(actual).toHaveLength(expected.length);
      actual.forEach((span, i) => {
        const { start, end } = expected[i] as Span;
        // The line break behind a cell is in no cell.
        expect(shown(text, span).trimEnd()).toBe(plain.slice(start, end).trimEnd());
      });
    }), { numRuns: 200 });
  });

  test('of any text in any escapes, each stretch is found again', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 30 }), fc.nat(), fc.nat(), fc.infiniteStream(fc.boolean()), (source, a, b, coin) => {
      const pick = coin[Symbol.iterator]();
      const flip = (): boolean => pick.next().value as boolean;
      const written = Array.from({ length: source.length }, (_, i) => {
        const char = source.charAt(i);
        const plain = JSON.stringify(char).slice(1, -1);
        return flip() ? `\\u${source.charCodeAt(i).toString(16).padStart(4, '0')}` : plain;
      }).join('');
      const host = `{"source": "${written}"}`;
      const held = new HeldText(host);
      held.json({ start: 12, end: 12 + written.length });
      expect(held.text).toBe(source);
      const [start = 0, end = 0] = [a % (source.length + 1), b % (source.length + 1)].sort((x, y) => x - y);
      const span = held.toHost({ start, end });
      expect(JSON.parse(`"${host.slice(span.start, span.end)}"`)).toBe(source.slice(start, end));
    }), { numRuns: 1_000 });
  });

  test('a literal selects its escaped source', () => {
    const text = code(['token = "a\\"b"\n', 'limit = 5.0']);
    const [first, second] = read(text).body;
    const place = (span: Span | undefined): string => text.slice(span?.start, span?.end);
    expect(place(first)).toBe('token = \\"a\\\\\\"b\\"');
    expect(second?.kind === 'assign' ? place(second.value) : '').toBe('5.0');
  });
});

describe('one module', () => {
  test('cells share their names in order; prose and raw cells are no code', () => {
    const model = read(code('LIMIT = 5', { type: 'markdown', source: ['# x = 1\n', 'y = 2'] }, 'def f():\n    return LIMIT', { type: 'raw', source: 'z = 3' }));
    expect(model.language).toBe('notebook');
    expect(model.body.map((statement) => statement.kind)).toEqual(['assign', 'function']);
    expect(model.parts?.map((part) => `${part.kind} ${part.language}`)).toEqual(['code python', 'text text', 'code python', 'text text']);
  });

  test('a broken cell costs itself, not its neighbours', () => {
    const text = code('a = 1', 'b = (2,\nclass : ]', 'c = """never\nclosed', 'd = 4');
    const model = read(text);
    const names = model.body.map((statement) => text.slice(statement.start, statement.end));
    expect(names).toContain('a = 1');
    expect(names).toContain('d = 4');
    expect(model.errors.length).toBeGreaterThan(0);
  });

  test('nbformat 3 has its cells in worksheets', () => {
    const text = JSON.stringify({ nbformat: 3, worksheets: [{ cells: [{ cell_type: 'code', input: ['x = 1\n', 'y = 2'], outputs: [{ output_type: 'stream', text: ['printed'] }] }] }] });
    const model = read(text);
    expect(model.body).toHaveLength(2);
    expect(model.parts?.filter((part) => part.kind === 'text').map(({ content }) => text.slice(content.start, content.end))).toEqual(['printed']);
  });

  test('a kernel of another language leaves text', () => {
    const text = code('x <- 1').replace('"python"', '"R"');
    expect(read(text)).toMatchObject({ body: [], parts: [{ kind: 'text', language: 'text' }] });
  });

  test('outputs are text, pictures are data', () => {
    const text = code({ source: 'x', outputs: [
      { output_type: 'stream', name: 'stdout', text: ['one\n', 'two'] },
      { output_type: 'display_data', data: { 'image/png': 'iVBORw0KGgo=', 'text/plain': ['<Figure>'] }, metadata: {} },
    ] });
    const parts = read(text).parts ?? [];
    expect(parts.map((part) => [part.kind, text.slice(part.content.start, part.content.end).replace(/",\s*"/g, '|')])).toEqual([
      ['code', 'x'], ['text', 'one\\n|two'], ['data', 'iVBORw0KGgo='], ['text', '<Figure>'],
    ]);
  });

  test('half a notebook is read as far as it goes', () => {
    const text = code('a = 1', 'b = 2');
    expect(read(text.slice(0, text.indexOf('b = 2'))).body).toHaveLength(1);
    expect(read('').body).toEqual([]);
    expect(read('[1, 2').body).toEqual([]);
  });

  test('lines of a cell in one string are lines for the code', () => {
    const text = code('a = 1\nb = 2');
    const model = read(text);
    expect(model.codeLines).toContain(text.indexOf('b = 2'));
    expect(read(code(['a = 1\n', 'b = 2'])).codeLines).toBeUndefined();
  });
});

describe('IPython', () => {
  test.each([
    ['%matplotlib inline\nx = 1', 'None              \nx = 1'],
    ['!ls\nx = 1', '0  \nx = 1'],
    ['files = !ls *.csv', 'files = None     '],
    ['out = %sql SELECT 1', 'out = None         '],
    ['pip install ccxt\nx = 1', 'None            \nx = 1'],
    ['!pip install \\\n  ccxt\nx = 1', 'None          \n      \nx = 1'],
    ['for i in x:\n    !echo {i}\n', 'for i in x:\n    None     \n'],
    ['df.head?\n?df', 'None    \n0  '],
    ['x = (a\n% b)\ny = """\n%no\n!no"""', 'x = (a\n% b)\ny = """\n%no\n!no"""'],
    ['a != b\nc %= 2\n# what?\npipe = 1', 'a != b\nc %= 2\n# what?\npipe = 1'],
  ])('%j', (cell, expected) => {
    expect(withoutMagics(cell).text).toBe(expected);
  });

  test('what it makes is as long, and the rest untouched', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom('%', '!', '?', '\n', ' ', 'x', ' = ', '(', ')', '"', "'", '"""', '\\', '#', 'pip install a'), { maxLength: 40 }), (pieces) => {
      const cell = pieces.join('');
      const { text, replaced } = withoutMagics(cell);
      expect(text).toHaveLength(cell.length);
      let kept = 0;
      for (const { start, end } of [...replaced, { start: cell.length, end: cell.length }]) {
        expect(text.slice(kept, start)).toBe(cell.slice(kept, start));
        kept = end;
      }
    }), { numRuns: 500 });
  });

  test.each([
    ['%%time\nx = 1', 'python'], ['%%bash\nexport A=1', 'shell'], ['%%writefile config/live.yaml\nmax_dd: 5', 'yaml'], ['%%writefile .env\nA=1', 'dotenv'],
    ['%%writefile bot.py\nx = 1', 'text'], ['%%html\n<b>', 'text'], ['x = 1', undefined],
  ])('%j is %s', (cell, language) => {
    expect(cellMagic(cell)?.language).toBe(language);
  });

  test('cells that write settings or run a shell give entries', () => {
    const text = code('%%writefile live.yaml\nmax_daily_loss: 2500\n', '%%bash\nexport MAX_DD=12 # all', '%%time\ny = 1');
    const model = read(text);
    expect(model.entries.filter(({ path }) => path[0] !== 'metadata').map((entry) => `${entry.path.join('/')}=${text.slice(entry.valueSpan.start, entry.valueSpan.end)}`))
      .toEqual(['0/max_daily_loss=2500', '1/MAX_DD=12']);
    expect(model.body.map((statement) => text.slice(statement.start, statement.end))).toEqual(['y = 1']);
    expect(model.comments.map((comment) => comment.text)).toEqual(['all']);
  });
});

describe('bounds', () => {
  test('1.9 MB of pictures cost little beside parsing their JSON', () => {
    const picture = 'iVBORw0KGgoAAAANSUhEUgAA'.repeat(4_000);
    const text = code(...Array.from({ length: 19 }, (_, i): Cell => ({ source: [`x${i} = 1\n`, 'plot()'], outputs: [{ output_type: 'display_data', data: { 'image/png': picture }, metadata: {} }] })));
    expect(text.length).toBeGreaterThan(1_800_000);
    expect(text.length).toBeLessThan(2 * 1024 * 1024);
    const time = (run: () => unknown): number => {
      run();
      return Math.min(...[1, 2, 3].map(() => {
        const started = performance.now();
        run();
        return performance.now() - started;
      }));
    };
    const parsing = time(() => JSON.parse(text) as unknown);
    expect(time(() => read(text)) - parsing).toBeLessThan(300);
  });

  test('20,000 terms and 5,000 cells need no deep stack', () => {
    expect(read(code(Array.from({ length: 20_000 }, () => '1').join(' + '))).body).toHaveLength(1);
    expect(read(code(...Array.from({ length: 5_000 }, (_, i) => `x = ${i}`))).body).toHaveLength(5_000);
  });
});
