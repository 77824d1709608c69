/** What the entries of an environment file hold: secrets, settings, placeholders. */
import { createHash } from 'node:crypto';
import type { ConfigEntry } from '../../../core/source/model.ts';
import { judge } from '../scan/judge.ts';
import { classifyName } from '../scan/names.ts';
import { scanText } from '../scan/text-scan.ts';
import { isPlace, isPlaceholder } from '../scan/value.ts';

/** Whether something stands there: not empty, no placeholder, no reference to another variable. */
export function isFilled(entry: ConfigEntry): boolean {
  return entry.shape === 'scalar' && entry.text.trim() !== '' && !isPlaceholder(entry.text);
}

/** A value that must not be shared: its name promises a secret, a detector knows it, or one stands in it as a password does in an address. */
export function isSecretEntry(entry: ConfigEntry, strict: boolean): boolean {
  return isNamedSecret(entry, strict) || scanText(entry.text, strict ? 'strict' : 'normal').hits.length > 0;
}

/** A value that is a secret as a whole, by its name. */
export function isNamedSecret(entry: ConfigEntry, strict: boolean): boolean {
  if (detectorOf(entry, strict) !== undefined) { return true; }
  return !strict && classifyName(entry.key) !== undefined && entry.text.length >= 6 && !isPlace(entry.text);
}

/** The detector of SEC001 that knows the value by its name and looks. */
export function detectorOf(entry: ConfigEntry, strict: boolean): string | undefined {
  const candidate = { name: entry.key, around: entry.key, value: entry.text, span: entry.valueSpan };
  return judge(candidate, strict ? 'strict' : 'normal')?.detector;
}

/** Shortest value of which a trace may be kept: 24 random characters cannot be guessed from 32 bits of a hash. */
const SHORTEST = 24;

/**
 * Tells equal secrets of two files from different ones: 32 bits of a hash, of long values only, so that it says nothing about
 * the value to anybody who does not have it.
 */
export function traceOf(value: string): string | undefined {
  return value.length < SHORTEST ? undefined : createHash('sha256').update(`tickguard same value\0${value}`).digest('hex').slice(0, 8);
}

/** Which desk a name speaks of. */
export function deskOf(name: string): 'live' | 'paper' | undefined {
  const words = name.toLowerCase().split(/[^a-z]+/);
  if (words.some((word) => /^(?:paper|demo|sandbox|testnet|test|sim|simulation|dev|staging|dryrun|practice)$/.test(word))) { return 'paper'; }
  return words.some((word) => /^(?:live|prod|production|real|mainnet)$/.test(word)) ? 'live' : undefined;
}
