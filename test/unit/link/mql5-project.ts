/** An MQL5 project in memory: every unguarded `Print(` is a finding that asks whether a tick reaches it. */
import type { PendingFinding } from '../../../src/core/rules/pending.ts';
import { guardsAt } from '../../../src/core/source/guards.ts';
import { Linker } from '../../../src/core/source/link/linker.ts';
import { summarise } from '../../../src/core/source/link/summarise.ts';
import { walkModule } from '../../../src/core/source/walk.ts';
import { read } from '../meaning/read.ts';
import { findingAt, messages } from './project.ts';

/** Messages of the decided findings of all files, sorted. */
export function mqlMessages(files: Readonly<Record<string, string>>): readonly string[] {
  const linker = new Linker();
  for (const [path, text] of Object.entries(files)) {
    const model = read(text, path);
    if (model.errors.length > 0) { throw new Error(`${path} does not parse:\n${text}`); }
    const findings: PendingFinding[] = [];
    walkModule(model, {
      expression: (expr, site) => {
        if (expr.kind !== 'call' || expr.callee.kind !== 'name' || expr.callee.name !== 'Print' || site.function === undefined) { return; }
        if (guardsAt(model, site.function, expr).length > 0) { return; }
        const when = { kind: 'reachable', entry: ['tick'], function: site.function.qualifiedName, unguarded: true } as const;
        findings.push({ finding: findingAt(model, expr, '{handler}: {path}'), when, fixes: [] });
      },
    });
    linker.set(summarise(model, findings, []));
  }
  return messages(linker);
}
