/** The proof for people: a line a place, then what the key could do and since when others could have it. */
import type { ProofReport } from './prove.ts';
import { visible } from '../../../core/findings/reporters/words.ts';

/** The report as text, ending with a line break. */
export function proofText(report: ProofReport): string {
  const { places, title, opens, can, oldest, pushed, verdict, id } = report;
  const roots = [...new Set(places.map(({ repository }) => repository))];
  const lines = roots.flatMap((root) => [visible(root), ...places.filter(({ repository }) => repository === root).flatMap((place) => [
    `  ${place.state.padEnd(8)} ${place.place}: ${place.state === 'found' ? `in ${place.found} of ${place.looked}` : `${place.looked} looked at`}`,
    ...place.where.map((where) => `           ${visible(where)}`),
  ])]);
  const power = title === undefined ? [] : [`The key is a ${title}: ${opens ?? ''}${can === undefined ? '' : ` (${can.join(', ')})`}.`];
  const age = oldest === undefined ? [] : [`Oldest commit that holds it: ${oldest.commit.slice(0, 10)} of ${oldest.date.slice(0, 10)} by ${visible(oldest.author)}, ${visible(oldest.path)}.`];
  return `${[...lines, '', ...power, ...age, ...pushedLine(pushed, oldest), `${VERDICTS[verdict]} (id ${id})`].join('\n')}\n`;
}

const VERDICTS: Readonly<Record<ProofReport['verdict'], string>> = {
  gone: 'Gone: no place that was searched holds the key. This says nothing of other clones, forks and caches, nor whether the key was revoked.',
  found: 'Not gone: revoke the key if that is not done, then take it out of what is listed.',
  unknown: 'Not proven: something could not be read. Mend it and run the command again.',
};

function pushedLine(pushed: ProofReport['pushed'], oldest: ProofReport['oldest']): readonly string[] {
  if (pushed === undefined || oldest === undefined) { return []; }
  if (pushed.refs.length === 0) { return ['No remote-tracking branch of this clone holds that commit. A push of another clone would not be known here.']; }
  const refs = pushed.refs.slice(0, 5).map(visible).join(', ');
  return [pushed.since === undefined
    ? `Pushed: ${refs} hold it. Since when is not recorded here; it can be since ${oldest.date.slice(0, 10)}.`
    : `Pushed since at least ${pushed.since.slice(0, 10)}, by this clone's record of ${refs}; it can be since ${oldest.date.slice(0, 10)}.`];
}
