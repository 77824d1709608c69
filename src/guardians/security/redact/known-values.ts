/** The values of a project's own secrets, in every form in which they get into a log. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SecretValues, type Secret } from '../../../core/findings/secret-values.ts';
import { readDotenv } from '../../../core/source/config/read-dotenv.ts';
import { isEnvironmentFile } from '../../../core/workspace/environment-files.ts';
import { isSecretEntry } from '../handling/env-entries.ts';

/** A secret that is known: its variable and its value. */
export interface KnownSecret {
  readonly name: string;
  readonly value: string;
}

/** Larger files are no environment files. */
const MAX_BYTES = 1_000_000;
/** Shortest part of a base 64 text that is looked for: shorter ones stand in other texts by accident. */
const SHORTEST_PART = 12;
const SHORTEST = 6;
const LONGEST = 4_096;

/** Secrets of every environment file in a folder, ignored ones too. A file that cannot be read is left out. */
export function knownSecrets(folder: string, files: readonly string[] = environmentFilesIn(folder)): readonly KnownSecret[] {
  return files.flatMap((file) => {
    let text: string;
    try { text = readFileSync(join(folder, file), 'utf8'); } catch { return []; }
    if (text.length > MAX_BYTES) { return []; }
    return readDotenv(text).entries.flatMap((entry): KnownSecret[] => {
      const value = typeof entry.value === 'string' ? entry.value : '';
      return entry.shape === 'scalar' && value.length >= SHORTEST && value.length <= LONGEST && isSecretEntry(entry, false) ? [{ name: entry.key, value }] : [];
    });
  });
}

function environmentFilesIn(folder: string): readonly string[] {
  try { return readdirSync(folder).filter(isEnvironmentFile).sort(); } catch { return []; }
}

/** As it is, as JSON, an address and a form write it, and as a part of a base 64 text wherever it may begin in it. */
export function formsOf(value: string): readonly string[] {
  const forms = new Set([value, JSON.stringify(value).slice(1, -1), encodeURIComponent(value), encodeURIComponent(value).replace(/%20/g, '+'), value.replace(/\r?\n/g, '\\n')]);
  const bytes = Buffer.from(value, 'utf8');
  for (let shift = 0; shift < 3; shift++) {
    const whole = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64').replace(/={1,2}$/, '');
    // The first characters hold bits of what stands before, the last ones of what comes after.
    const part = whole.slice(shift === 0 ? 0 : shift + 1, bytes.length % 3 === (3 - shift) % 3 ? undefined : -1);
    if (part.length < SHORTEST_PART) { continue; }
    forms.add(part);
    forms.add(part.replaceAll('+', '-').replaceAll('/', '_'));
  }
  return [...forms].filter((form) => form.length >= SHORTEST);
}

/** All forms of all secrets, to be looked for in text whose characters are bytes. */
export function valuesOf(secrets: readonly KnownSecret[]): SecretValues {
  const parts: string[] = [];
  const places: Secret[] = [];
  let at = 0;
  for (const { name, value } of secrets) {
    for (const form of formsOf(value)) {
      const bytes = Buffer.from(form, 'utf8').toString('latin1');
      parts.push(bytes);
      places.push({ at: { start: at, end: at + bytes.length }, kind: name });
      at += bytes.length;
    }
  }
  return new SecretValues(parts.join(''), places);
}
