/** JSON whose numbers stay as they are written: nanoseconds and money would not survive as floats. */

/** A JSON value with text for its numbers. */
export type JsonText = string | boolean | null | readonly JsonText[] | { readonly [name: string]: JsonText };

/** Reads JSON; undefined for text that is none. */
export function parseJsonText(text: string): JsonText | undefined {
  try {
    return JSON.parse(quoteNumbers(text)) as JsonText;
  } catch {
    return undefined;
  }
}

/** Puts quotation marks around the numbers (and `NaN`, `Infinity`, which Python writes) outside of texts. */
function quoteNumbers(text: string): string {
  let out = '';
  let kept = 0;
  let at = 0;
  while (at < text.length) {
    const char = text[at]!;
    if (char === '"') {
      at += 1;
      while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
      at += 1;
    } else if ((char >= '0' && char <= '9') || char === '-' || char === 'N' || char === 'I') {
      const from = at;
      while (at < text.length && !isEnd(text.charCodeAt(at))) at += 1;
      out += `${text.slice(kept, from)}"${text.slice(from, at)}"`;
      kept = at;
    } else at += 1;
  }
  return kept === 0 ? text : out + text.slice(kept);
}

/** A comma, a bracket, a colon or a blank: what ends a number. */
function isEnd(code: number): boolean {
  return code <= 32 || code === 44 || code === 58 || code === 93 || code === 125 || code === 34;
}

/** An object, or undefined for every other value. */
export function objectOf(value: JsonText | undefined): { readonly [name: string]: JsonText } | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as { readonly [name: string]: JsonText } : undefined;
}

/** The items of a list; none for every other value. */
export function itemsOf(value: JsonText | undefined): readonly JsonText[] {
  return Array.isArray(value) ? value as readonly JsonText[] : [];
}

/** A text or a number as text; empty for every other value. */
export function textOf(value: JsonText | undefined): string {
  return typeof value === 'string' ? value : '';
}
