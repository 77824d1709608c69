/** `tickguard hook install|status|uninstall` in the terminal. */
import type { Operation } from '../../core/operations/operation.ts';
import type { HookReport } from '../../guardians/security/index.ts';
import { type Command, EXIT, type Session, fail } from '../command.ts';
import type { ParsedOptions } from '../options.ts';

const DID: Readonly<Record<HookReport['changes'][number]['did'], string>> = {
  installed: 'installed', renewed: 'brought up to date', unchanged: 'already installed', restored: 'taken out; the hook from before is back', removed: 'taken out', absent: 'not installed, nothing to take out',
};
const STATE: Readonly<Record<HookReport['hooks'][number]['state'], string>> = {
  installed: 'installed', missing: 'not installed', other: 'not installed; another hook is there', inert: 'installed, but not executable: git does not run it',
};

/** The command of the operation `hook`. */
export function hookCommand(operation: Operation): Command {
  return {
    name: operation.id,
    summary: operation.summary,
    description: [
      'pre-commit checks what is staged (tickguard check --staged --gate commit), pre-push reads the commits that are about to be pushed (tickguard history). A hook that is already there is kept and runs first; its failure stops the commit. core.hooksPath is respected. Where husky, lefthook or pre-commit looks after the hooks, nothing is written and a sentence says what to add.',
    ],
    inputs: [operation.input],
    examples: [
      { line: 'tickguard hook install', does: 'both hooks, beside those that are there' },
      { line: 'tickguard hook status', does: 'whether they are in place; exit 1 if not' },
      { line: 'tickguard hook uninstall', does: 'put back what was there before' },
      { line: 'tickguard hook install --ci-weekly', does: 'also a weekly job that reads the history' },
    ],
    run: runHook,
  };
}

async function runHook(values: ParsedOptions, { engine, terminal }: Session): Promise<number> {
  const outcome = await engine.run('hook', { ...values, program: program() }, { cwd: terminal.cwd, signal: terminal.signal });
  if (!outcome.ok) { return fail(terminal, outcome.error); }
  const { folder, hooks, changes, written } = outcome.value as HookReport;
  const asked = values['action'] === 'status';
  const lines = asked
    ? hooks.map(({ hook, state, since, keeps }) => `${hook}: ${STATE[state]}${since === undefined ? '' : ` since ${since.slice(0, 10)}`}${keeps ? ', with the hook from before' : ''}.`)
    : changes.map(({ hook, did }) => `${hook}: ${DID[did]}.`);
  terminal.out([...lines, ...written.map((file) => `Wrote ${file}. Commit it to use it.`), `Hooks are in ${folder}.`, ''].join('\n'));
  const wanted = typeof values['only'] === 'string' ? hooks.filter(({ hook }) => hook === values['only']) : hooks;
  return asked && wanted.some(({ state }) => state !== 'installed') ? EXIT.findings : EXIT.clean;
}

/** This program, as the hooks will start it; empty where it runs from sources. */
function program(): readonly string[] {
  return typeof __filename === 'string' ? [process.execPath, __filename] : [];
}
