/** Receivers that come out of containers, `with` statements and decorators: each with a neighbour that stays silent. */
import { describe, expect, test } from 'vitest';
import { messages, project, STRATEGY, summaryOf } from './project.ts';

const FILTERS = [
  'class Filter:', '    def check(self, tick):', '        print("x")',
  'class SpreadFilter:', '    def check(self, tick):', '        print("spread")',
  'class TimeFilter:', '    def check(self, tick):', '        print("time")', '',
].join('\n');
const IMPORTS = 'from typing import Deque, Dict, Iterable, List, Mapping, Optional, Sequence\nfrom collections import defaultdict, deque\nfrom filters import Filter, SpreadFilter, TimeFilter\n';

interface Form {
  readonly title: string;
  /** Lines of the constructor, whose parameter is `filters`. */
  readonly init?: readonly string[];
  readonly tick: readonly string[];
  readonly parameter?: string;
  /** Lines of the class body. */
  readonly body?: readonly string[];
  /** Classes whose `check` runs. */
  readonly runs: readonly string[];
}

/** Classes of which `check` is reached. */
function runs({ init = ['pass'], tick, parameter, body = [] }: Form): readonly string[] {
  const text = [
    `${STRATEGY}${IMPORTS}class S(Strategy):`, ...body.map((line) => `    ${line}`),
    `    def __init__(self, filters${parameter === undefined ? '' : `: ${parameter}`}, names):`, ...init.map((line) => `        ${line}`),
    '    def on_quote_tick(self, tick):', ...tick.map((line) => `        ${line}`), '',
  ].join('\n');
  return messages(project({ 'filters.py': FILTERS, 's.py': text })).map((line) => /→ (\w+)\.check$/.exec(line)?.[1] ?? line);
}

const LOOP = ['for f in self.filters:', '    f.check(tick)'];
const KEEP = ['self.filters = filters'];
const TWO = ['SpreadFilter', 'TimeFilter'];

