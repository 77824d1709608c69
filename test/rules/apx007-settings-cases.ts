/** Cases of APX007 where the time in force of an entry stands in a file of settings. */
import type { AccountConfig } from '../../src/core/workspace/config.ts';
import { APEX, FTMO } from './apx-samples.ts';
import type { ExpectedFinding, InvalidCase, RuleCases, ValidCase } from './cases.ts';

type Files = Readonly<Record<string, string>>;
const silent = (name: string, files: Files, accounts: readonly AccountConfig[] = [APEX]): ValidCase => ({ name, files, accounts });
const fires = (name: string, files: Files, finding: ExpectedFinding, output: Files, accounts: readonly AccountConfig[] = [APEX]): InvalidCase => ({ name, files, accounts, findings: [finding], output });

const BOT = `import yaml
from nautilus_trader.model.enums import OrderSide, TimeInForce
from nautilus_trader.trading.strategy import Strategy


def load():
    with open("live.yaml") as handle:
        return yaml.safe_load(handle)


class Bot(Strategy):
    def __init__(self):
        self.cfg = load()

    def on_bar(self, bar):
        order = self.order_factory.limit(self.iid, OrderSide.BUY, self.qty, price=self.price, time_in_force=TimeInForce[self.cfg["orders"]["time_in_force"]])
        self.submit_order(order)
`;
const YAML = 'orders:\n  time_in_force: GTC\n  slices: 3\n';
const MARKED = YAML.replace('GTC', '«GTC»');
const DAY = { 'live.yaml': YAML.replace('GTC', 'DAY') };
const desk = (yaml: string, bot: string = BOT): Files => ({ 'bot.py': bot, 'live.yaml': yaml });

const MODEL = `from dataclasses import dataclass


@dataclass
class OrderConfig:
    tif: str
`;
const THROUGH = BOT.replace('import yaml', 'import tomllib\nfrom model import OrderConfig').replace('live.yaml") as', 'live.toml", "rb") as').replace('yaml.safe_load', 'tomllib.load')
  .replace('self.cfg = load()', 'raw = load()\n        self.cfg = OrderConfig(tif=raw["tif"])').replace('TimeInForce[self.cfg["orders"]["time_in_force"]]', 'TimeInForce[self.cfg.tif]');

const TS = `import config from './config.json';
import ccxt from 'ccxt';

const ex = new ccxt.pro.binance();

export async function run(): Promise<void> {
  while (true) {
    const ticker = await ex.watchTicker('ES');
    await ex.createOrder('ES', 'limit', 'buy', 1, ticker.last, { timeInForce: config.orders.timeInForce });
  }
}
`;
const JSON_FILE = '{ "orders": { "timeInForce": "GTC" } }\n';

const EXPERT = `#include <Trade/Trade.mqh>
input ENUM_ORDER_TYPE_TIME InpTypeTime = ORDER_TIME_DAY;
input double InpLots = 0.1;
CTrade trade;
void OnTick() { trade.BuyStop(InpLots, High(), _Symbol, 0, 0, InpTypeTime, 0); }
`;

