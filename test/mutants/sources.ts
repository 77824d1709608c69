/** Whose files the mutants are put into, language by language. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileRole } from '../../src/core/workspace/discovery.ts';
import { bodies } from '../corpus/bodies.ts';
import { projectRoot } from '../support/project.ts';
import type { CarrierFiles } from './carrier.ts';
import type { MutantLanguage } from './form.ts';
import { packageFiles } from './packages.ts';

/** Files taken from one folder of a package. */
interface Pick {
  readonly author: string;
  /** Package, or folder of the project. */
  readonly from: string;
  readonly only: RegExp;
  /** Takes a folder's name off, which says test, example or build. */
  readonly strip?: RegExp;
}

/** Files of a carrier: enough for variety, few enough to be decided again in milliseconds. */
const MOST_FILES = 9;
/** Characters of a file: shorter ones have no place worth the name, longer ones cost time. */
const SHORTEST = 900;
const LONGEST = 14_000;

/** The package's own folder: without it, what imports the package imports something of others, as a desk's code does. */
const PACKAGE = /^[a-z_]+\/(?:examples\/)?/;

const PYTHON: readonly Pick[] = [
  { author: 'Nautech Systems', from: 'nautilus_trader', only: /^nautilus_trader\/examples\/strategies\/[a-z_]+\.py$/, strip: PACKAGE },
  { author: 'Nautech Systems', from: 'nautilus_trader', only: /^nautilus_trader\/(?:common|live|model|risk|analysis)\/[a-z_/]+\.py$/, strip: PACKAGE },
  { author: 'Freqtrade Team', from: 'freqtrade', only: /^freqtrade\/(?:strategy|plugins\/protections|plugins\/pairlist)\/[a-z_]+\.py$/i, strip: PACKAGE },
  { author: 'Freqtrade Team', from: 'freqtrade', only: /^freqtrade\/(?:configuration|data|rpc|persistence)\/[a-z_]+\.py$/, strip: PACKAGE },
  { author: 'Saleh Mir', from: 'jesse', only: /^jesse\/(?:services|store|models)\/[a-z_]+\.py$/, strip: PACKAGE },
  { author: 'Lumiwealth', from: 'lumibot', only: /^lumibot\/example_strategies\/[a-z_0-9]+\.py$/, strip: PACKAGE },
  { author: 'Daniel Rodriguez', from: 'backtrader', only: /^backtrader\/(?:analyzers|observers|filters|sizers)\/[a-z_]+\.py$/, strip: PACKAGE },
  { author: 'VeighNa', from: 'vnpy_ctastrategy', only: /^vnpy_ctastrategy\/(?:strategies\/)?[a-z_]+\.py$/, strip: PACKAGE },
  { author: 'Kernc', from: 'backtesting', only: /^backtesting\/_?[a-z]+\.py$/, strip: PACKAGE },
];

const SCRIPTS: readonly Pick[] = [
  { author: 'Alpaca', from: '@alpacahq/alpaca-trade-api', only: /^src\/[a-zA-Z-]+\.ts$/ },
  { author: 'Alpaca', from: '@alpacahq/alpaca-trade-api', only: /^src\/(?:streaming|trading\/apis)\/[a-zA-Z-]+\.ts$/ },
  { author: '117', from: '@master-chief/alpaca', only: /^src\/[a-z]+\.ts$/ },
  { author: 'Mathieu Colmon', from: '@mathieuc/tradingview', only: /^src\/.*\.js$/ },
  { author: 'openbroker', from: 'openbroker', only: /^scripts\/(?:info|core|operations)\/[a-z-]+\.ts$/ },
  { author: 'openbroker', from: 'openbroker', only: /^scripts\/(?:auto|guardian|auto\/examples)\/[a-z-]+\.ts$/ },
  { author: 'Coinbase', from: 'coinbase-pro', only: /^lib\/.*\.js$/ },
  { author: 'nothingisdead', from: 'kraken-api', only: /^kraken\.js$/ },
];

/** Packages of the toolchain: no trading code, but code as people write it. */
const INSTALLED: readonly Pick[] = [
  { author: 'TJ Holowaychuk', from: 'commander', only: /^lib\/.*\.js$/ },
  { author: 'OpenJS', from: 'mocha', only: /^lib\/[a-z-]+\.js$/ },
];

const SETTINGS: Readonly<Record<string, RegExp>> = { yaml: /\.ya?ml$/, json: /^(?!.*(?:lock|tickguard)).*\.json$/, toml: /\.toml$/, ini: /\.(?:ini|set|cfg)$/, dotenv: /\.env[^/]*$/ };

/** A folder of checked-out MQL5 repositories, which then carry the mutants instead of our own experts. */
export const repositories = process.env['TICKGUARD_CARRIERS'];

