/** What a comment or a name says of a value beside it: that it is meant to be put back before anybody trades with it. */
import { wordsOf } from '../words.ts';

/** Says so in plain words, whatever stands before them. */
const PLAIN: readonly RegExp[] = [
  /\btemporar(?:y|ily)\b(?! (?:halt|pause|ban|file|block|suspen|stop|lock|drawdown|dip|spike|loss|dir|cool|storage|table|buffer|network|outage|error))/i,
  /\b(?:TEMP|TMP)\b/, /\btemp(?: value| limit|:|\)|$)/i, /\bfor now\b/i, /\bplaceholder\b/i,
  /\b(?:for|during|while) (?:the )?(?:back-?test(?:s|ing)?|testing|tests|test runs?|debug(?:ging)?|demo only)\b/i,
  /\b(?:back-?test|backtesting|debug|debugging|test|testing|demo|dev) only\b/i,
  /\bonly (?:for|in|while) (?:the )?(?:back-?test|testing|tests|debug|dev)/i,
  /\b(?:remove|revert|restore|reset|raise|lower|tighten|re-?enable|enable|change|undo|set)(?: this| it| me)? before (?:going )?(?:live|prod|deploy|release|merge|commit|real)/i,
  /\b(?:change|set|put|switch|turn) (?:this |it )?back\b/i, /\bnot for (?:live|production|real)\b/i,
];
/** Marks of unfinished work that speak for themselves beside a number. */
const MARK = /(?:^|[^\w$])(?:FIXME|XXX|HACK)\b/;
const TODO = /\b(?:TODO|FIXME|XXX|HACK)\b/;
/** What is still to be done about the value: it is to become another one. */
const TO_CHANGE = /\b(?:raise|raised|lower|lowered|restore|tighten|loosen|loosened|relax|relaxed|widen|widened|reduce|revert|re-?enable|enable|disable|disabled|turn|set|put back|real value|proper value|too (?:high|low|loose|wide|large|big))\b/i;
/** What the unfinished work is about, where it is another thing than the value. */
const OTHER_THING = /\b(?:config|configurable|refactor|rename|naming|type|types|unit|units|docs?|document|move|moved|compute|calculate|derive|import|per[- ](?:symbol|instrument|product|account)|support|handle|log|logging|api|endpoint|workaround|cache|url|token|parse|parser|ui|label|translate|performance|optimi[sz]e|class|method|function|module|interface|database|async|thread|verify|confirm)\b/i;
/** The value holds in both worlds. */
const BOTH = /\b(?:live and|and (?:in )?live|or live|both|same (?:as|in) live)\b/i;

/** Why a comment makes the value beside it a temporary one: the words that say so; undefined where they speak of another thing. */
export function markIn(comment: string): string | undefined {
  if (comment.length > 300 || BOTH.test(comment)) { return undefined; }
  const plain = PLAIN.map((pattern) => pattern.exec(comment)).find((match) => match !== null);
  if (plain !== undefined && plain !== null) { return OTHER_THING.test(comment) && TODO.test(comment) && !/tempor|\btemp\b/i.test(comment) ? undefined : plain[0].trim(); }
  if (OTHER_THING.test(comment)) { return undefined; }
  const mark = MARK.exec(comment);
  if (mark !== null) { return mark[0].trim().replace(/^[^A-Za-z]+/, ''); }
  const todo = TODO.exec(comment);
  return todo !== null && TO_CHANGE.test(comment) ? todo[0] : undefined;
}

const VALUE_WORDS = /\b(?:max|min|limits?|drawdown|dd|loss|losses|risk|contracts?|lots?|stop|deadline|cut-?off|flat|flatten|guards?|kill|switch|checks?|cap|value|number|high|low|loose|raised?|lowered|relaxed|widened|disabled?|enabled?|off)\b/i;

/** Does a comment on the line above speak of the value, not of a section or of another thing? */
export function speaksOfValue(comment: string): boolean {
  const { length } = comment.split(/\s+/);
  return (length <= 5 || (length <= 14 && VALUE_WORDS.test(comment))) && !OTHER_THING.test(comment);
}

const NAME_MARKS: ReadonlySet<string> = new Set(['temp', 'tmp', 'temporary', 'debug', 'hack', 'placeholder', 'dummy', 'fixme', 'xxx']);

/** The mark in a name, and the name without it: `TEMP_MAX_DD`, `maxLossDebug`. */
export function markInName(name: string): { readonly mark: string; readonly rest: string } | undefined {
  const words = wordsOf(name);
  const mark = words.find((word) => NAME_MARKS.has(word));
  return mark === undefined || words.length < 3 ? undefined : { mark, rest: words.filter((word) => !NAME_MARKS.has(word)).join('_') };
}
