/** `tickguard/coverage`: the rows of the view, made when asked for; a change is told once to a client that asked. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type CoverageAnswer, METHODS } from '../../src/shared/protocol.ts';
import { PULLING, RawClient, makeFolder } from './client.ts';

const RISK = 'class Risk:\n    def allows(self):\n        return self.drawdown < self.max_drawdown\n';
const BOT = 'from nautilus_trader.trading.strategy import Strategy\nfrom risk import Risk\n\n\nclass Fade(Strategy):\n    def on_start(self):\n        self.risk = Risk()\n\n    def on_bar(self, bar):\n        if not self.risk.allows():\n            return\n        self.submit_order(self.order)\n';

let client: RawClient;
let desk: ReturnType<typeof makeFolder>;

beforeEach(async () => {
  client = new RawClient();
  desk = makeFolder({ 'bot.py': BOT, 'risk.py': RISK });
  await client.open(desk.root, PULLING, { status: true });
  await client.heard((message) => message.method === METHODS.status && JSON.stringify(message.params).includes('"state":"ready"'));
});
afterEach(() => {
  client.kill();
  desk.dispose();
});

const ask = (): Promise<CoverageAnswer> => client.request<CoverageAnswer>(METHODS.coverage);
const drawdown = (answer: CoverageAnswer): unknown => answer.roots[0]?.report.sites.map((site) => site.states['drawdown']);

test('answers sites, ways and guards with their places', async () => {
  const { roots: [root] } = await ask();
  expect(root).toMatchObject({ name: 'desk', scanning: false, report: { unreached: [], fallen: [] } });
  expect(root?.report.sites).toEqual([expect.objectContaining({
    file: 'bot.py', name: 'submit_order', symbol: 'Fade.on_bar', range: { line: 12, column: 9, endLine: 12, endColumn: 38 },
    states: { drawdown: 'guarded', deadline: 'missing', size: 'missing', news: 'missing', 'kill-switch': 'missing' },
    ways: [expect.objectContaining({
      entry: 'bar', handler: 'on_bar', kinds: ['drawdown'],
      proofs: [expect.objectContaining({ file: 'bot.py', text: 'self.risk.allows()', by: 'Risk.allows', kinds: ['drawdown'] })],
    })],
  })]);
});

test('an edit of another file is told once, and not again before somebody asks', async () => {
  expect(drawdown(await ask())).toEqual(['guarded']);
  const from = client.received.length;
  client.didOpen(desk.uri('risk.py'), 'class Risk:\n    def allows(self):\n        return True\n');
  await client.heard((message) => message.method === METHODS.coverageChanged, from);
  client.didOpen(desk.uri('bot.py'), `${BOT}\n# more\n`);
  await new Promise((resolve) => { setTimeout(resolve, 1_200); });
  expect(client.received.slice(from).filter((message) => message.method === METHODS.coverageChanged)).toHaveLength(1);
  expect(drawdown(await ask())).toEqual(['missing']);
});

test('a client that never asks is told nothing', async () => {
  client.didOpen(desk.uri('risk.py'), RISK.replace('<', '>'));
  await new Promise((resolve) => { setTimeout(resolve, 1_200); });
  expect(client.count(METHODS.coverageChanged)).toBe(0);
});
