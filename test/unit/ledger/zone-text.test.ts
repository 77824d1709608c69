import { describe, expect, it } from 'vitest';
import { parseZone, zoneText } from '../../../src/guardians/compliance/ledger/zone-text.ts';

describe('the name of a clock', () => {
  it.each([
    ['America/New_York', 'America/New_York', 0], ['UTC', 'UTC', 0], ['Etc/GMT+5', 'Etc/GMT+5', 0], ['America/New_York+7h', 'America/New_York', 420], ['America/New_York+7', 'America/New_York', 420],
    ['America/New_York-90m', 'America/New_York', -90], ['+7', 'UTC', 420], ['-05:00', 'UTC', -300], ['+0530', 'UTC', 330], ['UTC+2', 'UTC', 120], ['GMT+2', 'UTC', 120], [' Europe/Prague ', 'Europe/Prague', 0],
    ['-0', 'UTC', 0],
  ])('%s', (text, zone, aheadMinutes) => {
    expect(parseZone(text)).toEqual({ ok: true, value: { zone, aheadMinutes } });
  });

  it.each([
    ['', 'no clock is named; write one as America/New_York, UTC, +7, or America/New_York+7h for a server that is 7 h ahead of New York.'],
    ['EST', 'EST knows no summer time; name the city, America/New_York, or the offset if the clock really stands still.'],
    ['ET', '“ET” is no clock; write one as America/New_York, UTC, +7, or America/New_York+7h for a server that is 7 h ahead of New York.'],
    ['America/New_York+7x', '“America/New_York+7x” is no clock; write one as America/New_York, UTC, +7, or America/New_York+7h for a server that is 7 h ahead of New York.'],
    ['+25', '“+25” is no clock; write one as America/New_York, UTC, +7, or America/New_York+7h for a server that is 7 h ahead of New York.'],
    ['+5:75', '“+5:75” is no clock; write one as America/New_York, UTC, +7, or America/New_York+7h for a server that is 7 h ahead of New York.'],
    ['EST+7h', '“EST+7h” is no clock; write one as America/New_York, UTC, +7, or America/New_York+7h for a server that is 7 h ahead of New York.'],
  ])('refuses “%s”', (text, error) => {
    expect(parseZone(text)).toEqual({ ok: false, error });
  });

  it.each(['America/New_York', 'America/New_York+7h', 'UTC-90m', 'UTC+7h'])('writes %s as it is read', (text) => {
    const parsed = parseZone(text);
    expect(parsed.ok && zoneText(parsed.value)).toBe(text);
  });
});
