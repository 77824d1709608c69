/** Paths, addresses and relative names by the rules of every platform, on any machine. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import {
  absolutePath, cleanRelative, commonFolder, fileOf, HERE, isWithin, MACOS, type PathRules, pathIn, pathKey, plainPath, POSIX, relativePath, rulesOf, slashed, Spellings,
  spelledAsOnDisk, uriIn, uriOf, WINDOWS,
} from '../../../src/core/workspace/paths.ts';

const made: string[] = [];
afterAll(() => { for (const folder of made) { rmSync(folder, { recursive: true, force: true }); } });

test('this machine has the rules of its platform', () => {
  expect(HERE).toBe(rulesOf(process.platform));
  expect([rulesOf('win32'), rulesOf('darwin'), rulesOf('linux'), rulesOf('freebsd')]).toEqual([WINDOWS, MACOS, POSIX, POSIX]);
});

describe('addresses', () => {
  test.each([
    ['posix', '/desk/a.py'], ['posix', '/desk/with blank/ä 100%.py'], ['posix', '/desk/#1?.py'], ['posix', '/desk/back\\slash:colon.py'],
    ['windows', 'c:\\desk\\a.py'], ['windows', 'c:\\Users\\Zoë Ünal\\MQL5\\Experts\\été 100%.mq5'], ['windows', '\\\\nas\\desk$\\bots\\a.py'],
    ['windows', '\\\\wsl$\\Debian\\home\\a.py'], ['windows', 'c:\\'], ['windows', 'c:\\desk\\#1 & {x}.py'], ['windows', 'c:\\desk\\con.py'], ['windows', 'd:\\nul'],
    ['windows', `c:\\${'long folder name\\'.repeat(30)}risk.py`],
  ])('%s: %s survives the way to an address and back', (platform, file) => {
    const rules = platform === 'windows' ? WINDOWS : POSIX;
    expect(fileOf(uriOf(file, rules), rules)).toBe(file);
  });

  test.each(['untitled:Untitled-1', 'http://example.invalid/a.py', 'vscode-vfs://github/a.py', 'file://%zz', 'file:///a%2Fb.py', 'file:///a%00b.py', ''])('%s is no file', (uri) => {
    expect(fileOf(uri, POSIX)).toBeUndefined();
    expect(fileOf(uri, WINDOWS)).toBeUndefined();
  });

  test('an address with a host is a share on Windows and no file elsewhere; one without a drive is none on Windows', () => {
    expect(fileOf('file://nas/desk/a%20b.py', WINDOWS)).toBe('\\\\nas\\desk\\a b.py');
    expect(fileOf('file://nas/desk/a.py', POSIX)).toBeUndefined();
    expect(fileOf('file:///desk/a.py', WINDOWS)).toBeUndefined();
    expect(fileOf('file:///c%3A/a%5Cb.py', WINDOWS)).toBeUndefined();
  });

  test('addresses that clients escape differently are one file', () => {
    expect(fileOf('file:///desk/caf%C3%A9%20%28old%29.py', POSIX)).toBe('/desk/café (old).py');
    for (const uri of ['file:///c%3A/desk/a.py', 'file:///c:/desk/a.py', 'file:///C:/desk/a.py', 'file:///C%3a/desk/a.py']) {
      const file = fileOf(uri, WINDOWS) ?? '';
      expect(pathKey(file, WINDOWS)).toBe('c:\\desk\\a.py');
      expect(uriOf(file, WINDOWS)).toBe('file:///c%3A/desk/a.py');
    }
  });

  test('they are spelled as VS Code spells them', () => {
    expect(uriIn('/desk', 'sub/a.py', POSIX)).toBe('file:///desk/sub/a.py');
    expect(uriIn('C:\\My Desk', 'été/it\'s (old)!*.py', WINDOWS)).toBe('file:///c%3A/My%20Desk/%C3%A9t%C3%A9/it%27s%20%28old%29%21%2A.py');
    expect(uriIn('\\\\NAS\\Desk$', 'a.py', WINDOWS)).toBe('file://nas/Desk%24/a.py');
    expect(uriIn('\\\\?\\UNC\\NAS\\Desk', 'a.py', WINDOWS)).toBe('file://nas/Desk/a.py');
    expect(uriIn('\\\\?\\C:\\desk', 'a.py', WINDOWS)).toBe('file:///c%3A/desk/a.py');
    expect(uriOf('C:\\half \uD83D.py', WINDOWS)).toBe('file:///c%3A/half%20%EF%BF%BD.py');
  });
});

describe('relative names', () => {
  test.each([
    [POSIX, '/desk', '/desk/a/b.py', 'a/b.py'],
    [POSIX, '/desk', '/desk', ''],
    [POSIX, '/', '/desk/a.py', 'desk/a.py'],
    [POSIX, '/desk', '/desktop/a.py', undefined],
    [POSIX, '/desk', '/a.py', undefined],
    [POSIX, '/desk', '/desk/..data/a.py', '..data/a.py'],
    [POSIX, '/desk', '/Desk/a.py', undefined],
    [POSIX, '/desk', '/desk/odd\\name.py', 'odd\\name.py'],
    [WINDOWS, 'C:\\desk', 'c:\\desk\\a\\b.py', 'a/b.py'],
    [WINDOWS, 'c:\\Desk', 'C:\\DESK\\Risk.py', 'Risk.py'],
    [WINDOWS, 'C:\\', 'c:\\a.py', 'a.py'],
    [WINDOWS, 'C:\\desk', 'D:\\desk\\a.py', undefined],
    [WINDOWS, 'C:\\desk', 'C:\\desktop\\a.py', undefined],
    [WINDOWS, '\\\\nas\\desk', '\\\\NAS\\desk\\bots\\a.py', 'bots/a.py'],
    [WINDOWS, '\\\\nas\\desk', '\\\\nas\\other\\a.py', undefined],
    [WINDOWS, '\\\\nas\\desk', 'C:\\desk\\a.py', undefined],
    [WINDOWS, 'C:\\desk', '\\\\?\\C:\\desk\\deep\\a.py', 'deep/a.py'],
    [WINDOWS, 'C:\\desk', 'C:/desk/mixed\\a.py', 'mixed/a.py'],
    [WINDOWS, 'C:\\desk', 'C:\\desk\\con.py', 'con.py'],
    [WINDOWS, 'C:\\desk', 'C:\\desk\\dot.\\blank \\a.py', 'dot./blank /a.py'],
  ] as const)('%#: in %o the file', (rules, root, file, path) => {
    expect(pathIn(root, file, rules)).toBe(path);
    expect(isWithin(file, root, rules)).toBe(path !== undefined);
  });

  test('the prefix of long paths is taken off, whatever stands behind it', () => {
    expect(plainPath('\\\\?\\C:\\desk', WINDOWS)).toBe('C:\\desk');
    expect(plainPath('\\\\?\\unc\\nas\\desk', WINDOWS)).toBe('\\\\nas\\desk');
    expect(plainPath('\\\\nas\\desk', WINDOWS)).toBe('\\\\nas\\desk');
    expect(plainPath('\\\\?\\C:\\desk', POSIX)).toBe('\\\\?\\C:\\desk');
  });

  test('what somebody types is made absolute and clean by the platform\'s rules', () => {
    expect(absolutePath('C:\\desk', 'bots/../risk.py', WINDOWS)).toBe('C:\\desk\\risk.py');
    expect(absolutePath('C:\\desk', '\\\\nas\\x\\a.py', WINDOWS)).toBe('\\\\nas\\x\\a.py');
    expect(absolutePath('/desk', 'bots/../risk.py', POSIX)).toBe('/desk/risk.py');
    expect(cleanRelative('.\\bots\\\\a.py', WINDOWS)).toBe('bots/a.py');
    expect(cleanRelative('bots\\', WINDOWS)).toBe('bots');
    expect(cleanRelative('./', POSIX)).toBe('');
    expect(cleanRelative('odd\\name.py', POSIX)).toBe('odd\\name.py');
  });

  test('the folder common to several, and to none', () => {
    expect(commonFolder(['/desk/a/b', '/desk/a/c', '/desk/a'], POSIX)).toBe('/desk/a');
    expect(commonFolder(['C:\\Desk\\a', 'c:\\desk\\b'], WINDOWS)).toBe('C:\\Desk');
    expect(commonFolder(['C:\\desk', 'D:\\desk'], WINDOWS)).toBe('C:\\');
    expect(relativePath('C:\\', 'D:\\desk', WINDOWS)).toBe('D:/desk');
  });
});

/** A name any of the platforms may give a file. */
const name = fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }).map((text) => text.replace(/[\\/:*?"<>|\p{C}]/gu, '_')).filter((text) => text !== '.' && text !== '..');
const names = fc.array(name, { minLength: 1, maxLength: 6 });
const roots: readonly { readonly rules: PathRules; readonly root: fc.Arbitrary<string> }[] = [
  { rules: POSIX, root: names.map((parts) => `/${parts.join('/')}`) },
  { rules: MACOS, root: names.map((parts) => `/${parts.join('/')}`) },
  { rules: WINDOWS, root: fc.tuple(fc.constantFrom('C:\\', 'd:\\', '\\\\nas\\desk\\', '\\\\?\\C:\\', '\\\\?\\UNC\\nas\\desk\\'), names).map(([drive, parts]) => drive + parts.join('\\')) },
];

describe.each(roots)('round trip by the rules of $rules.platform', ({ rules, root }) => {
  test('address ↔ path ↔ relative name', () => {
    fc.assert(fc.property(root, names, (folder, parts) => {
      const path = parts.join('/');
      const file = rules.path.join(folder, ...parts);
      expect(pathIn(folder, file, rules)).toBe(path);
      expect(path.startsWith('/')).toBe(false);
      const uri = uriIn(folder, path, rules);
      expect(uri).toMatch(/^file:\/\/[\w.~%/-]*$/);
      const back = fileOf(uri, rules) ?? '';
      expect(pathIn(folder, back, rules)).toBe(path);
      expect(pathKey(back, rules)).toBe(pathKey(plainPath(file, rules), rules));
      expect(uriOf(back, rules)).toBe(uri);
    }));
  });

  test('a relative name has no separator but /, and any spelling of case finds the known one where case counts for nothing', () => {
    fc.assert(fc.property(root, names, (folder, parts) => {
      const path = parts.join('/');
      expect(slashed(rules.path.join(...parts), rules)).toBe(path);
      const other = swapped(path);
      const inside = pathIn(folder, rules.path.join(folder, other), rules) ?? '';
      expect(new Spellings([path], rules).of(inside)).toBe(rules.ignoresCase ? path : inside);
    }));
  });
});

/** Latin letters in the other case. */
function swapped(text: string): string {
  return text.replace(/[a-z]/gi, (letter) => (letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase()));
}

describe('the spelling of the disk', () => {
  const root = mkdtempSync(join(tmpdir(), 'tickguard-paths-'));
  made.push(root);
  mkdirSync(join(root, 'Bots', 'Été'), { recursive: true });
  writeFileSync(join(root, 'Bots', 'Été', 'Risk.py'), '');

  test.each([
    ['bots/été/RISK.PY', 'Bots/Été/Risk.py'],
    ['Bots/Été/Risk.py', 'Bots/Été/Risk.py'],
    ['BOTS/new/Thing.py', 'Bots/new/Thing.py'],
    ['../elsewhere/A.py', '../elsewhere/A.py'],
    ['', ''],
  ])('%s is %s', (typed, spelled) => {
    for (const rules of [MACOS, { ...WINDOWS, path: MACOS.path }]) { expect(spelledAsOnDisk(root, typed, rules)).toBe(spelled); }
    expect(spelledAsOnDisk(root, typed, POSIX)).toBe(typed);
  });

  test('macOS knows composed and decomposed accents as one name, Windows does not', () => {
    const decomposed = 'Bots/Été/Risk.py'.normalize('NFD');
    expect(spelledAsOnDisk(root, decomposed, MACOS)).toBe('Bots/Été/Risk.py');
    expect(pathKey(decomposed, WINDOWS)).not.toBe(pathKey('Bots/Été/Risk.py', WINDOWS));
  });

  test('of two names that differ in case only the exact one is meant', () => {
    const both = (): readonly string[] => ['risk.py', 'Risk.py'];
    expect(spelledAsOnDisk('/desk', 'Risk.py', MACOS, both)).toBe('Risk.py');
    expect(spelledAsOnDisk('/desk', 'risk.py', MACOS, both)).toBe('risk.py');
  });
});
