// Looks at Tickguard as a person does: opens examples/desk in a real VS Code, goes to a finding, opens the light bulb's
// menu, and takes pictures, dark and in high contrast.
//
//   node test/look/look.mjs [--vsix FILE] [--out FOLDER]
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { sleep, until } from '../host/host.mjs';
import { projectRoot } from '../host/prepare.mjs';
import { openSession } from '../host/session.mjs';

/** DOM id of the status item: publisher.name.id. */
export const STATUS = '[id="tickguard.tickguard.tickguard.status"]';

/** The file with the clearest problem of its own, and where. */
const FILE = 'src/desk/clock.py';

/** Files of the other languages, each with the text that the cursor is put on: what the grammar and the squiggles look like there. */
const LANGUAGES = [
  { name: 'mql5', file: 'experts/Include/RiskGuard.mqh', on: 'Print("equity "' },
  { name: 'typescript', file: 'bots/scalper/src/risk.ts', on: 'console.log(`drawdown' },
  { name: 'dotenv', file: '.env', on: 'TRADOVATE_PASSWORD' },
  { name: 'preset', file: 'experts/Presets/Breakout.set', on: 'InpMaxDrawdownPercent' },
];

/** The pictures are of Tickguard: what VS Code draws over every word under the cursor is left out. */
const SETTINGS = { 'editor.occurrencesHighlight': 'off', 'editor.minimap.enabled': false };

/** A copy of the example desk as a git repository of its own, so that its environment files are seen as what they are to git. */
export function deskRepository() {
  const folder = mkdtempSync(join(tmpdir(), 'tickguard-desk-'));
  cpSync(join(projectRoot, 'examples', 'desk'), folder, { recursive: true });
  // The password in the code is another than that of `.env`, so that all four files have to be written.
  writeFileSync(join(folder, SECRET.file), readFileSync(join(folder, SECRET.file), 'utf8').replace('Herring-gull-4412', SECRET.on));
  const git = (...args) => execFileSync('git', ['-c', 'user.name=desk', '-c', 'user.email=desk@example.invalid', ...args], { cwd: folder, stdio: 'ignore' });
  git('init', '-q');
  git('add', '-A', '-f');
  // One that git does not track yet.
  git('rm', '-q', '--cached', '.env.paper');
  git('commit', '-q', '-m', 'the desk');
  return folder;
}

/** What the terminal says of a folder: rules and severities of its findings. */
function inTerminal(folder) {
  const { stdout } = spawnSync(process.execPath, [join(projectRoot, 'dist', 'cli.cjs'), 'check', '--format', 'json'], { cwd: folder, encoding: 'utf8' });
  const { findings } = JSON.parse(stdout);
  return { errors: findings.filter(({ severity }) => severity === 'error').length, rules: [...new Set(findings.map(({ rule }) => rule))] };
}