export const settingCases = {
  valid: [
    silent('an order of the day', desk(YAML.replace('GTC', 'DAY'))),
    silent('fill or kill', desk(YAML.replace('GTC', 'FOK'))),
    silent('nobody reads the key', desk(YAML, BOT.replace('TimeInForce[self.cfg["orders"]["time_in_force"]]', 'TimeInForce.DAY'))),
    silent('a protective stop reads it', desk(YAML, BOT.replace('order = self.order_factory.limit(self.iid, OrderSide.BUY', 'stop_loss = self.order_factory.stop_market(self.iid, OrderSide.SELL').replace('submit_order(order)', 'submit_order(stop_loss)'))),
    silent('a market order reads it', desk(YAML, BOT.replace('order_factory.limit(', 'order_factory.market('))),
    silent('the strategy cancels', desk(YAML, `${BOT}\n    def on_stop(self):\n        self.cancel_all_orders(self.iid)\n`)),
    silent('a managed stop', desk(YAML, `${BOT}\n\nconfig = dict(manage_stop=True)\n`)),
    silent('another file of the bot is read', { ...desk(YAML.replace('GTC', 'DAY')), 'other.yaml': YAML }),
    silent('overnight is allowed', desk(YAML), [FTMO]),
    silent('a test reads it', { 'tests/test_bot.py': BOT, 'live.yaml': YAML }),
    silent('a preset of the day', { 'Bot.mq5': EXPERT, 'Bot.set': 'InpTypeTime=1\nInpLots=0.2\n' }),
    silent('a preset of an input that no entry takes', { 'Bot.mq5': EXPERT.replace('InpTypeTime, 0)', 'ORDER_TIME_DAY, 0)'), 'Bot.set': 'InpTypeTime=0\nInpLots=0.2\n' }),
    silent('TypeScript: immediate or cancel', { 'bot.ts': TS, 'config.json': JSON_FILE.replace('GTC', 'IOC') }),
    silent('TypeScript: an exit reads it', { 'bot.ts': TS.replace('timeInForce: config', 'reduceOnly: true, timeInForce: config'), 'config.json': JSON_FILE }),
  ],
  invalid: [
    fires('YAML, by subscripts', desk(MARKED), {
      messageId: 'setting', severity: 'warning', layer: 'firm', account: 'apex-1', related: ['bot.py:16 and is used here'],
      message: '16:59 ET ends the day for account apex-1, but GTC in time_in_force lets entries rest after it. Write DAY, or cancel them when you flatten.',
    }, DAY),
    fires('through a variable', desk(MARKED, BOT.replace('        order = ', '        tif = self.cfg.get("orders").get("time_in_force", "DAY")\n        order = ').replace('TimeInForce[self.cfg["orders"]["time_in_force"]]', 'TimeInForce[tif]')), { messageId: 'setting', related: ['bot.py:17 and is used here'] }, DAY),
    fires('beside a flatten that forgets orders', desk(MARKED, `${BOT}\n    def on_stop(self):\n        self.close_all_positions(self.iid)\n`), { messageId: 'setting' }, DAY),
    fires('TOML, through a data class of another file', { 'bot.py': THROUGH, 'model.py': MODEL, 'live.toml': 'tif = "«GTC»"\n' }, { messageId: 'setting', message: /GTC in tif lets/ }, { 'live.toml': 'tif = "DAY"\n' }),
    fires('the house limit', desk(MARKED), { messageId: 'setting', layer: 'house', message: /house limit; no account chosen/ }, DAY, []),
    fires('MQL5: a preset over an input', { 'Bot.mq5': EXPERT, 'Bot.set': 'InpTypeTime=«0»\nInpLots=0.2\n' }, { messageId: 'setting', message: /0 in InpTypeTime lets entries rest after it\. Write 1 \(ORDER_TIME_DAY\)/, related: ['Bot.mq5:5 and is used here'] }, { 'Bot.set': 'InpTypeTime=1\nInpLots=0.2\n' }),
    fires('TypeScript: JSON', { 'bot.ts': TS, 'config.json': JSON_FILE.replace('GTC', '«GTC»') }, { messageId: 'setting', related: ['bot.ts:9 and is used here'] }, { 'config.json': JSON_FILE.replace('GTC', 'DAY') }),
    fires('Python for MetaTrader: JSON', {
      'bot.py': 'import json\nimport MetaTrader5 as mt5\n\nwith open("orders.json") as handle:\n    CFG = json.load(handle)\n\n\ndef enter(price):\n    request = {"action": mt5.TRADE_ACTION_PENDING, "type": mt5.ORDER_TYPE_BUY_LIMIT, "price": price, "type_time": CFG["order_type_time"]}\n    return mt5.order_send(request)\n',
      'orders.json': '{ "order_type_time": «0» }\n',
    }, { messageId: 'setting' }, { 'orders.json': '{ "order_type_time": 1 }\n' }),
  ],
} satisfies RuleCases;
