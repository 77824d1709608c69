import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { readSource, Syntax } from '../../../src/core/source/source.ts';
import { sourceOf } from '../../../src/core/source/text.ts';
import { walkModule } from '../../../src/core/source/walk.ts';
import { provenanceOf } from '../../../src/guardians/security/code/provenance/provenance.ts';
import { cleanersFile, sourcesFile } from '../../../src/guardians/security/code/provenance/schema.ts';
import type { Form } from '../../../src/guardians/security/code/provenance/value.ts';

let syntax: Syntax;
beforeAll(async () => { syntax = await Syntax.create(); });

/** The forms of what the last `sink(…)` of a text is given: texts as they are, holes as `‹origin label›`. */
function formsOf(code: string, path = 'bot.py'): readonly string[] {
  const model = readSource(path, sourceOf(code), syntax, { budgetMs: 5_000 });
  let found: readonly string[] = ['no sink'];
  walkModule(model, {
    expression: (node, site) => {
      const value = node.kind === 'call' && node.callee.kind === 'name' && node.callee.name === 'sink' ? node.args[0]?.value : undefined;
      if (value !== undefined) { found = provenanceOf(model).of(value, site).forms.map(written); }
    },
  });
  return found;
}

function written(form: Form): string {
  return form.map((piece) => (typeof piece === 'string' ? piece
    : `‹${piece.origin}${piece.origin === 'plain' ? '' : ` ${piece.label}`}${piece.cleaned === undefined ? '' : ` for ${[...piece.cleaned].join(',')}`}›`)).join('');
}

const PYTHON: readonly (readonly [name: string, code: string, forms: readonly string[]])[] = [
  ['a constant', 'A = "x"\nsink(f"{A}y" + "z")', ['xyz']],
  ['two branches', 'def f(up):\n    a = "x"\n    if up:\n        a = "y"\n    sink(a)', ['x', 'y']],
  ['a branch that leaves', 'def f(name, up):\n    a = name\n    if up:\n        a = "y"\n        return\n    a = "z"\n    sink(a)', ['z']],
  ['a parameter', 'def f(name):\n    sink("a " + name)', ['a ‹parameter name›']],
  ['percent and format', 'def f(a, b):\n    sink("%s-%(x)d" % a + "{0}{b}{{}}".format(a, b=b))', ['‹parameter a›-‹plain›‹parameter a›‹parameter b›{}']],
  ['a growing text', 'def f(a):\n    q = "x"\n    q += a\n    q += "z"\n    sink(q)', ['x‹parameter a›z']],
  ['a loop that adds', 'def f(xs):\n    q = "x"\n    for a in xs:\n        q = q + a\n    sink(q)', ['x', 'x‹parameter xs›']],
  ['a list that is joined', 'def f(a):\n    parts = ["x"]\n    parts.append(a)\n    sink("-".join(parts))', ['x‹parameter a›-']],
  ['marks', 'def f(xs):\n    sink(",".join("?" * len(xs)))', ['?,']],
  ['one of a few constants', 'for a in ("x", "y"):\n    sink(a)', ['x', 'y']],
  ['an item of a constant table', 'T = {"a": "x", "b": "y"}\ndef f(k):\n    sink(T[k] + T["b"])', ['‹plain›y']],
  ['a function, its argument with it', 'def q(a, b="y"):\n    return a + b\ndef f(name):\n    sink(q("x", name) + q("z"))', ['x‹parameter name›zy']],
  ['callers that are constant', 'def g(a):\n    sink(a)\ng("x")\ng("y")', ['x', 'y']],
  ['a method of its own class', 'class C:\n    def q(self, a):\n        return "x" + a\n    def f(self, name):\n        sink(self.q(name))', ['x‹parameter name›']],
  ['an attribute', 'class C:\n    T = "t"\n    def __init__(self, name):\n        self.name = name\n    def f(self):\n        sink(self.T + self.name + self.other)', ['t‹parameter name›‹unknown self.other›']],
  ['a request', 'from flask import request\nsink(request.args.get("a", "b").strip() + request.form["c"])', ['‹user request.args›‹user request.form›']],
  ['what the operator writes', 'import os, sys\nsink(sys.argv[1] + os.environ["A"] + os.getenv("B") + input())', ['‹operator sys.argv›‹operator os.environ›‹operator os.getenv()›‹operator input()›']],
  ['cleaned', 'import html, shlex\ndef f(a):\n    sink(shlex.quote(a) + html.escape(a) + a.replace("\'", "\'\'"))', ['‹parameter a for shell›‹parameter a for html›‹parameter a for sql›']],
  ['numbers and dates', 'def f(a, b: int, c=5):\n    sink(f"{int(a)}{b}{c}{a:.2f}{a.isoformat()}")', ['‹plain›‹plain›‹plain›‹plain›‹plain›']],
  ['checked', 'def f(a, b):\n    if a not in T:\n        raise ValueError(a)\n    assert b.isdigit()\n    sink(a + b)', ['‹plain›']],
  ['checked in an expression', 'def f(a):\n    sink(a if a in T else "x")', ['‹plain›', 'x']],
  ['not checked before', 'def f(a):\n    sink(a)\n    if a not in T:\n        raise ValueError(a)', ['‹parameter a›']],
  ['checked on the other way', 'def f(a):\n    if a in T:\n        pass\n    else:\n        sink(a)', ['‹parameter a›']],
  ['something of another file', 'from x import T, g\nsink(T + g())', ['‹unknown T›‹computed g()›']],
  ['itself', 'def f():\n    a = b\n    b = a\n    sink(a)', ['']],
];

