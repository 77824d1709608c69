/** Files nobody writes: for every language texts that are as hard to read as they are useless. */

/** A file made to hurt: its name says the language, `shape` what it is made of. */
export interface Noise {
  readonly file: string;
  readonly shape: string;
  /** About `length` UTF-16 units of it. */
  readonly make: (length: number) => string | Uint8Array;
}

/** One piece again and again. */
function again(piece: string): (length: number) => string {
  return (length) => piece.repeat(Math.ceil(length / piece.length));
}

/** Pieces that differ in a number; `index` goes up from 0. */
function counted(piece: (index: number) => string): (length: number) => string {
  return (length) => {
    const out: string[] = [];
    for (let index = 0, written = 0; written < length; index++) {
      const next = piece(index);
      out.push(next);
      written += next.length;
    }
    return out.join('');
  };
}

/** Something around pieces that are repeated. */
function between(head: string, piece: string, tail: string): (length: number) => string {
  return (length) => head + again(piece)(length - head.length - tail.length) + tail;
}

/** As many openings as closings, with one thing in the middle. */
function nested(open: string, inner: string, close: string): (length: number) => string {
  return (length) => {
    const depth = Math.ceil(length / (open.length + close.length));
    return open.repeat(depth) + inner + close.repeat(depth);
  };
}

/** Signs and words of programs without any order (the generator is Numerical Recipes', with a fixed seed). */
function soup(words: readonly string[], glue = ''): (length: number) => string {
  return (length) => {
    const out: string[] = [];
    let state = 20_240_607;
    for (let written = 0; written < length;) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      const word = words[Math.floor((state / 2 ** 32) * words.length)] ?? '';
      out.push(word);
      written += word.length + glue.length;
    }
    return out.join(glue);
  };
}

type Shapes = Readonly<Record<string, (length: number) => string | Uint8Array>>;

/** What hurts every language with brackets and operators. */
const BRACKETS: Shapes = {
  '(a,': again('(a,'),
  '[[[[': again('['),
  '{{{{': again('{'),
  '((((': again('('),
  '))))': again(')'),
  '}}}}': again('}\n'),
  'a<b<': again('a<b<'),
  'a[b(': again('a[b('),
  '{(': again('{(\n'),
  'a+': again('a+'),
  'f(f(…)': nested('f(', 'x', ')'),
  '"…': again('"a '),
  "'…": again("'a "),
  'a.b.c': again('a.'),
  'f()()': (length) => `f${again('(x)')(length)}`,
  '!!!!': again('!'),
  '\\\\\\': again('\\'),
  'long word': again('a'),
  'long number': again('1'),
  '; ;': again(';'),
  'soup': soup(['a', '(', ')', '[', ']', '{', '}', '<', '>', ',', ';', ':', '=', '+', '-', '*', '/', '"', "'", '.', ' ', '\n', 'if', 'for', 'class', '@', '#', '1', '`', '?', '&', '|', '!', '\\', '$']),
  'soup of words': soup(['if', 'else', 'for', 'while', 'class', 'return', 'def', 'function', 'try', 'async', 'await', 'import', 'from', 'a', '=', '(', ')', ':', '\n', '{', '}'], ' '),
  'letters': soup([...'abcdefghijklmnopqrstuvwxyz0123456789']),
};

const C_LIKE: Shapes = {
  'else if': (length) => `if (a) b();${again(' else if (a) b();')(length)}`,
  'else if, open': again('if (a) {} else '),
  'if (': again('if ('),
  '{ if (a) {': again('if (a) {\n'),
  'a?b:': again('a ? b : '),
  'for (': again('for (;;) '),
  'case 1:': between('switch (a) {', 'case 1: ', '}'),
  'f(){': counted((i) => `void f${i}() {\n`),
  '/*': again('/* a '),
  '//\\': again('// a \\\n'),
  '(a)(b)': again('(a)(b)'),
  'a*b*': again('a * b * '),
  'do': again('do '),
};

