// One real VS Code for a whole test: the page (through Playwright) and the extension host (through `inHost`) side by side.
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { openPage, startHost, until } from './host.mjs';
import { HOSTS, prepare } from './prepare.mjs';

const here = dirname(fileURLToPath(import.meta.url));

/** Opens a window with the packed extensions of `vsix`. Options are those of `startHost`, and `size` of the page. */
export async function openSession(options) {
  prepare(options.version ?? HOSTS.newest);
  const folder = mkdtempSync(join(tmpdir(), 'tickguard-bridge-'));
  const socketPath = join(folder, 'bridge.sock');
  const host = await startHost({ ...options, underTest: true, env: { ...options.env, TICKGUARD_BRIDGE: socketPath } });
  const { browser, page } = await openPage(options.size);
  let window;
  try {
    window = await openWindow(host, page, socketPath);
  } catch (error) {
    await browser.close();
    await host.stop();
    throw error;
  }
  return {
    host, page,
    /** Runs `fn` in the extension host, where `vscode`, `require` and `shared` are in scope; nothing else is. JSON in, JSON out. */
    inHost: (fn, ...args) => window.call(String(fn), args),
    /** In the (remote) extension host files have `file:` addresses; this is the path of one in the workspace. */
    path: (name) => join(host.workspace, name),
    /** Draws the window anew, which starts a fresh extension host. */
    async reload() {
      window.end();
      window = await openWindow(host, page, socketPath);
    },
    async close() {
      window.end();
      await browser.close();
      await host.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function openWindow(host, page, socketPath) {
  rmSync(socketPath, { force: true });
  await page.goto('about:blank');
  await page.goto(host.url([
    ['extensionDevelopmentPath', host.remote(join(here, 'driver'))],
    ['extensionTestsPath', host.remote(join(here, 'driver', 'bridge.cjs'))],
    ['skipWelcome', 'true'], ['skipReleaseNotes', 'true'],
  ]));
  const socket = await until(() => new Promise((done) => {
    const attempt = connect(socketPath, () => done(attempt)).once('error', () => done(undefined));
  }), 60_000, 'the extension host');
  const waiting = new Map();
  createInterface({ input: socket }).on('line', (line) => {
    const { id, value, error } = JSON.parse(line);
    const { done, fail } = waiting.get(id);
    waiting.delete(id);
    if (error) { fail(Object.assign(new Error(error.message), { stack: error.stack })); } else { done(value); }
  });
  let last = 0;
  return {
    call: (source, args) => new Promise((done, fail) => {
      last += 1;
      waiting.set(last, { done, fail });
      socket.write(`${JSON.stringify({ id: last, source, args })}\n`);
    }),
    end: () => { socket.end(`${JSON.stringify({ id: 0, source: 'stop', args: [] })}\n`); },
  };
}
