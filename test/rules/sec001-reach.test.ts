/** No named row is out of reach: each is found under every name it gives as usual, in three forms of file. */
import { beforeAll, describe, expect, test } from 'vitest';
import { Syntax } from '../../src/core/source/source.ts';
import { seeded } from '../../src/guardians/security/detectors/random.ts';
import { NAMED_DETECTORS, sampleSecret } from '../../src/guardians/security/detectors/table.ts';
import { runSecurity } from './security-run.ts';

let syntax: Syntax;
beforeAll(async () => { syntax = await Syntax.create(); });

const FORMS: Readonly<Record<string, readonly [path: string, (variable: string, value: string) => string]>> = {
  'an .env': ['.env', (variable, value) => `${variable}=${value}\n`],
  'a Python file': ['settings.py', (variable, value) => `${variable.replace(/[^A-Za-z0-9_]/g, '_')} = "${value}"\n`],
  'a YAML file': ['config.yaml', (variable, value) => `${variable}: "${value}"\n`],
};

describe.each(Object.entries(FORMS))('in %s', (_, [path, write]) => {
  test('every named row is found under each of its usual names', () => {
    const missed: string[] = [];
    for (const row of NAMED_DETECTORS) {
      row.variables.forEach((variable, n) => {
        const value = row.sample(seeded(n + 1));
        const { found } = runSecurity(syntax, path, write(variable, value));
        if (!found.some(([what, text]) => what === `SEC001/${row.name}` && text === value)) missed.push(`${row.name} under ${variable}: ${found.map(([what]) => what).join(', ') || 'nothing'}`);
      });
    }
    expect(missed).toEqual([]);
  });
});

test('under names that only their rows know', () => {
  const names: readonly (readonly [variable: string, detector: string])[] = [
    ['OXR_APP_ID', 'open-exchange-rates-id'], ['OPENWEATHER_APPID', 'openweather-key'], ['WOLFRAM_APP_ID', 'wolfram-key'], ['TELEGRAM_API_HASH', 'telegram-api-hash'],
    ['tradingview_sessionid', 'tradingview-session'], ['PLIVO_AUTH_ID', 'plivo-auth-id'], ['CC_TEST_REPORTER_ID', 'code-climate-token'], ['BTC_WIF', 'bitcoin-private-key'],
    ['INFURA_PROJECT_ID', 'infura-key'], ['KRAKEN_PRIVATE', 'kraken-api-secret'], ['binance_sk', 'binance-api-secret'], ['AGORA_APP_CERTIFICATE', 'agora-app-certificate'],
  ];
  const missed = Object.values(FORMS).flatMap(([path, write]) => names.flatMap(([variable, name], n) => {
    const { found } = runSecurity(syntax, path, write(variable, sampleSecret(name, n + 1)));
    return found.some(([what]) => what === `SEC001/${name}`) ? [] : [`${variable} in ${path}: ${found.map(([what]) => what).join(', ') || 'nothing'}`];
  }));
  expect(missed).toEqual([]);
});

test('the public id of an app is no key, though the service has keys of its form', () => {
  for (const [variable, name] of [['SEGMENT_APP_ID', 'heroku-key'], ['HEROKU_APP_ID', 'heroku-key'], ['PUSHER_APP_ID', 'bugsnag-key']] as const) {
    expect(runSecurity(syntax, '.env', `${variable}=${sampleSecret(name, 3)}\nMODE=live\n`).found).toEqual([]);
  }
});

describe('a vendor in the name says more than one around it', () => {
  const value = (name: string): string => sampleSecret(name, 4);
  test.each([['weatherbit-key', 'WEATHERBIT', 'fmp-key', 'FMP'], ['newsapi-key', 'NEWSAPI', 'etherscan-key', 'ETHERSCAN']])('%s', (one, oneName, other, otherName) => {
    const lines = [`${oneName}_API_KEY=${value(one)}`, `${otherName}_API_KEY=${value(other)}`];
    for (const text of [lines.join('\n'), [...lines].reverse().join('\n')]) {
      const whats = runSecurity(syntax, '.env', `${text}\n`).found.map(([what, at]) => [what, at] as const);
      expect(whats).toContainEqual([`SEC001/${one}`, value(one)]);
      expect(whats).toContainEqual([`SEC001/${other}`, value(other)]);
    }
  });

  test('in a file of many services with keys of one form each is its own', () => {
    const rows = NAMED_DETECTORS.filter((row) => row.shape.test(sampleSecret('rollbar-key', 1)) && row.variables.some((name) => /_API_KEY$/.test(name)));
    expect(rows.length).toBeGreaterThan(20);
    const lines = rows.map((row, n) => [row.name, `${row.variables.find((name) => /_API_KEY$/.test(name))}=${sampleSecret('rollbar-key', n + 1)}`] as const);
    for (const order of [lines, [...lines].reverse()]) {
      const { findings } = runSecurity(syntax, '.env', `${order.map(([, line]) => line).join('\n')}\n`);
      expect(findings.map(({ detector }) => detector)).toEqual(order.map(([name]) => name));
    }
  });
});
