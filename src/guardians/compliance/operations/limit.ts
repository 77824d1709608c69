/** `limit FILE:LINE`: where the value of a limit comes from, which one wins, and who reads it. */
import * as z from 'zod';
import { resolve } from 'node:path';
import type { Outcome } from '../../../core/outcome.ts';
import { defineOperation, type OperationContext } from '../../../core/operations/operation.ts';
import { findTarget } from '../../../core/operations/target.ts';
import type { SourceText } from '../../../core/source/model.ts';
import { readText } from '../../../core/source/text.ts';
import { Project } from '../../../core/workspace/project.ts';
import { explainLimit, type ExplainedLimit } from '../limits/explain-limit.ts';

const limitInput = z.object({
  place: z.string().meta({ positional: true, value: 'file:line', description: 'A line of code or settings that a limit stands on, with its column where there are several: config/live.yaml:6, src/risk.py:41:20' }),
});

/** What `limit` is asked. */
export type LimitInput = z.output<typeof limitInput>;

/** A limit, where its value comes from and what it goes through. */
export interface LimitReport {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly name: string;
  /** `drawdown`, `dailyLoss`, `deadline`, `contracts`, `consistency`. */
  readonly kind: string;
  /** What holds; several where the program opens several files. */
  readonly values: readonly string[];
  /** Set where no program reads the key: who reads what instead. The values are what holds in its place. */
  readonly unread?: string;
  /** What the account says to it. */
  readonly against?: string;
  readonly winners: readonly { readonly file: string; readonly line: number; readonly text: string }[];
  /** The same for people, with links relative to the root. */
  readonly markdown: string;
}

const limitOutput = z.object({
  file: z.string(), line: z.number(), column: z.number(), name: z.string(), kind: z.string(), values: z.array(z.string()), unread: z.string().optional(), against: z.string().optional(),
  winners: z.array(z.object({ file: z.string(), line: z.number(), text: z.string() })), markdown: z.string(),
}) as z.ZodType<LimitReport>;

/** The parse budget of a file in the terminal, ms. */
const BUDGET_MS = 2_000;

/** The `limit` operation; reads the project around the file and writes nothing. */
export const limitOperation = defineOperation<LimitInput, LimitReport>({
  id: 'limit',
  summary: 'Show where the value of a limit comes from, which place wins, and who reads it',
  words: ['limit', 'drawdown', 'effective', 'config', 'value', 'where'],
  input: limitInput,
  output: limitOutput,
  doors: ['cli', 'lsp'],
  needsTrust: false,
  run,
});

async function run(input: LimitInput, context: OperationContext): Promise<Outcome<LimitReport>> {
  const match = /^(.{1,1000}?):(\d{1,7})(?::(\d{1,5}))?$/.exec(input.place);
  if (match === null) { return { ok: false, error: `${input.place} names no line. Write it as file:line, as in config/live.yaml:6.` }; }
  const [, file = '', line = '1', column] = match;
  const target = await findTarget(context.cwd, [file]);
  if (!target.ok) { return target; }
  const { root, marked, scope } = target.value;
  const [path] = scope;
  const read = path === undefined ? { ok: false as const, reason: 'It is a folder.' } : readText(resolve(root, path));
  if (path === undefined || !read.ok) { return { ok: false, error: `${file} cannot be read. ${read.ok ? '' : read.reason}` }; }
  const opened = await Project.open({
    root, rules: [], packs: context.packs, asOf: context.today, budgetMs: BUDGET_MS, ...(marked ? {} : { paths: ['.'] }),
  });
  if (!opened.ok) { return opened; }
  const project = opened.value;
  try {
    await project.scan({ signal: context.signal, progress: (done, total) => context.progress(`reading ${String(done)} of ${String(total)}`) });
    const place = { path, line: Number(line), ...(column === undefined ? {} : { column: Number(column) }) };
    const found = firstOn(project, place, read.source);
    if (found === undefined) { return { ok: false, error: `Nothing is known of a limit at ${input.place}. Name a line on which one is written, read or compared.` }; }
    return { ok: true, value: reportOf(found.limit, path, Number(line), found.column) };
  } finally {
    project.dispose();
  }
}

/** The limit at the column, or the first one on the line. */
function firstOn(project: Project, place: { readonly path: string; readonly line: number; readonly column?: number }, source: SourceText): { readonly limit: ExplainedLimit; readonly column: number } | undefined {
  const start = source.lineStarts[place.line - 1];
  if (start === undefined) { return undefined; }
  const text = source.text.slice(start, source.lineStarts[place.line] ?? source.text.length);
  const columns = place.column !== undefined ? [place.column] : [...text.matchAll(/[\w$.]+/g)].map((match) => match.index + 1 + Math.max(0, match[0].lastIndexOf('.') + 1)).slice(0, 60);
  for (const column of columns) {
    const limit = explainLimit(project, place.path, source, place.line, column, (file, range) => `${file}#L${String(range.line)}`);
    if (limit !== undefined) { return { limit, column }; }
  }
  return undefined;
}

function reportOf({ name, kind, effective, unread, markdown }: ExplainedLimit, file: string, line: number, column: number): LimitReport {
  return {
    file, line, column, name, kind, values: effective?.values ?? [], ...(unread === undefined ? {} : { unread }), ...(effective?.against === undefined ? {} : { against: effective.against }),
    winners: (effective?.winners ?? []).map((winner) => ({ file: winner.file, line: winner.range.line, text: winner.text })), markdown,
  };
}
