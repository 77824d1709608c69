/** Moving a secret to the environment: the code in the idiom of its language, and the lines of the files beside it. */
import { spawnSync } from 'node:child_process';
import { beforeAll, describe, expect, test } from 'vitest';
import { readDotenv } from '../../../src/core/source/config/read-dotenv.ts';
import type { SourceModel } from '../../../src/core/source/model.ts';
import { readSource, Syntax } from '../../../src/core/source/source.ts';
import { sourceOf } from '../../../src/core/source/text.ts';
import { sampleSecret } from '../../../src/guardians/security/detectors/table.ts';
import { type Move, moveToEnvironment } from '../../../src/guardians/security/handling/move/move.ts';
import { envLine, variableFor } from '../../../src/guardians/security/handling/move/variable.ts';

let syntax: Syntax;
beforeAll(async () => { syntax = await Syntax.create(); });

const KEY = sampleSecret('binance-api-secret', 21);

interface Given { readonly name?: string; readonly detector?: string; readonly environment?: string; readonly template?: string; readonly secret?: string }

function modelOf(path: string, text: string): SourceModel {
  return readSource(path, sourceOf(text), syntax, { budgetMs: 5_000 });
}

/** The move of the one secret in a text, and the text after it. */
function move(path: string, text: string, given: Given = {}): { readonly move: Move; readonly text: string } {
  const { secret = KEY, name, detector = 'binance-api-secret', environment, template } = given;
  const start = text.indexOf(secret);
  const outcome = moveToEnvironment({ model: modelOf(path, text), secret: { start, end: start + secret.length }, name, detector, environment, template, ignore: undefined });
  if (!outcome.ok) { throw new Error(outcome.error); }
  const after = [...outcome.value.edits].sort((a, b) => b.start - a.start).reduce((now, edit) => now.slice(0, edit.start) + edit.text + now.slice(edit.end), text);
  return { move: outcome.value, text: after };
}

function refused(path: string, text: string, secret = KEY): string {
  const start = text.indexOf(secret);
  const outcome = moveToEnvironment({ model: modelOf(path, text), secret: { start, end: start + secret.length }, name: 'api_secret', detector: 'binance-api-secret', environment: undefined, template: undefined, ignore: undefined });
  return outcome.ok ? 'moved' : outcome.error;
}

describe('Python', () => {
  test.each([
    ['an assignment', `api_secret = "${KEY}"\n`, 'import os\n\napi_secret = os.environ["BINANCE_API_SECRET"]\n'],
    ['behind imports', `"""Desk."""\nfrom __future__ import annotations\n\nimport ccxt\n\nkey = '${KEY}'\n`, '"""Desk."""\nfrom __future__ import annotations\n\nimport os\nimport ccxt\n\nkey = os.environ["BINANCE_API_SECRET"]\n'],
    ['os is there', `import os\nkey = "${KEY}"\n`, 'import os\nkey = os.environ["BINANCE_API_SECRET"]\n'],
    ['os under another name', `import os as system\nkey = "${KEY}"\n`, 'import os as system\nkey = system.environ["BINANCE_API_SECRET"]\n'],
    ['a docstring alone', `"""Desk."""\nkey = "${KEY}"\n`, '"""Desk."""\n\nimport os\nkey = os.environ["BINANCE_API_SECRET"]\n'],
    ['a shebang', `#!/usr/bin/env python3\nkey = "${KEY}"\n`, '#!/usr/bin/env python3\nimport os\n\nkey = os.environ["BINANCE_API_SECRET"]\n'],
    ['Windows line ends', `import ccxt\r\nkey = "${KEY}"\r\n`, 'import os\r\nimport ccxt\r\nkey = os.environ["BINANCE_API_SECRET"]\r\n'],
    ['a value of a dict', `import os\nx = {"apiKey": k, "secret": "${KEY}"}\n`, 'import os\nx = {"apiKey": k, "secret": os.environ["BINANCE_API_SECRET"]}\n'],
    ['a keyword argument', `import os\nc = Client(api_secret="${KEY}", retries=3)\n`, 'import os\nc = Client(api_secret=os.environ["BINANCE_API_SECRET"], retries=3)\n'],
    ['an attribute of a class', `import os\n\n\nclass Desk:\n    api_secret: str = "${KEY}"\n`, 'import os\n\n\nclass Desk:\n    api_secret: str = os.environ["BINANCE_API_SECRET"]\n'],
    ['the default of a parameter', `import os\ndef connect(secret="${KEY}"):\n    pass\n`, 'import os\ndef connect(secret=os.environ["BINANCE_API_SECRET"]):\n    pass\n'],
    ['an f-string', `import os\nh = f"Bearer ${KEY} {x}"\n`, 'import os\nh = f"Bearer {os.environ[\'BINANCE_API_SECRET\']} {x}"\n'],
    ['an f-string in single quotes', `import os\nh = f'Bearer ${KEY} {x}'\n`, 'import os\nh = f\'Bearer {os.environ["BINANCE_API_SECRET"]} {x}\'\n'],
    ['a part of a text', `import os\nh = "Bearer ${KEY} {id}"\n`, 'import os\nh = f"Bearer {os.environ[\'BINANCE_API_SECRET\']} {{id}}"\n'],
    ['positional', `import os\nc = Client(key, "${KEY}")\n`, 'import os\nc = Client(key, os.environ["BINANCE_API_SECRET"])\n'],
    ['in a lambda', `import os\nmake = lambda: Client("${KEY}")\n`, 'import os\nmake = lambda: Client(os.environ["BINANCE_API_SECRET"])\n'],
    ['in a decorator', `import os\n@connected("${KEY}")\ndef run():\n    pass\n`, 'import os\n@connected(os.environ["BINANCE_API_SECRET"])\ndef run():\n    pass\n'],
  ])('%s', (_name, before, after) => {
    expect(move('bot.py', before).text).toBe(after);
    const compiled = spawnSync('python3', ['-c', 'import sys; compile(sys.stdin.read(), "bot.py", "exec")'], { input: after, encoding: 'utf8' });
    expect(compiled.error === undefined ? compiled.stderr : '').toBe('');
  });

  test.each([
    [`import os\nk = os.getenv("DESK_SECRET", "${KEY}")\n`],
    [`import os\nk = os.environ.get("DESK_SECRET", "${KEY}")\n`],
    [`import os\nk = os.getenv("DESK_SECRET") or "${KEY}"\n`],
  ])('the default of a look-up is dropped, its variable kept: %#', (text) => {
    const moved = move('bot.py', text);
    expect(moved.text).toBe('import os\nk = os.environ["DESK_SECRET"]\n');
    expect(moved.move.variable).toBe('DESK_SECRET');
    expect(moved.move.environment?.text).toBe(`DESK_SECRET=${KEY}\n`);
  });

  test('what os means in the file decides', () => {
    expect(refused('bot.py', `os = 3\nk = "${KEY}"\n`)).toMatch(/^The name os means something else/);
  });

  test('bytes are left to their owner', () => {
    expect(refused('bot.py', `k = b"${KEY}"\n`)).toMatch(/stands in no plain text/);
  });

  test('a comment is no code', () => {
    expect(refused('bot.py', `x = 1  # ${KEY}\n`)).toMatch(/stands in no plain text/);
  });
});

