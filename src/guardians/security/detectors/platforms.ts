/** Cloud, code hosting, payment and model providers: keys that cost money or open the code. */
import type { Detector } from './detector.ts';
import { base62, checksumHolds, crc32 } from './checksum.ts';
import { BASE32, BASE62, BASE64, HEX, URL_SAFE, base64Bytes, chars, mixed, pick } from './random.ts';

/** Flips one character, so that a checksum no longer holds. */
function damaged(token: string): string {
  const last = token.at(-1) === '0' ? '1' : '0';
  return token.slice(0, -1) + last;
}

export const PLATFORM_DETECTORS: readonly Detector[] = [
  {
    kind: 'shape',
    name: 'aws-access-key-id',
    title: 'AWS access key id',
    opens: 'with its secret it opens the AWS account',
    rotate: 'Deactivate it in IAM',
    source: 'AWS IAM user guide, unique identifiers (prefixes AKIA, ASIA); sixteen base-32 characters follow',
    prefix: 'AKIA',
    severity: 'error',
    keywords: ['akia', 'asia'],
    pattern: /(?<![A-Za-z0-9_])(?:AKIA|ASIA)[A-Z2-7]{16}(?![A-Za-z0-9_])/y,
    before: 0,
    decisive: false,
    // A word in capitals has the alphabet too; a random id has a digit with 96 % certainty and never few letters.
    check: (value) => /[2-7]/.test(value) && new Set(value.slice(4)).size >= 8,
    sample: (random) => `${pick(random, ['AKIA', 'ASIA'])}${mixedBase32(random)}`,
    nearMisses: (random) => [
      { why: 'one character short', variable: 'region', value: `AKIA${mixedBase32(random).slice(1)}` },
      { why: 'part of a longer word', variable: 'blob', value: `X${'AKIA'}${mixedBase32(random)}` },
      { why: 'documentation key', variable: 'aws_access_key_id', value: `AKIA${chars(random, BASE32, 9)}EXAMPLE` },
    ],
  },
  {
    kind: 'named',
    name: 'aws-secret-access-key',
    title: 'AWS secret access key',
    opens: 'with its id it opens the AWS account',
    rotate: 'Deactivate the pair in IAM',
    source: 'AWS IAM user guide, access keys: forty characters of the base-64 alphabet',
    prefix: '',
    severity: 'error',
    vendors: ['aws', 'amazon', 's3', 'access'],
    roles: ['secret', 'secretkey', 'secretaccesskey'],
    not: ['arn', 'name', 'id'],
    shape: /^[A-Za-z0-9+/]{40}$/,
    variables: ['AWS_SECRET_ACCESS_KEY', 'aws_secret_key', 'secretAccessKey'],
    check: (value) => !/^[0-9a-fA-F]+$/.test(value),
    sample: (random) => mixed(random, BASE64, 40),
    nearMisses: (random) => [
      { why: 'a git commit has forty hex digits', variable: 'aws_secret_access_key', value: chars(random, HEX, 40) },
      { why: 'not a secret by its name', variable: 'aws_secret_arn', value: mixed(random, BASE64, 40) },
    ],
  },
  {
    kind: 'named',
    name: 'azure-storage-key',
    title: 'Azure storage key',
    opens: 'it reads and writes the storage account',
    rotate: 'Rotate it under Access keys',
    source: 'Azure docs, storage connection strings: AccountKey, base 64 of 64 bytes',
    prefix: '',
    severity: 'error',
    vendors: [],
    roles: ['accountkey', 'storagekey'],
    not: ['public', 'hash'],
    shape: /^[A-Za-z0-9+/]{86}==$/,
    variables: ['AccountKey', 'AZURE_STORAGE_KEY', 'storage_account_key'],
    sample: (random) => base64Bytes(random, 64),
    nearMisses: (random) => [{ why: 'an asset by its name', variable: 'account_logo', value: base64Bytes(random, 64) }],
  },
  {
    kind: 'shape',
    name: 'github-token',
    title: 'GitHub token',
    opens: 'it reads and writes your repositories',
    rotate: 'Revoke it under Settings, Developer settings',
    source: "GitHub, Behind GitHub's new authentication token formats (2021-04-05): prefix, 30 characters, CRC-32 in base 62",
    prefix: 'ghp_',
    severity: 'error',
    keywords: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'],
    pattern: /(?<![A-Za-z0-9_])gh[pousr]_[A-Za-z0-9]{36}(?![A-Za-z0-9_])/y,
    before: 0,
    decisive: true,
    check: (value) => checksumHolds(value, 4),
    sample: (random) => {
      const body = chars(random, BASE62, 30);
      return `gh${pick(random, ['p', 'o', 'u', 's', 'r'])}_${body}${base62(crc32(body))}`;
    },
    nearMisses: (random) => {
      const body = chars(random, BASE62, 30);
      return [
        { why: 'wrong checksum: never issued', variable: 'github_token', value: damaged(`ghp_${body}${base62(crc32(body))}`) },
        { why: 'one character short', variable: 'header', value: `ghp_${body}${base62(crc32(body)).slice(1)}` },
      ];
    },
  },
  {
    kind: 'shape',
    name: 'github-fine-grained-token',
    title: 'GitHub fine-grained token',
    opens: 'it reads and writes its repositories',
    rotate: 'Revoke it under Settings, Developer settings',
    source: 'GitHub docs, About authentication to GitHub: prefix github_pat_, 22 and 59 characters joined by an underscore',
    prefix: 'github_pat_',
    severity: 'error',
    keywords: ['github_pat_'],
    pattern: /(?<![A-Za-z0-9_])github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}(?![A-Za-z0-9_])/y,
    before: 0,
    decisive: false,
    sample: (random) => `github_pat_${mixed(random, BASE62, 22)}_${mixed(random, BASE62, 59)}`,
    nearMisses: (random) => [
      { why: 'second group too short', variable: 'value', value: `github_pat_${chars(random, BASE62, 22)}_${chars(random, BASE62, 20)}` },
    ],
  },
  {
    kind: 'shape',
    name: 'npm-token',
    title: 'npm token',
    opens: 'it publishes packages in your name',
    rotate: 'Revoke it with npm token revoke',
    source: 'GitHub changelog, npm has a new access token format (2021-09-23): as GitHub tokens, CRC-32 in base 62',
    prefix: 'npm_',
    severity: 'error',
    keywords: ['npm_'],
    pattern: /(?<![A-Za-z0-9_])npm_[A-Za-z0-9]{36}(?![A-Za-z0-9_])/y,
    before: 0,
    decisive: true,
    check: (value) => checksumHolds(value, 4),
    sample: (random) => {
      const body = chars(random, BASE62, 30);
      return `npm_${body}${base62(crc32(body))}`;
    },
    nearMisses: (random) => {
      const body = chars(random, BASE62, 30);
      return [
        { why: 'wrong checksum: never issued', variable: 'npm_token', value: damaged(`npm_${body}${base62(crc32(body))}`) },
        { why: 'a setting of npm', variable: 'setting', value: 'npm_config_registry_certificate_authority' },
      ];
    },
  },
  {
    kind: 'shape',
    name: 'stripe-live-key',
    title: 'Stripe live key',
    opens: 'it moves real money',
    rotate: 'Roll it in the Stripe dashboard',
    source: 'Stripe docs, API keys: sk_live_ and rk_live_',
    prefix: 'sk_live_',
    severity: 'error',
    keywords: ['sk_live_', 'rk_live_'],
    pattern: /(?<![A-Za-z0-9_])[sr]k_live_[A-Za-z0-9]{24,247}(?![A-Za-z0-9_])/y,
    before: 0,
    decisive: false,
    sample: (random) => `${pick(random, ['sk', 'rk'])}_live_${mixed(random, BASE62, pick(random, [24, 99]))}`,
    nearMisses: (random) => [
      { why: 'the public half', variable: 'publishable', value: `pk_live_${mixed(random, BASE62, 24)}` },
      { why: 'too short', variable: 'value', value: `sk_live_${mixed(random, BASE62, 12)}` },
    ],
  },
  {
    kind: 'shape',
    name: 'openai-key',
    title: 'OpenAI key',
    opens: 'it spends on your account',
    rotate: 'Revoke it under API keys',
    source: 'Observed in public code and other scanners: sk-…, with T3BlbkFJ (base 64 of OpenAI) in the middle',
    prefix: 'sk-',
    severity: 'error',
    keywords: ['sk-'],
    pattern: /(?<![A-Za-z0-9_-])sk-(?!ant-)[A-Za-z0-9_-]{48,240}(?![A-Za-z0-9_-])/y,
    before: 0,
    decisive: false,
    check: (value) => value.indexOf('T3BlbkFJ') > 16,
    sample: (random) => random() < 0.5
      ? `sk-proj-${mixed(random, URL_SAFE, 74)}T3BlbkFJ${mixed(random, URL_SAFE, 73)}x`
      : `sk-${mixed(random, BASE62, 20)}T3BlbkFJ${mixed(random, BASE62, 20)}`,
    nearMisses: (random) => [
      { why: 'no marker inside', variable: 'value', value: `sk-${chars(random, BASE62, 48)}` },
      { why: 'a page anchor', variable: 'link', value: 'sk-learn-preprocessing-standard-scaler-and-friends-of-it' },
    ],
  },
  {
    kind: 'shape',
    name: 'anthropic-key',
    title: 'Anthropic key',
    opens: 'it spends on your account',
    rotate: 'Delete it in the console',
    source: 'Observed in public code and other scanners: sk-ant-api03- or sk-ant-admin01-, 93 characters, AA',
    prefix: 'sk-ant-',
    severity: 'error',
    keywords: ['sk-ant-'],
    pattern: /(?<![A-Za-z0-9_-])sk-ant-(?:api03|admin01)-[A-Za-z0-9_-]{93}AA(?![A-Za-z0-9_-])/y,
    before: 0,
    decisive: false,
    sample: (random) => `sk-ant-${pick(random, ['api03', 'admin01'])}-${mixed(random, URL_SAFE, 93)}AA`,
    nearMisses: (random) => [
      { why: 'wrong end', variable: 'value', value: `sk-ant-api03-${chars(random, URL_SAFE, 93)}ZZ` },
    ],
  },
  {
    kind: 'shape',
    name: 'openrouter-key',
    title: 'OpenRouter key',
    opens: 'it spends your credits',
    rotate: 'Delete it under Keys',
    source: 'Observed in public code and other scanners: sk-or-v1- and 64 hex digits',
    prefix: 'sk-or-v1-',
    severity: 'error',
    keywords: ['sk-or-v1-'],
    pattern: /(?<![A-Za-z0-9_-])sk-or-v1-[0-9a-f]{64}(?![A-Za-z0-9_-])/y,
    before: 0,
    decisive: false,
    sample: (random) => `sk-or-v1-${chars(random, HEX, 64)}`,
    nearMisses: (random) => [{ why: 'too short', variable: 'value', value: `sk-or-v1-${chars(random, HEX, 32)}` }],
  },
];

function mixedBase32(random: () => number): string {
  const body = chars(random, BASE32, 15);
  const spot = Math.floor(random() * 15);
  return `${body.slice(0, spot)}${chars(random, '234567', 1)}${body.slice(spot)}`;
}
