/** The way of a limit as Markdown: the value that holds, the places it comes through, who reads it. */
import type { Range } from '../../../core/findings/finding.ts';
import type { ChainStep, SettingChain } from '../../../core/source/link/setting-chain.ts';
import type { Effective } from './effective.ts';

/** Address of a place, for a link. */
export type LinkTo = (file: string, range: Range) => string;

/** Most places of one kind that are listed. */
const MAX_LISTED = 8;

/** The Markdown of a hover. */
export function limitMarkdown(limit: Effective, chain: SettingChain, linkTo: LinkTo): string {
  const readers = [...new Set([...chain.reads, ...chain.tests].map((step) => step.file))];
  return [
    headOf(limit), '', ...numbered(placesOf(limit, chain, linkTo)), '',
    readers.length === 0 ? '**Read by** nobody in this project.' : `**Read by** ${readers.slice(0, MAX_LISTED).map((file) => code(file)).join(', ')}`,
  ].join('\n');
}

/** A key that no program reads, and what is read in its place. */
export interface UnreadPlace {
  readonly key: ChainStep;
  /** `instead` and `action` of the finding. */
  readonly why: Readonly<Record<string, string>>;
  readonly effective: Effective | undefined;
  readonly chain: SettingChain | undefined;
}

/** The Markdown of a hover on a key that no program reads. */
export function unreadMarkdown({ key, why, effective, chain }: UnreadPlace, linkTo: LinkTo): string {
  const head = `**No program reads** ${code(key.name)}`;
  const written = `${code(`${key.name}: ${key.text}`)} in [${key.file}:${String(key.range.line)}](${linkTo(key.file, key.range)}) — **read by nobody**`;
  if (effective === undefined || chain === undefined) { return [`${head}: ${why['instead'] ?? ''}. ${why['action'] ?? ''}`, '', ...numbered([written])].join('\n'); }
  const values = [...new Set(effective.values)].join('** or **');
  return [
    `${head}: **${values}** holds instead${effective.against === undefined ? '' : `; ${effective.against}`}. ${why['action'] ?? ''}`, '',
    ...numbered([written, ...placesOf(effective, chain, linkTo)]),
  ].join('\n');
}

function numbered(lines: readonly string[]): readonly string[] {
  return lines.map((line, i) => `${String(i + 1)}. ${line}`);
}

/** A line for each place of the chain. */
function placesOf(limit: Effective, chain: SettingChain, linkTo: LinkTo): readonly string[] {
  const won = new Set(limit.winners.map(keyOf));
  const link = (step: ChainStep): string => `[${step.file}:${String(step.range.line)}](${linkTo(step.file, step.range)})`;
  const several = limit.winners.length > 1;
  const mark = (step: ChainStep): string => (won.has(keyOf(step)) ? several ? ' — **holds where this file is opened**' : ' — **wins**' : '');
  const lines: string[] = [];
  for (const step of chain.constants.slice(0, MAX_LISTED)) { lines.push(`default ${code(step.text)} of ${code(step.name)} at ${link(step)}${mark(step)}`); }
  for (const step of chain.given.slice(0, MAX_LISTED)) { lines.push(`${code(step.text)} handed over as ${code(step.name)} at ${link(step)}${mark(step)}`); }
  for (const step of chain.keys.slice(0, MAX_LISTED)) { lines.push(`${code(`${step.name}: ${step.text}`)} in ${link(step)}${mark(step)}`); }
  for (const step of chain.reads.slice(0, MAX_LISTED)) { lines.push(`read at ${link(step)} ${code(step.text)}${step.default === undefined ? '' : `, else ${code(step.default)}`}${mark(step)}`); }
  for (const step of chain.passes.slice(0, MAX_LISTED)) { lines.push(`handed on as ${code(step.name)} at ${link(step)}`); }
  for (const step of chain.tests.slice(0, MAX_LISTED)) { lines.push(`compared at ${link(step)} ${code(step.text)}`); }
  return lines;
}

function headOf(limit: Effective): string {
  const values = [...new Set(limit.values)];
  const first = `**${values.join('** or **')}** holds for ${code(limit.name)}`;
  return limit.against === undefined ? `${first}.` : `${first}; ${limit.against}.`;
}

function keyOf({ file, range }: ChainStep): string {
  return `${file}:${String(range.line)}:${String(range.column)}`;
}

/** Code in a line of Markdown, whatever is in it. */
function code(text: string): string {
  const plain = text.replaceAll('\n', ' ');
  return plain.includes('`') ? `\`\` ${plain} \`\`` : `\`${plain}\``;
}
