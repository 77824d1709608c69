/** The policy of a root as it is read: every `tickguard.json`, and the baseline. */
import type { Outcome } from '../outcome.ts';
import { type Baseline, readBaseline } from '../rules/baseline.ts';
import type { Rule } from '../rules/rule.ts';
import { ConfigSet, type KnownPack } from './config-file.ts';
import type { Contents } from './contents.ts';
import { BASELINE } from './state.ts';

/** What reading it takes; see `ProjectOptions`. */
export interface PolicyOptions {
  readonly root: string;
  readonly rules: readonly Rule[];
  readonly packs: readonly KnownPack[];
  readonly ignoreConfig?: boolean;
  readonly useBaseline?: boolean;
}

/** The policy in force, with the text of every file it was read from. */
export interface LoadedConfig {
  readonly set: ConfigSet;
  readonly texts: ReadonlyMap<string, string>;
}

/** Errors: a broken file, an account or rule that is not known. */
export function loadConfig(options: PolicyOptions, contents: Contents): Outcome<LoadedConfig> {
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
export function loadBaseline(options: PolicyOptions, contents: Contents): Outcome<Baseline | undefined> {
  const text = options.useBaseline === false ? undefined : contents.policy(BASELINE);
  return text === undefined ? { ok: true, value: undefined } : readBaseline(text);
}
