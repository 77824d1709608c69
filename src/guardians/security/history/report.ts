/** What a scan of the history tells: one entry a secret, however often and wherever it was committed. */
import * as z from 'zod';
import type { Severity } from '../../../core/findings/finding.ts';
import { type ProofReport, proofReport } from '../proof/prove.ts';
import type { Unread } from './file-history.ts';
import { type Standing, standing } from './standing.ts';

/** A commit that brought or took a secret. */
export interface HistoryPlace {
  /** Whole id; `staged` where it is not committed yet. */
  readonly commit: string;
  readonly author: string;
  readonly email: string;
  /** ISO 8601; empty for what is staged. */
  readonly date: string;
  readonly subject: string;
  readonly path: string;
  /** 1-based, in the file as that commit left it; absent where the secret was taken out. */
  readonly line?: number;
  readonly change: 'added' | 'removed';
}

/** One secret. Its value is nowhere in it. */
export interface HistorySecret {
  /** Salted hash of the value: the same in every report of this folder. */
  readonly id: string;
  readonly detector: string;
  readonly title: string;
  readonly severity: Severity;
  readonly provider?: string;
  readonly confidence?: string;
  /** What whoever has it can do. */
  readonly opens: string;
  /** Where it is revoked. */
  readonly rotate: string;
  /** Its line, masked. */
  readonly preview: string;
  /** The commit that brought it, of several the oldest. */
  readonly first: HistoryPlace;
  /** The last commit that brought it into a file or took it out of one. */
  readonly last: HistoryPlace;
  /** Every path it was ever in, sorted. */
  readonly paths: readonly string[];
  /** Commits that brought it or took it out. */
  readonly commits: number;
  /** Where the commit that is checked out has it. */
  readonly head: readonly { readonly path: string; readonly line: number }[];
  /** It is about to be committed. */
  readonly staged: boolean;
  /** Days from the first commit to the day of the report. */
  readonly ageDays: number;
  /** Said to be none: by a comment at every place it came to, or by the baseline. */
  readonly suppressed?: 'comment' | 'baseline';
  readonly fingerprint: string;
  readonly evidence: Readonly<Record<string, string>>;
}

export interface HistoryReport {
  /** Absolute path of the repository's top folder. */
  readonly root: string;
  readonly secrets: readonly HistorySecret[];
  readonly commits: { readonly total: number; readonly read: number; readonly remembered: number };
  readonly patchBytes: number;
  readonly durationMs: number;
  readonly shallow: boolean;
  readonly unread: readonly Unread[];
  /** Commits that git could not show, or does not have. */
  readonly broken: readonly { readonly commit: string; readonly detail: string }[];
  readonly submodules: readonly string[];
  /** What stands besides single secrets: old keys, default passwords, hooks, the last scan. */
  readonly standing: readonly Standing[];
  /** The answer to `proof`; then nothing was scanned. */
  readonly proof?: ProofReport;
  /** How the secrets are taken out of the history; empty where there are none. */
  readonly purge: readonly string[];
  /** `incomplete`: something could not be read, whatever else was found. */
  readonly verdict: 'clean' | 'findings' | 'incomplete';
  /** Secrets that count for the verdict. */
  readonly blocking: number;
}

const place = z.object({
  commit: z.string(), author: z.string(), email: z.string(), date: z.string(), subject: z.string(), path: z.string(), line: z.exactOptional(z.int()), change: z.enum(['added', 'removed']),
});
const secret = z.object({
  id: z.string(), detector: z.string(), title: z.string(), severity: z.enum(['error', 'warning', 'info']), provider: z.exactOptional(z.string()), confidence: z.exactOptional(z.string()),
  opens: z.string(), rotate: z.string(), preview: z.string(), first: place, last: place, paths: z.array(z.string()), commits: z.int(),
  head: z.array(z.object({ path: z.string(), line: z.int() })), staged: z.boolean(), ageDays: z.int(), suppressed: z.exactOptional(z.enum(['comment', 'baseline'])),
  fingerprint: z.string(), evidence: z.record(z.string(), z.string()),
});

/** Shape of the report, for every door. */
export const historyReport = z.object({
  root: z.string(), secrets: z.array(secret), commits: z.object({ total: z.int(), read: z.int(), remembered: z.int() }), patchBytes: z.int(), durationMs: z.int(), shallow: z.boolean(),
  unread: z.array(z.object({ commit: z.string(), path: z.string(), reason: z.string(), incomplete: z.boolean() })),
  broken: z.array(z.object({ commit: z.string(), detail: z.string() })), submodules: z.array(z.string()), standing: z.array(standing), proof: z.exactOptional(proofReport), purge: z.array(z.string()),
  verdict: z.enum(['clean', 'findings', 'incomplete']), blocking: z.int(),
}) as unknown as z.ZodType<HistoryReport>;
