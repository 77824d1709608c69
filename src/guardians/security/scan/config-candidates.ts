/** Values of configuration entries with the names they have: their key, their way from the root, their neighbours. */
import type { ConfigEntry } from '../../../core/source/model.ts';
import type { Candidate } from './candidate.ts';

/** Keys whose value names what the keys beside it belong to: `name: binance`. */
const TELLING = new Set(['name', 'exchange', 'broker', 'provider', 'venue', 'key', 'id', 'service']);
/** Keys under which lists of settings keep the value: `- name: API_KEY` / `value: …`. */
const VALUE_KEYS = new Set(['value', 'default', 'secretvalue']);

/** Entries with the same parent, by the parent's way from the root. */
function bySiblings(entries: readonly ConfigEntry[]): ReadonlyMap<string, readonly ConfigEntry[]> {
  const groups = new Map<string, ConfigEntry[]>();
  for (const entry of entries) {
    const parent = JSON.stringify(entry.path.slice(0, -1));
    const group = groups.get(parent);
    if (group) group.push(entry);
    else groups.set(parent, [entry]);
  }
  return groups;
}

function nameOf(entry: ConfigEntry, siblings: readonly ConfigEntry[]): string {
  const key = entry.key.toLowerCase();
  if (VALUE_KEYS.has(key)) {
    const named = siblings.find((one) => one !== entry && /^(?:name|key|variable)$/i.test(one.key) && typeof one.value === 'string');
    return named ? named.text : entry.key;
  }
  // `exchange: { key: …, secret: … }`: beside a secret, `key` is the API key.
  if (key === 'key' && siblings.some((one) => one.key.toLowerCase() === 'secret')) return 'api_key';
  const parent = entry.path.at(-2);
  return key === 'key' && typeof parent === 'string' ? `${parent}_key` : entry.key;
}

/** A Kubernetes manifest of kind Secret keeps base 64 under `data`; that is an encoding, not a protection. */
function isSecretManifest(entries: readonly ConfigEntry[]): boolean {
  return entries.some((entry) => entry.path.length === 1 && entry.key === 'kind' && entry.text === 'Secret');
}

/** The text behind base 64 when it is printable, else undefined. */
function decoded(text: string): string | undefined {
  if (text.length > 8192 || !/^[A-Za-z0-9+/\s]{8,8192}(?:={1,2}\s{0,4})?$/.test(text)) return undefined;
  const plain = Buffer.from(text, 'base64').toString('latin1').trim();
  return /^[\x20-\x7e\n\r]+$/.test(plain) ? plain : undefined;
}

/** Every text value with its name; numbers, lists and mappings are none. */
export function candidatesOfEntries(entries: readonly ConfigEntry[]): readonly Candidate[] {
  const groups = bySiblings(entries);
  const manifest = isSecretManifest(entries);
  return entries.flatMap((entry): Candidate[] => {
    if (entry.shape !== 'scalar' || typeof entry.value !== 'string' || entry.text.length < 6) return [];
    const siblings = groups.get(JSON.stringify(entry.path.slice(0, -1))) ?? [];
    const telling = siblings.length > 64 ? [] : siblings.filter((one) => TELLING.has(one.key.toLowerCase()) && one.text.length < 40);
    const around = [...entry.path.filter((step) => typeof step === 'string'), ...telling.map((one) => one.text)].join(' ');
    // The text as written: ranges and shapes belong to it, escapes included.
    const plain = manifest && entry.path[0] === 'data' ? decoded(entry.text) : undefined;
    return [{ name: nameOf(entry, siblings), around, value: plain ?? entry.text, span: entry.valueSpan, entry: true, ...(plain === undefined ? {} : { encoded: true }) }];
  });
}
