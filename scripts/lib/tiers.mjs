// The tiers of the tests: what each runs, what it needs, and how its tests are counted.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { HOSTS, prepare } from '../../test/host/prepare.mjs';
import { onPath, root, run } from './process.mjs';

/**
 * @typedef {{ status: 'passed' | 'failed' | 'skipped', passed: number, failed: number, reason?: string, output?: string }} Outcome
 * A check (build, types, lint) has no tests: it counts one failure when it fails.
 * @typedef {{ name: string, what: string, long?: boolean, together?: string, run(options: { long: boolean }): Promise<Outcome> }} Tier
 */

const bin = (...parts) => join(root, 'node_modules', ...parts);
const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const vsix = join(root, '.cache', 'test', 'tickguard.vsix');

/** Every tier, in the order in which they run: what fails fast comes first. @type {readonly Tier[]} */
export const TIERS = [
  check('build', 'every bundle', [join(root, 'esbuild.mjs')]),
  { ...check('types', 'tsc over every part of the house', [bin('typescript', 'bin', 'tsc'), '-b']), together: 'reading' },
  { ...check('lint', 'style and arrows', [bin('eslint', 'bin', 'eslint.js'), '--max-warnings', '0', '.']), together: 'reading' },
  check('generated', 'pages, index and schemas are up to date', [join(root, 'scripts', 'generate.mjs'), '--check']),
  vitest('unit', 'every part alone', { long: 'growing' }),
  vitest('rules', 'every rule on valid and invalid code', { long: 'growing' }),
  corpus(),
  { ...mutants(), together: 'one core' },
  { ...regexes(), together: 'one core' },
  vitest('cli', 'the terminal, as child processes'),
  vitest('server', 'the language server, by a raw client'),
  vitest('package', 'npm package and .vsix, away from the repository'),
  inHost('host-oldest', HOSTS.oldest),
  inHost('host-newest', HOSTS.newest),
  look(),
  newestNode(),
  vitest('bench', 'speed and memory against a floor of the same run', { onlyLong: true }),
];

/** A script that says all by its exit code. */
function check(name, what, args) {
  return {
    name, what,
    async run() {
      const { code, output } = await run(process.execPath, args, { quiet: true, timeoutMs: 300_000 });
      return code === 0 ? { status: 'passed', passed: 0, failed: 0 } : { status: 'failed', passed: 0, failed: 1, output };
    },
  };
}

/**
 * A project of vitest.config.ts. `long: 'growing'`: the long run is of those of its files alone that do more in it; the others say
 * the same as in the short one.
 * @param {string} name
 * @param {string} what
 * @param {{ long?: 'growing', onlyLong?: boolean }} [options]
 */
function vitest(name, what, { long, onlyLong = false } = {}) {
  return { name, what, long: long !== undefined || onlyLong, onlyLong, run: ({ long: full }) => runVitest(name, [name], process.execPath, full, full && long === 'growing' ? growing(name) : []) };
}

/** Property tests, and what asks for the long run itself. */
const GROWS = /from 'fast-check'|TICKGUARD_LONG|\bLONG\b/;

/** Test files of a project that do more in the long run, as paths from the root. */
function growing(project) {
  const folder = join('test', project);
  return readdirSync(join(root, folder), { recursive: true })
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => join(folder, file))
    .filter((file) => GROWS.test(readFileSync(join(root, file), 'utf8')));
}

async function runVitest(name, projects, node, long, only = []) {
  const report = join(root, '.cache', 'test', `${name}.json`);
  mkdirSync(join(root, '.cache', 'test'), { recursive: true });
  rmSync(report, { force: true });
  const { code, output } = await run(node, [
    bin('vitest', 'vitest.mjs'), 'run', ...only, ...projects.flatMap((project) => ['--project', project]),
    // A measurement runs alone and says what it measured; of tests only those that fail are worth reading.
    ...(projects.includes('bench') || projects.includes('look') ? ['--no-file-parallelism'] : []),
    `--reporter=${projects.includes('bench') ? 'default' : 'dot'}`, '--reporter=json', `--outputFile.json=${report}`,
  ], { quiet: true, timeoutMs: long ? 2_400_000 : 900_000, env: { NO_COLOR: '1', ...(long ? { TICKGUARD_LONG: '1' } : {}) } });
  if (!existsSync(report)) { return { status: 'failed', passed: 0, failed: 1, output }; }
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(readFileSync(report, 'utf8'));
  const unfinished = numPendingTests + numTodoTests;
  // A file that cannot be loaded fails no test of its own, and a test left out is not a test passed.
  const failed = Math.max(numFailedTests + unfinished, code === 0 ? 0 : 1);
  const reason = unfinished > 0 ? `${unfinished} tests were left out` : undefined;
  const shown = process.env.TICKGUARD_VERBOSE === '1' || projects.includes('bench') || failed > 0 ? { output } : {};
  return { status: failed === 0 ? 'passed' : 'failed', passed: numPassedTests, failed, ...(reason ? { reason } : {}), ...shown };
}

/** Seeded breaches in packages of others, downloaded by pip and npm. */
function mutants() {
  return {
    name: 'mutants', what: 'every rule finds its seeded mutants in code of others', long: true,
    async run({ long }) {
      return await needsPython() ?? await needsGit() ?? runVitest('mutants', ['mutants'], process.execPath, long);
    },
  };
}

