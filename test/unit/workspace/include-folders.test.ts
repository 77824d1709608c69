/** Includes from outside the project: the folders that are named, those of terminals, and what is read of them. */
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseConfig } from '../../../src/core/workspace/config-file.ts';
import { readIndex } from '../../../src/core/workspace/git-index.ts';
import { IncludeFolders, MOST_FILES, terminalIncludes } from '../../../src/core/workspace/include-folders.ts';
import { indexContents } from '../../../src/core/workspace/index-contents.ts';
import { MACOS, POSIX, WINDOWS } from '../../../src/core/workspace/paths.ts';
import { Project } from '../../../src/core/workspace/project.ts';
import { createEngine } from '../../../src/engine.ts';
import { folderWith } from '../../support/cli.ts';
import { repositoryWith } from '../../support/repository.ts';
import { checkFolder } from './cached.ts';

const engine = createEngine();
/** A library that calls back: the program's own method is what it runs on every tick. */
const BASE = '#include <Desk\\Step.mqh>\nclass CBase : public CStep { public: void Run() { Step(); } };\n';
const STEP = 'class CStep { public: virtual void Step() {} };\n';
const EXPERT = '#include <desk/Base.mqh>\nclass CMy : public CBase { public: void Step() { Print("step"); } };\nCMy my;\nvoid OnTick() { my.Run(); }\n';
const FOUND = 'ea.mq5 2 Prints on every tick: OnTick → CBase.Run → CMy.Step.';

const library = (): string => folderWith({ 'Include/Desk/Base.mqh': BASE, 'Include/Desk/step.MQH': STEP });
const said = (result: { readonly findings: readonly { readonly finding: { readonly file: string; readonly range: { readonly line: number }; readonly message: string } }[] }): readonly string[] => (
  result.findings.map(({ finding }) => `${finding.file} ${finding.range.line} ${/^[^.]*\.[^.]*\.[^.]*\./.exec(finding.message)?.[0] ?? finding.message}`));
const config = (...include: readonly string[]): string => JSON.stringify({ mql5: { include } });

