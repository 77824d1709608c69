/** Projects with a cache, for tests: what they find, and how much they had to read for it. */
import type { CheckResult } from '../../../src/core/findings/result.ts';
import type { Rule } from '../../../src/core/rules/rule.ts';
import type { ProjectOptions } from '../../../src/core/workspace/project-options.ts';
import { Project } from '../../../src/core/workspace/project.ts';
import { createEngine } from '../../../src/engine.ts';

const engine = createEngine();

export interface Checked {
  readonly result: Omit<CheckResult, 'durationMs'>;
  readonly parses: number;
  readonly written: boolean;
}

export interface CheckOptions {
  /** False: without a cache. */
  readonly cache?: boolean;
  readonly build?: string;
  /** How far the clock is ahead, ms: 10 s make every `stat` look old enough to be believed. */
  readonly ahead?: number;
  readonly rules?: readonly Rule[];
  readonly more?: Partial<ProjectOptions>;
}

/** One check of a folder, as the terminal does it, whatever the number of files. */
export async function checkFolder(root: string, options: CheckOptions = {}): Promise<Checked> {
  const { cache = true, build = 'test', ahead = 10_000, rules = engine.rules, more = {} } = options;
  const opened = await Project.open({
    root, rules, packs: engine.packs, asOf: '2026-03-09', budgetMs: 2_000,
    ...(cache ? { cache: { build: () => build, always: true, now: () => Date.now() + ahead } } : {}), ...more,
  });
  if (!opened.ok) { throw new Error(opened.error); }
  const project = opened.value;
  await project.scan();
  const { durationMs: _varies, ...result } = project.result();
  const written = await project.remember();
  const { parses } = project.counters;
  project.dispose();
  return { result, parses, written };
}
