/** What SEC001 tells as a guess, each beside a near miss that must stay silent. */
import { describe, expect, test } from 'vitest';
import { Syntax } from '../../src/core/source/source.ts';
import { BASE32, BASE62, DIGITS, HEX, LOWER, LOWER_DIGITS, chars, mixed, seeded, uuid } from '../../src/guardians/security/detectors/random.ts';
import { sampleSecret } from '../../src/guardians/security/detectors/table.ts';
import { found, hitsIn } from './secrets.ts';
import { runSecurity } from './security-run.ts';

const seeds = [1, 2, 3, 4, 5, 6, 7, 8];
const names = (text: string, path?: string, strict?: boolean): readonly string[] => hitsIn(text, path, strict).map(({ detector }) => detector);

describe('a bearer token is one wherever its scheme stands (RFC 6750)', () => {
  test.each(seeds)('seed %d', (seed) => {
    const random = seeded(seed);
    for (const value of [mixed(random, BASE62, 32), chars(random, HEX, 64), uuid(random)]) {
      expect(found(`      Authorization:\n      - Bearer ${value}\n`, 'cassette.cfg')).toEqual([['generic-token', value]]);
      expect(found(`expect(header).to eq("Bearer ${value}")`, 'spec.rb')).toEqual([['generic-token', value]]);
    }
    expect(found(`Bearer ${chars(random, LOWER, 9)} of the standard\n# Bearer <token>\n# Bearer YOUR_ACCESS_TOKEN_HERE\nthe bearer authentication-of-services\nforbearer ${mixed(random, BASE62, 32)}\n`)).toEqual([]);
  });
});

describe('a key beside the bare name of its service', () => {
  test.each(seeds)('seed %d', (seed) => {
    const random = seeded(seed);
    const key = sampleSecret('clockify-key', seed);
    const id = uuid(random);
    expect(names(`clockify SECRET ${key}\n`)).toEqual(['clockify-key']);
    expect(names(`onesignal: ${id}\n`)).toEqual(['onesignal-old-key']);
    expect(names(`PUSHOVER="${sampleSecret('pushover-token', seed)}"\n`)).toEqual(['pushover-token']);
    // Of another length, as a word of a path, an id without a sign, a commit; a word of every day in a sentence.
    for (const text of [`clockify SECRET ${key.slice(1)}\n`, `https://clockify.me/${key}\n`, `lib/clockify/${key}\n`, `onesignal ${id}\n`, `docparser: ${chars(random, HEX, 40)}\n`, `the pushover was ${sampleSecret('pushover-token', seed)}\n`]) {
      expect(found(text), text).toEqual([]);
    }
    // Documents ask for a word that says it is a key.
    expect(names(`clockify ${key}\n`, 'notes.md')).toEqual([]);
    expect(names(`clockify token ${key}\n`, 'notes.md')).toEqual(['clockify-key']);
  });
  test('whoever knows the name of the value answers before the guess', () => {
    expect(hitsIn(`CLOCKIFY_API_KEY=${sampleSecret('clockify-key', 3)}\n`).map(({ confidence }) => confidence)).toEqual(['medium']);
  });
});

describe('made-up passwords', () => {
  let syntax: Syntax;
  const told = async (path: string, text: string): Promise<readonly string[]> => {
    syntax ??= await Syntax.create();
    return runSecurity(syntax, path, text).found.filter(([what]) => what.startsWith('SEC001')).map(([what, value]) => `${what} ${value}`);
  };
  test('a variable of settings is in use, however weak its value is', async () => {
    expect(await told('ci/compose.yml', 'services:\n  db:\n    environment:\n      MYSQL_ROOT_PASSWORD: rootpassword\n')).toEqual(['SEC001/generic-password rootpassword']);
    for (const [path, line] of [
      ['.env.example', 'MYSQL_ROOT_PASSWORD=rootpassword'], ['ci/compose.yml', 'MYSQL_ROOT_PASSWORD: changeme'], ['ci/compose.yml', 'MYSQL_ROOT_PASSWORD: required'],
      ['ci/compose.yml', 'MYSQL_ROOT_PASSWORD: postgres'], ['ci/compose.yml', 'MYSQL_ROOT_PASSWORD: MYSQL_ROOT_PW'], ['form.yml', 'password: rootpasswords'],
    ] as const) {
      expect(await told(path, `${line}\n`), line).toEqual([]);
    }
  });
  test('stock words beside a user, with a word of the owner’s', () => {
    expect(names('connect(user="replica", password="replicapass")')).toEqual(['generic-password']);
    expect(hitsIn('connect(user="replica", password="replicapass")').map(({ slight }) => slight)).toEqual([true]);
    for (const text of ['connect(user="replica", password="mypassword")', 'connect(user="x", password="userpassword")', 'connect(password="replicapass")', 'connect(user="x", password="dbPassword")']) {
      expect(found(text), text).toEqual([]);
    }
  });
  test('letters in no order', () => {
    expect(names(`password = "${['gjb', 'ubx', 'su'].join('')}"`)).toEqual(['generic-password']);
    expect(names(`x_api_key = "${['ufnl', 'bbav', 'awsd', 'eecn'].join('')}"`)).toEqual(['generic-token']);
    expect(found('password = "harbours"')).toEqual([]);
    expect(found('x_api_key = "authenticationmode"')).toEqual([]);
  });
  test('in an address at home only one of stock words is told, as information', () => {
    for (const [password, address] of [['P4ssw0rd', 'localhost'], ['top_secret', '127.0.0.1:4222'], ['mysqlrootpassword', 'db:3306']] as const) {
      const hits = hitsIn(`url = "mysql://root:${password}@${address}/ticks"`);
      expect(hits, password).toMatchObject([{ detector: 'connection-string', confidence: 'low', slight: true }]);
    }
    for (const text of ['mysql://root:harbour77@localhost/x', 'mysql://root:P4ssw0rd@db.example.com/x', 'mysql://user:pass@localhost/x', 'mysql://root:your_password@localhost/x', 'mysql://svc:svcpassword@localhost/x']) {
      expect(found(text), text).toEqual([]);
    }
  });
});

