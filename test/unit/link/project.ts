/** A project in memory: every `print(` is a finding that asks whether a tick handler reaches it. */
import { expect } from 'vitest';
import type { Finding } from '../../../src/core/findings/finding.ts';
import type { PendingFinding, Suppression } from '../../../src/core/rules/pending.ts';
import type { Condition } from '../../../src/core/rules/condition.ts';
import { guardsAt } from '../../../src/core/source/guards.ts';
import { isCalm, isPlain } from '../../../src/core/source/link/entries.ts';
import { Linker, type LinkerOptions } from '../../../src/core/source/link/linker.ts';
import { summarise } from '../../../src/core/source/link/summarise.ts';
import type { FileSummary } from '../../../src/core/source/link/summary.ts';
import type { SourceModel, Span } from '../../../src/core/source/model.ts';
import { rangeOf } from '../../../src/core/source/text.ts';
import { walkModule } from '../../../src/core/source/walk.ts';
import { read } from '../meaning/read.ts';

export const STRATEGY = 'from nautilus_trader.trading.strategy import Strategy\n';

export function findingAt(model: SourceModel, at: Span, message: string): Finding {
  return {
    rule: 'PRF004', name: 'print-per-tick', guardian: 'performance', severity: 'warning', gate: 'merge', message,
    file: model.path, range: rangeOf(model.source, at), related: [], fixable: false, fingerprint: `${model.path}:${at.start}`, docs: '',
  };
}

/** Summary of a file whose unguarded prints are findings. */
export function summaryOf(path: string, text: string, options: { unguarded?: boolean; suppressions?: readonly Suppression[] } = {}): FileSummary {
  const model = read(text, path);
  const findings: PendingFinding[] = [];
  walkModule(model, {
    expression: (expr, site) => {
      if (expr.kind !== 'call' || expr.callee.kind !== 'name' || expr.callee.name !== 'print' || site.function === undefined) { return; }
      if (guardsAt(model, site.function, expr).length > 0) { return; }
      const when: Condition = { kind: 'reachable', entry: ['tick', 'message'], function: site.function.qualifiedName, unguarded: options.unguarded ?? true };
      findings.push({ finding: findingAt(model, expr, '{handler}: {path}'), when, fixes: [] });
    },
  });
  return summarise(model, findings, options.suppressions ?? []);
}

export function project(files: Readonly<Record<string, string>>, options: LinkerOptions = {}): Linker {
  const linker = new Linker(options);
  for (const [path, text] of Object.entries(files)) { linker.set(summaryOf(path, text)); }
  return linker;
}

/** Messages of the decided findings of all files, sorted; the same whether or not it is known beforehand which files are calm and plain. */
export function messages(linker: Linker, options: LinkerOptions = {}): readonly string[] {
  const told = toldBy(linker);
  const foreknown = new Linker(options);
  for (const path of linker.files()) {
    const summary = linker.summary(path)!;
    foreknown.set({ ...summary, calm: isCalm(summary), plain: isPlain(summary) });
  }
  expect(toldBy(foreknown)).toEqual(told);
  return told;
}

function toldBy(linker: Linker): readonly string[] {
  return linker.files().flatMap((path) => linker.decide(path).map(({ finding }) => `${path}: ${finding.message}`)).sort();
}
