/** The words by which code says what a value is for. */
import { mentions, wordsOf } from '../../../core/source/meaning/words.ts';

function list(words: string): ReadonlySet<string> {
  return new Set(words.split(' '));
}

/** What is to be learned or compared with afterwards, and says so. */
const LABEL_WORDS = list(
  'target targets label labels labeled labelled y future fut fwd forward next nxt ahead lookahead lead outcome outcomes horizon tomorrow '
  + 'truth correct actual actuals oracle hindsight response barrier barriers mfe mae',
);
/** What a back-test earned: the position of this row times the return of the next one. */
const RESULT_WORDS = list('pnl pl profit profits payoff reward rewards equity performance perf');
const RETURN_WORDS = list('ret rets return returns');
const OWNER_WORDS = list('strategy strat portfolio position trade trades bt backtest net gross');
const FILL_WORDS = list('fill filled entry exit buy sell');
/** Functions that make labels say so in their name; `y` and `next` say less there. */
const LABEL_FUNCTION_WORDS = list('target targets label labels labeling labelling labeler future fwd forward outcome outcomes lookahead hindsight oracle ic barrier');
const MADE_UP_WORDS = list('random synthetic permute permuted permutation shuffle bootstrap montecarlo surrogate');
const LEVEL_WORDS = list('imbalance imbalances footprint ladder');
const LAGGING_WORDS = list('chikou lagging');
const SHOW_WORDS = list('plot plots chart charts draw report reports figure visualize visualise show display');

/** True for a name that says it is a target, a future value, or the result of a back-test. */
export function isLabelName(name: string): boolean {
  // FreqAI's targets begin with an ampersand (freqtrade.io, freqai-feature-engineering).
  if (name.startsWith('&')) { return true; }
  const words = new Set(wordsOf(name));
  if (mentions(words, LABEL_WORDS) || mentions(words, RESULT_WORDS)) { return true; }
  return (mentions(words, RETURN_WORDS) && mentions(words, OWNER_WORDS)) || (words.has('price') && mentions(words, FILL_WORDS));
}

/** Ichimoku's lagging line: the close drawn 26 bars back, for the eye. */
export function isDrawnBack(name: string): boolean {
  return mentions(new Set(wordsOf(name)), LAGGING_WORDS);
}

/** True for the name of a function or class whose work is labels. */
export function isLabelFunction(name: string): boolean {
  return mentions(new Set(wordsOf(name)), LABEL_FUNCTION_WORDS);
}

/** True for the name of a function that makes up bars: nobody trades them. */
export function isMadeUpName(name: string): boolean {
  return mentions(new Set(wordsOf(name)), MADE_UP_WORDS);
}

/** True for the name of a function whose rows are price levels, not moments: the next row is one tick higher. */
export function isLevelName(name: string): boolean {
  return mentions(new Set(wordsOf(name)), LEVEL_WORDS);
}

/** True for the name of a function, or a variable, that is about pictures and reports. */
export function isShowName(name: string): boolean {
  return mentions(new Set(wordsOf(name)), SHOW_WORDS);
}
