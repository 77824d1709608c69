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
  // BitMEX docs, API key usage: id and secret
  '548a18e84bbd5a42a7582a83a24e1707b952a0630ea6c76f23dc5dec95500390',
  '70a60ac1776fdc4af8cf2d4cac2fcc9465223e956427ff650c8416878212a548',
  // MEXC docs, signed endpoints: key and secret
  '9e132ebcc5cde85b51a5595e201c727d097ba5a1e6ed3129f4a7c5966bbdeb37',
  'f38106b832ec2841893c777e74cac75077a5c62ac855da8a6904cadd50c5d4a0',
  // Delta Exchange docs, signing requests: key and secret
  '7a1c4fad4e9b74590ec79b8bc713aa1901c8f8ab1b85aae05645529699a827ac',
  '09ddd79117d1f31e99c821ecab645d2eaa66c514631db903b47e8f261f1aa557',
  // Tardis.dev docs, the sample key; CoinAPI docs; CoinMarketCap docs, the key of the sandbox
  '25b064e2fcf87a46aa763e6b11177f77b059067835276abb39cd0b863c5e7eb8',
  '00266dbe9a239659b13a24fb3441984e992cb8cf5e02cce5263f06acca4d2391',
  'b48f77ee9a006b06e18a64156ba63755dd96b7c4b44cfa599dc52dc91a1dd1e0',
  // Stripe docs: test keys that everybody may use
  '2cafc0970149a84f3b9e62eaf169f36f59907a3b3e31f7b82e68c69cd27f7326',
  'f2d6ca16515033e5dce14eba840b979d27b5cbae24bb3e5bf484339667f86397',
  // Google reCAPTCHA docs: the pair for automated tests
  '03b970ed8171d73b58bbc9a5c72e3e4eec28503b56b3bb400a0801857dd45614',
  'f5e95c9954635b65acab57e6d5ea663eb900f06dc8794a90358f5abb1c77d4e0',
  // Datadog docs and clients: API and application key
  '374b54794dbadf23436d62759c658a54c2c2bca53ad83fe7f2080705c76a7e06',
  '9fd48845a784316d5d5c3967b61d9b99820d7f83e02566b8ab04ccc47f2dac1b',
  // Cisco Meraki docs: keys of the public sandbox
  'd9c3482af2ba6590401884b4e15dea6dc4b08ab69bd1600930d9688e3fb08250',
  '132e022cf9bcb6c6265ebb09f7ece0382577b001b46a11217fb80705cbc6b1d3',
  // 1Password support, about your Secret Key; OpenWeather docs
  '4861b7d682dcbc5a83cc31d7559004e645ff52ad8eb7b7a94e27192280dd25d3',
  'bae656572be8a41633eb8c21bb440a1791e69d957e78dc2eb89cabadc9332a78',
]);

/** Whether the value is a documentation key or a published test vector. */
export function isDocumented(value: string): boolean {
  return DOCUMENTED.has(createHash('sha256').update(value).digest('hex'));
}
