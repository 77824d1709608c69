/** Every reader of a table, the more particular ones first. */
import type { TableReader } from '../table.ts';

export const TABLE_READERS: readonly TableReader[] = [];
