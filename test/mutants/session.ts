/** A carrier as an open project: mutants go in as open documents, one file replaced each, and come out again. */
import type { CheckedFinding } from '../../src/core/findings/result.ts';
import type { Rule } from '../../src/core/rules/rule.ts';
import type { SourceModel } from '../../src/core/source/model.ts';
import type { Contents } from '../../src/core/workspace/contents.ts';
import { fileRole } from '../../src/core/workspace/discovery.ts';
import { Project } from '../../src/core/workspace/project.ts';
import { sourceOf } from '../../src/core/source/text.ts';
import { createEngine } from '../../src/engine.ts';
import { AS_OF } from '../rules/memory.ts';
import type { AccountOf } from './form.ts';

const { rules, packs } = createEngine();

/** Every rule of the product: mutants are judged by what all of them say. */
export const RULES: readonly Rule[] = rules;

const PACKS: Readonly<Record<AccountOf, string | undefined>> = { apex: 'apex-4.0-intraday', ftmo: 'ftmo-2step', none: undefined };

export interface Session {
  readonly paths: readonly string[];
  text(path: string): string;
  model(path: string): SourceModel;
  /** Findings of every file with these texts in place of their own. */
  findings(changed: ReadonlyMap<string, string>): readonly CheckedFinding[];
  dispose(): void;
}

/** Opens files as one project; `more` are rules beside the product's. Files that are not tracked lie in no repository: rules about what git does with a file have nothing to say. */
export async function openSession(files: Readonly<Record<string, string>>, account: AccountOf, tracked = false, more: readonly Rule[] = []): Promise<Session> {
  const pack = PACKS[account];
  const opened = await Project.open({
    root: '/desk', rules: [...rules, ...more], packs, asOf: AS_OF, budgetMs: 5_000, contents: inMemory(files, tracked), ...(pack === undefined ? {} : { pack }),
  });
  if (!opened.ok) { throw new Error(opened.error); }
  const project = opened.value;
  await project.scan();
  const changed = new Set<string>();
  const put = (path: string, text: string): void => { project.openDocument(path, text); };
  return {
    paths: Object.keys(files).sort(),
    text: (path) => files[path] as string,
    model(path) {
      if (project.model(path) === undefined) { put(path, files[path] as string); }
      return project.model(path) as SourceModel;
    },
    findings(texts) {
      for (const path of changed) {
        if (!texts.has(path)) { put(path, files[path] as string); changed.delete(path); }
      }
      for (const [path, text] of texts) { put(path, text); changed.add(path); }
      if (project.failedRules.size > 0) { throw new Error(JSON.stringify([...project.failedRules])); }
      return project.result().findings.filter((one) => one.suppressed === undefined);
    },
    dispose: () => { project.dispose(); },
  };
}

function inMemory(files: Readonly<Record<string, string>>, tracked: boolean): Contents {
  const listed = Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, text]) => ({
    path, absolute: `/desk/${path}`, bytes: text.length, role: fileRole(path), ...(tracked ? { tracked } : {}),
  }));
  return {
    onDisk: false,
    policy: () => undefined,
    discover: () => Promise.resolve({ files: listed, skipped: [], missing: [], git: tracked ? 'listed' : 'none' }),
    fetch: () => Promise.resolve(),
    read: (file) => ({ decoded: { ok: true, source: sourceOf(files[file.path] as string) } }),
    identify: () => undefined,
    dispose: () => undefined,
  };
}
