/**
 * A text that is being edited. While what somebody types does not parse, the model stays that of the last text that did,
 * with everything typed elsewhere carried into it; only the statement under the cursor is out of sight. Findings outside it
 * neither vanish nor flicker.
 */
import type { CodeLanguage, GrammarName, TextChange } from './code-language.ts';
import { codeLanguage, isProgram } from './code-languages.ts';
import { languageOf } from './languages.ts';
import type { Language, SourceModel, SourceText, Span } from './model.ts';
import { lowerBudget, lowerCode } from './read-code.ts';
import type { Parsed } from './read-code.ts';
import { changeBetween, reachOf } from './shadow/change.ts';
import type { Change, Reach } from './shadow/change.ts';
import { hullOf, linesOf } from './shadow/pieces.ts';
import { growth, shiftReal, shiftShadow, toReal, toShadowOffset, withRegion } from './shadow/regions.ts';
import type { DirtyRegion, Regions } from './shadow/regions.ts';
import { emptyModel, PARSE_LIMIT, readSource } from './source.ts';
import type { ReadOptions } from './source.ts';
import { errorPieces, extentOf } from './syntax/extent.ts';
import { Budget } from './syntax/budget.ts';
import type { Syntax } from './syntax/syntax.ts';
import { sourceOf } from './text.ts';

/** How long a text that was too slow is left alone while it is being edited. */
const RETRY_MS = 3_000;

/** Why a text has no model. */
type Incomplete = NonNullable<SourceModel['incomplete']>;

/** A text read on trial. */
interface Reading {
  readonly model: SourceModel;
  /** How much of it the parser gave up on. */
  readonly extent: number;
  /** Of a program, with the text it was parsed from: as long as the model's, but some of it may be masked. */
  readonly parsed?: Parsed;
}

/** A programming language and the grammar of a file. */
interface Program {
  readonly code: CodeLanguage;
  readonly grammar: GrammarName;
}

/** A change that is not accepted yet: the region it makes with those it touched, and the regions it left alone. */
interface Hot {
  readonly region: DirtyRegion;
  readonly others: Regions;
  readonly reach: Reach;
}

/** Keeps exactly one tree of a program, none of others. Call `dispose` when it is closed. */
export class SourceDocument {
  readonly #path: string;
  readonly #language: Language;
  /** The programming language, with the grammar of this file. */
  readonly #program: Program | undefined;
  readonly #syntax: Syntax;
  readonly #options: ReadOptions;
  #source: SourceText;
  #model: SourceModel;
  #parsed: Parsed | undefined;
  /** Errors the accepted text has: a text with no more of them is accepted. */
  #extent = 0;
  #regions: Regions = [];
  /** When a text was last too slow, as `performance.now()` tells. */
  #gaveUpAt = 0;

