/** Changes that mend a cut-off: an earlier time, or New York's clock in place of another. */
import { holdsCode } from '../../../core/source/holds.ts';
import type { Fix } from '../../../core/findings/finding.ts';
import { isScript } from '../../../core/source/languages.ts';
import type { SourceModel, Span } from '../../../core/source/model.ts';
import { minutesOf } from '../../../core/time/dates.ts';
import type { Deadline, Verdict } from './verdict.ts';

const NEW_YORK_ZONE = 'ZoneInfo("America/New_York")';

/** The verdict with the fixes its text allows. */
export function withFixes(verdict: Verdict, model: SourceModel, deadline: Deadline): Verdict {
  const text = model.source.text.slice(verdict.at.start, verdict.at.end);
  const fix = verdict.rule === 'APX004' ? earlier(verdict, text, deadline) : zoned(verdict, text, model);
  const worded = { ...verdict, data: { ...verdict.data, ...wordsFor(model) } };
  return fix === undefined ? worded : { ...worded, fixes: [fix] };
}

/** What a message advises, as the language of the file writes it. */
const PYTHON_WORDS = {
  use: 'Use datetime.now(ZoneInfo("America/New_York"))', rules: 'Use ZoneInfo("America/New_York")', compare: 'Compare t >= time(…)',
};
const SCRIPT_WORDS = {
  use: "Use Intl with timeZone: 'America/New_York'", rules: "Use timeZone: 'America/New_York'", compare: 'Compare hour * 60 + minute',
};
const MQL5_WORDS = {
  use: 'Convert TimeGMT() to New York', rules: 'Use the US dates: second Sunday of March, first of November', compare: 'Compare hour * 60 + min',
};

function wordsFor({ language }: SourceModel): Readonly<Record<string, string>> {
  return language === 'mql5' ? MQL5_WORDS : isScript(language) ? SCRIPT_WORDS : PYTHON_WORDS;
}

// ---------------------------------------------------------------- an earlier time

/**
 * Writes the latest time that leaves room. It is safe where the cut-off stands at the deadline: two minutes earlier is what was
 * meant. A cut-off well behind the deadline is somebody's plan for the day, and moving it is a question, not a repair.
 */
function earlier(verdict: Verdict, text: string, deadline: Deadline): Fix | undefined {
  const safe = minutesOf((verdict.data['safe'] ?? '').slice(0, 5));
  if (safe === undefined || verdict.messageId === 'gap') { return undefined; }
  const replaced = retimed(text, Math.floor(safe / 60), safe % 60);
  if (replaced === undefined || replaced === text) { return undefined; }
  const late = Number(verdict.evidence['minutesLate'] ?? '0');
  const two = (value: number): string => String(value).padStart(2, '0');
  return {
    title: `Flatten from ${two(Math.floor(safe / 60))}:${two(safe % 60)}`,
    safe: late <= 0 && deadline.minutes - deadline.latest <= 15,
    edits: [{ start: verdict.at.start, end: verdict.at.end, text: replaced }],
  };
}

