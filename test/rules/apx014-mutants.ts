/** APX014: long and short at once, and the same one after the other. */
import type { Draw, Form, Made, MutantLanguage } from '../mutants/form.ts';

/** Names of functions that close, and of tests. */
const EXCUSED = /back.?test|optimi|test|clos|flat|exit|liquid|revers|cancel|stop|reduce/i;

function form(name: string, language: MutantLanguage, write: (draw: Draw) => Made): Form {
  return { name, language, where: 'module', not: EXCUSED, make: write };
}

export const APX014_MUTANTS: readonly Form[] = [
  form('hedge mode', 'python', (draw) => {
    const venue = draw.name('venue', 'desk');
    const write = (call: string): string => `${venue} = make_venue()\n${call}`;
    return { code: write(`«${venue}.set_position_mode(True)»`), twin: write(`${venue}.set_position_mode(False)`) };
  }),
  form('hedge mode', 'script', (draw) => {
    const fn = draw.name('goLive', 'prepare');
    const write = (call: string): string => `async function ${fn}(venue${draw.type('Venue')}) {\n  await ${call};\n}`;
    return { code: write('«venue.setPositionMode(true)»'), twin: write('venue.setPositionMode(false)') };
  }),
  form('a buy and a sell of CTrade', 'mql5', (draw) => {
    const [trade, fn] = [draw.name('deskTrade', 'sender'), draw.name('OnDeskStart', 'OnDeskGo')];
    const lots = `0.${draw.int(1, 9)}`;
    const write = (second: string): string => `#include <Trade/Trade.mqh>\nCTrade ${trade};\nvoid ${fn}()\n{\n    ${trade}.Buy(${lots}, _Symbol, 0, 1.05, 0);\n    ${second}(${lots}, _Symbol, 0, 1.05, 0);\n}`;
    return { code: write(`«${trade}.Sell»`), twin: write(`${trade}.Buy`) };
  }),
];