  /** Opens a document. Its text is taken as it is: lines that do not parse are dirty from the start. */
  constructor(path: string, text: string, syntax: Syntax, options: ReadOptions) {
    this.#path = path;
    this.#language = languageOf(path);
    const code = isProgram(this.#language) ? codeLanguage(this.#language) : undefined;
    this.#program = code === undefined ? undefined : { code, grammar: code.grammarOf(path) };
    this.#syntax = syntax;
    this.#options = options;
    this.#source = sourceOf(text);
    this.#model = emptyModel(path, this.#language, this.#source);
    this.#takeAll();
  }

  /** Of the text on the screen where it parses; else of the same text with the statement being typed as it was before. */
  get model(): SourceModel {
    return this.#model;
  }

  /** The text on the screen. */
  get source(): SourceText {
    return this.#source;
  }

  /** What does not parse: there the model shows what stood there before, or nothing. Offsets on the screen. */
  get dirty(): readonly Span[] {
    return this.#regions.map((region) => region.real);
  }

  /** Where a span of the model is on the screen; `undefined` inside a statement that is being typed, or around one. */
  mapSpan(span: Span): Span | undefined {
    return toReal(this.#regions, span);
  }

  /** Takes in the next state of the text. */
  update(text: string): void {
    const before = this.#source.text;
    const change = changeBetween(before, text);
    if (change === undefined) return;
    const hot = this.#heat(before, text, change);
    this.#source = sourceOf(text);
    if (this.#model.incomplete !== undefined) {
      this.#restart();
      return;
    }
    const all = withRegion(hot.others, hot.region);
    if (this.#tryAccept(this.#source, text, all)) {
      this.#regions = [];
      return;
    }
    if (hot.others.length > 0 && this.#tryPart(hot)) return;
    this.#regions = this.#spread(hot);
  }

  /** Forgets what stood where something does not parse: what a save means. The lines to blame stay dirty. */
  settle(): void {
    if (this.#regions.length > 0 || this.#model.incomplete !== undefined) this.#takeAll();
  }

  #takeAll(): void {
    const reading = this.#program !== undefined ? this.#readAround(this.#program) : this.#read(this.#source, Number.POSITIVE_INFINITY);
    this.#regions = [];
    if (typeof reading === 'string') {
      this.#giveUp(reading);
      return;
    }
    this.#accept(reading);
    this.#regions = (reading.parsed?.masked ?? []).map((line) => ({ shadow: line, real: line }));
  }

  /** Gives the tree back; the document is not used after. */
  dispose(): void {
    this.#dropTree();
  }

  /** The text was too long or too slow to parse; it may have become shorter, or the machine less busy. */
  #restart(): void {
    const tooLong = this.#source.text.length > PARSE_LIMIT;
    const again = this.#model.incomplete === 'size' || performance.now() - this.#gaveUpAt > RETRY_MS;
    if (!tooLong && again) this.#takeAll();
    else this.#giveUp(tooLong ? 'size' : this.#model.incomplete ?? 'time', this.#gaveUpAt);
  }

  #giveUp(reason: Incomplete, at = performance.now()): void {
    this.#gaveUpAt = at;
    this.#dropTree();
    this.#extent = 0;
    this.#model = emptyModel(this.#path, this.#language, this.#source, reason);
  }

  #dropTree(): void {
    if (this.#parsed !== undefined) this.#syntax.release(this.#parsed.tree);
    this.#parsed = undefined;
  }

  /** The region a change makes on the screen, joined with the dirty ones it touches. */
  #heat(before: string, after: string, change: Change): Hot {
    const reach = reachOf(before, after, change);
    const touched: DirtyRegion[] = [];
    const others: DirtyRegion[] = [];
    for (const region of this.#regions) {
      (touchesReal(region.real, change, reach) ? touched : others).push(region);
    }
    const first = touched[0];
    const last = touched.at(-1);
    const start = Math.min(change.start, first?.real.start ?? change.start);
    const oldEnd = Math.max(change.oldEnd, last?.real.end ?? change.oldEnd);
    const by = change.newEnd - change.oldEnd;
    const shadow = {
      start: first !== undefined && first.real.start <= change.start ? first.shadow.start : toShadowOffset(this.#regions, start),
      end: last !== undefined && last.real.end >= change.oldEnd ? last.shadow.end : toShadowOffset(this.#regions, oldEnd),
    };
    return {
      region: { shadow, real: { start, end: oldEnd + by } },
      others: shiftReal(others, change.oldEnd, by),
      // Behind the edge of a dirty region there is a whole piece: only a change at the edge itself reaches it.
      reach: {
        left: reach.left && (first === undefined || change.start <= first.real.start),
        right: reach.right && (last === undefined || change.oldEnd >= last.real.end),
      },
    };
  }

  /** Carries the change alone into the model's text, beside other statements that stay dirty. */
  #tryPart(hot: Hot): boolean {
    const { region, others } = hot;
    const part = this.#source.text.slice(region.real.start, region.real.end);
    const splice = (text: string): string => text.slice(0, region.shadow.start) + part + text.slice(region.shadow.end);
    const shown = splice(this.#model.source.text);
    const shadow = this.#parsed === undefined ? shown : splice(this.#parsed.text);
    if (!this.#tryAccept(sourceOf(shown), shadow, [region])) return false;
    this.#regions = shiftShadow(others, region, growth(region));
    return true;
  }

  /**
   * Reads a text that differs from the model's in some regions, and accepts it unless it is more broken.
   *
   * @param shadow what is parsed: the text, with lines masked where they never parsed.
   */
  #tryAccept(source: SourceText, shadow: string, regions: Regions): boolean {
    const reading = this.#program !== undefined ? this.#readProgram(this.#program, source, shadow, regions) : this.#read(source, this.#extent);
    if (typeof reading === 'string') return false;
    this.#accept(reading);
    return true;
  }

  /** Reads a text of another language; one with more errors than `limit` is refused. */
  #read(source: SourceText, limit: number): Reading | Incomplete {
    const model = readSource(this.#path, source, this.#syntax, this.#options);
    if (model.incomplete !== undefined) return model.incomplete;
    const extent = extentOf(model.errors);
    return extent > limit ? 'syntax' : { model, extent };
  }

  /** Reads a program; one with more errors than the accepted one is refused before more work is put into it. */
  #readProgram(program: Program, source: SourceText, shadow: string, regions: Regions): Reading | Incomplete {
    if (source.text.length > PARSE_LIMIT) return 'size';
    const text = program.code.mask?.(shadow) ?? shadow;
    const previous = this.#parsed === undefined ? undefined : { ...this.#parsed, changes: this.#changes(this.#parsed, program, text, regions) };
    const budget = new Budget(this.#options.budgetMs);
    const tree = this.#syntax.parse(program.grammar, text, budget, previous);
    return tree === undefined ? budget.exceeded ?? 'time' : this.#judge(program, source, { tree, text, masked: [] }, this.#extent);
  }

  /** How the parsed text becomes the next one. A mask may change far from the edit: `/*` hides what follows. */
  #changes(parsed: Parsed, program: Program, text: string, regions: Regions): readonly TextChange[] {
    if (program.code.mask !== undefined) {
      const change = changeBetween(parsed.text, text);
      return change === undefined ? [] : [{ start: change.start, oldEnd: change.oldEnd, inserted: text.slice(change.start, change.newEnd) }];
    }
    const real = this.#source.text;
    return regions.map((region): TextChange => (
      { start: region.shadow.start, oldEnd: region.shadow.end, inserted: real.slice(region.real.start, region.real.end) }
    )).reverse();
  }

  /** Reads the text on the screen however broken it is, exactly as `readSource` does. */
  #readAround(program: Program): Reading | Incomplete {
    if (program.code.isMade?.(this.#path, this.#source) === true) return 'made';
    if (this.#source.text.length > PARSE_LIMIT) return 'size';
    const { code, grammar } = program;
    const text = code.mask?.(this.#source.text) ?? this.#source.text;
    const budget = new Budget(this.#options.budgetMs);
    const tree = this.#syntax.parse(grammar, text, budget);
    if (tree === undefined) return budget.exceeded ?? 'time';
    const parsed = code.mend?.(this.#syntax.parser(grammar, budget), text, tree, budget) ?? { tree, text, masked: [] };
    return this.#judge(program, this.#source, parsed, Number.POSITIVE_INFINITY);
  }

  /** Lowers a tree that has no more errors than `limit`, or gives it back. */
  #judge(program: Program, source: SourceText, parsed: Parsed, limit: number): Reading | Incomplete {
    let keep = false;
    try {
      const budget = lowerBudget(this.#options.budgetMs);
      const inTree = extentOf(errorPieces(parsed.tree, budget));
      if (inTree > limit) return 'syntax';
      const model = lowerCode(this.#path, program.code, source, parsed, this.#syntax.table(program.grammar), budget);
      if (typeof model === 'string') return model;
      // The model knows errors the grammar lets pass. Masked lines are out of sight: they stay regions of their own.
      const extent = Math.max(inTree, extentOf(model.errors.filter((error) => !parsed.masked.includes(error))));
      keep = extent <= limit;
      return keep ? { model, extent, parsed } : 'syntax';
    } finally {
      if (!keep) this.#syntax.release(parsed.tree);
    }
  }

  #accept(reading: Reading): void {
    this.#dropTree();
    this.#parsed = reading.parsed;
    this.#extent = reading.extent;
    this.#model = reading.model;
  }

  /** The dirty regions, with the new one grown to the pieces of the model it reaches. */
  #spread(hot: Hot): Regions {
    const { region, reach } = hot;
    let shadow = this.#program !== undefined
      ? hullOf(this.#model, region.shadow, reach)
      : linesOf(this.#model.source.text, region.shadow);
    let { others } = hot;
    let inside = growth(region);
    for (let met = touching(others, shadow); met.length > 0; met = touching(others, shadow)) {
      for (const other of met) {
        inside += growth(other);
        shadow = { start: Math.min(shadow.start, other.shadow.start), end: Math.max(shadow.end, other.shadow.end) };
      }
      others = others.filter((other) => !met.includes(other));
    }
    const before = others.filter((other) => other.real.end <= region.real.start);
    const start = shadow.start + before.reduce((sum, other) => sum + growth(other), 0);
    return withRegion(others, { shadow, real: { start, end: start + shadow.end - shadow.start + inside } });
  }
}

function touching(regions: Regions, shadow: Span): DirtyRegion[] {
  return regions.filter((region) => region.shadow.start <= shadow.end && region.shadow.end >= shadow.start);
}

/** A change on a line of its own beside a dirty region is not part of it; where nothing is left of a region, all is. */
function touchesReal(real: Span, change: Change, reach: Reach): boolean {
  const empty = real.start === real.end;
  const left = real.end > change.start || (real.end === change.start && (reach.left || empty));
  const right = real.start < change.oldEnd || (real.start === change.oldEnd && (reach.right || empty));
  return left && right;
}
