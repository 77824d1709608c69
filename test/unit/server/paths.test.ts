import { expect, test } from 'vitest';
import { fileOf, pathIn, uriIn, uriOf } from '../../../src/server/paths.ts';

test.each(['/desk/a.py', '/desk/with blank/ä 100%.py', '/desk/#1?.py'])('%s survives the way to an address and back', (file) => {
  expect(fileOf(uriOf(file))).toBe(file);
});

test.each(['untitled:Untitled-1', 'http://example.invalid/a.py', 'vscode-vfs://github/a.py', 'file://%zz', 'file:///a%2Fb.py', ''])('%s is no file', (uri) => {
  expect(fileOf(uri)).toBeUndefined();
});

test('addresses that clients escape differently are one file', () => {
  expect(fileOf('file:///desk/caf%C3%A9%20%28old%29.py')).toBe('/desk/café (old).py');
  expect(uriIn('/desk', 'sub/a.py')).toBe('file:///desk/sub/a.py');
});

test.each([
  ['/desk', '/desk/a/b.py', 'a/b.py'],
  ['/desk', '/desk', ''],
  ['/desk', '/desktop/a.py', undefined],
  ['/desk', '/a.py', undefined],
  ['/desk', '/desk/..data/a.py', '..data/a.py'],
])('in %s the file %s is %s', (root, file, path) => {
  expect(pathIn(root, file)).toBe(path);
});
