/** Which files hold the environment of a program, by their names. */

/** Copies meant to be committed: they show the names and no values. */
const TEMPLATE = /(?:^|[._-])(?:example|sample|template|tmpl|copy|dist|defaults?|schema|spec)(?:[._-]|$)/i;
/** Files beside which a `.env` is kept: templates of it, and what starts containers. */
const BESIDE = /^(?:\.env[\w.-]{0,60}|env\.[\w.-]{1,60}|[\w.-]{1,60}\.env|dockerfile[\w.-]{0,60}|containerfile|(?:docker-)?compose[\w.-]{0,60}\.ya?ml)$/i;

/**
 * Whether a path is an environment file: `.env`, `.env.live`, `prod.env`, and not a template of one.
 * The names come from 24 public trading repositories, four of which tracked such files.
 */
export function isEnvironmentFile(path: string): boolean {
  return isEnvironmentName(path) && !TEMPLATE.test(nameOf(path));
}

/** Whether a path is a template of an environment file: `.env.example`, `example.env`, `env.sample`. */
export function isEnvironmentTemplate(path: string): boolean {
  return (isEnvironmentName(path) || /^env\.[\w.-]{1,60}$/.test(nameOf(path))) && TEMPLATE.test(nameOf(path));
}

/** Whether an ignored `.env` is worth looking for in the folder of this file. */
export function isKeptBeside(path: string): boolean {
  return BESIDE.test(nameOf(path));
}

function isEnvironmentName(path: string): boolean {
  const name = nameOf(path);
  return name === '.env' || name.startsWith('.env.') || name.endsWith('.env');
}

/** The file's name in lower case. */
function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).toLowerCase();
}
