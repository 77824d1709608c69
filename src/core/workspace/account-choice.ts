/** `--account` and `--pack`: which accounts a check judges by, instead of all that the file's globs name. */
import type { AccountConfig } from './config.ts';
import type { FileConfig } from './config-file.ts';

export interface AccountChoice {
  /** Only this account of `tickguard.json`. */
  readonly account?: string;
  /** This pack alone, whatever `tickguard.json` says. */
  readonly pack?: string;
  /** Account size for `pack`, in whole currency units. */
  readonly size?: number;
}

/** The size a pack is read for when none is named: the one every firm we know sells. */
export const DEFAULT_PACK_SIZE = 50_000;

/** The file's configuration with its accounts replaced by the chosen ones. */
export function chooseAccounts(config: FileConfig, choice: AccountChoice): FileConfig {
  if (choice.pack === undefined && choice.account === undefined) { return config; }
  const accounts = choice.pack === undefined
    ? config.accounts.filter((account) => account.id === choice.account)
    : [packAlone(choice.pack, choice.size ?? DEFAULT_PACK_SIZE)];
  return { ...(config.detectors === undefined ? {} : { detectors: config.detectors }), accounts, setting: (rule) => config.setting(rule) };
}

/** An account made of nothing but a pack; its id names the size, so that every message does. */
function packAlone(pack: string, size: number): AccountConfig {
  return { id: `${pack} ${size / 1000}K`, pack, size, phase: 'evaluation', products: [], code: ['**'] };
}
