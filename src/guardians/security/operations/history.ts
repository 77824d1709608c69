/** `history`: secrets that were ever committed, with who, when, and whether they are still there. */
import * as z from 'zod';
import type { Outcome } from '../../../core/outcome.ts';
import { defineOperation, type OperationContext } from '../../../core/operations/operation.ts';
import { committableIndex } from '../../../core/workspace/git-index.ts';
import { BrokenInstallation, startParsers } from '../../../core/workspace/parsers.ts';
import { loadBaseline } from '../../../core/workspace/policy.ts';
import { diskContents } from '../../../core/workspace/contents.ts';
import { type Commits, listCommits } from '../history/commits.ts';
import { secretsOf } from '../history/conclude.ts';
import { HistoryCache, historyKey, saltOf } from '../history/history-cache.ts';
import { historyConfig } from '../history/history-config.ts';
import { Judge } from '../history/judge.ts';
import { Ledger } from '../history/ledger.ts';
import { purgeSteps } from '../history/purge.ts';
import { type HistoryReport, historyReport, type HistorySecret } from '../history/report.ts';
import { openRepository, type Repository } from '../history/repository.ts';
import { runProof } from './history-proof.ts';
import { noteScan, type Standing, standingOf } from '../history/standing.ts';
import { type HistoryScan, scanHistory } from '../history/scan-history.ts';

const historyInput = z.object({
  range: z.array(z.string()).default([]).meta({ positional: true, value: 'range', description: 'Commits to read, as git names them: main, HEAD~20.., v1.0..main; without, everything that any reference leads to' }),
  refs: z.array(z.string()).default([]).meta({ value: 'REF,…', description: 'Only what these branches and tags lead to; release/* is a pattern' }),
  since: z.string().optional().meta({ value: 'DATE', description: 'Only commits since then: 2026-03-09, "2 weeks ago"' }),
  notPushed: z.boolean().default(false).meta({ description: 'Leave out what a remote-tracking branch has' }),
  notOn: z.string().optional().meta({ value: 'REMOTE', description: 'Leave out what the tracking branches of this remote have' }),
  staged: z.boolean().default(false).meta({ description: 'With a range: also what is staged. Without one it always is' }),
  noStashes: z.boolean().default(false).meta({ description: 'Leave out the entries of the stash' }),
  reflog: z.boolean().default(false).meta({ description: 'Also what only the reflog leads to: amended, rebased and dropped commits' }),
  proof: z.boolean().default(false).meta({ description: 'Show whether one key is gone from files, logs, environment files, history and other repositories; the key comes from standard input or --key-from' }),
  repository: z.array(z.string()).default([]).meta({ value: 'PATH,…', description: 'With --proof: other repositories to search' }),
  detector: z.string().optional().meta({ value: 'NAME', description: 'With --proof: what the key is, where that cannot be told from itself, as binance-api-secret' }),
  key: z.string().optional().meta({ hidden: true, description: 'The key of proof; never an argument of the command line' }),
  provider: z.array(z.string()).optional().meta({ value: 'NAME,…', description: 'Only credentials of these providers' }),
  confidence: z.enum(['low', 'medium', 'high']).optional().meta({ value: 'LEVEL', description: 'Only credentials of this confidence or more' }),
  failOn: z.enum(['error', 'warning', 'info']).default('error').meta({ value: 'SEVERITY', description: 'Exit 1 for secrets of this severity or worse' }),
  baseline: z.enum(['use', 'ignore']).default('use').meta({ value: 'HOW', description: 'use: leave out what .tickguard/baseline.json holds; ignore: show all' }),
  noCache: z.boolean().default(false).meta({ description: 'Read every commit anew, and remember nothing in .tickguard/cache' }),
  asOf: z.iso.date('must be a day that exists, as 2026-03-09').optional().meta({ value: 'YYYY-MM-DD', description: 'The day the scan speaks of (today without)' }),
});

/** What `history` is asked. */
export type HistoryInput = z.output<typeof historyInput>;

