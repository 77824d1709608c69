/** Configuration files as flat entries with exact places, and the variables that scripts set. */
import type { ConfigLanguage, SourceText } from '../model.ts';
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

const READERS: Readonly<Record<ConfigLanguage, (text: string) => ConfigRead>> = {
  yaml: (text) => {
    const read = readYaml(text);
    return { ...read, entries: withEnvironmentItems(text, read.entries) };
  },
  json: readJson, toml: readToml, dotenv: readDotenv, ini: readIni, shell: readShell, powershell: readPowershell, dockerfile: readDockerfile,
};

/**
 * Reads a configuration file. Never throws: what cannot be read is in `errors` (UTF-16 offsets), and what stands
 * around it is read all the same, so that half-typed text gives the entries that are whole. Duplicate keys are all kept,
 * in the order of the text; parents come before their children; nesting below 128 levels is an error.
 */
export function readConfig(language: ConfigLanguage, source: SourceText): ConfigRead {
  try {
    return READERS[language](source.text);
  } catch {
    // The parsers behind this are not ours; what one of them breaks on is an error of the file's, not of the run's.
    return { entries: [], comments: [], errors: [{ start: 0, end: source.text.length }] };
  }
}
