import { assertGuard } from '../../src/guardians/security/rules/sec210-assert-guard.ts';
import { ruleTester } from './rule-tester.ts';

const CLASS = 'from nautilus_trader.trading.strategy import Strategy\n\n\nclass S(Strategy):\n';

ruleTester(assertGuard, {
  valid: [
    { name: 'a check that stays', code: `${CLASS}    def enter(self, quantity):\n        if quantity > self.max_quantity:\n            raise ValueError(quantity)\n        self.submit_order(self.make(quantity))\n` },
    { name: 'types, shapes and presence', code: `${CLASS}    def enter(self, order, bars):\n        assert order is not None\n        assert isinstance(order.quantity, int)\n        assert len(bars.price) > 0\n        assert hasattr(order, "price")\n        self.submit_order(order)\n` },
    { name: 'an amount, and no order', code: 'def resize(quantity):\n    assert quantity > 0\n    return quantity * 2\n' },
    { name: 'an order before it', code: `${CLASS}    def enter(self, quantity):\n        self.submit_order(self.make(quantity))\n        assert quantity > 0\n` },
    { name: 'a limit where nothing trades', files: { 'tables.py': 'def check(drawdown):\n    assert drawdown < 0.1\n' } },
    { name: 'tests', code: 'def check(drawdown):\n    assert drawdown < 0.1\n', role: 'test' },
    { name: 'suppressed', code: 'def check(drawdown):\n    assert drawdown < 0.1  # tickguard: ignore[SEC210] never run with -O\n' },
    { name: 'a line of the console', path: 'src/bot.ts', code: "function show(price: number) { console.assert(price > 0, 'price'); }\nfunction enter(quantity: number) { if (quantity > max) throw new Error('size'); exchange.createOrder('ES', 'market', 'buy', quantity); }\n" },
    { name: 'an assert that throws', path: 'src/bot.ts', code: "import assert from 'assert';\nfunction enter(quantity: number) { assert(quantity <= max); exchange.createOrder('ES', 'market', 'buy', quantity); }\n" },
  ],
  invalid: [
    { name: 'before an order', code: `${CLASS}    def enter(self, quantity):\n        «assert quantity <= self.max_quantity», "too big"\n        self.submit_order(self.make(quantity))\n`, findings: [{ messageId: 'order', severity: 'error', gate: 'merge', message: /python -O/ }] },
    { name: 'ccxt', code: 'import ccxt\n\nexchange = ccxt.binance()\n\n\ndef buy(amount, price):\n    «assert 0 < amount * price < 500»\n    exchange.create_order("BTC/USDT", "limit", "buy", amount, price)\n', findings: [{ messageId: 'order' }] },
    { name: 'a switch', code: `${CLASS}    def enter(self):\n        «assert not self.halted»\n        «assert self.client.is_paper()»\n        self.submit_order(self.order)\n`, findings: [{ messageId: 'order' }, { messageId: 'order' }] },
    { name: 'several at once', code: `${CLASS}    def enter(self, size, stop):\n        «assert stop is not None and size < 10»\n        self.submit_order(self.make(size))\n`, findings: [{ messageId: 'order' }] },
    { name: 'a limit of risk', code: 'class Risk:\n    def check(self):\n        «assert self.drawdown < self.max_drawdown»\n', findings: [{ messageId: 'limit', severity: 'warning' }] },
    { name: 'a limit of risk, in a file that trades', files: { 's.py': `${CLASS}    def on_bar(self, bar):\n        check(self.loss)\n`.replace('import Strategy\n', 'import Strategy\nfrom risk import check\n'), 'risk.py': 'MAX_LOSS = 500\n\n\ndef check(loss):\n    «assert loss < MAX_LOSS»\n' }, findings: [{ messageId: 'limit', file: 'risk.py' }] },
    { name: 'the console', path: 'src/bot.ts', code: "function enter(quantity: number) {\n  «console.assert(quantity <= maxQuantity, 'size')»;\n  exchange.createOrder('ES', 'market', 'buy', quantity);\n}\n", findings: [{ messageId: 'console', severity: 'error' }] },
  ],
});
