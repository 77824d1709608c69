/** Each arrow of the house is a lint rule, and each rule is seen to fire: a bad sample fails, its good twin passes. */
import { ESLint } from 'eslint';
import { describe, expect, test } from 'vitest';
import { projectRoot } from '../support/project.ts';

const eslint = new ESLint({ cwd: projectRoot });

/** Messages of the linter for a text as if it stood in that file. */
async function lint(file: string, text: string): Promise<readonly string[]> {
  const [result] = await eslint.lintText(text, { filePath: file });
  return result?.messages.map((message) => message.message) ?? [];
}

const imports = (module: string): string => `import { thing } from '${module}';\nexport const used = thing;\n`;

const ARROWS: readonly { readonly name: string; readonly file: string; readonly bad: string; readonly good: string; readonly says: RegExp }[] = [
  { name: 'core knows no guardian', file: 'src/core/rules/sample.ts', bad: '../../guardians/security/index.ts', good: '../findings/finding.ts', says: /Guardians are reached/ },
  { name: 'core does not reach up to the engine', file: 'src/core/rules/sample.ts', bad: '../../engine.ts', good: './rule.ts', says: /The engine is above/ },
  { name: 'core does not reach up to a door', file: 'src/core/rules/sample.ts', bad: '../../server/main.ts', good: './rule.ts', says: /Doors are above/ },
  { name: 'core knows no editor', file: 'src/core/rules/sample.ts', bad: 'vscode', good: 'zod', says: /vscode belongs/ },
  { name: 'core knows no protocol', file: 'src/core/rules/sample.ts', bad: 'vscode-languageserver/node.js', good: 'zod', says: /protocol belongs/ },
  { name: 'the source layer obeys the same arrows', file: 'src/core/source/sample.ts', bad: '../../guardians/security/index.ts', good: './model.ts', says: /Guardians are reached/ },
  { name: 'trees stay in the source layer', file: 'src/core/rules/sample.ts', bad: 'web-tree-sitter', good: '../source/model.ts', says: /No tree leaves/ },
  { name: 'grammars stay in the source layer', file: 'src/guardians/security/rules/sample.ts', bad: 'tree-sitter-python', good: '../../../core/source/model.ts', says: /No tree leaves/ },
  { name: 'a guardian uses another through its index only', file: 'src/guardians/security/rules/sample.ts', bad: '../../compliance/accounts.ts', good: '../../compliance/index.ts', says: /only through its index/ },
  { name: 'a guardian does not reach up to the engine', file: 'src/guardians/security/index.ts', bad: '../../engine.ts', good: '../../core/rules/rule.ts', says: /The engine is above/ },
  { name: 'a guardian does not reach up to a door', file: 'src/guardians/security/index.ts', bad: '../../cli/run.ts', good: '../../core/rules/rule.ts', says: /Doors are above/ },
  { name: 'the engine does not reach up to a door', file: 'src/engine.ts', bad: './cli/run.ts', good: './guardians/security/index.ts', says: /Doors are above/ },
  { name: 'a door does not use another', file: 'src/cli/sample.ts', bad: '../server/main.ts', good: '../engine.ts', says: /Doors are above/ },
  { name: 'the terminal knows no editor', file: 'src/cli/sample.ts', bad: 'vscode', good: 'node:path', says: /vscode belongs/ },
  { name: 'the server knows no editor', file: 'src/server/sample.ts', bad: 'vscode', good: 'vscode-languageserver/node.js', says: /vscode belongs/ },
  { name: 'the extension host does no analysis', file: 'src/extension/sample.ts', bad: '../engine.ts', good: 'vscode', says: /The engine is above/ },
  { name: 'the extension knows no guardian', file: 'src/extension/sample.ts', bad: '../guardians/security/index.ts', good: '../shared/protocol.ts', says: /Guardians are reached/ },
  { name: 'native modules belong to the jobs', file: 'src/server/sample.ts', bad: 'onnxruntime-node', good: 'zod', says: /Native modules/ },
  { name: 'native modules stay out of core', file: 'src/core/storage/sample.ts', bad: '@duckdb/node-api', good: 'node:fs', says: /Native modules/ },
  { name: 'shared types know nobody', file: 'src/shared/sample.ts', bad: '../server/main.ts', good: './protocol.ts', says: /Doors are above/ },
];

