/** Loading the parsers of a check, and saying in one sentence why they cannot be loaded. */
import { readFileSync } from 'node:fs';
import type { GrammarName } from '../source/code-language.ts';
import { GRAMMARS } from '../source/code-languages.ts';
import { Syntax } from '../source/source.ts';
import { locateWasm } from '../source/syntax/locate.ts';

/** The installation lacks a file or has a damaged one. Its message is a whole sentence for the user: what, where, what to do. */
export class BrokenInstallation extends Error {}

/** The parser library, and the package it comes from. */
const LIBRARY = 'web-tree-sitter';

/** Starts the parsers, without a grammar. Throws `BrokenInstallation`. */
export async function startParsers(wasmFolder: string | undefined): Promise<Syntax> {
  const path = soundModule(`${LIBRARY}.wasm`, LIBRARY, wasmFolder);
  return load(path, () => Syntax.create({ grammars: [], ...(wasmFolder === undefined ? {} : { wasmFolder }) }));
}

/** Loads the grammars that are not loaded yet. Throws `BrokenInstallation`. */
export async function loadGrammars(syntax: Syntax, names: Iterable<GrammarName>, wasmFolder: string | undefined): Promise<void> {
  for (const name of names) {
    if (syntax.has(name)) { continue; }
    const { file, package: owner } = GRAMMARS[name];
    const path = soundModule(file, owner, wasmFolder);
    await load(path, () => syntax.load([name]));
  }
}

async function load<T>(path: string, start: () => Promise<T>): Promise<T> {
  try {
    return await start();
  } catch (error) {
    throw damaged(path, error);
  }
}

/**
 * Path of a WebAssembly file that is there and whole. Looked at before the library does, which writes its own lines about a
 * damaged one to the terminal.
 */
function soundModule(file: string, owner: string, wasmFolder: string | undefined): string {
  let path: string;
  try {
    path = locateWasm(file, owner, wasmFolder);
  } catch (error) {
    throw new BrokenInstallation(`Tickguard is not installed completely: ${firstLine(error)}`, { cause: error });
  }
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw new BrokenInstallation(`Tickguard cannot read its parser ${path} (${(error as NodeJS.ErrnoException).code ?? firstLine(error)}): grant read access to it, or install Tickguard again.`, { cause: error });
  }
  if (!isWhole(bytes)) { throw damaged(path); }
  return path;
}

function damaged(path: string, cause?: unknown): BrokenInstallation {
  return new BrokenInstallation(`A parser of Tickguard is damaged: ${path}; install Tickguard again.`, { cause });
}

/**
 * Whether a WebAssembly file is as long as its sections say (WebAssembly Core Specification, 5.5: magic number and version,
 * then sections, each an id and a length in LEB128). Costs nothing beside loading it.
 */
function isWhole(bytes: Uint8Array): boolean {
  const HEAD = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
  if (HEAD.some((byte, index) => bytes[index] !== byte)) { return false; }
  let at = HEAD.length;
  while (at < bytes.length) {
    at += 1;
    let length = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at];
      if (byte === undefined || shift > 28) { return false; }
      at += 1;
      length += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) { break; }
    }
    at += length;
  }
  return at === bytes.length && at > HEAD.length;
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] as string;
}
