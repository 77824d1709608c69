/** What was found in which commit: when each secret came into a file, and when it went. Values stay in here. */
import type { Severity } from '../../../core/findings/finding.ts';
import type { Span } from '../../../core/source/model.ts';
import type { Hit } from './judge.ts';
import { Needle, secretId } from './secret-id.ts';

/** A secret came into a file: it was in it under no parent of the commit. */
export interface Arrival {
  readonly kind: 'added';
  readonly secret: string;
  readonly commit: string;
  readonly path: string;
  /** Id of the file's content, and where the value stands in its text. */
  readonly blob: string;
  readonly span: Span;
  /** 1-based. */
  readonly line: number;
  readonly detector: string;
  readonly severity: Severity;
  readonly message: string;
  readonly preview: string;
  readonly fingerprint: string;
  readonly evidence: Readonly<Record<string, string>>;
  readonly suppressed: boolean;
}

/** A secret went from a file: a parent of the commit had it. */
export interface Departure {
  readonly kind: 'removed';
  readonly secret: string;
  readonly commit: string;
  readonly path: string;
}

export type LedgerEvent = Arrival | Departure;

/** A file whose secrets are being entered. */
export interface Entered {
  readonly commit: string;
  readonly path: string;
  readonly blob: string;
  readonly hits: readonly Hit[];
  /** Texts of the file before the commit, one a parent that has it. */
  readonly before: readonly string[];
  /** Every commit before this one is in the ledger: a value that was no secret of the path so far has become one, by the name it got. */
  readonly complete: boolean;
}

/** A file that some of its secrets went from. */
export interface Left {
  readonly commit: string;
  readonly path: string;
  /** Those it may be. */
  readonly secrets: readonly string[];
  /** Texts of the file before the commit, one a parent; empty where a parent does not have it. */
  readonly before: readonly string[];
  readonly after: string;
}

export class Ledger {
  readonly #salt: Buffer;
  readonly #needles = new Map<string, Needle[]>();
  readonly #byPath = new Map<string, Set<string>>();
  readonly #events: LedgerEvent[] = [];
  readonly #seen = new Set<string>();

  constructor(salt: Buffer) {
    this.#salt = salt;
  }

  get events(): readonly LedgerEvent[] {
    return this.#events;
  }

  /** Secrets that a path has held in any commit. */
  secretsOf(path: string): readonly string[] {
    return [...this.#byPath.get(path) ?? []];
  }

  /** Paths that have held any. */
  get paths(): ReadonlySet<string> {
    return new Set(this.#byPath.keys());
  }

  /** Whether a value is known as a secret of this path. */
  knows(path: string, value: string): boolean {
    return this.#byPath.get(path)?.has(secretId(this.#salt, value)) === true;
  }

  /** Enters what a file holds after a commit; the events are those that are new. */
  enter({ commit, path, blob, hits, before, complete }: Entered): readonly LedgerEvent[] {
    const added: LedgerEvent[] = [];
    for (const hit of hits) {
      const becomes = complete && !this.knows(path, hit.value);
      const secret = this.#learn(path, hit.value);
      if (!becomes && before.some((text) => this.holds(secret, text))) { continue; }
      const { span, line, detector, severity, message, preview, evidence, suppressed, fingerprint } = hit;
      const event: Arrival = { kind: 'added', secret, commit, path, blob, span, line, detector, severity, message, preview, fingerprint, evidence, suppressed };
      if (this.#add(event)) { added.push(event); }
    }
    return added;
  }

  /** Secrets of a path of which something stands in the lines that a commit took away. */
  touchedBy(path: string, removed: string): readonly string[] {
    const secrets = this.secretsOf(path);
    return secrets.filter((secret) => this.#needles.get(secret)?.some(({ line }) => removed.includes(line)) === true);
  }

  /** Enters that secrets went from a file: every parent had them. */
  leave({ commit, path, secrets, before, after }: Left): readonly LedgerEvent[] {
    return secrets.flatMap((secret): LedgerEvent[] => {
      if (before.length === 0 || this.holds(secret, after) || !before.every((text) => this.holds(secret, text))) { return []; }
      const event: Departure = { kind: 'removed', secret, commit, path };
      return this.#add(event) ? [event] : [];
    });
  }

  /** Whether a text holds a secret, in any of the ways it was ever written. */
  holds(secret: string, text: string): boolean {
    return this.#needles.get(secret)?.some((needle) => needle.isIn(text)) === true;
  }

  /** Where a text holds a secret first: an offset, about right where the text ends its lines another way; -1 where it does not. */
  find(secret: string, text: string): number {
    const places = (this.#needles.get(secret) ?? []).map((needle) => needle.placeIn(text)).filter((at) => at >= 0);
    return places.length === 0 ? -1 : Math.min(...places);
  }

  /** Takes over an event of another run; `value` is the raw value, where it could still be read. */
  recall(event: LedgerEvent, value: string | undefined): void {
    if (value !== undefined) { this.#learn(event.path, value); }
    this.#remember(event.path, event.secret);
    this.#add(event);
  }

  /** The name of a value. */
  idOf(value: string): string {
    return secretId(this.#salt, value);
  }

  #learn(path: string, value: string): string {
    const secret = secretId(this.#salt, value);
    const needles = this.#needles.get(secret) ?? [];
    if (!needles.some((needle) => needle.value === value)) { this.#needles.set(secret, [...needles, new Needle(value)]); }
    this.#remember(path, secret);
    return secret;
  }

  #remember(path: string, secret: string): void {
    const known = this.#byPath.get(path);
    if (known === undefined) { this.#byPath.set(path, new Set([secret])); } else { known.add(secret); }
  }

  /** A commit that is read twice says the same. */
  #add(event: LedgerEvent): boolean {
    const key = `${event.kind} ${event.secret} ${event.commit} ${event.path}`;
    if (this.#seen.has(key)) { return false; }
    this.#seen.add(key);
    this.#events.push(event);
    return true;
  }
}
