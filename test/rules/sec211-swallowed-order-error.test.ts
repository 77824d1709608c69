import { swallowedOrderError } from '../../src/guardians/security/rules/sec211-swallowed-order-error.ts';
import { ruleTester } from './rule-tester.ts';

const PY = 'import asyncio\nimport logging\nimport time\nfrom contextlib import suppress\n\nimport ccxt\n\nexchange = ccxt.binance()\nlog = logging.getLogger()\n\n\n';
const TS = 'src/bot.ts';

ruleTester(swallowedOrderError, {
  valid: [
    { name: 'told', code: `${PY}try:\n    exchange.create_order("ES", "market", "buy", 1)\nexcept Exception as error:\n    log.error(error)\n` },
    { name: 'raised', code: `${PY}try:\n    exchange.create_order("ES", "market", "buy", 1)\nexcept ccxt.NetworkError:\n    raise\n` },
    { name: 'noted', code: `${PY}class Bot:\n    def enter(self):\n        try:\n            exchange.create_order("ES", "market", "buy", 1)\n        except Exception:\n            self.failed = True\n` },
    { name: 'an answer', code: `${PY}def enter():\n    try:\n        return exchange.create_order("ES", "market", "buy", 1)\n    except Exception:\n        return None\n\n\ndef other():\n    try:\n        exchange.create_order("ES", "market", "buy", 1)\n    except Exception:\n        return False\n    return True\n` },
    { name: 'no order', code: `${PY}try:\n    exchange.fetch_ticker("ES")\nexcept Exception:\n    pass\n` },
    { name: 'gone already', code: `${PY}try:\n    exchange.cancel_order(order_id)\nexcept ccxt.OrderNotFound:\n    pass\nwith suppress(ccxt.OrderNotFound):\n    exchange.cancel_order(order_id)\n` },
    { name: 'asked to end', code: `${PY}async def run():\n    try:\n        await exchange.create_order("ES", "market", "buy", 1)\n    except asyncio.CancelledError:\n        pass\n` },
    { name: 'tried again', code: `${PY}def enter():\n    for attempt in range(3):\n        try:\n            exchange.create_order("ES", "market", "buy", 1)\n            break\n        except ccxt.NetworkError:\n            continue\n` },
    { name: 'a wait before the next try', code: `${PY}try:\n    exchange.create_order("ES", "market", "buy", 1)\nexcept Exception:\n    time.sleep(1)\n` },
    { name: 'tests', code: `${PY}try:\n    exchange.create_order("ES", "market", "buy", 1)\nexcept Exception:\n    pass\n`, role: 'test' },
    { name: 'suppressed', code: `${PY}try:\n    exchange.cancel_all_orders()\nexcept Exception:  # tickguard: ignore[SEC211] the reconciler asks a second later\n    pass\n` },
    { name: 'told in a script', path: TS, code: "exchange.createOrder('ES', 'market', 'buy', 1).catch((error) => { console.error(error); });\ntry { await exchange.createOrder('ES', 'market', 'buy', 1); } catch (error) { failed.push(error); }\nfetchNews().catch(() => {});\nexchange.createOrder('ES', 'market', 'buy', 1).catch(report);\n" },
  ],
  invalid: [
    { name: 'pass', code: `${PY}try:\n    exchange.create_order("ES", "market", "buy", 1)\n«except» :\n    pass\n`.replace('«except» :', '«except»:'), findings: [{ messageId: 'submit', severity: 'error', gate: 'merge', message: /^Any error of the order/ }] },
    { name: 'by class', code: `${PY}try:\n    exchange.create_order("ES", "market", "buy", 1)\n«except ccxt.NetworkError» as error:\n    ...\n`, findings: [{ messageId: 'submit', message: /^NetworkError of the order/ }] },
    { name: 'a line that is off by default', code: `${PY}try:\n    exchange.close_position("ES")\n«except Exception» as error:\n    log.debug("close failed: %s", error)\n`, findings: [{ messageId: 'close', severity: 'error' }] },
    { name: 'in a loop', code: `${PY}def cancel(ids):\n    for one in ids:\n        try:\n            exchange.cancel_order(one)\n        «except Exception»:\n            continue\n`, findings: [{ messageId: 'cancel', severity: 'warning' }] },
    { name: 'a change', code: `${PY}def trail():\n    try:\n        exchange.edit_order(one, "ES", "stop", "sell", 1, 5000)\n    «except (ccxt.NetworkError, ValueError)»:\n        return\n`, findings: [{ messageId: 'modify', message: /old stop or price/ }] },
    { name: 'suppress', code: `${PY}with «suppress(Exception)»:\n    exchange.create_order("ES", "market", "buy", 1)\n`, findings: [{ messageId: 'submit' }] },
    { name: 'a method of its own', code: `${PY}class Bot:\n    def step(self):\n        try:\n            self.place_order("ES", 1)\n        «except Exception»:\n            pass\n\n    def place_order(self, symbol, size):\n        return self.client.send(symbol, size)\n`, findings: [{ messageId: 'submit' }] },
    { name: 'a strategy', code: 'from nautilus_trader.trading.strategy import Strategy\n\n\nclass S(Strategy):\n    def on_bar(self, bar):\n        try:\n            self.submit_order(self.make(bar))\n        «except Exception»:\n            pass\n', findings: [{ messageId: 'submit' }] },
    { name: 'scripts', path: TS, code: "import ccxt from 'ccxt';\nconst exchange = new ccxt.binance();\nexport async function step() {\n  await exchange.createOrder('ES', 'market', 'buy', 1).«catch(() => {})»;\n  exchange.cancelOrder(id).«catch(() => null)»;\n  exchange.createOrder('ES', 'market', 'buy', 1).then(done, noop);\n  try { await exchange.closePosition('ES'); } «catch» { }\n}\nfunction noop() {}\n".replace('.then(done, noop)', '.«then(done, noop)»'), findings: [{ messageId: 'submit' }, { messageId: 'cancel', severity: 'warning' }, { messageId: 'submit' }, { messageId: 'close' }] },
  ],
});
