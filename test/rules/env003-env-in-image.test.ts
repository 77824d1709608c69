import { describe, expect, test } from 'vitest';
import { copySources, dockerIgnores } from '../../src/guardians/security/handling/docker.ts';
import { envInImage } from '../../src/guardians/security/rules/env003-env-in-image.ts';
import { ruleTester } from './rule-tester.ts';

const WHOLE = 'FROM python:3.12\nCOPY «.» /app\n';
const plain = (text: string): string => text.replace(/[«»]/g, '');

ruleTester(envInImage, {
  valid: [
    { name: 'sources alone', path: 'Dockerfile', code: 'FROM python:3.12\nCOPY requirements.txt src/ /app/\nCOPY --from=build /app/.env.example /app/\n' },
    { name: 'a template', path: 'Dockerfile', code: 'FROM x\nCOPY .env.example /app/.env\n' },
    { name: 'a certificate that is handed out', path: 'Dockerfile', code: 'FROM x\nCOPY certs/ca.pem certs/server-cert.pem /etc/ssl/\n' },
    { name: 'the whole folder, without a .env', files: { Dockerfile: plain(WHOLE), 'src/bot.py': 'x = 1\n' } },
    { name: 'the whole folder, and .dockerignore names the .env', files: { Dockerfile: plain(WHOLE), '.env': 'A=1\n', '.dockerignore': '.git\n.env*\n' } },
    { name: 'the whole folder, and .dockerignore names everything but the sources', files: { Dockerfile: plain(WHOLE), '.env': 'A=1\n', '.dockerignore': '*\n!src\n' } },
    { name: 'the ignore file above', files: { 'bot/Dockerfile': plain(WHOLE), '.env': 'A=1\n', '.dockerignore': '**/.env\n' } },
    { name: 'another folder has a .env', files: { 'bot/Dockerfile': plain(WHOLE), 'web/.env': 'A=1\n' } },
    { name: 'a secret mount', path: 'Dockerfile', code: 'FROM x\nRUN --mount=type=secret,id=api_secret cat /run/secrets/api_secret\nENV API_SECRET_FILE=/run/secrets/api_secret\nENV LOG_LEVEL=$LEVEL\nARG VERSION=1\n' },
    { name: 'an empty variable', path: 'Dockerfile', code: 'FROM x\nENV API_SECRET=\n' },
    { name: 'compose hands it over at the start', path: 'compose.yaml', code: 'services:\n  bot:\n    build: .\n    env_file: .env\n    environment:\n      API_SECRET: ${API_SECRET}\n' },
    { name: 'compose builds with a version', path: 'compose.yaml', code: 'services:\n  bot:\n    build:\n      context: .\n      args:\n        VERSION: "1"\n' },
  ],
  invalid: [
    { name: 'the file itself', path: 'Dockerfile', code: 'FROM x\nCOPY «.env» /app/\n', findings: [{ messageId: 'file', severity: 'error', message: /^\.env is copied into the image/ }] },
    { name: 'in the form of a list, over two lines', path: 'docker/Dockerfile.live', code: 'FROM x\nCOPY --chown=1:1 ["config/«.env.live»", \\\n  "/app/"]\n'.replace('config/«.env.live»', '«config/.env.live»'), findings: [{ messageId: 'file' }] },
    { name: 'a private key', path: 'Dockerfile', code: 'FROM x\nADD «keys/binance.pem» «id_ed25519» /keys/\n', findings: [{ messageId: 'file' }, { messageId: 'file' }] },
    { name: 'the whole folder', files: { Dockerfile: WHOLE, '.env': 'A=1\n' }, findings: [{ messageId: 'folder', severity: 'error' }] },
    { name: 'the whole folder, and .dockerignore takes it in again', files: { Dockerfile: 'FROM x\nADD «./» /app\n', '.env': 'A=1\n', '.dockerignore': '.env\n!.env\n' }, findings: [{ messageId: 'folder' }] },
    { name: 'an argument that becomes a variable', path: 'Dockerfile', code: 'FROM x\nARG API_SECRET\nENV «API_SECRET»=${API_SECRET}\n', findings: [{ messageId: 'baked', severity: 'warning', message: /^API_SECRET is built into the image/ }] },
    { name: 'compose builds with it', path: 'docker-compose.yml', code: 'services:\n  bot:\n    build:\n      context: .\n      args:\n        «API_SECRET»: ${API_SECRET}\n', findings: [{ messageId: 'argument', severity: 'warning' }] },
  ],
});

describe('COPY and ADD', () => {
  test.each([
    ['COPY a b c/', ['a', 'b']],
    ['  copy  --chmod=600 a c', ['a']],
    ['COPY --from=x a b', []],
    ['ADD https://example.com/x.tar /x', []],
    ['COPY ["a b", "c"]', ['a b']],
    ['RUN COPY a b', []],
    ['COPY a', []],
  ])('%s', (line, sources) => {
    expect(copySources(`FROM x\n${line}\nRUN y\n`).map(({ path }) => path)).toEqual(sources);
  });

  test('a long file is read in linear time', () => {
    const started = performance.now();
    expect(copySources('COPY \\\n'.repeat(100_000)).every(({ path }) => path === 'COPY')).toBe(true);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

test.each([
  ['.env', true], ['.env*', true], ['**/.env', true], ['*.env', true], ['.*', true], ['*', true], ['/.env', true], ['./.env', true], ['.env\n!.env', false], ['*\n!.env', false],
  ['# .env', false], ['env', false], ['src', false], ['', false], ['.env.example', false],
])('.dockerignore %j', (text, ignored) => {
  expect(dockerIgnores(text, '.env')).toBe(ignored);
});
