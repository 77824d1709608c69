/** Files in memory through the real engine: readSource → runRules → summarise → Linker, as a project does it. */
import type { PendingFinding } from '../../src/core/rules/pending.ts';
import { engineRules } from '../../src/core/rules/registry.ts';
import type { Condition } from '../../src/core/rules/condition.ts';
import type { FileFacts, Rule } from '../../src/core/rules/rule.ts';
import { lostGuards } from '../../src/core/rules/lost-guards.ts';
import { runRules } from '../../src/core/rules/run.ts';
import type { Since } from '../../src/core/rules/since.ts';
import { Linker } from '../../src/core/source/link/linker.ts';
import { summarise } from '../../src/core/source/link/summarise.ts';
import type { SourceModel } from '../../src/core/source/model.ts';
import { readSource, type Syntax } from '../../src/core/source/source.ts';
import { sourceOf } from '../../src/core/source/text.ts';
import type { FileConfig } from '../../src/core/workspace/config-file.ts';

/** The day the tests speak of, unless a case says otherwise: a Monday in New York summer. */
export const AS_OF = '2026-08-03';

export interface MemoryOptions {
  readonly rules: readonly Rule[];
  readonly config?: FileConfig;
  readonly asOf?: string;
  readonly file?: FileFacts;
  /** `assume`: every file is trading code, whatever the link step thinks; `decide`: ask it. */
  readonly trading: 'assume' | 'decide';
  /** The files as they were at the revision `main`, for rules that judge a change. */
  readonly before?: Readonly<Record<string, string>>;
}

export interface MemoryFile {
  readonly model: SourceModel;
  /** Decided findings, silenced ones marked, in source order. */
  readonly findings: readonly PendingFinding[];
  /** Rules that broke. */
  readonly failed: readonly string[];
}

const NO_CONFIG: FileConfig = { accounts: [], setting: () => ({ options: undefined }) };

/** Checks files by path; the answer has the same paths. */
export function checkInMemory(
  files: Readonly<Record<string, string>>, options: MemoryOptions, syntax: Syntax,
): ReadonlyMap<string, MemoryFile> {
  const role = options.file?.role ?? 'code';
  const linker = new Linker({ role: () => role });
  const changes = options.before === undefined ? new Map<string, Since>() : changesSince(options.before, files, role, syntax);
  const read = Object.entries(files).map(([path, text]) => {
    const model = readSource(path, sourceOf(text), syntax, { budgetMs: 5_000 });
    const run = runRules({
      model, file: options.file ?? { role: 'code' }, rules: [...engineRules, ...options.rules],
      config: options.config ?? NO_CONFIG, asOf: options.asOf ?? AS_OF,
      ...(changes.has(path) ? { since: changes.get(path)! } : {}),
    });
    const findings = options.trading === 'assume' ? run.findings.map(withoutTrading) : run.findings;
    linker.set(summarise(model, findings, run.suppressions, { facts: run.facts }));
    return { path, model, failed: run.failed.map(({ rule, error }) => `${rule}: ${error}`) };
  });
  return new Map(read.map(({ path, model, failed }) => [path, { model, failed, findings: [...linker.decide(path)].sort(byPlace) }]));
}

/** What changed, as a check with an earlier revision tells it: of files that differ, and of those that lost a guard. */
function changesSince(before: Readonly<Record<string, string>>, files: Readonly<Record<string, string>>, role: FileFacts['role'], syntax: Syntax): ReadonlyMap<string, Since> {
  const linked = (texts: Readonly<Record<string, string>>): { readonly linker: Linker; readonly models: ReadonlyMap<string, SourceModel> } => {
    const linker = new Linker({ role: () => role });
    const models = new Map(Object.entries(texts).map(([path, text]) => [path, readSource(path, sourceOf(text), syntax, { budgetMs: 5_000 })]));
    for (const model of models.values()) { linker.set(summarise(model, [], [], { protections: true })); }
    return { linker, models };
  };
  const past = linked(before);
  const lost = lostGuards(past.linker.coverage(), linked(files).linker.coverage(), new Map(Object.keys(files).map((path) => [path, path])));
  return new Map([...past.models].flatMap(([path, model]): [string, Since][] => (
    files[path] === undefined || (files[path] === before[path] && !lost.has(path)) ? [] : [[path, { revision: 'main', before: model, lost: lost.get(path) ?? [] }]])));
}

/** The finding without the question whether its file is trading code. */
function withoutTrading(pending: PendingFinding): PendingFinding {
  const { when, ...rest } = pending;
  const left = when === undefined ? undefined : strip(when);
  return left === undefined ? rest : { ...rest, when: left };
}

function strip(condition: Condition): Condition | undefined {
  if (condition.kind === 'trading') { return undefined; }
  if (condition.kind !== 'all') { return condition; }
  const of = condition.of.flatMap((part) => strip(part) ?? []);
  return of.length === 0 ? undefined : of.length === 1 ? of[0] : { kind: 'all', of };
}

function byPlace(a: PendingFinding, b: PendingFinding): number {
  const [x, y] = [a.finding.range, b.finding.range];
  return x.line - y.line || x.column - y.column || y.endLine - x.endLine || y.endColumn - x.endColumn;
}
