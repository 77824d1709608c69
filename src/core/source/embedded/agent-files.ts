/** Files that tell coding agents how to work: what they say is done. */

/** By name, lower case. */
const NAMES: ReadonlySet<string> = new Set([
  'agents.md', 'agent.md', 'agents.override.md', 'claude.md', 'claude.local.md', 'gemini.md', 'codex.md', 'qwen.md', 'warp.md', 'skill.md', 'droid.md',
  'copilot-instructions.md', '.cursorrules', '.windsurfrules', '.clinerules', '.goosehints', '.rules',
]);

/** Folders whose Markdown is instructions, whatever it is called. */
const FOLDERS = /(?:^|\/)(?:\.cursor|\.claude|\.factory|\.codex|\.agents?|\.windsurf|\.clinerules|\.roo|\.kiro|\.continue|\.opencode|\.gemini|\.junie|droids|skills|\.github\/(?:instructions|prompts|agents|chatmodes))\//;

/** Whether a path (with `/`) is an instruction file of agents. The names are those their makers document. */
export function isAgentFile(path: string): boolean {
  const lower = path.toLowerCase();
  const name = lower.slice(lower.lastIndexOf('/') + 1);
  return NAMES.has(name) || (FOLDERS.test(lower) && /\.(?:md|mdc|markdown)$/.test(name)) || name.endsWith('.mdc');
}
