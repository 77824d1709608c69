/** What stands besides single secrets: keys nobody has changed for long, default passwords, hooks, the age of the last scan. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as z from 'zod';
import { readConfig } from '../../../core/source/config/read-config.ts';
import { languageOf, SETTINGS } from '../../../core/source/languages.ts';
import type { ConfigLanguage } from '../../../core/source/model.ts';
import { positionAt, textOf } from '../../../core/source/text.ts';
import { fileRole } from '../../../core/workspace/discovery.ts';
import { CACHE_FOLDER, statePath } from '../../../core/workspace/state.ts';
import { isLink } from '../../../core/workspace/summary-cache.ts';
import { hooksFolder, hookState } from '../hooks/place.ts';
import { HOOKS } from '../hooks/script.ts';
import { classifyName } from '../scan/names.ts';
import { ObjectStore } from './objects.ts';
import type { HistorySecret } from './report.ts';
import { ask, lines, type Repository } from './repository.ts';

/** One thing to know. */
export interface Standing {
  readonly kind: 'old-secret' | 'default-password' | 'hook-missing' | 'hook-bypassed' | 'scan-old';
  readonly message: string;
  /** Ids of the secrets, or places, it is about. */
  readonly about: readonly string[];
}

export const standing = z.object({ kind: z.enum(['old-secret', 'default-password', 'hook-missing', 'hook-bypassed', 'scan-old']), message: z.string(), about: z.array(z.string()) });

/** A credential should be changed after so many days. */
const OLD_DAYS = 90;
/** A history should be read again after so many days. */
const SCAN_DAYS = 7;
const DAY_MS = 86_400_000;
/** Settings files that are looked at for default passwords, and their largest size. */
const MOST_FILES = 2_000;
const MOST_BYTES = 262_144;

/**
 * Passwords that products ship with or that tutorials give: the first anybody tries. Kept short, because a word that is also
 * something else would cry wolf; compared whole and without regard to case.
 */
const DEFAULTS: ReadonlySet<string> = new Set((
  'admin administrator root toor postgres mysql mariadb password passwd passw0rd p@ssw0rd p@ssword password1 password123 pass123 admin123 adminadmin root123 changeme '
  + 'change_me changeit letmein welcome welcome1 qwerty qwerty123 123456 1234567 12345678 123456789 1234567890 111111 abc123 guest secret minioadmin rabbitmq grafana elastic '
  + 'sa sa123 redis default test123 trader trader123'
).split(' '));
/** Samples, templates and what is meant for development are no service of anybody. */
const SAMPLE = /(?:^|[./_-])(?:example|examples|sample|samples|template|dist|demo|docs?|test|tests|ci|local|dev|development)(?:[./_-]|$)/i;

export interface StandingParts {
  readonly repository: Repository;
  readonly secrets: readonly HistorySecret[];
  /** The day of the report, `YYYY-MM-DD`. */
  readonly today: string;
  /** The scan reads the whole history. */
  readonly whole: boolean;
}

/** Everything there is to say, the most urgent first. */
export async function standingOf(parts: StandingParts): Promise<readonly Standing[]> {
  const [bypassed, defaults] = await Promise.all([hookStanding(parts), defaultPasswords(parts.repository)]);
  return [...bypassed, ...defaults, ...oldSecrets(parts.secrets), ...scanAge(parts)];
}

function oldSecrets(secrets: readonly HistorySecret[]): readonly Standing[] {
  const old = secrets.filter(({ suppressed, head, ageDays }) => suppressed === undefined && head.length > 0 && ageDays > OLD_DAYS);
  const oldest = Math.max(...old.map(({ ageDays }) => ageDays));
  const them = old.length === 1 ? 'it' : 'them';
  return old.length === 0 ? [] : [{ kind: 'old-secret', message: `${old.length} ${old.length === 1 ? 'secret' : 'secrets'} in HEAD stood unchanged for more than ${OLD_DAYS} days, the oldest for ${oldest}. Rotate ${them}.`, about: old.map(({ id }) => id) }];
}

/** A hook is missing, or a commit was made here past it. */
async function hookStanding({ repository, secrets }: StandingParts): Promise<readonly Standing[]> {
  if (repository.bare) { return []; }
  const folder = await hooksFolder(repository);
  if (!folder.ok) { return []; }
  const states = HOOKS.map((hook) => hookState(folder.value, hook));
  const missing = states.filter(({ state }) => state === 'missing' || state === 'inert');
  const { since } = states.find(({ hook }) => hook === 'pre-commit') ?? {};
  const passed = since === undefined ? [] : await madeHereSince(repository, secrets, since);
  return [
    ...(passed.length === 0 ? [] : [{ kind: 'hook-bypassed' as const, message: `${passed.length} ${passed.length === 1 ? 'secret was' : 'secrets were'} committed here after the pre-commit hook was installed on ${since?.slice(0, 10) ?? ''}: it was passed by. Rotate, and find out why.`, about: passed.map(({ id }) => id) }]),
    ...(missing.length === 0 ? [] : [{ kind: 'hook-missing' as const, message: `No ${missing.map(({ hook }) => hook).join(' and no ')} hook stops the next secret. Run: tickguard hook install`, about: missing.map(({ hook }) => hook) }]),
  ];
}

