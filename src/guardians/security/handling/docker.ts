/** What a Dockerfile copies, and what `.dockerignore` keeps out of it (Docker reference: COPY, ADD, .dockerignore file). */
import type { Span } from '../../../core/source/model.ts';
import { globMatcher } from '../../../core/workspace/globs.ts';

/** A source of `COPY` or `ADD` out of the build's folder. */
export interface CopySource extends Span {
  readonly path: string;
}

const INSTRUCTION = /^[ \t]*(?:COPY|ADD)[ \t]+/i;
/** Most characters of one instruction. */
const MAX_INSTRUCTION = 4_000;

/** Every source that is copied out of the build's folder; `--from` copies out of another stage or image. */
export function copySources(text: string): readonly CopySource[] {
  const found: CopySource[] = [];
  let at = 0;
  while (at < text.length) {
    let end = lineEnd(text, at);
    const head = INSTRUCTION.exec(text.slice(at, Math.min(end, at + 200)));
    if (head === null) { at = end + 1; continue; }
    while (/\\[ \t\r]*$/.test(text.slice(Math.max(at, end - 80), end)) && end < text.length && end - at < MAX_INSTRUCTION) { end = lineEnd(text, end + 1); }
    found.push(...sourcesIn(text, at + head[0].length, end));
    at = end + 1;
  }
  return found;
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}

function sourcesIn(text: string, start: number, end: number): readonly CopySource[] {
  const words = [...text.slice(start, Math.min(end, start + MAX_INSTRUCTION)).matchAll(/"([^"\n]{1,300})"|[^\s,"[\]\\']+/g)].map((match) => {
    const path = match[1] ?? match[0];
    const at = start + match.index + (match[1] === undefined ? 0 : 1);
    return { path, start: at, end: at + path.length };
  });
  if (words.some(({ path }) => path.startsWith('--from='))) { return []; }
  return words.filter(({ path }) => !path.startsWith('--')).slice(0, -1).filter(({ path }) => !/^[a-z]{2,6}:\/\//i.test(path) && !path.startsWith('<<'));
}

/** Whether the source is the build's whole folder. */
export function isWholeFolder({ path }: CopySource): boolean {
  return /^(?:\.|\.\/|\.\/?\*|\*|\/)$/.test(path);
}

/** Whether the lines of a `.dockerignore` keep a path out: the last pattern that matches decides, `!` takes it in again. */
export function dockerIgnores(text: string, path: string): boolean {
  let ignored = false;
  for (const line of text.split('\n', 2_000)) {
    const trimmed = line.trim();
    if (trimmed === '' || trimmed.startsWith('#')) { continue; }
    const negated = trimmed.startsWith('!');
    const pattern = (negated ? trimmed.slice(1).trim() : trimmed).replace(/^(?:\.?\/){1,3}/, '').replace(/\/{1,3}$/, '');
    if (pattern !== '' && globMatcher([pattern])(path)) { ignored = !negated; }
  }
  return ignored;
}
