/** Checksums inside keys: CRC-32 of GitHub, npm and Grafana tokens, base 58 and base 32 with a check of wallets. */
import { createHash } from 'node:crypto';
import { BASE32, BASE58, BASE62 } from './random.ts';

const POLYNOMIAL = 0xedb88320;

/** CRC-32 (IEEE 802.3, reflected) of an ASCII text, as an unsigned number. */
export function crc32(text: string): number {
  let crc = 0xffffffff;
  for (let i = 0; i < text.length; i += 1) {
    crc ^= text.charCodeAt(i) & 0xff;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** An unsigned number in base 62 (digits, upper case, lower case), left-padded with `0` to six characters. */
export function base62(number: number): string {
  let rest = number;
  let out = '';
  while (rest > 0) {
    out = (BASE62[rest % 62] as string) + out;
    rest = Math.floor(rest / 62);
  }
  return out.padStart(6, '0');
}

/**
 * Whether the last six characters are the base-62 CRC-32 of the 30 before them, as GitHub describes for its tokens
 * ("Behind GitHub's new authentication token formats", 2021-04-05) and npm took over ("npm has a new access token
 * format", 2021-09-23). A token that fails was never issued: made up, or damaged.
 */
export function checksumHolds(token: string, prefixLength: number): boolean {
  const body = token.slice(prefixLength, -6);
  return token.slice(-6) === base62(crc32(body));
}

/** An unsigned number as eight hex digits. */
export function hex32(number: number): string {
  return number.toString(16).padStart(8, '0');
}

function sha256Twice(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(createHash('sha256').update(bytes).digest()).digest();
}

/** Bytes in Bitcoin's base 58, with the first four bytes of a double SHA-256 behind them. */
export function base58Check(bytes: Uint8Array): string {
  const whole = Uint8Array.of(...bytes, ...sha256Twice(bytes).subarray(0, 4));
  let rest = BigInt(`0x${Buffer.from(whole).toString('hex')}`);
  let out = '';
  for (; rest > 0n; rest /= 58n) out = BASE58.charAt(Number(rest % 58n)) + out;
  return out;
}

/** Whether the last four bytes of base 58 (up to 120 signs, no leading zero byte) are the double SHA-256 of the rest. */
export function base58CheckHolds(text: string): boolean {
  if (text.length > 120) return false;
  let number = 0n;
  for (const char of text) {
    const digit = BASE58.indexOf(char);
    if (digit < 0) return false;
    number = number * 58n + BigInt(digit);
  }
  const digits = number.toString(16);
  const bytes = Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex');
  return bytes.length > 4 && bytes.subarray(-4).equals(sha256Twice(bytes.subarray(0, -4)).subarray(0, 4));
}

/** CRC-16/XMODEM (polynomial 0x1021, start 0), as Stellar's SEP-23 has it. */
function crc16(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : (crc << 1) & 0xffff;
  }
  return crc;
}

/** Bytes in base 32 without padding; the bits of an unfinished group are zero. */
function base32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/g) ?? []).map((five) => BASE32.charAt(Number.parseInt(five.padEnd(5, '0'), 2))).join('');
}

/** The whole bytes that base 32 stands for. */
function fromBase32(text: string): Uint8Array {
  const bits = [...text].map((char) => BASE32.indexOf(char).toString(2).padStart(5, '0')).join('');
  return Uint8Array.from((bits.match(/.{8}/g) ?? []).map((eight) => Number.parseInt(eight, 2)));
}

/** Bytes with their CRC-16 behind them, the low byte first. */
function withCrc16(bytes: Uint8Array): Uint8Array {
  const crc = crc16(bytes);
  return Uint8Array.of(...bytes, crc & 0xff, crc >> 8);
}

function crc16Holds(bytes: Uint8Array): boolean {
  const body = bytes.subarray(0, -2);
  return Buffer.from(withCrc16(body)).equals(bytes);
}

/** The version byte of a secret seed: its first letter becomes S. */
const STELLAR_SEED = 18 << 3;

/** A Stellar secret seed of 32 bytes (SEP-23): version, seed and CRC in base 32, 56 characters. */
export function stellarSeed(seed: Uint8Array): string {
  return base32(withCrc16(Uint8Array.of(STELLAR_SEED, ...seed)));
}

/** Whether 56 characters are a Stellar secret seed whose CRC holds. */
export function stellarCheckHolds(text: string): boolean {
  const bytes = fromBase32(text);
  return bytes.length === 35 && bytes[0] === STELLAR_SEED && crc16Holds(bytes);
}

/** A NATS seed of 32 bytes (NKeys): S and the kind in ten bits, seed and CRC in base 32, 58 characters. */
export function nkeySeed(kind: 'U' | 'A' | 'O', seed: Uint8Array): string {
  const type = BASE32.indexOf(kind) << 3;
  return base32(withCrc16(Uint8Array.of((18 << 3) | (type >> 5), (type & 31) << 3, ...seed)));
}

/** Whether 58 characters are a NATS seed whose CRC holds. */
export function nkeyHolds(text: string): boolean {
  const bytes = fromBase32(text);
  return bytes.length === 36 && crc16Holds(bytes);
}
