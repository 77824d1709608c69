/** The edit of a file of settings whose reader puts variables in: compose files, VS Code's launch files, MCP servers, shells. */
import type { Outcome } from '../../../../core/outcome.ts';
import type { SourceModel, Span } from '../../../../core/source/model.ts';
import type { CodeMove } from './code.ts';

/** How the reader of a file writes a variable; undefined where nobody puts one in. */
function written(path: string, language: SourceModel['language']): ((variable: string) => string) | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  if (language === 'yaml' && /^(?:docker-)?(?:compose|stack)[\w.-]{0,60}\.ya?ml$/.test(name)) { return (variable) => `\${${variable}}`; }
  if (language === 'json' && /(?:^|\/)\.vscode\/(?:launch|tasks)\.json$/.test(path)) { return (variable) => `\${env:${variable}}`; }
  if (language === 'json' && (name === '.mcp.json' || /(?:^|\/)\.vscode\/mcp\.json$/.test(path))) { return name === '.mcp.json' ? (variable) => `\${${variable}}` : (variable) => `\${env:${variable}}`; }
  return language === 'shell' ? (variable) => `\${${variable}:?is not set}` : undefined;
}

/** What moving the secret would do to a file of settings. */
export function settingsMove(model: SourceModel, secret: Span): Outcome<CodeMove> {
  const write = written(model.path, model.language);
  if (write === undefined) { return { ok: false, error: 'The program that reads this file puts no variables in. Read the value from the environment where it is used.' }; }
  const entry = model.entries.find((one) => one.shape === 'scalar' && one.valueSpan.start <= secret.start && secret.end <= one.valueSpan.end);
  const raw = model.source.text.slice(secret.start, secret.end);
  if (entry === undefined || raw.includes('\n') || raw.includes('\\')) { return { ok: false, error: 'The secret stands in no plain value that could be replaced. Move it by hand.' }; }
  // In single quotes a shell puts nothing in.
  if (model.language === 'shell' && model.source.text[entry.valueSpan.start - 1] === "'") {
    if (entry.valueSpan.start !== secret.start || entry.valueSpan.end !== secret.end) { return { ok: false, error: 'In single quotes a shell puts no variable in. Move it by hand.' }; }
    return { ok: true, value: { value: raw, edits: (variable) => [{ start: secret.start - 1, end: secret.end + 1, text: `"${write(variable)}"` }] } };
  }
  return { ok: true, value: { value: raw, edits: (variable) => [{ start: secret.start, end: secret.end, text: write(variable) }] } };
}