/** The `history` operation. Writes nothing but the cache, where the door allows one. */
export const historyOperation = defineOperation<HistoryInput, HistoryReport>({
  id: 'history',
  summary: 'Find secrets that were ever committed: who, when, whether HEAD still has them, how to rotate and purge',
  words: ['history', 'git', 'secrets', 'credentials', 'security', 'leak', 'commits', 'purge', 'rotate', 'audit'],
  input: historyInput as unknown as z.ZodType<HistoryInput>,
  output: historyReport,
  doors: ['cli'],
  needsTrust: false,
  run,
});

/** The rule that knows credentials. */
const RULE = 'SEC001';
const CONFIDENCES = ['low', 'medium', 'high'];

async function run(input: HistoryInput, context: OperationContext): Promise<Outcome<HistoryReport>> {
  const started = performance.now();
  const wrong = input.proof && (input.range.length > 0 || input.refs.length > 0 || input.since !== undefined) ? 'A proof looks everywhere. Leave out the range, --refs and --since.'
    : !input.proof && (input.repository.length > 0 || input.detector !== undefined) ? '--repository and --detector belong to --proof. Add it, or leave them out.'
    : input.range.length > 0 && input.refs.length > 0 ? 'A range already names its commits. Give a range or --refs, not both.' : undefined;
  if (wrong !== undefined) { return { ok: false, error: wrong }; }
  const opened = await openRepository(context.cwd, { signal: context.signal });
  if (!opened.ok) { return opened; }
  const repository = opened.value;
  const { range, refs, since, reflog, notPushed, notOn } = input;
  const selection = { range, refs, reflog, notPushed, stashes: !input.noStashes, ...(since === undefined ? {} : { since }), ...(notOn === undefined ? {} : { notOn }) };
  // Most of both is waiting for git.
  const [commits, parts] = await Promise.all([listCommits(repository, selection, context.signal), prepare(input, repository, context)]);
  if (!commits.ok) { return commits; }
  if (!parts.ok) { return parts; }
  const { judge, staged, baseline, remembers } = parts.value;
  const { ledger, cache } = await parts.value.open(commits.value);
  if (input.proof) {
    cache.close();
    const proof = await runProof({ key: input.key, repository: input.repository, detector: input.detector }, repository, judge, context);
    return proof.ok ? { ok: true, value: proofReportOf(repository, proof.value, performance.now() - started) } : proof;
  }
  try {
    const scan = await scanHistory({ repository, commits: commits.value, ledger, judge, cache, staged, signal: context.signal, progress: (text) => { context.progress(text); } });
    if (context.signal.aborted) { return { ok: false, error: 'The scan was stopped before its end. What it read is remembered; run it again to go on.' }; }
    const secrets = await secretsOf({ repository, ledger, order: commits.value.ids, baseline, today: input.asOf ?? context.today });
    const whole = commits.value.closed && input.refs.length === 0;
    const standing = await standingOf({ repository, secrets, today: input.asOf ?? context.today, whole });
    if (whole && remembers) { noteScan(repository, new Date().toISOString()); }
    return { ok: true, value: reportOf(input, repository, commits.value, scan, { secrets: secrets.filter((secret) => wanted(secret, input)), standing }, performance.now() - started) };
  } catch (error) {
    if (error instanceof BrokenInstallation) { return { ok: false, error: error.message }; }
    throw error;
  } finally {
    cache.close();
  }
}

interface Prepared {
  readonly judge: Judge;
  readonly staged: NodeJS.ProcessEnv | undefined;
  readonly baseline: Parameters<typeof secretsOf>[0]['baseline'];
  readonly remembers: boolean;
  /** What is remembered of these commits; may write. */
  open(commits: Commits): Promise<{ readonly ledger: Ledger; readonly cache: HistoryCache }>;
}