/** Strategies of others, downloaded by pip and laid into a git repository each. */
function corpus() {
  return {
    name: 'corpus', what: 'every rule on strategies of others',
    async run({ long }) {
      return await needsPython() ?? await needsGit() ?? runVitest('corpus', ['corpus'], process.execPath, long);
    },
  };
}

/** Every regular expression of the product, each one test. */
function regexes() {
  return {
    name: 'regexes', what: 'no regular expression takes more than linear time',
    async run() {
      const { code, output } = await run(process.execPath, [join(root, 'scripts', 'regexes.mjs')], { quiet: true, timeoutMs: 300_000 });
      return counted(code, output);
    },
  };
}

/** The suite inside VS Code, against the packed extension. */
function inHost(name, version) {
  return {
    name, what: `inside VS Code ${version.vscode}, the packed extension`,
    async run() {
      const missing = await needsHost(version) ?? await needsBrowser() ?? await needsPackage();
      if (missing !== undefined) { return missing; }
      const which = version === HOSTS.oldest ? 'oldest' : 'newest';
      const { code, output } = await run(process.execPath, [join(root, 'test', 'host', 'inhost.mjs'), which, '--vsix', vsix], { quiet: true, timeoutMs: 300_000 });
      return counted(code, output);
    },
  };
}

/** What a person sees in VS Code, driven through the page. */
function look() {
  return {
    name: 'look', what: 'on the screen of a real VS Code',
    async run({ long }) {
      return await needsHost(HOSTS.newest) ?? await needsBrowser() ?? await needsPackage() ?? runVitest('look', ['look'], process.execPath, long);
    },
  };
}

/** Tests of what differs from one Node to the next: processes, threads, streams, files, the parser's memory. */
const ON_EVERY_NODE = ['test/cli/check.test.ts', 'test/cli/redact.test.ts', 'test/cli/jobs.test.ts', 'test/cli/options.test.ts', 'test/unit/workspace/', 'test/unit/source/syntax.test.ts', 'test/unit/security/redact.test.ts'];

/** Terminal, threads and files on the Node that the newest VS Code runs on. */
function newestNode() {
  return {
    name: 'newest-node', what: `unit and cli on Node ${HOSTS.newest.node.split('.')[0]}`,
    async run() {
      const missing = await needsHost(HOSTS.newest);
      return missing ?? runVitest('newest-node', ['unit', 'cli'], prepare(HOSTS.newest).node, false, ON_EVERY_NODE);
    },
  };
}

/** Reads the line `N passed, N failed[, N skipped]` a suite ends with; without it the whole suite failed. */
function counted(code, output) {
  const found = [...output.matchAll(/^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?/gm)].at(-1);
  if (found === undefined) { return { status: 'failed', passed: 0, failed: 1, output }; }
  const failed = Math.max(Number(found[2]) + Number(found[3] ?? 0), code === 0 ? 0 : 1);
  return { status: failed === 0 ? 'passed' : 'failed', passed: Number(found[1]), failed, ...(failed > 0 ? { output } : {}) };
}

const skipped = (reason) => ({ status: 'skipped', passed: 0, failed: 0, reason });

async function needsHost(version) {
  try {
    prepare(version);
    return undefined;
  } catch (error) {
    return skipped(`VS Code ${version.vscode} could not be installed from the npm registry: ${String(error.message).split('\n')[0]}`);
  }
}

/** Debian's Chromium and a font. */
function needsBrowser() {
  return needs(CHROMIUM, ['chromium', 'fonts-dejavu-core'], () => existsSync(CHROMIUM));
}

/** A Python 3 that has pip. */
function needsPython() {
  return needs('Python 3 with pip', ['python3', 'python3-pip'], async () => {
    for (const name of ['python3', 'python']) {
      const program = onPath(name);
      if (program === undefined) { continue; }
      const { code } = await run(program, ['-m', 'pip', '--version'], { quiet: true, timeoutMs: 60_000 });
      if (code === 0) { return true; }
    }
    return false;
  });
}

function needsGit() {
  return needs('git', ['git'], () => onPath('git') !== undefined);
}

/**
 * Nothing where `isThere` says so, at once or after Debian's packages were installed, which only root may; else the tier is
 * skipped, and why.
 */
async function needs(what, packages, isThere) {
  if (await isThere()) { return undefined; }
  if (onPath('apt-get') === undefined || process.getuid?.() !== 0) {
    return skipped(`${what} is missing, and only root may install it here: apt-get install ${packages.join(' ')}`);
  }
  console.log(`  installing ${packages.join(' and ')} …`);
  const update = await run('apt-get', ['update'], { quiet: true, timeoutMs: 180_000 });
  const install = await run('apt-get', ['install', '-y', '--no-install-recommends', ...packages], {
    quiet: true, timeoutMs: 420_000, env: { DEBIAN_FRONTEND: 'noninteractive' },
  });
  if (await isThere()) { return undefined; }
  const last = (install.output || update.output).trim().split('\n').at(-1);
  return skipped(`${what} is missing and could not be installed by apt-get: ${last}`);
}

let packed;

/** The .vsix, once a run. */
async function needsPackage() {
  packed ??= run(process.execPath, [join(root, 'scripts', 'package.mjs'), '--out', vsix], { quiet: true, timeoutMs: 180_000 });
  const { code, output } = await packed;
  return code === 0 ? undefined : { status: 'failed', passed: 0, failed: 1, output };
}
