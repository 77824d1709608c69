/** APX023: values that keep an account alive, marked as temporary, and the same without the mark. */
import type { Draw, Form, Made, MutantLanguage } from '../mutants/form.ts';

const EXCUSED = /back.?test|optimi|hyperopt|report|stat|metric|sim|test|mock|replay|example|research|fixture|sandbox|walk|monte/i;

const WORDS = ['TODO temporary', 'for backtest only', 'FIXME raise for testing', 'HACK', 'XXX', 'restore before going live', 'disabled for debugging', 'placeholder', 'for now'] as const;
const PLAIN = ['as the desk has agreed', 'of the account', 'the firm allows twice as much'] as const;

function form(name: string, language: MutantLanguage, where: Form['where'], mark: string, write: (draw: Draw) => string): Form {
  return {
    name, language, where, not: EXCUSED,
    make(draw): Made {
      const text = write(draw);
      return { code: text.replace('MARK', `${mark} ${draw.one(WORDS)}`), twin: text.replaceAll(/[«»]/g, '').replace('MARK', `${mark} ${draw.one(PLAIN)}`) };
    },
  };
}

export const APX023_MUTANTS: readonly Form[] = [
  form('behind the value', 'python', 'module', '#', (draw) => `${draw.name('MAX_DRAWDOWN_USD', 'DAILY_LOSS_LIMIT', 'MAX_DAILY_LOSS_USD')} = «${draw.int(100, 400)}»  MARK`),
  form('above the value', 'python', 'module', '#', (draw) => `MARK\n${draw.name('MAX_DRAWDOWN_USD', 'DAILY_LOSS_LIMIT', 'MAX_DAILY_LOSS_USD')} = «${draw.int(100, 400)}»`),
  form('an input', 'mql5', 'module', '//', (draw) => `input double ${draw.name('InpMaxDailyLossUsd', 'InpTotalDrawdownLimitUsd')} = «${draw.int(100, 400)}.0»; MARK`),
  form('a constant', 'script', 'module', '//', (draw) => `const ${draw.name('maxDrawdownUsd', 'dailyLossLimitUsd')} = «${draw.int(100, 400)}»; MARK`),
  form('a key', 'yaml', 'entry', '#', (draw) => `${draw.name('max_drawdown_usd', 'daily_loss_limit_usd')}: «${draw.int(100, 400)}»  MARK`),
  form('a key', 'toml', 'entry', '#', (draw) => `${draw.name('max_drawdown_usd', 'daily_loss_limit_usd')} = «${draw.int(100, 400)}»  MARK`),
];