const FORMS: readonly Form[] = [
  ...['list[Filter]', 'List[Filter]', 'tuple[Filter, ...]', 'set[Filter]', 'Sequence[Filter]', 'Iterable["Filter"]', '"list[Filter]"', 'Optional[list[Filter]]',
    'list[Filter] | None', '"List[Filter] | None"', 'deque[Filter]', 'list[Optional[Filter]]'].map((parameter) => (
    { title: `a loop over ${parameter}`, parameter, init: KEEP, tick: LOOP, runs: ['Filter'] })),
  ...['list', 'list[int]', 'tuple[int, Filter]', 'type[Filter]', 'Filter', 'list[Filter] | dict[str, Filter]', 'list[Filter | int]', 'list[Unknown]'].map((parameter) => (
    { title: `no loop over ${parameter}`, parameter, init: KEEP, tick: LOOP, runs: [] })),
  { title: 'an annotated attribute', init: ['self.filters: list[Filter] = []'], tick: LOOP, runs: ['Filter'] },
  { title: 'an annotation in the class body', body: ['filters: list[Filter]'], tick: LOOP, runs: ['Filter'] },
  { title: 'a parameter, directly', body: ['def each(self, filters: list[Filter], tick):', '    for f in filters:', '        f.check(tick)'], tick: ['self.each(None, tick)'], runs: ['Filter'] },
  { title: 'a comprehension', parameter: 'list[Filter]', init: KEEP, tick: ['x = [f.check(tick) for f in self.filters]'], runs: ['Filter'] },
  { title: 'a generator in a call', parameter: 'list[Filter]', init: KEEP, tick: ['return all(f.check(tick) for f in self.filters)'], runs: ['Filter'] },
  { title: 'a comprehension with a condition', parameter: 'list[Filter]', init: KEEP, tick: ['x = [f.check(tick) for f in self.filters if f.on]'], runs: [] },
  { title: 'an index', parameter: 'list[Filter]', init: KEEP, tick: ['self.filters[0].check(tick)'], runs: ['Filter'] },
  { title: 'an index through a local name', parameter: 'list[Filter]', init: KEEP, tick: ['first = self.filters[0]', 'first.check(tick)'], runs: ['Filter'] },
  { title: 'a slice is no element', parameter: 'list[Filter]', init: KEEP, tick: ['self.filters[0:2].check(tick)'], runs: [] },
  { title: 'a dict by key', parameter: 'dict[str, Filter]', init: KEEP, tick: ['self.filters[tick.id].check(tick)'], runs: ['Filter'] },
  { title: 'a dict by get', parameter: 'Dict[str, Filter]', init: KEEP, tick: ['f = self.filters.get(tick.id)', 'f.check(tick)'], runs: ['Filter'] },
  { title: 'keys are no values', parameter: 'dict[str, Filter]', init: KEEP, tick: LOOP, runs: [] },
  { title: 'the key of a pair is no value', parameter: 'dict[str, Filter]', init: KEEP, tick: ['for f, _ in self.filters.items():', '    f.check(tick)'], runs: [] },
  { title: 'a pair is no value', parameter: 'dict[str, Filter]', init: KEEP, tick: ['for f in self.filters.items():', '    f.check(tick)'], runs: [] },
  { title: 'values()', parameter: 'Mapping[str, Filter]', init: KEEP, tick: ['for f in self.filters.values():', '    f.check(tick)'], runs: ['Filter'] },
  { title: 'list(values())', parameter: 'dict[str, Filter]', init: KEEP, tick: ['for f in list(self.filters.values()):', '    f.check(tick)'], runs: ['Filter'] },
  { title: 'items()', parameter: 'dict[str, Filter]', init: KEEP, tick: ['for _, f in self.filters.items():', '    f.check(tick)'], runs: ['Filter'] },
  { title: 'values() of a list', parameter: 'list[Filter]', init: KEEP, tick: ['for f in self.filters.values():', '    f.check(tick)'], runs: [] },
  { title: 'enumerate', parameter: 'list[Filter]', init: KEEP, tick: ['for i, f in enumerate(self.filters):', '    f.check(tick)'], runs: ['Filter'] },
  { title: 'the counter of enumerate', parameter: 'list[Filter]', init: KEEP, tick: ['for f, i in enumerate(self.filters):', '    f.check(tick)'], runs: [] },
  { title: 'enumerate of items', parameter: 'dict[str, Filter]', init: KEEP, tick: ['for i, (_, f) in enumerate(self.filters.items()):', '    f.check(tick)'], runs: ['Filter'] },
  { title: 'zip', parameter: 'list[Filter]', init: KEEP, tick: ['for n, f in zip(self.names, self.filters):', '    f.check(tick)'], runs: ['Filter'] },
  { title: 'the other one of zip', parameter: 'list[Filter]', init: KEEP, tick: ['for f, n in zip(self.names, self.filters):', '    f.check(tick)'], runs: [] },
  { title: 'sorted and reversed', parameter: 'list[Filter]', init: KEEP, tick: ['for f in reversed(sorted(self.filters)):', '    f.check(tick)'], runs: ['Filter'] },
  { title: 'a list in a list', parameter: 'list[list[Filter]]', init: KEEP, tick: ['for row in self.filters:', '    for f in row:', '        f.check(tick)'], runs: ['Filter'] },
  { title: 'a list is no element of itself', parameter: 'list[list[Filter]]', init: KEEP, tick: LOOP, runs: [] },
  { title: 'a literal of constructors', init: ['self.filters = [SpreadFilter(), TimeFilter()]'], tick: LOOP, runs: TWO },
  { title: 'a literal with something unknown', init: ['self.filters = [SpreadFilter(), names]'], tick: LOOP, runs: ['SpreadFilter'] },
  { title: 'one of two by index cannot be told', init: ['self.filters = [SpreadFilter(), TimeFilter()]'], tick: ['self.filters[0].check(tick)'], runs: [] },
  { title: 'one known of several by index cannot be told', init: ['self.filters = [SpreadFilter(), names]'], tick: ['self.filters[0].check(tick)'], runs: [] },
  { title: 'a literal of another kind in a second place', init: ['self.filters = [SpreadFilter()]', 'self.filters = [TimeFilter()]'], tick: LOOP, runs: [] },
  { title: 'a dict of constructors', init: ['self.filters = {"a": SpreadFilter(), "b": TimeFilter()}'], tick: ['for f in self.filters.values():', '    f.check(tick)'], runs: TWO },
  { title: 'a table of one kind by key', init: ['self.filters = {"a": SpreadFilter(), "b": SpreadFilter()}'], tick: ['self.filters[tick.id].check(tick)'], runs: ['SpreadFilter'] },
  { title: 'a table of several kinds by key', init: ['self.filters = {"a": SpreadFilter(), "b": TimeFilter()}'], tick: ['self.filters[tick.id].check(tick)'], runs: [] },
  { title: 'a table of functions by key: only one kind of event runs it', init: ['self.filters = {"a": SpreadFilter().check}'], tick: ['self.filters[tick.id](tick)'], runs: [] },
  { title: 'a list of functions', init: ['self.filters = [SpreadFilter().check, TimeFilter().check]'], tick: ['for f in self.filters:', '    f(tick)'], runs: TWO },
  { title: 'a comprehension of constructors', init: ['self.filters = [SpreadFilter() for n in names]'], tick: LOOP, runs: ['SpreadFilter'] },
  { title: 'a dict comprehension', init: ['self.filters = {n: SpreadFilter() for n in names}'], tick: ['self.filters[tick.id].check(tick)'], runs: ['SpreadFilter'] },
  { title: 'append', init: ['self.filters = []', 'self.filters.append(SpreadFilter())'], tick: LOOP, runs: ['SpreadFilter'] },
  { title: 'append in another method', init: ['self.filters = []'], body: ['def add(self):', '    self.filters.append(TimeFilter())'], tick: LOOP, runs: ['TimeFilter'] },
  { title: 'append to something else', init: ['self.filters = []', 'self.others.append(SpreadFilter())'], tick: LOOP, runs: [] },
  { title: 'append of something unknown', init: ['self.filters = []', 'self.filters.append(names)'], tick: LOOP, runs: [] },
  { title: 'extend', init: ['self.filters = []', 'self.filters.extend([SpreadFilter(), TimeFilter()])'], tick: LOOP, runs: TWO },
  { title: 'an empty list in a second place', init: ['self.filters = [SpreadFilter()]'], body: ['def on_reset(self):', '    self.filters = []'], tick: LOOP, runs: ['SpreadFilter'] },
  { title: 'deque and appendleft', init: ['self.filters = deque(maxlen=5)', 'self.filters.appendleft(SpreadFilter())'], tick: LOOP, runs: ['SpreadFilter'] },
  { title: 'values put in by key', init: ['self.filters = {}', 'self.filters["a"] = SpreadFilter()'], tick: ['self.filters[tick.id].check(tick)'], runs: ['SpreadFilter'] },
  { title: 'setdefault', init: ['self.filters = {}'], tick: ['self.filters.setdefault(tick.id, SpreadFilter()).check(tick)'], runs: [] },
  { title: 'defaultdict', init: ['self.filters = defaultdict(SpreadFilter)'], tick: ['self.filters[tick.id].check(tick)'], runs: ['SpreadFilter'] },
  { title: 'defaultdict of lists', init: ['self.filters = defaultdict(list)'], tick: ['self.filters[tick.id].check(tick)'], runs: [] },
  { title: 'a copy', parameter: 'list[Filter]', init: ['self.filters = list(filters)'], tick: LOOP, runs: ['Filter'] },
  { title: 'or an empty one', parameter: 'list[Filter]', init: ['self.filters = filters or []'], tick: LOOP, runs: ['Filter'] },
  { title: 'pop', parameter: 'list[Filter]', init: KEEP, tick: ['self.filters.pop().check(tick)'], runs: ['Filter'] },
  { title: 'a tuple on the spot', tick: ['for f in (SpreadFilter(), TimeFilter()):', '    f.check(tick)'], runs: TWO },
  { title: 'a local list', tick: ['filters = []', 'filters.append(SpreadFilter())', 'for f in filters:', '    f.check(tick)'], runs: ['SpreadFilter'] },
  { title: 'the same name in two loops', init: ['self.a = [SpreadFilter()]', 'self.b = [TimeFilter()]'], tick: ['for f in self.a:', '    f.check(tick)', 'for f in self.b:', '    f.check(tick)'], runs: TWO },
  { title: 'the same name in two loops, one unknown', init: ['self.a = [SpreadFilter()]'], tick: ['for f in self.a:', '    pass', 'for f in self.b:', '    f.check(tick)'], runs: [] },
  { title: 'the same name in two comprehensions', init: ['self.a = [SpreadFilter()]', 'self.b = [TimeFilter()]'], tick: ['return any(f.check(tick) for f in self.a) and any(f.no() for f in self.b)'], runs: ['SpreadFilter'] },
  { title: 'a comprehension does not change the name outside', init: ['self.a = [TimeFilter()]'], tick: ['f = SpreadFilter()', 'x = [f.no for f in self.a]', 'f.check(tick)'], runs: ['SpreadFilter'] },
  { title: 'a name assigned in the loop is another thing', init: ['self.a = [SpreadFilter()]'], tick: ['for f in self.a:', '    f = TimeFilter()', '    f.check(tick)'], runs: [] },
];

