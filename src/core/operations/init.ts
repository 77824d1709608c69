/** `init`: looks at a workspace and proposes its `tickguard.json`. */
import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import * as z from 'zod';
import { readConfig } from '../source/config/read-config.ts';
import { isProgram } from '../source/code-languages.ts';
import { isHost } from '../source/embedded/read-host.ts';
import { languageOf } from '../source/languages.ts';
import { decode, positionAt } from '../source/text.ts';
import { writeFileAtomic } from '../storage/atomic-file.ts';
import { type DiscoveredFile, discover } from '../workspace/discovery.ts';
import { type EvidenceFile, type Proposal, proposeAccount } from './evidence.ts';
import type { Outcome } from '../outcome.ts';
import { defineOperation, type OperationContext } from './operation.ts';

const FILE = 'tickguard.json';
/** Enough to see what a workspace is about; a generated or data file says nothing about accounts. */
const MAX_BYTES = 262_144;
const MAX_FILES = 2_000;

const initInput = z.object({
  folder: z.string().default('.').meta({ positional: true, value: 'folder', description: 'The workspace; the current folder without' }),
  yes: z.boolean().default(false).meta({ description: 'Write the proposal without asking' }),
  overwrite: z.boolean().default(false).meta({ description: 'Replace a tickguard.json that is already there' }),
});

/** What `init` is asked. */
export type InitInput = z.output<typeof initInput>;

/** The proposed file, and why it looks as it does. */
export interface InitReport {
  /** Absolute path of the file. */
  readonly file: string;
  /** Whole text of the proposal. */
  readonly text: string;
  /** One sentence each, with its place. */
  readonly evidence: readonly string[];
  /** What to check before relying on it. */
  readonly doubt: string;
  /** There was such a file before. */
  readonly exists: boolean;
  readonly written: boolean;
}

const initOutput: z.ZodType<InitReport> = z.object({
  file: z.string(), text: z.string(), evidence: z.array(z.string()), doubt: z.string(), exists: z.boolean(), written: z.boolean(),
});

/** The `init` operation: proposes, and writes only with `yes`. */
export const initOperation = defineOperation<InitInput, InitReport>({
  id: 'init',
  summary: 'Propose a tickguard.json from what the workspace shows, and write it when told',
  words: ['init', 'set up', 'setup', 'configure', 'account', 'tickguard.json'],
  input: initInput as unknown as z.ZodType<InitInput>,
  output: initOutput,
  doors: ['cli'],
  needsTrust: true,
  run: runInit,
});

async function runInit(input: InitInput, context: OperationContext): Promise<Outcome<InitReport>> {
  const root = resolve(context.cwd, input.folder);
  const folder = await stat(root).catch(() => undefined);
  if (folder?.isDirectory() !== true) {
    return { ok: false, error: `${input.folder} is not a folder that can be read. Name the folder of your trading code.` };
  }
  const file = join(root, FILE);
  const exists = existsSync(file);
  const proposal = proposeAccount(await collectEvidence(root, context), context.packs);
  const report: InitReport = {
    file, exists, text: configText(proposal), written: false,
    evidence: (proposal?.signs ?? []).map((sign) => `${sign.says}${sign.line === undefined ? ':' : ' in'} ${sign.file}${sign.line === undefined ? '' : `:${sign.line}`}`),
    doubt: proposal?.doubt ?? 'Nothing in the files names a firm, so no account is set and the house limits hold. Add your account when you have one.',
  };
  if (!input.yes) { return { ok: true, value: report }; }
  if (exists && !input.overwrite) {
    return { ok: false, error: `${file} is already there and stays as it is. Edit it, or replace it with --overwrite.` };
  }
  try {
    await writeFileAtomic(file, report.text);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    return { ok: false, error: `${file} could not be written (${code}). Make the folder writable and run init again.` };
  }
  return { ok: true, value: { ...report, written: true } };
}

async function collectEvidence(root: string, context: OperationContext): Promise<readonly EvidenceFile[]> {
  const { files } = await discover(root, [], { exclude: [], signal: context.signal });
  const code = files.filter((file) => file.role === 'code' && !isOwnConfig(file.path));
  const near = [...code].sort((a, b) => depth(a) - depth(b) || (a.path < b.path ? -1 : 1)).slice(0, MAX_FILES);
  const evidence: EvidenceFile[] = [];
  for (const file of near) {
    if (context.signal.aborted) { break; }
    context.progress(`Looked at ${evidence.length} of ${near.length} files`);
    evidence.push(await evidenceOf(file));
  }
  return evidence;
}

/** Tickguard's own file names packs and accounts; what it says is no evidence for itself. */
function isOwnConfig(path: string): boolean {
  return path === FILE || path.endsWith(`/${FILE}`);
}

function depth(file: DiscoveredFile): number {
  return file.path.split('/').length;
}

async function evidenceOf(file: DiscoveredFile): Promise<EvidenceFile> {
  if (file.bytes > MAX_BYTES) { return { path: file.path }; }
  const bytes = await readFile(file.absolute).catch(() => undefined);
  const decoded = bytes === undefined ? undefined : decode(bytes);
  if (decoded?.ok !== true) { return { path: file.path }; }
  const { source } = decoded;
  const language = languageOf(file.path);
  if (language === 'text' || isProgram(language) || isHost(language)) { return { path: file.path, text: source.text }; }
  const entries = readConfig(language, source).entries
    .filter((entry) => entry.shape === 'scalar')
    .map((entry) => ({ key: entry.key, text: entry.text, line: positionAt(source, entry.start).line }));
  return { path: file.path, text: source.text, entries };
}

/** The file's text: JSON with a comment on what to check, as the editor and `check` read it. */
function configText(proposal: Proposal | undefined): string {
  if (proposal === undefined) {
    return '// No account: the house limits hold (drawdown 10 % of the high-water mark, flat by 16:59 New York, best day 30 % of profit).\n'
      + '{\n  "accounts": [],\n  "rules": {}\n}\n';
  }
  const fields = Object.entries(proposal.account)
    .filter(([, value]) => !Array.isArray(value) || value.length > 0)
    .map(([name, value]) => `      ${JSON.stringify(name)}: ${oneLine(value)}`);
  return '// A proposal from what the files show. Check pack, size and phase against the contract you hold.\n'
    + `{\n  "accounts": [\n    {\n${fields.join(',\n')}\n    }\n  ],\n  "rules": {}\n}\n`;
}

function oneLine(value: unknown): string {
  return Array.isArray(value) ? `[${value.map((item) => JSON.stringify(item)).join(', ')}]` : JSON.stringify(value);
}
