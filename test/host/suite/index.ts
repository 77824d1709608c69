/** What VS Code's extension host calls: runs the suite that TICKGUARD_SUITE names; resolves for exit code 0, rejects for 1. */
import { appendFileSync } from 'node:fs';
import { format } from 'node:util';
import Mocha from 'mocha';
import { actionTests } from './actions.test.ts';
import { accountTests } from './account.test.ts';
import { coverageTests } from './coverage.test.ts';
import { diagnosticTests } from './diagnostics.test.ts';
import { hoverTests } from './hover.test.ts';
import { manifestTests } from './manifest.test.ts';
import { notebookTests } from './notebook.test.ts';
import { reportTests } from './reports.test.ts';
import { restrictedTests } from './restricted.test.ts';
import { rootTests } from './roots.test.ts';
import { startTests } from './start.test.ts';
import { statusTests } from './status.test.ts';

/** In this order: the first looks at a window in which nothing was done yet, the last switches things off. */
const SUITES: Readonly<Record<string, readonly (() => void)[]>> = {
  main: [startTests, diagnosticTests, notebookTests, actionTests, hoverTests, statusTests, coverageTests, manifestTests, rootTests, accountTests, reportTests],
  restricted: [restrictedTests, coverageTests],
};

/** The workbench's own log is noise: the report goes to a file where there is one. */
const report = process.env['TICKGUARD_REPORT'];
const print = report === undefined
  ? (...args: unknown[]) => { process.stdout.write(`${format(...args)}\n`); }
  : (...args: unknown[]) => { appendFileSync(report, `${format(...args)}\n`); };

export function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'tdd', timeout: 30_000, reporter: 'spec', color: false });
  // The tests are in this bundle, so Mocha's globals are asked for without a file.
  mocha.suite.emit('pre-require', globalThis, null, mocha);
  for (const define of SUITES[process.env['TICKGUARD_SUITE'] ?? 'main'] ?? []) { define(); }
  Mocha.reporters.Base.consoleLog = print;
  return new Promise((resolve, reject) => {
    const runner = mocha.run((failures) => { if (failures > 0) { reject(new Error(`${failures} tests failed.`)); } else { resolve(); } });
    runner.once('end', () => {
      const { passes, failures, pending } = runner.stats ?? { passes: 0, failures: 1, pending: 0 };
      print(`${passes} passed, ${failures} failed, ${pending} skipped`);
    });
  });
}
