/** `check`: every static rule over files, with the verdict that decides the exit code. */
import * as z from 'zod';
import type { Confidence, Finding, Gate, Severity } from '../findings/finding.ts';
import type { CheckResult } from '../findings/result.ts';
import type { BaselineEntry } from '../rules/baseline.ts';
import { findRule, ruleNames } from '../rules/registry.ts';
import { ConfigSet } from '../workspace/config-file.ts';
import { type Contents, diskContents } from '../workspace/contents.ts';
import { type GitIndex, readIndex } from '../workspace/git-index.ts';
import { readRevision } from '../workspace/git-revision.ts';
import { indexContents } from '../workspace/index-contents.ts';
import { BrokenInstallation } from '../workspace/parsers.ts';
import { absolutePath, pathIn, spelledAsOnDisk } from '../workspace/paths.ts';
import { Project } from '../workspace/project.ts';
import { MOST_JOBS, MOST_THREADS, THREADS_FROM_FILES } from '../workspace/scan/parallel.ts';
import { coverageEntry } from '../rules/coverage-baseline.ts';
import { acceptFindings, type WrittenBaseline } from './accept.ts';
import { coverageOfProject } from './coverage.ts';
import { type FixedFile, fixFiles } from './fix.ts';
import type { Outcome } from '../outcome.ts';
import { defineOperation, type OperationContext } from './operation.ts';
import { compareStaged, compareWithBase } from './since-base.ts';
import { didYouMean } from './suggest.ts';
import { type Target, findTarget, inScope } from './target.ts';

/** Parse budget of one file, ms: time enough for any hand-written file, an end for hostile ones. */
const BUDGET_MS = 2_000;

const checkInput = z.object({
  paths: z.array(z.string()).default([]).meta({ positional: true, value: 'path', description: 'Files and folders to check; without one, the project around the current folder' }),
  only: z.array(z.string()).optional().meta({ value: 'RULE,…', description: 'Run these rules alone' }),
  account: z.string().optional().meta({ value: 'ID', description: 'Judge by this account of tickguard.json alone' }),
  pack: z.string().optional().meta({ value: 'ID', description: 'Judge by this rule pack alone, whatever tickguard.json says' }),
  size: z.number().positive('must be more than 0').optional().meta({ value: 'AMOUNT', description: 'Account size for --pack, in whole currency units (50000 without)' }),
  gate: z.enum(['commit', 'merge', 'deploy']).optional().meta({ value: 'GATE', description: 'List only what blocks this gate, and fail if anything does' }),
  confidence: z.enum(['low', 'medium', 'high']).default('low').meta({ value: 'LEVEL', description: 'Of credentials, show those that are at least this sure' }),
  provider: z.array(z.string()).optional().meta({ value: 'NAME,…', description: 'Show credentials of these providers alone' }),
  failOn: z.enum(['error', 'warning', 'info']).default('error').meta({ value: 'SEVERITY', description: 'Exit 1 for findings of this severity or worse' }),
  fix: z.boolean().default(false).meta({ description: 'Apply the safe fixes, say what changed, then check again' }),
  baseline: z.enum(['use', 'accept', 'ignore']).default('use').meta({ value: 'HOW', description: 'use: hide what .tickguard/baseline.json holds; accept: write today\'s findings there; ignore: show all' }),
  stdinFilename: z.string().optional().meta({ value: 'FILE', description: 'Check the text on standard input as if it were this file' }),
  text: z.string().optional().meta({ hidden: true, description: 'The text for stdinFilename' }),
  staged: z.boolean().default(false).meta({ description: 'Check what is staged in git, as it would be committed; tickguard.json, the baseline and all other files are read from git\'s index, too' }),
  base: z.string().min(1, 'must name a revision').optional().meta({ value: 'REV', description: 'Also tell which guards and limits are gone or weaker than at this revision: a branch, a tag, a commit, or "release" for the last tag; --staged compares with HEAD unasked' }),
  coverage: z.boolean().default(false).meta({ description: 'Show every call that opens a position and the guards before it (drawdown, deadline, size, news, kill switch), and fail if a number fell against the baseline' }),
  noCache: z.boolean().default(false).meta({ description: 'Read every file anew, and remember nothing in .tickguard/cache' }),
  jobs: z.int('must be a whole number').min(1, 'must be at least 1').max(MOST_JOBS, `must be at most ${MOST_JOBS}`).optional().meta({ value: 'N', description: `Threads that read files, at most: 1 reads one file after another (without: one a processor, ${MOST_THREADS} at most); for fewer than ${THREADS_FROM_FILES} files to read there is one anyway` }),
  asOf: z.iso.date('must be a day that exists, as 2026-03-09').optional().meta({ value: 'YYYY-MM-DD', description: 'The day the check speaks of (today without)' }),
});

