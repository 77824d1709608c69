/** Pieces of which texts on one line are made that make a careless scanner slow: nothing ends, everything begins. */
export const HOSTILE_PIECES: Readonly<Record<string, string>> = {
  letters: 'a', prose: 'the quick brown fox jumps over the lazy dog. ', minified: 'const x=foo(bar,"baz");key=value;', names: 'password=', quotes: 'password="',
  mixedQuotes: 'password=\'x password="y', escapes: 'token=\\"x ', underscores: 'key_', dots: 'key.', dashes: 'sk-', prefixes: 'ghp_', ids: '1234567890:AA', addresses: '://a:b@',
  webhooks: 'https://discord.com/api/webhooks/1', begins: '-----BEGIN ', keys: `-----BEGIN ${'PRIVATE'} KEY-----`, bodies: `-----BEGIN ${'PRIVATE'} KEY-----${'A'.repeat(100)}`, base64: 'Ab3+',
  hex: '0f', commas: '"api_key","', colons: '"token":"x","token":', words: 'seed abandon ability ', headers: 'Authorization: Bearer ', types: 'token: str | None', phrases: 'seed=abc abd ',
};
