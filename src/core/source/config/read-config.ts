/** Configuration files as flat entries with exact places, and the variables that scripts set. */
import type { ConfigLanguage, SourceText } from '../model.ts';
import type { Budget } from '../syntax/budget.ts';
import { Allowance } from './allowance.ts';
import type { Exceeded } from './allowance.ts';
import type { ConfigRead } from './entry-list.ts';
import { withEnvironmentItems } from './environment-items.ts';
import { readDockerfile } from './read-dockerfile.ts';
import { readDotenv } from './read-dotenv.ts';
import { readIni } from './read-ini.ts';
import { readJson } from './read-json.ts';
import { readPowershell } from './read-powershell.ts';
import { readShell } from './read-shell.ts';
import { readToml } from './read-toml.ts';
import { readYaml } from './read-yaml.ts';

const READERS: Readonly<Record<ConfigLanguage, (text: string, allowance: Allowance) => ConfigRead>> = {
  yaml: (text, allowance) => {
    const read = readYaml(text, allowance);
    return { ...read, entries: withEnvironmentItems(text, read.entries) };
  },
  json: readJson, toml: readToml, dotenv: readDotenv, ini: readIni, shell: readShell, powershell: readPowershell, dockerfile: readDockerfile,
};

/** A text with errors over this share of it does not parse, whatever entries stand between them. */
const LARGEST_BROKEN_SHARE = 0.5;
/** Shorter texts are being typed. */
const TYPED = 10_000;

/** What was read; `incomplete` says why nothing was. */
export interface ConfigReading extends ConfigRead {
  readonly incomplete?: Exceeded;
}

/**
 * Reads a configuration file. Never throws: what cannot be read is in `errors` (UTF-16 offsets), and what stands
 * around it is read all the same, so that half-typed text gives the entries that are whole. Duplicate keys are all kept,
 * in the order of the text; parents come before their children; nesting below 128 levels is an error.
 *
 * A file that takes longer than its budget, has more entries than fit, or is broken throughout gives no entries at all and
 * says why.
 */
export function readConfig(language: ConfigLanguage, source: SourceText, budget?: Budget): ConfigReading {
  const { text } = source;
  const allowance = new Allowance(budget);
  let read: ConfigRead;
  try {
    read = READERS[language](text, allowance);
  } catch {
    // The parsers behind this are not ours; what one of them breaks on is an error of the file's, not of the run's.
    return { ...NOTHING, errors: [{ start: 0, end: text.length }], incomplete: 'syntax' };
  }
  if (allowance.piece(read.errors.length) && !isBroken(text, read)) return read;
  return { ...NOTHING, errors: read.errors.slice(0, 1), incomplete: allowance.exceeded ?? 'syntax' };
}

const NOTHING: ConfigRead = { entries: [], comments: [], errors: [] };

function isBroken(text: string, { errors }: ConfigRead): boolean {
  const extent = errors.reduce((sum, { start, end }) => sum + end - start, 0);
  return text.length > TYPED && extent > text.length * LARGEST_BROKEN_SHARE;
}
