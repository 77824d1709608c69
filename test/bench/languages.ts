/** The languages whose figures are measured, with the code that is written for each. */
import { mask } from '../../src/core/source/mql5/mask.ts';
import * as mql5 from './mql5-code.ts';
import * as python from './python-code.ts';
import * as typescript from './typescript-code.ts';

/** Path from the root, and text. */
export type SourceFile = readonly [path: string, text: string];

export interface BenchLanguage {
  readonly name: string;
  /** As an editor calls it. */
  readonly id: string;
  /** Grammar, as its package ships it. */
  readonly grammar: string;
  /** What of a text is parsed, where that is not the text. */
  readonly mask?: (text: string) => string;
  /**
   * What is held today where the goal is not reached: cold check over bare parse (goal 3), and the 95th percentile from an edit to
   * its diagnostics in ms (goal 50). Idle machines of one kind differ by a quarter: a third above the slowest that was measured.
   */
  readonly held: { readonly cold: number; readonly typingMs?: number };
  /** A program of so many lines in one file, with findings of several rules all over it. */
  readonly big: {
    readonly path: string;
    text(lines: number): string;
    /** A line in whose place something is typed, wherever it stands. */
    readonly place: string;
    /** Statements that are typed there, letter by letter; none of them is whole before its end. */
    readonly typed: readonly string[];
  };
  /** A handler that calls into another file, which prints or does not. */
  readonly linked: {
    readonly handler: SourceFile;
    /** What stands between the two. */
    readonly between: readonly SourceFile[];
    readonly risk: string;
    riskText(printing: boolean): string;
  };
  /** A file without findings; its number makes it. */
  plain(index: number): SourceFile;
}

export const PYTHON: BenchLanguage = {
  name: 'Python', id: 'python', grammar: 'tree-sitter-python/tree-sitter-python.wasm', held: { cold: 5.5 },
  big: {
    path: 'long.py', text: python.bigStrategy, place: '        total = 0.0',
    typed: ['        x = max(1, (2 + 3)', '        if total > (1', '        names = ["a", "b"', '        note = "open ('],
  },
  linked: { handler: ['strategy.py', python.STRATEGY], between: [], risk: 'risk.py', riskText: python.riskModule },
  plain: (index) => [`pkg_${Math.floor(index / 50)}/mod_${index}.py`, python.plainModule(index)],
};

export const MQL5: BenchLanguage = {
  name: 'MQL5', id: 'mql5', grammar: 'tree-sitter-cpp/tree-sitter-cpp.wasm', mask, held: { cold: 7.3, typingMs: 140 },
  big: {
    path: 'Long.mq5', text: mql5.bigExpert, place: '   double total = 0.0;',
    typed: ['   double room = MathMax(1, (2 + 3', '   if(total > (1', '   for(int k = 0; k < 3; k++) {', '   string note = "open (', '   MqlRates rates[]; CopyRates(_Symbol, _Period', "   datetime from = D'2026.01"],
  },
  linked: { handler: ['Experts/Strategy.mq5', mql5.EXPERT], between: [['Include/Desk/Desk.mqh', mql5.DESK_INCLUDE]], risk: 'Include/Desk/RiskManager.mqh', riskText: mql5.riskInclude },
  plain: mql5.plainSource,
};

export const TYPESCRIPT: BenchLanguage = {
  name: 'TypeScript', id: 'typescript', grammar: 'tree-sitter-typescript/tree-sitter-typescript.wasm', held: { cold: 11, typingMs: 210 },
  big: {
    path: 'long.ts', text: typescript.bigBot, place: '    let total = 0;',
    typed: ['    const x = Math.max(1, (2 + 3)', '    if (total > (1', "    const names = ['a', 'b'", '    const note = `open ${tick.bid', '    for (const price of this.prices) {', '    this.prices.map(({ bid }) => { return bid'],
  },
  linked: { handler: ['strategy.ts', typescript.BOT], between: typescript.DESK, risk: 'desk/risk/risk-manager.ts', riskText: typescript.riskManager },
  plain: typescript.plainSource,
};

export const LANGUAGES: readonly BenchLanguage[] = [PYTHON, MQL5, TYPESCRIPT];