/** What `check` is asked. */
export type CheckInput = z.output<typeof checkInput>;

/** What `check` found, and what follows from it. */
export interface CheckReport {
  /** With `gate` only the findings that block it; silenced findings are marked, not left out. */
  readonly result: CheckResult;
  /** `incomplete`: a rule failed or a file could not be read, whatever else was found. */
  readonly verdict: 'clean' | 'findings' | 'incomplete';
  /** Findings that count for the verdict. */
  readonly blocking: number;
  readonly fixed: readonly FixedFile[];
  /** The baseline that was written, relative to the root, and how many findings it holds. */
  readonly accepted?: WrittenBaseline;
}

const checkOutput = z.object({
  result: z.custom<CheckResult>((value) => Array.isArray((value as { findings?: unknown } | undefined)?.findings)),
  verdict: z.enum(['clean', 'findings', 'incomplete']),
  blocking: z.int(),
  fixed: z.array(z.object({ file: z.string(), changes: z.array(z.string()) })),
  accepted: z.exactOptional(z.object({ file: z.string(), findings: z.int(), sites: z.exactOptional(z.int()) })),
}) as z.ZodType<CheckReport>;

/** The `check` operation. Writes nothing but what `fix` and `baseline: accept` are for, and the cache where the door allows one. */
export const checkOperation = defineOperation<CheckInput, CheckReport>({
  id: 'check',
  summary: 'Check files for leaked credentials, broken account rules, slow handlers and look-ahead',
  words: ['check', 'scan', 'security', 'compliance', 'secrets', 'credentials', 'Apex rules', 'performance', 'slow', 'OnTick', 'data', 'look-ahead'],
  input: checkInput as unknown as z.ZodType<CheckInput>,
  output: checkOutput,
  doors: ['cli'],
  needsTrust: false,
  run: runCheck,
});

async function runCheck(input: CheckInput, context: OperationContext): Promise<Outcome<CheckReport>> {
  const wrong = wrongInput(input, context);
  if (wrong !== undefined) { return { ok: false, error: wrong }; }
  const target = await targetOf(input, context);
  if (!target.ok) { return target; }
  const subject = await subjectOf(input, target.value, context);
  if (!subject.ok) { return subject; }
  const { contents, covers } = subject.value;
  const opened = await openProject(input, target.value, contents, context);
  if (!opened.ok) {
    contents.dispose();
    return opened;
  }
  const project = opened.value;
  try {
    if (input.staged && !input.coverage && !project.files().some(covers)) { return await conclude(input, subject.value, project, [], context); }
    const [path] = target.value.scope;
    if (input.text !== undefined && path !== undefined) {
      await project.prepare(path);
      project.openDocument(project.spelled(path), input.text);
    }
    await project.scan({ signal: context.signal, progress: (done, total) => context.progress(`Read ${done} of ${total} files`) });
    if (context.signal.aborted) { return { ok: false, error: 'The check was stopped before its end.' }; }
    const fixed = input.fix ? await fixFiles(project, project.files().filter(covers)) : { ok: true as const, value: [] };
    if (!fixed.ok) { return fixed; }
    const compared = await tellChanges(input, subject.value, target.value, project, context);
    if (!compared.ok) { return compared; }
    const report = await conclude(input, subject.value, project, fixed.value, context);
    if (remembers(target.value, project)) { await project.remember(); }
    return report;
  } catch (error) {
    if (error instanceof BrokenInstallation) { return { ok: false, error: error.message }; }
    throw error;
  } finally {
    project.dispose();
  }
}

/**
 * Lets rules that judge a change see what changed since the revision that was named; of what is staged, since the last commit. A first commit
 * changes nothing.
 */
