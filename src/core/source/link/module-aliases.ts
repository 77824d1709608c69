/** Where configurations and packages send the imports of scripts: `tsconfig.json`, `jsconfig.json`, `package.json`. */
import type { SourceModel } from '../model.ts';
import type { ModuleAliases } from './summary.ts';

const CONFIGURATION = /(?:^|\/)(?:tsconfig|jsconfig)(?:\.[^/]{1,80})?\.json$/;
const PACKAGE = /(?:^|\/)package\.json$/;
/** Fields of a package that name its entry, the source before what is made of it (docs.npmjs.com, typescriptlang.org). */
const ENTRY_FIELDS: readonly string[] = ['source', 'types', 'typings', 'module', 'main'];
/** Most files that are kept of one package. */
const MOST_EXPORTS = 60;

/** What a configuration or package says of imports; undefined for other files, and where it says nothing. */
export function moduleAliases(model: SourceModel): ModuleAliases | undefined {
  return CONFIGURATION.test(model.path) ? configured(model) : PACKAGE.test(model.path) ? packaged(model) : undefined;
}

function folderOf(model: SourceModel): string {
  return model.path.slice(0, model.path.lastIndexOf('/') + 1);
}

/** `extends`, `compilerOptions.baseUrl` and `.paths` of a TypeScript configuration (typescriptlang.org/tsconfig). */
function configured(model: SourceModel): ModuleAliases | undefined {
  const folder = folderOf(model);
  let base: string | undefined;
  const written: [string, string][] = [];
  const inherits: string[] = [];
  for (const entry of model.entries) {
    const [top, option, pattern] = entry.path;
    if (typeof entry.value !== 'string') { continue; }
    if (top === 'extends') {
      const place = /^\.{1,2}(?:\/|$)/.test(entry.value) ? joined(folder, entry.value) : entry.value;
      if (place !== undefined) { inherits.unshift(place); }
    }
    if (top !== 'compilerOptions') { continue; }
    if (option === 'baseUrl' && entry.path.length === 2) { base = joined(folder, entry.value); }
    if (option === 'paths' && typeof pattern === 'string' && entry.path.length === 4) { written.push([pattern, entry.value]); }
  }
  if (base === undefined && written.length === 0 && inherits.length === 0) { return undefined; }
  const paths: Record<string, string[]> = {};
  for (const [pattern, target] of written) {
    const place = joined(base === undefined ? folder : base === '' ? '' : `${base}/`, target);
    if (place !== undefined) { (paths[pattern] ??= []).push(place); }
  }
  return { ...(base === undefined ? {} : { base }), paths, ...(inherits.length === 0 ? {} : { inherits }) };
}

/** The name and entries of a package (nodejs.org/api/packages.html). */
function packaged(model: SourceModel): ModuleAliases | undefined {
  const folder = folderOf(model);
  let name: string | undefined;
  const exported: [string, string][] = [];
  const entries: [number, string][] = [];
  for (const { path: [top, second], path, value } of model.entries) {
    if (typeof value !== 'string') { continue; }
    if (top === 'name' && path.length === 1) { name = value; }
    const field = path.length === 1 && typeof top === 'string' ? ENTRY_FIELDS.indexOf(top) : -1;
    if (field >= 0) { entries.push([field, value]); }
    if (top === 'exports') { exported.push([typeof second === 'string' && second.startsWith('.') ? second : '.', value]); }
  }
  if (name === undefined || name === '') { return undefined; }
  const exports: Record<string, string[]> = {};
  for (const [key, target] of [...exported, ...entries.sort((a, b) => a[0] - b[0]).map(([, value]) => ['.', value] as const)].slice(0, MOST_EXPORTS)) {
    const place = joined(folder, target);
    if (place !== undefined) { (exports[key] ??= []).push(place); }
  }
  return { paths: {}, package: { name, exports } };
}

/** A relative path from a folder (`''` or with a slash at its end); undefined where it leaves the project. */
function joined(folder: string, relative: string): string | undefined {
  const parts: string[] = [];
  for (const part of `${folder}${relative}`.split('/')) {
    if (part === '' || part === '.') { continue; }
    if (part !== '..') { parts.push(part); continue; }
    if (parts.pop() === undefined) { return undefined; }
  }
  return parts.join('/');
}
