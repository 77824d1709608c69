/** Mail, messages to phones, and marketing: whoever holds these writes to your customers as you. */
import type { Detector } from './detector.ts';
import type { Common, NamedSpec } from './builders.ts';
import { named, prefixed } from './builders.ts';
import { UUID_PARTS, oneOf, run } from './format.ts';
import { BASE62, BASE64, DIGITS, HEX, UPPER_DIGITS, URL_SAFE } from './random.ts';

type Words = Common & Pick<NamedSpec, 'can' | 'opens' | 'rotate' | 'role'>;
const MAIL: Words = { role: 'token', can: ['send', 'read'], opens: 'it sends mail from your domain', rotate: 'Delete it under API keys' };
const SMS: Words = { role: 'token', can: ['send', 'spend', 'read'], opens: 'it sends messages and calls at your cost', rotate: 'Revoke it in the console' };
const LISTS: Words = { role: 'token', can: ['send', 'write', 'read'], opens: 'it reads and writes to your customers', rotate: 'Delete it under API keys' };
const PUSH: Words = { role: 'token', can: ['send'], opens: 'it sends notifications to your users', rotate: 'Reset it in the app settings' };

export const MAIL_DETECTORS: readonly Detector[] = [
  prefixed({ ...MAIL, name: 'sendgrid-key', title: 'SendGrid key', provider: 'sendgrid', formats: [['SG.', run(URL_SAFE, 22), '.', run(URL_SAFE, 43)]],
    source: 'SendGrid docs, API keys: SG., 22 and 43 characters, 69 in all' }),
  prefixed({ ...MAIL, name: 'mailgun-key', title: 'Mailgun key', provider: 'mailgun', formats: [['key-', run(HEX, 32)]],
    source: 'Mailgun docs, API keys (older): key- and 32 hex digits' }),
  named({ ...MAIL, name: 'mailgun-new-key', title: 'Mailgun key', provider: 'mailgun', vendors: ['mailgun', 'mg'], roles: ['signingkey'],
    formats: [[run(HEX, 32), '-', run(HEX, 8), '-', run(HEX, 8)], [run(HEX, 32)]], source: 'Mailgun docs, API keys: 32, 8 and 8 hex digits' }),
  prefixed({ ...LISTS, name: 'mailchimp-key', title: 'Mailchimp key', provider: 'mailchimp', formats: [[run(HEX, 32), '-us', run(DIGITS, 1, 2)]],
    source: 'Mailchimp docs, API keys: 32 hex digits and the data centre' }),
  named({ ...MAIL, name: 'mandrill-key', title: 'Mandrill key', provider: 'mandrill', vendors: ['mandrill'],
    formats: [['md-', run(URL_SAFE, 22)], [run(URL_SAFE, 22)]], source: 'Mailchimp Transactional docs, API keys: 22 characters, newer ones with md-' }),
  named({ ...MAIL, name: 'postmark-token', title: 'Postmark token', provider: 'postmark', vendors: ['postmark', 'postmarkapp'], formats: [UUID_PARTS], not: ['id'],
    source: 'Postmark docs, server tokens: a UUID' }),
  named({ ...MAIL, name: 'sparkpost-key', title: 'SparkPost key', provider: 'sparkpost', vendors: ['sparkpost'], formats: [[run(HEX, 40)], [run(BASE62, 40)]],
    source: 'SparkPost docs, API keys: 40 hex digits' }),
  prefixed({ ...MAIL, name: 'brevo-key', title: 'Brevo (Sendinblue) key', provider: 'brevo',
    formats: [[oneOf('xkeysib-', 'xsmtpsib-'), run(HEX, 64), '-', run(BASE62, 16)]],
    source: 'Brevo docs, API and SMTP keys: xkeysib- or xsmtpsib-, 64 hex digits, 16 characters' }),
  named({ ...MAIL, name: 'mailjet-secret', title: 'Mailjet key', provider: 'mailjet', vendors: ['mailjet', 'mj'], formats: [[run(HEX, 32)]],
    source: 'Mailjet docs, API key and secret: 32 hex digits' }),
  prefixed({ ...MAIL, name: 'resend-key', title: 'Resend key', provider: 'resend',
    formats: [['re_', run(BASE62, 8), '_', run(BASE62, 24)], ['re_', run(BASE62, 32, 36)]], source: 'Resend docs, API keys: re_, 8 and 24 letters and digits' }),
  prefixed({ ...MAIL, name: 'mailersend-token', title: 'MailerSend token', provider: 'mailersend', formats: [['mlsn.', run(HEX, 64)]],
    source: 'MailerSend docs, API tokens: mlsn. and 64 hex digits' }),
  named({ ...LISTS, name: 'klaviyo-key', title: 'Klaviyo key', provider: 'klaviyo', vendors: ['klaviyo'],
    formats: [['pk_', run(HEX, 34)], ['pk_', run(BASE62, 34)]], source: 'Klaviyo docs, private keys: pk_ and 34 characters' }),
  named({ ...LISTS, name: 'braze-key', title: 'Braze key', provider: 'braze', vendors: ['braze', 'appboy'], formats: [UUID_PARTS], not: ['id'],
    source: 'Braze docs, REST API keys: a UUID' }),
  prefixed({ ...PUSH, name: 'onesignal-key', title: 'OneSignal key', provider: 'onesignal',
    formats: [[oneOf('os_v2_app_', 'os_v2_org_'), run('abcdefghijklmnopqrstuvwxyz234567', 102, 104)]],
    source: 'OneSignal docs, API keys: os_v2_app_ and 103 base-32 characters' }),
  named({ ...PUSH, name: 'onesignal-old-key', title: 'OneSignal key', provider: 'onesignal', vendors: ['onesignal'], roles: ['restapikey'],
    formats: [UUID_PARTS, [run(BASE62, 48)]], not: ['id', 'app'], source: 'OneSignal docs, REST API keys: base 64 of a UUID, 48 characters' }),
  named({ ...LISTS, name: 'convertkit-secret', title: 'Kit (ConvertKit) key', provider: 'convertkit', vendors: ['convertkit', 'kit'],
    formats: [[run(URL_SAFE, 43)], [run(URL_SAFE, 22)], ['kit_', run(HEX, 32)]], source: 'Kit docs, API key (22 characters) and secret (43)' }),
  named({ ...LISTS, name: 'customer-io-key', title: 'Customer.io key', provider: 'customer-io', vendors: ['customerio', 'cio'],
    formats: [[run(HEX, 32)], [run(HEX, 20)]], source: 'Customer.io docs, app and track keys: 20 or 32 hex digits' }),
  named({ ...LISTS, name: 'beamer-token', title: 'Beamer token', provider: 'beamer', vendors: ['beamer'], formats: [['b_', run(BASE64, 43), '=']],
    source: 'Beamer docs, API keys: b_ and base 64 of 32 bytes' }),
  prefixed({ ...SMS, name: 'twilio-key', title: 'Twilio key id', provider: 'twilio', opens: 'with its secret it sends and calls at your cost',
    formats: [['SK', run(HEX, 32)]], source: 'Twilio docs, API keys: SK and 32 hex digits' }),
  prefixed({ ...SMS, name: 'twilio-account-sid', title: 'Twilio account SID', provider: 'twilio', opens: 'with its token it sends and calls at your cost', severity: 'warning', slight: true,
    rotate: 'Rotate the auth token beside it', formats: [['AC', run(HEX, 32)]], source: 'Twilio docs, string identifiers (SID): AC and 32 hex digits name the account' }),
  named({ ...SMS, name: 'twilio-auth-token', title: 'Twilio auth token', provider: 'twilio', vendors: ['twilio'], formats: [[run(HEX, 32)], [run(BASE62, 32)]],
    source: 'Twilio docs, auth tokens (32 hex digits) and API key secrets (32 letters and digits)' }),
  named({ ...SMS, name: 'vonage-secret', title: 'Vonage (Nexmo) secret', provider: 'vonage', vendors: ['vonage', 'nexmo'], role: 'secret',
    formats: [[run(BASE62, 16)]], source: 'Vonage docs, API secrets; observed: 16 letters and digits' }),
  named({ ...SMS, name: 'messagebird-key', title: 'Bird (MessageBird) key', provider: 'messagebird', vendors: ['messagebird', 'bird'], formats: [[run(BASE62, 25)]],
    source: 'MessageBird docs, access keys: 25 letters and digits' }),
  named({ ...SMS, name: 'plivo-token', title: 'Plivo token', provider: 'plivo', vendors: ['plivo'], formats: [[run(BASE62, 39, 40)]],
    source: 'Plivo docs, auth tokens; observed: 40 letters and digits' }),
  named({ ...SMS, name: 'plivo-auth-id', title: 'Plivo auth id', provider: 'plivo', opens: 'with its token it sends and calls at your cost', vendors: ['plivo'],
    role: 'key', roles: ['authid'], formats: [[oneOf('MA', 'SA'), run(UPPER_DIGITS, 18)]], source: 'Plivo docs, auth ids: MA or SA and 18 capitals and digits',
    variables: ['PLIVO_API_KEY', 'plivo_key', 'plivoAccessKey'] }),
  prefixed({ ...SMS, name: 'telnyx-key', title: 'Telnyx key', provider: 'telnyx', formats: [['KEY0', run(UPPER_DIGITS, 31), '_', run(BASE62, 22)]],
    source: 'Telnyx docs, API keys; observed: KEY0, 31 characters, an underscore and 22' }),
  prefixed({ ...SMS, name: 'africas-talking-key', title: 'Africa’s Talking key', provider: 'africas-talking', formats: [['atsk_', run(HEX, 72)]],
    source: 'Africa’s Talking docs, API keys: atsk_ and 72 hex digits' }),
  prefixed({ ...MAIL, name: 'nylas-key', title: 'Nylas key', provider: 'nylas', opens: 'it reads and sends the mail of your users',
    formats: [['nyk_v0_', run(BASE62, 58, 64)]], source: 'Nylas docs, API keys: nyk_v0_ and 58–64 letters and digits' }),
  named({ ...MAIL, name: 'elastic-email-key', title: 'Elastic Email key', provider: 'elastic-email', vendors: ['elasticemail'],
    formats: [[run('0123456789ABCDEF', 96)], [run(URL_SAFE, 96)]], source: 'Elastic Email docs, API keys: 96 hex digits' }),
];