const PYTHON: Shapes = {
  'def nested': (length) => {
    const out: string[] = [];
    for (let depth = 0, written = 0; written < length; depth++) {
      const line = `${' '.repeat(depth % 1_500)}def f${depth}():\n`;
      out.push(line);
      written += line.length;
    }
    return out.join('');
  },
  'elif': (length) => `if a:\n    b()\n${again('elif a:\n    b()\n')(length)}`,
  'lambda:': again('lambda: '),
  'not ': again('not '),
  'f-strings': again('f"{'),
  'f-strings, whole': nested("f'{", 'a', "}'"),
  '"""': again('"""a'),
  '@decorator': again('@a(b)\n'),
  'a if b else': again('a if b else '),
  'a = a =': again('a = '),
  'unclosed lines': again('x = (1,\n'),
  'print a': again('print "a" b\n'),
  'other language': again('function f() { return a ? b : c; }\n'),
  'match': again('match a:\n case b:\n'),
  'comments': again('# a\n'),
  'tabs and blanks': (length) => again('if a:\n\tb\n        c\n')(length),
  'deep calls, lines': again('a(\n'),
  'dict': again('{a: '),
};

const SCRIPTS: Shapes = {
  'generics': again('a<'),
  'generics, types': (length) => `type A = ${nested('A<', 'B', '>')(length)};`,
  'arrows': again('a => '),
  'arrows, brackets': again('(a) => ('),
  'arrows or groups': again('(a, b'),
  '`${': again('`${'),
  '`${…}`': nested('`${', 'a', '}`'),
  'regexes': again('/a/ / '),
  'regexes, open': again('= /[ '),
  '<a>': again('<a>'),
  '<a>…</a>': nested('<a>', 'b', '</a>'),
  '<a b={': again('<a b={'),
  '@decorator': between('', '@a(b) ', 'class C {}'),
  'async': again('async '),
  'type A = B |': (length) => `type A = ${again('B | ')(length)}C;`,
  'conditional types': again('A extends B ? '),
  'class {': again('class A { b = '),
  'function': again('function f('),
  'object': again('{a: '),
  'object type': (length) => `type A = ${again('{ a: ')(length)}`,
  'a as b as': again('a as b '),
  'await': again('await '),
  'new new': again('new '),
  'import': again('import { a '),
};

const MQL5: Shapes = {
  'a::b<': again('a::b<'),
  'a b(c d(': again('int a(int b('),
  '#define': counted((i) => `#define A${i} (A${i + 1}\n`),
  '#if': again('#if A\n'),
  '#ifdef': again('#ifdef A\nvoid f() {\n'),
  'template': again('template<typename T> '),
  'template<': again('template<'),
  'class {': again('class A { '),
  'operator': again('operator '),
  'pointers': again('a * b & '),
  'casts': again('(int)'),
  'input': again('input group "a" input '),
  'sinput lines': again('input double a = (\n'),
  'array': again('int a[] = {'),
  'namespace': again('a::'),
};

const YAML: Shapes = {
  'anchors': (length) => {
    const out = ['a0: &a0 [x, x]\n'];
    for (let i = 1, written = 0; written < length; i++) {
      const line = `a${i}: &a${i} [*a${i - 1}, *a${i - 1}, *a${i - 1}, *a${i - 1}, *a${i - 1}, *a${i - 1}, *a${i - 1}, *a${i - 1}, *a${i - 1}]\n`;
      out.push(line);
      written += line.length;
    }
    return out.join('');
  },
  'merge keys': counted((i) => `b${i}: &b${i}\n  <<: *b${Math.max(0, i - 1)}\n  k${i}: 1\n`),
  '[[[[': again('['),
  '{{{{': again('{'),
  '- - -': again('- '),
  '? ? ?': again('? '),
  'depth': (length) => {
    const out: string[] = [];
    for (let depth = 0, written = 0; written < length; depth++) {
      const line = `${' '.repeat(depth)}a:\n`;
      out.push(line);
      written += line.length;
    }
    return out.join('');
  },
  'lines': again('a: b\n'),
  'documents': again('--- a\n'),
  'tags': again('!!a '),
  'strings': again('"a '),
  'block': between('a: |\n', '  a\n', ''),
  'colons': again(': '),
  'a: b: c': again('a: '),
  'letters': BRACKETS['letters']!,
  'soup': BRACKETS['soup']!,
};

