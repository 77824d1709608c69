/** Each way in which a call finds its target across files: one test each. */
import { describe, expect, test } from 'vitest';
import { messages, project, STRATEGY } from './project.ts';

const RISK = 'class RiskManager:\n    def check(self):\n        print("x")\n';
const handler = (...lines: string[]): string => `    def on_quote_tick(self, tick):\n${lines.map((line) => `        ${line}\n`).join('')}`;
const strategy = (...parts: string[]): string => `${STRATEGY}${parts.join('')}`;
const REACHED = ['risk.py: on_quote_tick: on_quote_tick → RiskManager.check'];

interface Case { readonly title: string; readonly files: Readonly<Record<string, string>>; readonly expected: readonly string[] }

const CASES: readonly Case[] = [
  {
    title: 'self.m', expected: ['s.py: on_quote_tick: on_quote_tick → note'],
    files: { 's.py': strategy('class S(Strategy):\n', handler('self.note()'), '    def note(self):\n        print("x")\n') },
  },
  {
    title: 'super().m', expected: ['base.py: on_quote_tick: on_quote_tick → Base.note'],
    files: {
      'base.py': strategy('class Base(Strategy):\n    def note(self):\n        print("x")\n'),
      's.py': 'from base import Base\nclass S(Base):\n    def note(self):\n        pass\n' + handler('super().note()'),
    },
  },
  {
    title: 'a base inherited in another file', expected: ['base.py: on_quote_tick: on_quote_tick → Base.note'],
    files: {
      'base.py': strategy('class Base(Strategy):\n    def note(self):\n        print("x")\n'),
      's.py': 'from base import Base\nclass S(Base):\n' + handler('self.note()'),
    },
  },
  {
    title: 'self.attr.m by constructor', expected: REACHED,
    files: { 'risk.py': RISK, 's.py': strategy('from risk import RiskManager\nclass S(Strategy):\n    def __init__(self):\n        self.risk = RiskManager()\n', handler('self.risk.check()')) },
  },
  {
    title: 'self.attr.m by annotation', expected: REACHED,
    files: { 'risk.py': RISK, 's.py': strategy('from risk import RiskManager\nclass S(Strategy):\n    def __init__(self, make):\n        self.risk: RiskManager = make()\n', handler('self.risk.check()')) },
  },
  {
    title: 'self.attr.m by an annotation in the class body', expected: REACHED,
    files: { 'risk.py': RISK, 's.py': strategy('from risk import RiskManager\nclass S(Strategy):\n    risk: RiskManager\n', handler('self.risk.check()')) },
  },
  {
    title: 'self.attr.m by typed parameter', expected: REACHED,
    files: { 'risk.py': RISK, 's.py': strategy('from risk import RiskManager\nclass S(Strategy):\n    def __init__(self, risk: RiskManager):\n        self.risk = risk\n', handler('self.risk.check()')) },
  },
  {
    title: 'import alias', expected: REACHED,
    files: { 'risk.py': RISK, 's.py': strategy('import risk as r\nclass S(Strategy):\n    def __init__(self):\n        self.risk = r.RiskManager()\n', handler('self.risk.check()')) },
  },
  {
    title: 'a dotted import', expected: ['pkg/risk.py: on_quote_tick: on_quote_tick → note'],
    files: { 'pkg/risk.py': 'def note():\n    print("x")\n', 's.py': strategy('import pkg.risk\nclass S(Strategy):\n', handler('pkg.risk.note()')) },
  },
  {
    title: 'relative import', expected: ['desk/risk.py: on_quote_tick: on_quote_tick → RiskManager.check'],
    files: { 'desk/__init__.py': '', 'desk/risk.py': RISK, 'desk/live/s.py': strategy('from ..risk import RiskManager\nclass S(Strategy):\n    def __init__(self):\n        self.risk = RiskManager()\n', handler('self.risk.check()')) },
  },
  {
    title: 'from . import module', expected: ['desk/risk.py: on_quote_tick: on_quote_tick → RiskManager.check'],
    files: { 'desk/__init__.py': '', 'desk/risk.py': RISK, 'desk/s.py': strategy('from . import risk\nclass S(Strategy):\n    def __init__(self):\n        self.risk = risk.RiskManager()\n', handler('self.risk.check()')) },
  },
  {
    title: '__init__ re-export', expected: ['desk/risk/manager.py: on_quote_tick: on_quote_tick → RiskManager.check'],
    files: {
      'desk/__init__.py': '', 'desk/risk/__init__.py': 'from .manager import RiskManager as RM\n', 'desk/risk/manager.py': RISK,
      's.py': strategy('from desk.risk import RM\nclass S(Strategy):\n    def __init__(self):\n        self.risk = RM()\n', handler('self.risk.check()')),
    },
  },
  {
    title: 'a star import, with __all__', expected: ['risk.py: on_quote_tick: on_quote_tick → _note'],
    files: {
      'risk.py': '__all__ = ["_note"]\ndef _note():\n    print("x")\ndef hidden():\n    print("y")\n',
      's.py': strategy('from risk import *\nclass S(Strategy):\n', handler('_note()', 'hidden()')),
    },
  },
  {
    title: 'functools.partial', expected: REACHED,
    files: { 'risk.py': RISK, 's.py': strategy('from functools import partial\nfrom risk import RiskManager\nclass S(Strategy):\n    def __init__(self, risk: RiskManager):\n        self.act = partial(risk.check, 1)\n', handler('self.act()')) },
  },
  {
    title: 'lambda', expected: ['risk.py: on_quote_tick: on_quote_tick → lambda → RiskManager.check'],
    files: { 'risk.py': RISK, 's.py': strategy('from risk import RiskManager\nclass S(Strategy):\n    def __init__(self, risk: RiskManager):\n        self.risk = risk\n        self.act = lambda: self.risk.check()\n', handler('self.act()')) },
  },
  {
    title: 'a decorated function still calls its body', expected: ['s.py: on_quote_tick: on_quote_tick → note'],
    files: { 'deco.py': 'def timed(fn):\n    return fn\n', 's.py': strategy('from deco import timed\nclass S(Strategy):\n', handler('self.note()'), '    @timed\n    def note(self):\n        print("x")\n') },
  },
  {
    title: 'what a decorator puts around runs', expected: ['deco.py: on_quote_tick: on_quote_tick → wrapper'],
    files: {
      'deco.py': 'def timed(fn):\n    def wrapper(*args):\n        print("x")\n        return fn(*args)\n    return wrapper\n',
      's.py': strategy('from deco import timed\nclass S(Strategy):\n    @timed\n', handler('pass')),
    },
  },
  {
    title: 'a decorator with arguments', expected: ['deco.py: on_quote_tick: on_quote_tick → wrapper'],
    files: {
      'deco.py': 'def timed(name):\n    def outer(fn):\n        def wrapper(*args):\n            print("x")\n        return wrapper\n    return outer\n',
      's.py': strategy('from deco import timed\nclass S(Strategy):\n    @timed("a")\n', handler('pass')),
    },
  },
  {
    title: 'property of the same class', expected: ['s.py: on_quote_tick: on_quote_tick → room'],
    files: { 's.py': strategy('class S(Strategy):\n', handler('x = self.room'), '    @property\n    def room(self):\n        print("x")\n        return 1\n') },
  },
  {
    title: 'property of an object of another file', expected: ['risk.py: on_quote_tick: on_quote_tick → RiskManager.room'],
    files: {
      'risk.py': 'class RiskManager:\n    @property\n    def room(self):\n        print("x")\n        return 1\n    def other(self):\n        print("y")\n',
      's.py': strategy('from risk import RiskManager\nclass S(Strategy):\n    def __init__(self, risk: RiskManager):\n        self.risk = risk\n', handler('if self.risk.room > self.risk.other:', '    pass')),
    },
  },
  {
    title: 'a module instance', expected: REACHED,
    files: { 'risk.py': `${RISK}risk = RiskManager()\n`, 's.py': strategy('from risk import risk\nclass S(Strategy):\n', handler('risk.check()')) },
  },
  {
    title: 'a function that returns an instance by annotation', expected: REACHED,
    files: { 'risk.py': `${RISK}def make() -> "RiskManager":\n    return build()\n`, 's.py': strategy('from risk import make\nclass S(Strategy):\n', handler('make().check()')) },
  },
  {
    title: 'a function that returns an instance', expected: REACHED,
    files: { 'risk.py': `${RISK}def make():\n    return RiskManager()\n`, 's.py': strategy('import risk\nclass S(Strategy):\n    def __init__(self):\n        self.risk = risk.make()\n', handler('self.risk.check()')) },
  },
  ...['Optional[RiskManager]', 'RiskManager | None', '"RiskManager"', '"RiskManager | None"', 'Optional["RiskManager"]', 'Annotated[RiskManager, 1]'].map((type) => ({
    title: `annotation ${type}`, expected: REACHED,
    files: { 'risk.py': RISK, 's.py': strategy(`from typing import Annotated, Optional\nfrom risk import RiskManager\nclass S(Strategy):\n    def __init__(self, risk: ${type} = None):\n        self.risk = risk\n`, handler('self.risk.check()')) },
  })),
  {
    title: 'an import for type checkers only', expected: REACHED,
    files: { 'risk.py': RISK, 's.py': strategy('from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from risk import RiskManager\nclass S(Strategy):\n    def __init__(self, risk: "RiskManager"):\n        self.risk = risk\n', handler('self.risk.check()')) },
  },
  {
    title: 'a typed local variable', expected: REACHED,
    files: { 'risk.py': RISK, 's.py': strategy('from risk import RiskManager\nclass S(Strategy):\n', handler('risk: RiskManager = self.get()', 'risk.check()')) },
  },
  {
    title: 'a local alias of an attribute', expected: REACHED,
    files: { 'risk.py': RISK, 's.py': strategy('from risk import RiskManager\nclass S(Strategy):\n    def __init__(self, risk: RiskManager):\n        self.risk = risk\n', handler('risk = self.risk', 'check = risk.check', 'check()')) },
  },
  {
    title: 'a chain of attributes over three files', expected: ['risk.py: on_quote_tick: on_quote_tick → RiskManager.check'],
    files: {
      'risk.py': RISK, 'desk.py': 'from risk import RiskManager\nclass Desk:\n    def __init__(self):\n        self.risk = RiskManager()\n',
      's.py': strategy('from desk import Desk\nclass S(Strategy):\n    def __init__(self, desk: Desk):\n        self.desk = desk\n', handler('self.desk.risk.check()')),
    },
  },
  {
    title: 'a method overridden in a known subclass', expected: ['s.py: on_quote_tick: on_quote_tick → S.decide'],
    files: {
      'base.py': strategy('class Base(Strategy):\n', handler('self.decide()'), '    def decide(self):\n        raise NotImplementedError\n'),
      's.py': 'from base import Base\nclass S(Base):\n    def decide(self):\n        print("x")\n',
    },
  },
  {
    title: 'an abstract method of an annotated type', expected: ['risk.py: on_quote_tick: on_quote_tick → Limits.check'],
    files: {
      'risk.py': 'class Risk:\n    def check(self): ...\nclass Limits(Risk):\n    def check(self):\n        print("x")\n',
      's.py': strategy('from risk import Risk\nclass S(Strategy):\n    def __init__(self, risk: Risk):\n        self.risk = risk\n', handler('self.risk.check()')),
    },
  },
  {
    title: 'a nested function', expected: ['s.py: on_quote_tick: on_quote_tick → inner'],
    files: { 's.py': strategy('class S(Strategy):\n', handler('def inner():', '    print("x")', 'inner()')) },
  },
  {
    title: 'a constructor', expected: ['risk.py: on_quote_tick: on_quote_tick → Event.__init__'],
    files: { 'risk.py': 'class Event:\n    def __init__(self):\n        print("x")\n', 's.py': strategy('from risk import Event\nclass S(Strategy):\n', handler('Event()')) },
  },
  {
    title: 'an instance that is called', expected: ['risk.py: on_quote_tick: on_quote_tick → Model.__call__'],
    files: { 'risk.py': 'class Model:\n    def __call__(self, x):\n        print("x")\n', 's.py': strategy('from risk import Model\nclass S(Strategy):\n    def __init__(self):\n        self.model = Model()\n', handler('self.model(1)')) },
  },
  {
    title: 'a class method and a static method', expected: ['risk.py: on_quote_tick: on_quote_tick → Risk.a', 'risk.py: on_quote_tick: on_quote_tick → Risk.a → b'],
    files: { 'risk.py': 'class Risk:\n    @classmethod\n    def a(cls):\n        print("x")\n        cls.b()\n    @staticmethod\n    def b():\n        print("x")\n', 's.py': strategy('from risk import Risk\nclass S(Strategy):\n', handler('Risk.a()')) },
  },
  {
    title: 'sorted with a key runs it', expected: ['s.py: on_quote_tick: on_quote_tick → rank'],
    files: { 's.py': strategy('class S(Strategy):\n', handler('sorted(self.xs, key=self.rank)'), '    def rank(self, x):\n        print("x")\n') },
  },
  {
    title: 'an awaited coroutine', expected: ['s.py: on_quote_tick: on_quote_tick → send'],
    files: { 's.py': strategy('import asyncio\nclass S(Strategy):\n', handler('asyncio.create_task(self.send())'), '    async def send(self):\n        print("x")\n') },
  },
];