describe('elements of containers', () => {
  test.each(FORMS.map((form) => ({ title: form.title, form })))('$title', ({ form }) => {
    expect(runs(form)).toEqual(form.runs);
  });

  test('across files: the list stands in a base of another file, the loop in a third', () => {
    const files = {
      'filters.py': FILTERS,
      'base.py': `${STRATEGY}from filters import Filter\nclass Base(Strategy):\n    filters: list[Filter]\n`,
      's.py': 'from base import Base\nclass S(Base):\n    def on_quote_tick(self, tick):\n        for f in self.filters:\n            f.check(tick)\n',
    };
    expect(messages(project(files))).toEqual(['filters.py: on_quote_tick: on_quote_tick → Filter.check']);
  });

  test('a function that returns a list by annotation', () => {
    const files = {
      'filters.py': `${FILTERS}def all_filters() -> list[SpreadFilter]:\n    return load()\n`,
      's.py': `${STRATEGY}from filters import all_filters\nclass S(Strategy):\n    def on_quote_tick(self, tick):\n        for f in all_filters():\n            f.check(tick)\n`,
    };
    expect(messages(project(files))).toEqual(['filters.py: on_quote_tick: on_quote_tick → SpreadFilter.check']);
  });

  test('containers of one another end', () => {
    const text = `${STRATEGY}class S(Strategy):\n    def __init__(self):\n        self.a = [self.b, self.c]\n        self.b = [self.a, self.c]\n        self.c = [self.a, self.b]\n    def on_quote_tick(self, tick):\n        for x in self.a:\n            for y in x:\n                for z in y:\n                    for u in z:\n                        for v in u:\n                            v[0].check(tick)\n        print("x")\n`;
    expect(messages(project({ 's.py': text }))).toEqual(['s.py: on_quote_tick: on_quote_tick']);
  });
});

