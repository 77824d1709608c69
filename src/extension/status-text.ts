/** What the status item says, as a function of the state; knows no VS Code, so it is tested without one. */
import type { AccountStatus, Counts, RootStatus, Status } from '../shared/protocol.ts';

/** The state of the server as `Ctx` has it. */
export type ShownState =
  | { readonly kind: 'disabled' | 'waiting' | 'starting' }
  | { readonly kind: 'running'; readonly status: Status | undefined }
  | { readonly kind: 'stopped'; readonly reason: string };

export interface StatusText {
  readonly text: string;
  /** For screen readers: no icons, whole words. */
  readonly label: string;
  /** Markdown: one table. */
  readonly tooltip: string;
  /** Only for true alarms. */
  readonly alarm: boolean;
  /** What a click does. */
  readonly click: 'problems' | 'accounts' | 'restart';
}

/** Farther away than this the deadline is not what matters now (it is the weekend). */
const SHOWN_MINUTES = 24 * 60;
/** From here on the deadline is an alarm. */
const ALARM_MINUTES = 15;

/** The most urgent of: an open error, minutes to flat, else all is well. */
export function statusText(state: ShownState): StatusText {
  switch (state.kind) {
    case 'disabled': return plain('TG off', 'Tickguard is switched off', 'Switched off by the setting `tickguard.enable`.');
    case 'waiting': return plain('TG', 'Tickguard waits for trading code', 'Waits for a file or folder to guard.');
    case 'starting': return plain('$(sync~spin) TG', 'Tickguard starts', 'Starting.');
    case 'stopped': return {
      text: '$(warning) TG stopped', label: 'Tickguard stopped', tooltip: `${state.reason} Click to start it again.`, alarm: true, click: 'restart',
    };
    case 'running': return state.status === undefined ? plain('$(sync~spin) TG', 'Tickguard starts', 'Starting.') : running(state.status);
  }
}

function running(status: Status): StatusText {
  const tooltip = table(status);
  const errors = sum(status, 'error');
  const findings = errors + sum(status, 'warning') + sum(status, 'info');
  const click = findings > 0 ? 'problems' : 'accounts';
  const problem = status.roots.find((root) => root.problem !== undefined);
  if (errors > 0) {
    const text = `${errors} ${errors === 1 ? 'error' : 'errors'}`;
    return { text: `$(error) TG ${text}`, label: `Tickguard: ${text}`, tooltip, alarm: false, click };
  }
  if (problem !== undefined) {
    return { text: '$(warning) TG config', label: `Tickguard: ${problem.problem ?? ''}`, tooltip, alarm: false, click: 'problems' };
  }
  const minutes = Math.min(...accounts(status).map((account) => account.minutesToFlat ?? Infinity));
  if (minutes <= SHOWN_MINUTES) {
    const early = accounts(status).find(({ minutesToFlat, closes }) => minutesToFlat === minutes && closes?.early === true)?.closes;
    const text = `${duration(minutes)} to flat${early === undefined ? '' : `, ${early.product} stops early`}`;
    return { text: `$(clock) TG ${text}`, label: `Tickguard: ${text}`, tooltip, alarm: minutes <= ALARM_MINUTES, click };
  }
  if (status.roots.some((root) => root.state === 'opening' || root.state === 'scanning')) {
    return { text: '$(sync~spin) TG', label: 'Tickguard reads the workspace', tooltip, alarm: false, click };
  }
  return { text: '$(check) TG ok', label: 'Tickguard: no errors', tooltip, alarm: false, click };
}

/** `43 min`, `5 h 12 min`. */
export function duration(minutes: number): string {
  if (minutes < 60) { return `${minutes} min`; }
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)} h${rest === 0 ? '' : ` ${rest} min`}`;
}

/** One table: a line a folder with its counts, and below it a line an account with its deadline. */
function table(status: Status): string {
  const rows = status.roots.flatMap((root) => [rootRow(root), ...root.accounts.map(accountRow)]);
  const header = ['', 'Errors', 'Warnings', 'Infos', 'Flat by', 'Left'];
  return [row(header), '|:--|--:|--:|--:|:--|--:|', ...rows].join('\n');
}

function rootRow(root: RootStatus): string {
  const { error, warning, info } = root.counts;
  const note = root.problem !== undefined ? ` – ${cell(root.problem)}`
    : root.state === 'scanning' ? ` – ${root.done} of ${root.total} files`
      : root.state === 'opening' ? ' – opening'
        : root.accounts.length === 0 ? ' – house limits, no account chosen' : '';
  return row([`**${cell(root.name)}**${note}`, String(error), String(warning), String(info), '', '']);
}

function accountRow(account: AccountStatus): string {
  const name = `${cell(account.id)}: ${cell(account.pack)} ${account.size / 1000}K`;
  if (account.flatBy === undefined) { return row([name, '', '', '', 'overnight allowed', '']); }
  const city = account.zone?.slice(account.zone.lastIndexOf('/') + 1).replaceAll('_', ' ') ?? '';
  const { closes } = account;
  const stops = closes === undefined ? '' : `, ${cell(closes.product)} ${closes.early ? 'stops early' : 'closes'}`;
  return row([name, '', '', '', `${account.flatBy} ${city}${stops}`, duration(account.minutesToFlat ?? 0)]);
}

/** The hover's tables have no gaps and wrap at every blank: both are mended by blanks that do not break. */
function row(cells: readonly string[]): string {
  const [first = '', ...others] = cells;
  return `| ${[first, ...others.map((text) => `&nbsp;&nbsp;&nbsp;${text.replaceAll(' ', '&nbsp;')}`)].join(' | ')} |`;
}

/** Names come from files: nothing in them may end the cell or start a link or a tag. */
function cell(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]()<>#+!|~-]/g, '\\$&');
}

function sum(status: Status, severity: keyof Counts): number {
  return status.roots.reduce((total, root) => total + root.counts[severity], 0);
}

function accounts(status: Status): readonly AccountStatus[] {
  return status.roots.flatMap((root) => root.accounts);
}

function plain(text: string, label: string, tooltip: string): StatusText {
  return { text, label, tooltip, alarm: false, click: 'accounts' };
}
