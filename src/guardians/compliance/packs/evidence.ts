/** How old what a pack knows is. */
import { dayNumber, type IsoDate } from '../../../core/time/dates.ts';
import type { Pack } from './pack-schema.ts';

/** Firms change their rules several times a year (Apex: five dated changes within four months of 2026). */
const OLD_DAYS = 120;

/** One sentence where a pack's rules have ended, or where nobody has looked at their pages for a while; undefined where neither is so. */
export function staleness(pack: Pack, today: IsoDate): string | undefined {
  const { to } = pack.effective;
  if (to !== null && to < today) { return `These rules ended on ${to}: they hold for accounts bought until then.`; }
  const seen = pack.evidence.map((page) => page.seen).sort().at(0);
  const days = seen === undefined ? 0 : dayNumber(today) - dayNumber(seen);
  return days > OLD_DAYS ? `The firm’s pages were last read on ${seen ?? ''}, ${String(days)} days before ${today}: rules may have changed since.` : undefined;
}
