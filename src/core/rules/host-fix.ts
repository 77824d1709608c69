/** Fixes of code inside another file: what is put in has to be written the way that file writes it. */
import type { Fix } from '../findings/finding.ts';
import type { SourceModel } from '../source/model.ts';

/**
 * The fix as an edit of the file around the code, or undefined where it would break that file. In a notebook text is escaped as
 * JSON and the outcome has to be JSON again; in a page no line is added, because a fence may be indented or quoted.
 */
export function fixInHost(fix: Fix, model: SourceModel): Fix | undefined {
  if (model.language === 'markdown') { return fix.edits.some(({ text }) => /[\r\n]/.test(text)) ? undefined : fix; }
  if (model.language !== 'notebook') { return fix; }
  const edits = fix.edits.map((edit) => ({ ...edit, text: JSON.stringify(edit.text).slice(1, -1) }));
  let text = model.source.text;
  for (const edit of edits.toSorted((a, b) => b.start - a.start)) { text = text.slice(0, edit.start) + edit.text + text.slice(edit.end); }
  try {
    JSON.parse(text);
    return { ...fix, edits };
  } catch {
    return undefined;
  }
}
