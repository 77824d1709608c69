/** APX021: formulas that lose an Apex account of 50,000 at one stop, and the same with a small risk. */
import type { Draw, Form, Made, MutantLanguage } from '../mutants/form.ts';

const EXCUSED = /back.?test|optimi|hyperopt|report|stat|metric|sim|test/i;

function form(name: string, language: MutantLanguage, write: (draw: Draw, value: string) => string, percent: boolean): Form {
  return {
    name, language, where: 'module', not: EXCUSED,
    make(draw): Made {
      const text = write(draw, '\u0001');
      const [loose, strict] = percent ? [`${draw.int(4, 40)}.0`, `0.${draw.int(1, 9)}`] : [`0.${draw.one(['04', '05', '08', '10', '25'])}`, `0.00${draw.int(1, 9)}`];
      return { code: text.replace('\u0001', `«${loose}»`), twin: text.replace('\u0001', strict) };
    },
  };
}

export const APX021_MUTANTS: readonly Form[] = [
  form('a default, in two steps', 'python', (draw, value) => `def ${draw.name('size_by_stop', 'contracts_at_stop')}(${draw.one(['balance', 'equity', 'account_size'])}, stop_distance, risk_pct=${value}):\n    amount = BASE * risk_pct / 100\n    return amount / (stop_distance * 12.5)`, true),
  form('a constant, in one step', 'python', (draw, value) => { const risk = draw.name('RISK_PER_TRADE', 'RISK_FRACTION'); return `${risk} = ${value}\n\n\ndef ${draw.name('size_by_stop', 'contracts_at_stop')}(equity, loss_at_stop):\n    return equity * ${risk} / loss_at_stop`; }, false),
  form('an input', 'mql5', (draw, value) => { const risk = draw.name('InpTradeRisk', 'RiskPercentPerTrade'); return `input double ${risk} = ${value};\ndouble ${draw.name('LotsAtStop', 'SizeByStop')}(double slPoints, double tickValue)\n{\n    double atRisk = AccountInfoDouble(${draw.one(['ACCOUNT_BALANCE', 'ACCOUNT_EQUITY'])}) * ${risk} / 100.0;\n    return atRisk / (slPoints * tickValue);\n}`; }, true),
  form('a default', 'script', (draw, value) => `function ${draw.name('sizeByStop', 'contractsAtStop')}(balance${draw.type('number')}, stopDistance${draw.type('number')}, riskPct = ${value}) {\n    const amount = balance * riskPct;\n    return amount / stopDistance;\n}`, false),
].map((one) => ({ ...one, make: (draw: Draw): Made => based(one.make(draw)) }));

/** The first parameter's name in place of the formula's base. */
function based(made: Made): Made {
  const named = (text: string): string => text.replace('BASE', /\((balance|equity|account_size),/.exec(text)?.[1] ?? 'balance');
  return { code: named(made.code), ...(made.twin === undefined ? {} : { twin: named(made.twin) }) };
}
