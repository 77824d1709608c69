/** New York time for the bot: once wrong, once right. */

const NEW_YORK = new Intl.DateTimeFormat('en-US', {
  timeZone: 'America/New_York', hour: '2-digit', minute: '2-digit', hourCycle: 'h23',
});

/** Wrong: the hour of the machine it runs on, and an hour after the session at that. */
export function isFlatTimeLocal(): boolean {
  return new Date().getHours() >= 18;
}

/** Right in summer and in winter, until the evening session opens at 18:00; wrong on a half-day, on which the E-mini stops at 13:15. */
export function isFlatTime(): boolean {
  const time = NEW_YORK.format(new Date());
  return time >= '16:55' && time < '18:00';
}