describe('objects with methods of their own for it', () => {
  const strategy = (...tick: readonly string[]): string => (
    `${STRATEGY}from book import Book, Desk\nclass S(Strategy):\n    def __init__(self):\n        self.desk = Desk()\n    def on_quote_tick(self, tick):\n${tick.map((line) => `        ${line}\n`).join('')}`);
  const BOOK = 'class Book:\n    def check(self, tick):\n        print("x")\n    def other(self):\n        print("y")\n';
  const reached = (desk: string, ...tick: readonly string[]): readonly string[] => messages(project({ 'book.py': `${BOOK}class Desk:\n    def __init__(self):\n        self.books: list[Book] = []\n${desk}`, 's.py': strategy(...tick) }));
  const CHECKED = ['book.py: on_quote_tick: on_quote_tick → Book.check'];

  test.each<[string, string, readonly string[], readonly string[]]>([
    ['with, __enter__ gives itself', '    def __enter__(self):\n        return self\n    def check(self, tick):\n        print("x")\n', ['with Desk() as d:', '    d.check(tick)'], ['book.py: on_quote_tick: on_quote_tick → Desk.check']],
    ['with, __enter__ gives something else', '    def __enter__(self):\n        return Book()\n', ['with self.desk as b:', '    b.check(tick)'], CHECKED],
    ['with, __enter__ cannot be told', '    def __enter__(self):\n        return self.make()\n    def check(self, tick):\n        print("x")\n', ['with self.desk as b:', '    b.check(tick)'], []],
    ['with runs __enter__ and __exit__', '    def __enter__(self):\n        print("in")\n    def __exit__(self, *a):\n        print("out")\n', ['with self.desk:', '    pass'],
      ['book.py: on_quote_tick: on_quote_tick → Desk.__enter__', 'book.py: on_quote_tick: on_quote_tick → Desk.__exit__']],
    ['async with asks for __aenter__', '    async def __aenter__(self):\n        return Book()\n    def __enter__(self):\n        print("no")\n', ['async with self.desk as b:', '    b.check(tick)'], CHECKED],
    ['a context manager written as a generator', '    @contextmanager\n    def lock(self) -> Iterator[Book]:\n        yield self.books[0]\n', ['with self.desk.lock() as b:', '    b.check(tick)'], CHECKED],
    ['__iter__ over a list', '    def __iter__(self):\n        return iter(self.books)\n', ['for b in self.desk:', '    b.check(tick)'], CHECKED],
    ['__iter__ by annotation', '    def __iter__(self) -> Iterator[Book]:\n        yield from self.books\n', ['for b in self.desk:', '    b.check(tick)'], CHECKED],
    ['__iter__ and __next__', '    def __iter__(self):\n        return self\n    def __next__(self) -> Book:\n        return self.books.pop()\n', ['for b in self.desk:', '    b.check(tick)'], CHECKED],
    ['no __iter__', '', ['for b in self.desk:', '    b.check(tick)'], []],
    ['__getitem__', '    def __getitem__(self, key):\n        return self.books[key]\n', ['self.desk[1].check(tick)'], CHECKED],
    ['no __getitem__', '', ['self.desk[1].check(tick)'], []],
    ['items of its own', '    def items(self) -> list[Book]:\n        return self.books\n', ['for b in self.desk.items():', '    b.check(tick)'], []],
  ])('%s', (_title, desk, tick, expected) => {
    expect(reached(desk, ...tick)).toEqual(expected);
  });
});

