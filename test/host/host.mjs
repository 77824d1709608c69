// Starts one throw-away VS Code server on loopback, and one headless Chromium page on it.
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium } from 'playwright-core';
import { HOSTS, hostPaths } from './prepare.mjs';

/** Settings that keep the window quiet and make runs repeatable. */
const QUIET_SETTINGS = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'workbench.colorTheme': 'Default Dark Modern',
  'window.commandCenter': false,
  'chat.commandCenter.enabled': false,
  'chat.disableAIFeatures': true,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'git.enabled': false,
  'git.openRepositoryInParentFolders': 'never',
  'npm.autoDetect': 'off',
  'files.hotExit': 'off',
};

/** The settings of a window: quiet, and trusted or restricted. */
export function windowSettings(restricted, more = {}) {
  const trust = restricted ? RESTRICTED_SETTINGS : { 'security.workspace.trust.enabled': false };
  return JSON.stringify({ ...QUIET_SETTINGS, ...trust, ...more }, null, 2);
}

/** What restricted mode takes: the feature on, no question at the start, and so a window that stays untrusted. */
const RESTRICTED_SETTINGS = { 'security.workspace.trust.enabled': true, 'security.workspace.trust.startupPrompt': 'never' };

const START_MS = 30_000;
const STOP_MS = 5_000;

/**
 * Starts a server. `workspace` is copied, so that a test may write into it, unless `inPlace`; a `.code-workspace` file
 * inside it may be named by `file`. `restricted` opens it untrusted. `underTest` lets the window run a suite.
 * @param {{
 *   workspace: string, inPlace?: boolean, file?: string, restricted?: boolean, underTest?: boolean, settings?: object, vsix?: readonly string[],
 *   env?: object, verbose?: boolean, version?: typeof HOSTS.newest,
 * }} options
 */
export async function startHost(options) {
  const version = options.version ?? HOSTS.newest;
  const { node, codeServer } = hostPaths(version);
  const root = mkdtempSync(join(tmpdir(), 'tickguard-host-'));
  const userData = join(root, 'user-data');
  const extensions = join(root, 'extensions');
  const workspace = options.inPlace ? resolve(options.workspace) : join(root, 'workspace');
  mkdirSync(join(userData, 'User'), { recursive: true });
  mkdirSync(extensions, { recursive: true });
  if (!options.inPlace) { cpSync(options.workspace, workspace, { recursive: true }); }
  writeFileSync(join(userData, 'User', 'settings.json'), windowSettings(options.restricted === true, options.settings));
  // Without a file of its own it would write one into the home folder.
  const config = join(root, 'config.yaml');
  writeFileSync(config, 'auth: none\ncert: false\n');

  const common = ['--config', config, '--user-data-dir', userData, '--extensions-dir', extensions];
  for (const vsix of options.vsix ?? []) { await install(node, [codeServer, ...common, '--install-extension', resolve(vsix)], root); }

  const port = await freePort();
  const log = [];
  const child = spawn(node, [codeServer, ...common,
    '--auth', 'none', '--bind-addr', `127.0.0.1:${port}`,
    '--disable-telemetry', '--disable-update-check', '--disable-getting-started-override', '--disable-proxy',
    ...(options.restricted ? [] : ['--disable-workspace-trust']),
    // A built VS Code from 1.133 on ignores extensionDevelopmentPath and extensionTestsPath in the address unless it
    // runs with this; older ones need nothing, and their code-server does not know the option. It also keeps messages
    // from popping up, so a window for people must not have it.
    ...(options.underTest && Number(version.codeServer.split('.')[1]) >= 134 ? ['--vscode-option', 'enable-smoke-test-driver'] : []),
  ], {
    cwd: root, detached: true, stdio: ['ignore', 'pipe', 'pipe'],
    // No marketplace: nothing is looked up outside loopback.
    env: { ...process.env, HOME: root, ...options.env, EXTENSIONS_GALLERY: '{"serviceUrl":""}' },
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      log.push(text);
      if (options.verbose) { process.stderr.write(text); }
    });
  }
  const ended = new Promise((done) => { child.once('exit', done); });
  const stop = () => stopHost(child, ended, root);
  const origin = `http://127.0.0.1:${port}`;
  try {
    await until(async () => {
      if (child.exitCode !== null) { throw new Error(`VS Code ended with code ${child.exitCode}:\n${log.join('')}`); }
      return (await fetch(`${origin}/healthz`).catch(() => undefined))?.ok;
    }, START_MS, 'VS Code to answer');
  } catch (error) {
    await stop();
    throw error;
  }

  return {
    origin, root, workspace, userData, log, ended, stop,
    /** Address of the window; `payload` are pairs as VS Code's own browser tests pass them. */
    url(payload = []) {
      const query = new URLSearchParams(options.file === undefined ? { folder: workspace } : { workspace: join(workspace, options.file) });
      if (payload.length > 0) { query.set('payload', JSON.stringify(payload)); }
      return `${origin}/?${query}`;
    },
    /** The workbench's own name of a file on the server. */
    remote: (path) => `vscode-remote://127.0.0.1:${port}${path}`,
  };
}

/** Opens a headless browser of a fixed size; nothing outside loopback is let through. */
export async function openPage({ width = 1280, height = 800 } = {}) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync'],
  });
  const context = await browser.newContext({ viewport: { width, height } });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await context.route(
    (url) => !['127.0.0.1', 'localhost'].includes(url.hostname) && url.protocol.startsWith('http'),
    (route) => route.abort(),
  );
  const page = await context.newPage();
  return { browser, context, page };
}

export const sleep = (ms) => new Promise((done) => { setTimeout(done, ms); });

/** Polls until `check` answers something true; throws after `timeout` ms with `what` was waited for. */
export async function until(check, timeout, what) {
  const end = Date.now() + timeout;
  for (;;) {
    const value = await check();
    if (value) { return value; }
    if (Date.now() > end) { throw new Error(`timed out after ${timeout} ms waiting for ${what}`); }
    await sleep(100);
  }
}

async function stopHost(child, ended, root) {
  // A process group of its own: the server's, the extension hosts' and the terminals' processes go with it.
  signalGroup(child, 'SIGTERM');
  await Promise.race([ended, sleep(STOP_MS)]);
  signalGroup(child, 'SIGKILL');
  if (existsSync(root) && process.env.TICKGUARD_KEEP_HOST === undefined) { rmSync(root, { recursive: true, force: true, maxRetries: 5 }); }
}

function signalGroup(child, signal) {
  try { process.kill(-child.pid, signal); } catch { /* it is gone */ }
}

async function freePort() {
  const server = createServer();
  await new Promise((done) => { server.listen(0, '127.0.0.1', done); });
  const { port } = server.address();
  await new Promise((done) => { server.close(done); });
  return port;
}

/** Runs the installer of extensions; its output is only worth reading when it fails. */
function install(command, args, home) {
  return new Promise((done, fail) => {
    const output = [];
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, HOME: home } });
    for (const stream of [child.stdout, child.stderr]) { stream.setEncoding('utf8').on('data', (text) => output.push(text)); }
    child.once('error', fail);
    child.once('close', (code) => (code === 0 ? done() : fail(new Error(`the extension was not installed:\n${output.join('')}`))));
  });
}