describe('arrows', () => {
  test.each(ARROWS)('$name', async ({ file, bad, good, says }) => {
    expect(await lint(file, imports(bad))).toEqual([expect.stringMatching(says)]);
    expect(await lint(file, imports(good))).toEqual([]);
  });

  test('a type import is an import as well', async () => {
    expect(await lint('src/core/rules/sample.ts', 'import type { Thing } from \'../../engine.ts\';\nexport type Used = Thing;\n'))
      .toEqual([expect.stringMatching(/The engine is above/)]);
  });

  test('what a path means on a platform is asked in one place', async () => {
    const split = 'import { sep } from \'node:path\';\nexport const used = sep;\n';
    expect(await lint('src/server/sample.ts', split)).toEqual([expect.stringMatching(/workspace\/paths\.ts/)]);
    expect(await lint('src/core/workspace/sample.ts', 'import { fileURLToPath } from \'node:url\';\nexport const used = fileURLToPath;\n'))
      .toEqual([expect.stringMatching(/Addresses of files/)]);
    expect(await lint('src/cli/sample.ts', 'export const here = process.platform;\n')).toEqual([expect.stringMatching(/The platform is a value/)]);
    expect(await lint('src/core/workspace/paths.ts', `${split}export const here = process.platform;\n`)).toEqual([]);
    expect(await lint('src/server/sample.ts', 'import { join } from \'node:path\';\nexport const used = join;\n')).toEqual([]);
  });

  test('so is a name handed on', async () => {
    expect(await lint('src/core/rules/sample.ts', 'export { createEngine } from \'../../engine.ts\';\n')).toEqual([expect.stringMatching(/The engine is above/)]);
  });
});

const HABITS: readonly { readonly name: string; readonly bad: string; readonly good: string; readonly says: RegExp }[] = [
  { name: 'no default export', bad: 'export default 1;\n', good: 'export const one = 1;\n', says: /Named exports only/ },
  { name: 'no any', bad: 'export const x: any = 1;\n', good: 'export const x: unknown = 1;\n', says: /Unexpected any/ },
  { name: 'no enum', bad: 'export enum Color { red }\n', good: 'export type Color = \'red\';\n', says: /union of literals/ },
  { name: 'types are imported as types', bad: 'import { Rule } from \'./rule.ts\';\nexport const x: Rule | undefined = undefined;\n', good: 'import type { Rule } from \'./rule.ts\';\nexport const x: Rule | undefined = undefined;\n', says: /import type/ },
  { name: 'no console in the product', bad: 'console.log(1);\n', good: 'export const one = 1;\n', says: /console/ },
  { name: 'files of at most 400 lines', bad: Array.from({ length: 401 }, (_, n) => `export const a${n} = ${n};\n`).join(''), good: 'export const one = 1;\n', says: /too many lines \(401\)/ },
  {
    name: 'functions of at most 60 lines',
    bad: `export function long(): void {\n${'  work();\n'.repeat(60)}}\ndeclare function work(): void;\n`,
    good: `export function short(): void {\n${'  work();\n'.repeat(58)}}\ndeclare function work(): void;\n`,
    says: /too many lines \(62\)/,
  },
];

describe('habits', () => {
  test.each(HABITS)('$name', async ({ bad, good, says }) => {
    expect(await lint('src/core/rules/sample.ts', bad)).toEqual([expect.stringMatching(says)]);
    expect(await lint('src/core/rules/sample.ts', good)).toEqual([]);
  });

  test.each(['process.exit(1);\n', 'import { exit } from \'node:process\';\nexit(1);\n'])('only the terminal\'s entry ends the process: %s', async (text) => {
    expect(await lint('src/cli/run.ts', text)).toEqual([expect.stringMatching(/ends the process/)]);
    expect(await lint('src/server/main.ts', text)).toEqual([expect.stringMatching(/ends the process/)]);
    expect(await lint('src/cli/main.ts', text)).toEqual([]);
  });
});
