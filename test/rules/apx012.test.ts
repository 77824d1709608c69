/** APX012: guards that never act: off by default, behind a constant, swallowed, unanswered, unreachable, with the wrong sign. */
import { guardOff } from '../../src/guardians/compliance/rules/apx012-guard-off.ts';
import { APEX, fires, silent } from './apx-samples.ts';
import type { ExpectedFinding, InvalidCase, ValidCase } from './cases.ts';
import { ruleTester } from './rule-tester.ts';

const MQ = { path: 'ea.mq5' };
const TS = { path: 'bot.ts' };

/** A configuration class and a function that asks for its switch. */
const configured = (line: string, test: string): string => `class RiskConfig:\n    ${line}\n\n\ndef allowed(config, loss):\n    if ${test}:\n        return False\n    return True\n`;
/** A method with a try around what it does, and what follows. */
const tried = (body: string, handler: string, after = ''): string => `class Bot:\n    def on_breach(self):\n        try:\n            ${body}\n        ${handler}\n${after}`;
/** An expert that closes everything on a breach. */
const expert = (close: string, breach: string): string => `bool g_halted = false;\nvoid CloseAll()\n{\n   for(int i = PositionsTotal() - 1; i >= 0; i--)\n   {\n      ulong ticket = PositionGetTicket(i);\n      ${close}\n   }\n}\nvoid OnTick()\n{\n   if(g_halted) return;\n   if(AccountInfoDouble(ACCOUNT_EQUITY) < g_floor)\n   {\n      ${breach}\n   }\n}\n`;
/** A class with a check and a handler. */
const checker = (check: string, use: string): string => `class Bot:\n    def check_drawdown(self, equity):\n        ${check}\n\n    def on_bar(self, bar):\n        ${use}\n        self.enter(bar)\n`;

const BREAKER = 'class CircuitBreaker:\n    def check_circuit(self, pnl, equity):\n        if pnl < 0:\n            self.losses += 1\n        return self.losses < self.max_losses\n';
/** A breaker and what tells it. */
const fedBreaker = (call: string): string => `${BREAKER}\n\nclass Bot:\n    def on_bar(self, trade):\n        ${call}\n`;
/** An expert with a counter of its losses. */
const counter = (act: string): string => `input double InpMaxDailyLoss = 500;\ndouble g_dailyLoss = 0;\nvoid AddLoss(double &sum) { sum += 1; }\nvoid OnTick()\n{\n   if(IsNewDay()) g_dailyLoss = 0;\n   if(g_dailyLoss >= InpMaxDailyLoss) return;\n   ${act}\n}\n`;
const STILL_CLASS = 'class Guard:\n    def __init__(self):\n        self.daily_loss = 0.0\n\n    def allowed(self):\n        return self.daily_loss < self.max_daily_loss\n\n    def reset(self):\n        self.daily_loss = 0\n';
/** An expert with a limit among its inputs. */
const unread = (act: string): string => `input double InpMaxLossPerTrade = 100;\nvoid OnTick()\n{\n   ${act}\n}\n`;
/** A check for what is open, and an entry that asks it; the guard word is the risk. */
const blind = (answer: string): string => `class Bot:\n    risk = 1\n\n    def has_open_position(self):\n        try:\n            for pos in self.client.get_positions():\n                if pos.size:\n                    return True\n            return False\n        except Exception as e:\n            log.error(e)\n            ${answer}\n\n    def on_bar(self, bar):\n        if self.has_open_position():\n            return\n        self.buy(bar)\n`;
/** A flatten at the daily limit, sent as orders, and what is asked before it. */
const limitFlatten = (gate: string): string => `class Tracker:\n    def check_limit(self, pnl):\n        ${gate}\n        if pnl <= self.limit:\n            self._trigger()\n        return False\n\n    def _trigger(self):\n        self._triggered = True\n        if self.close_on_limit:\n            self._close_all_positions()\n\n    def _close_all_positions(self):\n        for position in self._strategy.cache.positions_open():\n            try:\n                self._strategy.submit_order(self.order_for(position))\n            except Exception as e:\n                log.error(e)\n`;

/** Several files that trade, and say nothing. */
const quiet = (name: string, files: Readonly<Record<string, string>>): ValidCase => ({ name, files, accounts: [APEX], trading: 'assume' });
/** Several files that trade, with one finding. */
const found = (name: string, files: Readonly<Record<string, string>>, finding: ExpectedFinding): InvalidCase => ({ name, files, accounts: [APEX], trading: 'assume', findings: [finding] });

