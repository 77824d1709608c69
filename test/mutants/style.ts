/** How different people write the same code down: their indentation, their comments, their empty lines. */
import { reindented } from './edit.ts';
import type { MutantLanguage } from './form.ts';

const NOTES = ['see the wiki', 'kept from the old desk', 'reviewed', 'agreed on Monday', 'TODO: move to a file of its own', '—— below this line ——', 'ok?'] as const;
/** Comment marks; none in JSON, and in settings only on lines of their own. */
const COMMENT: Readonly<Record<MutantLanguage, string | undefined>> = { python: '#', mql5: '//', script: '//', yaml: '#', json: undefined, toml: '#', ini: ';', dotenv: '#' };

/** Rewrites a piece in somebody's style; marks stay around what they mark. The same random numbers give the same style. */
export function styled(code: string, language: MutantLanguage, random: () => number): string {
  const one = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)] as T;
  const [unit, above, behind, long, empty] = [one(['    ', '  ', '\t', '   ']), random() < 0.3, random() < 0.25, random() < 0.1, random() < 0.3];
  const [note, other] = [one(NOTES), one(NOTES)];
  let text = language === 'script' || language === 'mql5' ? reindented(code, unit) : code;
  const mark = COMMENT[language];
  if (mark === undefined) { return text; }
  if (behind && (language === 'python' || language === 'script' || language === 'mql5')) {
    const filler = long ? ` ${'—'.repeat(300)}` : '';
    text = text.split('\n').map((line, index) => (index === 0 && isWhole(line, text) ? `${line}  ${mark} ${note}${filler}` : line)).join('\n');
  }
  if (above) { text = `${mark} ${other}\n${text}`; }
  return empty && language !== 'yaml' ? `\n${text}` : text;
}

/** Whether a comment may stand behind the line: nothing goes on from it that a comment would end, and it has none yet. */
function isWhole(line: string, text: string): boolean {
  return !/"""|'''|`|\\$|#|\/\//.test(line) && !/"""|'''|`/.test(text) && line.trim() !== '';
}
