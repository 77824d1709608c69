/** A strategy as long as a test needs it: classes with handlers, nested blocks, docstrings, decorators, comments. */
export function strategyText(lines: number): string {
  const out: string[] = [
    '"""Opening range breakout on micro futures."""',
    'from __future__ import annotations', '',
    'import math', 'from decimal import Decimal', 'from typing import TYPE_CHECKING', '',
    'from nautilus_trader.config import StrategyConfig', 'from nautilus_trader.trading.strategy import Strategy', '',
    'if TYPE_CHECKING:', '    from nautilus_trader.model.data import QuoteTick', '',
    'ROOM = Decimal("2_000")', '',
  ];
  for (let part = 0; out.length < lines; part++) {
    out.push(
      '', `class Part${part}Config(StrategyConfig, frozen=True):`,
      `    """Settings of part ${part}."""`,
      `    instrument_id: str = "MES${part}.CME"`,
      `    max_drawdown: float = 0.${part + 4}  # of the high-water mark`,
      '', '', `class Part${part}(Strategy):`,
      '    """Trades the breakout.', '', '    Flat before the close.', '    """', '',
      `    def __init__(self, config: Part${part}Config, risk=None) -> None:`,
      '        super().__init__(config)',
      `        self.peak_${part} = Decimal(0)`,
      '        self.levels = [level * 2 for level in range(10) if level % 3]', '',
      '    @property',
      `    def room_${part}(self) -> Decimal:`,
      '        # what is left until the floor',
      `        return ROOM - self.peak_${part}`, '',
      '    def on_quote_tick(self, tick: QuoteTick) -> None:',
      `        mid_${part} = (tick.bid_price + tick.ask_price) / 2`,
      `        if mid_${part} > self.peak_${part}:`,
      `            self.peak_${part} = max(self.peak_${part}, mid_${part})`,
      `            self.log.info(f"peak {mid_${part}:.2f} at {tick.ts_event}")`,
      `        elif self.clock.utc_now().hour >= 16 and not self.done_${part}:`,
      `            self.flatten(reason="late", size=-${part})`,
      '        else:',
      '            for order in self.cache.orders_open():',
      '                try:',
      '                    self.cancel_order(order)',
      '                except (KeyError, ValueError) as error:',
      '                    self.log.error(str(error))', '',
      '    def flatten(self, reason: str, size: int = 0) -> None:',
      '        with self.guard(reason) as guard:',
      '            self.close_all_positions(',
      '                self.config.instrument_id,',
      `                tags={"reason": reason, "part": ${part}},`,
      '            )', '            return guard', '',
    );
  }
  return `${out.slice(0, lines).join('\n')}\n`;
}
