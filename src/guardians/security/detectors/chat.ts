/** Messengers: whoever holds these writes in your name, and often commands your bot. */
import type { Detector } from './detector.ts';
import type { Common, NamedSpec } from './builders.ts';
import { named, prefixed } from './builders.ts';
import type { Format } from './format.ts';
import { UUID_PARTS, oneOf, run } from './format.ts';
import { BASE62, DIGITS, HEX, LOWER_DIGITS, UPPER, UPPER_DIGITS, URL_SAFE, chars, mixed } from './random.ts';

const HOOK: Common & Pick<NamedSpec, 'can' | 'opens' | 'rotate'> = { can: ['send'], opens: 'whoever has it posts into your channel', rotate: 'Delete the webhook in the channel settings' };
const BOT: Common & Pick<NamedSpec, 'can' | 'opens' | 'rotate' | 'role'> = { role: 'token', can: ['send', 'read'], opens: 'it reads and sends as your bot', rotate: 'Reset it in the developer settings' };
const FLOW: Common & Pick<NamedSpec, 'can' | 'opens' | 'rotate'> = { can: ['send'], opens: 'whoever has it starts your flow', rotate: 'Delete the hook and make a new one' };

/** Groups of a Slack token: team, bot or user, and the secret. */
const SLACK: Format = [run(DIGITS, 9, 14), '-', run(DIGITS, 9, 14)];
const TEAM = run(UPPER_DIGITS, 8, 12);

/** A Discord bot token begins with the bot's id in base 64. */
function beginsWithId(value: string): boolean {
  return /^[0-9]{15,20}$/.test(Buffer.from(value.slice(0, value.indexOf('.')), 'base64url').toString('latin1'));
}

