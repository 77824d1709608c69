/** Everything SEC001 finds in one file, whatever its language: the text's own shapes, then values judged by their names. */
import type { ConfigEntry, Literal, SourceModel, Span } from '../../../core/source/model.ts';
import { isProgram } from '../../../core/source/code-languages.ts';
import { lineIndexAt } from '../../../core/source/text.ts';
import { isEnvironmentTemplate } from '../../../core/workspace/environment-files.ts';
import { DETECTORS, NAMED_DETECTORS, SHAPE_DETECTORS } from '../detectors/table.ts';
import type { Candidate, SecretHit } from './candidate.ts';
import { type Assignment, assignmentAt } from './assignments.ts';
import { candidatesOfEntries } from './config-candidates.ts';
import { judge } from './judge.ts';
import { namedDetectorOf } from './named.ts';
import { classifyName, isSessionToken } from './names.ts';
import type { TextScan } from './text-scan.ts';
import { scanText } from './text-scan.ts';
import type { Proof, Setting } from './strength.ts';
import { isProse, turns } from './strength.ts';
import { credentialOf, insideObject, isExpiredJwt } from './value.ts';
import { wordLikeness } from './words.ts';
import { unwrapped } from './wrapped.ts';

/** Files full of hashes, and translations: nothing in them is judged by its name. */
export function isHashesOrTranslation(path: string): boolean {
  const folders = path.toLowerCase().split('/');
  const name = folders.pop() ?? '';
  return name.endsWith('.lock') || LOCK_FILES.has(name) || /checksums?(?:\.[a-z0-9]{1,16})?$/.test(name)
    || folders.some((folder) => TRANSLATION_FOLDERS.has(folder));
}

const LOCK_FILES: ReadonlySet<string> = new Set(['package-lock.json', 'npm-shrinkwrap.json', 'pnpm-lock.yaml', 'go.sum']);
const TRANSLATION_FOLDERS: ReadonlySet<string> = new Set(['locale', 'locales', 'i18n', 'l10n', 'lang', 'translation', 'translations']);

/** Source code in languages without a reader of their own: a bare word behind `=` is an expression there, not a value. */
const CODE = /\.(?:[cm]?[jt]sx?|go|rs|java|kt|kts|cs|c|cc|cpp|h|hpp|mq[45h]|mqh|rb|php|swift|scala|dart|lua|r|jl|vue|svelte|py|pyi|m|mm|pl|pm|groovy|gradle|exs?|erl|hs|cljs?|fs|vb|pas|zig|nim|sol)$/i;
/** Languages whose single quotes hold one character. */
const CHARACTERS = /\.(?:go|java|kts?|cs|c|cc|cpp|h|hpp|rs|swift|scala|mm?|mq[45h]|mqh|hs)$/i;
/** A bare word in code that is no name: letters and digits take turns in it as nobody types them. */
function isPasted(given: string): boolean {
  const value = credentialOf(given)?.value ?? given;
  if (value.length >= 24 && /^[0-9a-f]+$/i.test(value) && turns(value) >= 2) return true;
  if (value.length >= 16 && /^[A-Za-z0-9][A-Za-z0-9_-]*$/.test(value)) return turns(value) >= 8 || (turns(value) >= 4 && wordLikeness(value) < 0.6);
  // Points and the marks of base 64 join short names in code.
  return value.length >= 24 && /^[A-Za-z0-9][A-Za-z0-9_.+/=-]*$/.test(value) && /[A-Za-z0-9]{14}/.test(value) && turns(value) >= 6 && wordLikeness(value) < 0.6;
}

/** `NAME=value` and nothing else on the line, without a blank, as shells and `.env` files have it and formatters of code do not. */
const ENV_LINE = /^[ \t]{0,8}(?:(?:export|set|ENV|-)[ \t]{1,4})?[A-Za-z][A-Za-z0-9_]{2,60}=([A-Za-z0-9][A-Za-z0-9_.+/=:-]{11,300})[ \t]{0,8}\r?$/;

/** Detectors whose values carry a checksum. */
const PROVEN: ReadonlySet<string> = new Set(SHAPE_DETECTORS.filter((row) => row.decisive).map((row) => row.name));

/** A word of a sentence, with the mark behind it. */
const PLAIN_WORD = /^[A-Za-z]+[,.;:!?]?$/;

/** `SMTP_PASSWORD`: a variable's name, in a sentence as well. */
const CONSTANT = /^[A-Z][A-Z0-9]*_[A-Z0-9_]+$/;

