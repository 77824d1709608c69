/** What folders and names mean: which are left out, which hold tests, other people's code, or code that is put away. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { FileFacts } from '../rules/rule.ts';

/** Folders that are never looked into unless they are named: what tools install, build, cache or keep for themselves. */
export const DEFAULT_EXCLUDES: ReadonlySet<string> = new Set([
  '.git', '.hg', '.svn', '.jj', '.tickguard',
  'node_modules', 'bower_components', 'jspm_packages', '.yarn', '.pnpm-store',
  '.venv', 'venv', '.virtualenv', 'site-packages', 'dist-packages', '__pycache__', '.eggs',
  '.tox', '.nox', '.mypy_cache', '.pytest_cache', '.ruff_cache', '.hypothesis', '.ipynb_checkpoints', '.cache',
  'dist', 'build', 'coverage', 'htmlcov', '.next', '.nuxt', '.gradle', '.terraform', '.vscode-test',
  'vendor',
]);

/** True for a folder that is left out by its name alone. */
export function isExcludedName(name: string): boolean {
  return DEFAULT_EXCLUDES.has(name) || name.endsWith('.egg-info');
}

/** True for a Python or conda environment, whatever its name. */
export function isEnvironment(folder: string): boolean {
  return existsSync(join(folder, 'pyvenv.cfg')) || existsSync(join(folder, 'conda-meta'));
}

/** True for a folder that is a git repository or a submodule. */
export function isRepository(folder: string): boolean {
  return existsSync(join(folder, '.git'));
}

const VENDORED = new Set([
  'node_modules', 'bower_components', 'vendor', 'vendored', '_vendor', 'third_party', 'third-party', 'thirdparty', '3rdparty', 'externals', 'extern',
  'site-packages', 'dist-packages', '.venv', 'venv',
]);
const TESTS = new Set(['test', 'tests', 'testing', '__tests__', 'spec', 'specs', 'testdata', 'test_data', 'test_kit', 'testkit', 'test-kit', 'test_utils', 'test_helpers', 'fixtures', '__fixtures__', '__mocks__', 'mocks', 'e2e']);
const ARCHIVED = /^[._]?(?:archive[ds]?|attic|old|deprecated|obsolete|backups?|bak|graveyard)(?:[-_]\w.*)?$/;
/** What a run wrote down, its settings among its results: nobody's settings any more. */
const RECORD = /(?:^|\/)(?:reports?|results?)\/(?:[^/]{1,200}\/){0,20}[^/]{1,200}\.(?:jsonl?|ndjson|html?)$/i;
/** Where MetaTrader keeps what its strategy tester was last run with; presets for charts stand in `Presets`. */
const TESTER_PROFILE = /(?:^|\/)profiles\/tester\/[^/]{1,200}\.(?:set|ini)$/i;
const TEST_FILE = /^(?:test_.*\.pyi?|.*_test\.(?:pyi?|[cm]?[jt]sx?)|conftest\.py|tests\.py|.*\.(?:test|spec)\.[cm]?[jt]sx?)$/;
const ARCHIVED_FILE = /(?:\.(?:bak|old|orig|save)|~)$/;

/** Folders of MetaTrader's standard library that hold nothing else (MQL5 reference, Standard Library). Many repositories carry it along. */
const METAQUOTES_FOLDER = /(?:^|\/)include\/(?:canvas|chartobjects|controls|generic|opencl|winapi|math\/(?:alglib|fuzzy|stat))\//i;
/** Its files in folders that people also put files of their own in. */
const METAQUOTES_FILES: readonly RegExp[] = [
  /(?:^|\/)include\/(?:movingaverages|object|stdlib|stdliberr|virtualkeys)\.mqh$/i,
  /(?:^|\/)include\/(?:arrays\/(?:array[a-z]*|list|tree|treenode)|files\/file[a-z]*|strings\/string|tools\/datetime|graphics\/[a-z]+)\.mqh$/i,
  /(?:^|\/)include\/trade\/(?:trade|positioninfo|orderinfo|dealinfo|historyorderinfo|symbolinfo|accountinfo|terminalinfo)\.mqh$/i,
  /(?:^|\/)include\/expert\/(?:expert|expertbase|expertmoney|expertsignal|experttrade|experttrailing)\.mqh$/i,
  /(?:^|\/)include\/expert\/(?:money\/money[a-z]+|signal\/signal[a-z0-9]+|trailing\/trailing[a-z]+)\.mqh$/i,
  /(?:^|\/)include\/indicators\/(?:billwilliams|custom|indicator|indicators|oscilators|series|timeseries|trend|volumes)\.mqh$/i,
];

/** True for a file of MetaTrader's standard library. */
function isMetaQuotes(file: string, path: string): boolean {
  return file.endsWith('.mqh') && (METAQUOTES_FOLDER.test(path) || METAQUOTES_FILES.some((names) => names.test(path)));
}

/**
 * What kind of code a file is, by its path relative to the root: other people's, put away, a test, or plain code.
 * Back-tests are code: `backtest` is no test folder.
 */
export function fileRole(path: string): FileFacts['role'] {
  const names = path.toLowerCase().split('/');
  const file = names.pop() ?? '';
  if (names.some((name) => VENDORED.has(name)) || isMetaQuotes(file, path)) return 'vendored';
  if (names.some((name) => ARCHIVED.test(name)) || ARCHIVED_FILE.test(file)) return 'archived';
  if (RECORD.test(path)) return 'archived';
  return names.some((name) => TESTS.has(name)) || TESTER_PROFILE.test(path) || TEST_FILE.test(file) ? 'test' : 'code';
}

const BINARY = new Set((
  'parquet feather arrow orc h5 hdf5 pkl pickle npy npz joblib pt pth onnx ckpt safetensors db sqlite sqlite3 duckdb '
  + 'zip gz bz2 xz zst lz4 7z tar tgz rar whl jar vsix exe dll so dylib pyd pyc pyo o a lib ex4 ex5 class wasm '
  + 'png jpg jpeg gif bmp ico icns webp tif tiff pdf mp3 mp4 mov avi wav ogg woff woff2 ttf otf eot xls xlsx doc docx ppt pptx'
).split(' '));

/** The ending of a file that is binary by its name (`.onnx`), or undefined. Others show it when they are read. */
export function binaryEnding(path: string): string | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  const ending = dot > 0 ? name.slice(dot + 1).toLowerCase() : '';
  return BINARY.has(ending) ? `.${ending}` : undefined;
}
