/**
 * Values made up from a real one, or written in its place: digits and letters in order, a piece written again and again. Under a service's name
 * they are told as a guess: nobody sees from outside whether `abcdef1234567890abcdef1234567890` is a stand-in or a key that was chosen by hand.
 */
import { PLACEHOLDER_WORDS, UUID } from './value.ts';
import { wordsOf } from './words.ts';

/** The shortest key of letters and digits that any service hands out without a beginning of its own. */
const SHORTEST = 16;
const LONGEST = 256;

/**
 * Whether a value has the build of a key and only its order speaks against it. Masks (`xxxx`, one sign again and again) and words of
 * placeholders are none.
 */
export function isOrderly(value: string): boolean {
  if (value.length < SHORTEST || value.length > LONGEST || !/^[A-Za-z0-9]+(?:[-_.][A-Za-z0-9]+){0,8}$/.test(value)) return false;
  // Addresses of wallets and contracts, and ids of rows, are in no order and no keys.
  if (/^0x/i.test(value) || UUID.test(value)) return false;
  const digits = value.replace(/[^0-9]/g, '').length;
  const letters = value.replace(/[^A-Za-z]/g, '').length;
  if (digits < 4 || letters < 4 || new Set(value).size < 8 || /(.)\1{4}/.test(value) || /x{4}|test|example|sample|your|key|token|secret|dummy|fake/i.test(value)) return false;
  return !wordsOf(value).some((word) => word.length > 3 && PLACEHOLDER_WORDS.has(word));
}