/** Opens the window, looks and takes the pictures. Answers their paths, what the status item says, and what the terminal says. */
export async function look({ vsix, out }) {
  mkdirSync(out, { recursive: true });
  const desk = deskRepository();
  const terminal = inTerminal(desk);
  const session = await openSession({ workspace: desk, inPlace: true, vsix: [vsix], size: { width: 1400, height: 860 }, settings: SETTINGS });
  const { page } = session;
  const pictures = [];
  const picture = async (name) => {
    const path = join(out, `${name}.png`);
    await page.screenshot({ path });
    pictures.push(path);
  };
  try {
    await page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 60_000 });
    for (const [name, theme] of [['dark', 'Default Dark Modern'], ['high-contrast', 'Default High Contrast']]) {
      await setTheme(session, theme);
      await goToFinding(session);
      await page.locator('.squiggly-error, .squiggly-warning').first().waitFor({ timeout: 30_000 });
      const status = page.locator(STATUS);
      await until(async () => (await status.innerText().catch(() => '')).includes(`TG ${terminal.errors} errors`), 30_000, `“TG ${terminal.errors} errors” in the status bar`);
      assert.doesNotMatch(await notifications(session), /tickguard/i, 'nobody was interrupted');
      await openQuickFixes(session);
      await picture(name);
      await page.keyboard.press('Escape');
    }
    await setTheme(session, 'Default Dark Modern');
    await page.locator(STATUS).hover();
    await page.locator('.monaco-hover table').first().waitFor({ timeout: 10_000 });
    await picture('status');
    await page.mouse.move(700, 300);
    for (const { name, file, on } of LANGUAGES) {
      await goToText(session, file, on);
      await page.locator('.squiggly-error, .squiggly-warning').first().waitFor({ timeout: 30_000 });
      await sleep(1_500); // the grammar's colours come after the text
      await picture(name);
    }
    await goToText(session, 'config/live.yaml', 'max_drawdown');
    await session.inHost(() => vscode.commands.executeCommand('editor.action.showHover'));
    await page.locator('.monaco-hover ol li').first().waitFor({ timeout: 20_000 });
    await sleep(700); // it fades in
    await picture('limit');
    await page.keyboard.press('Escape');
    await goToNotebook(session, 'research/opening_range.ipynb');
    await page.locator('.notebookOverlay .squiggly-error, .notebookOverlay .squiggly-warning, .notebookOverlay .squiggly-info').first().waitFor({ timeout: 30_000 });
    await sleep(1_500);
    await picture('notebook');
    await showCoverage(session);
    await picture('coverage');
    const replay = await showReplay(session, picture);
    await page.locator(STATUS).click();
    await page.locator('.markers-panel .monaco-list-row').first().waitFor({ timeout: 10_000 });
    await picture('problems');
    const status = { status: (await page.locator(STATUS).innerText()).trim(), label: await page.locator(STATUS).locator('[aria-label]').first().getAttribute('aria-label') };
    // Last: it writes.
    const moved = await moveValue(session, { desk, out, picture });
    return { pictures, terminal, ...status, replay, moved };
  } catch (error) {
    await page.screenshot({ path: join(out, 'failed.png') }).catch(() => { /* the page is gone */ });
    throw error;
  } finally {
    await session.close();
    rmSync(desk, { recursive: true, force: true });
  }
}

/** The replay view of the first account, dark and in high contrast; then a click on what broke, and where it led. */
async function showReplay({ inHost, page }, picture) {
  await inHost(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));
  await inHost(() => { void vscode.commands.executeCommand('tickguard.replay'); });
  await page.locator('.quick-input-widget .monaco-list-row').first().waitFor({ timeout: 20_000 });
  await page.keyboard.press('Enter');
  // A webview is a frame in a frame; the inner one holds the page. A notebook that was open leaves one behind.
  const view = page.frameLocator('iframe.webview.ready').last().frameLocator('#active-frame');
  await view.locator('svg .mark').first().waitFor({ timeout: 30_000 });
  await picture('replay');
  await setTheme({ inHost }, 'Default High Contrast');
  await view.locator('td a').first().scrollIntoViewIfNeeded();
  await picture('replay-findings');
  await setTheme({ inHost }, 'Default Dark Modern');
  const text = await view.locator('body').innerText();
  await view.locator('td a').first().click();
  const opened = await until(() => inHost(() => {
    const editor = vscode.window.activeTextEditor;
    return editor !== undefined && editor.document.uri.path.endsWith('.jsonl') ? { file: editor.document.uri.path.split('/').at(-1), line: editor.selection.active.line + 1 } : undefined;
  }), 20_000, 'the row of the ledger that a click opens');
  await inHost(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));
  return { text, opened };
}

async function setTheme({ inHost }, theme) {
  await inHost(async (name) => {
    await vscode.workspace.getConfiguration('workbench').update('colorTheme', name, vscode.ConfigurationTarget.Global);
  }, theme);
  await sleep(600);
}

