/** Inputs of an expert that name a limit, and that nothing in it reads. */
import type { SourceModel, Span } from '../../../core/source/model.ts';
import { lastName } from '../named.ts';
import { hasWord } from '../words.ts';
import { GUARD_LETTERS, guardWords, namesGuard } from './guard-names.ts';

/** A limit that the user may set, and that does nothing. */
export interface UnreadLimit {
  readonly at: Span;
  readonly name: string;
}

/** What else such a name may be: a notice, a size, a display. */
const NO_LIMIT: ReadonlySet<string> = new Set(['alert', 'alerts', 'notify', 'color', 'clr', 'panel', 'show', 'display', 'label', 'text', 'reset', 'hour', 'comment', 'description']);

/** Every limit among the inputs of a program in one file that stands nowhere else in it. */
export function unreadLimits(model: SourceModel): readonly UnreadLimit[] {
  if (model.language !== 'mql5' || !/\.mq[45]$/i.test(model.path) || /#include\s{0,8}"/.test(model.source.text)) { return []; }
  return model.body.flatMap((statement): readonly UnreadLimit[] => {
    if (statement.kind !== 'assign' || (statement.storage !== 'input' && statement.storage !== 'sinput' && statement.storage !== 'extern')) { return []; }
    const [target] = statement.targets;
    const name = target === undefined ? undefined : lastName(target);
    if (target === undefined || name === undefined || !GUARD_LETTERS.test(name)) { return []; }
    const words = guardWords(name);
    // A number or a switch; a line of text is a heading among the inputs.
    if (!namesGuard(words) || hasWord(words, NO_LIMIT) || (statement.value?.kind === 'literal' && statement.value.type === 'string') || (statement.annotation !== undefined && lastName(statement.annotation) === 'string')) { return []; }
    return isRead(model, name, target) ? [] : [{ at: { start: target.start, end: target.end }, name }];
  });
}

/** Does the name stand anywhere else but in a comment? */
function isRead(model: SourceModel, name: string, declared: Span): boolean {
  const { text } = model.source;
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length)) {
    const end = at + name.length;
    if (at === declared.start || /\w/.test(text[at - 1] ?? '') || /\w/.test(text[end] ?? '')) { continue; }
    if (!model.comments.some((comment) => comment.start <= at && end <= comment.end)) { return true; }
  }
  return false;
}