const JSON_SHAPES: Shapes = {
  '[[[[': again('['),
  '[…]': nested('[', '', ']'),
  '{"a":': again('{"a":'),
  '{"a":…}': nested('{"a":', '1', '}'),
  'numbers': between('[', '1,', '1]'),
  'keys': (length) => `{${counted((i) => `"k${i}":1,`)(length)}"z":1}`,
  'one string': between('"', 'a', '"'),
  'escapes': between('"', '\\u0041', '"'),
  'commas': again(','),
  'comments': again('/* a */'),
  'quotes': again('"'),
  'soup': BRACKETS['soup']!,
};

const TOML: Shapes = {
  'dotted keys': (length) => `${again('a.')(length)}b = 1\n`,
  'dotted tables': (length) => `[${again('a.')(length)}b]\nc = 1\n`,
  'tables': counted((i) => `[a.b${i}.c${i}]\nd = 1\n`),
  'arrays': (length) => `a = ${again('[')(length)}`,
  'inline tables': (length) => `a = ${again('{a = ')(length)}`,
  'arrays of tables': again('[[a.b]]\nc = 1\n'),
  'strings': again('a = """b\n'),
  'keys': counted((i) => `k${i} = ${i}\n`),
  'equal signs': again('= '),
  'same key': again('a = 1\n'),
  'soup': BRACKETS['soup']!,
};

const LINES: Shapes = {
  'a=b': again('a=b\n'),
  'keys': counted((i) => `K${i}=${i}\n`),
  'equal signs': again('='),
  'sections': counted((i) => `[s${i}]\na=${i}\n`),
  'quotes': again('A="b\n'),
  'continued': again('a=\\\n'),
  '${': again('A=${'),
  'brackets': again('['),
  'soup': BRACKETS['soup']!,
  'letters': BRACKETS['letters']!,
};

const SHELL: Shapes = {
  ...LINES,
  'heredocs': counted((i) => `cat <<EOF${i}\na\n`),
  'heredocs, one name': again('cat <<EOF\na\n'),
  'heredocs, one line': again('<<A '),
  '$(': again('a=$('),
  '`': again('a=`b '),
  'export': again('export A='),
  "'": again("A='b "),
  'if': again('if a; then\n'),
  '"$(': again('A="$('),
};

const POWERSHELL: Shapes = {
  ...LINES,
  'here-strings': again("$a = @'\nb\n"),
  'here-strings, double': again('$a = @"\nb\n'),
  '$(': again('$a = $('),
  '@{': again('$a = @{ b = '),
  '<#': again('<# a '),
  '`': again('$a = b `\n'),
  '$env:': counted((i) => `$env:A${i} = "b"\n`),
};

const DOCKERFILE: Shapes = {
  'ENV': counted((i) => `ENV A${i}=b\n`),
  'ENV, one line': (length) => `ENV ${counted((i) => `A${i}=b `)(length)}\n`,
  'continued': again('RUN a \\\n'),
  'heredocs': again('RUN <<EOF\na\n'),
  'quotes': again('ENV A="b\n'),
  'comments': again('# a \\\n'),
  'FROM': again('FROM a AS b\n'),
  'soup': BRACKETS['soup']!,
};

const MARKDOWN: Shapes = {
  'fences': again('```python\nx = 1\n```\n'),
  'fences, different': counted((i) => `\`\`\`python\nx${i} = (${i}\n\`\`\`\n`),
  'fences, yaml': counted((i) => `\`\`\`yaml\na${i}: ${i}\n\`\`\`\n`),
  'fences, json': counted((i) => `\`\`\`json\n{"a${i}": [\n\`\`\`\n`),
  'fences, open': again('```python\n'),
  'fences of many ticks': counted((i) => `${'`'.repeat(3 + (i % 500))}python\n`),
  'one fence of noise': (length) => `\`\`\`python\n${again('(a,')(length)}\n\`\`\`\n`,
  'tildes': again('~~~\n'),
  '>': again('> '),
  '- -': again('- '),
  'headings': again('# a\n'),
  'brackets': again('[a]('),
  'emphasis': again('*a _b '),
  'ticks': again('`a ``'),
  'tables': again('| a '),
  '<!--': again('<!-- '),
  'soup': BRACKETS['soup']!,
};

/** A notebook whose cells hold these sources. */
function notebook(sources: readonly string[], outputs: readonly string[] = []): string {
  const cells = sources.map((source) => ({
    cell_type: 'code', execution_count: null, metadata: {}, source: source.split(/(?<=\n)/),
    outputs: outputs.map((text) => ({ output_type: 'stream', name: 'stdout', text: [text] })),
  }));
  return JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 });
}