/** Shows the file with the cursor in its first finding that has a fix of its own. */
async function goToFinding({ inHost, path }) {
  await until(() => inHost(async (file) => {
    const uri = vscode.Uri.file(file);
    const editor = await vscode.window.showTextDocument(uri, { preview: false });
    const found = vscode.languages.getDiagnostics(uri).filter((item) => item.source === 'tickguard');
    for (const item of found) {
      const actions = await vscode.commands.executeCommand('vscode.executeCodeActionProvider', uri, item.range, 'quickfix');
      if (!actions.some((action) => action.isPreferred)) { continue; }
      editor.selection = new vscode.Selection(item.range.start, item.range.start);
      editor.revealRange(item.range, vscode.TextEditorRevealType.InCenter);
      return true;
    }
    return false;
  }, path(FILE)), 40_000, 'a finding with a fix');
}

/** Shows a file with the cursor before a text of it, once it has a finding. */
async function goToText({ inHost, path }, file, text) {
  await until(() => inHost(async ({ file: name, text: wanted }) => {
    const uri = vscode.Uri.file(name);
    const editor = await vscode.window.showTextDocument(uri, { preview: false });
    if (!vscode.languages.getDiagnostics(uri).some((item) => item.source === 'tickguard')) { return false; }
    const at = editor.document.positionAt(editor.document.getText().indexOf(wanted));
    editor.selection = new vscode.Selection(at, at);
    editor.revealRange(editor.selection, vscode.TextEditorRevealType.InCenter);
    return true;
  }, { file: path(file), text }), 40_000, `a finding in ${file}`);
}

/** Where the desk's password stands in the code. */
const SECRET = { file: 'src/desk/settings.py', on: 'Turnstone-2718' };

/**
 * Takes “Move the value to the environment” in the light bulb's menu, as a person does, and shows the four files it wrote side by
 * side. Answers what it wrote, as git shows it; the same stands in `move.diff` beside the pictures.
 */
async function moveValue(session, { desk, out, picture }) {
  const started = performance.now();
  const { page, inHost, path } = session;
  const before = readFileSync(join(desk, SECRET.file), 'utf8');
  await inHost(() => vscode.commands.executeCommand('workbench.action.closePanel'));
  await goToText(session, SECRET.file, SECRET.on);
  await page.locator('.squiggly-error').first().waitFor({ timeout: 30_000 });
  await openQuickFixes(session);
  const offer = page.locator('.action-widget .monaco-list-row.action', { hasText: 'Move the value to the environment' }).first();
  await offer.waitFor({ timeout: 10_000 });
  const offered = (await offer.innerText()).trim();
  await picture('move-offered');
  await offer.click();
  // One edit, but a file after the other is shown and saved: the last of them is there when all are.
  const changed = () => readFileSync(join(desk, SECRET.file), 'utf8') !== before && /^\.env$/m.test(readFileSync(join(desk, '.gitignore'), 'utf8')) && ['.env', '.env.example'].every((file) => /^PASSWORD=/m.test(readFileSync(join(desk, file), 'utf8')));
  await until(async () => {
    await inHost(() => vscode.workspace.saveAll(true));
    return existsSync(join(desk, '.gitignore')) && changed();
  }, 20_000, 'the edit of all four files');
  const git = (...args) => execFileSync('git', args, { cwd: desk, encoding: 'utf8' });
  // A file that is new has no diff before git is told of it.
  git('add', '-N', '.gitignore');
  const diff = git('diff', '--no-color');
  writeFileSync(join(out, 'move.diff'), diff);
  await inHost(async (files) => {
    await vscode.commands.executeCommand('workbench.action.closeSidebar');
    await vscode.commands.executeCommand('vscode.setEditorLayout', { orientation: 0, groups: [{ size: 0.6 }, { size: 0.4, groups: [{}, {}, {}] }] });
    for (const [index, file] of files.entries()) {
      const editor = await vscode.window.showTextDocument(vscode.Uri.file(file), { viewColumn: index + 1, preview: false });
      const last = new vscode.Position(editor.document.lineCount - 1, 0);
      editor.selection = new vscode.Selection(last, last);
      editor.revealRange(editor.selection);
    }
  }, [SECRET.file, '.env', '.env.example', '.gitignore'].map((file) => path(file)));
  await sleep(1_000);
  await picture('move-made');
  return { offered, diff, ms: Math.round(performance.now() - started) };
}

