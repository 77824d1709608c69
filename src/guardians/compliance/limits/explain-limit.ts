/** The limit at a place of a project: its chain, what holds, and the text that shows both. */
import type { SettingChain } from '../../../core/source/link/setting-chain.ts';
import { offsetAt } from '../../../core/source/text.ts';
import type { SourceText } from '../../../core/source/model.ts';
import type { Project } from '../../../core/workspace/project.ts';
import { effectiveLimit, type Effective } from './effective.ts';
import { limitMarkdown, type LinkTo } from './limit-markdown.ts';

/** What is known of a limit. */
export interface ExplainedLimit {
  readonly effective: Effective;
  readonly chain: SettingChain;
  readonly markdown: string;
}

/**
 * Explains the limit at a place, 1-based in UTF-16 units. Reads nothing but what the project knows already.
 * @param source the file's text as it stands: tells the name under the cursor.
 * @returns undefined where there is no limit, or nothing is known beyond the literal itself.
 */
export function explainLimit(project: Project, path: string, source: SourceText, line: number, column: number, linkTo: LinkTo): ExplainedLimit | undefined {
  const word = wordAt(source.text, offsetAt(source, line, column));
  const chain = project.settingAt(path, line, column, word);
  if (chain === undefined) { return undefined; }
  const home = chain.keys[0]?.file ?? chain.reads[0]?.file ?? path;
  const accounts = project.accountsOf(path);
  const effective = effectiveLimit(chain, accounts.length > 0 ? accounts : project.accountsOf(home));
  return effective === undefined ? undefined : { effective, chain, markdown: limitMarkdown(effective, chain, linkTo) };
}

/** The identifier around an offset; empty where there is none. */
function wordAt(text: string, offset: number): string {
  let start = offset;
  let end = offset;
  while (start > 0 && /[\w$]/.test(text[start - 1] ?? '')) { start--; }
  while (end < text.length && /[\w$]/.test(text[end] ?? '')) { end++; }
  return text.slice(start, end);
}
