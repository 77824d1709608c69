/** Whether the first line of a file is one of NautilusTrader's messages. */
export function looksLikeRedisCapture(_start: string): boolean {
  return false;
}
