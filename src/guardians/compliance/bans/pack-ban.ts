/** What the packs of accounts ban. */
import type { AccountConfig } from '../../../core/workspace/config.ts';
import { packOf } from '../packs/pack-reading.ts';
import { listPacks } from '../packs/packs.ts';
import type { Pack } from '../packs/pack-schema.ts';

type PackBan = Pack['bans'][number];

/** A pack's ban on something in a phase; undefined where it allows it, or does not say. */
export function banIn(pack: Pack, phase: string, banned: PackBan['what']): PackBan | undefined {
  return pack.bans.find(({ what, state, phases }) => what === banned && state === 'banned' && (phases === undefined || phases.some((one) => one === phase)));
}

/** The first account whose firm bans something in the account's phase. */
export function accountUnderBan(accounts: readonly AccountConfig[], banned: PackBan['what']): AccountConfig | undefined {
  return accounts.find((account) => {
    const pack = packOf(account) ?? listPacks().find(({ id }) => id === account.pack);
    return pack !== undefined && banIn(pack, account.phase, banned) !== undefined;
  });
}
