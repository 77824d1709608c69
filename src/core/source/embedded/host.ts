/** What the readers of files that hold files give: the files inside, and what the host says itself. */
import type { Comment, ConfigEntry, EmbeddedPart, Language, Span } from '../model.ts';
import type { Exceeded } from '../syntax/budget.ts';
import type { HeldText } from './held-text.ts';

/** A file inside a file, before its own reader has seen it. */
export interface HeldFile {
  readonly language: Language;
  readonly content: HeldText;
  /** What is read instead of the content's text, as long. */
  readonly text: string;
  /** Of a page, the heading it stands under: the beginning of the way to its entries. */
  readonly topic?: readonly string[];
}

/** What a host holds and says. All offsets are the host's, but for those inside `held`. */
export interface HostRead {
  readonly parts: EmbeddedPart[];
  /** In the order of the text. */
  readonly held: readonly HeldFile[];
  readonly entries: readonly ConfigEntry[];
  readonly comments: readonly Comment[];
  readonly errors: readonly Span[];
  /** `json`: what the held code takes for lines may be one line of the host. */
  readonly lines: 'own' | 'json';
  /** Why the host itself could not be read to its end: nothing of it counts. */
  readonly incomplete?: Exceeded;
}
