import type { EntryClass } from '../source/model.ts';

/**
 * A question about other files, recorded while one file is read and decided by the link step.
 * - `reachable`: a handler of one of these entry classes calls (at any depth) the function; with `unguarded`, on a path
 *   where every call runs on each event; `within` a `thread`, only by calls that run on the handler's own thread, and within a
 *   `handler`, only by calls it waits for. Where only a handler of a `lesser` class reaches it, the finding is information.
 * - `extends`: the class descends from one with that framework role (`strategy`, `actor`, `config` …).
 * - `unread`: no program of the project reads this key of the configuration file, although one reads the file. Fills
 *   `{instead}` and `{action}`.
 * - `absent`: no configuration file that the program reads has the key it asks for; `flow` counts the settings facts of the
 *   file. Fills `{file}` and `{wanted}`.
 * - `handed`: the value of the file's `give` (its position among those of the topic, see `facts.ts`) ends where a function puts
 *   it to this use and to none of `before`, and no known caller hands that function something else. Adds the place of the use.
 * - `used`: a value of this key of the configuration file ends at a place that a rule noted as a use of the topic. Adds the place.
 *   With `anyCaller` it is enough that this value ends there, whatever others hand over.
 * - `named`: a file (of the same folder, of it and those above, or of the project) noted `names` of the topic with that name, or
 *   with any where none is asked for; with `not`, none did. Another file than this one.
 * - `lacking`: a file beside this one (or below its folder) noted `names` of the topic and lacks some of `names` (`mine`), or has some
 *   that are not among them (`theirs`). Fills `{file}` and `{wanted}`; without such a file it does not hold.
 * - `trading`: the file is part of trading code (see `link/trading.ts`); of one that somebody `said` to trade an account, also where it is
 *   brought together with trading code, or nothing is seen to trade at all.
 * - `without`: no other file it imports (`imports`), nor one that leads to it or is led to by those (`neighbours`), uses the
 *   framework role.
 */
export type Condition =
  | {
    readonly kind: 'reachable'; readonly entry: readonly EntryClass[]; readonly function: string; readonly unguarded: boolean;
    readonly within?: Within; readonly lesser?: readonly EntryClass[];
  }
  | { readonly kind: 'extends'; readonly class: string; readonly role: string }
  | { readonly kind: 'unread'; readonly key: readonly string[] }
  | { readonly kind: 'absent'; readonly flow: number }
  | { readonly kind: 'handed'; readonly topic: string; readonly give: number; readonly use: string; readonly before: readonly string[]; readonly anyCaller?: true }
  | { readonly kind: 'named'; readonly topic: string; readonly name?: string; readonly among: Among; readonly not?: true }
  | { readonly kind: 'lacking'; readonly topic: string; readonly names: readonly string[]; readonly among: Among; readonly of: 'mine' | 'theirs' }
  | { readonly kind: 'used'; readonly topic: string; readonly key: readonly string[] }
  | { readonly kind: 'trading'; readonly said?: true }
  | { readonly kind: 'without'; readonly role: string; readonly among: 'imports' | 'neighbours' }
  | { readonly kind: 'all'; readonly of: readonly Condition[] };

/** Files beside a file, of its folder and those around it, of its folder and those in it, or all. */
export type Among = 'folder' | 'above' | 'below' | 'project';

/** How far a handler's own time goes: the thread it runs on, or what it waits for itself. */
export type Within = 'thread' | 'handler';
