/** A job for GitHub Actions that reads the history once a week, written on request. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Outcome } from '../../../core/outcome.ts';

/** Where it is written, relative to the repository's root. */
export const WEEKLY_JOB = '.github/workflows/tickguard-history.yml';

const TEXT = `# Written by "tickguard hook install --ci-weekly"; yours to change.
name: tickguard history
on:
  schedule:
    # Mondays before the week's first session, UTC.
    - cron: '17 4 * * 1'
  workflow_dispatch:
permissions:
  contents: read
jobs:
  history:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 0
      - uses: actions/setup-node@v4
        with:
          node-version: 22
      - run: npx --yes tickguard history --format github
`;

/** Writes the job; a file that is there stays. Errors, one sentence. */
export function writeWeeklyJob(root: string): Outcome<string> {
  const path = join(root, WEEKLY_JOB);
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, TEXT, { flag: 'wx' });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return { ok: false, error: code === 'EEXIST' ? `${WEEKLY_JOB} is already there and stays as it is. Edit it, or delete it first.` : `${WEEKLY_JOB} could not be written (${code ?? String(error)}). Make the folder writable.` };
  }
  return { ok: true, value: WEEKLY_JOB };
}
