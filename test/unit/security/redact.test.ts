/** Masking streams: what is secret is gone wherever the pieces are cut, and everything else comes out as it went in. */
import { describe, expect, test } from 'vitest';
import { SecretValues } from '../../../src/core/findings/secret-values.ts';
import { DETECTOR_NAMES, DETECTORS, sampleSecret } from '../../../src/guardians/security/detectors/table.ts';
import { formsOf, valuesOf } from '../../../src/guardians/security/redact/known-values.ts';
import { ByteRedactor } from '../../../src/guardians/security/redact/redact-bytes.ts';
import { Redactor } from '../../../src/guardians/security/redact/redactor.ts';

/** A line of log with a sample of a detector, as its tests write it. */
function lineWith(detector: string, seed: number): { readonly line: string; readonly value: string } {
  const value = sampleSecret(detector, seed);
  const row = DETECTORS.find((one) => one.name === detector);
  const name = row?.kind === 'named' ? row.variables[0] ?? 'api_secret' : { 'generic-password': 'db_password', 'generic-secret': 'client_secret', 'generic-token': 'api_token', 'seed-phrase': 'seed_phrase' }[detector];
  return { value, line: `2026-12-01 10:00:00 INFO start ${name === undefined ? value : `${name}="${value}"`} done\n` };
}

function masked(pieces: readonly string[], known = SecretValues.none): string {
  const redactor = new Redactor(known);
  return pieces.map((piece) => redactor.push(piece)).join('') + redactor.end();
}

function cut(text: string, size: number): readonly string[] {
  return Array.from({ length: Math.ceil(text.length / size) }, (_, i) => text.slice(i * size, (i + 1) * size));
}

test.each(DETECTOR_NAMES)('a line with a %s', (detector) => {
  const { line, value } = lineWith(detector, 5);
  for (const size of [1, 7, 64, 1_000_000]) {
    const out = masked(cut(line, size));
    const secret = detector === 'connection-string' ? new URL(value.replace('postgresql', 'http')).password : value;
    expect(out).not.toContain(secret);
    expect(out).toMatch(/^2026-12-01 10:00:00 INFO start .*<[\w-]+>.* done\n$/s);
  }
});

test('text without secrets is the same, cut anywhere', () => {
  const text = 'price 1.0825 vol 100\r\n\r\nkey rate decision at 14:30, token ETH\n{"a": [1, 2]}\nlast line without end';
  for (const size of [1, 3, 10, 1000]) { expect(masked(cut(text, size))).toBe(text); }
});

test('a whole line leaves at once, the rest is held', () => {
  const redactor = new Redactor();
  expect(redactor.push('one\ntw')).toBe('one\n');
  expect(redactor.push('o\n')).toBe('two\n');
  expect(redactor.push('three')).toBe('');
  expect(redactor.end()).toBe('three');
});

describe('a private key over several lines', () => {
  const key = sampleSecret('private-key', 3);
  test.each([1, 17, 4096])('in pieces of %i', (size) => {
    const out = masked(cut(`before\n${key}\nafter\n`, size));
    expect(out).toBe('before\n<private-key>\nafter\n');
  });
  test('with what a log writes before each line', () => {
    const out = masked([`${key.split('\n').map((line) => `10:00 INFO ${line}`).join('\n')}\nafter\n`]);
    expect(out).toBe('10:00 INFO <private-key>\nafter\n');
  });
  test('that never ends swallows no more than a key', () => {
    const lines = `10:00 still here\n`.repeat(20_000);
    const out = masked(cut(`-----BEGIN RSA PRIVATE KEY-----\n${lines}`, 5_000));
    expect(out.length).toBeGreaterThan(lines.length - 140_000);
    expect(out.startsWith('<private-key>')).toBe(true);
  });
});

test('one line of 3 MB with a secret across every border of a window', () => {
  const { value } = lineWith('binance-api-secret', 4);
  const line = `${'x=1, '.repeat(50)}api_secret="${value}", `.repeat(9_000);
  const out = masked(cut(line, 65_536));
  expect(out).not.toContain(value);
  expect(out.split('<').length - 1).toBe(9_000);
  expect(out.replace(/<[\w-]+>/g, value)).toBe(line);
}, 120_000);

describe('values of the environment file', () => {
  const value = 'pä$$ "w" 7&?/9';
  const known = valuesOf([{ name: 'DESK_PASSWORD', value }]);
  const bytes = (text: string): string => {
    const redactor = new ByteRedactor(known);
    return Buffer.concat([redactor.push(Buffer.from(text, 'utf8')), redactor.end()]).toString('utf8');
  };
  test.each([
    ['as it is', value], ['in an address', encodeURIComponent(value)], ['in JSON', JSON.stringify(value).slice(1, -1)], ['in base 64', Buffer.from(value).toString('base64')],
  ])('%s', (_name, form) => {
    expect(bytes(`a ${form} b\n`)).toContain('<DESK_PASSWORD>');
    expect(bytes(`a ${form} b\n`)).not.toContain(form);
  });
  test.each(['', 'u', 'us', 'user:'])('inside of a base 64 text, behind %j', (before) => {
    const text = Buffer.from(`${before}${value}:end`, 'utf8').toString('base64');
    expect(bytes(`Basic ${text}\n`)).toContain('<DESK_PASSWORD>');
  });
  test('forms are long enough not to stand anywhere by accident', () => {
    expect(formsOf('abcdef').every((form) => form.length >= 6)).toBe(true);
  });
});

describe('bytes', () => {
  const { line, value } = lineWith('binance-api-secret', 4);
  test('that are no UTF-8 come out as they went in', () => {
    const input = Buffer.concat([Buffer.from([0xff, 0x00, 0xfe, 0x0a, 0x80, 0xc3]), Buffer.from(line), Buffer.from([0xe2, 0x82])]);
    const redactor = new ByteRedactor(SecretValues.none);
    const out = Buffer.concat([...cutBytes(input, 5).map((piece) => redactor.push(piece)), redactor.end()]);
    expect(out.includes(value)).toBe(false);
    expect(out.subarray(0, 6)).toEqual(input.subarray(0, 6));
    expect(out.subarray(-2)).toEqual(input.subarray(-2));
  });
  test.each(['utf-16le', 'utf-16be'])('in %s, as MetaTrader writes its logs', (form) => {
    const little = Buffer.from(`\uFEFF${line}`, 'utf16le');
    const input = form === 'utf-16le' ? little : Buffer.from(little).swap16();
    const redactor = new ByteRedactor(SecretValues.none);
    const out = Buffer.concat([...cutBytes(input, 33).map((piece) => redactor.push(piece)), redactor.end()]);
    const text = (form === 'utf-16le' ? out : Buffer.from(out).swap16()).toString('utf16le');
    expect(text).not.toContain(value);
    expect(text).toMatch(/^\uFEFF2026-12-01 10:00:00 INFO start .*<binance-api-secret>" done\n$/);
  });
});

function cutBytes(bytes: Buffer, size: number): readonly Buffer[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => bytes.subarray(i * size, (i + 1) * size));
}
