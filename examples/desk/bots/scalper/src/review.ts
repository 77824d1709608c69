/** The evening's review of the bot, around its journal. */
import { execFileSync, execSync } from 'node:child_process';

/** Wrong: a `;` in the name starts another program. */
export function packByShell(day: string): void {
  execSync(`tar -czf review.tgz journal/${day}`);
}

/** Right: one program, its arguments in a list. */
export function pack(day: string): void {
  execFileSync('tar', ['-czf', 'review.tgz', `journal/${day}`]);
}

/** Wrong: an editor shows this line in another order than the program reads it. */
export const risky = 'reviewed by ‮ris';

/** Right: what is shown is what runs. */
export const reviewed = 'reviewed by risk';
