import { describe, expect, test } from 'vitest';
import { qualifiedName } from '../../../src/core/source/meaning/qualified.ts';
import { attributeDefinitions, definitionsOf } from '../../../src/core/source/scope.ts';
import { classNamed, expression, functionNamed, read } from './read.ts';

function nameOf(text: string, expr: string, nth = 0): string | undefined {
  const model = read(text);
  const found = expression(model, expr, nth);
  return qualifiedName(model, found.expr, found.site);
}

describe('qualifiedName', () => {
  test.each([
    ['import datetime as dt\ndt.datetime.now()', 'dt.datetime.now', 'datetime.datetime.now'],
    ['from datetime import datetime\ndatetime.now()', 'datetime.now', 'datetime.datetime.now'],
    ['from datetime import datetime as D\nD.now()', 'D.now', 'datetime.datetime.now'],
    ['import os.path\nos.path.join("a")', 'os.path.join', 'os.path.join'],
    ['import a.b as c\nc.d()', 'c.d', 'a.b.d'],
    ['print(1)', 'print', 'builtins.print'],
    ['from .risk import check\ncheck()', 'check', '.risk.check'],
    ['from ..core.risk import check as c\nc()', 'c', '..core.risk.check'],
    ['from . import risk\nrisk.check()', 'risk.check', '.risk.check'],
    ['from datetime import datetime\nnow = datetime.now\nnow()', 'now', 'datetime.datetime.now'],
    ['def f():\n    from time import sleep\n    sleep(1)', 'sleep', 'time.sleep'],
    ['from time import *\nsleep(1)', 'sleep', 'time.sleep'],
    ['try:\n    from zoneinfo import ZoneInfo\nexcept ImportError:\n    ZoneInfo = None\nZoneInfo("x")', 'ZoneInfo', 'zoneinfo.ZoneInfo'],
  ])('%s: %s is %s', (text, expr, expected) => {
    expect(nameOf(text, expr)).toBe(expected);
  });

  test.each([
    ['a parameter hides an import', 'import time\ndef f(time):\n    time.sleep(1)', 'time.sleep'],
    ['a local hides an import', 'import time\ndef f():\n    time = other()\n    time.sleep(1)', 'time.sleep'],
    ['an own function hides a builtin', 'def print(x): pass\nprint(1)', 'print'],
    ['a loop variable is nothing', 'import time\nfor time in []:\n    pass', 'nothing'],
    ['a cycle ends', 'a = b\nb = a\na()', 'a'],
    ['a method of a result', 'from datetime import datetime\ndatetime.now().time()', 'datetime.now().time'],
  ])('%s', (_title, text, expr) => {
    if (expr === 'nothing') { expect(definitionsOf(read(text), 'time', {})).toHaveLength(2); return; }
    expect(nameOf(text, expr)).toBeUndefined();
  });

  test('a name of the class body is not seen in its methods', () => {
    const text = 'import time\nclass C:\n    time = 5\n    x = time\n    def f(self):\n        return time.time()';
    const model = read(text);
    const inBody = definitionsOf(model, 'time', { class: classNamed(model, 'C') });
    expect(inBody.map((one) => one.value?.kind)).toEqual(['literal']);
    const call = expression(model, 'time.time');
    expect(qualifiedName(model, call.expr, call.site)).toBe('time.time');
  });

  test('a lambda and a nested function see the names around them', () => {
    expect(nameOf('import time\ndef f():\n    def g():\n        return lambda: time.time()', 'time.time')).toBe('time.time');
  });
});

describe('definitionsOf', () => {
  test('parameters, loops, with, except, walrus, comprehensions, tuples and global bind', () => {
    const model = read([
      'limit = 1',
      'def f(a, *rest, b=2):',
      '    for i, (j, k) in x: pass',
      '    with open(p) as fh: pass',
      '    try: pass',
      '    except ValueError as err: pass',
      '    if (n := g()): pass',
      '    y = [q for q in x]',
      '    u, v = 1, 2',
      '    global limit',
      '    limit = 3',
    ].join('\n'));
    const fn = functionNamed(model, 'f');
    for (const name of ['a', 'rest', 'b', 'i', 'j', 'k', 'fh', 'err', 'n', 'y', 'q', 'u', 'v']) {
      expect([name, definitionsOf(model, name, { function: fn }).length]).toEqual([name, 1]);
    }
    expect(definitionsOf(model, 'v', { function: fn })[0]?.value).toMatchObject({ kind: 'literal', value: 2 });
    expect(definitionsOf(model, 'n', { function: fn })[0]?.value?.kind).toBe('call');
    expect(definitionsOf(model, 'limit', {})).toHaveLength(2);
  });

  test('self attributes come from all methods, closures and bases of the file, derived classes first', () => {
    const model = read([
      'class Base:', '    limit = 1', '    def reset(self): self.limit = 2',
      'class C(Base):', '    def __init__(self): self.limit = 3',
      '    def later(self):', '        def inner(): self.limit = 4', '        return inner',
      '    @staticmethod', '    def no(self): self.limit = 5',
    ].join('\n'));
    const values = attributeDefinitions(model, classNamed(model, 'C'), 'limit').map((one) => (one.value?.kind === 'literal' ? one.value.value : undefined));
    expect(values).toEqual([3, 4, 1, 2]);
  });
});