/** A bare value longer than this is not searched for further names, so that reading stays linear. */
const LONG_BARE = 64;

/** How far before a name the surroundings are read for a provider's name, in characters. */
const AROUND = 200;

/** Which detector answers when two claim overlapping text: the smaller number. */
const PRECEDENCE = new Map<string, number>([
  ['private-key', 0], ['encrypted-private-key', 0],
  ...DETECTORS.map((row): [string, number] => [row.name, 1]),
  ['json-web-token', 2], ['jwk-private-key', 2], ['connection-string', 3], ['sql-password', 3], ['command-password', 3], ['basic-authorization', 3],
]);

/** Within how many characters a user's name makes a word beside it a password. */
const USER_BEFORE = 120;
const USER_BEHIND = 80;
const USER = /(?:\b|_)(?:user(?:_?name|_?id)?|usr|login|uid|email|account|dbuser|identity)(?:\b|_)|[a-z]User(?:name)?\b/i;

/** A comment behind the value that says what it is. */
const COMMENT = /#|\/\/|\/\*|--/;
const MOCK = /\b(?:mock|mocked|dummy|fake|not real|not a real|invalidated|revoked|made[- ]up|throwaway)\b/i;
const MOCK_WITHIN = 120;

/** Within how many characters the other fields of a web page's Firebase object stand. */
const WEB_APP = 400;

const SERVICES: ReadonlySet<string> = new Set(NAMED_DETECTORS.flatMap(({ vendors }) => vendors));

/** Whether a name of a note, a service and the word of a key in capitals, begins with a service that a row knows. */
function isOfKnownService(name: string): boolean {
  const service = /^([A-Za-z][A-Za-z0-9]{3,24}) [A-Z _]+$/.exec(name)?.[1];
  return service !== undefined && SERVICES.has(service.toLowerCase());
}

const overlaps = (a: Span, b: Span): boolean => a.start < b.end && b.start < a.end;

/** Collects the hits of one file; `finish` gives them in order, at most one for any character. */
export class FileScan {
  private readonly text: string;
  private readonly proof: Proof;
  private readonly template: boolean;
  private readonly scan: TextScan;
  private readonly hits: SecretHit[];
  private readonly regions: Span[] = [];
  private readonly custom = new Set<SecretHit>();
  /** A name stands somewhere that could promise a secret: worth looking at literals and entries. */
  readonly hasNames: boolean;