async function prepare(input: HistoryInput, repository: Repository, context: OperationContext): Promise<Outcome<Prepared>> {
  const { root } = repository;
  const rule = context.rules.find(({ id }) => id === RULE);
  if (rule === undefined) { throw new Error(`There is no rule ${RULE}.`); }
  const contents = diskContents(root);
  const options = { root, rules: context.rules, packs: context.packs, useBaseline: input.baseline === 'use' };
  const build = input.noCache ? undefined : context.build?.();
  const wantsStaged = !repository.bare && (input.staged || (input.range.length === 0 && input.refs.length === 0));
  const [config, index, syntax] = await Promise.all([
    historyConfig(repository, context, contents),
    // A merge that is not finished has no index to commit; its history has one.
    wantsStaged ? committableIndex(root, { cwd: context.cwd, signal: context.signal, git: repository.git }) : undefined,
    startParsers(undefined),
  ]);
  if (!config.ok) { return config; }
  const baseline = loadBaseline(options, contents);
  if (!baseline.ok) { return { ok: false, error: `.tickguard/baseline.json ${baseline.error}` }; }
  const staged = index === undefined ? undefined : { ...repository.env, ...indexFile(index) };
  const open = async ({ closed }: Commits): Promise<{ readonly ledger: Ledger; readonly cache: HistoryCache }> => ({
    cache: build === undefined ? HistoryCache.none() : await HistoryCache.open(root, historyKey(build, config.value.texts), closed),
    ledger: new Ledger(await saltOf(root, build !== undefined)),
  });
  const judge = new Judge({ rule, known: context.rules, config: config.value.set, asOf: input.asOf ?? context.today, syntax });
  return { ok: true, value: { judge, staged, baseline: baseline.value, remembers: build !== undefined, open } };
}

function indexFile(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const file = env['GIT_INDEX_FILE'];
  return file === undefined ? {} : { GIT_INDEX_FILE: file };
}

function wanted({ provider, confidence, detector }: HistorySecret, input: HistoryInput): boolean {
  const names = input.provider?.map((name) => name.toLowerCase());
  const ofProvider = names === undefined || names.some((name) => provider?.toLowerCase() === name || detector === name || detector.startsWith(`${name}-`));
  // One without a word about it is not left out: nobody has doubted it.
  return ofProvider && (input.confidence === undefined || confidence === undefined || CONFIDENCES.indexOf(confidence) >= CONFIDENCES.indexOf(input.confidence));
}

const SEVERITIES = ['info', 'warning', 'error'];

function reportOf(input: HistoryInput, repository: Repository, commits: Commits, scan: HistoryScan, { secrets, standing }: { readonly secrets: readonly HistorySecret[]; readonly standing: readonly Standing[] }, ms: number): HistoryReport {
  const { read, remembered, patchBytes, unread, submodules } = scan;
  const broken = [...scan.broken, ...commits.missing.map((commit) => ({ commit, detail: 'git does not have this commit' }))];
  const blocking = secrets.filter(({ suppressed, severity }) => suppressed === undefined && SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(input.failOn)).length;
  const incomplete = broken.length > 0 || unread.some((one) => one.incomplete);
  return {
    root: repository.root, secrets, commits: { total: commits.ids.length, read, remembered }, patchBytes, durationMs: Math.round(ms), shallow: repository.shallow,
    unread, broken, submodules, standing, purge: purgeSteps(secrets), verdict: incomplete ? 'incomplete' : blocking > 0 ? 'findings' : 'clean', blocking,
  };
}

function proofReportOf(repository: Repository, proof: NonNullable<HistoryReport['proof']>, ms: number): HistoryReport {
  return {
    root: repository.root, secrets: [], commits: { total: 0, read: 0, remembered: 0 }, patchBytes: 0, durationMs: Math.round(ms), shallow: repository.shallow, unread: [], broken: [], submodules: [],
    standing: [], proof, purge: [], verdict: proof.verdict === 'gone' ? 'clean' : proof.verdict === 'found' ? 'findings' : 'incomplete', blocking: proof.verdict === 'found' ? 1 : 0,
  };
}
