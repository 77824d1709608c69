/** The ways a key is written down, and a search for all of them in bytes that come in pieces. */

/** One way, and its bytes. */
export interface Form {
  readonly name: 'plain' | 'utf-16' | 'base64' | 'escaped' | 'url';
  readonly bytes: Buffer;
}

/** A shorter key would be found by accident. */
export const SHORTEST_KEY = 8;

/**
 * The forms of a key: as it is, in UTF-16, within base 64 at each of its three alignments (RFC 4648: four letters are three
 * bytes, so the letters at both ends hang on the neighbours and are left out), as JSON and as a URL write it. Of a key block the
 * longest line stands for all of it.
 */
export function formsOf(key: string): readonly Form[] {
  const text = key.split(/\r?\n/).reduce((longest, line) => (line.length > longest.length ? line : longest), '');
  const forms: Form[] = [{ name: 'plain', bytes: Buffer.from(text) }, { name: 'utf-16', bytes: Buffer.from(text, 'utf16le') }];
  for (const shift of [0, 1, 2]) {
    const encoded = Buffer.concat([Buffer.alloc(shift), Buffer.from(text)]).toString('base64').replaceAll('=', '');
    const whole = Math.floor((Buffer.byteLength(text) + shift) / 3) * 4;
    const core = encoded.slice(shift === 0 ? 0 : 4, whole);
    if (core.length >= SHORTEST_KEY) { forms.push({ name: 'base64', bytes: Buffer.from(core) }); }
  }
  const escaped = JSON.stringify(text).slice(1, -1);
  if (escaped !== text) { forms.push({ name: 'escaped', bytes: Buffer.from(escaped) }); }
  const url = encodeURIComponent(text);
  if (url !== text) { forms.push({ name: 'url', bytes: Buffer.from(url) }); }
  return forms;
}

/** Looks for the forms in a stream; a form that lies across two pieces is found. */
export class FormSearch {
  readonly #forms: readonly Form[];
  readonly #overlap: number;
  #tail = Buffer.alloc(0);
  found: Form['name'] | undefined;

  constructor(forms: readonly Form[]) {
    this.#forms = forms;
    this.#overlap = Math.max(...forms.map(({ bytes }) => bytes.length)) - 1;
  }

  push(piece: Buffer): void {
    if (this.found !== undefined) { return; }
    const bytes = this.#tail.length === 0 ? piece : Buffer.concat([this.#tail, piece]);
    this.found = this.#forms.find((form) => bytes.includes(form.bytes))?.name;
    this.#tail = Buffer.from(bytes.subarray(Math.max(0, bytes.length - this.#overlap)));
  }
}
