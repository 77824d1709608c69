/** Sample values, built at run time from a seed: the repository itself holds nothing that looks like a key. */
import type { Random } from './detector.ts';

export const DIGITS = '0123456789';
export const HEX = '0123456789abcdef';
export const UPPER_HEX = '0123456789ABCDEF';
export const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
export const LOWER = 'abcdefghijklmnopqrstuvwxyz';
export const BASE32 = `${UPPER}234567`;
/** The order the checksum of GitHub and npm tokens uses: digits, upper case, lower case. */
export const BASE62 = DIGITS + UPPER + LOWER;
export const BASE64 = `${BASE62}+/`;
export const URL_SAFE = `${BASE62}_-`;
/** Bitcoin's base 58: without 0, O, I and l. */
export const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
/** The 32 signs of bech32 (BIP-173). */
export const BECH32 = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
export const LOWER_DIGITS = DIGITS + LOWER;
export const UPPER_DIGITS = DIGITS + UPPER;

/** A small generator (mulberry32): the same seed gives the same numbers, each in [0, 1). */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** One of the items. */
export function pick<T>(random: Random, items: readonly T[]): T {
  return items[Math.floor(random() * items.length)] as T;
}

/** `length` characters of the alphabet. */
export function chars(random: Random, alphabet: string, length: number): string {
  let out = '';
  for (let i = 0; i < length; i += 1) out += alphabet[Math.floor(random() * alphabet.length)];
  return out;
}

/** As `chars`, but with a digit, an upper-case and a lower-case letter in it, as every long random value has. */
export function mixed(random: Random, alphabet: string, length: number): string {
  const out = [...chars(random, alphabet, length)];
  const spots = new Set<number>();
  while (spots.size < 3) spots.add(Math.floor(random() * length));
  const [digit, upper, lower] = [...spots] as [number, number, number];
  out[digit] = pick(random, [...DIGITS]);
  out[upper] = pick(random, [...UPPER]);
  out[lower] = pick(random, [...LOWER]);
  return out.join('');
}

/** A random (version 4) UUID. */
export function uuid(random: Random): string {
  const part = (length: number): string => chars(random, HEX, length);
  return `${part(8)}-${part(4)}-4${part(3)}-${pick(random, ['8', '9', 'a', 'b'])}${part(3)}-${part(12)}`;
}

/** Standard base64 of `bytes` random bytes, with padding. */
export function base64Bytes(random: Random, bytes: number): string {
  return Buffer.from(Array.from({ length: bytes }, () => Math.floor(random() * 256))).toString('base64');
}

/** `bytes` random bytes. */
export function randomBytes(random: Random, bytes: number): Uint8Array {
  return Uint8Array.from({ length: bytes }, () => Math.floor(random() * 256));
}
