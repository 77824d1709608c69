/** Names and numbers that forms of mutants are made from, in the spellings of each language. */
import type { Draw, MutantLanguage } from '../mutants/form.ts';

/** `max drawdown pct` as the language writes a variable, a constant or an input. */
export function spelled(draw: Draw, language: MutantLanguage, words: string, constant = false): string {
  const parts = words.split(' ');
  const pascal = parts.map((part) => part[0]?.toUpperCase() + part.slice(1)).join('');
  const camel = pascal[0]?.toLowerCase() + pascal.slice(1);
  const snake = parts.join('_');
  const upper = snake.toUpperCase();
  switch (language) {
    case 'mql5': return constant ? upper : draw.one([`Inp${pascal}`, pascal, `g_${camel}`, `m_${camel}`]);
    case 'script': return constant ? draw.one([upper, camel]) : camel;
    case 'python': return constant ? draw.one([upper, snake]) : snake;
    case 'json': return draw.one([camel, snake]);
    case 'dotenv': return upper;
    case 'ini': return draw.one([`Inp${pascal}`, pascal]);
    default: return draw.one([snake, camel, snake.replaceAll('_', '-')]);
  }
}

/** A limit of loss in one unit: a name that says so, a value looser than a 50,000 Apex account allows, and one that is not. */
export interface Limit {
  readonly words: string;
  readonly loose: string;
  readonly strict: string;
}

/** A limit whose unit its name or size proves. */
export function limitOf(draw: Draw, language: MutantLanguage, units: readonly ('percent' | 'fraction' | 'money' | 'points' | 'cents' | 'daily')[]): Limit {
  const decimals = (value: number): string => (draw.chance(0.5) ? `${value}.0` : `${value}`);
  const money = (value: number): string => {
    const text = String(value);
    const grouped = text.length > 3 ? `${text.slice(0, -3)}_${text.slice(-3)}` : text;
    return draw.one([text, text, ...(language === 'python' || language === 'script' || language === 'toml' ? [grouped] : []), ...(language === 'json' || language === 'script' ? [] : [`${text}.0`])]);
  };
  switch (draw.one(units)) {
    case 'percent': return { words: draw.one(['max drawdown pct', 'max drawdown percent', 'max dd pct', 'drawdown limit pct', 'max total loss pct', 'trailing drawdown pct', 'max trailing drawdown percent']), loose: decimals(draw.int(5, 30)), strict: decimals(draw.int(1, 4)) };
    case 'fraction': return { words: draw.one(['max drawdown fraction', 'max drawdown', 'max dd', 'drawdown limit', 'max drawdown ratio']), loose: `0.${draw.one(['05', '06', '08', '10', '12', '15', '2', '25'])}`, strict: `0.0${draw.int(1, 4)}` };
    case 'points': return { words: draw.one(['max drawdown bps', 'drawdown limit bps']), loose: `${draw.int(41, 200) * 10}`, strict: `${draw.int(5, 40) * 10}` };
    case 'cents': return { words: draw.one(['max drawdown cents', 'trailing drawdown cents']), loose: `${draw.int(2_100, 9_000) * 100}`, strict: `${draw.int(500, 2_000) * 100}` };
    case 'daily': return { words: draw.one(['daily loss limit', 'max daily loss', 'daily loss limit usd', 'max loss per day']), loose: money(draw.int(21, 90) * 100), strict: money(draw.int(3, 20) * 100) };
    default: return { words: draw.one(['max drawdown', 'max drawdown usd', 'max drawdown dollars', 'trailing drawdown limit', 'max total loss usd', 'drawdown limit usd']), loose: money(draw.int(21, 90) * 100), strict: money(draw.int(5, 20) * 100) };
  }
}
