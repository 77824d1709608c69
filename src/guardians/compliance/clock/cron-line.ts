/** Cron lines: `59 16 * * 1-5`, as crontab(5) has them, and with seconds in front, as packages of npm take them. */

/**
 * Seconds after midnight of a cron line with a fixed minute and hour.
 * @param withSeconds whether a line of six fields starts with the seconds; other programs put a year behind.
 * @returns undefined where the line has another form.
 */
export function secondsOfCron(text: string, withSeconds = false): number | undefined {
  const fields = text.trim().split(' ').filter((field) => field !== '');
  if (fields.length !== 5 && !(withSeconds && fields.length === 6)) { return undefined; }
  const [second = '', minute = '', hour = ''] = fields.length === 5 ? ['0', ...fields] : fields;
  if (!/^(?:\d{1,2}|\*)$/.test(second) || !/^\d{1,2}$/.test(minute) || !/^\d{1,2}$/.test(hour)) { return undefined; }
  const [s, m, h] = [second === '*' ? 0 : Number(second), Number(minute), Number(hour)];
  return s > 59 || m > 59 || h > 23 ? undefined : h * 3600 + m * 60 + s;
}