describe('abstract types', () => {
  const files = (risk: string): Readonly<Record<string, string>> => ({
    'risk.py': risk,
    's.py': `${STRATEGY}from risk import Risk\nclass S(Strategy):\n    def __init__(self, risk: Risk, all: list[Risk]):\n        self.risk = risk\n        self.all = all\n    def on_quote_tick(self, tick):\n        self.risk.check(tick)\n        for r in self.all:\n            r.check(tick)\n`,
  });
  const LIMITS = 'class Limits(Risk):\n    def check(self, tick):\n        print("x")\n';
  const ANY = 'class Limits:\n    def check(self, tick):\n        print("x")\n';
  const REACHED = ['risk.py: on_quote_tick: on_quote_tick → Limits.check'];

  test.each<[string, string, readonly string[]]>([
    ['an abstract base', `from abc import ABC, abstractmethod\nclass Risk(ABC):\n    @abstractmethod\n    def check(self, tick): ...\n${LIMITS}`, REACHED],
    ['an abstract method with a body: overrides run, it does not', `from abc import ABC, abstractmethod\nclass Risk(ABC):\n    @abstractmethod\n    def check(self, tick):\n        print("never")\n${LIMITS}`, REACHED],
    ['a protocol with a class that names it', `from typing import Protocol\nclass Risk(Protocol):\n    def check(self, tick) -> None: ...\n${LIMITS}`, REACHED],
    ['a protocol that one class alone looks like', `from typing import Protocol\nclass Risk(Protocol):\n    def check(self, tick) -> None: ...\n${ANY}`, REACHED],
    ['a protocol that two classes look like: which one it is cannot be told', `from typing import Protocol\nclass Risk(Protocol):\n    def check(self, tick) -> None: ...\n${ANY}${ANY.replace('Limits', 'Room')}`, []],
    ['a method that is real: which subclass it is cannot be told', `class Risk:\n    def check(self, tick):\n        self.n = 1\n${LIMITS}`, []],
  ])('%s', (_title, risk, expected) => {
    expect(messages(project(files(risk)))).toEqual(expected);
  });

  test('what an abstract method returns counts where nothing overrides it', () => {
    expect(messages(project({
      'risk.py': `from typing import Protocol\nclass Book:\n    def check(self, tick):\n        print("x")\nclass Risk(Protocol):\n    def book(self) -> Book: ...\n`,
      's.py': `${STRATEGY}from risk import Risk\nclass S(Strategy):\n    def __init__(self, risk: Risk):\n        self.risk = risk\n    def on_quote_tick(self, tick):\n        self.risk.book().check(tick)\n`,
    }))).toEqual(['risk.py: on_quote_tick: on_quote_tick → Book.check']);
  });
});