const NOTEBOOK: Shapes = {
  'one cell (a,': (length) => notebook([again('(a,')(length)]),
  'cells (a,': (length) => notebook(Array.from({ length: 600 }, () => again('(a,')(length / 700))),
  'broken cells': (length) => notebook(Array.from({ length: Math.ceil(length / 190) }, (_, i) => `x${i} = (1,\nprint "a"\n`)),
  'whole cells': (length) => notebook(Array.from({ length: Math.ceil(length / 170) }, (_, i) => `x${i} = ${i}\n`)),
  'lines': (length) => notebook([again('a = 1\n')(length)]),
  'broken lines': (length) => notebook([again('a = (\n')(length)]),
  'output': (length) => notebook(['x = 1'], [again('[[{(a,')(length)]),
  'outputs': (length) => notebook(['x = 1'], Array.from({ length: Math.ceil(length / 60) }, () => 'a\n')),
  '[[[[': again('['),
  '{"cells":': again('{"cells":['),
  'soup': BRACKETS['soup']!,
};

/** A text with a byte order mark, as Windows' editors save it. */
function utf16(make: (length: number) => string | Uint8Array): (length: number) => Uint8Array {
  return (length) => Buffer.from(`\uFEFF${String(make(length))}`, 'utf16le');
}

/** Bytes that are no text in any encoding, after a mark that says they are UTF-16. */
function wrongUtf16(length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let i = 0, state = 99; i < length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes[i] = state >>> 24;
  }
  bytes[0] = 0xff;
  bytes[1] = 0xfe;
  return bytes;
}

const TEXT: Shapes = {
  'letters': BRACKETS['letters']!,
  'soup': BRACKETS['soup']!,
  'quotes': again('"'),
  'key=': again('api_key='),
  'lines': again('\n'),
};

const FILES: readonly (readonly [file: string, shapes: Shapes])[] = [
  ['noise.py', { ...BRACKETS, ...PYTHON }],
  ['noise.mq5', { ...BRACKETS, ...C_LIKE, ...MQL5, 'UTF-16 (a,': utf16(BRACKETS['(a,']!), 'UTF-16 soup': utf16(BRACKETS['soup']!), 'UTF-16, wrong': wrongUtf16 }],
  ['noise.ts', { ...BRACKETS, ...C_LIKE, ...SCRIPTS }],
  ['noise.tsx', { ...BRACKETS, ...C_LIKE, ...SCRIPTS }],
  ['noise.js', { 'lines (a,': again('(a,\n'), 'lines [': again('[\n'), 'lines {': again('{\n'), 'lines soup': soup([...'abc(){}[]<>,;:=+-*/"\'`.!?&|\n\n\n '.split(''), 'if', 'for', '=>', '${']) }],
  ['noise.yaml', YAML],
  ['noise.json', JSON_SHAPES],
  ['noise.toml', TOML],
  ['.env', LINES],
  ['noise.ini', LINES],
  ['noise.set', { 'UTF-16 keys': utf16(LINES['keys']!), 'UTF-16 soup': utf16(LINES['soup']!) }],
  ['noise.sh', SHELL],
  ['noise.ps1', POWERSHELL],
  ['Dockerfile', DOCKERFILE],
  ['noise.md', MARKDOWN],
  ['AGENTS.md', MARKDOWN],
  ['noise.ipynb', NOTEBOOK],
  ['noise.txt', TEXT],
];

/** Every file of noise there is. */
export const NOISE: readonly Noise[] = FILES.flatMap(([file, shapes]) =>
  Object.entries(shapes).map(([shape, make]): Noise => ({ file, shape, make })));
