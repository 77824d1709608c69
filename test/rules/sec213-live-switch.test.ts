import { liveSwitch } from '../../src/guardians/security/rules/sec213-live-switch.ts';
import { ruleTester } from './rule-tester.ts';

const PY = 'import os\n\nimport ccxt\nfrom alpaca.trading.client import TradingClient\nfrom binance.client import Client\nfrom pybit.unified_trading import HTTP\n\n\n';
const TS = 'src/bot.ts';

ruleTester(liveSwitch, {
  valid: [
    { name: 'paper', code: `${PY}client = TradingClient(key, secret, paper=True)\nother = Client(key, secret, testnet=True)\nexchange = ccxt.binance()\nexchange.set_sandbox_mode(True)\n` },
    { name: 'from configuration', code: `${PY}client = TradingClient(key, secret, paper=settings.paper)\nother = HTTP(testnet=os.environ["TESTNET"] != "0", api_key=key)\nexchange = ccxt.binance()\nexchange.set_sandbox_mode(settings.sandbox)\n` },
    { name: 'no client', code: 'chart = Chart(live=True)\nreport(paper=False)\nplot.real(is_live=True)\n' },
    { name: 'drawing money of one’s own books', path: 'sim/bank.py', code: 'exchange.withdraw("USD", 5)\n' },
    { name: 'another withdraw', code: 'class Vault:\n    def withdraw(self, amount):\n        return amount\n\n\nvault = Vault()\nvault.withdraw(5)\n' },
    { name: 'a permission that is off', code: 'key = client.create(canWithdraw=False)\nbody = {"enableWithdrawals": False}\n' },
    { name: 'tests', code: `${PY}client = TradingClient(key, secret, paper=False)\n`, role: 'test' },
    { name: 'suppressed', code: `${PY}client = TradingClient(key, secret, paper=False)  # tickguard: ignore[SEC213] this is the live entry point\n` },
    { name: 'scripts', path: TS, code: "import { RestClientV5 } from 'bybit-api';\nconst client = new RestClientV5({ key, secret, testnet: config.testnet });\nconst chart = new Chart({ live: true });\n" },
  ],
  invalid: [
    { name: 'clients', code: `${PY}client = TradingClient(key, secret, «paper=False»)\nother = Client(key, secret, «testnet=False»)\nthird = HTTP(«testnet=False», api_key=key)\n`, findings: [{ messageId: 'live', severity: 'warning', gate: 'deploy', message: /^paper=False in the code/ }, { messageId: 'live' }, { messageId: 'live' }] },
    { name: 'the sandbox off', code: `${PY}exchange = ccxt.binance()\n«exchange.set_sandbox_mode(False)»\n`, findings: [{ messageId: 'live' }] },
    { name: 'a client of its own', code: 'from .broker import DeskClient\n\nclient = DeskClient(«is_live=True»)\n', findings: [{ messageId: 'live' }] },
    { name: 'money that leaves', code: `${PY}exchange = ccxt.kraken()\n«exchange.withdraw»("USDT", 100, address)\n\n\nclass Bot:\n    def cash_out(self):\n        «self.client.withdraw»(coin="USDT", amount=1)\n`, findings: [{ messageId: 'withdraw', severity: 'warning' }, { messageId: 'withdraw' }] },
    { name: 'a key that may', code: 'key = client.create_sub_api_key(«canWithdraw=True»)\nbody = {«"enableWithdrawals": True»}\n', findings: [{ messageId: 'permission', severity: 'error' }, { messageId: 'permission' }] },
    { name: 'scripts', path: TS, code: "import { RestClientV5 } from 'bybit-api';\nimport Alpaca from '@alpacahq/alpaca-trade-api';\nconst client = new RestClientV5({ key, secret, «testnet: false» });\nconst alpaca = new Alpaca({ keyId, secretKey, «paper: false» });\nawait «exchange.withdraw»('USDT', 100, address);\n", findings: [{ messageId: 'live' }, { messageId: 'live' }, { messageId: 'withdraw' }] },
  ],
});
