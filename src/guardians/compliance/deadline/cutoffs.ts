/** The cut-offs of a file, whatever the account: analysed once for all rules about the deadline. */
import { holdsEntries } from '../../../core/source/holds.ts';
import { ModelFact } from '../../../core/source/meaning/per-model.ts';
import type { SourceModel } from '../../../core/source/model.ts';
import { walkExpression } from '../../../core/source/walk.ts';
import { Decisions } from '../clock/decisions.ts';
import type { Decision } from '../clock/decisions.ts';
import { Evaluator } from '../clock/evaluate.ts';
import { Schedules } from '../clock/schedules.ts';
import { indexOf } from '../file-index.ts';
import { isPolicy } from '../limits/policy.ts';
import { lastName } from '../named.ts';
import { overlaps } from './fixes.ts';
import { timeEntries, timeSettings } from './settings.ts';
import type { TimeSetting } from './settings.ts';

/** What closes positions by the clock in the code of a file, and the named times no such place of it goes by. */
export interface Cutoffs {
  readonly decisions: readonly Decision[];
  readonly settings: readonly TimeSetting[];
}

/** Words without which code closes nothing and names no deadline: looked for before anything is analysed. */
const CLOSING_WORDS = /flat|liquid|square_?off|unwind|closeout|wind_?down|reduce_?only|sell_?all|order_target|set_holdings|cut_?off|deadline|eod|(?:day|end)_?(?:of_?day|end)|(?:clos|exit)[a-z]{0,4}_?(?:all|pos|trade|hold|expos|every|eod|market)|(?:all|pos|positions?|trades?|hold|eod|force|forced|market|hard|auto|daily|day|final)[_.]?(?:clos|exit)/i;

/** Words without which no file has a cut-off. */
const TIME_WORDS = /\bhour|\btime\(|\d:\d\d|strftime|flat|eod|cut_?off|deadline|\.at\(|\bcron|ts_event|% ?86_?400|\b3_?600|tm_|Hours\(|toLocale|toFormat|DateTimeFormat/i;

/** Can a file have a cut-off at all? By its text alone. */
export function mayHoldCutoffs(model: SourceModel): boolean {
  const { text } = model.source;
  return TIME_WORDS.test(text) && (holdsEntries(model) || CLOSING_WORDS.test(text));
}

/** Most cut-offs of one file that are judged: a file with more is data, and its first ones say what is wrong with it. */
export const MOST_CUTOFFS = 500;

const remembered = new ModelFact<Cutoffs>();

/** The cut-offs in a file's code; an entry goes with its model. */
export function cutoffsOf(model: SourceModel): Cutoffs {
  const known = remembered.get(model);
  if (known !== undefined) { return known; }
  const evaluator = new Evaluator(model);
  const branches = new Decisions(model, evaluator);
  const decisions = [...branches.find(), ...new Schedules(model, evaluator, branches).find()].slice(0, MOST_CUTOFFS);
  const judged = decisions.flatMap((decision) => (decision.condition.opaque === true ? [] : decision.condition.origins));
  const names = new Set(decisions.flatMap((decision) => decision.condition.names));
  const compared = comparedNames(model);
  const settings = timeSettings(model, evaluator).filter((setting) =>
    !judged.some((origin) => overlaps(origin, setting.at)) && !names.has(setting.name) && !(setting.meaning === 'end' && compared.has(setting.name)));
  const cutoffs = { decisions, settings };
  remembered.set(model, cutoffs);
  return cutoffs;
}

/** Names that take part in comparisons of this file: what a bare “cutoff” is for is decided there. */
function comparedNames(model: SourceModel): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { node } of indexOf(model).compares) {
    walkExpression(node, (inner) => { const name = lastName(inner); if (name !== undefined) { names.add(name); } });
  }
  return names;
}

/** Files of build and deployment services speak of other deadlines. */
const OTHER_FILES = /(?:^|\/)(?:\.github|\.gitlab|\.circleci)\/|(?:^|\/)(?:docker-compose[^/]{0,40}|package(?:-lock)?|tsconfig|pyproject|poetry|Cargo|mkdocs|\.pre-commit-config)\.[a-z]{2,5}$/;

/** The named times among the entries of a file. A policy's are its accounts' own deadlines, and APX001 holds them against the pack. */
export function settingsFor(model: SourceModel): readonly TimeSetting[] {
  return OTHER_FILES.test(model.path) || isPolicy(model.path) ? [] : timeEntries(model.entries);
}
