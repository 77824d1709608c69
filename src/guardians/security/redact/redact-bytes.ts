/** A stream of bytes through the redactor: what is not masked leaves byte by byte as it came, in UTF-8, UTF-16 and anything else. */
import type { SecretValues } from '../../../core/findings/secret-values.ts';
import type { CustomDetector } from '../../../core/workspace/custom-detector.ts';
import { Redactor } from './redactor.ts';

type Form = 'bytes' | 'utf-16le' | 'utf-16be';

/** Bytes by which the form of a stream is told. */
const PROBE = 512;

/** Masks one stream; `push` and `end` give the bytes that may go out. */
export class ByteRedactor {
  readonly #redactor: Redactor;
  #form: Form | undefined;
  /** Bytes that are half a character. */
  #rest: Buffer = Buffer.alloc(0);

  constructor(known: SecretValues, own: readonly CustomDetector[] = []) {
    this.#redactor = new Redactor(known, own);
  }

  /** Values that were masked so far. */
  get masked(): number {
    return this.#redactor.masked;
  }

  push(chunk: Uint8Array): Buffer {
    const bytes = this.#rest.length === 0 ? Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength) : Buffer.concat([this.#rest, chunk]);
    this.#form ??= formOf(bytes);
    const whole = this.#form === 'bytes' ? bytes.length : bytes.length & ~1;
    this.#rest = whole === bytes.length ? Buffer.alloc(0) : Buffer.from(bytes.subarray(whole));
    return this.#encode(this.#redactor.push(this.#decode(bytes.subarray(0, whole))));
  }

  end(): Buffer {
    return Buffer.concat([this.#encode(this.#redactor.end()), this.#rest]);
  }

  #decode(bytes: Buffer): string {
    if (this.#form === 'utf-16be') { return Buffer.from(bytes).swap16().toString('utf16le'); }
    return bytes.toString(this.#form === 'utf-16le' ? 'utf16le' : 'latin1');
  }

  #encode(text: string): Buffer {
    if (this.#form === 'utf-16be') { return Buffer.from(text, 'utf16le').swap16(); }
    return Buffer.from(text, this.#form === 'utf-16le' ? 'utf16le' : 'latin1');
  }
}

/** MetaTrader writes its logs in UTF-16: a mark tells it, or a zero in every second byte. */
function formOf(bytes: Buffer): Form {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) { return 'utf-16le'; }
  if (bytes[0] === 0xfe && bytes[1] === 0xff) { return 'utf-16be'; }
  const length = Math.min(bytes.length & ~1, PROBE);
  let even = 0;
  let odd = 0;
  for (let i = 0; i < length; i += 2) {
    if (bytes[i] === 0) { even += 1; }
    if (bytes[i + 1] === 0) { odd += 1; }
  }
  if (length >= 8 && odd > length / 4 && even * 8 < odd) { return 'utf-16le'; }
  return length >= 8 && even > length / 4 && odd * 8 < even ? 'utf-16be' : 'bytes';
}
