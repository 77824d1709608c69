/** The policy of a root as it is read: every `tickguard.json`, and the baseline. */
import type { Outcome } from '../operations/operation.ts';
import { type Baseline, readBaseline } from '../rules/baseline.ts';
import { ConfigSet } from './config-file.ts';
import type { Contents } from './contents.ts';
import type { ProjectOptions } from './project.ts';
import { BASELINE } from './state.ts';

/** The policy in force, with the text of every file it was read from. */
export interface LoadedConfig {
  readonly set: ConfigSet;
  readonly texts: ReadonlyMap<string, string>;
}

/** Errors: a broken file, an account or rule that is not known. */
export function loadConfig(options: ProjectOptions, contents: Contents): Outcome<LoadedConfig> {
  const texts = new Map<string, string>();
  const read = (path: string): string | undefined => {
    const text = options.ignoreConfig === true ? undefined : contents.policy(path);
    if (text !== undefined) { texts.set(path, text); }
    return text;
  };
  const config = ConfigSet.load(options.root, read, options.rules, options.packs);
  return config.ok ? { ok: true, value: { set: config.value, texts } } : config;
}

/** The baseline; undefined where there is none or it is not asked for. */
export function loadBaseline(options: ProjectOptions, contents: Contents): Outcome<Baseline | undefined> {
  const text = options.useBaseline === false ? undefined : contents.policy(BASELINE);
  return text === undefined ? { ok: true, value: undefined } : readBaseline(text);
}
