/** The composition: every guardian's rules and every operation in one `Engine`, the only thing a door calls. */
import type { Outcome } from './core/outcome.ts';
import type { Operation, OperationContext, PackInfo, Streams } from './core/operations/operation.ts';
import type { Rule } from './core/rules/rule.ts';
import type { SourceText } from './core/source/model.ts';
import type { AccountConfig } from './core/workspace/config.ts';
import type { Project } from './core/workspace/project.ts';
import type { Part, Share } from './core/workspace/scan/parts.ts';
import type { StartThread } from './core/workspace/scan/threads.ts';
import { checkOperation } from './core/operations/check.ts';
import { explainOperation } from './core/operations/explain.ts';
import { helpOperation } from './core/operations/help.ts';
import { initOperation } from './core/operations/init.ts';
import { sessionsOperation } from './core/operations/sessions.ts';
import { engineRules } from './core/rules/registry.ts';
import { readShare } from './core/workspace/scan/share.ts';
import { accountDeadline, complianceOperations, complianceRules, explainLimit, htmlOf, type LinkTo, replayDocument, type ReplayReport, rulePacks } from './guardians/compliance/index.ts';
import { dataRules } from './guardians/data/index.ts';
import { performanceRules } from './guardians/performance/index.ts';
import { type Move, type MoveRequest, moveToEnvironment, rotationSteps, securityOperations, securityRules } from './guardians/security/index.ts';

export { maskText } from './guardians/security/index.ts';

/** The answer of the operation `replay` as an HTML page, with links where they are given. */
export function replayPage(answer: unknown, tool: string, links: Parameters<typeof replayDocument>[2]): { readonly title: string; readonly html: string } {
  const document = replayDocument(answer as ReplayReport, tool, links);
  return { title: document.title, html: htmlOf(document) };
}

/** What a call needs from its door; the engine adds rules, operations and packs. */
export interface CallContext {
  /** Folder the operation is called in, absolute. */
  readonly cwd: string;
  readonly signal: AbortSignal;
  /** The day it speaks of, `YYYY-MM-DD`; today in UTC when absent. */
  readonly today?: string;
  /** Identity of the running program, where a check may remember in `.tickguard/cache` what it read. */
  readonly build?: () => string | undefined;
  /** How another thread is started that calls `readShare`, where a check may use several. */
  readonly startThread?: StartThread;
  /** Standard input and output, where the door has them. */
  readonly streams?: Streams;
  progress?(text: string): void;
}

export interface Engine {
  readonly rules: readonly Rule[];
  readonly operations: readonly Operation[];
  readonly packs: readonly PackInfo[];
  /**
   * Runs one operation: input is checked against its schema, so a door may hand over what it was given.
   * Errors: an unknown operation, input of the wrong shape, and whatever the operation answers.
   */
  run(id: string, input: unknown, context: CallContext): Promise<Outcome<unknown>>;
  /**
   * The way of the limit at a place of an open project, as Markdown; undefined where there is none. Line and column are 1-based,
   * in UTF-16 units; `linkTo` gives the address of a place.
   */
  limitAt(project: Project, path: string, source: SourceText, line: number, column: number, linkTo: LinkTo): string | undefined;
  /** The change that moves a secret of an open document into the environment; an error says in a sentence what stands in the way. */
  moveToEnvironment(request: MoveRequest): Outcome<Move>;
  /** Steps to replace a credential that a detector of SEC001 found, for a ticket; `place` names where it was found. */
  rotationSteps(detector: string, place: string): { readonly title: string; readonly text: string } | undefined;
  /** What a thread does that `startThread` started: reads its share of a scan and sends what came of it, until nothing is left. */
  readShare(share: Share, send: (part: Part) => void): Promise<void>;
  /** By when an account has to be flat, on the clocks of which zone; undefined where positions may stay overnight. */
  deadline(account: AccountConfig): { readonly time: string; readonly zone: string } | undefined;
}

/** Builds the engine; cheap, opens nothing. */
export function createEngine(): Engine {
  const rules = [...securityRules, ...complianceRules, ...performanceRules, ...dataRules, ...engineRules];
  const operations = [checkOperation, ...securityOperations, explainOperation, ...complianceOperations, sessionsOperation, initOperation, helpOperation];
  return {
    rules,
    operations,
    packs: rulePacks,
    limitAt: (...at) => explainLimit(...at)?.markdown,
    deadline: accountDeadline,
    moveToEnvironment,
    rotationSteps,
    readShare: (share, send) => readShare(share, rules, rulePacks, send),
    async run(id, input, call) {
      const operation = operations.find((candidate) => candidate.id === id);
      if (operation === undefined) { return { ok: false, error: `There is no operation "${id}". Known are ${operations.map((known) => known.id).join(', ')}.` }; }
      const parsed = operation.input.safeParse(input);
      if (!parsed.success) { return { ok: false, error: wrongInput(id, parsed.error.issues) }; }
      const context: OperationContext = {
        cwd: call.cwd, signal: call.signal, rules, operations, packs: rulePacks,
        today: call.today ?? new Date().toISOString().slice(0, 10),
        progress: (text) => call.progress?.(text),
        ...(call.build === undefined ? {} : { build: call.build }),
        ...(call.startThread === undefined ? {} : { startThread: call.startThread }),
        ...(call.streams === undefined ? {} : { streams: call.streams }),
      };
      return operation.run(parsed.data, context);
    },
  };
}

/** The first thing wrong with an input, as one sentence. */
function wrongInput(id: string, issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[]): string {
  const [issue] = issues;
  const field = issue?.path.join('.') ?? '';
  return `${id}: ${field === '' ? 'the input' : `"${field}"`} ${issue?.message ?? 'has the wrong shape'}.`;
}
