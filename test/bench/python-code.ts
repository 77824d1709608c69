/** Python trading code by the yard. */
import { random } from './random.ts';

function indicatorMethod(name: string, next: () => number): string[] {
  const window = 10 + Math.floor(next() * 90);
  return [
    `    def ${name}(self, tick: QuoteTick) -> float:`,
    `        """Weighted mean of the last ${window} mid prices."""`,
    '        total = 0.0',
    '        weight = 0.0',
    `        for i, price in enumerate(self.mids[-${window}:]):`,
    `            factor = (i + 1) / ${window}`,
    '            total += price * factor',
    '            weight += factor',
    '        if weight == 0.0:',
    '            return 0.0',
    '        mean = total / weight',
    '        spread = float(tick.ask_price) - float(tick.bid_price)',
    `        if spread > mean * ${(next() / 100).toFixed(5)}:`,
    `            self.wide[${JSON.stringify(name)}] = self.wide.get(${JSON.stringify(name)}, 0) + 1`,
    '            return mean - spread',
    `        limits = {"low": mean * 0.${10 + Math.floor(next() * 80)}, "high": mean * 1.${10 + Math.floor(next() * 80)}}`,
    '        return min(max(mean, limits["low"]), limits["high"])',
    '',
  ];
}

/** A NautilusTrader strategy of about `lines` lines; every tenth indicator prints on the tick path. */
export function bigStrategy(lines: number, seed = 7): string {
  const next = random(seed);
  const head = [
    '"""A long strategy."""', '',
    'from datetime import datetime, time', '',
    'from nautilus_trader.model.data import QuoteTick',
    'from nautilus_trader.trading.strategy import Strategy', '', '',
    'class Long(Strategy):',
    '    def on_start(self) -> None:',
    '        self.mids: list[float] = []',
    '        self.wide: dict[str, int] = {}', '',
  ];
  const body: string[] = [];
  const names: string[] = [];
  while (head.length + body.length + names.length + 4 < lines) {
    const name = `_indicator_${names.length}`;
    names.push(name);
    const method = indicatorMethod(name, next);
    if (names.length % 10 === 0) { method.splice(2, 0, `        print("mean of ${name}")`); }
    body.push(...method);
  }
  const handler = [
    '    def on_quote_tick(self, tick: QuoteTick) -> None:',
    '        self.mids.append((float(tick.ask_price) + float(tick.bid_price)) / 2)',
    ...names.map((name) => `        self.${name}(tick)`),
    '',
  ];
  return [...head, ...handler, ...body].join('\n');
}

/** A module without findings, as most files of a repository are. */
export function plainModule(index: number, seed = 11): string {
  const next = random(seed + index);
  const out = [
    `"""Module ${index}."""`, '', 'from __future__ import annotations', '', 'import math',
    ...(index > 0 ? [`from pkg_${Math.floor((index - 1) / 50)}.mod_${index - 1} import Series${index - 1}`] : []), '', '',
    `class Series${index}:`,
    '    """Rolling values of one instrument."""', '',
    '    def __init__(self, size: int) -> None:',
    '        self.size = size',
    '        self.values: list[float] = []', '',
  ];
  const methods = 4 + Math.floor(next() * 12);
  for (let i = 0; i < methods; i++) {
    out.push(
      `    def step_${i}(self, value: float, scale: float = ${next().toFixed(4)}) -> float:`,
      '        self.values.append(value * scale)',
      '        if len(self.values) > self.size:',
      '            self.values.pop(0)',
      `        total = sum(v * ${1 + Math.floor(next() * 9)} for v in self.values)`,
      '        try:',
      '            return math.sqrt(abs(total)) / len(self.values)',
      '        except ZeroDivisionError:',
      '            return 0.0',
      '',
    );
  }
  return out.join('\n');
}

/** The strategy whose handler calls into `risk.py`. */
export const STRATEGY = `from nautilus_trader.model.data import QuoteTick
from nautilus_trader.trading.strategy import Strategy

from risk import RiskManager


class Breakout(Strategy):
    def on_start(self) -> None:
        self.risk = RiskManager()

    def on_quote_tick(self, tick: QuoteTick) -> None:
        self.risk.check(tick)
`;

/** The risk module, with or without a print on the tick path. */
export function riskModule(printing: boolean): string {
  return `class RiskManager:
    def __init__(self) -> None:
        self.seen = 0

    def check(self, tick) -> bool:
        self.seen += 1
${printing ? '        print("room", self.seen)\n' : ''}        return self.seen > 0
`;
}
