/** Everything SEC001 finds in one file, whatever its language: the text's own shapes, then values judged by their names. */
import type { ConfigEntry, Language, Literal, SourceModel, Span } from '../../../core/source/model.ts';
import { isProgram } from '../../../core/source/code-languages.ts';
import { lineIndexAt } from '../../../core/source/text.ts';
import { DETECTORS, SHAPE_DETECTORS } from '../detectors/table.ts';
import type { Candidate, SecretHit } from './candidate.ts';
import { assignmentAt } from './assignments.ts';
import { candidatesOfEntries } from './config-candidates.ts';
import { judge } from './judge.ts';
import { classifyName } from './names.ts';
import type { TextScan } from './text-scan.ts';
import { scanText } from './text-scan.ts';
import type { Proof } from './value.ts';
import { isExpiredJwt } from './value.ts';

/** Files full of hashes, and translations: nothing in them is judged by its name. */
function isHashesOrTranslation(path: string): boolean {
  const folders = path.toLowerCase().split('/');
  const name = folders.pop() ?? '';
  return name.endsWith('.lock') || LOCK_FILES.has(name) || /checksums?(?:\.[a-z0-9]{1,16})?$/.test(name)
    || folders.some((folder) => TRANSLATION_FOLDERS.has(folder));
}

const LOCK_FILES: ReadonlySet<string> = new Set(['package-lock.json', 'npm-shrinkwrap.json', 'pnpm-lock.yaml', 'go.sum']);
const TRANSLATION_FOLDERS: ReadonlySet<string> = new Set(['locale', 'locales', 'i18n', 'l10n', 'lang', 'translation', 'translations']);

/** Source code in languages without a reader of their own: a bare word behind `=` is an expression there, not a value. */
const CODE = /\.(?:[cm]?[jt]sx?|go|rs|java|kt|kts|cs|c|cc|cpp|h|hpp|mq[45h]|mqh|rb|php|swift|scala|dart|lua|r|jl|vue|svelte|py|pyi)$/i;
/** Prose about keys asks for stronger proof than keys. */
const PROSE = /\.(?:md|mdx|rst|adoc|txt|html?|tex)$/i;

/** Languages whose every line may hold a name and its value, also outside of what their reader gives: commands, prose. */
const WHOLE: ReadonlySet<Language> = new Set<Language>(['text', 'markdown', 'shell', 'powershell', 'dockerfile']);

/** Detectors whose values carry a checksum. */
const PROVEN: ReadonlySet<string> = new Set(SHAPE_DETECTORS.filter((row) => row.decisive).map((row) => row.name));

/** A bare value longer than this is not searched for further names, so that reading stays linear. */
const LONG_BARE = 64;

/** How far before a name the surroundings are read for a provider's name, in characters. */
const AROUND = 200;

/** Which detector answers when two claim overlapping text: the smaller number. */
const PRECEDENCE = new Map<string, number>([
  ['private-key', 0], ['encrypted-private-key', 0],
  ...DETECTORS.map((row): [string, number] => [row.name, 1]),
  ['connection-string', 2],
]);

/** Within how many characters the other fields of a web page's Firebase object stand. */
const WEB_APP = 400;

const overlaps = (a: Span, b: Span): boolean => a.start < b.end && b.start < a.end;

/** Collects the hits of one file; `finish` gives them in order, at most one for any character. */
export class FileScan {
  private readonly text: string;
  private readonly proof: Proof;
  private readonly scan: TextScan;
  private readonly hits: SecretHit[];
  private readonly regions: Span[] = [];
  /** A name stands somewhere that could promise a secret: worth looking at literals and entries. */
  readonly hasNames: boolean;

  /**
   * @param strict ask for more than a name: tests and vendored code.
   * @param day the day the check speaks of, `YYYY-MM-DD`: web tokens that ran out before are no leak.
   */
  constructor(private readonly model: SourceModel, strict: boolean, private readonly day: string) {
    this.text = model.source.text;
    this.proof = strict || PROSE.test(model.path) ? 'strict' : 'normal';
    this.scan = scanText(this.text, this.proof);
    this.hits = [...this.scan.hits];
    this.hasNames = this.scan.names.length > 0 && !isHashesOrTranslation(model.path);
  }

