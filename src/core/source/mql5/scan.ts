/** How MQL5 is scanned without a grammar: words, blanks, ends of lines, of strings and of brackets. All offsets are UTF-16 units. */

const CARRIAGE_RETURN = 13;
const LINE_FEED = 10;
const QUOTE = 34;
const APOSTROPHE = 39;
const BACKSLASH = 92;
const OPEN = 40;
const CLOSE = 41;
const SEMICOLON = 59;

export function endsStatement(code: number): boolean {
  // `;`, `{`, `}`.
  return code === SEMICOLON || code === 123 || code === 125;
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

export function isWordStart(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95;
}

export function isBlank(code: number): boolean {
  return code === 32 || code === 9 || code === 11 || code === 12;
}

/** A sign of the Western 8-bit code page that is no letter, such as `¤` or `¹`: old terminals take it for part of a name. */
export function isOldSign(code: number): boolean {
  // Letters between them, `ª`, `º`, `µ` and from `À` on without `×` and `÷`, are letters to the grammar as well.
  return (code >= 0xa1 && code <= 0xbf && code !== 0xaa && code !== 0xb5 && code !== 0xba) || code === 0xd7 || code === 0xf7;
}

/** Whether the backslash here begins what C++ reads as a character's number, but without its digits. */
export function isUnreadEscape(text: string, at: number): boolean {
  const mark = text[at + 1];
  if (mark === 'x') return !isHex(text.charCodeAt(at + 2));
  if (mark !== 'u' && mark !== 'U') return false;
  const digits = mark === 'u' ? 4 : 8;
  for (let i = 0; i < digits; i++) { if (!isHex(text.charCodeAt(at + 2 + i))) return true; }
  return false;
}

function isHex(code: number): boolean {
  return isDigit(code) || (code >= 97 && code <= 102) || (code >= 65 && code <= 70);
}

export function wordEnd(text: string, from: number): number {
  let at = from;
  for (let code = text.charCodeAt(at); isWordStart(code) || isDigit(code); code = text.charCodeAt(at)) at++;
  return at;
}

export function skipBlanks(text: string, from: number): number {
  let at = from;
  for (let code = text.charCodeAt(at); isBlank(code) || code === LINE_FEED || code === CARRIAGE_RETURN; code = text.charCodeAt(at)) at++;
  return at;
}

export function lineEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) !== LINE_FEED && text.charCodeAt(at) !== CARRIAGE_RETURN) at++;
  return at;
}

/** End of the string or character literal that starts here: behind its quote, or at the end of the line. */
export function stringEnd(text: string, from: number): number {
  const quote = text.charCodeAt(from);
  for (let at = from + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) return at + 1;
    if (code === LINE_FEED || code === CARRIAGE_RETURN) return at;
    // A backslash at the end of the line takes nothing with it.
    if (code === BACKSLASH && text.charCodeAt(at + 1) !== LINE_FEED && text.charCodeAt(at + 1) !== CARRIAGE_RETURN) at++;
  }
  return text.length;
}

/** Longest attribute list that is looked for: an unclosed bracket must not cost the rest of the file each time. */
const LONGEST_ATTRIBUTES = 500;

/** Behind the bracket that closes the one here. */
export function bracketEnd(text: string, from: number): number | undefined {
  let depth = 0;
  for (let at = from; at < text.length && at - from < LONGEST_ATTRIBUTES;) {
    const code = text.charCodeAt(at);
    if (code === QUOTE || code === APOSTROPHE) {
      at = stringEnd(text, at);
      continue;
    }
    if (code === SEMICOLON) return undefined;
    if (code === OPEN) depth++;
    else if (code === CLOSE && --depth === 0) return at + 1;
    at++;
  }
  return undefined;
}
