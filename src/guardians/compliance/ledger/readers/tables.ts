/** Every reader of a table; a header fits one of them. */
import type { TableReader } from '../table.ts';
import { METATRADER_CSV } from './metatrader.ts';
import { NAUTILUS_ACCOUNT, NAUTILUS_FILLS, NAUTILUS_ORDER_FILLS, NAUTILUS_POSITIONS } from './nautilus-reports.ts';
import { NINJATRADER_EXECUTIONS } from './ninjatrader.ts';
import { TRADOVATE_FILLS, TRADOVATE_ORDERS } from './tradovate-orders.ts';
import { TRADOVATE_PERFORMANCE, TRADOVATE_POSITION_HISTORY } from './tradovate-pairs.ts';

export const TABLE_READERS: readonly TableReader[] = [
  TRADOVATE_PERFORMANCE, TRADOVATE_POSITION_HISTORY, TRADOVATE_ORDERS, TRADOVATE_FILLS, NINJATRADER_EXECUTIONS, METATRADER_CSV,
  NAUTILUS_FILLS, NAUTILUS_ORDER_FILLS, NAUTILUS_POSITIONS, NAUTILUS_ACCOUNT,
];
