/** Follows the account and says whether the bot may go on trading: once wrong, once right. */
import { appendFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import type { Account } from './broker.ts';
import { limits } from './settings.ts';

/** Wrong: open profit moves the firm's floor, closed balance does not show it; and every quote prints and writes. */
export class LoudRisk {
  private highWaterMark = 0;

  mayTrade(account: Account): boolean {
    this.highWaterMark = Math.max(this.highWaterMark, account.balance);
    const drawdown = this.highWaterMark - account.balance;
    console.log(`drawdown ${drawdown}`);
    appendFileSync('equity.csv', `${Date.now()},${account.balance}\n`);
    return drawdown < limits.maxDrawdown;
  }
}

/** Right: equity with open profit, a line every 500th quote, a file once a minute. */
export class QuietRisk {
  private highWaterMark = 0;
  private quotes = 0;
  private readonly lines: string[] = [];

  mayTrade(account: Account): boolean {
    const equity = account.balance + account.openProfit;
    this.highWaterMark = Math.max(this.highWaterMark, equity);
    const drawdown = this.highWaterMark - equity;
    this.quotes += 1;
    if (this.quotes % 500 === 0) console.log(`drawdown ${drawdown}`);
    this.lines.push(`${Date.now()},${equity}`);
    return drawdown < limits.maxDrawdown;
  }

  /** Called by a timer, never by the feed. */
  async flush(): Promise<void> {
    await writeFile('equity.csv', this.lines.splice(0).join('\n'), { flag: 'a' });
  }
}
