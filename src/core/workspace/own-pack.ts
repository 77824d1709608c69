/** Rule packs of the workspace's own: files that `tickguard.json` names under `packs`. What is in one is the compliance guardian's to know. */

/** How such a file is called, so that an editor knows its form. */
export const PACK_SUFFIX = '.tickguard-pack.json';

/** A pack that was read and checked. */
export interface OwnPack {
  readonly id: string;
  readonly title: string;
  /** Account sizes it has limits for, in whole currency units. */
  readonly sizes: readonly number[];
  /** Its limits are percentages: it holds at every size. */
  readonly anySize: boolean;
  /** The pack itself, in the form of the guardian that reads it. */
  readonly definition: unknown;
}
