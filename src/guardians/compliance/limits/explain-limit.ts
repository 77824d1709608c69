/** The limit at a place of a project: its chain, what holds, and the text that shows both. */
import type { SettingChain } from '../../../core/source/link/setting-chain.ts';
import { offsetAt } from '../../../core/source/text.ts';
import type { SourceText } from '../../../core/source/model.ts';
import type { AccountConfig } from '../../../core/workspace/config.ts';
import type { Project } from '../../../core/workspace/project.ts';
import { effectiveLimit, type Effective } from './effective.ts';
import { limitKind, type LimitKind } from './limit-key.ts';
import { limitMarkdown, unreadMarkdown, type LinkTo } from './limit-markdown.ts';

/** What is known of a limit, or of a key that no program reads: then what holds is what holds in its place, if anything. */
export interface ExplainedLimit {
  readonly name: string;
  readonly kind: LimitKind;
  readonly effective?: Effective;
  /** Who reads what instead, where no program reads the key. */
  readonly unread?: string;
  readonly markdown: string;
}

/**
 * Explains the limit at a place, 1-based in UTF-16 units. Reads nothing but what the project knows already.
 * @param source the file's text as it stands: tells the name under the cursor.
 * @returns undefined where there is no limit, or nothing is known beyond the literal itself.
 */
export function explainLimit(project: Project, path: string, source: SourceText, line: number, column: number, linkTo: LinkTo): ExplainedLimit | undefined {
  const unread = explainUnread(project, path, line, column, linkTo);
  if (unread !== undefined) { return unread; }
  const word = wordAt(source.text, offsetAt(source, line, column));
  const chain = project.settingAt(path, line, column, word);
  if (chain === undefined) { return undefined; }
  const effective = effectiveLimit(chain, accountsFor(project, path, chain));
  return effective === undefined ? undefined : { name: effective.name, kind: effective.kind, effective, markdown: limitMarkdown(effective, chain, linkTo) };
}

/** The accounts of the file that was asked about, else of the file the value comes from. */
function accountsFor(project: Project, path: string, chain: SettingChain): readonly AccountConfig[] {
  const accounts = project.accountsOf(path);
  return accounts.length > 0 ? accounts : project.accountsOf(chain.keys[0]?.file ?? chain.reads[0]?.file ?? path);
}

/** A key that names a limit and that no program reads: says so, and what holds instead. */
function explainUnread(project: Project, path: string, line: number, column: number, linkTo: LinkTo): ExplainedLimit | undefined {
  const found = project.unreadAt(path, line, column);
  const name = found?.key.path[found.key.path.length - 1];
  const kind = found === undefined || name === undefined ? undefined : limitKind(name, found.key.path.slice(0, -1));
  if (found === undefined || name === undefined || kind === undefined) { return undefined; }
  const { instead, fill } = found.verdict;
  const chain = instead === undefined ? undefined : project.settingAt(instead.file, instead.range.line, instead.range.column, instead.key);
  const effective = chain === undefined ? undefined : effectiveLimit(chain, accountsFor(project, path, chain));
  const markdown = unreadMarkdown({ key: { file: path, range: found.key.range, text: found.key.text, name: found.key.path.join('.') }, why: fill, effective, chain }, linkTo);
  return { name, kind, unread: fill['instead'] ?? '', markdown, ...(effective === undefined ? {} : { effective }) };
}

/** The identifier around an offset; empty where there is none. */
function wordAt(text: string, offset: number): string {
  let start = offset;
  let end = offset;
  while (start > 0 && /[\w$]/.test(text[start - 1] ?? '')) { start--; }
  while (end < text.length && /[\w$]/.test(text[end] ?? '')) { end++; }
  return text.slice(start, end);
}
