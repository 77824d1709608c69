// Builds Tickguard, checks a repository in the terminal, and opens it in a real VS Code with the extension loaded.
//
//   npm start                     examples/desk
//   npm start -- PATH             any repository
//   npm start -- --no-open        the report only
import { existsSync, statSync } from 'node:fs';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { endAll, onPath, root, run } from './lib/process.mjs';

/** A server that was asked to stop gets this long; then the process goes, and its groups with it. */
const STOP_MS = 6_000;

let host;
let stopping = false;

async function stop(code) {
  if (stopping) { return; }
  stopping = true;
  endAll();
  await Promise.race([host?.stop(), new Promise((done) => { setTimeout(done, STOP_MS).unref(); })]);
  process.exit(code);
}
process.on('SIGINT', () => { void stop(130); });
process.on('SIGTERM', () => { void stop(143); });

/** Something the person can mend; said in one sentence. */
class Problem extends Error { }

async function main() {
  const { folder, open } = readArguments();
  const steps = open ? 4 : 2;
  const step = (number, text) => { console.log(`\nStep ${number} of ${steps}: ${text}`); };

  step(1, 'build the engine, the language server and the extension');
  const built = await run(process.execPath, [join(root, 'esbuild.mjs')], { quiet: true });
  if (built.code !== 0) {
    const missing = !existsSync(join(root, 'node_modules', 'esbuild'));
    throw new Problem(missing ? 'The packages are not installed. Run "npm ci" first.' : `The build failed:\n${built.output.trim()}`);
  }
  console.log(`Built in ${built.seconds.toFixed(1)} s.`);

  step(2, `check ${shown(folder)}\n`);
  const { code } = await run(process.execPath, [join(root, 'dist', 'cli.cjs'), 'check', folder]);
  if (code === 2) { console.log('\nThe report is not complete; the reason stands above.'); }
  if (!open) {
    await stop(0);
    return;
  }
  const desktop = onPath('code');
  step(3, desktop === undefined ? 'prepare VS Code for the browser (about half a minute the first time, 520 MB)' : 'find VS Code');
  if (desktop !== undefined) {
    console.log(`Found ${desktop}.`);
    step(4, 'open the window');
    if (await openDesktop(desktop, folder)) { await stop(0); return; }
    console.log('It did not open; VS Code in the browser is prepared instead (about half a minute the first time).');
  }
  const url = await openBrowserHost(folder);
  step(4, 'open it in your browser. Ctrl-C here ends it.\n');
  console.log(url);
  await new Promise(() => { /* until Ctrl-C, or until the server ends */ });
}

function readArguments() {
  const options = { 'no-open': { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h', default: false } };
  let parsed;
  try {
    parsed = parseArgs({ options, allowPositionals: true });
  } catch (error) {
    throw new Problem(`${error.message.split('. ')[0]}. Use: npm start -- [PATH] [--no-open]`);
  }
  const { values, positionals: [path, extra] } = parsed;
  if (values.help) {
    console.log('Use: npm start -- [PATH] [--no-open]\nBuilds, checks PATH (examples/desk without one) and opens it in VS Code.');
    process.exit(0);
  }
  if (extra !== undefined) { throw new Problem(`One path can be opened; "${extra}" is a second one.`); }
  // npm runs scripts in the project's folder; the person stood in INIT_CWD.
  const folder = path === undefined ? join(root, 'examples', 'desk') : resolve(process.env.INIT_CWD ?? process.cwd(), path);
  const stats = statSync(folder, { throwIfNoEntry: false });
  if (stats === undefined) { throw new Problem(`${folder} does not exist. Name the folder of a repository.`); }
  if (!stats.isDirectory()) { throw new Problem(`${folder} is a file. Name the folder it is in.`); }
  return { folder, open: !values['no-open'] };
}

function shown(folder) {
  const way = relative(process.env.INIT_CWD ?? process.cwd(), folder);
  return way === '' || way.startsWith('..') || isAbsolute(way) ? folder : way;
}

/** Opens the desktop VS Code; false when it refused. */
async function openDesktop(code, folder) {
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox', '--user-data-dir', join(root, '.cache', 'code-user-data')] : [];
  const opened = await run(code, ['--new-window', `--extensionDevelopmentPath=${root}`, ...asRoot, folder], { quiet: true, timeoutMs: 60_000 });
  if (opened.code === 0) {
    console.log(`VS Code opened ${shown(folder)} with the extension from ${root}.`);
    return true;
  }
  console.log(opened.output.trim());
  return false;
}

/** Starts VS Code in the browser on this machine with the packed extension; the address to open. */
async function openBrowserHost(folder) {
  if (process.platform === 'win32') {
    throw new Problem('No "code" is on the PATH, and VS Code for the browser does not run on Windows. Install VS Code with its "Add to PATH" option, and start again; the report above stands.');
  }
  const { prepare } = await import('../test/host/prepare.mjs');
  try {
    prepare();
  } catch (error) {
    const why = error.code === 'ENOENT' ? 'npm is not on the PATH' : 'npm says why above';
    throw new Problem(`VS Code for the browser could not be installed from the npm registry (${why}). Check the network and "npm config get registry", or install VS Code so that "code" is on the PATH; the report above stands.`);
  }
  const { packExtension } = await import('./package.mjs');
  const { startHost } = await import('../test/host/host.mjs');
  const packed = await packExtension({ out: join('.cache', 'start', 'tickguard.vsix'), build: false });
  try {
    host = await startHost({ workspace: folder, inPlace: true, vsix: [packed.path] });
  } catch (error) {
    throw new Problem(`VS Code for the browser did not start: ${String(error.message).split('\n')[0]} Delete ${join('.cache', 'vscode')} and start again.`);
  }
  host.ended?.then(() => {
    if (!stopping) { console.error('npm start: VS Code for the browser ended by itself.'); void stop(2); }
  });
  return host.url();
}

main().catch(async (error) => {
  console.error(`npm start: ${error instanceof Problem ? error.message : (error.stack ?? error)}`);
  await stop(2);
});
