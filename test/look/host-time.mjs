// What Tickguard costs in the extension host: its activation as VS Code reports it, beside an empty extension in the same
// host, and the longest stretch in which our code held the host's only thread.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { sleep, until } from '../host/host.mjs';
import { projectRoot } from '../host/prepare.mjs';
import { openSession } from '../host/session.mjs';
import { writeWorkspace } from '../host/workspace.mjs';

const OURS = 'tickguard.tickguard';
const EMPTY = 'tickguard-test.empty';

/** Packs the empty extension, which wakes up at the same events as ours; the path of its .vsix. */
export function packEmpty() {
  const folder = mkdtempSync(join(tmpdir(), 'tickguard-empty-'));
  const out = join(projectRoot, '.cache', 'test', 'empty.vsix');
  mkdirSync(dirname(out), { recursive: true });
  try {
    cpSync(join(projectRoot, 'test', 'host', 'empty'), folder, { recursive: true });
    const { activationEvents } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8'));
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ ...manifest, activationEvents }));
    execFileSync(process.execPath, [
      join(projectRoot, 'node_modules', '@vscode', 'vsce', 'vsce'), 'package', '--no-dependencies', '--skip-license', '--out', out,
    ], { cwd: folder, stdio: 'ignore' });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return out;
}

/**
 * Opens a Python file in `runs` fresh extension hosts and reads VS Code's own table. Milliseconds: loading the code,
 * calling `activate`, and what that waited for.
 * @returns {Promise<{ ours: number[], empty: number[] }>}
 */
export async function activationTimes({ vsix, runs, version }) {
  return withSession({ vsix: [vsix, packEmpty()], version }, async (session) => {
    const ours = [];
    const empty = [];
    // One window first: it fills the caches of the disk and of the browser, which belong to neither.
    for (let run = -1; run < runs; run += 1) {
      if (run >= 0) { await session.reload(); }
      await openPython(session);
      const table = await until(() => activationTable(session), 20_000, 'both extensions in the table');
      if (run < 0) { continue; }
      ours.push(table[OURS]);
      empty.push(table[EMPTY]);
    }
    return { ours, empty };
  });
}

/**
 * Profiles the host in a scripted session: opening, typing, a quick fix, saving, other files. Milliseconds: `longest`
 * stretch of our code and what it was in, and `load`, the one lazy load of the client.
 * @returns {Promise<{ longest: number, where: string, load: number, inActivate: boolean }>}
 */
export async function hostProfile({ vsix, version }) {
  return withSession({ vsix: [vsix], version }, async (session) => {
    await session.inHost(async (interval) => {
      const { Session } = require('node:inspector');
      const inspector = new Session();
      inspector.connect();
      shared.post = (method, params) => new Promise((done, fail) => {
        inspector.post(method, params, (error, result) => { if (error) { fail(error); } else { done(result); } });
      });
      await shared.post('Profiler.enable');
      await shared.post('Profiler.setSamplingInterval', { interval });
      await shared.post('Profiler.start');
    }, INTERVAL_US);
    await openPython(session);
    await work(session);
    const profile = await session.inHost(async () => (await shared.post('Profiler.stop')).profile);
    return judge(profile);
  });
}

/** Opens a session on the small workspace and removes both afterwards. */
async function withSession(options, use) {
  const workspace = writeWorkspace();
  const session = await openSession({ workspace: join(workspace, 'desk'), ...options });
  try {
    return await use(session);
  } finally {
    await session.close();
    rmSync(workspace, { recursive: true, force: true });
  }
}

async function openPython(session) {
  await session.inHost(async (file) => { await vscode.window.showTextDocument(vscode.Uri.file(file)); }, session.path('risk.py'));
  await until(() => session.inHost((file) => vscode.languages.getDiagnostics(vscode.Uri.file(file)).length > 0, session.path('risk.py')), 30_000, 'the first finding');
}