describe('a decorator that lets a call through now and then', () => {
  const THROTTLE = (condition: string, before = 'pass'): string => [
    'import time', 'import functools', 'def limited(seconds):', '    last = 0', '    def outer(fn):', '        @functools.wraps(fn)', '        def wrapper(*args):',
    '            nonlocal last', '            now = time.monotonic()', `            ${before}`, `            ${condition}`, '            last = now', '            return fn(*args)', '        return wrapper', '    return outer', '',
  ].join('\n');
  const S = `${STRATEGY}from deco import limited\nclass S(Strategy):\n    def on_quote_tick(self, tick):\n        self.note(tick)\n    @limited(1.0)\n    def note(self, tick):\n        print("x")\n        self.more()\n    def more(self):\n        print("y")\n`;

  test('a throttle in its wrapper is a guard of the function and of all it calls', () => {
    expect(messages(project({ 'deco.py': THROTTLE('if now - last < seconds: return'), 's.py': S }))).toEqual([]);
  });
  test('a wrapper that always calls is none', () => {
    expect(messages(project({ 'deco.py': THROTTLE('pass'), 's.py': S }))).toEqual(['s.py: on_quote_tick: on_quote_tick → note', 's.py: on_quote_tick: on_quote_tick → note → more']);
  });
  test('what the wrapper itself prints before it asks runs each time', () => {
    expect(messages(project({ 'deco.py': THROTTLE('if now - last < seconds: return', 'print("asked")'), 's.py': S })))
      .toEqual(['deco.py: on_quote_tick: on_quote_tick → note → wrapper']);
  });
  test('a handler that is decorated', () => {
    const decorated = `${STRATEGY}from deco import limited\nclass S(Strategy):\n    @limited(1.0)\n    def on_quote_tick(self, tick):\n        print("x")\n`;
    expect(messages(project({ 'deco.py': THROTTLE('if now - last < seconds: return'), 's.py': decorated }))).toEqual([]);
    expect(messages(project({ 'deco.py': THROTTLE('pass'), 's.py': decorated }))).toEqual(['s.py: on_quote_tick: on_quote_tick']);
  });
  test('an edit that takes it away, or puts it back, is noticed in the handler\'s file', () => {
    const handler = `${STRATEGY}from note import note\nclass S(Strategy):\n    def on_quote_tick(self, tick):\n        note(tick)\n`;
    const note = (decorator: string): string => `from deco import limited\n${decorator}def note(tick):\n    print("x")\n`;
    const linker = project({ 'deco.py': THROTTLE('if now - last < seconds: return'), 's.py': handler, 'note.py': note('@limited(1.0)\n') });
    const seen = (): readonly number[] => [linker.decide('note.py').length, linker.traces('s.py').length];
    expect(seen()).toEqual([0, 0]);
    linker.set(summaryOf('note.py', note('')));
    expect(seen()).toEqual([1, 1]);
    linker.set(summaryOf('note.py', note('@limited(1.0)\n')));
    expect(seen()).toEqual([0, 0]);
    linker.set(summaryOf('deco.py', THROTTLE('pass')));
    expect(seen()).toEqual([1, 1]);
  });
  test('a class as a decorator', () => {
    const deco = 'import time\nclass limited:\n    def __init__(self, seconds):\n        self.seconds = seconds\n        self.last = 0\n    def __call__(self, fn):\n        def wrapper(*args):\n            now = time.monotonic()\n            if now - self.last < self.seconds:\n                return None\n            self.last = now\n            return fn(*args)\n        return wrapper\n';
    expect(messages(project({ 'deco.py': deco, 's.py': S }))).toEqual([]);
  });
  test('a class that keeps the function', () => {
    const deco = 'import time\nclass limited:\n    def __init__(self, fn):\n        self.fn = fn\n        self.last = 0\n    def __call__(self, *args):\n        now = time.monotonic()\n        if now - self.last < 1:\n            return None\n        self.last = now\n        return self.fn(*args)\n';
    expect(messages(project({ 'deco.py': deco, 's.py': S.replace('@limited(1.0)', '@limited') }))).toEqual([]);
  });
});