ruleTester(guardOff, {
  valid: [
    // what guards are fed
    silent('a breaker that is told the result', fedBreaker('self.breaker.check_circuit(self.last_pnl, self.equity())')),
    silent('a breaker that is told one here and none there', fedBreaker('self.breaker.check_circuit(Decimal("0"), self.equity())\n        self.breaker.check_circuit(trade.pnl, self.equity())')),
    silent('a zero that is no result', fedBreaker('self.breaker.check_circuit(self.last_pnl, 0)')),
    quiet('a breaker that another file tells', { 'bot.py': fedBreaker('self.breaker.check_circuit(0, self.equity())'), 'fills.py': 'class Fills:\n    def on_fill(self, trade):\n        self.breaker.check_circuit(trade.pnl, self.equity())\n' }),
    silent('a counter that counts', counter('g_dailyLoss += loss;'), MQ),
    silent('a counter that is counted by reference', counter('AddLoss(g_dailyLoss);'), MQ),
    silent('a counter that a call sets', counter('g_dailyLoss = Today();'), MQ),
    silent('a counter of a class that others count', 'class Guard:\n    def __init__(self):\n        self.daily_loss = 0.0\n\n    def allowed(self):\n        return self.daily_loss < self.max_daily_loss\n\n    def on_fill(self, fill):\n        self.daily_loss += fill.loss\n'),
    quiet('a counter that another file counts', { 'guard.py': STILL_CLASS, 'bot.py': 'class Bot:\n    def on_fill(self, fill):\n        self.guard.daily_loss += fill.loss\n' }),
    silent('an input that is read', unread('if(AccountInfoDouble(ACCOUNT_EQUITY) < g_start - InpMaxLossPerTrade) CloseAll();'), MQ),
    silent('an input of a program in several files', `#include "Risk.mqh"\n${unread('Trade();')}`, MQ),
    silent('an input that is no limit', unread('Trade();').replaceAll('InpMaxLossPerTrade', 'InpLossColor'), MQ),
    silent('an input of a library', unread('Trade();'), { path: 'Risk.mqh' }),
    // checks that fail
    silent('a check that raises', blind('raise')),
    silent('a check that fails closed', blind('return True')),
    silent('a check of what is missing', blind('return False').replace('except Exception as e', 'except KeyError as e')),
    silent('a check that no entry asks', blind('return False').replace('        if self.has_open_position():\n            return\n', '')),
    silent('a check of a price', blind('return False').replaceAll('has_open_position', 'has_open_price')),
    // closes that callers take for done
    silent('a flatten that is called again', limitFlatten('if self._triggered:\n            self._close_all_positions()\n            return True')),
    silent('a flatten whose failure is raised', limitFlatten('if self._triggered:\n            return True').replace('log.error(e)', 'raise')),
    silent('a flatten that promises another try', limitFlatten('if self._triggered:\n            return True').replace('log.error(e)', 'log.error(f"{e}, retry next scan")')),
    silent('a flatten that another handler calls as well', `${limitFlatten('if self._triggered:\n            return True')}\n    def on_timer(self):\n        self._close_all_positions()\n`),
    silent('a flag that nobody asks for', limitFlatten('pass')),
    // switches
    silent('a guard that is on', configured('enable_risk: bool = True', 'config.enable_risk and loss > 5')),
    silent('a switch nobody asks for', 'class RiskConfig:\n    enable_risk: bool = False\n'),
    silent('a news filter', configured('use_news_filter: bool = False', 'config.use_news_filter and loss > 5')),
    silent('notices', configured('enable_drawdown_alerts: bool = False', 'config.enable_drawdown_alerts and loss > 5')),
    silent('a trailing stop', configured('use_trailing_stop: bool = False', 'config.use_trailing_stop and loss > 5')),
    silent('the stop of one trade', configured('use_stop_loss: bool = False', 'config.use_stop_loss and loss > 5')),
    silent('how orders are sized', configured('use_risk_percent: bool = False', 'config.use_risk_percent and loss > 5')),
    silent('a state', 'class Guard:\n    def __init__(self):\n        self.drawdown_active = False\n\n    def on_bar(self, bar):\n        if self.drawdown_active:\n            return\n        self.drawdown_active = True\n'),
    silent('a back-test', configured('enable_risk: bool = False', 'config.enable_risk and loss > 5').replace('RiskConfig', 'BacktestConfig')),
    silent('a file of back-tests', configured('enable_risk: bool = False', 'config.enable_risk and loss > 5'), { path: 'backtest/config.py' }),
    silent('turned on beside it', `${configured('enable_risk: bool = False', 'config.enable_risk and loss > 5')}\n\nCONFIG = RiskConfig(enable_risk=True)\n`),
    quiet('turned on in the settings', { 'bot.py': configured('enable_risk: bool = False', 'config.enable_risk and loss > 5'), 'settings.yaml': 'enable_risk: true\n' }),
    silent('a guard that is not skipped', 'SKIP_RISK_CHECKS = False\n\n\ndef ok(loss):\n    return SKIP_RISK_CHECKS or loss < 5\n'),
    silent('settings that no program asks for', 'risk:\n  enabled: false\n', { path: 'settings.yaml' }),
    silent('a limit', 'input double MaxDailyLoss = 500; // 0 = off\nvoid OnTick() { if(MaxDailyLoss > 0 && Loss() > MaxDailyLoss) CloseAll(); }\n', MQ),
    silent('a zero that is a limit of nothing', 'input double MaxDailyLoss = 0;\nvoid OnTick() { if(Loss() > MaxDailyLoss) CloseAll(); }\n', MQ),
    silent('a record of zeros', 'class RiskState:\n    max_drawdown: float = 0.0\n    peak: float = 0.0\n\n\ndef dd(state):\n    return state.max_drawdown > 0\n'),
    silent('test code', configured('enable_risk: bool = False', 'config.enable_risk and loss > 5'), { role: 'test' }),
    // constants
    silent('a constant around something else', 'def on_bar(self, bar):\n    if False:\n        self.draw(bar)\n'),
    silent('a check with all its answers', 'def risk_ok(dd, limit):\n    if dd > limit:\n        return False\n    return True\n'),
    silent('an entry that is switched off', 'def on_bar(self, bar):\n    if False and self.signal:\n        self.buy(bar)\n'),
    // closes
    silent('a handler that raises', tried('self.close_all_positions()', 'except Exception as e:\n            self.log.error(e)\n            raise', '        self.halted = True\n')),
    silent('a handler that closes otherwise', tried('self.close_all_positions()', 'except Exception as e:\n            self.log.error(e)\n            self.broker.liquidate()', '        self.halted = True\n')),
    silent('a handler that tells its caller', tried('self.close_all_positions()', 'except Exception as e:\n            self.log.error(e)\n            return False', '        self.halted = True\n')),
    silent('a handler that asks for another try', tried('self.close_all_positions()', 'except Exception as e:\n            self.log.error(e)\n            self.retry = True', '        self.halted = True\n')),
    silent('the state set where the close went well', 'class Bot:\n    def on_breach(self):\n        try:\n            self.close_all_positions()\n            self.halted = True\n        except Exception as e:\n            self.log.error(e)\n'),
    silent('tried again', 'class Bot:\n    def on_breach(self):\n        for attempt in range(3):\n            try:\n                self.close_all_positions()\n                break\n            except Exception as e:\n                self.log.error(e)\n        self.halted = True\n'),
    silent('the position is looked at', tried('self.close_all_positions()', 'except Exception as e:\n            self.log.error(e)', '        if self.open_positions():\n            return\n        self.halted = True\n')),
    silent('the end of a program', tried('self.close_all_positions()', 'except Exception as e:\n            self.log.error(e)', '        self.running = False\n').replace('on_breach', 'on_stop')),
    silent('nothing to close', tried('self.close_position(p)', 'except PositionNotFound:\n            pass')),
    silent('a notice with a try of its own', tried('try:\n                self.telegram.send("breach")\n            except Exception:\n                pass\n            self.close_all_positions()', 'except Exception as e:\n            self.log.error(e)\n            raise')),
    silent('a notice behind the close', tried('self.close_all_positions()\n            self.telegram.send("breach")', 'except Exception as e:\n            self.log.error(e)')),
    silent('a flatten that answers its failure', 'async function closeAllPositions() {\n  try { await api.closeAll(); } catch (e) { console.error(e); return { success: false }; }\n  return { success: true };\n}\n', TS),
    silent('a close that did not go well is tried again', 'class Bot:\n    def on_breach(self):\n        ok = self.broker.close_position(self.symbol)\n        if not ok:\n            self.pending = True\n        self.trading_halted = True\n'),
    silent('a halt that flattens', 'class Bot:\n    def watch(self, allowed):\n        if not allowed and not self.trading_halted:\n            self.force_close_all()\n            self.trading_halted = True\n'),
    silent('an answer that is read', expert('if(!trade.PositionClose(ticket)) g_failed++;', 'CloseAll(); g_halted = true;'), MQ),
    silent('a flatten that goes on', expert('trade.PositionClose(ticket);', 'CloseAll();'), MQ),
    silent('a flatten that looks again', expert('trade.PositionClose(ticket);', 'CloseAll(); if(PositionsTotal() == 0) g_halted = true;'), MQ),
    silent('a flatten that is called while halted', expert('trade.PositionClose(ticket);', 'CloseAll(); g_halted = true;').replace('if(g_halted) return;', 'if(g_halted) { CloseAll(); return; }'), MQ),
    // checks
    silent('an answer that decides', checker('return equity < self.floor', 'if self.check_drawdown(bar.equity):\n            return')),
    silent('a check that acts', checker('if equity < self.floor:\n            self.halted = True\n        return self.halted', 'self.check_drawdown(bar.equity)')),
    silent('a check that raises', checker('if equity < self.floor:\n            raise Halted()\n        return True', 'self.check_drawdown(bar.equity)')),
    silent('a check that calls something', checker('self.update(equity)\n        return equity < self.floor', 'self.check_drawdown(bar.equity)')),
    quiet('a check of another file that acts', { 'risk.py': 'class Risk:\n    def check_drawdown(self, equity):\n        if equity < self.floor:\n            self.flatten()\n        return equity < self.floor\n', 'bot.py': 'class Bot:\n    def on_bar(self, bar):\n        self.risk.check_drawdown(bar.equity)\n' }),
    // attributes
    silent('an attribute that is assigned', 'class Bot:\n    def __init__(self, risk):\n        self.risk = risk\n\n    def on_bar(self, bar):\n        if hasattr(self, "risk"):\n            self.risk.check(bar)\n'),
    silent('a base nobody knows', 'from desk import Base\n\n\nclass Bot(Base):\n    def on_bar(self, bar):\n        if hasattr(self, "risk_guard"):\n            self.risk_guard.check(bar)\n'),
    silent('assigned from outside', 'class Bot:\n    def on_bar(self, bar):\n        if hasattr(self, "risk_guard"):\n            self.risk_guard.check(bar)\n\n\nbot = Bot()\nbot.risk_guard = make()\n'),
    quiet('assigned in another file', { 'bot.py': 'class Bot:\n    def on_bar(self, bar):\n        if hasattr(self, "risk_guard"):\n            self.risk_guard.check(bar)\n', 'run.py': 'def run(bot, guard):\n    bot.risk_guard = guard\n' }),
    silent('an attribute of another thing', 'class Bot:\n    def on_bar(self, bar):\n        if hasattr(self, "chart"):\n            self.chart.draw(bar)\n'),
    // breaches
    silent('a breach that keeps the order back', 'class Bot:\n    def on_bar(self, bar):\n        try:\n            if self.dd > self.max_dd:\n                raise DrawdownBreach()\n            self.submit_order(self.order)\n        except DrawdownBreach as e:\n            self.log.error(e)\n'),
    silent('a breach that flattens', 'class Bot:\n    def on_bar(self, bar):\n        try:\n            if self.dd > self.max_dd:\n                raise DrawdownBreach()\n        except DrawdownBreach as e:\n            self.log.error(e)\n            self.flatten()\n'),
    silent('another error', 'class Bot:\n    def on_bar(self, bar):\n        try:\n            if bar.close <= 0:\n                raise ValueError("price")\n        except ValueError as e:\n            self.log.error(e)\n'),
    // gates
    silent('a flatten before the gate', 'class Bot:\n    def on_bar(self, bar):\n        if self.now() >= self.flatten_time:\n            self.close_all_positions()\n        if not self.trading_enabled:\n            return\n        self.enter(bar)\n\n    def pause(self):\n        self.trading_enabled = False\n'),
    silent('turned off together with a close', 'class Bot:\n    def on_bar(self, bar):\n        if not self.trading_enabled:\n            return\n        if self.now() >= self.flatten_time:\n            self.close_all_positions()\n\n    def breach(self):\n        self.close_all_positions()\n        self.trading_enabled = False\n'),
    // signs
    silent('the size of a loss', 'def breached(daily_pnl, max_daily_loss):\n    return daily_pnl < 0 and abs(daily_pnl) >= max_daily_loss\n'),
    silent('a loss is positive anyway', 'def breached(daily_loss, max_daily_loss):\n    return abs(daily_loss) >= max_daily_loss\n'),
    silent('returned before', 'def breached(daily_pnl, max_daily_loss):\n    if daily_pnl >= 0:\n        return False\n    return abs(daily_pnl) >= max_daily_loss\n'),
    silent('right signs', 'MAX_DRAWDOWN = 2000\n\n\ndef breached(equity, peak_equity):\n    return peak_equity - equity >= MAX_DRAWDOWN\n'),
    silent('negative numbers', 'MAX_DAILY_LOSS = -500\n\n\ndef ok(daily_pnl):\n    return daily_pnl > MAX_DAILY_LOSS\n'),
    silent('only shown', 'def status_text(daily_pnl, max_daily_loss):\n    return "red" if abs(daily_pnl) >= max_daily_loss else "green"\n'),
  ],
  invalid: [
    // what guards are fed
    fires('a breaker that is told nothing', fedBreaker('self.breaker.check_circuit(«Decimal("0")», self.equity())'), {
      messageId: 'fed', message: 'check_circuit is told a result of 0 every time: losses never count, and the guard never acts. Hand in what the trade made.', evidence: { kind: 'fed' },
    }),
    fires('a breaker that is told nothing, by name', fedBreaker('self.breaker.check_circuit(pnl=«0», equity=self.equity())'), { messageId: 'fed' }),
    found('a breaker of another file that is told nothing', { 'bot.py': 'class Bot:\n    def on_bar(self, bar):\n        if not self.circuit_breaker.check_circuit(«0.0», self.equity()):\n            self.stop()\n', 'breaker.py': BREAKER }, { messageId: 'fed' }),
    fires('a counter that stands still', counter('Print("tick");').replace('g_dailyLoss >= InpMaxDailyLoss', '«g_dailyLoss» >= InpMaxDailyLoss'), {
      messageId: 'still', message: 'g_dailyLoss is only ever set to 0, so it never reaches InpMaxDailyLoss: this limit never acts. Count the losses in it.', evidence: { kind: 'still' },
    }, MQ),
    fires('a counter of a class that stands still', STILL_CLASS.replace('return self.daily_loss', 'return «self.daily_loss»'), { messageId: 'still' }),
    fires('a limit that nothing reads', unread('Trade(); // InpMaxLossPerTrade').replace('InpMaxLossPerTrade =', '«InpMaxLossPerTrade» ='), {
      messageId: 'unread', message: 'Nothing reads InpMaxLossPerTrade: this limit does not exist, whatever is set here. Compare with it, or take it out.', evidence: { kind: 'unread' },
    }, MQ),
    // checks that fail
    fires('a check that fails open', blind('«return False»'), {
      messageId: 'blind', message: 'has_open_position answers “no position” when it fails, and an entry relies on that: a second one goes out on top of what is open. Raise, or answer that it is unknown.', evidence: { kind: 'blind' },
    }),
    fires('a check that fails open, asked the other way', blind('«return False»').replace('if self.has_open_position():\n            return\n        self.buy(bar)', 'held = self.has_open_position()\n        if not held:\n            self.buy(bar)'), { messageId: 'blind' }),
    // closes that callers take for done
    fires('a flatten whose caller takes it for done', limitFlatten('if self._triggered:\n            return True').replace('except Exception', '«except Exception»'), { messageId: 'latched' }),
    fires('a close that answers and is not heard', 'class Bot:\n    def close_position(self, symbol):\n        try:\n            return self.api.close_position(symbol)\n        «except Exception» as e:\n            log.error(e)\n            return None\n\n    def on_bar(self, bar):\n        if self.position is None:\n            return\n        if self.loss > self.max_loss:\n            self.close_position(bar.symbol)\n            self.position = None\n', { messageId: 'latched' }),
    // switches
    fires('a switch', configured('enable_risk: bool = «False»', 'config.enable_risk and loss > 5'), {
      messageId: 'off', severity: 'warning', layer: 'house', gate: 'merge', evidence: { kind: 'off', name: 'enable_risk' },
      message: 'enable_risk is off unless somebody turns it on: until then this guard never acts. Turn it on here.',
    }),
    fires('a daily loss', configured('use_daily_loss_limit: bool = «False»', 'config.use_daily_loss_limit and loss > 5'), { messageId: 'off' }),
    fires('a kill switch', configured('kill_switch_enabled = «False»', 'config.kill_switch_enabled and loss > 5'), { messageId: 'off' }),
    fires('what is done on a breach', configured('close_on_drawdown: bool = «False»', 'config.close_on_drawdown and loss > 5'), { messageId: 'off' }),
    fires('the flatten of the day', configured('flatten_at_eod: bool = «False»', 'config.flatten_at_eod and loss > 5'), { messageId: 'off' }),
    fires('a parameter', 'class Guard:\n    def __init__(self, enable_drawdown_guard=«False»):\n        self.on = enable_drawdown_guard\n\n    def allows(self, dd):\n        return not (self.on and dd > 5) if self.enable_drawdown_guard else True\n', { messageId: 'off' }),
    found('asked for in another file', { 'config.py': 'class RiskConfig:\n    use_equity_guard: bool = «False»\n', 'bot.py': 'def on_bar(config, bar):\n    if config.use_equity_guard and bar.equity < 5:\n        flatten()\n' }, { messageId: 'off' }),
    fires('a check that is skipped', 'DEBUG_SKIP_RISK = «True»\n\n\ndef ok(loss):\n    return DEBUG_SKIP_RISK or loss < 5\n', {
      messageId: 'skip', message: 'DEBUG_SKIP_RISK takes the guard out unless somebody turns it off: until then it never acts. Turn it off here.',
    }),
    found('settings', { 'settings.yaml': 'risk:\n  enabled: «false»\n  max_loss: 5\n', 'bot.py': 'def on_bar(cfg, bar):\n    if cfg["risk"]["enabled"] and bar.loss > 5:\n        flatten()\n' }, { messageId: 'off', message: /^risk\.enabled is off/ }),
    found('settings in JSON', { 'settings.json': '{ "killSwitch": { "enabled": «false» } }\n', 'bot.ts': 'export function onBar(cfg: any, loss: number) {\n  if (cfg.killSwitch.enabled && loss > 5) { flatten(); }\n}\n' }, { messageId: 'off' }),
    found('a preset', { 'live.set': 'InpUseDailyLossLimit=«false»\n', 'ea.mq5': 'input bool InpUseDailyLossLimit = true;\nvoid OnTick() { if(InpUseDailyLossLimit && Loss() > 500) CloseAll(); }\n' }, { messageId: 'off' }),
    fires('an input', 'input bool UseDrawdownGuard = «false»;\nvoid OnTick() { if(UseDrawdownGuard && Dd() > 5) CloseAll(); }\n', { messageId: 'off' }, MQ),
    fires('a script', 'export const config = { enableKillSwitch: «false», size: 1 };\nexport function onTick(loss: number) {\n  if (config.enableKillSwitch && loss > 5) { flatten(); }\n}\n', { messageId: 'off' }, TS),
    fires('no limit', 'input double MaxDailyLoss = «0»;\nvoid OnTick() { if(MaxDailyLoss > 0 && Loss() > MaxDailyLoss) CloseAll(); }\n', { messageId: 'zero', severity: 'warning', message: '0 in MaxDailyLoss means no limit: no loss stops the account. Write the limit that holds.' }, MQ),
    fires('no limit, by its comment', 'input double EquityDrawdownLimit = «0»; // Equity Drawdown Limit (%) (0: Disable)\nvoid OnTick() { ea.limit = EquityDrawdownLimit; }\n', { messageId: 'zero' }, MQ),
    fires('no limit in a class', 'class Limits:\n    max_daily_loss: float = «0.0»\n    size: int = 1\n\n\ndef ok(limits, loss):\n    if limits.max_daily_loss <= 0:\n        return True\n    return loss < limits.max_daily_loss\n', { messageId: 'zero' }),
    // constants
    fires('a branch that never runs', 'class Bot:\n    def on_bar(self, bar):\n        if «False» and self.drawdown > self.max_drawdown:\n            self.flatten()\n', { messageId: 'never', message: 'A constant keeps this from ever running, and the guard behind it never acts. Take the constant out.', related: ['strategy.py:4 never runs'] }),
    fires('a whole branch', 'class Bot:\n    def on_bar(self, bar):\n        if «0»:\n            self.close_all_positions()\n', { messageId: 'never' }),
    fires('a script that never runs', 'export function onTick(breached: boolean) {\n  if («false» && breached) { closeAll(); }\n}\n', { messageId: 'never' }, TS),
    fires('an expert that never runs', 'void OnTick() { if(«false» && Equity() < g_ddLimit) CloseAllPositions(); }\n', { messageId: 'never' }, MQ),
    fires('a constant that lets through', 'class Bot:\n    def on_bar(self, bar):\n        if «True» or self.risk_ok():\n            self.buy(bar)\n', { messageId: 'always' }),
    fires('an answer that is first', 'def risk_ok(dd, limit):\n    «return True»\n    if dd > limit:\n        return False\n    return True\n', { messageId: 'answered' }),
    // closes
    fires('told and latched', tried('self.close_all_positions()', '«except Exception» as e:\n            self.log.error(e)', '        self.halted = True\n'), {
      messageId: 'latched', message: 'A close_all_positions that fails is passed over here, and halted is set all the same: nobody closes again. Set it once the position is seen to be flat.',
      related: ['strategy.py:4 the close', 'strategy.py:7 set whatever became of it'], evidence: { kind: 'latched' },
    }),
    fires('unheard', tried('self.flatten_all()', '«except Exception»:\n            pass'), { messageId: 'silent' }),
    fires('the position is forgotten', tried('self.broker.close_position(self.position)', '«except Exception» as e:\n            print(e)', '        self.position = None\n'), { messageId: 'latched' }),
    fires('a notice first', tried('«self.telegram.send_message("breach")»\n            self.close_all_positions()', 'except Exception as e:\n            self.log.error(e)'), { messageId: 'before', message: 'send_message stands before close_all_positions in one try: if it fails, nothing is closed. Close first, or give it a try of its own.' }),
    fires('a line for a log that takes none such', 'from nautilus_trader.trading.strategy import Strategy\n\n\nclass Bot(Strategy):\n    def on_breach(self):\n        try:\n            «self.log.error("flat at %s", self.price)»\n            self.close_all_positions(self.id)\n        except Exception:\n            self.log.error("failed")\n', { messageId: 'before' }),
    fires('an alert that rings once', 'from nautilus_trader.trading.strategy import Strategy\n\n\nclass Bot(Strategy):\n    def on_start(self):\n        self.clock.set_time_alert("flat", self.at, self._flat)\n\n    def _flat(self, event):\n        try:\n            self.close_all_positions(self.id)\n        «except Exception» as e:\n            self.log.error(f"{e}")\n', { messageId: 'once' }),
    fires('an empty catch', 'export async function onBreach() {\n  try { await closeAll(); } «catch» {}\n}\n', { messageId: 'silent' }, TS),
    fires('a catch that tells', 'export class Bot {\n  halted = false;\n  async onBreach() {\n    try { await this.broker.closeAllPositions(); } «catch» (e) { console.error(e); }\n    this.halted = true;\n  }\n}\n', { messageId: 'latched' }, TS),
    fires('a promise', 'export function onBreach() {\n  flattenAll().«catch(() => {})»;\n}\n', { messageId: 'silent' }, TS),
    fires('a close that did not go well is told', 'class Bot:\n    def on_breach(self):\n        for symbol in self.symbols:\n            ok = self.broker.close_position(symbol)\n            if «ok»:\n                self.log.info("closed")\n            else:\n                self.log.error("not closed")\n        self.trading_halted = True\n', { messageId: 'latched' }),
    fires('an order of a flatten that did not go well is told', 'class Bot:\n    async def force_close_all(self):\n        for pos in self.positions:\n            result = await self.client.place_market_order("Sell", pos)\n            if «result»:\n                self.log.info("closed")\n            else:\n                self.log.error("not closed")\n        self.trading_halted = True\n', { messageId: 'latched' }),
    fires('a failure that is called a success', 'export async function closeAllPositions(api: any) {\n  try {\n    const open = await api.getPositions();\n    for (const p of open) { await api.closePosition(p); }\n  } «catch» (e) {\n    console.warn(e);\n    return { success: true, closed: 0 };\n  }\n  return { success: true };\n}\n', { messageId: 'success', message: 'A closePosition that fails is answered as if it had gone well: whoever flattens takes the account for flat. Answer that it failed, or raise.' }, TS),
    fires('nothing could be read, and all went well', 'async function closeAllPositions() {\n  let positions = [];\n  try {\n    positions = await getPositions();\n  } «catch» (e) {\n    return { success: true };\n  }\n  for (const p of positions) { await sell(p); }\n}\n', { messageId: 'success' }, TS),
    fires('an answer thrown away, once', expert('«trade.PositionClose(ticket)»;', 'if(!g_limitHit) { g_limitHit = true; CloseAll(); }'), { messageId: 'unchecked' }, MQ),
    fires('an answer thrown away', expert('«trade.PositionClose(ticket)»;', 'CloseAll(); g_halted = true;'), { messageId: 'unchecked', message: 'The answer of PositionClose is thrown away and g_halted is set: a close that was refused is never tried again. Set it once nothing is open.' }, MQ),
    // checks
    fires('an answer nobody hears', checker('return equity < self.floor', '«self.check_drawdown(bar.equity)»'), { messageId: 'unused', related: ['strategy.py:2 only answers'], message: 'The answer of check_drawdown is thrown away, and answering is all it does: this limit never acts. Return, flatten or raise on it.' }),
    fires('an answer with a line for the log', checker('if equity < self.floor:\n            self.log.warning("breach")\n            return True\n        return False', '«self.check_drawdown(bar.equity)»'), { messageId: 'unused' }),
    fires('an expert that asks', 'bool CheckDailyLoss() { return AccountInfoDouble(ACCOUNT_EQUITY) < g_floor; }\nvoid OnTick() { «CheckDailyLoss()»; Enter(); }\n', { messageId: 'unused' }, MQ),
    fires('a script that asks', 'class Bot {\n  checkDrawdown(equity: number): boolean { return equity < this.floor; }\n  onTick(t: any) { «this.checkDrawdown(t.equity)»; this.enter(t); }\n}\n', { messageId: 'unused' }, TS),
    found('a check of another file', { 'risk.py': 'class Risk:\n    def check_drawdown(self, equity):\n        return equity < self.floor\n', 'bot.py': 'class Bot:\n    def on_bar(self, bar):\n        «self.risk.check_drawdown(bar.equity)»\n' }, { messageId: 'unused' }),
    // attributes
    fires('an attribute nobody assigns', 'class Bot:\n    def on_bar(self, bar):\n        if «hasattr(self, "risk_guard")»:\n            self.risk_guard.check(bar)\n', { messageId: 'absent', message: 'Nobody assigns risk_guard, so this is false for ever and the guard behind it never acts. Assign it, or ask for it directly.' }),
    fires('an attribute that is None', 'class Bot:\n    def on_bar(self, bar):\n        guard = «getattr(self, "guard", None)»\n        if guard is not None:\n            guard.check(bar)\n', { messageId: 'absent' }),
    // breaches
    fires('a breach that is told', 'class Bot:\n    def on_bar(self, bar):\n        try:\n            if self.dd > self.max_dd:\n                raise DrawdownBreach()\n        «except DrawdownBreach» as e:\n            self.log.error(e)\n        self.enter(bar)\n', { messageId: 'breach', message: 'DrawdownBreach ends here: the breach is passed over, and what is open stays open. Flatten before going on.' }),
    fires('a breach of a check', 'class Bot:\n    def check(self):\n        if self.loss > self.limit:\n            raise DailyLossExceeded(self.loss)\n\n    def on_bar(self, bar):\n        try:\n            self.check()\n        «except Exception»:\n            pass\n        self.enter(bar)\n', { messageId: 'breach' }),
    fires('a script that tells', 'export class Bot {\n  onTick(t: any) {\n    try {\n      if (t.dd > this.max) { throw new DrawdownBreach(); }\n    } «catch» (e) { console.error(e); }\n    this.enter(t);\n  }\n}\n', { messageId: 'breach' }, TS),
    // gates
    fires('a flatten behind the gate', 'class Bot:\n    def on_bar(self, bar):\n        if «not self.trading_enabled»:\n            return\n        if self.now() >= self.flatten_time:\n            self.close_all_positions()\n\n    def pause(self):\n        self.trading_enabled = False\n', { messageId: 'gated', message: 'While trading_enabled says no trading, the close below is not reached: what is open then stays open. Close before asking.' }),
    fires('a halt beside the deadline', 'class Bot:\n    def watch(self, allowed):\n        if not allowed and «not self.trading_halted»:\n            self.force_close_all()\n\n    def lost(self):\n        self.trading_halted = True\n', { messageId: 'gated' }),
    fires('an expert behind the gate', 'bool g_halted = false;\nvoid OnTick()\n{\n   if(«g_halted») return;\n   if(Hour() >= FlatHour) CloseAllPositions();\n}\nvoid OnTrade() { if(losses > 3) g_halted = true; }\n', { messageId: 'gated' }, MQ),
    // signs
    fires('the size of a profit', 'def breached(daily_pnl, max_daily_loss):\n    return «abs(daily_pnl) >= max_daily_loss»\n', { messageId: 'absolute', message: 'abs(daily_pnl) counts profit as loss: max_daily_loss acts on a good day, too. Compare the loss alone.' }),
    fires('the size of a profit, by a name', 'class Bot:\n    def check(self):\n        used = abs(self.daily_pnl) / self.balance\n        if «used > self.max_daily_loss»:\n            self.halt()\n', { messageId: 'absolute' }),
    fires('the size of a profit, of an expert', 'void OnTick() { if(«MathAbs(dailyProfit) >= MaxDailyLoss») CloseAll(); }\n', { messageId: 'absolute' }, MQ),
    fires('the size of a profit, of a script', 'export function check(dailyPnl: number, maxDailyLoss: number) {\n  if («Math.abs(dailyPnl) > maxDailyLoss») { halt(); }\n}\n', { messageId: 'absolute' }, TS),
    fires('never', 'MAX_DRAWDOWN = 2000\n\n\ndef breached(equity, peak_equity):\n    return «equity - peak_equity >= MAX_DRAWDOWN»\n', { messageId: 'neverTrue' }),
    fires('on a profit', 'MAX_DAILY_LOSS = 500\n\n\ndef breached(daily_pnl):\n    return «daily_pnl >= MAX_DAILY_LOSS»\n', { messageId: 'profit' }),
    fires('on a profit, by a difference', 'def breached(start_balance, equity, max_daily_loss):\n    loss = start_balance - equity\n    return «loss <= -max_daily_loss»\n', { messageId: 'profit' }),
  ],
});