const SCRIPT: readonly (readonly [name: string, code: string, forms: readonly string[]])[] = [
  ['a template', 'const A = "x";\nexport function f(name: string, n: number) { sink(`${A}-${name}-${n}`); }', ['x-‹parameter name›-‹plain›']],
  ['Express', 'export function f(req, res) { const { a, b } = req.query; const c = req.body.c; sink(a + b + c); }', ['‹user req.query›‹user req.query›‹user req.body›']],
  ['the address of a page', 'sink(new URLSearchParams(location.search).get("a"));', ['‹user location.search›']],
  ['mapped', 'export function f(ids: string[]) { sink(ids.map((_, i) => `$${i + 1}`).join(",")); }', ['$‹plain›,']],
  ['a list that has it', 'export function f(a: string) { if (!OK.includes(a)) { throw new Error(a); } sink(a); }', ['‹plain›']],
  ['a field of an object', 'const T = { bars: "b" };\nsink(T.bars);', ['b']],
  ['a block of its own', 'export function f(a: string) { let q = "x"; { let q = a; void q; } sink(q); }', ['x']],
  ['an arrow', 'const q = (a: string) => "x" + a;\nexport function f(name: string) { sink(q(name)); }', ['x‹parameter name›']],
];

describe('where a value comes from', () => {
  test.each(PYTHON)('%s', (_name, code, forms) => { expect(formsOf(`${code}\n`)).toEqual(forms); });
  test.each(SCRIPT)('%s in TypeScript', (_name, code, forms) => { expect(formsOf(`${code}\n`, 'bot.ts')).toEqual(forms); });

  test('a text of very many parts, names that mean each other, and a deep nest take no time', () => {
    const sum = Array.from({ length: 20_000 }, (_, i) => `a${i % 7}`).join(' + ');
    const names = Array.from({ length: 300 }, (_, i) => `    a${i} = a${(i + 1) % 300} + a${(i + 7) % 300}`).join('\n');
    const started = performance.now();
    formsOf(`def f(a0, a1, a2, a3, a4, a5, a6):\n    sink(${sum})\n`);
    formsOf(`def f():\n${names}\n    sink(a0)\n`);
    formsOf(`def f(a):\n    sink(${'g('.repeat(900)}a${')'.repeat(900)})\n`);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

describe('the tables of sources and cleaners', () => {
  const read = (file: string): unknown => JSON.parse(readFileSync(new URL(`../../../src/guardians/security/code/provenance/${file}`, import.meta.url), 'utf8'));
  test('have their shape, a source and a date', () => {
    expect(sourcesFile.safeParse(read('sources.json')).error).toBeUndefined();
    expect(cleanersFile.safeParse(read('cleaners.json')).error).toBeUndefined();
  });
});
