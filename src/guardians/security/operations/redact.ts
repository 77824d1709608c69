/** `redact`: masks every secret in a stream or in files, by the detectors of SEC001 and of `tickguard.json`, and by the values of the project's own environment files. */
import { createReadStream } from 'node:fs';
import { mkdtemp, open, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import * as z from 'zod';
import type { Outcome } from '../../../core/outcome.ts';
import { defineOperation, type OperationContext } from '../../../core/operations/operation.ts';
import { type Settings, settingsHere } from '../../../core/operations/settings.ts';
import type { SecretValues } from '../../../core/findings/secret-values.ts';
import { writeFileAtomic } from '../../../core/storage/atomic-file.ts';
import { knownSecrets, valuesOf } from '../redact/known-values.ts';
import { ByteRedactor } from '../redact/redact-bytes.ts';
import { pythonFilter } from '../redact/python-filter.ts';

const redactInput = z.object({
  files: z.array(z.string()).default([]).meta({ positional: true, value: 'file', description: 'Files to mask; without one, standard input' }),
  inPlace: z.boolean().default(false).meta({ description: 'Write each file over itself, whole or not at all' }),
  output: z.string().optional().meta({ value: 'file', description: 'Write there instead of to standard output' }),
  env: z.array(z.string()).default([]).meta({ value: 'file', description: 'Environment files whose secrets are masked wherever they stand; default: those of the folder' }),
  pythonFilter: z.string().optional().meta({ value: 'path', description: 'Write the filter for the logging module of Python there, and do nothing else' }),
});

/** What `redact` is asked. */
export type RedactInput = z.output<typeof redactInput>;

/** What was masked, a line a stream. */
export interface RedactReport {
  readonly streams: readonly { readonly name: string; readonly masked: number }[];
  /** Secrets of environment files that were looked for. */
  readonly known: number;
  /** A file that was written instead. */
  readonly wrote?: string;
}

const redactOutput = z.object({
  streams: z.array(z.object({ name: z.string(), masked: z.number() })), known: z.number(), wrote: z.string().optional(),
}) as z.ZodType<RedactReport>;

/** The `redact` operation; writes only what it is asked to. */
export const redactOperation = defineOperation<RedactInput, RedactReport>({
  id: 'redact',
  summary: 'Mask every secret in a stream or in files',
  words: ['redact', 'mask', 'log', 'logs', 'secret', 'filter', 'credential'],
  input: redactInput,
  output: redactOutput,
  doors: ['cli'],
  needsTrust: true,
  run,
});

async function run(input: RedactInput, context: OperationContext): Promise<Outcome<RedactReport>> {
  const wrong = input.pythonFilter === undefined ? wrongUse(input, context) : undefined;
  if (wrong !== undefined) { return { ok: false, error: wrong }; }
  // What a desk calls a secret is one: with half of the settings nothing is masked.
  const settings = await settingsHere(context);
  if (!settings.ok) { return settings; }
  if (input.pythonFilter !== undefined) { return writeFilter(resolve(context.cwd, input.pythonFilter), settings.value); }
  const secrets = input.env.length > 0 ? knownSecrets(context.cwd, input.env) : knownSecrets(context.cwd);
  const masks: Masks = { known: valuesOf(secrets), settings: settings.value };
  const streams: { name: string; masked: number }[] = [];
  try {
    if (input.output !== undefined) {
      streams.push(...await intoFile(resolve(context.cwd, input.output), input.files, masks, context));
    } else if (input.inPlace) {
      for (const file of input.files) { streams.push(...await intoFile(resolve(context.cwd, file), [file], masks, context)); }
    } else {
      const write = context.streams?.write;
      if (write === undefined) { return { ok: false, error: 'There is no stream to write to. Name a file with output, or use inPlace.' }; }
      for (const name of input.files.length === 0 ? ['-'] : input.files) { streams.push({ name, masked: await through(name, masks, context, write) }); }
    }
  } catch (error) {
    return { ok: false, error: `It was not masked to the end: ${reasonOf(error)}` };
  }
  return { ok: true, value: { streams, known: secrets.length } };
}

function wrongUse({ files, inPlace, output }: RedactInput, context: OperationContext): string | undefined {
  if (inPlace && output !== undefined) { return '--in-place and --output exclude each other. Name one.'; }
  if (inPlace && files.length === 0) { return '--in-place needs a file. Name one.'; }
  return files.length === 0 && context.streams === undefined ? 'There is no stream to read. Name a file.' : undefined;
}

async function writeFilter(path: string, settings: Settings): Promise<Outcome<RedactReport>> {
  try {
    await writeFileAtomic(path, pythonFilter(settings.detectorsFor()));
  } catch (error) {
    return { ok: false, error: `${path} was not written: ${reasonOf(error)}` };
  }
  return { ok: true, value: { streams: [], known: 0, wrote: path } };
}

/** The bytes of a file, or of standard input. */
function sourceOf(name: string, context: OperationContext): AsyncIterable<Uint8Array> {
  const input = context.streams?.input;
  if (name === '-' && input !== undefined) { return input; }
  return createReadStream(resolve(context.cwd, name), { highWaterMark: 256 * 1024, signal: context.signal });
}

/** What is masked beside the detectors of Tickguard: values that are known, and what the settings of each file name. */
interface Masks {
  readonly known: SecretValues;
  readonly settings: Settings;
}

async function through(name: string, { known, settings }: Masks, context: OperationContext, write: (bytes: Uint8Array) => Promise<void>): Promise<number> {
  const redactor = new ByteRedactor(known, settings.detectorsFor(name === '-' ? undefined : name));
  for await (const chunk of sourceOf(name, context)) {
    const out = redactor.push(chunk);
    if (out.length > 0) { await write(out); }
  }
  const rest = redactor.end();
  if (rest.length > 0) { await write(rest); }
  return redactor.masked;
}

/** Masks sources into a file of the system's own folder first, so that a fault leaves the target as it was. */
async function intoFile(target: string, names: readonly string[], masks: Masks, context: OperationContext): Promise<{ name: string; masked: number }[]> {
  for (const name of names) {
    const found = await stat(resolve(context.cwd, name));
    if (!found.isFile()) { throw new Error(`${name} is no plain file`); }
  }
  const folder = await mkdtemp(join(tmpdir(), 'tickguard-redact-'));
  const streams: { name: string; masked: number }[] = [];
  try {
    const path = join(folder, 'masked');
    const handle = await open(path, 'wx', 0o600);
    try {
      for (const name of names.length === 0 ? ['-'] : names) {
        streams.push({ name, masked: await through(name, masks, context, async (bytes) => { await handle.writeFile(bytes); }) });
      }
    } finally {
      await handle.close();
    }
    const masked = await open(path, 'r');
    try { await writeFileAtomic(target, masked.createReadStream({ highWaterMark: 256 * 1024, autoClose: false })); } finally { await masked.close(); }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return streams;
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') { return 'there is no such file or folder. Check the spelling.'; }
  if (code === 'EACCES' || code === 'EPERM') { return 'no permission. Grant it, or name another file.'; }
  if (code === 'ENOSPC') { return 'the disk is full. Make room.'; }
  return code === 'EISDIR' ? 'it is a folder. Name files.' : `${message}.`;
}
