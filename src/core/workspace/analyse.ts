/** One file, on its own: text → model → rules → summary. What a project, its cache and its workers have in common. */
import type { Rule } from '../rules/rule.ts';
import type { Since } from '../rules/since.ts';
import type { SourceModel, SourceText, Span } from '../source/model.ts';
import type { FileSummary } from '../source/link/summary.ts';
import type { FileConfig } from './config-file.ts';
import type { Content } from './contents.ts';
import type { DiscoveredFile } from './discovery.ts';
import { runRules } from '../rules/run.ts';
import { summarise } from '../source/link/summarise.ts';
import { plainModel } from '../source/plain.ts';
import { readSource, type Syntax } from '../source/source.ts';
import { fileRole } from './discovery.ts';
import { MAX_FILE_BYTES, tooLarge } from './entries.ts';
import { readLarge } from './large-file.ts';
import { readSummary, type SummaryText, writeSummary } from './summary-text.ts';

/** What holds for every file of a project. */
export interface AnalyseOptions {
  /** Rules that may run. */
  readonly rules: readonly Rule[];
  /** All there are. */
  readonly known: readonly Rule[];
  readonly asOf: string;
  readonly budgetMs: number;
  /** Also what guard coverage asks for. */
  readonly coverage?: boolean;
  /** Collects ms by rule id. */
  readonly timing?: Map<string, number>;
}

export interface Analysis {
  readonly summary: FileSummary;
  /** Rules that broke. */
  readonly failed: readonly { readonly rule: string; readonly error: string }[];
  /** Raw secrets that rules pointed at; see `RunResult.secrets`. */
  readonly secrets: readonly string[];
}

/** What came of a file of the disk or of git's index. */
export type FileOutcome =
  | (Analysis & {
    readonly kind: 'read';
    /** git's id of the content, where it was asked for. */
    readonly blob?: string;
    /** The same content would give the same again: neither time nor an accident had a part in it. */
    readonly lasting: boolean;
    /** The summary as text. */
    readonly text?: SummaryText;
  })
  | { readonly kind: 'skipped'; readonly reason: string; readonly incomplete: boolean; readonly blob?: string };

/** What is special about one reading. */
export interface Reading {
  /** As in `RunInput`: of an open document whose model is older than its text. */
  readonly map?: { readonly source: SourceText; span(span: Span): Span | undefined };
  /** The model that the summary is made of, where other files are to know less than the rules saw. */
  readonly summarised?: SourceModel;
  /** What changed in the file. */
  readonly since?: Since;
}

/** Runs the rules over a model and makes its summary. */
export function analyse(
  model: SourceModel, file: DiscoveredFile | undefined, config: FileConfig, options: AnalyseOptions, { map, summarised = model, since }: Reading = {},
): Analysis {
  const run = runRules({
    model,
    file: { role: file?.role ?? fileRole(model.path), ...(file?.tracked === undefined ? {} : { tracked: file.tracked }), ...(file?.ignored === undefined ? {} : { ignored: file.ignored }) },
    rules: options.rules,
    known: options.known,
    config,
    asOf: options.asOf,
    ...(map === undefined ? {} : { map }),
    ...(since === undefined ? {} : { since }),
    ...(options.timing === undefined ? {} : { timing: options.timing }),
  });
  return { summary: summarise(summarised, run.findings, run.suppressions, { protections: options.coverage === true, facts: run.facts }), failed: run.failed, secrets: run.secrets };
}

/**
 * Reads and analyses a file. `read` gives its content and throws what the file system throws: an unreadable file is
 * skipped and makes the check incomplete. The grammar of its language must be loaded.
 */
