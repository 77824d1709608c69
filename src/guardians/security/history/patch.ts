/** What a commit did to one file, as git's patch says it, and the text that is made of it. */

export interface FilePatch {
  readonly commit: string;
  /** Relative to the top of the repository, with `/`. */
  readonly path: string;
  /** Ids before the commit, one a parent; none where the file is new. */
  readonly before: readonly string[];
  /** Parents it is compared with, those included that do not have the file. */
  readonly parents: number;
  /** Id after it; undefined where the file is deleted. */
  readonly after: string | undefined;
  /** Git shows no lines: it takes it for binary, or too large. */
  readonly opaque: boolean;
  /** Every line of the file is in the patch. */
  readonly whole: boolean;
  /** Lines after the commit, new ones and up to three around each, as bytes, each with its line break. */
  readonly text: Buffer;
  /** Of each line of it, 1 where it is new. */
  readonly added: Uint8Array;
  /** Lines that are gone, likewise. */
  readonly removed: Buffer;
}

/** Modes that hold no content of a file: a submodule is another repository. */
export const SUBMODULE_MODE = '160000';

/** A path as git writes it: in quotes with C's escapes where it has unusual bytes. `bytes` begin behind `a/` or `b/` of a plain one. */
export function unquotePath(written: string): string {
  if (!written.startsWith('"')) { return written; }
  const bytes: number[] = [];
  const inner = written.slice(1, written.lastIndexOf('"'));
  for (let at = 0; at < inner.length; at += 1) {
    const char = inner[at] as string;
    if (char !== '\\') { bytes.push(...Buffer.from(char, 'latin1')); continue; }
    const octal = /^[0-7]{3}/.exec(inner.slice(at + 1, at + 4))?.[0];
    if (octal !== undefined) {
      bytes.push(Number.parseInt(octal, 8));
      at += 3;
      continue;
    }
    at += 1;
    bytes.push(ESCAPES[inner[at] as string] ?? (inner[at] as string).charCodeAt(0));
  }
  const whole = Buffer.from(bytes);
  const text = whole.toString('utf8');
  // Names need not be UTF-8; as Latin-1 each byte still shows as something.
  return text.includes('\uFFFD') ? whole.toString('latin1') : text;
}

const ESCAPES: Readonly<Record<string, number>> = { a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13 };