  /** Whether a telling name stands in the span: elsewhere no value has to be looked at. */
  touches(span: Span): boolean {
    const { names } = this.scan;
    let low = 0;
    let high = names.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((names[middle] as number) < span.start) low = middle + 1;
      else high = middle;
    }
    return (names[low] ?? Infinity) < span.end;
  }

  /** Judges values that code gives to names. */
  addCandidates(candidates: readonly Candidate[]): void {
    for (const candidate of candidates) {
      const hit = candidate.encoded === true ? this.insideOf(candidate) : judge(candidate, this.proof);
      if (hit && !isExpiredJwt(this.text.slice(hit.span.start, hit.span.end), this.day)) this.hits.push(hit);
    }
  }

  /** A decoded value is searched like a text of its own; what is found in it is reported where the encoding stands. */
  private insideOf(candidate: Candidate): SecretHit | undefined {
    const inner = scanText(candidate.value, this.proof);
    const [hit] = inner.hits;
    if (hit) return { ...hit, span: candidate.span, name: candidate.name };
    return inner.refuted.length > 0 ? undefined : judge(candidate, this.proof);
  }

  /** Strings may hold assignments of their own: `"Server=db;Password=…"`. */
  addStrings(strings: readonly Literal[]): void {
    for (const { content } of strings) if (content) this.regions.push(content);
  }

  /** Judges the entries of a configuration file. */
  addEntries(entries: readonly ConfigEntry[]): void {
    this.addCandidates(candidatesOfEntries(entries));
    for (const entry of entries) if (entry.shape === 'scalar') this.regions.push(entry.valueSpan);
  }

  /** All findings of the file in order. */
  finish(): readonly SecretHit[] {
    if (this.hasNames) this.readAssignments();
    const ranked = [...this.hits].sort((a, b) => rank(a) - rank(b) || a.span.start - b.span.start || b.span.end - a.span.end);
    const kept = new IntervalSet(this.scan.refuted);
    return ranked.filter((hit) => this.counts(hit) && kept.add(hit.span)).sort((a, b) => a.span.start - b.span.start);
  }

  /**
   * The key in the object that a web page hands to Firebase names the project and opens nothing: access is decided by the project's rules
   * (Firebase, “Learn about using and managing API keys”). Alone, or beside a server's settings, it counts.
   */
  private isWebAppKey({ start, end }: Span): boolean {
    if (end - start !== 39 || !this.text.startsWith('AIza', start)) return false;
    return /\b(?:authDomain|messagingSenderId)\b/.test(this.text.slice(Math.max(0, start - WEB_APP), end + WEB_APP));
  }

  /** Nothing counts in a picture; of a key in a sample of what not to do only a checksum proves that it is one. */
  private counts(hit: SecretHit): boolean {
    if (this.isWebAppKey(hit.span)) return false;
    const { parts } = this.model;
    if (parts === undefined) return true;
    const around = parts.filter((part) => part.start <= hit.span.start && hit.span.end <= part.end);
    if (around.some((part) => part.kind === 'data')) return false;
    return PROVEN.has(hit.detector) || !around.some((part) => part.wrong === true);
  }

  /** Reads `name = value` where no parser has: plain text, comments, strings, and what a parser gave up on. */
  private readAssignments(): void {
    const { model, text } = this;
    // A configuration file with errors may be a fragment of which the parser made nothing.
    const broken = !isProgram(model.language) && model.language !== 'notebook' && model.errors.length > 0;
    const whole = WHOLE.has(model.language) || model.incomplete !== undefined || broken;
    const regions = whole ? [{ start: 0, end: text.length }] : this.sortedRegions();
    const quotedOnly = whole && CODE.test(model.path);
    let region = 0;
    let lastName = -1;
    let skipTo = 0;
    for (const at of this.scan.names) {
      if (at < skipTo) continue;
      while (region < regions.length && (regions[region] as Span).end <= at) region += 1;
      const within = regions[region];
      if (!within) return;
      if (at < within.start) continue;
      const assignment = assignmentAt(text, at);
      if (!assignment || assignment.nameSpan.start === lastName) continue;
      lastName = assignment.nameSpan.start;
      // In prose a backtick sets code off from the sentence; it quotes no value.
      if (assignment.quote === '`' && PROSE.test(model.path)) continue;
      // What stands inside a long bare value was read with it.
      if (assignment.quote === '' && assignment.value.length > LONG_BARE) skipTo = assignment.span.end;
      if (assignment.span.end > within.end || (quotedOnly && assignment.quote === '' && !this.inComment(lastName))) continue;
      this.addCandidates([this.candidateOf(assignment.name, assignment.value, assignment.span, lastName)]);
    }
  }

  private candidateOf(name: string, value: string, span: Span, nameAt: number): Candidate {
    const before = this.text.slice(Math.max(0, nameAt - AROUND), nameAt);
    // `client.login(password: …)` in a dotted name: the last part is the name, the rest its surroundings.
    const verdict = classifyName(name);
    return { name: verdict ? name : name.slice(name.lastIndexOf('.') + 1), around: `${before} ${name}`, value, span };
  }

  /** Whether the line of an offset is a comment: `//`, `#`, `*`, `--`, `;`. The line table keeps this cheap on one long line. */
  private inComment(at: number): boolean {
    const { source } = this.model;
    const start = source.lineStarts[lineIndexAt(source, at)] as number;
    return /^\s{0,40}(?:\/\/|#(?!define)|\*|--|;)/.test(source.text.slice(start, start + 60));
  }

  private sortedRegions(): readonly Span[] {
    const texts = (this.model.parts ?? []).filter((part) => part.kind === 'text').map((part) => part.content);
    return [...this.regions, ...this.model.comments, ...this.model.errors, ...texts].sort((a, b) => a.start - b.start || a.end - b.end);
  }
}

function rank(hit: SecretHit): number {
  return PRECEDENCE.get(hit.detector) ?? 3;
}

/** Disjoint spans by their place; adding one that overlaps another is refused. */
class IntervalSet {
  private readonly spans: Span[];

  constructor(initial: readonly Span[]) {
    this.spans = [...initial].sort((a, b) => a.start - b.start);
  }

  /** @returns whether the span was free and is now taken. */
  add(span: Span): boolean {
    let low = 0;
    let high = this.spans.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.spans[middle] as Span).start < span.start) low = middle + 1;
      else high = middle;
    }
    const before = this.spans[low - 1];
    const after = this.spans[low];
    if ((before && overlaps(before, span)) || (after && overlaps(after, span))) return false;
    this.spans.splice(low, 0, span);
    return true;
  }
}