describe('receivers across files', () => {
  test.each(CASES)('$title', ({ files, expected }) => {
    expect(messages(project(files))).toEqual(expected);
  });
});

describe('unresolved stays silent', () => {
  test.each<[string, Readonly<Record<string, string>>]>([
    ['an untyped attribute', { 'risk.py': RISK, 's.py': strategy('class S(Strategy):\n    def __init__(self, risk):\n        self.risk = risk\n', handler('self.risk.check()')) }],
    ['two constructors', { 'risk.py': `${RISK}class Other:\n    def check(self): pass\n`, 's.py': strategy('from risk import Other, RiskManager\nclass S(Strategy):\n    def __init__(self, a):\n        if a:\n            self.risk = RiskManager()\n        else:\n            self.risk = Other()\n', handler('self.risk.check()')) }],
    ['a union of two types', { 'risk.py': RISK, 's.py': strategy('from risk import RiskManager\nclass S(Strategy):\n    def __init__(self, risk: RiskManager | int):\n        self.risk = risk\n', handler('self.risk.check()')) }],
    ['a list of instances', { 'risk.py': RISK, 's.py': strategy('from risk import RiskManager\nclass S(Strategy):\n    def __init__(self, risks: list[RiskManager]):\n        self.risks = risks\n', handler('self.risks.check()')) }],
    ['a guarded call', { 'risk.py': RISK, 's.py': strategy('from risk import RiskManager\nclass S(Strategy):\n    def __init__(self, risk: RiskManager):\n        self.risk = risk\n', handler('self.n += 1', 'if self.n % 100 == 0:', '    self.risk.check()')) }],
    ['a reference that is not called', { 'risk.py': RISK, 's.py': strategy('from risk import RiskManager\nclass S(Strategy):\n    def __init__(self, risk: RiskManager):\n        self.risk = risk\n', handler('f = self.risk.check')) }],
    ['a bar handler', { 'risk.py': RISK, 's.py': strategy('from risk import RiskManager\nclass S(Strategy):\n    def __init__(self, risk: RiskManager):\n        self.risk = risk\n    def on_bar(self, bar):\n        self.risk.check()\n') }],
  ])('%s', (_title, files) => {
    expect(messages(project(files))).toEqual([]);
  });
});
