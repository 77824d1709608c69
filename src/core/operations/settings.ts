/** The settings that hold where an operation was called: what `tickguard.json` says for a path without a check of it. */
import { join } from 'node:path';
import type { Outcome } from '../outcome.ts';
import type { CalendarOverrides } from '../time/calendar.ts';
import type { CustomDetector } from '../workspace/custom-detector.ts';
import type { AccountConfig } from '../workspace/config.ts';
import type { OwnPack } from '../workspace/own-pack.ts';
import { CONFIG_FILE, ConfigSet } from '../workspace/config-file.ts';
import { diskContents } from '../workspace/contents.ts';
import { absolutePath, pathIn } from '../workspace/paths.ts';
import type { OperationContext } from './operation.ts';
import { findTarget } from './target.ts';

/** Settings of the root that a folder lies in. */
export interface Settings {
  /** Credentials of the desk's own by the nearest `tickguard.json`; for a path outside of the root those of the folder itself. */
  detectorsFor(path?: string): readonly CustomDetector[];
  /** What the nearest `tickguard.json` says of trading days. */
  calendars(): CalendarOverrides;
  /** Accounts of the root's `tickguard.json` and of the nearest one. */
  accounts(): readonly AccountConfig[];
  /** Rule packs of the workspace's own. */
  packs(): readonly OwnPack[];
  /** Absolute folder that paths in the root's file are relative to. */
  readonly root: string;
  /** Those of every folder of the root; the nearest to the folder first, each name once. Reads the list of all files. */
  everyDetector(): Promise<Outcome<readonly CustomDetector[]>>;
}

/** Reads them for the folder the operation was called in. Errors: a `tickguard.json` that is broken, as a check says it. */
export async function settingsHere({ cwd, rules, packs }: Pick<OperationContext, 'cwd' | 'rules' | 'packs'>): Promise<Outcome<Settings>> {
  const target = await findTarget(cwd, []);
  if (!target.ok) { return target; }
  const { root, marked } = target.value;
  const contents = diskContents(root);
  const here = pathIn(root, join(absolutePath(cwd, '.'), CONFIG_FILE)) ?? CONFIG_FILE;
  const load = (files: readonly string[]): Outcome<ConfigSet> => ConfigSet.load(root, (path) => contents.policy(path), rules, packs, files);
  const config = load([here]);
  if (!config.ok) { return config; }
  const detectorsFor = (path?: string): readonly CustomDetector[] => {
    const inside = path === undefined ? here : pathIn(root, absolutePath(cwd, path)) ?? here;
    return config.value.forFile(inside).detectors ?? [];
  };
  return {
    ok: true,
    value: {
      detectorsFor,
      calendars: () => config.value.calendars(here),
      accounts: () => config.value.accounts(),
      packs: () => config.value.packs(),
      root,
      async everyDetector() {
        // Without a mark no file below belongs to the folder, however many there are.
        const files = marked ? (await contents.discover([], config.value.exclude)).files.map(({ path }) => path) : [];
        const whole = load(files);
        if (!whole.ok) { return whole; }
        const all = [...detectorsFor(), ...whole.value.detectors()];
        return { ok: true, value: all.filter((one, index) => all.findIndex(({ name }) => name === one.name) === index) };
      },
    },
  };
}
