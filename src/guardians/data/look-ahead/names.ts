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
/** What is decided by: a row of it acts on the bar it stands in. */
const DECISION_WORDS = list('signal signals position positions side direction buy sell long short enter entry action decision');
const RETURN_WORDS = list('ret rets return returns');
/** `pct_change`, `log_diff`. */
const CHANGE_WORDS = list('change diff');
const OWNER_WORDS = list('strategy strat portfolio position trade trades bt backtest net gross');
const FILL_WORDS = list('fill filled entry exit buy sell trade exec execution');
const PRICE_WORDS = list('price prices');
/** What is known of the end of a trade: its bar comes later, on purpose. */
const END_WORDS = list('exit');
const END_FACTS = list('open close ts time timestamp date bar idx index');
/** What a model is fed with. */
const FEATURE_WORDS = list('feature features feat indicator indicators');
const TARGET_WORDS = list('target targets label labels future y outcome outcomes');
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
  return (mentions(words, RETURN_WORDS) && mentions(words, OWNER_WORDS)) || (mentions(words, PRICE_WORDS) && mentions(words, FILL_WORDS))
    || (mentions(words, END_WORDS) && mentions(words, END_FACTS));
}

/** True for a name that says it is fed to a model. */
export function isFeatureName(name: string): boolean {
  const words = new Set(wordsOf(name));
  return mentions(words, FEATURE_WORDS) && !mentions(words, TARGET_WORDS);
}

/** True for words that speak of what a bar earned. */
export function speaksOfReturns(words: ReadonlySet<string>): boolean {
  return mentions(words, RETURN_WORDS) || mentions(words, CHANGE_WORDS);
}

/** True for the name of a decision: a signal, a side, a position. */
export function isDecisionName(name: string): boolean {
  return mentions(new Set(wordsOf(name)), DECISION_WORDS);
}

/** True for the name of what a back-test earned. */
export function isResultName(name: string): boolean {
  const words = new Set(wordsOf(name));
  return mentions(words, RESULT_WORDS) || (mentions(words, RETURN_WORDS) && mentions(words, OWNER_WORDS));
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
