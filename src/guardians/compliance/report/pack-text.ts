/** One rule pack for people: its limits by size and phase, what is banned, what nobody knows, and where it was read. */
import { phaseLines } from '../packs/phase-lines.ts';
import type { Pack } from '../packs/pack-schema.ts';

/** The text, ending with a line break. */
export function packText(pack: Pack, stale: string | undefined): string {
  const { id, title, effective, session, phases, bans, evidence, sizes } = pack;
  const since = effective.from === 'unknown' ? 'since when is not known' : `from ${effective.from}`;
  const flat = session.flatBy === null ? 'no flat deadline' : session.flatBy === 'unknown' ? 'flat deadline not known' : `flat by ${session.flatBy}`;
  return [
    `${title} (${id})`, `Holds ${since}${effective.to === null ? '' : ` to ${effective.to}`}; day begins ${session.dayStart} ${session.zone}, ${flat}.`, ...(stale === undefined ? [] : [stale]),
    ...Object.values(phases).flatMap((phase) => (phase === undefined ? [] : ['', phase.title, ...phaseLines(phase, sizes).map((line) => `  ${line}`)])),
    ...(bans.length === 0 ? [] : ['', ...bans.map(({ what, state, note }) => `${what}: ${state}. ${note}`)]),
    '', 'Read at', ...evidence.map(({ title: page, url, dateModified, seen }) => `  ${page}: ${url} (changed ${dateModified}, seen ${seen})`), '',
  ].join('\n');
}
