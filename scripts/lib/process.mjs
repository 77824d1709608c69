// Child processes for the scripts: each in a group of its own, so that ending one ends what it started.
import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder of the project. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

const running = new Set();

/**
 * Runs a program to its end. `quiet` keeps its output and hands it back; else it goes to the terminal.
 * @param {{ cwd?: string, env?: object, quiet?: boolean, timeoutMs?: number, input?: 'ignore' | 'inherit' }} [options]
 * @returns {Promise<{ code: number, output: string, seconds: number }>} code 127: there is no such program
 */
export function run(command, args, options = {}) {
  const started = performance.now();
  return new Promise((done) => {
    const output = [];
    const child = spawn(command, args, {
      cwd: options.cwd ?? root,
      env: { ...process.env, ...options.env },
      stdio: [options.input ?? 'ignore', ...(options.quiet ? ['pipe', 'pipe'] : ['inherit', 'inherit'])],
      detached: process.platform !== 'win32',
    });
    running.add(child);
    const timer = options.timeoutMs === undefined ? undefined : setTimeout(() => {
      output.push(`\nended after ${options.timeoutMs / 1000} s without a result\n`);
      endGroup(child);
    }, options.timeoutMs);
    const finish = (code) => {
      clearTimeout(timer);
      running.delete(child);
      done({ code, output: output.join(''), seconds: (performance.now() - started) / 1000 });
    };
    child.stdout?.setEncoding('utf8').on('data', (text) => output.push(text));
    child.stderr?.setEncoding('utf8').on('data', (text) => output.push(text));
    child.once('error', (error) => { output.push(`${error.message}\n`); finish(127); });
    child.once('close', (code) => { finish(code ?? 1); });
  });
}

/** Ends a child and everything it started. */
function endGroup(child) {
  try {
    if (process.platform === 'win32') { child.kill(); } else { process.kill(-child.pid, 'SIGKILL'); }
  } catch { /* it ended by itself */ }
}

/** Ends all that is still running; for Ctrl-C. */
export function endAll() {
  for (const child of running) { endGroup(child); }
}

/** Absolute path of a program on the PATH, or undefined. */
export function onPath(name) {
  const endings = process.platform === 'win32' ? ['.cmd', '.exe'] : [''];
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    for (const ending of endings) {
      const candidate = join(folder, name + ending);
      try {
        accessSync(candidate, constants.X_OK);
        return candidate;
      } catch { /* not here */ }
    }
  }
  return undefined;
}