async function tellChanges(input: CheckInput, { index }: Subject, target: Target, project: Project, context: OperationContext): Promise<Outcome<undefined>> {
  const wanted = context.rules.some((rule) => rule.needsBase === true && (input.gate === undefined || stops(rule.gate, input.gate)) && (input.only === undefined || ruleIds(input.only, context).includes(rule.id)));
  if ((input.base === undefined && index === undefined) || !wanted) { return { ok: true, value: undefined }; }
  const revision = await readRevision(target.root, { revision: input.base ?? 'HEAD', signal: context.signal, ...(index === undefined ? {} : { staged: index.env }) });
  if (!revision.ok) { return input.base === undefined ? { ok: true, value: undefined } : revision; }
  const open = (contents: Contents): Promise<Outcome<Project>> => Project.open({
    root: target.root, rules: [], packs: context.packs, contents, asOf: input.asOf ?? context.today, budgetMs: BUDGET_MS, useBaseline: false, ignoreConfig: true, coverage: true,
  });
  return index !== undefined && input.base === undefined ? await compareStaged(project, revision.value, open) : await compareWithBase(project, revision.value, open);
}

/** What cannot be meant, as one sentence. */
function wrongInput(input: CheckInput, context: OperationContext): string | undefined {
  const unknown = input.only?.find((name) => findRule(context.rules, name) === undefined);
  if (unknown !== undefined) {
    const known = context.rules.filter((rule) => rule.guardian !== 'engine').map((rule) => rule.id);
    return `There is no rule ${unknown}. ${didYouMean(unknown, ruleNames(context.rules)) ?? `Known are ${known.join(', ')}.`}`;
  }
  const part = input.only?.find((name) => findRule(context.rules, name)?.detector !== undefined);
  if (part !== undefined) { return `A detector cannot be run alone. Name its rule: ${findRule(context.rules, part)?.rule.id ?? ''}.`; }
  const packs = context.packs.map((pack) => pack.id);
  if (input.pack !== undefined && !packs.includes(input.pack)) {
    return `There is no rule pack ${input.pack}. ${didYouMean(input.pack, packs) ?? `Known are ${packs.join(', ')}.`}`;
  }
  const sizes = context.packs.find((pack) => pack.id === input.pack)?.sizes ?? [];
  if (input.size !== undefined && sizes.length > 0 && !sizes.includes(input.size)) {
    return `${input.pack ?? ''} has no account of ${input.size}. It has ${sizes.join(', ')}.`;
  }
  if (input.pack !== undefined && input.account !== undefined) { return 'An account already names its pack. Give the account or the pack, not both.'; }
  if (input.size !== undefined && input.pack === undefined) { return 'A size belongs to a pack. Name the pack as well.'; }
  if (input.staged && (input.fix || input.baseline === 'accept' || input.stdinFilename !== undefined)) {
    return 'What is staged can be checked only, not changed or replaced. Leave out --staged, or --fix, --baseline accept and --stdin-filename.';
  }
  if (input.base !== undefined && input.stdinFilename !== undefined) { return 'An earlier revision is compared with the whole project, not with one text. Leave out --base or --stdin-filename.'; }
  if (input.coverage && input.stdinFilename !== undefined) { return 'Guard coverage is of the whole project, not of one text. Leave out --coverage or --stdin-filename.'; }
  if (input.stdinFilename === undefined) { return undefined; }
  if (input.text === undefined) { return `No text was given for ${input.stdinFilename}. Pipe the file's text into the command.`; }
  if (input.paths.length > 0) { return 'Either the text on standard input is checked or files are. Leave out the paths.'; }
  return input.fix || input.baseline === 'accept' ? 'Text on standard input can be checked only. Save it to a file to fix it or to accept its findings.' : undefined;
}

/** What is checked: the root, and the part of it that was asked for. */
async function targetOf(input: CheckInput, context: OperationContext): Promise<Outcome<Target>> {
  // What is staged need not be on the disk.
  const found = await findTarget(context.cwd, input.staged ? [] : input.paths);
  if (!found.ok) { return found; }
  if (!input.staged) { return withStdin(found.value, input, context.cwd); }
  const scope: string[] = [];
  for (const path of input.paths) {
    const inside = withinRoot(found.value, path, context.cwd);
    if (inside === undefined) { return outside(path, found.value); }
    scope.push(inside);
  }
  return { ok: true, value: { ...found.value, scope: scope.includes('') ? [] : scope } };
}

