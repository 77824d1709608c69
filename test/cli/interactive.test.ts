/** What happens on a terminal: a question before a file is written, a progress line, colours in the report. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { run } from '../../src/cli/run.ts';
import type { Terminal } from '../../src/cli/terminal.ts';
import { folderWith } from '../support/cli.ts';

interface Seen { out: string; err: string; questions: string[]; progress: string[]; done: number }

/** A terminal where a person answers, or ends the input with undefined. */
function terminal(cwd: string, answer?: string): { readonly terminal: Terminal; readonly seen: Seen } {
  const seen: Seen = { out: '', err: '', questions: [], progress: [], done: 0 };
  return {
    seen,
    terminal: {
      cwd, env: {}, signal: new AbortController().signal, color: true, width: 80, interactive: true,
      out(text) { seen.out += text; },
      err(text) { seen.err += text; },
      progress(text) { seen.progress.push(text); },
      progressDone() { seen.done += 1; },
      streams: { input: (async function* () { /* nothing */ })(), write: () => Promise.resolve() },
      readInput: () => Promise.resolve(new Uint8Array()),
      ask(question) { seen.questions.push(question); return Promise.resolve(answer); },
    },
  };
}

test.each<[string | undefined, boolean]>([
  ['y', true], ['Yes ', true], ['n', false], ['', false], ['nay', false], [undefined, false],
])('init asks; the answer %j writes: %j', async (answer, writes) => {
  const cwd = folderWith({ 'bot.py': '# ftmo\n' });
  const { terminal: person, seen } = terminal(cwd, answer);
  expect(await run(['init'], person)).toBe(0);
  expect(seen.questions).toEqual(['Write tickguard.json? [y/N] ']);
  expect(existsSync(join(cwd, 'tickguard.json'))).toBe(writes);
  expect(seen.out).toContain(writes ? 'Wrote tickguard.json.' : 'Nothing was written.');
  expect(seen.out.indexOf('"pack": "ftmo-2step"')).toBeLessThan(seen.out.indexOf(writes ? 'Wrote' : 'Nothing was'));
});

test('init asks to replace what is there only with --overwrite', async () => {
  const cwd = folderWith({ 'bot.py': '# ftmo\n', 'tickguard.json': '{}' });
  const without = terminal(cwd, 'y');
  expect(await run(['init'], without.terminal)).toBe(0);
  expect(without.seen.questions).toEqual([]);
  const withIt = terminal(cwd, 'n');
  expect(await run(['init', '--overwrite'], withIt.terminal)).toBe(0);
  expect(withIt.seen.questions).toEqual(['Replace tickguard.json? [y/N] ']);
});

test('init --yes asks nothing', async () => {
  const { terminal: person, seen } = terminal(folderWith({ 'bot.py': 'x = 1\n' }), 'n');
  expect(await run(['init', '--yes'], person)).toBe(0);
  expect(seen.questions).toEqual([]);
});

test('check says how far it is and takes the line away before the report', async () => {
  const { terminal: person, seen } = terminal(folderWith({ 'a.py': 'x = 1  # tickguard: ignore[APX004]\n', 'b.py': 'y = 1\n' }));
  expect(await run(['check'], person)).toBe(0);
  expect(seen.progress).toEqual(['Read 1 of 2 files', 'Read 2 of 2 files']);
  expect(seen.done).toBeGreaterThan(0);
  expect(seen.out).toContain('\u001b[');
  for (const line of seen.out.split('\n')) { expect(line.replaceAll(/\u001b\[[\d;]*m/g, '').length).toBeLessThanOrEqual(80); }
});

test('a check that is interrupted says so and is no clean check', async () => {
  const { terminal: person, seen } = terminal(folderWith({ 'a.py': 'x = 1\n' }));
  expect(await run(['check'], { ...person, signal: AbortSignal.abort() })).toBe(2);
  expect(seen.err).toMatch(/^tickguard: The check was stopped before its end\.\n$/);
});