describe('what an include leads to', () => {
  test('in a folder that tickguard.json names: the path goes through it, and nothing in it is reported', async () => {
    const outside = library();
    const root = folderWith({ 'tickguard.json': config(join(outside, 'Include')), 'ea.mq5': EXPERT });
    const { result } = await checkFolder(root, { cache: false });
    expect(said(result)).toEqual([FOUND]);
    // The report names places of the project alone.
    expect(result.findings[0]?.finding.related.map(({ file }) => file)).toEqual(['ea.mq5']);
    expect([result.files, result.skipped]).toEqual([2, []]);
    writeFileSync(join(outside, 'Include/Desk/Base.mqh'), `${BASE}void OnTick2() {}\nvoid F() { Print("theirs"); }\nvoid OnTimer() { F(); }\n`);
    expect(said((await checkFolder(root, { cache: false })).result)).toEqual([FOUND]);
  });

  test('relative to the file that names it, and without a name nowhere', async () => {
    const root = folderWith({ 'desk/tickguard.json': config('../lib/Include'), 'desk/ea.mq5': EXPERT, 'lib/Include/Desk/Base.mqh': BASE, 'lib/Include/Desk/Step.mqh': STEP });
    const project = async (terminals: readonly string[] = []): Promise<readonly string[]> => said((await checkFolder(join(root, 'desk'), { cache: false, more: { terminals: () => terminals } })).result);
    expect(await project()).toEqual([FOUND]);
    writeFileSync(join(root, 'desk/tickguard.json'), '{}');
    expect(await project()).toEqual([]);
  });

  test('the project\'s own file comes first, then named folders in their order, then terminals', async () => {
    const quiet = folderWith({ 'Include/Desk/Base.mqh': 'class CBase { public: void Run() {} };\n' });
    const terminal = folderWith({ 'MQL5/Include/Desk/Base.mqh': BASE, 'MQL5/Include/Desk/Step.mqh': STEP });
    const terminals = { terminals: () => [join(terminal, 'MQL5/Include')] };
    const check = async (files: Record<string, string>): Promise<readonly string[]> => said((await checkFolder(folderWith({ 'ea.mq5': EXPERT, ...files }), { cache: false, more: terminals })).result);
    expect(await check({ 'tickguard.json': '{}' })).toEqual([FOUND]);
    expect(await check({ 'tickguard.json': config(join(quiet, 'Include')) })).toEqual([]);
    expect(await check({ 'tickguard.json': config(join(library(), 'Include'), join(quiet, 'Include')) })).toEqual([FOUND]);
    expect(await check({ 'tickguard.json': '{}', 'Include/Desk/Base.mqh': 'class CBase { public: void Run() {} };\n' })).toEqual([]);
  });

  test('of two terminals the one the project lies in, else any while they agree', async () => {
    const files = { 'MQL5/Include/Desk/Base.mqh': BASE, 'MQL5/Include/Desk/Step.mqh': STEP };
    const one = folderWith({ ...files, 'MQL5/Experts/desk/ea.mq5': EXPERT, 'MQL5/Experts/desk/tickguard.json': '{}' });
    const same = folderWith(files);
    const other = folderWith({ ...files, 'MQL5/Include/Desk/Base.mqh': 'class CBase { public: void Run() {} };\n' });
    const include = (folder: string): string => join(folder, 'MQL5/Include');
    const away = folderWith({ 'tickguard.json': '{}', 'ea.mq5': EXPERT });
    const check = async (root: string, ...folders: readonly string[]): Promise<number> => (await checkFolder(root, { cache: false, more: { terminals: () => folders.map(include) } })).result.findings.length;
    expect(await check(away, one, same)).toBe(1);
    expect(await check(away, one, other)).toBe(0);
    expect(await check(join(one, 'MQL5/Experts/desk'), other, one)).toBe(1);
  });

  test('from the cache and from git\'s index: as the file outside is today', async () => {
    const outside = library();
    const repo = repositoryWith({ 'tickguard.json': config(join(outside, 'Include')), 'ea.mq5': EXPERT });
    const staged = async (): Promise<readonly string[]> => {
      const index = await readIndex(repo.root, { cwd: repo.root });
      if (!index.ok) { throw new Error(index.error); }
      return said((await checkFolder(repo.root, { more: { contents: await indexContents(repo.root, index.value) } })).result);
    };
    const checks = async (): Promise<readonly (readonly string[])[]> => [said((await checkFolder(repo.root)).result), said((await checkFolder(repo.root)).result), await staged(), await staged()];
    expect(await checks()).toEqual([[FOUND], [FOUND], [FOUND], [FOUND]]);
    writeFileSync(join(outside, 'Include/Desk/Base.mqh'), 'class CBase { public: void Run() {} };\n');
    expect(await checks()).toEqual([[], [], [], []]);
  });

  test('in an editor: when the expert is saved, and when tickguard.json changes', async () => {
    const outside = library();
    const root = folderWith({ 'tickguard.json': '{}', 'ea.mq5': 'void OnTick() { }\n' });
    const opened = await Project.open({ root, rules: engine.rules, packs: engine.packs, asOf: '2026-03-09', budgetMs: 2_000, terminals: () => [] });
    if (!opened.ok) { throw new Error(opened.error); }
    const project = opened.value;
    await project.scan();
    project.openDocument('ea.mq5', EXPERT);
    writeFileSync(join(root, 'ea.mq5'), EXPERT);
    expect(await project.fileChanged('ea.mq5')).toEqual({ paths: [], others: false });
    writeFileSync(join(root, 'tickguard.json'), config(join(outside, 'Include')));
    await project.reload();
    expect(said(project.result())).toEqual([FOUND]);
    project.changeDocument('ea.mq5', EXPERT.replace('desk/Base', 'desk/Other'));
    writeFileSync(join(outside, 'Include/Desk/Other.mqh'), BASE);
    expect(await project.fileChanged('ea.mq5')).toEqual({ paths: [], others: true });
    expect(said(project.result())).toEqual([FOUND]);
    project.dispose();
  });
});