  /**
   * @param strict ask for more than a name: tests and vendored code.
   * @param day the day the check speaks of, `YYYY-MM-DD`: web tokens that ran out before are no leak.
   */
  constructor(private readonly model: SourceModel, strict: boolean, private readonly day: string) {
    this.text = model.source.text;
    this.proof = strict || isProse(model.path) ? 'strict' : 'normal';
    this.template = isEnvironmentTemplate(model.path);
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

  /** What the desk's own detectors found: whoever wrote one knows better than a table what stands there. */
  addCustom(hits: readonly SecretHit[]): void {
    for (const hit of hits) {
      this.hits.push(hit);
      this.custom.add(hit);
    }
  }

  /** Judges values that code gives to names. */
  addCandidates(candidates: readonly Candidate[]): void {
    for (const candidate of candidates) {
      const hit = candidate.encoded === true ? this.insideOf(candidate) : this.judged(candidate);
      if (hit) this.hits.push(hit);
    }
  }

  private judged(candidate: Candidate): SecretHit | undefined {
    return this.judgedWhole(candidate) ?? this.judgedInside(candidate);
  }

  /** A header may carry an object with the key in it: `Apitoken: {"name":"root","sig":"427d…"}`. */
  private judgedInside(candidate: Candidate): SecretHit | undefined {
    const { value, span } = candidate;
    const role = value.startsWith('{') && span.end - span.start === value.length ? classifyName(candidate.name)?.role : undefined;
    if (role !== 'token' && role !== 'secret') return undefined;
    const inner = insideObject(value);
    if (inner === undefined) return undefined;
    const start = span.start + inner.offset;
    return judge({ ...candidate, value: inner.value, span: { start, end: start + inner.value.length } }, this.settingOf(candidate));
  }

  private judgedWhole(candidate: Candidate): SecretHit | undefined {
    const plain = classifyName(candidate.name) === undefined ? undefined : unwrapped(candidate.value);
    // Keys of some providers are base 64 of readable text (Elasticsearch: id and key): whose shape fits is theirs, whole.
    if (plain === undefined || namedDetectorOf(candidate) !== undefined) return judge(candidate, this.settingOf(candidate));
    // Random base 64 is no plain text: what decodes to one was wrapped, and the text is what counts.
    const hit = this.insideOf({ ...candidate, value: plain });
    return hit && { ...hit, evidence: { ...hit.evidence, encoding: 'base64' } };
  }

  private settingOf({ name, span, loose, entry }: Candidate): Setting {
    return {
      proof: this.proof,
      loose: loose === true,
      template: this.template,
      // `MYSQL_ROOT_PASSWORD`: by its capitals the name of a variable that a program reads, and no label of a form.
      settings: entry === true && !this.template && /^[A-Z][A-Z0-9]*_[A-Z0-9_]+$/.test(name),
      nearUser: () => USER.test(`${this.text.slice(Math.max(0, span.start - USER_BEFORE), span.start)}\n${this.text.slice(span.end, span.end + USER_BEHIND)}`),
    };
  }

  /** A decoded or joined value is searched like a text of its own; what is found in it is reported where its pieces stand. */
  private insideOf(candidate: Candidate): SecretHit | undefined {
    const inner = scanText(candidate.value, this.proof);
    const [hit] = inner.hits;
    if (hit) return { ...hit, span: candidate.span, name: candidate.name };
    return inner.refuted.length > 0 ? undefined : judge(candidate, this.settingOf(candidate));
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
    const place = (hit: SecretHit): number => (this.custom.has(hit) ? -1 : rank(hit));
    const ranked = [...this.hits].sort((a, b) => place(a) - place(b) || a.span.start - b.span.start || b.span.end - a.span.end);
    const kept = new IntervalSet(this.scan.refuted);
    return ranked.filter((hit) => this.counts(hit) && kept.add(hit.span)).map((hit) => this.weighed(hit)).sort((a, b) => a.span.start - b.span.start);
  }

  /** What its author calls a stand-in is a guess at most, unless a checksum or a structure says otherwise. */
  private weighed(hit: SecretHit): SecretHit {
    return hit.confidence === 'medium' && this.isCalledMock(hit.span) ? { ...hit, confidence: 'low' } : hit;
  }

  private isCalledMock({ end }: Span): boolean {
    const [line] = this.text.slice(end, end + MOCK_WITHIN).split(/[\r\n]/);
    const comment = (line as string).search(COMMENT);
    return comment >= 0 && MOCK.test((line as string).slice(comment));
  }

  /**
   * The key in the object that a web page hands to Firebase names the project and opens nothing: access is decided by the project's rules
   * (Firebase, “Learn about using and managing API keys”). Alone, or beside a server's settings, it counts.
   */
  private isWebAppKey({ start, end }: Span): boolean {
    if (end - start !== 39 || !this.text.startsWith('AIza', start)) return false;
    return /\b(?:authDomain|messagingSenderId)\b/.test(this.text.slice(Math.max(0, start - WEB_APP), end + WEB_APP));
  }

  /** Nothing counts in a picture, and no web token that ran out; of a key in a sample of what not to do only a checksum proves that it is one. */
  private counts(hit: SecretHit): boolean {
    // A template is made of stand-ins.
    if (hit.slight === true && this.template) return false;
    // In a test nobody has to be told twice.
    if (this.proof === 'strict' && hit.confidence !== 'high' && this.isCalledMock(hit.span)) return false;
    if (this.isWebAppKey(hit.span) || isExpiredJwt(this.text.slice(hit.span.start, hit.span.end), this.day)) return false;
    const { parts } = this.model;
    if (parts === undefined) return true;
    const around = parts.filter((part) => part.start <= hit.span.start && hit.span.end <= part.end);
    if (around.some((part) => part.kind === 'data')) return false;
    return PROVEN.has(hit.detector) || !around.some((part) => part.wrong === true);
  }

  /**
   * Reads `name = value` out of the text: everywhere in settings, notes and fragments; in code what is quoted, what stands in comments
   * and strings, and a bare word that nobody would choose for a name.
   */
  private readAssignments(): void {
    const { model, text } = this;
    const program = isProgram(model.language) || model.language === 'notebook';
    const code = program || CODE.test(model.path);
    const prose = isProse(model.path);
    const regions = program ? this.sortedRegions() : [{ start: 0, end: text.length }];
    let region = 0;
    let lastName = -1;
    let skipTo = 0;
    for (const at of this.scan.names) {
      if (at < skipTo) continue;
      while (region < regions.length && (regions[region] as Span).end <= at) region += 1;
      const assignment = assignmentAt(text, at);
      if (!assignment || assignment.nameSpan.start === lastName) continue;
      lastName = assignment.nameSpan.start;
      const { quote, value, span } = assignment;
      // `clockify SECRET …`: where a row knows the service, it knows its keys, too.
      if (assignment.loose && isOfKnownService(assignment.name)) continue;
      // The address of a badge is shown to everybody, and so is what stands in it.
      if (text.startsWith('.svg?', assignment.nameSpan.start - 5)) continue;
      // In prose a backtick sets code off from the sentence; it quotes no value.
      if (quote === '`' && prose) continue;
      // What stands inside a long bare value was read with it.
      if (quote === '' && value.length > LONG_BARE) skipTo = span.end;
      const within = regions[region];
      const inside = within !== undefined && at >= within.start && span.end <= within.end;
      // `…?private_token=…&ref=`: an address stands in a text, whatever the language around it is.
      const inAddress = !program && /[?&]/.test(text.charAt(lastName - 1)) && text[span.start - 1] === '=';
      if (quote === '' && code && !inAddress && !(program ? inside : this.inComment(lastName)) && !isPasted(value) && !this.isEnvLine(assignment)) continue;
      if (quote === "'" && CHARACTERS.test(model.path) && !this.inComment(lastName) && !this.isInString(lastName)) continue;
      // A bracket in a bare word makes it an expression.
      if (quote === '' && code && !inAddress && /[(){}[\]<>]/.test(value)) continue;
      // `// "token": "…"`: what a server answers, shown beside the code that reads it.
      if (program && quote !== '' && isSessionToken(assignment.name) && /["']/.test(text.charAt(assignment.nameSpan.end)) && this.inComment(lastName)) continue;
      this.addCandidates([this.candidateOf(assignment, prose)]);
    }
  }

  private candidateOf({ name, value, span, nameSpan, quote, loose, joined }: Assignment, prose: boolean): Candidate {
    const before = this.text.slice(Math.max(0, nameSpan.start - AROUND), nameSpan.start);
    // `client.login(password: …)` in a dotted name: the last part is the name, the rest its surroundings.
    const verdict = classifyName(name);
    // In a sentence `password=x` is a setting, `password: x` the sentence going on; in a comment it is where the next word is one.
    const spoken = quote === '' && this.text[span.start - 1] !== '=' && !(CONSTANT.test(name) && !PLAIN_WORD.test(value)) && (prose || (PLAIN_WORD.test(value) && this.inComment(nameSpan.start)));
    return {
      name: verdict ? name : name.slice(name.lastIndexOf('.') + 1), around: `${before} ${name}`, value, span,
      ...(joined ? { encoded: true } : {}), ...(loose || spoken ? { loose: true } : {}),
    };
  }

  /** Whether the line of an offset is a comment: `//`, `#`, `*`, `--`, `;`. The line table keeps this cheap on one long line. */
  private inComment(at: number): boolean {
    const { source } = this.model;
    const start = source.lineStarts[lineIndexAt(source, at)] as number;
    return /^\s{0,40}(?:\/\/|#(?!define)|\*|--|;)/.test(source.text.slice(start, start + 60));
  }

  /** Whether an odd number of double quotes stands before the offset on its line. */
  private isInString(at: number): boolean {
    const { source } = this.model;
    const start = Math.max(source.lineStarts[lineIndexAt(source, at)] as number, at - 400);
    return source.text.slice(start, at).split('"').length % 2 === 0;
  }

  /** Whether the line is one of a file of settings, wherever it was pasted; a digit in the value, as no name of a program has it by itself. */
  private isEnvLine({ value, span }: Assignment): boolean {
    const { source } = this.model;
    const index = lineIndexAt(source, span.start);
    const start = source.lineStarts[index] as number;
    const line = ENV_LINE.exec(source.text.slice(start, Math.min(source.lineStarts[index + 1] ?? source.text.length, start + 400)).replace(/\n$/, ''));
    return line?.[1] === value && /[0-9]/.test(value) && /[A-Za-z]/.test(value) && wordLikeness(value) < 0.62;
  }

  private sortedRegions(): readonly Span[] {
    const texts = (this.model.parts ?? []).filter((part) => part.kind === 'text').map((part) => part.content);
    return [...this.regions, ...this.model.comments, ...this.model.errors, ...texts].sort((a, b) => a.start - b.start || a.end - b.end);
  }
}

function rank(hit: SecretHit): number {
  // A guess without a name gives way to whoever knows the name.
  return hit.name === undefined && hit.confidence === 'low' ? 5 : PRECEDENCE.get(hit.detector) ?? (hit.name === undefined ? 4.5 : 4);
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