/** The same text with another time in it; undefined for a text whose time is not written in a form that is known. */
function retimed(text: string, hour: number, minute: number): string | undefined {
  const two = (value: number): string => String(value).padStart(2, '0');
  const quoted = /^(["']?)(\d{1,2}):(\d{2})(:\d{2})?((?: ?[A-Za-z][A-Za-z_/]{0,40})?)\1$/.exec(text);
  if (quoted !== null && !/^ ?[ap]m/i.test(quoted[5] ?? '')) {
    return `${quoted[1]}${two(hour)}:${two(minute)}${quoted[4] === undefined ? '' : ':00'}${quoted[5] ?? ''}${quoted[1]}`;
  }
  if (/^\d{4}$/.test(text)) { return `${two(hour)}${two(minute)}`; }
  const positional = /^([A-Za-z_.]{1,60}\(\s*)\d{1,2}(?:\s*,\s*\d{1,2}){0,2}(\s*(?:,\s*tzinfo\s*=\s*[A-Za-z_.]{1,60})?\))$/.exec(text);
  if (positional !== null) { return `${positional[1]}${hour}, ${minute}${positional[2]}`; }
  // `'59 16 * * 1-5'`, `'0 59 16 * * *'`: seconds in front, as schedulers of npm have them.
  const cron = /^(["'`])((?:\d{1,2}|\*) )?\d{1,2} \d{1,2}((?: [^ "'`]{1,20}){3})\1$/.exec(text);
  if (cron !== null) { return `${cron[1]}${cron[2] === undefined ? '' : '0 '}${minute} ${hour}${cron[3]}${cron[1]}`; }
  if (!/\bhour ?[=:] ?\d/.test(text)) { return undefined; }
  const hours = text.replace(/\b(hour ?[=:] ?)\d{1,2}\b/, `$1${hour}`);
  const minutes = hours.replace(/\b(minute ?[=:] ?)\d{1,2}\b/, `$1${minute}`).replace(/\b(second ?[=:] ?)\d{1,2}\b/, '$10');
  if (/\bminute ?[=:] ?\d/.test(text)) { return minutes; }
  return /\bhour ?=/.test(text) ? hours.replace(/\b(hour ?= ?\d{1,2})\b/, `$1, minute=${minute}`) : `${hours}, minute: ${minute}`;
}

// -------------------------------------------------------------- New York's clock

/**
 * Puts New York's zone where the clock is chosen. Never safe: a time that had no zone gets one, and other places that
 * compare it have to follow.
 */
function zoned(verdict: Verdict, text: string, model: SourceModel): Fix | undefined {
  if (!holdsCode(model)) { return undefined; }
  const replaced = newYorkFor(verdict, text);
  if (replaced !== undefined && !replaced.includes('ZoneInfo(')) { return { title: 'Use New York time', safe: false, edits: [{ start: verdict.at.start, end: verdict.at.end, text: replaced }] }; }
  if (replaced === undefined) { return undefined; }
  const name = zoneInfoName(model);
  const edits = [{ start: verdict.at.start, end: verdict.at.end, text: name === undefined ? replaced : replaced.replace('ZoneInfo(', `${name}(`) }];
  const added = name === undefined ? [{ start: importPlace(model), end: importPlace(model), text: 'from zoneinfo import ZoneInfo\n' }] : [];
  return { title: 'Use New York time', safe: false, edits: [...added, ...edits] };
}

function newYorkFor(verdict: Verdict, text: string): string | undefined {
  switch (verdict.messageId) {
    case 'local': case 'localUnknown': {
      const now = /^([A-Za-z_.]{1,40}\.now\()\)$/.exec(text);
      if (now !== null) { return `${now[1]}${NEW_YORK_ZONE})`; }
      // The schedule library takes a zone's name behind the time.
      const daily = /^(at\((["']))(\d\d:\d\d(?::\d\d)?)\2\)$/.exec(text);
      return daily === null ? undefined : `${daily[1]}${daily[3]}${daily[2]}, ${daily[2]}America/New_York${daily[2]})`;
    }
    case 'fixedNamed': case 'drifts': case 'meanTime': {
      const shifted = /^([A-Za-z_.]{1,40})\.(?:utcnow\(\)|now\([A-Za-z_.=]{0,40}\)) ?[-+] ?[A-Za-z_.]{1,30}\(hours ?= ?-?[45]\)$/.exec(text);
      if (shifted !== null) { return `${shifted[1]}.now(${NEW_YORK_ZONE})`; }
      const zone = /^(?:[A-Za-z_.]{1,30}\([A-Za-z_.]{0,30}\(hours ?= ?-[45]\)(?:, ?["'][A-Za-z]{1,5}["'])?\)|[A-Za-z_.]{1,30}\((?:["'][A-Za-z0-9/+-]{1,12}["']|-300|-240)\))$/.test(text);
      return zone ? NEW_YORK_ZONE : undefined;
    }
    case 'relabelled': {
      const stamped = /^([A-Za-z_.]{1,40})\.(?:utcnow\(\)|now\([A-Za-z_.]{1,30}\))\.replace\(tzinfo ?= ?([A-Za-z_.]{1,40})\)$/.exec(text);
      return stamped === null ? undefined : `${stamped[1]}.now(${stamped[2]})`;
    }
    default: return undefined;
  }
}

/** What this file calls `ZoneInfo`, if it imports it. */
function zoneInfoName(model: SourceModel): string | undefined {
  for (const { module, name, alias } of model.imports) {
    if (module === 'zoneinfo') { return name === 'ZoneInfo' ? alias : name === undefined ? `${alias}.ZoneInfo` : undefined; }
  }
  return undefined;
}

/** In front of the first import that is none of `__future__`, else at the top. */
function importPlace(model: SourceModel): number {
  const first = model.body.find((statement) => statement.kind === 'import'
    && statement.imports.every((index) => model.imports[index]?.module !== '__future__'));
  return first?.start ?? 0;
}

/** Do two places overlap? Then they are one root. */
export function overlaps(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}
