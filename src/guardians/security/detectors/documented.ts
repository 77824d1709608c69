/**
 * Keys that stand in a vendor's documentation or a standard's test vectors, kept as SHA-256 so that no scanner
 * mistakes this list for a leak. They were copied into thousands of repositories and open nothing.
 */
import { createHash } from 'node:crypto';

const DOCUMENTED: ReadonlySet<string> = new Set([
  // AWS IAM user guide: two access key ids, two secrets
  '1a5d44a2dca19669d72edf4c4f1c27c4c1ca4b4408fbb17f6ce4ad452d78ddb3',
  'c6ea27c534f993d31f0aef882e3d200e7b87470c379ae79c8f9b19d3bd363dc9',
  '78314b11be2e581549ac1c4f616563fad3fdf0c3b71678f6e2299182080e0598',
  'e21b597ba6b9cafa59d9ebc4d65c0385f5eb3fa56abab2607fa76589ad849a33',
  // Binance API docs, "SIGNED endpoint examples": key and secret
  '5ba1ed8425baaa72d558afddb8aaacdfe29ad0dc1a44dae76640127e83626d29',
  '23e9efa3ced6e70c7f2dbe0d08295f18f94b0cbd5c6026677e3bc51897ee31f2',
  // Telegram Bot API, "Authorizing your bot" and the bot tutorial
  '731fa294d036e54f19df879bfcd4fe72d967dc6327800c5f74a48414a3f258c9',
  '0b5dd075ccdd03c42f4edda8e299e6838e2a75d3486a2a8d86940ed1541e9178',
  // Hardhat and Anvil development accounts 0 and 1, and their phrase; the account of the web3 documentation
  '60a09e4357868c1e9b801052726d061c370429f723db84523ed58ac354f6eb8a',
  '095101cf732c298a0ce0320b9de704209cdd8640b70d8fdf4e5be51aa2eb272e',
  'f79cd64f9cea237897b8133e4b905b361c6f166faa5a1c64c32280938f5b707e',
  'd8c2efc4c8505e3978fdb15ef1ca3ec6b3828d505f5e39f0c6987b4987ddd276',
  // BIP-39 test vectors of twelve words
  'c557eec878dfd852ba3f88087c4f350f09c55537ab5e549c3cd14320ec3cef38',
  'ecb0e7ba498c5920991f0b3483e91f7abafa9ecc6bd82a9a51494589592b1a8f',
  '3a64bcd9cea43c0aba67ba0bf2ddff8137a492bccbc672107fcbf7381086f698',
  '3c0949435a7e4277fac2fbe27975cdd9f5b5abf94d282112eaf4cebbb8560984',
  // Azure storage and Cosmos emulators
  '0011cc25eb4320717494d2703e8cba85743e71b500283c21c8b88147992f9059',
  'aa6547439583c3a275d4542a0df6c1ad6a863971be9f2a2220f027cc02aef615',
]);

/** Whether the value is a documentation key or a published test vector. */
export function isDocumented(value: string): boolean {
  return DOCUMENTED.has(createHash('sha256').update(value).digest('hex'));
}