/** What a person does in half a minute, without the pauses. */
async function work(session) {
  await session.inHost(async (folder) => {
    const pause = (ms) => new Promise((done) => { setTimeout(done, ms); });
    const uri = (name) => vscode.Uri.file(`${folder}/${name}`);
    const editor = vscode.window.activeTextEditor;
    for (let i = 0; i < 40; i += 1) {
      await editor.edit((edit) => edit.insert(new vscode.Position(2, 8), i % 2 === 0 ? 'x = 1; ' : 'y = ('));
      await pause(30);
      if (i % 2 === 1) { await vscode.commands.executeCommand('undo'); }
    }
    for (const name of ['strategy.py', 'clock.py', 'broker.py', 'notes.md', 'risk.py']) {
      await vscode.window.showTextDocument(uri(name), { preview: false });
      await pause(200);
      // Cancelled when the document changes meanwhile, as the light bulb's own request is.
      await vscode.commands.executeCommand('vscode.executeCodeActionProvider', uri(name), new vscode.Range(3, 8, 3, 12), 'quickfix', 10)
        .then(undefined, () => undefined);
    }
    await vscode.commands.executeCommand('workbench.action.files.save');
    await pause(500);
  }, session.host.workspace);
}

/** VS Code's “Extension Activation Stats” as milliseconds by extension; undefined until both are in it. */
async function activationTable(session) {
  const text = await session.inHost(async () => {
    await vscode.commands.executeCommand('perfview.show');
    await new Promise((done) => { setTimeout(done, 500); });
    const document = vscode.workspace.textDocuments.find((each) => each.uri.scheme === 'perf');
    const found = document?.getText() ?? '';
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    return found;
  });
  const table = {};
  for (const line of text.slice(text.indexOf('Extension Activation Stats')).split('\n')) {
    const cells = line.split('|').map((cell) => cell.trim());
    if (cells[1] === OURS || cells[1] === EMPTY) { table[cells[1]] = Number(cells[3]) + Number(cells[4]) + Number(cells[5]); }
  }
  if (table[OURS] === undefined || table[EMPTY] === undefined) { await sleep(300); return undefined; }
  return table;
}

/** Sampling interval asked for, in µs. */
const INTERVAL_US = 200;
/**
 * A longer gap than this between two samples means that the thread did not run at all: the system gave its core to
 * somebody else, which is no fault of the code that was interrupted.
 */
const MOST_MS = 2;

/** Adds up neighbouring samples under a frame of ours; time under the module loader is the lazy load. */
function judge({ nodes, samples, timeDeltas }) {
  const parents = new Map(nodes.flatMap((node) => (node.children ?? []).map((child) => [child, node.id])));
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const kinds = new Map();
  const kindOf = (id) => {
    if (kinds.has(id)) { return kinds.get(id); }
    const path = [];
    for (let at = id; at !== undefined; at = parents.get(at)) { path.push(byId.get(at).callFrame); }
    path.reverse();
    const first = path.findIndex((frame) => isOurs(frame.url));
    const loading = first >= 0 && path.slice(first).some((frame) => frame.url.startsWith('node:internal/modules'));
    const kind = first < 0 ? undefined : {
      loading, inActivate: path.slice(first).some((frame) => frame.functionName === 'activate'),
      where: `${path[first].functionName || 'top level'}${path.at(-1) === path[first] ? '' : ` … ${path.at(-1).functionName || 'anonymous'}`}`,
    };
    kinds.set(id, kind);
    return kind;
  };
  let load = 0;
  let inActivate = false;
  let longest = 0;
  let where = '';
  let run = 0;
  for (let i = 0; i < samples.length; i += 1) {
    const kind = kindOf(samples[i]);
    const ms = Math.min(timeDeltas[i] / 1000, MOST_MS);
    if (kind === undefined) { run = 0; continue; }
    if (kind.loading) { load += ms; inActivate ||= kind.inActivate; run = 0; continue; }
    run += ms;
    if (run > longest) { longest = run; where = kind.where; }
  }
  return { longest, where, load, inActivate };
}

function isOurs(url) {
  return /\/tickguard\.tickguard-[^/]*\/dist\/(?:extension|client)\.cjs$/.test(url);
}
