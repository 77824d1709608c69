/** Entry of the extension: wires everything, does nothing. The language client is loaded when there is something to guard. */
import { type ExtensionContext, window } from 'vscode';
import { registerAcceptBaseline } from './accept-baseline.ts';
import { registerChooseAccount } from './choose-account.ts';
import { registerCommands } from './commands.ts';
import { type CoverageRows, registerCoverageView } from './coverage-view.ts';
import { Ctx } from './ctx.ts';
import { registerFindingLists } from './finding-lists.ts';
import { replayCommands } from './replay-view.ts';
import { registerReports } from './reports.ts';
import { registerRotation } from './rotation.ts';
import { registerRulePages } from './rule-page.ts';
import { registerStatusItem } from './status-item.ts';
import { registerSuppress } from './suppress.ts';
import { registerWakeUp } from './wake-up.ts';

/** Called once by VS Code; the answer is for tests and for other extensions. */
export function activate(context: ExtensionContext): Api {
  const ctx = new Ctx(context, window.createOutputChannel('Tickguard', { log: true }));
  registerStatusItem(ctx);
  registerRulePages(ctx);
  registerCommands(ctx, [
    ...registerChooseAccount(ctx),
    ...registerSuppress(ctx),
    ...registerRotation(),
    ...registerAcceptBaseline(ctx),
    ...registerFindingLists(ctx),
    ...replayCommands(ctx),
    ...registerReports(ctx),
  ]);
  const coverage = registerCoverageView(ctx);
  registerWakeUp(ctx);
  return { version: 1, ready: () => ctx.ready(), coverage };
}

/** What `activate` answers. */
export interface Api {
  readonly version: 1;
  /** Settles when the server answers; rejects when it cannot be started. Starts it if need be. */
  ready(): Promise<void>;
  /** The rows of the view Guard Coverage. */
  readonly coverage: CoverageRows;
}
