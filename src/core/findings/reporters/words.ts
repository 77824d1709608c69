/** How reports write counts, times and text from others. */

/** `1 secret`, `2 secrets`: the word for a count. */
export function plural(count: number, word: string): string {
  return count === 1 ? word : `${word}s`;
}

/** `578 ms`, `1.2 s`. */
export function seconds(ms: number): string {
  return ms < 1000 ? `${ms} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** Names and messages hold text from anybody: no escape sequence and no direction override reaches the terminal. */
export function visible(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, ' ');
}