describe('loops over messages, and functions handed to others', () => {
  const P = 'def handle(m):\n    print("x")\n';
  test.each<[string, string, readonly string[]]>([
    ['while True: ws.recv()', 'def run(ws):\n    while True:\n        m = ws.recv()\n        handle(m)\n', ['s.py: run: run → handle']],
    ['self.ws.recv()', 'class Feed:\n    def run(self):\n        while self.on:\n            m = self.ws.recv()\n            if not m:\n                continue\n            handle(m)\n', ['s.py: run: run → handle']],
    ['a connection made by the package', 'import websocket\ndef run(url):\n    link = websocket.create_connection(url)\n    while True:\n        handle(link.recv())\n', ['s.py: run: run → handle']],
    ['a connection opened by with', 'from websockets.sync.client import connect\ndef run(url):\n    with connect(url) as link:\n        for m in link:\n            handle(m)\n', ['s.py: run: run → handle']],
    ['a worksheet is no feed', 'def run(ws):\n    for m in ws:\n        handle(m)\n', []],
    ['for m in ws', 'import websockets.sync.client\ndef run(ws):\n    for m in ws:\n        handle(m)\n', ['s.py: run: run → handle']],
    ['a pipe between processes is no feed', 'def run(pipe):\n    while True:\n        handle(pipe.recv())\n', []],
    ['a list is no feed', 'def run(messages):\n    for m in messages:\n        handle(m)\n', []],
    ['one message, no loop', 'def run(ws):\n    handle(ws.recv())\n', []],
    ['the loop that connects again is not the one over messages', 'async def run(url):\n    while True:\n        ws = await connect(url)\n        print("connected")\n        while True:\n            handle(await ws.recv())\n', ['s.py: run: run → handle']],
    ['asyncio.gather', 'import asyncio\nasync def run(ws):\n    async for m in ws:\n        await asyncio.gather(work(m), other(m))\nasync def work(m):\n    handle(m)\nasync def other(m):\n    pass\n', ['s.py: run: run → work → handle']],
    ['loop.create_task', 'class C:\n    async def run(self, ws, loop):\n        async for m in ws:\n            loop.create_task(self.work(m))\n    async def work(self, m):\n        handle(m)\n', ['s.py: run: run → work → handle']],
    ['a thread for each message', 'import threading\nclass C:\n    async def run(self, ws):\n        async for m in ws:\n            threading.Thread(target=self.work, args=(m,)).start()\n    def work(self, m):\n        handle(m)\n', ['s.py: run: run → work → handle']],
    ['a thread that is started once', 'import threading\nclass C:\n    def start(self):\n        threading.Thread(target=self.work).start()\n    def work(self):\n        handle(1)\n', []],
    ['a thread that runs the loop', 'import threading\nclass C:\n    def start(self):\n        threading.Thread(target=self.work).start()\n    def work(self):\n        while True:\n            handle(self.ws.recv())\n', ['s.py: work: work → handle']],
    ['a pool', 'class C:\n    async def run(self, ws, pool):\n        async for m in ws:\n            pool.submit(self.work, m)\n    def work(self, m):\n        handle(m)\n', ['s.py: run: run → work → handle']],
  ])('%s', (_title, text, expected) => {
    expect(messages(project({ 's.py': `${P}${text}` }))).toEqual(expected);
  });
});