describe('scripts', () => {
  test.each([
    ['bot.ts', `const secret = '${KEY}';\n`, 'const secret = process.env.BINANCE_API_SECRET!;\n'],
    ['bot.js', `const secret = '${KEY}';\n`, 'const secret = process.env.BINANCE_API_SECRET;\n'],
    ['bot.ts', `const x = { apiKey, secret: "${KEY}" };\n`, 'const x = { apiKey, secret: process.env.BINANCE_API_SECRET! };\n'],
    ['bot.ts', `class A { private secret = "${KEY}"; }\n`, 'class A { private secret = process.env.BINANCE_API_SECRET!; }\n'],
    ['bot.ts', `const h = \`Bearer ${KEY} \${x}\`;\n`, 'const h = `Bearer ${process.env.BINANCE_API_SECRET!} ${x}`;\n'],
    ['bot.ts', `const h = 'Bearer ${KEY}';\n`, 'const h = `Bearer ${process.env.BINANCE_API_SECRET!}`;\n'],
    ['bot.ts', `const k = process.env.DESK_SECRET ?? '${KEY}';\n`, 'const k = process.env.DESK_SECRET!;\n'],
    ['bot.ts', `const k = process.env['DESK_SECRET'] || '${KEY}';\n`, 'const k = process.env.DESK_SECRET!;\n'],
    ['App.tsx', `const a = <Chart apiSecret="${KEY}" />;\n`, 'const a = <Chart apiSecret={process.env.BINANCE_API_SECRET!} />;\n'],
  ])('%s: %s', (path, before, after) => {
    expect(move(path, before).text).toBe(after);
  });
});

describe('MQL5, which has no environment', () => {
  test.each([
    [`input string ApiKey = "${KEY}"; // key\n`, 'input string ApiKey = ""; // key\n'],
    [`string ApiKey = "${KEY}";\nvoid OnTick() {}\n`, 'input string ApiKey = "";\nvoid OnTick() {}\n'],
  ])('%#', (before, after) => {
    const moved = move('Bot.mq5', before);
    expect(moved.text).toBe(after);
    expect(moved.move.environment?.text).toContain(KEY);
  });

  test('elsewhere it says what to do', () => {
    expect(refused('Bot.mq5', `void OnTick() { Login("${KEY}"); }\n`)).toMatch(/^MetaTrader hands no environment to an expert\. Make it an input/);
  });
});

