// Runs the suites inside the extension host of a real VS Code, against the packed extension, as VS Code's own browser
// tests do. The last line counts: `N passed, N failed, N skipped`.
//
//   node test/host/inhost.mjs [newest|oldest] --vsix FILE [--suite main|restricted] [--verbose]
import { build } from 'esbuild';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { openPage, startHost } from './host.mjs';
import { HOSTS, cacheDir, prepare, projectRoot } from './prepare.mjs';
import { writeWorkspace } from './workspace.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const SUITE_MS = 240_000;

/** Bundles the suites into one file that the extension host loads; Mocha is found beside the project. */
export async function bundleSuite() {
  const outfile = join(projectRoot, '.cache', 'suite', 'index.cjs');
  await build({
    entryPoints: [join(here, 'suite', 'index.ts')], outfile, bundle: true, platform: 'node', format: 'cjs', target: 'node22',
    external: ['vscode', 'mocha'], sourcemap: 'inline', logLevel: 'error',
  });
  return outfile;
}

/** Runs one suite; the report's text and whether VS Code saw it pass. */
async function runSuite({ version, suite, vsix, tests, verbose }) {
  const folder = mkdtempSync(join(tmpdir(), 'tickguard-report-'));
  const report = join(folder, 'report.txt');
  const workspace = writeWorkspace();
  const host = await startHost({
    workspace: suite === 'main' ? workspace : join(workspace, 'desk'), file: suite === 'main' ? 'main.code-workspace' : undefined, restricted: suite === 'restricted', verbose, version,
    underTest: true, vsix: [vsix], env: { TICKGUARD_REPORT: report, TICKGUARD_SUITE: suite, TICKGUARD_PACKED: '1' },
  });
  const { browser, page } = await openPage();
  let code = 1;
  let problem = '';
  try {
    code = await new Promise((done, fail) => { drive({ page, host, tests, suite, verbose, done, fail }); });
  } catch (error) {
    problem = String(error?.stack ?? error);
    mkdirSync(join(cacheDir, '..'), { recursive: true });
    await page.screenshot({ path: join(cacheDir, '..', `failed-${suite}.png`) }).catch(() => { /* the page is gone */ });
  } finally {
    await browser.close().catch(() => { /* it is gone */ });
    await host.stop();
    rmSync(workspace, { recursive: true, force: true });
  }
  const text = existsSync(report) ? readFileSync(report, 'utf8') : '';
  rmSync(folder, { recursive: true, force: true });
  return { code, text: `${text}${problem}` };
}

async function drive({ page, host, tests, verbose, done, fail }) {
  setTimeout(() => fail(new Error(`no result within ${SUITE_MS / 1000} s`)), SUITE_MS).unref();
  page.on('crash', () => fail(new Error('the page crashed')));
  try {
    // The workbench calls these when they exist: its own and the host's log lines, and the suite's end.
    await page.exposeFunction('codeAutomationLog', (type, args) => { if (verbose) { console.error(`[${type}]`, ...args); } });
    await page.exposeFunction('codeAutomationExit', (exitCode) => done(exitCode));
    await page.goto(host.url([
      ['extensionDevelopmentPath', host.remote(join(here, 'driver'))],
      ['extensionTestsPath', host.remote(tests)],
      ['skipWelcome', 'true'], ['skipReleaseNotes', 'true'],
    ]));
  } catch (error) {
    fail(error);
  }
}

/** Runs the suites against a packed extension and prints their reports. The exit code is 0 if all passed. */
export async function runInHost({ version = HOSTS.newest, vsix, suites = ['main', 'restricted'], verbose = false }) {
  prepare(version);
  const tests = await bundleSuite();
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const suite of suites) {
    const started = Date.now();
    const { code, text } = await runSuite({ version, suite, vsix: resolve(vsix), tests, verbose });
    const counted = /^(\d+) passed, (\d+) failed, (\d+) skipped$/m.exec(text);
    total.passed += Number(counted?.[1] ?? 0);
    total.failed += Math.max(Number(counted?.[2] ?? 0), code === 0 && counted !== null ? 0 : 1);
    total.skipped += Number(counted?.[3] ?? 0);
    console.log(`VS Code ${version.vscode}, suite ${suite} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
    console.log(text.replace(/^\d+ passed, \d+ failed, \d+ skipped\n/m, ''));
  }
  console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
  return total.failed === 0 ? 0 : 1;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values, positionals: [which = 'newest'] } = parseArgs({
    allowPositionals: true,
    options: { vsix: { type: 'string' }, suite: { type: 'string' }, verbose: { type: 'boolean', default: false } },
  });
  if (values.vsix === undefined || HOSTS[which] === undefined) {
    console.error('Use: node test/host/inhost.mjs [newest|oldest] --vsix FILE [--suite main|restricted] [--verbose]');
    process.exit(2);
  }
  const suites = values.suite === undefined ? undefined : [values.suite];
  process.exit(await runInHost({ version: HOSTS[which], vsix: values.vsix, suites, verbose: values.verbose }));
}
