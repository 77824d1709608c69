import { expect, test } from 'vitest';
import { decode } from '../../src/core/source/text.ts';
import { readSource, Syntax } from '../../src/core/source/source.ts';
import { sampleSecret } from '../../src/guardians/security/detectors/table.ts';
import { badLines } from '../../src/guardians/security/handling/dotenv-lines.ts';
import { badEnvLine } from '../../src/guardians/security/rules/env006-bad-env-line.ts';
import { ruleTester } from './rule-tester.ts';
import type { InvalidCase } from './cases.ts';

const SECRET = sampleSecret('binance-api-secret', 8);
const env = (name: string, code: string, messageId: string, more: Partial<InvalidCase['findings'][number]> = {}): InvalidCase => ({ name, path: '.env', code, findings: [{ messageId, ...more }] });

ruleTester(badEnvLine, {
  valid: [
    { name: 'good lines', path: '.env', code: '# desk\nexport A=1\nB="two words"\nC=\'x # y\'\nD=value # why\nE=\nF="a\nb"\nURL=https://x.io/a?b=c\n' },
    { name: 'Windows line ends', path: '.env', code: 'A=1\r\nB=2\r\n' },
    { name: 'another file', path: 'settings.ini', code: 'A=1\nA=2\n' },
    { name: 'two desks, two keys', path: '.env', code: `ALPACA_LIVE_SECRET=${SECRET}\nALPACA_PAPER_SECRET=${sampleSecret('binance-api-secret', 9)}\n` },
    { name: 'the same key twice for one desk', path: '.env', code: `A_SECRET=${SECRET}\nB_SECRET=${SECRET}\n` },
    { name: 'files of two desks, two keys', files: { '.env.live': `BINANCE_API_SECRET=${SECRET}\n`, '.env.paper': `BINANCE_API_SECRET=${sampleSecret('binance-api-secret', 9)}\n` } },
    { name: 'a blank at the end of a text', path: '.env', code: 'GREETING="hello "\n' },
    { name: 'settings of a process that were meant', path: '.env', code: 'PATH=/opt/bin\nHOME=/desk\nLOG=info\n' },
  ],
  invalid: [
    env('twice', 'A=1\nB=2\n«A»=3\n', 'twice', { severity: 'warning', message: /^A stands in line 1 as well/ }),
    env('twice the same', 'A=1\n«A»=1\n', 'twice', { severity: 'info' }),
    env('no =', 'A=1\n«API_SECRET»\n', 'bare', { severity: 'info', message: /^API_SECRET has no =/ }),
    env('a name no shell takes', '«MY-KEY»=1\n', 'key', { severity: 'info' }),
    env('a name that begins with a digit', '«1KEY»=1\n', 'key', { severity: 'warning' }),
    env('blanks around =', '«API_KEY» = abc\n', 'blanks', { severity: 'info' }),
    env('cut at #', 'DB_PASSWORD=«abc#def»\n', 'cut', { severity: 'warning', message: /^DB_PASSWORD is cut at #: Node reads 3 of its 7 characters/ }),
    env('a setting cut at #', 'COLOUR=«a#b»\n', 'cut', { severity: 'info' }),
    env('an open quote', 'A=«"»abc\nB=1\n', 'quote', { severity: 'warning', message: /^A opens a quote/ }),
    env('a blank in a secret', 'API_SECRET="«abcdef »"\n', 'trailing', { severity: 'warning' }),
    env('text behind the quote', 'A="abc"«def»\n', 'rest', { severity: 'warning' }),
    env('one key for both desks', `BINANCE_LIVE_SECRET=${SECRET}\nBINANCE_PAPER_SECRET=«${SECRET}»\n`, 'desks', { severity: 'warning', message: /^BINANCE_PAPER_SECRET has the value of BINANCE_LIVE_SECRET/ }),
    { name: 'one key in the files of both desks', files: { '.env.live': `BINANCE_API_SECRET=${SECRET}\n`, '.env.paper': `BINANCE_API_SECRET=«${SECRET}»\n` }, findings: [{ messageId: 'deskFiles', severity: 'warning' }] },
    env('a dump', '«PATH»=/bin\nHOME=/root\nPWD=/x\nSHELL=/bin/sh\nAPI=1\n', 'dump', { message: /^5 variables, 4 of them every process has/ }),
    env('a mark', '\uFEFF«API_KEY»=1\n', 'mark', { severity: 'warning', message: /^A byte order mark stands before API_KEY/ }),
  ],
});

test('a byte order mark is part of the first name for most readers', async () => {
  const decoded = decode(new Uint8Array([0xef, 0xbb, 0xbf, ...Buffer.from('API_KEY=1\n')]));
  if (!decoded.ok) { throw new Error(decoded.reason); }
  const model = readSource('.env', decoded.source, await Syntax.create(), { budgetMs: 5_000 });
  expect(badLines(model)).toMatchObject([{ kind: 'mark', name: 'API_KEY', at: { start: 0, end: 7 } }]);
});
