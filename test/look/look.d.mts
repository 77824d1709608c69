/** Types of look.mjs. */
export const STATUS: string;
export function deskRepository(): string;
export function look(options: { readonly vsix: string; readonly out: string }): Promise<{
  readonly pictures: readonly string[];
  readonly status: string;
  readonly label: string | null;
}>;
