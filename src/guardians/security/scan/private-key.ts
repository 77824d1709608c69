/** Private keys in PEM form (RFC 7468, RFC 1421): on many lines, in quoted pieces, or on one line with `\n` written out. */
import type { Span } from '../../../core/source/model.ts';

const MAX_LABEL = 40;
const MAX_BODY = 20_000;
/** The smallest key worth the name: an Ed25519 seed in PKCS#8 is 48 bytes, 64 characters. */
const MIN_BODY = 60;

export interface PrivateKey {
  readonly span: Span;
  readonly encrypted: boolean;
  /** What the body decodes to: a DER sequence, an OpenSSH container, or bytes of no known structure. */
  readonly structure: 'der' | 'openssh' | 'opaque';
}

/** The label between the dashes when it is that of a private key. */
function labelAt(text: string, at: number): { label: string; end: number } | undefined {
  const end = text.indexOf('-----', at + 11);
  if (end < 0 || end - at > MAX_LABEL + 11) return undefined;
  const label = text.slice(at + 11, end);
  return /^(?:[A-Z0-9]{2,12} ){0,2}PRIVATE KEY(?: BLOCK)?$/.test(label) ? { label, end: end + 5 } : undefined;
}

interface Body {
  readonly base64: string;
  readonly end: number;
  readonly encrypted: boolean;
}

/** A header line of the old format, `Proc-Type: 4,ENCRYPTED`; its length and whether it says so. */
const HEADER = /(?:\\n|[\s"'])*(?:Proc-Type|DEK-Info|Version|Comment|Hash|Charset):[^\n\\]{0,120}/y;

/** Collects the base 64 between the marks. Undefined where another character shows that this is no key but text about one. */
function bodyAt(text: string, from: number): Body | undefined {
  let i = from;
  let encrypted = false;
  for (;;) {
    HEADER.lastIndex = i;
    const header = HEADER.exec(text)?.[0];
    if (header === undefined) break;
    encrypted ||= header.includes('ENCRYPTED');
    i += header.length;
  }
  let base64 = '';
  let start = -1;
  const stop = Math.min(text.length, i + MAX_BODY);
  const flush = (end: number): void => {
    if (start >= 0) base64 += text.slice(start, end);
    start = -1;
  };
  while (i < stop) {
    const char = text[i] as string;
    if (/[A-Za-z0-9+/=]/.test(char) && !(char === '+' && /\s/.test(text.charAt(i + 1)) && start < 0)) {
      if (start < 0) start = i;
      i += 1;
      continue;
    }
    flush(i);
    if (char === '-') return text.startsWith('-----END', i) ? { base64, end: i, encrypted } : undefined;
    const step = skipped(text, i);
    if (step === 0) return undefined;
    i += step;
  }
  return undefined;
}

/** Length of white space, a quote, an escape (`\n`, `\\n`, `\r`, `\t`) or a comment mark at the offset; 0 for anything else. */
function skipped(text: string, at: number): number {
  if (text[at] !== '\\') return /[\s"'`,+#|>*&();]/.test(text.charAt(at)) ? 1 : 0;
  let i = at;
  while (text[i] === '\\' && i - at < 4) i += 1;
  return /[nrt"']/.test(text.charAt(i)) ? i - at + 1 : i - at;
}

function structureOf(base64: string): PrivateKey['structure'] {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.subarray(0, 14).toString('latin1') === 'openssh-key-v1') return 'openssh';
  if (bytes[0] !== 0x30) return 'opaque';
  const second = bytes[1] ?? 0;
  const lengthBytes = second > 0x80 ? second - 0x80 : 0;
  if (lengthBytes > 4) return 'opaque';
  let length = lengthBytes === 0 ? second : 0;
  for (let i = 0; i < lengthBytes; i += 1) length = length * 256 + (bytes[2 + i] ?? 0);
  return Math.abs(2 + lengthBytes + length - bytes.length) <= 2 ? 'der' : 'opaque';
}

/** The private key that begins with `-----BEGIN` at the offset, or undefined: a public key, a placeholder, prose. */
export function privateKeyAt(text: string, at: number): PrivateKey | undefined {
  const label = labelAt(text, at);
  if (!label) return undefined;
  const body = bodyAt(text, label.end);
  if (!body) return undefined;
  const close = text.indexOf('-----', body.end + 8);
  if (close < 0 || close - body.end > MAX_LABEL + 8 || text.slice(body.end + 9, close) !== label.label) return undefined;
  const letters = body.base64.replace(/=/g, '');
  if (letters.length < MIN_BODY || new Set(letters).size < 20) return undefined;
  const encrypted = body.encrypted || label.label.startsWith('ENCRYPTED');
  return { span: { start: at, end: close + 5 }, encrypted, structure: structureOf(body.base64) };
}
