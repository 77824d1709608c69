/** APX013: sizes that grow after losses, and the same that grow after wins or stay. */
import type { Draw, Form, Made, MutantLanguage } from '../mutants/form.ts';

/** Names that say something of losses, levels and grids themselves. */
const EXCUSED = /back.?test|optimi|test|loss|lost|losing|martingale|grid|averag|recover|safety|dca|layer/i;

function form(name: string, language: MutantLanguage, write: (draw: Draw) => Made): Form {
  return { name, language, where: 'module', not: EXCUSED, make: write };
}

export const APX013_MUTANTS: readonly Form[] = [
  form('doubled after a loss', 'python', (draw) => {
    const fn = draw.name('after_close', 'on_result');
    const [by, size] = [draw.one(['2', '1.5', '3']), draw.one(['lots', 'position_size', 'order_qty'])];
    const write = (op: string, mark: readonly [string, string]): string => `def ${fn}(trade, ${size}):\n    if trade.pnl ${op} 0:\n        ${mark[0]}${size} *= ${by}${mark[1]}\n    return ${size}`;
    return { code: write('<', ['«', '»']), twin: write('>', ['', '']) };
  }),
  form('a power of the level', 'python', (draw) => {
    const fn = draw.name('lot_for', 'size_for');
    const write = (expr: string): string => `def ${fn}(level, base_lot, lot_multiplier):\n    lot_size = base_lot * ${expr}\n    return lot_size`;
    return { code: write('«lot_multiplier ** level»'), twin: write('1') };
  }),
  form('a power of the level', 'mql5', (draw) => {
    const [fn, exponent] = [draw.name('DeskLots', 'SizeOfOrder'), draw.name('InpLotExponent', 'InpLotMultiplier')];
    const write = (value: string, mark: readonly [string, string]): string => `input double ${exponent} = ${value};\ndouble ${fn}(int level)\n{\n    double newLots = 0.1 * ${mark[0]}MathPow(${exponent}, level)${mark[1]};\n    return newLots;\n}`;
    return { code: write(`1.${draw.int(2, 9)}`, ['«', '»']), twin: write('1.0', ['', '']) };
  }),
  form('doubled after a loss', 'script', (draw) => {
    const fn = draw.name('afterClose', 'onResult');
    const by = draw.one(['2', '1.5', '3']);
    const write = (op: string, mark: readonly [string, string]): string => `function ${fn}(pnl${draw.type('number')}, lots${draw.type('number')}) {\n    if (pnl ${op} 0) {\n        ${mark[0]}lots *= ${by}${mark[1]};\n    }\n    return lots;\n}`;
    return { code: write('<', ['«', '»']), twin: write('>', ['', '']) };
  }),
];