describe('settings', () => {
  test.each([
    ['compose.yaml', `services:\n  bot:\n    environment:\n      API_SECRET: "${KEY}"\n`, 'services:\n  bot:\n    environment:\n      API_SECRET: "${BINANCE_API_SECRET}"\n'],
    ['docker-compose.live.yml', `services:\n  bot:\n    environment:\n      - API_SECRET=${KEY}\n`, 'services:\n  bot:\n    environment:\n      - API_SECRET=${BINANCE_API_SECRET}\n'],
    ['.vscode/launch.json', `{ "configurations": [{ "env": { "API_SECRET": "${KEY}" } }] }\n`, '{ "configurations": [{ "env": { "API_SECRET": "${env:BINANCE_API_SECRET}" } }] }\n'],
    ['.mcp.json', `{ "mcpServers": { "desk": { "env": { "API_SECRET": "${KEY}" } } } }\n`, '{ "mcpServers": { "desk": { "env": { "API_SECRET": "${BINANCE_API_SECRET}" } } } }\n'],
    ['run.sh', `export API_SECRET="${KEY}"\n`, 'export API_SECRET="${BINANCE_API_SECRET:?is not set}"\n'],
    ['run.sh', `export API_SECRET='${KEY}'\n`, 'export API_SECRET="${BINANCE_API_SECRET:?is not set}"\n'],
  ])('%s', (path, before, after) => {
    expect(move(path, before).text).toBe(after);
  });

  test.each(['config.yaml', 'settings.toml', 'Dockerfile', '.env'])('in %s nobody puts variables in', (path) => {
    expect(refused(path, path === 'config.yaml' ? `secret: ${KEY}\n` : path === 'Dockerfile' ? `FROM x\nENV S=${KEY}\n` : `SECRET="${KEY}"\n`)).toMatch(/puts no variables in/);
  });
});

describe('the files beside it', () => {
  const CODE = `import os\nk = "${KEY}"\n`;
  test('are begun', () => {
    const { move: made } = move('bot.py', CODE);
    expect(made).toMatchObject({ variable: 'BINANCE_API_SECRET', environment: { text: `BINANCE_API_SECRET=${KEY}\n` }, template: { text: 'BINANCE_API_SECRET=\n' } });
  });
  test('are gone on with, after a line that is not ended, in their own line ends', () => {
    const { move: made } = move('bot.py', CODE, { environment: 'A=1\r\nB=2', template: 'A=\n' });
    expect(made.environment?.text).toBe(`\r\nBINANCE_API_SECRET=${KEY}\r\n`);
    expect(made.template?.text).toBe('BINANCE_API_SECRET=\n');
  });
  test('a variable with the same value is used as it is', () => {
    const { move: made } = move('bot.py', CODE, { environment: `BINANCE_API_SECRET='${KEY}'\n`, template: 'BINANCE_API_SECRET=\n' });
    expect(made).toEqual({ variable: 'BINANCE_API_SECRET', edits: expect.any(Array) });
  });
  test('a secret that has a variable already is read from there, and a user of the same spelling is none', () => {
    const { move: made, text } = move('bot.py', CODE, { environment: `DESK_USER=${KEY}\nDESK_SECRET=${KEY}\n`, template: 'DESK_USER=\nDESK_SECRET=\n' });
    expect(made).toEqual({ variable: 'DESK_SECRET', edits: expect.any(Array) });
    expect(text).toContain('os.environ["DESK_SECRET"]');
    expect(move('bot.py', CODE, { environment: `DESK_USER=${KEY}\n` }).move.variable).toBe('BINANCE_API_SECRET');
  });
  test('a variable with another value keeps it', () => {
    const { move: made, text } = move('bot.py', CODE, { environment: 'BINANCE_API_SECRET=x\nBINANCE_API_SECRET_2=y\n' });
    expect(made.variable).toBe('BINANCE_API_SECRET_3');
    expect(text).toContain('os.environ["BINANCE_API_SECRET_3"]');
  });
});

test.each([
  ['api_secret', 'binance-api-secret', 'BINANCE_API_SECRET'], [undefined, 'binance-api-secret', 'BINANCE_API_SECRET'], ['liveBinanceSecret', 'binance-api-secret', 'LIVE_BINANCE_SECRET'],
  ['password', 'generic-password', 'PASSWORD'], ['DB_PASSWORD', 'generic-password', 'DB_PASSWORD'], ['dbPassword', 'generic-password', 'DB_PASSWORD'], [undefined, 'generic-token', 'TOKEN'],
  [undefined, 'private-key', 'PRIVATE_KEY'], ['2fa_secret', 'generic-secret', 'KEY_2FA_SECRET'],
])('%s of %s is called %s', (name, detector, variable) => {
  expect(variableFor(name, detector)).toBe(variable);
});

test.each(['abc', 'a b#c', 'it\'s', 'a"b\'c', 'x\ny\nz', '$HOME/x', 'a\\b', ' a ', 'ä=ö'])('a line of an environment file reads back as it was: %j', (value) => {
  expect(readDotenv(`${envLine('X', value)}\n`).entries[0]?.value).toBe(value);
});
