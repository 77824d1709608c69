/** The table of commands: each has an answer while the server runs and one while it does not, so none is ever “not found”. */
import { commands, window } from 'vscode';
import type { ClientHandle } from './client-handle.ts';
import type { Ctx } from './ctx.ts';

export interface CommandEntry {
  readonly id: string;
  /** Needs no server: runs at once. */
  readonly always?: (...args: readonly unknown[]) => unknown;
  /** Runs once the server answers; the server is started for it, and a failure to do so is told in its place. */
  readonly running?: (client: ClientHandle, ...args: readonly unknown[]) => unknown;
}

/** Registers the features' commands and those of the extension itself. */
export function registerCommands(ctx: Ctx, features: readonly CommandEntry[]): void {
  const own: readonly CommandEntry[] = [
    { id: 'tickguard.restart', always: () => ctx.restart() },
    { id: 'tickguard.showOutput', always: () => { ctx.output.show(true); } },
    { id: 'tickguard.showProblems', always: () => commands.executeCommand('workbench.actions.view.problems') },
  ];
  for (const entry of [...own, ...features]) {
    ctx.extension.subscriptions.push(commands.registerCommand(entry.id, (...args: readonly unknown[]) => run(ctx, entry, args)));
  }
}

async function run(ctx: Ctx, entry: CommandEntry, args: readonly unknown[]): Promise<unknown> {
  try {
    if (entry.running === undefined) { return await entry.always?.(...args); }
    await ctx.ready();
    if (ctx.client === undefined) { throw new Error('The Tickguard server is not running.'); }
    return await entry.running(ctx.client, ...args);
  } catch (error) {
    // The answer to a click; not awaited, or the command would last until the message is dismissed.
    void tell(ctx, error instanceof Error ? error.message : String(error));
    return undefined;
  }
}

/** Says why a command did nothing, with the way to more. */
async function tell(ctx: Ctx, message: string): Promise<void> {
  ctx.output.warn(message);
  const restart = ctx.state.kind === 'stopped' ? ['Restart Server'] : [];
  const choice = await window.showWarningMessage(`Tickguard: ${message}`, ...restart, 'Show Output');
  if (choice === 'Restart Server') { await ctx.restart(); }
  if (choice === 'Show Output') { ctx.output.show(true); }
}
