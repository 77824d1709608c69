/** A zone imported from the desk's own code is known by its name; a name that says nothing, or a name of this file, is not. */
import { beforeAll, describe, expect, test } from 'vitest';
import { assumedZone } from '../../../src/guardians/compliance/clock/assume.ts';
import { Evaluator } from '../../../src/guardians/compliance/clock/evaluate.ts';
import { indexOf } from '../../../src/guardians/compliance/file-index.ts';
import { readSource, Syntax } from '../../../src/core/source/source.ts';
import { sourceOf } from '../../../src/core/source/text.ts';

const AT = { start: 3, end: 9 };

describe('a constant of another file', () => {
  test.each([
    ['NEW_YORK', 'America/New_York'], ['ET', 'America/New_York'], ['NYC', 'America/New_York'], ['TZ_ET', 'America/New_York'], ['EASTERN', 'America/New_York'], ['US_EASTERN', 'America/New_York'],
    ['CHICAGO', 'America/Chicago'], ['CT', 'America/Chicago'], ['EXCHANGE_TZ_CHICAGO', 'America/Chicago'],
  ])('%s is %s', (name, zone) => {
    expect(assumedZone(name, AT)).toEqual({ kind: 'zone', clock: { kind: 'zone', zone, root: AT }, meanTime: false });
  });
  test.each(['UTC', 'TZ', 'LONDON', 'EXCHANGE_TZ', 'BUDGET', 'CTX', 'SYNC', 'et', 'new_york', 'Et', 'NewYork', ''])('%s says no zone', (name) => {
    expect(assumedZone(name, AT)).toBeUndefined();
  });
});

describe('where the name comes from', () => {
  let syntax: Syntax;
  beforeAll(async () => { syntax = await Syntax.create(); });

  /** The value of the argument of `probe(…)` in a file. */
  const probed = (code: string): unknown => {
    const model = readSource('bot.py', sourceOf(code), syntax, { budgetMs: 5_000 });
    const call = indexOf(model).calls.find(({ node }) => node.callee.kind === 'name' && node.callee.name === 'probe');
    const argument = call?.node.args[0]?.value;
    if (call === undefined || argument === undefined) { throw new Error(`no probe(…) in ${code}`); }
    const value = new Evaluator(model).value(argument, call.site);
    return value?.kind === 'zone' ? value.clock.zone : value?.kind;
  };

  test.each([
    ['imported', 'from desk.clock import NEW_YORK\nprobe(NEW_YORK)\n', 'America/New_York'],
    ['imported relatively, inside a function', 'def f():\n    from .clock import CHICAGO\n    probe(CHICAGO)\n', 'America/Chicago'],
    ['imported under another name', 'from desk.clock import NEW_YORK as TZ\nprobe(TZ)\n', 'America/New_York'],
    ['imported under a name of its own', 'from desk.clock import MAIN as ET\nprobe(ET)\n', 'America/New_York'],
    ['of an imported module', 'from desk import clock\nprobe(clock.NEW_YORK)\n', 'America/New_York'],
    ['of an object of this file', 'clock = make_clock()\nprobe(clock.NEW_YORK)\n', undefined],
    ['imported where there is no zone data', 'try:\n    from desk.clock import ET\nexcept ImportError:\n    from desk.fallback import ET\nprobe(ET)\n', 'America/New_York'],
    ['made in this file of something unknown: a time, by its name', 'ET = make_zone()\nprobe(ET)\n', 'moment'],
    ['a parameter: a time, by its name', 'def f(ET):\n    probe(ET)\n', 'moment'],
    ['imported, and made anew where that fails', 'try:\n    from desk.clock import NEW_YORK\nexcept ImportError:\n    NEW_YORK = None\nprobe(NEW_YORK)\n', undefined],
    ['made in this file as another zone', 'from zoneinfo import ZoneInfo\nET = ZoneInfo("Europe/London")\nprobe(ET)\n', 'Europe/London'],
  ])('%s', (_, code, zone) => { expect(probed(code)).toBe(zone); });

  test('its clock is rooted where the name is used', () => {
    const code = 'from desk.clock import NEW_YORK\nprobe(NEW_YORK)\n';
    const model = readSource('bot.py', sourceOf(code), syntax, { budgetMs: 5_000 });
    const call = indexOf(model).calls[0]!;
    const value = new Evaluator(model).value(call.node.args[0]!.value, call.site);
    expect(value).toMatchObject({ kind: 'zone', clock: { root: { start: code.lastIndexOf('NEW_YORK'), end: code.lastIndexOf('NEW_YORK') + 8 } } });
  });
});
