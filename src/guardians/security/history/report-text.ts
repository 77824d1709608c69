/** `--format text` of `history`: a block a secret, then counts, then how the secrets get out of the history. */
import type { Severity } from '../../../core/findings/finding.ts';
import { proofText } from '../proof/proof-text.ts';
import type { HistoryPlace, HistoryReport, HistorySecret } from './report.ts';
import { plural, seconds, visible } from '../../../core/findings/reporters/words.ts';

const INDENT = '         ';
/** Secrets shown in full; `all` shows every one. */
const SHOWN = 10;
/** Files that could not be read, shown by name. */
const UNREAD_SHOWN = 5;

type Style = 'red' | 'yellow' | 'cyan' | 'dim' | 'bold';
/** SGR codes, ECMA-48 8.3.117. */
const SGR: Readonly<Record<Style, string>> = { red: '31;1', yellow: '33;1', cyan: '36', dim: '2', bold: '1' };
const SEVERITY_STYLE: Readonly<Record<Severity, Style>> = { error: 'red', warning: 'yellow', info: 'cyan' };
type Paint = (style: Style, text: string) => string;

export interface HistoryTextOptions {
  readonly color: boolean;
  readonly all: boolean;
}

/** The report for people, ending with a line break. */
export function historyText(report: HistoryReport, options: HistoryTextOptions): string {
  if (report.proof !== undefined) { return proofText(report.proof); }
  const paint: Paint = options.color ? (style, text) => `\u001b[${SGR[style]}m${text}\u001b[0m` : (_style, text) => text;
  const open = report.secrets.filter(({ suppressed }) => suppressed === undefined);
  const shown = options.all ? open : open.slice(0, SHOWN);
  const sections = [
    shown.map((secret) => block(secret, paint)).join('\n\n'),
    [total(report, paint), ...notes(report, paint)].join('\n'),
    shown.length < open.length ? `${open.length - shown.length} more ${plural(open.length - shown.length, 'secret')}: ${paint('bold', 'tickguard history --all')}` : '',
    report.standing.length === 0 ? '' : [paint('bold', 'Standing'), ...report.standing.map(({ message }) => `  ${visible(message)}`)].join('\n'),
    report.purge.length === 0 ? '' : [paint('bold', 'What to do'), ...report.purge.map((step, index) => `  ${index + 1}. ${visible(step)}`)].join('\n'),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function block(secret: HistorySecret, paint: Paint): string {
  const { first, last, severity, detector, title, head, paths, preview, rotate, opens } = secret;
  const severityText = paint(SEVERITY_STYLE[severity], severity.padEnd(7));
  const where = head[0] === undefined ? `${visible(first.path)}:${first.line ?? 1}` : `${visible(head[0].path)}:${head[0].line}`;
  const state = secret.staged && first.commit === 'staged' ? 'staged, not committed yet' : head.length > 0 ? 'still in HEAD' : 'no longer in HEAD, still in history';
  const others = paths.filter((path) => path !== first.path);
  return [
    `${severityText}  ${paint('bold', where)}  ${paint('dim', `SEC001/${detector}`)}  ${title}, ${state}: ${opens}.`,
    ...(preview === '' ? [] : [`${INDENT}${paint('dim', '│')} ${visible(preview)}`]),
    `${INDENT}${paint('dim', 'first')}   ${placeText(first)}`,
    ...(last.commit === first.commit && last.path === first.path && last.change === first.change ? [] : [`${INDENT}${paint('dim', 'last')}    ${placeText(last)}`]),
    ...(head.length > 1 ? [`${INDENT}${paint('dim', 'HEAD')}    ${head.slice(0, 6).map(({ path, line }) => `${visible(path)}:${line}`).join(', ')}${head.length > 6 ? `, … ${head.length - 6} more` : ''}`] : []),
    ...(others.length > 0 ? [`${INDENT}${paint('dim', 'also')}    ${others.slice(0, 6).map(visible).join(', ')}${others.length > 6 ? `, … ${others.length - 6} more` : ''}`] : []),
    `${INDENT}${paint('dim', 'rotate')}  ${rotate}. ${paint('dim', `id ${secret.id}`)}`,
  ].join('\n');
}

/** `2026-03-09  1a2b3c4d5e  Ann <ann@example.com>  src/config.py:3`. */
function placeText(place: HistoryPlace): string {
  if (place.commit === 'staged') { return `staged  ${visible(place.path)}:${place.line ?? 1}`; }
  const where = place.change === 'removed' ? `taken out of ${visible(place.path)}` : `${visible(place.path)}:${place.line ?? 1}`;
  return `${place.date.slice(0, 10)}  ${place.commit.slice(0, 10)}  ${visible(place.author)} <${visible(place.email)}>  ${where}`;
}

function total(report: HistoryReport, paint: Paint): string {
  const open = report.secrets.filter(({ suppressed }) => suppressed === undefined);
  const silenced = (['comment', 'baseline'] as const).flatMap((by) => {
    const count = report.secrets.filter(({ suppressed }) => suppressed === by).length;
    return count === 0 ? [] : [by === 'comment' ? `${count} silenced by comments` : `${count} in the baseline`];
  });
  const tail = silenced.length === 0 ? '' : ` (${silenced.join(', ')})`;
  const { total: commits, remembered } = report.commits;
  const known = remembered === 0 ? '' : `, ${remembered} of them known from before`;
  const where = `${commits} ${plural(commits, 'commit')}${known}, ${seconds(report.durationMs)}`;
  if (open.length === 0) { return `No secret in the history${tail}: ${where}.`; }
  const inHead = open.filter(({ head }) => head.length > 0).length;
  return `${paint('bold', `${open.length} ${plural(open.length, 'secret')}, ${inHead} still in HEAD`)}${tail}: ${where}.`;
}

function notes(report: HistoryReport, paint: Paint): readonly string[] {
  const { unread, broken, submodules, shallow } = report;
  const large = unread.filter(({ incomplete }) => !incomplete);
  const missing = unread.filter(({ incomplete }) => incomplete);
  return [
    ...(shallow ? ['  The repository is shallow: what was committed before its first commits is not here. Fetch it: git fetch --unshallow'] : []),
    ...(submodules.length > 0 ? [`  not entered: ${submodules.slice(0, UNREAD_SHOWN).map(visible).join(', ')}${submodules.length > UNREAD_SHOWN ? ` and ${submodules.length - UNREAD_SHOWN} more` : ''}: a repository of its own. Run history in it.`] : []),
    ...(large.length > 0 ? [`  not read: ${visible(large[0]?.path ?? '')}${large.length > 1 ? ` and ${large.length - 1} more` : ''}: ${large[0]?.reason ?? ''}`] : []),
    ...broken.slice(0, UNREAD_SHOWN).map(({ commit, detail }) => paint('red', `  damaged: commit ${commit}: ${visible(detail)}.`)),
    ...missing.slice(0, UNREAD_SHOWN).map(({ commit, path, reason }) => paint('red', `  damaged: ${visible(path)} in ${commit.slice(0, 10)}: ${visible(reason)}`)),
    ...(broken.length + missing.length > 0 ? [paint('red', 'The scan is incomplete: what is listed is not all there is. Fetch the repository anew, or look at it with: git fsck')] : []),
  ];
}
