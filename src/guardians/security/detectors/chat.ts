/** Messengers: whoever holds these writes in your name, and often commands your bot. */
import type { Detector } from './detector.ts';
import { BASE62, DIGITS, UPPER, URL_SAFE, chars, mixed, pick } from './random.ts';

export const CHAT_DETECTORS: readonly Detector[] = [
  {
    kind: 'shape',
    name: 'telegram-bot-token',
    title: 'Telegram bot token',
    opens: 'it reads and sends as your bot, trade commands included',
    rotate: 'Revoke it at @BotFather',
    source: 'Telegram Bot API, authorizing your bot; observed: bot id of 8–10 digits, colon, 35 characters beginning AA',
    prefix: '',
    severity: 'error',
    keywords: [':aa'],
    pattern: /(?<![0-9])[0-9]{8,10}:AA[A-Za-z0-9_-]{33}(?![A-Za-z0-9_-])/y,
    // The bot id; in an address of the API `bot` stands right before it.
    before: 10,
    decisive: false,
    sample: (random) => `${pick(random, ['1', '5', '7'])}${chars(random, DIGITS, pick(random, [7, 8, 9]))}:AA${mixed(random, URL_SAFE, 33)}`,
    nearMisses: (random) => [
      { why: 'bot id too short', variable: 'value', value: `${chars(random, DIGITS, 5)}:AA${chars(random, URL_SAFE, 33)}` },
      { why: 'a time and a word', variable: 'stamp', value: `20260310:AA${chars(random, URL_SAFE, 12)}` },
    ],
  },
  {
    kind: 'shape',
    name: 'discord-webhook',
    title: 'Discord webhook address',
    opens: 'whoever has it posts into your channel',
    rotate: 'Delete the webhook in the channel settings',
    source: 'Discord developer docs, webhook resource: /webhooks/{id}/{token}; observed: 17–20 digits and 60–80 characters',
    prefix: 'https://discord',
    severity: 'error',
    keywords: ['https://discord', 'https://ptb.discord', 'https://canary.discord'],
    pattern: /https:\/\/(?:ptb\.|canary\.)?discord(?:app)?\.com\/api\/(?:v[0-9]{1,2}\/)?webhooks\/[0-9]{17,20}\/[A-Za-z0-9_-]{60,80}(?![A-Za-z0-9_-])/y,
    before: 0,
    decisive: false,
    sample: (random) => `https://${pick(random, ['discord.com', 'discordapp.com'])}/api/webhooks/1${chars(random, DIGITS, 18)}/${mixed(random, URL_SAFE, 68)}`,
    nearMisses: (random) => [
      { why: 'no token', variable: 'url', value: `https://discord.com/api/webhooks/1${chars(random, DIGITS, 18)}` },
      { why: 'template', variable: 'url', value: 'https://discord.com/api/webhooks/{id}/{token}' },
    ],
  },
  {
    kind: 'shape',
    name: 'slack-webhook',
    title: 'Slack webhook address',
    opens: 'whoever has it posts into your channel',
    rotate: 'Remove it from the app under Incoming Webhooks',
    source: 'Slack docs, incoming webhooks: /services/T…/B…/ and 24 characters',
    prefix: 'https://hooks.slack.com/',
    severity: 'error',
    keywords: ['https://hooks.slack.com/'],
    pattern: /https:\/\/hooks\.slack\.com\/(?:services|workflows|triggers)\/[TE][A-Z0-9]{8,12}\/[A-Z0-9]{9,20}\/[A-Za-z0-9]{23,32}(?![A-Za-z0-9])/y,
    before: 0,
    decisive: false,
    sample: (random) => `https://hooks.slack.com/services/T${chars(random, UPPER + DIGITS, 10)}/B${chars(random, UPPER + DIGITS, 10)}/${mixed(random, BASE62, 24)}`,
    nearMisses: (random) => [
      { why: 'documentation address', variable: 'url', value: `https://hooks.slack.com/services/T${'0'.repeat(8)}/B${'0'.repeat(8)}/${'X'.repeat(24)}` },
      { why: 'no token', variable: 'url', value: `https://hooks.slack.com/services/T${chars(random, UPPER, 9)}` },
    ],
  },
  {
    kind: 'shape',
    name: 'slack-token',
    title: 'Slack token',
    opens: 'it reads and writes your workspace',
    rotate: 'Revoke it in the app settings',
    source: 'Slack docs, token types: xoxb-, xoxp-, xapp-; groups of digits joined by dashes',
    prefix: 'xox',
    severity: 'error',
    keywords: ['xoxb-', 'xoxp-', 'xapp-'],
    pattern: /(?<![A-Za-z0-9])(?:xox[bp]-[0-9]{9,14}-[0-9]{9,14}-[A-Za-z0-9-]{20,80}|xapp-[0-9]-[A-Z0-9]{9,14}-[0-9]{9,14}-[a-f0-9]{64})(?![A-Za-z0-9-])/y,
    before: 0,
    decisive: false,
    check: (value) => (value.split('-').at(-1) ?? '').length >= 20,
    sample: (random) => random() < 0.7
      ? `xoxb-1${chars(random, DIGITS, 11)}-2${chars(random, DIGITS, 12)}-${mixed(random, BASE62, 24)}`
      // Joined, so that no scanner takes a bundle of this file for a leak.
      : ['xapp', '1', `A${chars(random, UPPER + DIGITS, 10)}`, `3${chars(random, DIGITS, 12)}`, chars(random, '0123456789abcdef', 64)].join('-'),
    nearMisses: (random) => [
      { why: 'too short', variable: 'value', value: `xoxb-${chars(random, DIGITS, 4)}-abc` },
      { why: 'placeholder', variable: 'slack_token', value: ['xoxb', '123456789012', '123456789012', 'your-slack-token-goes-here'].join('-') },
    ],
  },
];
