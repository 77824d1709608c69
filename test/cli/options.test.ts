/** The table of options: read off a schema, it parses, refuses and explains. */
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { optionsOf, parseOptions } from '../../src/cli/options.ts';
import { wantsColor, wantsProgress } from '../../src/cli/terminal.ts';

const schema = z.object({
  paths: z.array(z.string()).default([]).meta({ positional: true, value: 'path', description: 'What to read' }),
  failOn: z.enum(['error', 'warning']).default('error').meta({ description: 'When to fail' }),
  only: z.array(z.string()).optional(),
  size: z.number().positive().optional().meta({ value: 'AMOUNT' }),
  account: z.string().optional().meta({ value: 'ID' }),
  fix: z.boolean().default(false),
  text: z.string().optional().meta({ hidden: true }),
});
const specs = optionsOf(schema);
const parse = (...args: string[]): unknown => {
  const parsed = parseOptions('check', specs, args);
  return parsed.ok ? parsed.value : parsed.error;
};

describe('the table', () => {
  test('names, kinds, choices and defaults come from the schema', () => {
    expect(specs).toEqual([
      { field: 'paths', flag: 'path', kind: 'list', description: 'What to read', value: 'path', positional: true, required: false },
      { field: 'failOn', flag: '--fail-on', kind: 'text', description: 'When to fail', choices: ['error', 'warning'], default: 'error', positional: false, required: false },
      { field: 'only', flag: '--only', kind: 'list', description: '', positional: false, required: false },
      { field: 'size', flag: '--size', kind: 'number', description: '', value: 'AMOUNT', positional: false, required: false },
      { field: 'account', flag: '--account', kind: 'text', description: '', value: 'ID', positional: false, required: false },
      { field: 'fix', flag: '--fix', kind: 'boolean', description: '', positional: false, required: false },
    ]);
  });

  test('a field no option can express is a mistake of ours', () => {
    expect(() => optionsOf(z.object({ nested: z.object({}) }))).toThrow(/"nested" is of type object/);
  });
});

describe('parsing', () => {
  test.each<[string, string[], unknown]>([
    ['nothing', [], {}],
    ['paths', ['a', 'b/c'], { paths: ['a', 'b/c'] }],
    ['a value after a blank and after =', ['--fail-on', 'warning', '--account=a-1'], { failOn: 'warning', account: 'a-1' }],
    ['a list, split and repeated', ['--only', 'APX001,APX004', '--only', 'SEC001'], { only: ['APX001', 'APX004', 'SEC001'] }],
    ['a number', ['--size', '50000'], { size: 50_000 }],
    ['a path that looks like an option, after --', ['--fix', '--', '--odd'], { fix: true, paths: ['--odd'] }],
    ['a value that begins with a dash, given by =', ['--account=-x'], { account: '-x' }],
    ['help wins over what else is wrong', ['--help', 'x'], { help: true }],
    ['-h', ['-h'], { help: true }],
  ])('%s', (_name, args, values) => {
    expect(parse(...args)).toEqual(values);
  });

  test.each<[string, string[], string]>([
    ['an unknown option, with the nearest', ['--fali-on', 'error'], 'tickguard check has no option --fali-on. Did you mean --fail-on?'],
    ['an unknown option, far from all', ['--zzz'], 'tickguard check has no option --zzz. "tickguard check --help" lists its options.'],
    ['an unknown letter', ['-z'], 'tickguard check has no option -z. "tickguard check --help" lists its options.'],
    ['a hidden field', ['--text', 'x'], 'tickguard check has no option --text. "tickguard check --help" lists its options.'],
    ['a value missing at the end', ['--account'], '--account needs a value: --account ID.'],
    ['a value missing before an option', ['--account', '--fix'], '--account needs a value: --account ID.'],
    ['an empty value', ['--account='], '--account needs a value: --account ID.'],
    ['a value where none is taken', ['--fix=no'], '--fix takes no value; "no" was given. Write --fix alone.'],
    ['a value that is not a choice, near one', ['--fail-on', 'errror'], '--fail-on must be one of error, warning; "errror" is not. Did you mean error?'],
    ['a value that is not a choice, far from all', ['--fail-on', 'x'], '--fail-on must be one of error, warning; "x" is not.'],
    ['a number that is none', ['--size', '50k'], '--size must be a number; "50k" is not.'],
    ['one option twice', ['--account', 'a', '--account', 'b'], '--account is given twice. Keep one.'],
  ])('refuses %s', (_name, args, error) => {
    expect(parse(...args)).toBe(error);
  });

  test('single positional arguments: too few, too many', () => {
    const one = optionsOf(z.object({ rule: z.string().meta({ positional: true }) }));
    expect(parseOptions('explain', one, [])).toEqual({ ok: false, error: 'tickguard explain needs rule. See "tickguard explain --help".' });
    expect(parseOptions('explain', one, ['APX004'])).toEqual({ ok: true, value: { rule: 'APX004' } });
    expect(parseOptions('explain', one, ['APX004', 'x'])).toEqual({ ok: false, error: 'tickguard explain does not take the argument "x". See "tickguard explain --help".' });
  });
});

describe('the terminal', () => {
  test.each<[string, Record<string, string>, boolean, boolean, boolean]>([
    ['a terminal', {}, true, false, true],
    ['a pipe', {}, false, false, false],
    ['--no-color', { FORCE_COLOR: '1' }, true, true, false],
    ['NO_COLOR', { NO_COLOR: '1' }, true, false, false],
    ['an empty NO_COLOR does not count', { NO_COLOR: '' }, true, false, true],
    ['FORCE_COLOR in a pipe', { FORCE_COLOR: '1' }, false, false, true],
    ['FORCE_COLOR=0', { FORCE_COLOR: '0' }, true, false, false],
    ['a dumb terminal', { TERM: 'dumb' }, true, false, false],
    ['GitHub Actions', { GITHUB_ACTIONS: 'true' }, false, false, true],
  ])('colour: %s', (_name, env, isTerminal, noColor, expected) => {
    expect(wantsColor(env, isTerminal, noColor)).toBe(expected);
  });

  test.each<[string, Record<string, string>, boolean, boolean]>([
    ['a terminal', {}, true, true],
    ['a pipe', {}, false, false],
    ['a build machine', { CI: 'true' }, true, false],
  ])('progress: %s', (_name, env, isTerminal, expected) => {
    expect(wantsProgress(env, isTerminal)).toBe(expected);
  });
});
