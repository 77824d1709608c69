/** Configuration files as flat entries with exact places: YAML, JSON with comments, TOML, dotenv. */
import type { SourceText } from '../model.ts';
import type { ConfigRead } from './entry-list.ts';
import { readDotenv } from './read-dotenv.ts';
import { readJson } from './read-json.ts';
import { readToml } from './read-toml.ts';
import { readYaml } from './read-yaml.ts';

const READERS = { yaml: readYaml, json: readJson, toml: readToml, dotenv: readDotenv } as const;

/**
 * Reads a configuration file. Never throws: what cannot be read is in `errors` (UTF-16 offsets), and what stands
 * around it is read all the same, so that half-typed text gives the entries that are whole. Duplicate keys are all kept,
 * in the order of the text; parents come before their children; nesting below 128 levels is an error.
 */
export function readConfig(language: 'yaml' | 'json' | 'toml' | 'dotenv', source: SourceText): ConfigRead {
  try {
    return READERS[language](source.text);
  } catch {
    // The parsers behind this are not ours; what one of them breaks on is an error of the file's, not of the run's.
    return { entries: [], comments: [], errors: [{ start: 0, end: source.text.length }] };
  }
}
