import { describe, expect, test } from 'vitest';
import { ModuleIndex } from '../../../src/core/source/link/modules.ts';

function index(...paths: string[]): ModuleIndex {
  const modules = new ModuleIndex();
  for (const path of paths) { modules.add(path); }
  return modules;
}

describe('ModuleIndex', () => {
  test.each<[string, readonly string[], string, string, number, string | undefined]>([
    ['a script beside', ['bots/a.py', 'bots/risk.py'], 'bots/a.py', 'risk', 0, 'bots/risk.py'],
    ['a src layout', ['src/desk/__init__.py', 'src/desk/risk.py', 'run.py'], 'run.py', 'desk.risk', 0, 'src/desk/risk.py'],
    ['a package', ['src/desk/__init__.py'], 'run.py', 'desk', 0, 'src/desk/__init__.py'],
    ['a package root above', ['desk/core/risk.py', 'desk/live/s.py'], 'desk/live/s.py', 'core.risk', 0, 'desk/core/risk.py'],
    ['the nearest of two', ['a/risk.py', 'b/risk.py'], 'a/s.py', 'risk', 0, 'a/risk.py'],
    ['two equally near', ['a/risk.py', 'b/risk.py'], 's.py', 'risk', 0, undefined],
    ['a module before its stub', ['risk.pyi', 'risk.py'], 's.py', 'risk', 0, 'risk.py'],
    ['a stub alone', ['risk.pyi'], 's.py', 'risk', 0, 'risk.pyi'],
    ['one dot', ['p/__init__.py', 'p/risk.py'], 'p/s.py', 'risk', 1, 'p/risk.py'],
    ['one dot, the package', ['p/__init__.py', 'p/risk.py'], 'p/s.py', '', 1, 'p/__init__.py'],
    ['two dots', ['p/risk.py', 'p/q/s.py'], 'p/q/s.py', 'risk', 2, 'p/risk.py'],
    ['dots beyond the root', ['risk.py'], 'p/s.py', 'risk', 4, undefined],
    ['a relative import finds no file elsewhere', ['x/risk.py'], 'p/s.py', 'risk', 1, undefined],
    ['the standard library', ['tools/logging.py'], 'bots/s.py', 'logging', 0, undefined],
    ['a script\'s own module of a library\'s name', ['bots/random.py'], 'bots/s.py', 'random', 0, 'bots/random.py'],
    ['a package does not shadow the library', ['bots/__init__.py', 'bots/logging.py'], 'bots/s.py', 'logging', 0, undefined],
    ['a package outside', ['s.py'], 's.py', 'numpy', 0, undefined],
  ])('%s', (_title, paths, importer, module, level, expected) => {
    expect(index(...paths).resolve(importer, module, level)).toBe(expected);
  });

  test('answers follow files that come and go', () => {
    const modules = index('a/risk.py');
    expect(modules.resolve('b/s.py', 'risk', 0)).toBe('a/risk.py');
    expect([modules.add('b/risk.py'), modules.add('b/risk.py')]).toEqual([true, false]);
    expect(modules.resolve('b/s.py', 'risk', 0)).toBe('b/risk.py');
    expect([modules.delete('b/risk.py'), modules.delete('b/risk.py')]).toEqual([true, false]);
    expect(modules.resolve('b/s.py', 'risk', 0)).toBe('a/risk.py');
  });
});
