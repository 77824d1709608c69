/**
 * Keys that carry their issuer's mark in front, as GitHub began and most services do since: a short word, a joint, and a long random part
 * (`acme_live_…`). Which service it is nobody has to know: no word of a program and no id of a row looks like this.
 */
import type { Span } from '../../../core/source/model.ts';
import { isStrewnEvenly } from './strength.ts';
import { isPlaceholder } from './value.ts';
import { wordLikeness } from './words.ts';

/** The shortest run of letters and digits that is looked at, and the shortest random part; ids of payments and messages have 24 characters and fewer. */
const RUN = 18;
const LEAST = 30;
const MOST = 200;

const isLetterOrDigit = (code: number): boolean => (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
const isPart = (code: number): boolean => isLetterOrDigit(code) || code === 95 || code === 45;

/** Mark, at most one word more (`live`, `pat`, `v1`), random part. */
const MARKED = /^(?:[a-z]{2,12}|[a-z][a-z0-9]{1,11}(?=[_-][a-z]{2,12}[_-]))[_-](?:(?:[a-z]{2,12}|v[0-9])[_-]){0,2}(?=[A-Za-z0-9])/;
/** What is shown to everybody, digests, ids of sessions, and names of built files. */
const NO_KEY = /^(?:pk|pub|public|publishable|sha[0-9]{1,3}|md5|cs|id|uid|uuid|hash|etag|chunk|css|js|img|image|file|font|icon|module|asset|assets|vendor|main|index|build|test|urn|data|base64|blob|recaptcha|site|sitekey|cid|mem|node|block|tx|txn|addr|address|xpub)$/i;

/** Runs `take` for every run of `RUN` letters and digits or more; others are stepped over without a look at each character. */
function eachRun(text: string, take: (start: number, end: number) => number): void {
  let at = RUN - 1;
  while (at < text.length) {
    let back = at;
    while (back > at - RUN && isLetterOrDigit(text.charCodeAt(back))) back -= 1;
    if (back > at - RUN) {
      at = back + RUN;
      continue;
    }
    let end = at + 1;
    while (end < text.length && isLetterOrDigit(text.charCodeAt(end))) end += 1;
    at = take(at - RUN + 1, end) + RUN;
  }
}

/** The marked keys of a text, in order. Linear: no character is read more than a few times. */
export function markedTokens(text: string): readonly Span[] {
  const found: Span[] = [];
  eachRun(text, (run, runEnd) => {
    let start = run;
    while (start > 0 && run - start <= 80 && isPart(text.charCodeAt(start - 1))) start -= 1;
    let end = runEnd;
    while (end < text.length && end - start <= MOST && isPart(text.charCodeAt(end))) end += 1;
    if (end - start >= LEAST && end - start <= MOST && standsAlone(text, start, end) && isMarked(text.slice(start, end))) found.push({ start, end });
    return end;
  });
  return found;
}

/** `sha256=…`: a digest in base 64, as packages list them. */
const DIGEST = /(?:sha(?:1|224|256|384|512)|md5|blake2b?)["']?[=:-]$/i;

/** Not a part of a path, an address, an expression or other base 64. */
function standsAlone(text: string, start: number, end: number): boolean {
  return !/[A-Za-z0-9_/.+@%#$\\-]/.test(text.charAt(start - 1)) && !DIGEST.test(text.slice(Math.max(0, start - 10), start)) && !/[A-Za-z0-9_/.+(@=%[-]/.test(text.charAt(end));
}

function isMarked(value: string): boolean {
  const mark = MARKED.exec(value);
  if (mark === null || mark[0].split(/[_-]/).some((word) => NO_KEY.test(word))) return false;
  const random = value.slice(mark[0].length);
  // Two small letters and a joint begin one in four hundred values of base 64 by chance; then there are joints further on as well.
  if (mark[0].length === 3 && /[_-]/.test(random)) return false;
  return random.length >= LEAST && /[A-Z]/.test(random) && /[a-z]/.test(random) && /[0-9]/.test(random)
    && wordLikeness(random) < 0.6 && isStrewnEvenly(random) && !isPlaceholder(value);
}