export function analyseFile(
  file: DiscoveredFile, read: () => Content, syntax: Syntax, config: () => FileConfig, options: AnalyseOptions,
): FileOutcome {
  if (file.bytes > MAX_FILE_BYTES && file.blob === undefined) { return analyseLarge(file, config, options); }
  let content: Content;
  try {
    content = read();
  } catch (error) {
    return { kind: 'skipped', reason: unreadable(error), incomplete: true };
  }
  const { decoded } = content;
  const blob = content.blob === undefined ? {} : { blob: content.blob };
  if (!decoded.ok) { return { kind: 'skipped', reason: decoded.reason, incomplete: false, ...blob }; }
  const started = performance.now();
  const settings = config();
  const local = readsTextFirst(options);
  const bare = plainModel(file.path, decoded.source);
  const dull = local && isDull(file, decoded.source, settings, options);
  const model = dull ? bare : readSource(file.path, decoded.source, syntax, { budgetMs: options.budgetMs });
  // Rules that can say so from the text alone ask nothing of other files: what those would want to know is left out.
  const analysis = analyse(model, file, settings, dull ? { ...options, rules: [] } : options, local ? { summarised: { ...bare, language: model.language } } : {});
  // Mending broken code stops early when half of the time is gone, without a word; another day it may come further.
  const lasting = analysis.failed.length === 0 && model.incomplete !== 'time' && performance.now() - started < options.budgetMs / 2;
  // As it is made its lists have room to grow and its names are slices that keep the whole file alive: of 3 KB of TypeScript it
  // held 26 KB, as text it takes 5.
  const text = writeSummary(analysis.summary);
  return { kind: 'read', ...analysis, summary: readSummary(file.path, text), text, lasting, ...blob };
}

/** A comment that speaks to the engine is read with the rules it names. */
const ADDRESSED = 'tickguard:';

/** Whether every rule of the check takes a look at the text first; those of the engine speak of what others do. */
function readsTextFirst({ rules, coverage }: AnalyseOptions): boolean {
  const asked = rules.filter((rule) => rule.guardian !== 'engine');
  return coverage !== true && asked.length > 0 && asked.every((rule) => rule.mayFind !== undefined);
}

/** Whether every rule is sure that it finds nothing: then nobody has to read the text as a program. */
function isDull(file: DiscoveredFile, source: SourceText, settings: FileConfig, { rules }: AnalyseOptions): boolean {
  if (source.text.includes(ADDRESSED)) { return false; }
  const text = { path: file.path, source, role: file.role, custom: settings.detectors ?? [] };
  return !rules.some((rule) => rule.mayFind?.(text));
}

/** In an editor nobody waits for a log of a gigabyte: there the budget of a file is a blink. */
const LEAST_BUDGET_MS = 1_000;

/** A file over the size that is read whole: the rules that run everywhere look at it in windows. */
function analyseLarge(file: DiscoveredFile, config: () => FileConfig, options: AnalyseOptions): FileOutcome {
  if (options.budgetMs < LEAST_BUDGET_MS) { return { kind: 'skipped', reason: `${tooLarge(file.bytes)} In the terminal it is searched for secrets.`, incomplete: false }; }
  const rules = options.rules.filter((rule) => rule.scope === 'everywhere');
  const failed: Analysis['failed'][number][] = [];
  const secrets: string[] = [];
  try {
    const outcome = readLarge(file.path, file.absolute, (model) => {
      const analysis = analyse(model, file, config(), { ...options, rules });
      failed.push(...analysis.failed);
      secrets.push(...analysis.secrets);
      return { findings: analysis.summary.findings, summary: analysis.summary };
    });
    if (outcome.kind === 'skipped') { return outcome; }
    const summary = { ...outcome.first.summary, findings: outcome.findings };
    const text = writeSummary(summary);
    return { kind: 'read', failed, secrets, summary: readSummary(file.path, text), text, lasting: failed.length === 0 };
  } catch (error) {
    return { kind: 'skipped', reason: unreadable(error), incomplete: true };
  }
}

function unreadable(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'EACCES' || code === 'EPERM') { return 'No permission to read it. Grant read access or exclude it in tickguard.json.'; }
  if (code === 'ENOENT') { return 'It vanished while it was being read. Run the check again.'; }
  return `It could not be read (${code ?? String(error)}). Check the disk, or exclude it in tickguard.json.`;
}