export const CHAT_DETECTORS: readonly Detector[] = [
  {
    kind: 'shape', name: 'telegram-bot-token', title: 'Telegram bot token', provider: 'telegram', can: ['send', 'read'], opens: 'it reads and sends as your bot, trade commands included', rotate: 'Revoke it at @BotFather',
    source: 'Telegram Bot API, authorizing your bot; observed: bot id of 8–10 digits, colon, 35 characters beginning AA', prefix: '', severity: 'error', keywords: [':aa'],
    pattern: /(?<![0-9])[0-9]{8,10}:AA[A-Za-z0-9_-]{33}(?![A-Za-z0-9_-])/y,
    // The bot id; in an address of the API `bot` stands right before it.
    before: 10, decisive: false,
    sample: (random) => `${['1', '5', '7'][Math.floor(random() * 3)] as string}${chars(random, DIGITS, 7 + Math.floor(random() * 3))}:AA${mixed(random, URL_SAFE, 33)}`,
    nearMisses: (random) => [
      { why: 'bot id too short', variable: 'value', value: `${chars(random, DIGITS, 5)}:AA${chars(random, URL_SAFE, 33)}` },
      { why: 'a time and a word', variable: 'stamp', value: `20260310:AA${chars(random, URL_SAFE, 12)}` },
    ],
  },
  named({ ...BOT, name: 'telegram-api-hash', title: 'Telegram API hash', provider: 'telegram', opens: 'with a phone it logs in as you', rotate: 'Delete the app at my.telegram.org', vendors: ['telegram', 'tg', 'telethon', 'pyrogram'], role: 'other', roles: ['apihash', 'key', 'apikey', 'hash'], not: ['bot'],
    formats: [[run(HEX, 32)]], source: 'Telegram docs, obtaining api_id (api_hash of 32 hex digits)', variables: ['TELEGRAM_API_KEY', 'telethon_key', 'telegramApiKey'] }),
  {
    kind: 'shape', name: 'discord-webhook', title: 'Discord webhook address', provider: 'discord', ...HOOK, prefix: 'https://discord', severity: 'error',
    source: 'Discord developer docs, webhook resource: /webhooks/{id}/{token}; observed: 17–20 digits and 60–80 characters',
    keywords: ['https://discord', 'https://ptb.discord', 'https://canary.discord'],
    pattern: /https:\/\/(?:ptb\.|canary\.)?discord(?:app)?\.com\/api\/(?:v[0-9]{1,2}\/)?webhooks\/[0-9]{17,20}\/[A-Za-z0-9_-]{60,80}(?![A-Za-z0-9_-])/y,
    before: 0, decisive: false,
    sample: (random) => `https://${['discord.com', 'discordapp.com'][Math.floor(random() * 2)] as string}/api/webhooks/1${chars(random, DIGITS, 18)}/${mixed(random, URL_SAFE, 68)}`,
    nearMisses: (random) => [
      { why: 'no token', variable: 'url', value: `https://discord.com/api/webhooks/1${chars(random, DIGITS, 18)}` },
      { why: 'template', variable: 'url', value: 'https://discord.com/api/webhooks/{id}/{token}' },
    ],
  },
  named({ ...BOT, name: 'discord-bot-token', title: 'Discord bot token', provider: 'discord', vendors: ['discord', 'bot', 'token', 'client'], formats: [[run(BASE62, 24, 27), '.', run(URL_SAFE, 6), '.', run(URL_SAFE, 27, 38)]], check: beginsWithId,
    source: 'Discord developer docs, authentication: bot id in base 64, time, signature, joined by dots', variables: ['DISCORD_BOT_TOKEN', 'bot_token', 'discordToken'],
    make: (random) => `${Buffer.from(`1${chars(random, DIGITS, 17)}`).toString('base64url')}.G${mixed(random, BASE62, 5)}.${mixed(random, URL_SAFE, 38)}`,
    misses: (random) => [{ why: 'no id in front', variable: 'discord_bot_token', value: `Q${chars(random, UPPER, 23)}.${mixed(random, BASE62, 6)}.${mixed(random, BASE62, 30)}` }] }),
  named({ ...BOT, name: 'discord-client-secret', title: 'Discord client secret', provider: 'discord', opens: 'it logs users in as your application', vendors: ['discord'], role: 'secret', formats: [[run(URL_SAFE, 32)]], source: 'Discord developer docs, OAuth2; observed: 32 url-safe characters', variables: ['DISCORD_CLIENT_SECRET', 'discord_secret', 'discordClientSecret'] }),
  prefixed({ ...HOOK, name: 'slack-webhook', title: 'Slack webhook address', provider: 'slack', rotate: 'Remove it from the app under Incoming Webhooks',
    formats: [['https://hooks.slack.com/services/T', TEAM, '/B', TEAM, '/', run(BASE62, 23, 25)]], source: 'Slack docs, incoming webhooks: /services/T…/B…/ and 24 characters',
    misses: (random) => [{ why: 'no token', variable: 'url', value: `https://hooks.slack.com/services/T${chars(random, UPPER, 9)}` }] }),
  prefixed({ ...FLOW, name: 'slack-workflow-webhook', title: 'Slack workflow address', provider: 'slack', rotate: 'Delete the workflow or its trigger', formats: [[oneOf('https://hooks.slack.com/workflows/', 'https://hooks.slack.com/triggers/'), oneOf('T', 'E'), TEAM, '/', run(UPPER_DIGITS, 9, 20), '/', run(BASE62, 23, 32)]],
    source: 'Slack docs, workflow webhooks: /workflows/ or /triggers/, team, id and secret' }),
  prefixed({ ...BOT, name: 'slack-bot-token', title: 'Slack bot token', provider: 'slack', rotate: 'Revoke it in the app settings', formats: [['xoxb-', ...SLACK, '-', run(BASE62, 20, 32)]], source: 'Slack docs, token types: xoxb-, two groups of digits and a secret of 24 characters',
    misses: () => [{ why: 'placeholder', variable: 'slack_token', value: ['xoxb', '123456789012', '123456789012', 'your-slack-token-goes-here'].join('-') }] }),
  prefixed({ ...BOT, name: 'slack-old-bot-token', title: 'Slack bot token', provider: 'slack', rotate: 'Revoke it in the app settings', formats: [['xoxb-', run(DIGITS, 9, 14), '-', run(BASE62, 18, 26)]], source: 'Slack docs, older bot tokens: xoxb-, one group of digits and a secret' }),
  prefixed({ ...BOT, name: 'slack-user-token', title: 'Slack user token', provider: 'slack', opens: 'it reads and writes as you', rotate: 'Revoke it in the app settings', formats: [[oneOf('xoxp-', 'xoxe-', 'xoxo-', 'xoxs-', 'xoxc-'), ...SLACK, '-', run(DIGITS, 9, 14), '-', run(LOWER_DIGITS, 28, 66)]],
    source: 'Slack docs, token types: xoxp- and its kin, three groups of digits and a secret' }),
  prefixed({ ...BOT, name: 'slack-workspace-token', title: 'Slack workspace token', provider: 'slack', opens: 'it reads and writes your workspace', rotate: 'Revoke it in the app settings', formats: [[oneOf('xoxa-2-', 'xoxr-', 'xoxa-'), ...SLACK, '-', run(DIGITS, 9, 14), '-', run(HEX, 32)]],
    source: 'Slack docs, legacy workspace tokens: xoxa- and xoxr-, three groups of digits and 32 hex digits' }),
  prefixed({ ...BOT, name: 'slack-app-token', title: 'Slack app token', provider: 'slack', opens: 'it listens to every event of your app', rotate: 'Revoke it in the app settings', formats: [['xapp-', run(DIGITS, 1), '-', run(UPPER_DIGITS, 9, 14), '-', run(DIGITS, 9, 14), '-', run(HEX, 64)]],
    source: 'Slack docs, app-level tokens: xapp-, version, app, digits and 64 hex digits' }),
  prefixed({ ...BOT, name: 'slack-configuration-token', title: 'Slack configuration token', provider: 'slack', can: ['admin'], opens: 'it makes and changes your apps', rotate: 'Revoke it under Your App Configuration Tokens',
    formats: [[oneOf('xoxe.xoxp-', 'xoxe.xoxb-'), run(DIGITS, 1), '-', run(BASE62, 146, 180)], ['xoxe-', run(DIGITS, 1), '-', run(BASE62, 140, 180)]], source: 'Slack docs, app configuration tokens: xoxe.xoxp- and xoxe-' }),
  named({ ...BOT, name: 'slack-signing-secret', title: 'Slack signing secret', provider: 'slack', can: ['sign'], opens: 'it forges commands to your app', rotate: 'Regenerate it under Basic Information', vendors: ['slack'], role: 'secret', roles: ['signingsecret'], formats: [[run(HEX, 32)]], source: 'Slack docs, verifying requests: 32 hex digits',
    variables: ['SLACK_SIGNING_SECRET', 'slack_client_secret', 'slackSecret'] }),
  prefixed({ ...HOOK, name: 'teams-webhook', title: 'Microsoft Teams webhook address', provider: 'microsoft-teams',
    formats: [['.webhook.office.com/webhookb2/', ...UUID_PARTS, '@', ...UUID_PARTS, '/IncomingWebhook/', run(HEX, 32), '/', ...UUID_PARTS], ['https://outlook.office.com/webhook/', ...UUID_PARTS, '@', ...UUID_PARTS, '/IncomingWebhook/', run(HEX, 32), '/', ...UUID_PARTS]],
    source: 'Microsoft Teams docs, incoming webhooks: group, tenant, 32 hex digits, owner' }),
  prefixed({ ...HOOK, name: 'google-chat-webhook', title: 'Google Chat webhook address', provider: 'google-chat', formats: [['https://chat.googleapis.com/v1/spaces/', run(URL_SAFE, 9, 12), '/messages?key=AIza', run(URL_SAFE, 35), '&token=', run(`${URL_SAFE}%`, 40, 60)]], source: 'Google Chat docs, incoming webhooks: space, key and token' }),
  prefixed({ ...HOOK, name: 'lark-webhook', title: 'Lark (Feishu) webhook address', provider: 'lark', formats: [[oneOf('https://open.feishu.cn/open-apis/bot/v2/hook/', 'https://open.larksuite.com/open-apis/bot/v2/hook/'), ...UUID_PARTS]], source: 'Feishu docs, custom bots: /bot/v2/hook/ and a UUID' }),
  prefixed({ ...HOOK, name: 'dingtalk-webhook', title: 'DingTalk webhook address', provider: 'dingtalk', formats: [['https://oapi.dingtalk.com/robot/send?access_token=', run(HEX, 64)]], source: 'DingTalk docs, custom robots: access_token of 64 hex digits' }),
  prefixed({ ...HOOK, name: 'wecom-webhook', title: 'WeCom webhook address', provider: 'wecom', formats: [['https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=', ...UUID_PARTS]], source: 'WeCom docs, group robots: key, a UUID' }),
  prefixed({ ...FLOW, name: 'ifttt-webhook', title: 'IFTTT webhook address', provider: 'ifttt', formats: [['maker.ifttt.com/trigger/', run(URL_SAFE, 1, 60), oneOf('/with/key/', '/json/with/key/'), run(URL_SAFE, 21, 43)]], source: 'IFTTT docs, webhooks: /trigger/{event}/with/key/{key}' }),
  prefixed({ ...FLOW, name: 'zapier-webhook', title: 'Zapier webhook address', provider: 'zapier', formats: [['https://hooks.zapier.com/hooks/catch/', run(DIGITS, 5, 9), '/', run(LOWER_DIGITS, 6, 10)]], check: (value) => value.length > 45, source: 'Zapier docs, catch hooks: account number and hook id' }),
  prefixed({ ...FLOW, name: 'make-webhook', title: 'Make webhook address', provider: 'make', formats: [[oneOf('https://hook.eu1.make.com/', 'https://hook.eu2.make.com/', 'https://hook.us1.make.com/', 'https://hook.us2.make.com/', 'https://hook.integromat.com/'), run(LOWER_DIGITS, 32)]], source: 'Make docs, webhooks: 32 small letters and digits' }),
  prefixed({ ...FLOW, name: 'tines-webhook', title: 'Tines webhook address', provider: 'tines', formats: [['.tines.com/webhook/', run(HEX, 32), '/', run(HEX, 32)]], source: 'Tines docs, webhook actions: path and secret of 32 hex digits' }),
  prefixed({ ...BOT, name: 'matrix-token', title: 'Matrix access token', provider: 'matrix', opens: 'it reads and writes as your user', rotate: 'Log that session out', formats: [['syt_', run(BASE62, 2, 64), '_', run(BASE62, 20), '_', run(BASE62, 6)]], source: 'Synapse docs, access tokens: syt_, user in base 64, 20 letters, a checksum' }),
  named({ ...BOT, name: 'mattermost-token', title: 'Mattermost token', provider: 'mattermost', opens: 'it reads and writes as your user', vendors: ['mattermost', 'mm'], formats: [[run(LOWER_DIGITS, 26)]], source: 'Mattermost docs, personal access tokens; observed: 26 small letters and digits' }),
  named({ ...BOT, name: 'zulip-key', title: 'Zulip API key', provider: 'zulip', opens: 'it reads and writes as your user', vendors: ['zulip'], formats: [[run(BASE62, 32)]], source: 'Zulip API docs, API keys; observed: 32 letters and digits' }),
  named({ ...BOT, name: 'line-notify-token', title: 'LINE Notify token', provider: 'line', vendors: ['line', 'linenotify'], roles: ['notify', 'notifytoken'], formats: [[run(BASE62, 43)]], source: 'LINE Notify docs; observed: 43 letters and digits', variables: ['LINE_NOTIFY_TOKEN', 'line_token', 'lineApiKey'] }),
  named({ ...BOT, name: 'viber-token', title: 'Viber token', provider: 'viber', vendors: ['viber'], formats: [[run(HEX, 16), '-', run(HEX, 16), '-', run(HEX, 16)]], source: 'Viber REST docs, authentication token: three groups of 16 hex digits' }),
  named({ ...BOT, name: 'pushover-token', title: 'Pushover token', provider: 'pushover', can: ['send'], opens: 'it sends notifications to you', vendors: ['pushover'], roles: ['user', 'userkey', 'apptoken'], formats: [[run(LOWER_DIGITS, 30)]], source: 'Pushover API docs: token and user key of 30 characters' }),
  named({ ...BOT, name: 'pushbullet-token', title: 'Pushbullet token', provider: 'pushbullet', vendors: ['pushbullet'], formats: [['o.', run(BASE62, 32)]], source: 'Pushbullet API docs, access tokens; observed: o. and 32 letters and digits' }),
  prefixed({ ...BOT, name: 'ntfy-token', title: 'ntfy token', provider: 'ntfy', can: ['send', 'read'], formats: [['tk_', run(LOWER_DIGITS, 29)]], source: 'ntfy docs, access tokens: tk_ and 29 small letters and digits' }),
  prefixed({ ...BOT, name: 'twitch-oauth-token', title: 'Twitch chat token', provider: 'twitch', formats: [['oauth:', run(LOWER_DIGITS, 30)]], source: 'Twitch docs, chat authentication: oauth: and 30 small letters and digits' }),
  named({ ...BOT, name: 'twitch-token', title: 'Twitch token', provider: 'twitch', vendors: ['twitch'], formats: [[run(LOWER_DIGITS, 30)]], source: 'Twitch docs, authentication; observed: 30 small letters and digits' }),
  named({ ...BOT, name: 'zoom-client-secret', title: 'Zoom client secret', provider: 'zoom', can: ['admin', 'read'], opens: 'it runs meetings as your account', vendors: ['zoom'], role: 'secret', formats: [[run(BASE62, 32)]], source: 'Zoom docs, OAuth apps; observed: 32 letters and digits', variables: ['ZOOM_CLIENT_SECRET', 'zoom_secret', 'zoomApiSecret'] }),
  prefixed({ ...BOT, name: 'webex-bot-token', title: 'Webex token', provider: 'webex', opens: 'it reads and writes as your bot', formats: [[run(BASE62, 64), '_', oneOf('PF84_', 'P0A1_', 'PC75_', 'PE93_'), ...UUID_PARTS]], source: 'Webex developer docs, bots; observed: 64 characters, cluster, organisation' }),
  named({ ...BOT, name: 'agora-app-certificate', title: 'Agora certificate', provider: 'agora', can: ['admin'], opens: 'it makes tokens for every call', vendors: ['agora'], role: 'secret', roles: ['certificate', 'appcertificate', 'appid', 'token', 'key'], formats: [[run(HEX, 32)]], source: 'Agora docs, app certificate: 32 hex digits' }),
  named({ ...BOT, name: 'sendbird-token', title: 'Sendbird API token', provider: 'sendbird', can: ['admin', 'send', 'read'], opens: 'it reads and writes every channel', vendors: ['sendbird'], formats: [[run(HEX, 40)], [run(HEX, 24)]], source: 'Sendbird docs, API token: 40 hex digits' }),
];
