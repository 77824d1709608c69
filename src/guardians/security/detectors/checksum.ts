/** The checksum at the end of GitHub and npm tokens. */
import { BASE62 } from './random.ts';

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
