/** INI files, properties and MetaTrader's presets: keys, sections, values, exact places. */
import { describe, expect, test } from 'vitest';
import { readIni } from '../../../src/core/source/config/read-ini.ts';
import { languageOf } from '../../../src/core/source/languages.ts';

const read = (text: string): readonly string[] => readIni(text).entries.filter((entry) => entry.shape === 'scalar')
  .map((entry) => `${entry.path.join('/')}=${text.slice(entry.valueSpan.start, entry.valueSpan.end)}`);

describe('INI', () => {
  test.each([
    ['a.ini', 'ini'], ['common.INI', 'ini'], ['setup.cfg', 'ini'], ['log4j.properties', 'ini'], ['Presets/Fade.set', 'ini'], ['chart01.chr', 'ini'],
  ])('%s is %s', (path, language) => {
    expect(languageOf(path)).toBe(language);
  });

  test('sections, both signs, quotes and comments behind values', () => {
    const text = '[risk]\nmax_daily_loss = 2500 ; dollars\nname: "apex one" # account\r\npath=C:\\data\\x\n\n[flat by]\ntime = 16:58\n';
    expect(read(text)).toEqual(['risk/max_daily_loss=2500', 'risk/name=apex one', 'risk/path=C:\\data\\x', 'flat by/time=16:58']);
    expect(readIni(text).comments.map(({ text: words, ownLine }) => [words, ownLine])).toEqual([['dollars', false], ['account', false]]);
  });

  test('a mark inside quotes, or without a blank before it, is no comment', () => {
    expect(read('a="x ; y"\nb=p#ss;word\n')).toEqual(['a=x ; y', 'b=p#ss;word']);
  });

  test('the span of an entry runs from its key to its value, that of a section to its last line', () => {
    const text = '; head\n[Common]\nLogin = 4711\n\n';
    const [section, login] = readIni(text).entries;
    expect(text.slice(section?.start, section?.end)).toBe('[Common]\nLogin = 4711');
    expect(text.slice(login?.start, login?.end)).toBe('Login = 4711');
    expect(text.slice(login?.keySpan?.start, login?.keySpan?.end)).toBe('Login');
    expect(readIni(text).comments[0]).toMatchObject({ text: 'head', ownLine: true });
  });

  test('an unclosed section is an error, a line of neither form is passed over', () => {
    const { entries, errors } = readIni('[broken\nwords alone\na=1\n');
    expect(errors).toEqual([{ start: 0, end: 7 }]);
    expect(entries.map(({ key }) => key)).toEqual(['a']);
  });

  test('properties: a mark of exclamation begins a comment', () => {
    expect(readIni('! note\nbroker.key=abc').comments).toHaveLength(1);
    expect(read('! note\nbroker.key=abc')).toEqual(['broker.key=abc']);
  });
});

describe('MetaTrader presets', () => {
  test('of an input to optimise the first number is the value', () => {
    const text = '; saved automatically\r\nMaxDailyLossPercent=12||5||1||20||Y\r\nComment=a||b\r\nLots=0.10||0.1||0.01||1||N\r\n';
    expect(read(text)).toEqual(['MaxDailyLossPercent=12', 'Comment=a||b', 'Lots=0.10']);
  });

  test('ranges of MetaTrader 4 are no values', () => {
    expect(read('MaxDD=12\nMaxDD,F=0\nMaxDD,1=5\nMaxDD,2=1\nMaxDD,3=20\n')).toEqual(['MaxDD=12']);
  });

  test('sections in angle brackets, as charts and testers write them', () => {
    expect(read('<inputs>\nMaxDD=12\n</inputs>\nafter=1\n')).toEqual(['inputs/MaxDD=12', 'after=1']);
    expect(read('<window>\nheight=1\n<object>\nname=line\n</object>\n<expert>\nname=Fade\n<inputs>\nMaxDD=12\n</inputs>\n</expert>\n')).toEqual(['expert/name=Fade', 'inputs/MaxDD=12']);
  });
});
