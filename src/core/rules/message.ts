/** Filling and fitting of messages: the number first, the money next, the action last, in at most 200 characters. */

/** Longest message any door has to show, in UTF-16 units. */
export const MESSAGE_LIMIT = 200;

/** What the link step fills; left alone while one file is read. */
const LINKED: ReadonlySet<string> = new Set(['handler', 'event', 'path', 'instead', 'action', 'file', 'wanted']);

const PLACEHOLDER = /\{([A-Za-z][A-Za-z0-9]{0,40})\}/g;

/** Names of the placeholders of a template, in order of appearance, each once. */
export function placeholders(template: string): readonly string[] {
  return [...new Set([...template.matchAll(PLACEHOLDER)].map((match) => match[1] as string))];
}

/**
 * Fills `{name}` from `data` and fits the result. `{handler}`, `{event}` and `{path}` stay unless `data` has them.
 * Throws when the template names something that `data` lacks: a rule that does this is broken.
 */
export function fillMessage(template: string, data: Readonly<Record<string, string | number>>): string {
  const filled = template.replace(PLACEHOLDER, (whole, name: string) => {
    const value = data[name];
    if (value !== undefined) { return plain(String(value)); }
    if (LINKED.has(name)) { return whole; }
    throw new Error(`message needs {${name}}, and the report does not give it`);
  });
  return fitMessage(filled);
}

/** Cuts a text to `limit` UTF-16 units with `…` at the end; never through a placeholder or a surrogate pair. */
export function fitMessage(text: string, limit: number = MESSAGE_LIMIT): string {
  if (text.length <= limit) { return text; }
  let end = limit - 1;
  for (const match of text.matchAll(PLACEHOLDER)) {
    if (match.index < end && match.index + match[0].length > end) { end = match.index; }
  }
  const last = text.charCodeAt(end - 1);
  if (last >= 0xd800 && last <= 0xdbff) { end -= 1; }
  return `${text.slice(0, end).trimEnd()}…`;
}

/** Text from a user's file in one line, in which `{path}` is no placeholder any more. */
function plain(value: string): string {
  return value.replace(/\s+/g, ' ').replace(/\{(handler|event|path|instead|action|file|wanted)\}/g, '{ $1 }');
}
