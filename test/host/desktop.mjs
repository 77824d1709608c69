// Runs the in-host suites in a desktop VS Code, against the packed extension, on the oldest and the newest version:
// needs a machine that may download VS Code and has a display (on Linux: `xvfb-run npm run test:desktop`).
//
//   npm run test:desktop [-- --code PATH]     PATH: an installed VS Code instead of a downloaded one
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { downloadAndUnzipVSCode, resolveCliArgsFromVSCodeExecutablePath, runTests } from '@vscode/test-electron';
import { packExtension } from '../../scripts/package.mjs';
import { windowSettings } from './host.mjs';
import { bundleSuite } from './inhost.mjs';
import { projectRoot } from './prepare.mjs';
import { writeWorkspace } from './workspace.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const { values } = parseArgs({ options: { code: { type: 'string' } } });
const { engines } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8'));

/** `^1.103.0` → `1.103.0`: the oldest VS Code we claim. */
const oldest = engines.vscode.replace(/^[^\d]*/, '');

let vsix;
let failed = false;
for (const version of values.code === undefined ? [oldest, 'stable'] : ['installed']) {
  const executable = values.code ?? await download(version);
  if (executable === undefined) { process.exit(2); }
  vsix ??= (await packExtension({ out: join('.cache', 'test', 'tickguard.vsix') })).path;
  for (const suite of ['main', 'restricted']) { failed = !await runSuite(executable, version, suite) || failed; }
}
process.exit(failed ? 1 : 0);

async function download(version) {
  try {
    return await downloadAndUnzipVSCode({ version, cachePath: join(projectRoot, '.cache', 'desktop') });
  } catch (error) {
    console.error(`test:desktop: VS Code ${version} could not be downloaded (${error.message}). Run it where update.code.visualstudio.com can be reached, or name an installed one with --code PATH. The same suites ran in npm test.`);
    return undefined;
  }
}

async function runSuite(executable, version, suite) {
  const folder = mkdtempSync(join(tmpdir(), 'tickguard-desktop-'));
  const workspace = writeWorkspace();
  const report = join(folder, 'report.txt');
  const folders = ['--user-data-dir', join(folder, 'user'), '--extensions-dir', join(folder, 'extensions')];
  mkdirSync(join(folder, 'user', 'User'), { recursive: true });
  writeFileSync(join(folder, 'user', 'User', 'settings.json'), windowSettings(suite === 'restricted'));
  try {
    const [cli, ...cliArgs] = resolveCliArgsFromVSCodeExecutablePath(executable, { reuseMachineInstall: true });
    const installed = spawnSync(cli, [...cliArgs, ...folders, '--install-extension', vsix], { stdio: ['ignore', 'ignore', 'inherit'], shell: process.platform === 'win32' });
    if (installed.status !== 0) { throw new Error('the packed extension was not installed'); }
    await runTests({
      vscodeExecutablePath: executable, extensionDevelopmentPath: join(here, 'driver'), extensionTestsPath: await bundleSuite(),
      extensionTestsEnv: { TICKGUARD_REPORT: report, TICKGUARD_SUITE: suite, TICKGUARD_PACKED: '1' },
      launchArgs: [
        ...folders, '--skip-welcome', '--skip-release-notes', '--disable-updates',
        ...(suite === 'main' ? ['--disable-workspace-trust', join(workspace, 'main.code-workspace')] : [join(workspace, 'desk')]),
      ],
    });
    return true;
  } catch (error) {
    console.error(`test:desktop: VS Code ${version}, suite ${suite}: ${error.message}`);
    return false;
  } finally {
    if (existsSync(report)) { console.log(readFileSync(report, 'utf8')); }
    rmSync(folder, { recursive: true, force: true });
    rmSync(workspace, { recursive: true, force: true });
  }
}