/** git keeps no word of `--no-verify`; but its reflog says which commits were made in this clone, and when. */
async function madeHereSince(repository: Repository, secrets: readonly HistorySecret[], since: string): Promise<readonly HistorySecret[]> {
  const log = await ask(repository, ['log', '--walk-reflogs', '--date=unix', '--format=%H %gd %gs', 'HEAD', '--']);
  const made = new Set(lines(log.out).flatMap((line) => {
    const match = /^([0-9a-f]{40,64}) HEAD@\{(\d{1,12})\} commit(?: \([a-z]{1,20}\))?:/.exec(line);
    return match !== null && Number(match[2]) * 1000 > Date.parse(since) ? [match[1] as string] : [];
  }));
  return secrets.filter(({ suppressed, first, severity }) => suppressed === undefined && severity === 'error' && made.has(first.commit));
}

/** Settings in HEAD that keep a password everybody knows. */
async function defaultPasswords(repository: Repository): Promise<readonly Standing[]> {
  if (repository.head === undefined) { return []; }
  const listed = await ask(repository, ['ls-tree', '-r', '-z', '-l', '--full-tree', repository.head]);
  const files = listed.out.toString('utf8').split('\0').flatMap((record): { path: string; blob: string }[] => {
    const tab = record.indexOf('\t');
    const [, type, blob = '', size] = record.slice(0, Math.max(0, tab)).split(/ +/);
    const path = record.slice(tab + 1);
    const settings = (SETTINGS as readonly string[]).includes(languageOf(path)) && fileRole(path) === 'code' && !SAMPLE.test(path);
    return type === 'blob' && settings && Number(size) <= MOST_BYTES ? [{ path, blob }] : [];
  });
  const about: string[] = [];
  const objects = new ObjectStore(repository);
  try {
    for (const { path, blob } of files.slice(0, MOST_FILES)) {
      const content = await objects.read(blob);
      const decoded = Buffer.isBuffer(content) && /pass|pwd|secret/i.test(content.toString('latin1')) ? textOf(content) : undefined;
      if (decoded?.ok !== true) { continue; }
      for (const { key, text, shape, start } of readConfig(languageOf(path) as ConfigLanguage, decoded.source).entries) {
        if (shape === 'scalar' && classifyName(key)?.role === 'password' && DEFAULTS.has(text.toLowerCase())) { about.push(`${path}:${positionAt(decoded.source, start).line}`); }
      }
    }
  } finally {
    objects.close();
  }
  const places = about.slice(0, 5).join(', ');
  return about.length === 0 ? [] : [{ kind: 'default-password', message: `${about.length} default ${about.length === 1 ? 'password' : 'passwords'} in HEAD, which anybody tries first: ${places}${about.length > 5 ? ', …' : ''}. Set ${about.length === 1 ? 'another' : 'others'} in the environment.`, about }];
}

interface LastScan { readonly at: string; readonly head: string | null }

function scanPath(root: string): string {
  return statePath(root, CACHE_FOLDER, 'history-scan.json');
}

/** When the whole history was last read; undefined where nobody knows. */
export function lastScan(root: string): LastScan | undefined {
  try {
    const read = z.object({ at: z.iso.datetime(), head: z.string().nullable() }).safeParse(JSON.parse(readFileSync(scanPath(root), 'utf8')));
    return read.success ? read.data : undefined;
  } catch {
    return undefined;
  }
}

/** Notes that the whole history was read now. Where it cannot be written nothing is noted. */
export function noteScan(repository: Repository, at: string): void {
  const path = scanPath(repository.root);
  try {
    if (isLink(statePath(repository.root)) || isLink(dirname(path)) || isLink(path)) { return; }
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `${JSON.stringify({ at, head: repository.head ?? null })}\n`);
  } catch { /* A read-only folder remembers nothing. */ }
}

function scanAge({ repository, today, whole }: StandingParts): readonly Standing[] {
  const last = lastScan(repository.root);
  if (last === undefined) { return whole ? [] : [{ kind: 'scan-old', message: 'The whole history was never read here. Run: tickguard history', about: [] }]; }
  const days = Math.floor((Date.parse(`${today}T23:59:59Z`) - Date.parse(last.at)) / DAY_MS);
  return days <= SCAN_DAYS ? [] : [{ kind: 'scan-old', message: `The whole history was last read ${days} days ago, on ${last.at.slice(0, 10)}. ${whole ? 'Read it every week: tickguard hook install --ci-weekly' : 'Run: tickguard history'}`, about: [] }];
}
