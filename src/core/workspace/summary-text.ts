/**
 * A summary as text: what the cache keeps and the threads of a scan exchange. Small beside the objects it stands for, and
 * read only when somebody asks for more than its path.
 */
import type { FileSummary } from '../source/link/summary.ts';
import { isCalm, isPlain } from '../source/link/entries.ts';
import { RecalledSummary } from './recalled.ts';

/** What a text holds, told without parsing it; bits. `findings` stands for suppressions as well, `calm` and `plain` are as in `FileSummary`. */
export const HOLDS = { findings: 1, calm: 2, plain: 4, roles: 8, settings: 16, aliases: 32, sets: 64, facts: 128 } as const;

/** A summary without its functions, then the functions: four fifths of it, that only files on the way to a finding are asked for. */
export interface SummaryText {
  readonly bytes: Buffer;
  /** Bytes before the functions. */
  readonly head: number;
  /** `HOLDS` */
  readonly holds: number;
}

export function writeSummary(summary: FileSummary): SummaryText {
  const { functions, ...rest } = withoutReasons(summary);
  const head = JSON.stringify(rest);
  return { bytes: Buffer.from(head + JSON.stringify(functions)), head: Buffer.byteLength(head), holds: holdsOf(summary) };
}

/** The summary of a text. The text's memory is kept as long as the summary is. */
export function readSummary(path: string, { bytes, head, holds }: SummaryText): FileSummary {
  const parsed = (from: number, to: number): unknown => JSON.parse(bytes.toString('utf8', from, to));
  return new RecalledSummary(path, {
    has: (what) => (holds & HOLDS[what]) !== 0,
    head: () => parsed(0, head) as Omit<FileSummary, 'functions'>, functions: () => parsed(head, bytes.length) as FileSummary['functions'],
  });
}

function holdsOf(summary: FileSummary): number {
  const held = {
    findings: summary.findings.length > 0 || summary.suppressions.length > 0, calm: isCalm(summary), plain: isPlain(summary),
    roles: summary.roles.length > 0, settings: summary.settings !== undefined, aliases: summary.aliases !== undefined, sets: summary.sets !== undefined,
    facts: summary.facts !== undefined,
  };
  return Object.entries(held).reduce((bits, [what, there]) => (there ? bits | HOLDS[what as keyof typeof held] : bits), 0);
}

/** A reason is the user's own text, needed by nobody after the rules ran. */
function withoutReasons(summary: FileSummary): FileSummary {
  return summary.suppressions.length === 0 ? summary
    : { ...summary, suppressions: summary.suppressions.map((suppression) => ({ ...suppression, reason: '' })) };
}

/** Shortest line of a secret of several lines that is looked for by itself. */
const MIN_LINE = 12;

/** Whether a text spells one of these secrets. Findings are masked; a name in the code or an entry of `__all__` could still. */
export function spellsSecret({ bytes }: SummaryText, secrets: readonly string[]): boolean {
  const parts = secrets.flatMap((secret) => [secret, ...secret.split(/[\r\n]/).filter((part) => part.length >= MIN_LINE)]);
  return parts.map((part) => JSON.stringify(part).slice(1, -1)).some((part) => bytes.includes(part));
}
