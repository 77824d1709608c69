/** What a text says as SQL: whether it is a statement at all, and what stands in its holes. */
import type { Form, Hole } from '../provenance/value.ts';

/** Most characters in front of a hole that are looked at. */
const MAX_BEFORE = 400;
const STATEMENT = /^[\s(]{0,40}(?:--[^\n]{0,200}\n\s{0,40})?(?:with|select|insert|update|delete|replace|merge|create|alter|drop|truncate|pragma|explain|copy|call|exec|execute|grant|revoke|attach|vacuum|describe|show|declare|begin|use|set)\s/i;
const CLAUSE = /\b(?:from|into|set|table|values|where|index|view|database|column|schema|role|user|union|order\s+by|group\s+by|limit|having|join|select|distinct|to|on)\b/i;
const PART = /\b(?:select|where|order\s+by|group\s+by|values|union|from|join|having|limit|insert\s+into|delete\s+from)\b/i;
const ONE_WORD = /^[\s(]{0,40}(?:drop|truncate|pragma|call|exec|execute|grant|revoke|attach|use|describe|explain|vacuum)\s/i;

/** The constant text of a form, a `?` for each hole. */
function textOf(form: Form): string {
  return form.map((piece) => (typeof piece === 'string' ? piece : '?')).join('');
}

/** True for a form that is put together to a statement of SQL: its first word, and a clause behind it. */
export function isStatement(form: Form): boolean {
  const text = textOf(form);
  return STATEMENT.test(text) && CLAUSE.test(text);
}

/** True for a form with a part of a statement in it: what is in front of it, something else brings. */
export function isPartOfStatement(form: Form): boolean {
  return form.length > 1 && (isStatement(form) || ONE_WORD.test(textOf(form)) || form.some((piece) => typeof piece === 'string' && PART.test(piece)));
}

/** The last word in front of a hole that says what belongs there. */
const WORDS = /\b(from|join|into|update|table|exists|index|view|schema|database|sequence|by|select|distinct|pragma|on|using|truncate|describe|references|add|drop|column|to|where|and|or|values|in|set|like|ilike|limit|offset|between|having|returning|when|then|else|not|interval|as|top)\b|[=<>]/gi;
const NAMES: ReadonlySet<string> = new Set(['from', 'join', 'into', 'update', 'table', 'exists', 'index', 'view', 'schema', 'database', 'sequence', 'by', 'select', 'distinct', 'pragma', 'on', 'using', 'truncate', 'describe', 'references', 'add', 'drop', 'column', 'to', 'returning', 'as']);

/**
 * What stands in a hole: a `name` of a table or a column, which no parameter can carry, or a `value`.
 * @param hole one of the holes of the form.
 */
export function roleOf(form: Form, hole: Hole): 'name' | 'value' {
  const at = form.indexOf(hole);
  const before = textOf(form.slice(0, at)).slice(-MAX_BEFORE);
  const next = form[at + 1];
  // Inside of quotes.
  if ((before.split("'").length - 1) % 2 === 1) { return 'value'; }
  if (/["`[]$/.test(before)) { return 'name'; }
  // `{column} = ?`.
  if (typeof next === 'string' && /^["`\]]?\s{0,10}(?:=|!=|<>|<=|>=|<|>|like\b|ilike\b|in\b|is\b|not\b|between\b|asc\b|desc\b)/i.test(next) && !/[=<>]\s{0,10}$/.test(before)) { return 'name'; }
  // Schema and table: `{schema}.bars`, `main.{table}`.
  if (/\.$/.test(before) || (typeof next === 'string' && /^\.[\w"?]/.test(next))) { return 'name'; }
  const words = [...before.matchAll(WORDS)];
  const last = words[words.length - 1];
  if (last === undefined) { return 'value'; }
  const word = (last[1] ?? '=').toLowerCase();
  // `INSERT INTO bars ({columns})`.
  if (word === 'into' && /\($/.test(before.trimEnd())) { return 'name'; }
  return NAMES.has(word) ? 'name' : 'value';
}
