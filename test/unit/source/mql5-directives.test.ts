/** MQL5's `#import` and `#resource`, and `export`. */
import { expect, test } from 'vitest';
import { read } from '../meaning/read.ts';

const IMPORTS = '#import "risk.ex5"\nvoid Check(double room, int n = 1);\nint Room();\n#import <..\\Libraries\\kernel32.dll>\nint GetTickCount();\n#import\nint Own();\nvoid F() {}\n';

test('the functions of a library are imports with what they take and give', () => {
  const model = read(IMPORTS, 'ea.mq5');
  expect(model.errors).toEqual([]);
  expect(model.imports.map(({ module, level, name, alias }) => [module, level, name, alias])).toEqual([
    ['risk.ex5', 0, 'Check', 'Check'], ['risk.ex5', 0, 'Room', 'Room'], ['../Libraries/kernel32.dll', 0, 'GetTickCount', 'GetTickCount'],
  ]);
  expect(model.imports[0]?.signature?.parameters.map(({ name }) => name)).toEqual(['room', 'n']);
  expect(model.imports.map(({ signature }) => signature?.returns?.kind === 'name' && signature.returns.name)).toEqual(['void', 'int', 'int']);
  expect(model.imports.map(({ start, end }) => IMPORTS.slice(start, end))).toEqual(['Check', 'Room', 'GetTickCount']);
});

test('a resource with a name is a variable; without one it is nothing', () => {
  const text = '#resource "\\\\Images\\\\a.bmp"\n#resource "model.onnx" as uchar model[]\n#resource "text.txt" as string text\nvoid F() {}\n';
  const model = read(text, 'ea.mq5');
  expect(model.body.map((one) => (one.kind === 'assign' ? [text.slice(one.targets[0]?.start, one.targets[0]?.end), one.annotation?.kind, one.storage] : one.kind))).toEqual([
    ['model', 'index', 'const'], ['text', 'name', 'const'], 'function',
  ]);
});

test('what a library exports parses like any function', () => {
  const text = 'int Room() export\n{\n   return 1;\n}\nvoid Check(double x)export{ }\nint export_me = 1;\n';
  const model = read(text, 'lib.mq5');
  expect(model.errors).toEqual([]);
  expect(model.functions.map(({ name }) => name)).toEqual(['Room', 'Check']);
});

test('an array says how deep it is', () => {
  const model = read('double a[3]; double b[2][4]; double c;', 'ea.mq5');
  const depth = (expr: unknown): number => ((expr as { kind?: string } | undefined)?.kind === 'index' ? 1 + depth((expr as { indices: unknown[] }).indices[0]) : 0);
  expect(model.body.map((one) => (one.kind === 'assign' ? depth(one.annotation) : -1))).toEqual([1, 2, 0]);
});