/** Where the files come from, and of which findings are told. */
interface Subject {
  readonly contents: Contents;
  covers(file: string): boolean;
  /** Of which order sites is told: a staged change may take a guard from a site in a file that is not staged. */
  asked(file: string): boolean;
  /** What is staged, where that is checked. */
  readonly index?: GitIndex;
}

async function subjectOf(input: CheckInput, target: Target, context: OperationContext): Promise<Outcome<Subject>> {
  const asked = (file: string): boolean => inScope(target, file);
  const index = input.staged ? await readIndex(target.root, { cwd: context.cwd, signal: context.signal }) : undefined;
  if (index?.ok === false) { return index; }
  const contents = index === undefined ? diskContents(target.root) : await indexContents(target.root, index.value);
  const account = knownNames(input, target, contents, context);
  if (!account.ok) {
    contents.dispose();
    return account;
  }
  const staged = index?.value.staged;
  return { ok: true, value: { contents, asked, covers: staged === undefined ? asked : (file) => staged.has(file) && asked(file), ...(index === undefined ? {} : { index: index.value }) } };
}

/** A path relative to the root, with `/`; undefined outside of it. */
function withinRoot(target: Target, path: string, cwd: string): string | undefined {
  const inside = pathIn(target.root, absolutePath(cwd, path));
  return inside === undefined ? undefined : spelledAsOnDisk(target.root, inside);
}

function outside(path: string, target: Target): Outcome<never> {
  return { ok: false, error: `${path} lies outside ${target.root}. Run the command in the project that the file belongs to.` };
}

/** Narrows the target to the one file that standard input stands for; it need not exist. */
function withStdin(target: Target, input: CheckInput, cwd: string): Outcome<Target> {
  if (input.stdinFilename === undefined) { return { ok: true, value: target }; }
  const path = withinRoot(target, input.stdinFilename, cwd);
  if (path === undefined || path === '') { return outside(input.stdinFilename, target); }
  return { ok: true, value: { ...target, scope: [path] } };
}

/** Not after a look at one file, and not where a state folder would make a root of a folder that was none. */
function remembers(target: Target, project: Project): boolean {
  const [only, ...others] = target.scope;
  return target.marked && !(only !== undefined && others.length === 0 && project.has(project.spelled(only)));
}

/** `--account` must be an account of the `tickguard.json` of the root, `--provider` one that a rule or a detector there knows. */
function knownNames(input: CheckInput, target: Target, contents: Contents, context: OperationContext): Outcome<undefined> {
  const ours = context.rules.flatMap((rule) => rule.providers ?? []);
  const others = (input.provider ?? []).filter((name) => !ours.includes(name));
  if (input.account === undefined && others.length === 0) { return { ok: true, value: undefined }; }
  const config = ConfigSet.load(target.root, (path) => contents.policy(path), context.rules, context.packs);
  if (!config.ok) { return config; }
  const providers = [...ours, ...config.value.providers()];
  const stranger = others.find((name) => !providers.includes(name));
  if (stranger !== undefined) { return { ok: false, error: `There is no provider ${stranger}. ${didYouMean(stranger, providers) ?? 'The page of SEC001 lists them.'}` }; }
  if (input.account === undefined) { return { ok: true, value: undefined }; }
  const ids = config.value.accounts().map((account) => account.id);
  if (ids.includes(input.account)) { return { ok: true, value: undefined }; }
  const known = ids.length === 0 ? 'tickguard.json names none; "tickguard init" proposes one.' : `Known are ${ids.join(', ')}.`;
  return { ok: false, error: `There is no account ${input.account}. ${didYouMean(input.account, ids) ?? known}` };
}

/**
 * A marked root is read whole, so that a base class or a risk module in another file is known; what was named is read
 * even where an ignore file leaves it out. Without a mark only what was named is read.
 */
