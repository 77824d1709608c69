/** What a page says of a sample: that it is right, or what not to do. */

export type Judgement = 'wrong' | 'right' | 'none';

const WRONG_MARK = /[❌🚫⛔✗✘❎]|\b(?:bad|wrong|incorrect|anti-?patterns?|insecure|unsafe|vulnerable|violations?|not allowed|forbidden|before)\b/iu;
const RIGHT_MARK = /[✅✓✔]|\b(?:good|correct|right|safe|secure|instead|fixed|better|preferred|recommended|compliant|after)\b/iu;
/** Orders not to do something, at the beginning of a label. */
const PROHIBITION = /^[\s#/*_>`;.-]{0,20}(?:never|avoid|don['’]?t|do not)\b/i;
/** `Never exceed these limits:` orders to keep what follows. */
const KEEPING = /\b(?:exceed|beyond|over|above|more than|past|later than|less|change|modify|touch|loosen|forget|skip)\b/i;
/** A label is short; a longer line is a sentence that happens to have the word. */
const LONGEST_LABEL = 90;

/** What a line above a sample, its heading or a comment in it says of it. */
export function judgement(line: string): Judgement {
  const label = line.trim();
  if (label.length > LONGEST_LABEL) return 'none';
  if (PROHIBITION.test(label)) return KEEPING.test(label) ? 'right' : 'wrong';
  const wrong = WRONG_MARK.exec(label)?.index ?? -1;
  const right = RIGHT_MARK.exec(label)?.index ?? -1;
  if (wrong < 0) return right < 0 ? 'none' : 'right';
  return right < 0 || wrong < right ? 'wrong' : 'right';
}
