/** `hook install|status|uninstall`: git hooks that stop a secret before it is committed or pushed. */
import * as z from 'zod';
import type { Outcome } from '../../../core/outcome.ts';
import { defineOperation, type OperationContext } from '../../../core/operations/operation.ts';
import { openRepository } from '../history/repository.ts';
import { type HookChange, installHook, uninstallHook } from '../hooks/install.ts';
import { hooksFolder, type HookState, hookState, objection } from '../hooks/place.ts';
import { type HookName, HOOKS } from '../hooks/script.ts';
import { writeWeeklyJob } from '../hooks/weekly-job.ts';

const hookInput = z.object({
  action: z.enum(['install', 'status', 'uninstall']).meta({ positional: true, value: 'action', description: 'install puts the hooks in and keeps those that are there; status says how they stand; uninstall puts back what was there before' }),
  only: z.enum(HOOKS).optional().meta({ value: 'HOOK', description: 'This hook alone' }),
  ciWeekly: z.boolean().default(false).meta({ description: 'With install: also write .github/workflows/tickguard-history.yml, a job that reads the history every Monday; a file that is there stays' }),
  program: z.array(z.string()).default([]).meta({ hidden: true, description: 'How the hooks start Tickguard; filled by the door' }),
});

/** What `hook` is asked. */
export type HookInput = z.output<typeof hookInput>;

export interface HookReport {
  /** Absolute. */
  readonly folder: string;
  readonly hooks: readonly HookState[];
  readonly changes: readonly HookChange[];
  /** Files that were written besides, relative to the repository's root. */
  readonly written: readonly string[];
}

const hookOutput = z.object({
  folder: z.string(),
  hooks: z.array(z.object({ hook: z.enum(HOOKS), state: z.enum(['installed', 'missing', 'other', 'inert']), since: z.exactOptional(z.string()), keeps: z.boolean() })),
  changes: z.array(z.object({ hook: z.enum(HOOKS), did: z.enum(['installed', 'renewed', 'unchanged', 'restored', 'removed', 'absent']) })),
  written: z.array(z.string()),
}) as unknown as z.ZodType<HookReport>;

/** The `hook` operation: writes into the repository's hooks folder, and nowhere else unless it is asked for the job. */
export const hookOperation = defineOperation<HookInput, HookReport>({
  id: 'hook',
  summary: 'Install git hooks that stop a secret before it is committed or pushed',
  words: ['hook', 'hooks', 'pre-commit', 'pre-push', 'install', 'git', 'secrets', 'security'],
  input: hookInput as unknown as z.ZodType<HookInput>,
  output: hookOutput,
  doors: ['cli'],
  needsTrust: true,
  run,
});

async function run(input: HookInput, context: OperationContext): Promise<Outcome<HookReport>> {
  if (input.ciWeekly && input.action !== 'install') { return { ok: false, error: '--ci-weekly belongs to install. Write: tickguard hook install --ci-weekly' }; }
  const opened = await openRepository(context.cwd, { signal: context.signal });
  if (!opened.ok) { return { ok: false, error: opened.error.replace('so it has no history', 'so it has no hooks') }; }
  const repository = opened.value;
  const found = await hooksFolder(repository);
  if (!found.ok) { return found; }
  const folder = found.value;
  const names: readonly HookName[] = input.only === undefined ? HOOKS : [input.only];
  const against = input.action === 'install' ? objection(repository, folder, names) : undefined;
  if (against !== undefined) { return { ok: false, error: against }; }
  const written = input.ciWeekly ? writeWeeklyJob(repository.root) : undefined;
  if (written?.ok === false) { return written; }
  const changes: HookChange[] = [];
  for (const hook of input.action === 'status' ? [] : names) {
    const change = input.action === 'install' ? await installHook(folder, hook, input.program, new Date().toISOString()) : uninstallHook(folder, hook);
    if (!change.ok) { return change; }
    changes.push(change.value);
  }
  return { ok: true, value: { folder, hooks: HOOKS.map((hook) => hookState(folder, hook)), changes, written: written === undefined ? [] : [written.value] } };
}
