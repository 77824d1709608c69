/** LKA001: rows that know what only later ones can, in each way people write them, and the same from the past. */
import { pairForms, type Choices, type CostlyForm, type Pair } from './costly-mutants.ts';

const column = (draw: Choices): string => draw.one(['close', 'open', 'high']);

/** Code that reads bars into a frame of its own, then does one thing with it. */
function onBars(draw: Choices, bad: (df: string) => string, good: (df: string) => string, imports = ''): Pair {
  const df = draw.name('bar_frame', 'candles_df', 'ohlc_frame');
  const head = `${df} = pd.read_csv("bars.csv")\n${df}["bar_range"] = ${df}["high"] - ${df}["low"]\n`;
  return { imports: `import numpy as np\nimport pandas as pd${imports === '' ? '' : `\n${imports}`}`, code: head + bad(df), twin: head + good(df) };
}

const forms = pairForms('python', 'module', {
  'a column': (draw) => { const c = column(draw); return onBars(draw, (df) => `${df}["edge_now"] = ${df}["${c}"].«shift(-1)»`, (df) => `${df}["edge_now"] = ${df}["${c}"].shift(1)`); },
  'an attribute': (draw) => { const c = column(draw); return onBars(draw, (df) => `${df}["edge_now"] = ${df}.${c}.«shift(-${draw.int(1, 9)})»`, (df) => `${df}["edge_now"] = ${df}.${c}.shift(${draw.int(1, 9)})`); },
  'periods by name': (draw) => onBars(draw, (df) => `${df}["edge_now"] = ${df}["close"].«shift(periods=-${draw.int(1, 9)})»`, (df) => `${df}["edge_now"] = ${df}["close"].shift(periods=2)`),
  'pct_change': (draw) => onBars(draw, (df) => `${df}["move_pct"] = ${df}["close"].«pct_change(-${draw.int(1, 5)})»`, (df) => `${df}["move_pct"] = ${df}["close"].pct_change(${draw.int(1, 5)})`),
  'pct_change by name': (draw) => onBars(draw, (df) => `${df}["move_pct"] = ${df}["close"].«pct_change(periods=-1)»`, (df) => `${df}["move_pct"] = ${df}["close"].pct_change()`),
  diff: (draw) => onBars(draw, (df) => `${df}["move_abs"] = ${df}["close"].«diff(-1)»`, (df) => `${df}["move_abs"] = ${df}["close"].diff()`),
  'diff by name': (draw) => onBars(draw, (df) => `${df}["move_abs"] = ${df}["close"].«diff(periods=-2)»`, (df) => `${df}["move_abs"] = ${df}["close"].diff(periods=2)`),
  'np.roll': (draw) => onBars(draw, (df) => `${df}["edge_now"] = «np.roll(${df}["close"], -1)»`, (df) => `${df}["edge_now"] = np.roll(${df}["close"], 1)`),
  'np.roll by name': (draw) => onBars(draw, (df) => `${df}["edge_now"] = «np.roll(${df}["close"].to_numpy(), shift=-${draw.int(1, 4)})»`, (df) => `${df}["edge_now"] = np.roll(${df}["close"].to_numpy(), shift=3)`),
  'a comparison': (draw) => onBars(draw, (df) => `${df}["go_long"] = (${df}["close"].«shift(-1)» > ${df}["close"]).astype(int)`, (df) => `${df}["go_long"] = (${df}["close"].shift(1) < ${df}["close"]).astype(int)`),
  'np.where': (draw) => onBars(draw, (df) => `${df}["signal_now"] = np.where(${df}["close"].«shift(-1)» > ${df}["close"], 1, -1)`, (df) => `${df}["signal_now"] = np.where(${df}["close"].shift(1) > ${df}["close"], 1, -1)`),
  'a mask': (draw) => onBars(draw, (df) => `${df}.loc[${df}["close"].«shift(-1)» > ${df}["close"], "enter_now"] = 1`, (df) => `${df}.loc[${df}["close"].shift(1) > ${df}["close"], "enter_now"] = 1`),
  'a local': (draw) => { const move = draw.name('move_size', 'step_size'); return onBars(draw, (df) => `${move} = ${df}["close"].«shift(-1)» - ${df}["close"]\n${df}["signal_now"] = (${move} > 0).astype(int)`, (df) => `${move} = ${df}["close"].shift(-1) - ${df}["close"]\n${df}["target"] = (${move} > 0).astype(int)`.replace('shift(-1)', 'shift(1)')); },
  'a constant': (draw) => { const look = draw.name('LOOK_BARS', 'STEP_BARS'); return onBars(draw, (df) => `${look} = ${draw.int(1, 20)}\n${df}["edge_now"] = ${df}["close"].«shift(-${look})»`, (df) => `${look} = 3\n${df}["edge_now"] = ${df}["close"].shift(${look})`); },
  'a product': (draw) => { const look = draw.name('LOOK_BARS', 'STEP_BARS'); return onBars(draw, (df) => `${look} = ${draw.int(1, 20)}\n${df}["edge_now"] = ${df}["close"].«shift(-1 * ${look})»`, (df) => `${look} = 3\n${df}["edge_now"] = ${df}["close"].shift(1 * ${look})`); },
  'a function with a default': (draw) => { const [fn, n] = [draw.name('edge_feature', 'step_feature'), draw.name('n_bars', 'n_rows')]; const code = (shift: string): string => `def ${fn}(frame, ${n}=3):\n    return frame["close"].${shift} / frame["open"]`; return { imports: 'import pandas as pd', code: code(`«shift(-${n})»`), twin: code(`shift(${n})`) }; },
  'a parameter': (draw) => { const [fn, n] = [draw.name('edge_feature', 'step_feature'), draw.name('n_bars', 'n_rows')]; const code = (shift: string): string => `def ${fn}(frame, ${n}):\n    frame["edge_now"] = frame["close"].${shift} / frame["open"]\n    return frame`; return { imports: 'import pandas as pd', code: code(`«shift(-${n})»`), twin: code(`shift(${n})`) }; },
  'a loop over steps': (draw) => { const n = draw.name('step_n', 'bars_n'); return onBars(draw, (df) => `for ${n} in range(1, 6):\n    ${df}[f"edge_{${n}}"] = ${df}["close"].«shift(-${n})»`, (df) => `for ${n} in range(1, 6):\n    ${df}[f"edge_{${n}}"] = ${df}["close"].shift(${n})`); },
  'groups': (draw) => onBars(draw, (df) => `${df}["edge_now"] = ${df}.groupby("symbol")["close"].«shift(-1)»`, (df) => `${df}["edge_now"] = ${df}.groupby("symbol")["close"].shift(1)`),
  'groups by a lambda': (draw) => onBars(draw, (df) => `${df}["edge_now"] = ${df}.groupby("symbol")["close"].transform(lambda s: s.«shift(-1)» / s - 1)`, (df) => `${df}["edge_now"] = ${df}.groupby("symbol")["close"].transform(lambda s: s / s.shift(1) - 1)`),
  'assign': (draw) => { const out = draw.name('out_frame', 'with_edge'); return onBars(draw, (df) => `${out} = ${df}.assign(edge_now=${df}["close"].«shift(-1)»)\nprices_up = ${out}["edge_now"] > ${out}["close"]`, (df) => `${out} = ${df}.assign(edge_now=${df}["close"].shift(1))`); },
  'polars': (draw) => { const bars = draw.name('bar_table', 'pl_bars'); const code = (shift: string): string => `${bars} = pl.read_parquet("bars.parquet")\n${bars} = ${bars}.with_columns(pl.col("close").${shift}.alias("edge_now"), (pl.col("high") - pl.col("low")).alias("bar_range"))`; return { imports: 'import polars as pl', code: code('«shift(-1)»'), twin: code('shift(1)') }; },
  'polars by name': (draw) => { const bars = draw.name('bar_table', 'pl_bars'); const code = (shift: string): string => `${bars} = pl.read_parquet("bars.parquet")\n${bars} = ${bars}.with_columns(edge_now=pl.col("close").${shift} / pl.col("open"))`; return { imports: 'import polars as pl', code: code('«shift(n=-2)»'), twin: code('shift(n=2)') }; },
  'a mean of later rows': (draw) => onBars(draw, (df) => `${df}["calm_level"] = ${df}["close"].rolling(5).mean().«shift(-5)»`, (df) => `${df}["calm_level"] = ${df}["close"].rolling(5).mean().shift(5)`),
  'freqtrade': (draw) => { const cls = draw.name('EdgeStrategy', 'StepStrategy'); const code = (shift: string): string => `class ${cls}(DeskInterface):\n    def populate_indicators(self, dataframe, metadata):\n        dataframe["edge_now"] = dataframe["close"].${shift} / dataframe["open"]\n        return dataframe\n\n    def populate_entry_trend(self, dataframe, metadata):\n        dataframe.loc[dataframe["edge_now"] > 1, "enter_long"] = 1\n        return dataframe`; return { imports: 'from freqtrade.strategy import IStrategy as DeskInterface', code: code('«shift(-1)»'), twin: code('shift(1)') }; },
  'a target': (draw) => onBars(draw, (df) => `${df}["${draw.one(['target', 'label', 'future_return', 'y', 'next_close'])}"] = ${df}["close"].«shift(-1)»`, (df) => `${df}["target"] = ${df}["close"].shift(1)`),
});

export const LKA001_MUTANTS: readonly CostlyForm[] = forms;