describe('the order of its signs speaks against a key under a service’s name', () => {
  const orderly = [...'abcdef', ...DIGITS, ...'abcdef', ...DIGITS].join('');
  test('it is told as information', () => {
    expect(hitsIn(`apilayer_token = "${orderly}"`)).toMatchObject([{ detector: 'generic-token', confidence: 'low', slight: true }]);
  });
  test.each([
    ['no service is named', `api_key = "${orderly}"`, 'notes.cfg'], ['a template', `APILAYER_TOKEN=${orderly}`, '.env.example'], ['a document', `apilayer_token = "${orderly}"`, 'notes.md'],
    ['a mask', `apilayer_token = "${'x'.repeat(32)}"`, 'notes.cfg'], ['words', 'apilayer_token = "test-key-12345678-abcd"', 'notes.cfg'], ['an address', `APILAYER_TOKENS = "0x${chars(seeded(3), HEX, 39)}A"`, 'notes.cfg'],
  ])('%s: silent', (_why, text, path) => { expect(found(text, path)).toEqual([]); });
});

describe('ids that are half of a pair', () => {
  test.each(seeds)('seed %d', (seed) => {
    const random = seeded(seed);
    for (const [name, value] of [['aws-unique-id', sampleSecret('aws-unique-id', seed)], ['twilio-account-sid', sampleSecret('twilio-account-sid', seed)], ['wechat-app-id', sampleSecret('wechat-app-id', seed)]] as const) {
      expect(hitsIn(`id: ${value}`)).toMatchObject([{ detector: name, confidence: 'low', slight: true }]);
    }
    expect(found(`id: AROADEFINITIONSTOLOAD\nAROA${chars(random, BASE32, 15)}\nwx${'f'.repeat(6)}${chars(random, DIGITS, 10)}\n`)).toEqual([]);
  });
});

describe('a NATS seed shows what it is', () => {
  test.each(seeds)('seed %d', (seed) => {
    const value = sampleSecret('nats-seed', seed);
    expect(found(`var operator = []byte("${value}")`, 'jwt.go')).toEqual([['nats-seed', value]]);
    expect(found(`// ${value.slice(0, 30)}${value[30] === 'A' ? 'B' : 'A'}${value.slice(31)}`)).toEqual([]);
  });
});

