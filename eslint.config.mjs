// The style of the house, and its arrows: doors → engine → guardians → core.
import tseslint from 'typescript-eslint';

const RESTRICTED = {
  vscode: { group: ['vscode'], message: 'vscode belongs to src/extension alone.' },
  /** What a path means hangs on the platform, and that is asked for in one place. */
  paths: {
    group: ['node:path', 'node:path/*'], importNames: ['sep', 'delimiter', 'relative', 'isAbsolute', 'normalize', 'win32', 'toNamespacedPath'],
    message: 'What hangs on the platform is in src/core/workspace/paths.ts.',
  },
  urls: { group: ['node:url'], importNames: ['fileURLToPath', 'pathToFileURL'], message: 'Addresses of files are made in src/core/workspace/paths.ts.' },
  native: { group: ['@duckdb/*', 'onnxruntime-*'], message: 'Native modules belong to src/jobs alone: a crash there must take nothing else along.' },
  trees: { group: ['web-tree-sitter', 'tree-sitter*'], message: 'No tree leaves src/core/source; ask the SourceModel.' },
  lsp: { group: ['vscode-languageserver*', 'vscode-languageclient*'], message: 'The protocol belongs to the doors.' },
  doors: { regex: '(^|/)(cli|server|extension|mcp|webview)/', message: 'Doors are above: what they need is called by them.' },
  engine: { regex: '(^|/)engine(\\.ts)?$', message: 'The engine is above: it collects this, not the other way round.' },
  guardians: { regex: '(^|/)guardians/', message: 'Guardians are reached through the engine, by the doors.' },
  /** From `guardians/<one>/…`: `../<other>/…` and `../../<other>/…`, unless it is the other's index. */
  neighbours: {
    regex: '^(\\.\\./)+(security|compliance|audit|performance|data|monitoring|deployment)/(?!index\\.ts$)',
    message: 'Another guardian is used only through its index.ts.',
  },
};

/** Imports that a part of the house must not make. */
const forbidOnly = (...names) => ({
  '@typescript-eslint/no-restricted-imports': ['error', { patterns: names.map((name) => RESTRICTED[name]) }],
});
const forbid = (...names) => forbidOnly('paths', 'urls', ...names);

const style = {
  '@typescript-eslint/no-explicit-any': 'error',
  '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports', prefer: 'type-imports', disallowTypeAnnotations: true }],
  '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrorsIgnorePattern: '^_' }],
  '@typescript-eslint/ban-ts-comment': 'error',
  '@typescript-eslint/no-require-imports': 'error',
  'no-restricted-syntax': [
    'error',
    { selector: 'ExportDefaultDeclaration', message: 'Named exports only: a name that is found by searching for it.' },
    { selector: 'TSEnumDeclaration', message: 'A union of literals instead of an enum.' },
    { selector: 'TSExportAssignment', message: 'Named exports only.' },
    { selector: "MemberExpression[object.name='process'][property.name='exit']", message: 'Only src/cli/main.ts ends the process.' },
    { selector: "MemberExpression[object.name='process'][property.name='platform']", message: 'The platform is a value: see src/core/workspace/paths.ts.' },
    { selector: "ImportDeclaration[source.value='node:process'] ImportSpecifier[imported.name='exit']", message: 'Only src/cli/main.ts ends the process.' },
  ],
  'no-var': 'error',
  'prefer-const': 'error',
  eqeqeq: ['error', 'always'],
  'no-console': 'error',
  'max-lines': ['warn', { max: 400, skipBlankLines: true, skipComments: true }],
  'max-lines-per-function': ['warn', { max: 60, skipBlankLines: true, skipComments: true, IIFEs: true }],
};

/** `no-restricted-syntax` without the entries on `process.exit`, for the one file that may. */
const mayExit = style['no-restricted-syntax'].filter((entry) => !String(entry.message ?? '').includes('ends the process'));
/** … and without the one on `process.platform`. */
const mayAskPlatform = style['no-restricted-syntax'].filter((entry) => !String(entry.message ?? '').includes('The platform'));
/** What runs or tests this machine may do both. */
const mayBoth = mayExit.filter((entry) => mayAskPlatform.includes(entry));

const config = tseslint.config(
  { ignores: ['dist/**', '.tsbuild/**', '.cache/**', '**/.cache/**', 'node_modules/**', 'coverage/**', 'examples/**', 'test/corpus/**/*.py'] },
  {
    files: ['**/*.ts'],
    languageOptions: { parser: tseslint.parser, parserOptions: { sourceType: 'module' } },
    plugins: { '@typescript-eslint': tseslint.plugin },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: style,
  },
  { files: ['src/core/**/*.ts'], rules: forbid('vscode', 'native', 'trees', 'lsp', 'doors', 'engine', 'guardians') },
  { files: ['src/core/source/**/*.ts'], rules: forbid('vscode', 'native', 'lsp', 'doors', 'engine', 'guardians') },
  { files: ['src/guardians/**/*.ts'], rules: forbid('vscode', 'native', 'trees', 'lsp', 'doors', 'engine', 'neighbours') },
  { files: ['src/engine.ts'], rules: forbid('vscode', 'native', 'trees', 'lsp', 'doors') },
  { files: ['src/shared/**/*.ts'], rules: forbid('vscode', 'native', 'trees', 'lsp', 'doors', 'engine', 'guardians') },
  { files: ['src/cli/**/*.ts', 'src/server/**/*.ts'], rules: forbid('vscode', 'native', 'trees', 'doors') },
  { files: ['src/extension/**/*.ts'], rules: forbid('native', 'trees', 'doors', 'engine', 'guardians') },
  { files: ['src/cli/main.ts'], rules: { 'no-restricted-syntax': mayExit } },
  {
    files: ['src/core/workspace/paths.ts'],
    rules: { 'no-restricted-syntax': mayAskPlatform, ...forbidOnly('vscode', 'native', 'trees', 'lsp', 'doors', 'engine', 'guardians') },
  },
  // These ask where the program itself lies.
  {
    files: ['src/core/source/syntax/locate.ts', 'src/core/operations/pages.ts'],
    rules: forbidOnly('paths', 'vscode', 'native', 'lsp', 'doors', 'engine', 'guardians'),
  },
  {
    files: ['test/**/*.ts', '*.config.ts'],
    rules: {
      // A suite is one long function by nature, and says on the console what it measured.
      'max-lines-per-function': 'off', 'max-lines': 'off', 'no-console': 'off', 'no-restricted-syntax': mayBoth,
    },
  },
  {
    files: ['**/*.mjs'],
    rules: { 'no-var': 'error', 'prefer-const': 'error', eqeqeq: ['error', 'always'], 'no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrorsIgnorePattern: '^_' }] },
  },
  // vitest reads its configuration from a default export.
  { files: ['vitest.config.ts'], rules: { 'no-restricted-syntax': 'off' } },
);

export default config;