/** Shows a notebook, scrolled to its first cell with a finding. */
async function goToNotebook({ inHost, path }, file) {
  await until(() => inHost(async (name) => {
    const notebook = await vscode.workspace.openNotebookDocument(vscode.Uri.file(name));
    const editor = await vscode.window.showNotebookDocument(notebook);
    const at = notebook.getCells().findIndex(({ document }) => vscode.languages.getDiagnostics(document.uri).some((item) => item.source === 'tickguard'));
    if (at < 0) { return false; }
    editor.revealRange(new vscode.NotebookRange(at, at + 1), vscode.NotebookEditorRevealType.InCenter);
    return true;
  }, path(file)), 40_000, `a finding in a cell of ${file}`);
}

/** The view Guard Coverage with one order site opened down to its guards. */
async function showCoverage({ inHost, page }) {
  assert.equal(await page.locator('.pane-header[aria-label*="Guard Coverage"][aria-expanded="true"]').count(), 0, 'nothing opened by itself');
  await inHost(() => vscode.commands.executeCommand('tickguard.coverage.focus'));
  const site = page.locator('.monaco-list-row[aria-label*="placeOrder"]').first();
  await site.waitFor({ timeout: 30_000 });
  await inHost(async () => {
    await vscode.commands.executeCommand('workbench.action.decreaseViewSize');
    for (const command of ['list.focusFirst', 'list.expand']) { await vscode.commands.executeCommand(command); }
  });
  await page.locator('.pane-header[aria-label*="Explorer Section"][aria-expanded="true"]').first().click({ timeout: 3_000 }).catch(() => { /* it is small already */ });
  await inHost(async () => { await vscode.commands.executeCommand('tickguard.coverage.focus'); });
  await site.locator('.monaco-tl-twistie').click();
  const way = page.locator('.monaco-list-row[aria-label*="way from"]').first();
  await way.waitFor({ timeout: 10_000 });
  await way.locator('.monaco-tl-twistie').click();
  await sleep(500);
}

/** What the window has told; under test VS Code keeps it in the list behind the bell and pops nothing up. */
async function notifications({ inHost, page }) {
  await inHost(() => vscode.commands.executeCommand('notifications.showList'));
  const list = page.locator('.notifications-center');
  await list.waitFor({ timeout: 5_000 });
  const text = await list.innerText();
  await inHost(() => vscode.commands.executeCommand('notifications.hideList'));
  return text;
}

/**
 * Opens the light bulb's menu as a person does, with the keys. A new theme, or findings that arrive, can close it again while it is
 * opening: then a person presses once more, and so does this.
 */
async function openQuickFixes({ page, inHost }) {
  const menu = page.locator('.action-widget .monaco-list-row.action').first();
  await until(async () => {
    await inHost(() => vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup'));
    await page.keyboard.press('Control+.');
    const shown = await menu.waitFor({ timeout: 5_000 }).then(() => true, () => false);
    if (!shown) { await page.keyboard.press('Escape'); }
    return shown;
  }, 40_000, "the light bulb's menu");
  await sleep(300);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values } = parseArgs({ options: {
    vsix: { type: 'string', default: join(projectRoot, '.cache', 'test', 'tickguard.vsix') },
    out: { type: 'string', default: join(projectRoot, 'out', 'look') },
  } });
  const started = Date.now();
  const seen = await look({ vsix: resolve(values.vsix), out: resolve(values.out) });
  console.log(`${seen.pictures.join('\n')}\nstatus item: ${seen.status}\n${((Date.now() - started) / 1000).toFixed(1)} s`);
}