describe('how a key is written', () => {
  test.each(seeds)('seed %d', (seed) => {
    const random = seeded(seed);
    const token = mixed(random, BASE62, 32);
    const hex = chars(random, HEX, 40);
    // The word before a token says whose it is; words of a language and of a sentence say nothing.
    expect(found(`klipfolio token = '${hex}'\n`)).toEqual([['generic-token', hex]]);
    expect(found(`const token = '${hex}'\nrefresh token = '${hex}'\nnew token: '${hex}'\n`)).toEqual([]);
    // A type behind the name in Go.
    expect(found(`var apiKey string = "${token}"`, 'main.go')).toEqual([['generic-token', token]]);
    expect(found(`var apiKey string == "${token}"`, 'main.go')).toEqual([]);
    // An address in a text of a language without a reader; an expression is none.
    const short = `${chars(random, DIGITS, 2)}f${chars(random, DIGITS, 2)}a${chars(random, DIGITS, 2)}c${chars(random, DIGITS, 3)}`;
    expect(names(`url = "https://host.io/raw?private_token=${short}&ref=main"`, 'spec.rb')).toEqual(new Set(short).size >= 7 ? ['generic-token'] : []);
    expect(found(`private_token = ${short}`, 'spec.rb')).toEqual([]);
    // The next pair of a form ends a value.
    expect(found(`"oauth_token=${token}&oauth_token_secret=${token}x"`, 'flow.cfg').map(([, value]) => value)).toEqual([token, `${token}x`]);
    // An object as the value of a header.
    const sig = mixed(random, LOWER_DIGITS, 32).toLowerCase();
    expect(names(`"Apitoken": "{\\"name\\":\\"root\\",\\"sig\\":\\"${sig}\\"}"`, 'call.cfg')).toEqual(['generic-token']);
    expect(found(`"Options": "{\\"name\\":\\"root\\",\\"sig\\":\\"${sig}\\"}"\n"Apitoken": "{\\"name\\":\\"authentication-of-services\\"}"`, 'call.cfg')).toEqual([]);
    // The last word of an element.
    expect(found(`<secret>{label ${token}}</secret>`, 'jobs.cfg')).toEqual([['generic-secret', token]]);
    expect(found('<secret>keep it for yourself and nobodyelseintheworld</secret>', 'jobs.cfg')).toEqual([]);
    // Three points stand for what was left out.
    expect(found(`export SERVICE_TOKEN=${token}...`)).toEqual([]);
    // Names run together.
    expect(names(`mixpaneltoken="${token}"`)).toEqual(['generic-token']);
    expect(found(`csrftoken="${token}"`)).toEqual([]);
  });
  test('a pair with a line end behind it is one', () => {
    const line = `"auth": "${Buffer.from(`docker:${mixed(seeded(4), BASE62, 9)}\n`).toString('base64')}"`;
    expect(names(line)).toEqual(['basic-authorization']);
    expect(names(`"auth": "${Buffer.from('words without a pair\n').toString('base64')}"`)).toEqual([]);
  });
  test('a key that grew longer than its format', () => {
    const known = sampleSecret('netlify-token', 2);
    expect(names(`x: ${known}${mixed(seeded(2), BASE62, 6)}`)).toEqual(['generic-token']);
    expect(names(`x: ${known}7`)).toEqual([]);
    expect(names(`x: ${known.slice(0, -2)}`)).toEqual([]);
  });
});

describe('what makes a value a credential without a row', () => {
  test.each(seeds)('seed %d', (seed) => {
    const random = seeded(seed);
    const key = mixed(random, BASE62, 40);
    const password = `Kx9!${chars(random, LOWER_DIGITS, 8)}`;
    // A mark that no row knows, in a log; a short random part, a public one and a digest have none.
    expect(found(`sent zorble_live_${key} to the desk\n`, 'app.log')).toEqual([['generic-token', `zorble_live_${key}`]]);
    for (const text of [`zorble_live_${key.slice(0, 24)}`, `pub_${key}`, `/zorble_${key}`, `sha256=zorble_${key}`, `zorble_${chars(random, LOWER, 40)}`]) { expect(found(`sent ${text}\n`, 'app.log'), text).toEqual([]); }
    // What a call or a comparison is handed, and a value on the next line.
    expect(found(`source.setPassword("${password}");`, 'Desk.java')).toEqual([['generic-password', password]]);
    expect(found(`source.getPassword("${password}");`, 'Desk.java')).toEqual([]);
    expect(found(`req.SetBasicAuth("desk", "${password}")`, 'desk.go')).toEqual([['generic-password', password]]);
    expect(found(`if ("${password}" == password) {`, 'Desk.java')).toEqual([['generic-password', password]]);
    expect(found(`String apiKey =\n    "${key}";`, 'Desk.java')).toEqual([['generic-token', key]]);
    expect(found(`machine desk.io login bob password ${password}\n`, 'netrc')).toEqual([['command-password', password]]);
    expect(found(`the login failed, password ${password}\n`, 'netrc')).toEqual([]);
    // A client id beside a service's name is information; alone it is nobody's.
    expect(hitsIn(`SPOTIFY_CLIENT_ID=${chars(random, HEX, 32)}\n`, '.env').map(({ slight }) => slight)).toEqual([true]);
    expect(found(`client_id=${chars(random, HEX, 32)}\n`, '.env')).toEqual([]);
  });
  test('signs strewn through a value are drawn; brackets around a name are filled in', () => {
    expect(found('password = "q{8)w[$e!r>_#t%zk,-9uj"', 'a.cfg')).toEqual([['generic-password', 'q{8)w[$e!r>_#t%zk,-9uj']]);
    for (const value of ['${DESK_PASSWORD}', '{{ vault.desk }}', '<your-password>', '###DESK_PWD###', '@PASSWORD@']) { expect(found(`password = "${value}"`, 'a.cfg'), value).toEqual([]); }
  });
});