describe('what is read', () => {
  const find = (folders: IncludeFolders, module: string, importer = 'ea.mq5', level = 0): string | undefined => folders.find({ importer, module, level })?.path;

  test('nothing above the folder, nothing but sources, nothing large, nothing twice', () => {
    const outside = folderWith({ 'secret.mqh': 'x', 'Include/a.mqh': 'x', 'Include/notes.txt': 'x', 'Include/large.mqh': ' '.repeat(1_000_001), 'Include/Sub/b.mqh': 'x' });
    const folders = new IncludeFolders('/desk', [join(outside, 'Include')], () => []);
    expect(find(folders, '../secret.mqh')).toBeUndefined();
    expect(find(folders, 'Sub/../../secret.mqh')).toBeUndefined();
    expect(find(folders, 'notes.txt')).toBeUndefined();
    expect(find(folders, 'large.mqh')).toBeUndefined();
    expect(find(folders, 'a.mqh', 'ea.mq5', 1)).toBeUndefined();
    expect(find(folders, 'SUB/B.mqh')).toBe('<include:0>/Sub/b.mqh');
    expect(find(folders, 'Sub/b.mqh')).toBeUndefined();
    expect(find(folders, '../../secret.mqh', '<include:0>/Sub/b.mqh', 1)).toBeUndefined();
    expect(find(folders, '../a.mqh', '<include:0>/Sub/b.mqh', 1)).toBe('<include:0>/a.mqh');
  });

  test('at most as many files as a program has', () => {
    const outside = folderWith({});
    mkdirSync(join(outside, 'Include'));
    for (let n = 0; n < MOST_FILES + 5; n++) { writeFileSync(join(outside, 'Include', `f${n}.mqh`), 'x'); }
    const folders = new IncludeFolders('/desk', [join(outside, 'Include')], () => []);
    expect(Array.from({ length: MOST_FILES + 5 }, (_, n) => find(folders, `f${n}.mqh`)).filter((path) => path !== undefined)).toHaveLength(MOST_FILES);
  });

  test('links in a circle end', () => {
    const outside = folderWith({ 'Include/a.mqh': 'x' });
    symlinkSync('.', join(outside, 'Include/loop'));
    symlinkSync('b.mqh', join(outside, 'Include/b.mqh'));
    const folders = new IncludeFolders('/desk', [join(outside, 'Include')], () => []);
    expect(find(folders, 'b.mqh')).toBeUndefined();
    expect(find(folders, 'loop/loop/a.mqh')).toBe('<include:0>/loop/loop/a.mqh');
  });
});

describe('terminals', () => {
  /** Lists folders of a machine that is written down as its files' paths. */
  const machine = (sep: string, ...files: readonly string[]) => (folder: string): readonly string[] => (
    [...new Set(files.filter((file) => file.startsWith(folder + sep)).map((file) => file.slice(folder.length + 1).split(sep)[0] ?? ''))]);

  test('on Windows: data folders, a portable one, the one the project lies in first', () => {
    const roaming = 'C:\\Users\\Zoë\\AppData\\Roaming';
    const list = machine('\\',
      `${roaming}\\MetaQuotes\\Terminal\\AB12\\MQL5\\Include\\Trade\\Trade.mqh`, `${roaming}\\MetaQuotes\\Terminal\\CD34\\MQL4\\Include\\a.mqh`,
      `${roaming}\\MetaQuotes\\Terminal\\Common\\Files\\a.csv`, 'C:\\Program Files\\MetaTrader 5\\MQL5\\Include\\a.mqh', 'C:\\Program Files\\Git\\bin\\git.exe',
      'D:\\Portable\\MQL5\\Include\\a.mqh');
    const env = { APPDATA: roaming, ProgramFiles: 'C:\\Program Files' };
    expect(terminalIncludes({ rules: WINDOWS, env, home: 'C:\\Users\\Zoë', list, root: 'D:\\Portable\\MQL5\\Experts\\desk' })).toEqual([
      'D:\\Portable\\MQL5\\Include', `${roaming}\\MetaQuotes\\Terminal\\AB12\\MQL5\\Include`, `${roaming}\\MetaQuotes\\Terminal\\CD34\\MQL4\\Include`,
      'C:\\Program Files\\MetaTrader 5\\MQL5\\Include',
    ]);
    expect(terminalIncludes({ rules: WINDOWS, env: {}, home: 'C:\\Users\\Zoë', list })).toEqual([]);
  });

  test('in Wine, and in the bundle of macOS', () => {
    const wine = machine('/', '/home/a/.wine/drive_c/users/a/AppData/Roaming/MetaQuotes/Terminal/AB12/MQL5/Include/a.mqh', '/home/a/.mt5/drive_c/Program Files/MetaTrader 5/MQL5/Include/a.mqh');
    expect(terminalIncludes({ rules: POSIX, env: {}, home: '/home/a', list: wine })).toEqual([
      '/home/a/.wine/drive_c/users/a/AppData/Roaming/MetaQuotes/Terminal/AB12/MQL5/Include', '/home/a/.mt5/drive_c/Program Files/MetaTrader 5/MQL5/Include',
    ]);
    const bundle = '/Users/a/Library/Application Support/net.metaquotes.wine.metatrader5/drive_c/Program Files/MetaTrader 5/MQL5';
    expect(terminalIncludes({ rules: MACOS, env: {}, home: '/Users/a', list: machine('/', `${bundle}/Include/a.mqh`) })).toEqual([`${bundle}/Include`]);
  });
});

test.each([
  ['\\\\\\\\nas\\\\share', /network share/], ['//nas/share', /network share/], ['', /text is expected/],
])('a folder %s is refused in one sentence', (folder, sentence) => {
  const outcome = parseConfig(`{ "mql5": { "include": ["${folder}"] } }`, 'tickguard.json', engine.rules);
  expect(outcome.ok ? '' : outcome.error).toMatch(sentence);
});
