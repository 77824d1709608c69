/**
 * What a person sees in a real VS Code on the example desk, and what Tickguard costs in the extension host: its start, and
 * its longest hold of the host's only thread. One file, so that no two windows run at once.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot } from '../host/prepare.mjs';
import { slowness } from '../support/machine.ts';
import { activationTimes, hostProfile } from './host-time.mjs';
import { look } from './look.mjs';

const vsix = join(projectRoot, '.cache', 'test', 'tickguard.vsix');
const RUNS = 5;
/**
 * Longest hold of the host's thread by our code, and by the one load of the client, ms. The goal of 10 is reached by one profile in
 * six or so: the first request of the client runs code that V8 has not seen before. What is held is 15.
 */
const LONGEST_RUN = 10;
const HELD_RUN = 15;
const LONGEST_LOAD = 100;
/** Most profiles that are taken, and how long, ms: each opens a window of its own. */
const PROFILES = 6;
const PROFILING_MS = 150_000;

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

test('squiggle, light bulb, status item and its table, Problems; and nobody is interrupted', async () => {
  expect(existsSync(vsix), `${vsix} is missing: run "npm run package -- --out .cache/test/tickguard.vsix"`).toBe(true);
  const seen = await look({ vsix, out: join(projectRoot, '.cache', 'test', 'look') });
  expect(seen.terminal.rules, 'no rule broke').not.toContain('TKG001');
  expect(seen.status, 'editor and terminal agree').toBe(`TG ${seen.terminal.errors} errors`);
  expect(seen.label).toBe(`Tickguard: ${seen.terminal.errors} errors`);
  expect(seen.pictures.map((path) => path.split('/').at(-1))).toEqual([
    'dark.png', 'high-contrast.png', 'status.png', 'mql5.png', 'typescript.png', 'dotenv.png', 'preset.png', 'limit.png', 'notebook.png', 'coverage.png', 'replay.png', 'replay-findings.png', 'problems.png', 'move-offered.png', 'move-made.png',
  ]);
  // The page says what the terminal says, and a click on what broke opens its row.
  for (const part of ['The account was lost on 2026-03-10.', 'Equity 48,875 is on the floor (high-water mark 50,875). The account is lost.', 'A floor under closed balances alone would have shown 775 of room at that moment.', 'src/desk/strategies/opening_range.py:41']) { expect(seen.replay.text).toContain(part); }
  expect(seen.replay.opened).toEqual({ file: 'apex-1.jsonl', line: 145 });
  expect(seen.moved.offered).toBe('Move the value to the environment (PASSWORD)');
  const written = seen.moved.diff.split(/^diff --git a\/\S+ b\//m).slice(1).map((part) => [part.split('\n', 1)[0], part.split('\n').filter((line) => /^[+-](?![+-])/.test(line))]);
  expect(Object.fromEntries(written)).toEqual({
    '.env': ['+PASSWORD=Turnstone-2718'], '.env.example': ['+PASSWORD='], '.gitignore': ['+.env'],
    'src/desk/settings.py': ['-    return TradovateClient(name="desk-7", password="Turnstone-2718")', '+    return TradovateClient(name="desk-7", password=os.environ["PASSWORD"])'],
  });
  console.log(`the move took ${seen.moved.ms} ms to look at`);
});

test('activation takes at most 30 ms more than an empty extension in the same host, median of five', async () => {
  const busy = slowness();
  const { ours, empty } = await activationTimes({ vsix, runs: RUNS });
  console.log(`activation: ours ${ours.join(', ')} ms; empty ${empty.join(', ')} ms`);
  expect(ours).toHaveLength(RUNS);
  // Both wake up at the same event, so a slow machine slows both: the difference is taken run by run.
  expect(median(ours.map((ms, run) => ms - (empty[run] ?? 0)))).toBeLessThanOrEqual(30 * busy);
});

test('no run of our code in the host is long, but the one load of the client', async () => {
  // Other work on the machine only ever adds to a run: the quietest of some profiles counts, and one within what is held will do.
  const before = slowness();
  const profiles = [await hostProfile({ vsix })];
  const quietest = (what: 'longest' | 'load'): number => Math.min(...profiles.map((profile) => profile[what]));
  const started = performance.now();
  while (profiles.length < PROFILES && performance.now() - started < PROFILING_MS && (quietest('longest') > HELD_RUN || quietest('load') > LONGEST_LOAD)) { profiles.push(await hostProfile({ vsix })); }
  const busy = Math.max(before, slowness());
  for (const { longest, where, load } of profiles) { console.log(`longest run ${longest.toFixed(1)} ms in ${where}; load of the client ${load.toFixed(1)} ms`); }
  console.log(`goal ${LONGEST_RUN}, held ${HELD_RUN}, and ${LONGEST_LOAD} ms for the load; machine shared ${busy.toFixed(1)} times`);
  expect(quietest('longest')).toBeLessThanOrEqual(HELD_RUN * busy);
  expect(quietest('load')).toBeLessThanOrEqual(LONGEST_LOAD * busy);
  expect(profiles.every((profile) => profile.load > 0), 'the load was seen').toBe(true);
  expect(profiles.every((profile) => !profile.inActivate), 'not in activate()').toBe(true);
}, 300_000);