/** The carriers of a language. Downloads what is not here yet; throws one sentence where that fails. */
export async function carriersOf(language: MutantLanguage): Promise<readonly CarrierFiles[]> {
  switch (language) {
    case 'python': return pythonCarriers();
    case 'script': return scriptCarriers();
    case 'mql5': return repositories === undefined ? ownCarriers(join(projectRoot, 'test', 'fixtures', 'experts'), language, /\.mq[5h]$/) : ownCarriers(repositories, language, /\.mq[5h]$/, 'others').filter(({ files }) => Object.values(files).some((text) => /^void OnTick\(/m.test(text)));
    default: return [...settingsOfPackages(language), ...ownCarriers(join(projectRoot, 'test', 'fixtures', 'settings'), language, SETTINGS[language] as RegExp)];
  }
}

async function pythonCarriers(): Promise<readonly CarrierFiles[]> {
  const folders = new Map((await bodies()).map(({ name, folder }) => [name, folder]));
  return PYTHON.map((pick, index) => carrier(pick, index, 'python', folderFiles(folders.get(pick.from) as string)));
}

async function scriptCarriers(): Promise<readonly CarrierFiles[]> {
  const made: CarrierFiles[] = [];
  for (const [index, pick] of SCRIPTS.entries()) { made.push(carrier(pick, index, 'script', await packageFiles(pick.from))); }
  return [...made, ...INSTALLED.map((pick, index) => carrier(pick, SCRIPTS.length + index, 'script', folderFiles(join(projectRoot, 'node_modules', pick.from))))];
}

/** Settings of others: those that packages of the toolchain ship. */
function settingsOfPackages(language: MutantLanguage): readonly CarrierFiles[] {
  const only = SETTINGS[language] as RegExp;
  const root = join(projectRoot, 'node_modules');
  return ['qs', 'reusify', 'jszip', 'fast-uri', 'json-schema-traverse', 'es-object-atoms', 'bl', 'typescript', 'vite', 'chai', 'ajv', 'table', 'whatwg-encoding', 'node-abi', 'spdx-license-ids', 'playwright-core', 'normalize-package-data', 'tree-sitter-cpp'].flatMap((name, index) => {
    const pick: Pick = { author: name, from: name, only, strip: /^\./ };
    const made = carrier(pick, index, language, folderFiles(join(root, name)), 60);
    return Object.keys(made.files).length === 0 ? [] : [made];
  });
}

/** Files below a folder of ours, or of checked-out repositories: one carrier a folder. No package index has enough MQL5, TOML or INI. */
function ownCarriers(root: string, language: MutantLanguage, only: RegExp, author = 'Tickguard'): readonly CarrierFiles[] {
  return readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name: folder }) => folder).sort().flatMap((folder, index) => {
    const files = folderFiles(join(root, folder));
    const made = author === 'Tickguard' ? { name: folder, author, language, files: Object.fromEntries([...files].filter(([path]) => only.test(path))) }
      : { ...carrier({ author, from: folder, only }, index, language, files), name: folder };
    return Object.keys(made.files).length === 0 ? [] : [made];
  });
}

function carrier(pick: Pick, index: number, language: MutantLanguage, all: ReadonlyMap<string, string>, shortest = SHORTEST): CarrierFiles {
  const fitting = [...all].filter(([path, text]) => pick.only.test(path) && text.length >= shortest && text.length <= LONGEST)
    .map(([path, text]): [string, string] => [pick.strip === undefined ? path : path.replace(pick.strip, ''), text.replaceAll('\r\n', '\n')])
    .filter(([path, text]) => fileRole(path) === 'code' && !text.includes('tickguard:') && !/[«»]/.test(text) && !path.endsWith('__init__.py')).sort(([a], [b]) => (a < b ? -1 : 1));
  const step = Math.max(1, fitting.length / MOST_FILES);
  const files = Array.from({ length: Math.min(MOST_FILES, fitting.length) }, (_, at) => fitting[Math.floor(at * step)] as [string, string]);
  return { name: `${pick.from.replace(/^.*\//, '')}-${index + 1}`, author: pick.author, language, files: Object.fromEntries(files) };
}

/** Text files below a folder by path, sorted. */
export function folderFiles(folder: string): ReadonlyMap<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && TEXT.test(entry.name));
  const paths = entries.map((entry) => join(entry.parentPath, entry.name)).filter((path) => !relative(folder, path).includes('node_modules')).sort();
  return new Map(paths.map((path) => [relative(folder, path).split(sep).join('/'), readFileSync(path, 'utf8').replaceAll('\r\n', '\n')]));
}

const TEXT = /\.(?:py|[cm]?[jt]s|mq[5h]|ya?ml|json|toml|ini|set|cfg)$|\.env[^/]*$/;
