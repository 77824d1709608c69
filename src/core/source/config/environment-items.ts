/**
 * Variables as items of a list: `environment: [KEY=value]` of Compose (compose-spec, services.environment), `build.args`, and
 * `env` of build services. Each becomes an entry as the mapping of the same name would give it.
 */
import type { ConfigEntry } from '../model.ts';

const LISTS: ReadonlySet<string> = new Set(['environment', 'env', 'args', 'labels', 'build_args']);
const ITEM = /^([A-Za-z_][\w.-]{0,119})=/;

/** The entries with items `KEY=value` of such lists taken apart. */
export function withEnvironmentItems(text: string, entries: readonly ConfigEntry[]): ConfigEntry[] {
  return entries.map((entry) => {
    if (entry.shape !== 'scalar' || typeof entry.path.at(-1) !== 'number' || !LISTS.has(entry.key)) return entry;
    const { start, end } = entry.valueSpan;
    const key = ITEM.exec(entry.text)?.[1];
    // Escapes would shift what follows them.
    if (key === undefined || text.slice(start, end) !== entry.text || entry.value !== entry.text) return entry;
    const value = entry.text.slice(key.length + 1);
    return {
      ...entry, path: [...entry.path.slice(0, -1), key], key, keySpan: { start, end: start + key.length },
      value, text: value, valueSpan: { start: start + key.length + 1, end },
    };
  });
}