function openProject(input: CheckInput, target: Target, contents: Contents, context: OperationContext): Promise<Outcome<Project>> {
  const onDisk = input.stdinFilename === undefined ? target.scope : [];
  const paths = target.marked && onDisk.length > 0 ? ['.', ...onDisk] : onDisk;
  return Project.open({
    root: target.root, rules: context.rules, packs: context.packs, paths, contents,
    asOf: input.asOf ?? context.today, budgetMs: BUDGET_MS, useBaseline: input.baseline === 'use', coverage: input.coverage,
    ...(context.build === undefined || input.noCache || input.stdinFilename !== undefined || !target.marked ? {} : { cache: { build: context.build } }),
    ...(context.startThread === undefined ? {} : { threads: { start: context.startThread, ...(input.jobs === undefined ? {} : { most: input.jobs }) } }),
    ...(input.only === undefined ? {} : { only: ruleIds(input.only, context) }),
    ...(input.account === undefined ? {} : { account: input.account }),
    ...(input.pack === undefined ? {} : { pack: input.pack }),
    ...(input.size === undefined ? {} : { size: input.size }),
  });
}

/** Ids of the named rules, and the engine's own: that a rule broke is said whatever was asked for. */
function ruleIds(names: readonly string[], context: OperationContext): readonly string[] {
  const own = context.rules.filter((rule) => rule.guardian === 'engine').map((rule) => rule.id);
  return [...names.flatMap((name) => findRule(context.rules, name)?.rule.id ?? []), ...own];
}

async function conclude(input: CheckInput, { covers, asked }: Subject, project: Project, fixed: readonly FixedFile[], { rules }: OperationContext): Promise<Outcome<CheckReport>> {
  const coverage = input.coverage ? coverageOfProject(project, input.baseline, asked) : undefined;
  const all = project.result(covers);
  const found = all.findings;
  const accepted = input.baseline === 'accept' ? await acceptFindings(project.root, found, (entry) => wasChecked(entry, input, covers) && (input.base !== undefined || findRule(rules, entry.rule)?.rule.needsBase !== true),
    coverage === undefined ? undefined : { sites: coverage.sites.map(coverageEntry), covers: asked }) : undefined;
  if (accepted?.ok === false) { return accepted; }
  const findings = (accepted?.value.findings ?? found).filter(({ finding }) => (input.gate === undefined || blocks(finding, input.gate)) && isWanted(finding, input));
  const result: CheckResult = {
    ...all,
    findings,
    skipped: all.skipped.filter(({ file }) => covers(file)),
    files: project.files().filter(covers).length,
    ...(coverage === undefined ? {} : { coverage }),
  };
  const blocking = findings.filter(({ finding, suppressed }) => suppressed === undefined && counts(finding, input)).length;
  const incomplete = result.skipped.some((file) => file.incomplete) || [...project.failedRules.keys()].some(covers);
  return {
    ok: true,
    value: {
      result, fixed, blocking,
      verdict: incomplete ? 'incomplete' : blocking > 0 || (coverage?.fallen.length ?? 0) > 0 ? 'findings' : 'clean',
      ...(accepted === undefined ? {} : { accepted: accepted.value.written }),
    },
  };
}

/** True for an accepted finding that this check would have found again, were it still there. */
function wasChecked(entry: BaselineEntry, input: CheckInput, covers: (file: string) => boolean): boolean {
  const whole = input.only === undefined && input.account === undefined && input.pack === undefined;
  return whole && covers(entry.file);
}

const GATES: readonly Gate[] = ['none', 'commit', 'merge', 'deploy'];
const SEVERITIES: readonly Severity[] = ['info', 'warning', 'error'];

/** What stops a commit stops the merge and the deployment after it. */
function blocks(finding: Finding, gate: Gate = 'none'): boolean {
  return stops(finding.gate, gate);
}

function stops(own: Gate, asked: Gate): boolean {
  return own !== 'none' && GATES.indexOf(own) <= GATES.indexOf(asked);
}

const CONFIDENCES: readonly Confidence[] = ['low', 'medium', 'high'];

/** What is no credential has no confidence and stays, unless a provider was named. */
function isWanted({ confidence, provider }: Finding, input: CheckInput): boolean {
  if (confidence !== undefined && CONFIDENCES.indexOf(confidence) < CONFIDENCES.indexOf(input.confidence)) { return false; }
  return input.provider === undefined || (provider !== undefined && input.provider.includes(provider));
}

function counts(finding: Finding, input: CheckInput): boolean {
  return input.gate !== undefined || SEVERITIES.indexOf(finding.severity) >= SEVERITIES.indexOf(input.failOn);
}
