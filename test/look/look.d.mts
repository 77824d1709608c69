/** Types of look.mjs. */
export const STATUS: string;
export function deskRepository(): string;
export function look(options: { readonly vsix: string; readonly out: string }): Promise<{
  readonly pictures: readonly string[];
  readonly status: string;
  /** What `tickguard check` says of the same folder. */
  readonly terminal: { readonly errors: number; readonly rules: readonly string[] };
  readonly label: string | null;
  /** The replay view: its text, and where a click on what broke led. */
  readonly replay: { readonly text: string; readonly opened: { readonly file: string; readonly line: number } };
  /** “Move the value to the environment”: the row of the menu, what was written as git shows it, and how long looking took. */
  readonly moved: { readonly offered: string; readonly diff: string; readonly ms: number };
}>;
