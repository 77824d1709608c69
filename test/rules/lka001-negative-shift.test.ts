import { negativeShift } from '../../src/guardians/data/rules/lka001-negative-shift.ts';
import { ruleTester } from './rule-tester.ts';

const TOP = 'import numpy as np\nimport pandas as pd\n\n';
/** A feature file: reads bars, trades nothing. */
const research = (body: string): string => `${TOP}df = pd.read_csv("bars.csv")\ndf["range"] = df["high"] - df["low"]\n${body}\n`;
const populate = (body: string): string =>
  `from freqtrade.strategy import IStrategy\n${TOP}\nclass S(IStrategy):\n    def populate_indicators(self, dataframe, metadata):\n        ${body.split('\n').join('\n        ')}\n        return dataframe\n`;

const notebook = (code: string): string => JSON.stringify({
  cells: [{ cell_type: 'code', metadata: {}, execution_count: 1, outputs: [], source: code.split('\n').map((line, i, all) => (i === all.length - 1 ? line : `${line}\n`)) }],
  metadata: { language_info: { name: 'python' }, kernelspec: { name: 'python3', language: 'python' } }, nbformat: 4, nbformat_minor: 5,
});

ruleTester(negativeShift, {
  valid: [
    { name: 'the past', files: { 'features.py': research('df["prev"] = df["close"].shift(1)\ndf["chg"] = df["close"].pct_change()\ndf["d"] = df["close"].diff()\ndf["r"] = np.roll(df["close"], 1)') } },
    { name: 'empty and zero', files: { 'features.py': research('df["prev"] = df["close"].shift()\ndf["same"] = df["close"].shift(0)') } },
    { name: 'a window that moves on', files: { 'features.py': research('window = np.zeros(10)\nwindow = np.roll(window, -1)\nwindow[-1] = df["close"].iloc[-1]') } },
    { name: 'a window of the class', code: 'import numpy as np\nfrom nautilus_trader.trading.strategy import Strategy\n\n\nclass S(Strategy):\n    def on_bar(self, bar):\n        self.close[:] = np.roll(self.close, -1)\n        self.close[-1] = bar.close\n' },
    { name: 'from column to column', files: { 'features.py': research('df["x"] = df[["open", "close"]].shift(-1, axis=1)["close"]') } },
    { name: 'a picture', files: { 'features.py': research('import matplotlib.pyplot as plt\nplt.plot(df["close"].shift(-26))\ndf["close"].shift(-26).plot()') } },
    { name: 'a picture through a column', files: { 'features.py': research('df["chikou"] = df["close"].shift(-26)\nax.plot(df["chikou"])') } },
    { name: 'a table of pictures', code: populate("dataframe['chikou'] = dataframe['close'].shift(-26)").replace('class S(IStrategy):\n', "class S(IStrategy):\n    plot_config = {'main_plot': {'chikou': {}}}\n") },
    { name: 'a line for the eye that nothing reads', files: { 'features.py': research('df["chikou_span"] = df["close"].shift(-26)') } },
    { name: 'bars that are made up', files: { 'features.py': research('def random_bars(df):\n    gaps = df["open"].shift(-1) - df["close"]\n    return df + gaps.sample(frac=1)') } },
    { name: 'levels of price', files: { 'features.py': research('def orderflow_to_imbalances(df):\n    ask = df.ask.shift(-1)\n    return df.bid / ask > 3') } },
    { name: 'a function that plots', files: { 'features.py': research('def plot_cloud(df):\n    df["span"] = df["close"].shift(-26)\n    return df') } },
    { name: 'an amount nobody can tell', files: { 'features.py': research('def lagged(df, n):\n    return df["close"].shift(n)\n') } },
    { name: 'a sign nobody can tell', files: { 'features.py': research('for n in range(-5, 5):\n    df[f"c{n}"] = df["close"].shift(-n)') } },
    { name: 'the index', files: { 'features.py': research('df.index = df.index.shift(-1, freq="D")') } },
    { name: 'a search for leaks', files: { 'features.py': research('def leaky(df, label, most=5):\n    for k in range(1, most + 1):\n        if df["close"].equals(label.shift(-k)):\n            return k\n    return None') } },
    { name: 'rows from new to old', files: { 'features.py': research('def last_value(df, by, n):\n    copy = df.copy()\n    copy = copy.sort_values(by=[by, "date"], ascending=False).reset_index(drop=True)\n    copy["found"] = copy["close"].shift(-n)\n    return copy') } },
    { name: 'rows turned round', files: { 'features.py': research('back = df[::-1]\ndf["a"] = back["close"].shift(-1)\ndf["b"] = df.iloc[::-1]["close"].shift(-2)\ndf["c"] = np.roll(df.sort_index(ascending=False)["close"], -1)') } },
    { name: 'tokens of a text, among files that trade', files: { 's.py': 'from nautilus_trader.trading.strategy import Strategy\nfrom learn import loss\n\n\nclass S(Strategy):\n    def on_bar(self, bar):\n        self.x = loss(bar)\n', 'learn.py': 'import torch\n\n\ndef loss(input_ids):\n    return torch.roll(input_ids, shifts=-1, dims=1)\n' } },
    { name: 'no market data', files: { 'text.py': `${TOP}words = pd.read_csv("words.csv")\nwords["following"] = words["word"].shift(-1)\n` } },
    { name: 'an object of its own', files: { 'features.py': research('class Register:\n    def shift(self, n):\n        return n\n\n\nr = Register()\nx = r.shift(-1)\ndf["x"] = x') } },
    { name: 'tests', code: research('df["signal"] = df["close"].shift(-1)'), role: 'test' },
    { name: 'labels that are not to be told', code: research('df["target"] = df["close"].shift(-1)'), options: { labels: false } },
    { name: 'suppressed', code: research('df["signal"] = df["close"].shift(-1)  # tickguard: ignore[LKA001] a study of perfect foresight') },
    { name: 'a measure', files: { 'features.py': research('print(df["factor"].corr(df["close"].pct_change().shift(-1)))') } },
    { name: 'a date that moves', files: { 'features.py': 'import arrow\nday = arrow.get("2026-01-02")\nclose = day.shift(days=-1)\n' } },
  ],
  invalid: [
    { name: 'shift in a signal', files: { 'features.py': research('df["signal"] = np.where(df["close"].«shift(-1)» > df["close"], 1, 0)') },
      findings: [{ messageId: 'ahead', severity: 'error', gate: 'merge', message: /^1 row ahead: / }] },
    { name: 'a decision that earns what it knew', files: { 'features.py': research('df["signal"] = np.where(df["close"].«shift(-1)» > df["close"], 1, -1)\ndf["profit"] = df["signal"] * df["close"].diff()') },
      findings: [{ messageId: 'ahead', severity: 'error' }] },
    { name: 'a label that is called a decision, to learn from', files: { 'features.py': research('df["signal"] = (df["close"].«shift(-1)» > df["close"]).astype(int)\ny = df["signal"]') },
      findings: [{ messageId: 'label', severity: 'info' }] },
    { name: 'by name', files: { 'features.py': research('df["a"] = df.close.«shift(periods=-2)»\ndf["b"] = df.close.«pct_change(periods=-1)»\ndf["c"] = df.close.«diff(-1)»') },
      findings: [{ messageId: 'ahead', message: /^2 rows/ }, { messageId: 'ahead' }, { messageId: 'ahead' }] },
    { name: 'pct_change', files: { 'features.py': research('df["ret"] = df["close"].«pct_change(-1)»') }, findings: [{ messageId: 'ahead' }] },
    { name: 'np.roll', files: { 'features.py': research('df["x"] = «np.roll(df["close"], -1)»\ndf["y2"] = «np.roll(df["close"], shift=-3)»') }, findings: [{ messageId: 'ahead' }, { messageId: 'ahead', message: /^3 rows/ }] },
    { name: 'polars', files: { 'features.py': 'import polars as pl\n\nbars = pl.read_parquet("bars.parquet")\nout = bars.with_columns(pl.col("close").«shift(-1)».alias("edge"), (pl.col("high") - pl.col("low")).alias("range"))\nlater = bars.with_columns(edge=pl.col("close").«shift(n=-1)»)\nbuy = later.filter(pl.col("edge") > 0)\n' },
      findings: [{ messageId: 'ahead' }, { messageId: 'ahead' }] },
    { name: 'by group', files: { 'features.py': research('df["lead1"] = 0\ndf["edge"] = df.groupby("symbol")["close"].«shift(-1)»\ndf["e2"] = df.groupby("symbol")["close"].transform(lambda s: s.«shift(-1)» / s - 1)') }, findings: [{ messageId: 'ahead' }, { messageId: 'ahead' }] },
    { name: 'a constant', files: { 'features.py': research('LOOK = 5\ndf["edge"] = df["close"].«shift(-LOOK)»') }, findings: [{ messageId: 'ahead', message: /^5 rows/ }] },
    { name: 'a default', files: { 'features.py': research('def feature(df, n=3):\n    return df["close"].«shift(-n)» / df["close"]\n') }, findings: [{ messageId: 'ahead', message: /^3 rows/ }] },
    { name: 'a parameter', files: { 'features.py': research('def feature(df, n):\n    return df["close"].«shift(-n)» / df["close"]\n') }, findings: [{ messageId: 'ahead', message: /^Some rows/ }] },
    { name: 'a loop', files: { 'features.py': research('for n in range(1, 6):\n    df[f"c{n}"] = df["close"].«shift(-n)»') }, findings: [{ messageId: 'ahead' }] },
    { name: 'populate_indicators', files: { 's.py': populate("dataframe['edge'] = dataframe['close'].«shift(-1)» > dataframe['close']") }, findings: [{ messageId: 'ahead' }] },
    { name: 'a condition of populate_entry_trend', files: { 's.py': populate("dataframe.loc[dataframe['close'].«shift(-1)» > dataframe['close'], 'enter_long'] = 1").replace('populate_indicators', 'populate_entry_trend') }, findings: [{ messageId: 'ahead' }] },
    { name: 'a local that feeds a signal', files: { 'features.py': research('move = df["close"].«shift(-1)» - df["close"]\ndf["signal"] = (move > 0).astype(int)') }, findings: [{ messageId: 'ahead' }] },
    { name: 'a column that is drawn and traded', files: { 's.py': populate("dataframe['chikou'] = dataframe['close'].«shift(-26)»\ndataframe.loc[dataframe['chikou'] > dataframe['close'], 'enter_long'] = 1").replace('class S(IStrategy):\n', "class S(IStrategy):\n    plot_config = {'main_plot': {'chikou': {}}}\n") }, findings: [{ messageId: 'ahead', message: /^26 rows/ }] },
    { name: 'a file that something trading imports', files: { 's.py': 'from nautilus_trader.trading.strategy import Strategy\nfrom features import edge\n\n\nclass S(Strategy):\n    def on_bar(self, bar):\n        self.x = edge(bar)\n', 'features.py': 'def edge(frame):\n    return frame.value.«shift(-1)»\n' }, findings: [{ messageId: 'ahead' }] },
    { name: 'a notebook', files: { 'research.ipynb': notebook('import pandas as pd\ndf = pd.read_csv("bars.csv")\ndf["edge"] = df["close"].shift(-1) / df["close"]\ndf["range"] = df["high"] - df["low"]\ndf["signal"] = df["edge"] > 1') }, findings: [{ messageId: 'ahead', at: 'shift(-1)' }] },

    { name: 'a tensor of prices', files: { 's.py': 'import torch\n\n\ndef signal(close_prices):\n    edge = «torch.roll(close_prices, shifts=-1)»\n    return edge > close_prices\n' }, findings: [{ messageId: 'ahead' }] },
    { name: 'rows from old to new', files: { 'features.py': research('newest = df.sort_values("date", ascending=False)\nsorted_df = newest.sort_values("date", ascending=True)\ndf["edge"] = sorted_df["close"].«shift(-1)»') }, findings: [{ messageId: 'ahead' }] },
    { name: 'half a length', files: { 'features.py': research('def swings(df, length=50):\n    length *= 2\n    df["swing"] = df["high"] == df["high"].«shift(-(length // 2))».rolling(length).max()\n    df["other"] = df["low"].«shift(-int(length))»\n    return df') }, findings: [{ messageId: 'ahead', message: /^Some rows/ }, { messageId: 'ahead' }] },
    { name: 'a decision that earns under any name', files: { 'features.py': `${TOP}def backtest(df):\n    df["Signal"] = (df["Close"].«shift(-1)» > df["Close"]).astype(int)\n    df["Return"] = df["Close"].pct_change()\n    df["Strategy"] = df["Signal"].shift(1) * df["Return"]\n    print((1 + df["Strategy"]).cumprod())\n` }, findings: [{ messageId: 'ahead' }] },
    { name: 'an honest name in a decision that earns', files: { 'features.py': research('next_close = df["close"].«shift(-1)»\ndf["next_high"] = df["high"].«shift(-1)»\ndf["signal"] = (next_close > df["close"]).astype(int)\ndf["side"] = np.where(df["next_high"] > df["high"], 1, -1)\nearned = df["signal"] * df["close"].pct_change() + df["side"] * df["ret"]') }, findings: [{ messageId: 'ahead' }, { messageId: 'ahead' }] },
    { name: 'an honest name in a feature', files: { 'features.py': research('def features(df, btc):\n    btc_future_return = btc["close"].pct_change().«shift(-4)»\n    lead = df["close"].pct_change().rolling(20).corr(btc_future_return)\n    df["btc_lead_indicator"] = lead.values\n    return df') }, findings: [{ messageId: 'ahead', message: /^4 rows/ }] },
    { name: 'an honest name in a target', files: { 'features.py': research('next_close = df["close"].«shift(-1)»\ndf["signal"] = (next_close > df["close"]).astype(int)\ny = df["signal"]') }, findings: [{ messageId: 'label' }] },
    { name: 'the end of a trade', files: { 'features.py': research('df["entry_price"] = df["open"].«shift(-1)»\ndf["exit_close"] = df["close"].«shift(-5)»\ndf["exit_ts"] = df["date"].«shift(-5)»\ntrade_prices = df.«shift(-1)».dropna()') }, findings: [{ messageId: 'label' }, { messageId: 'label' }, { messageId: 'label' }, { messageId: 'label' }] },
    { name: 'a target', files: { 'features.py': research('df["target"] = (df["close"].«shift(-1)» > df["close"]).astype(int)') }, findings: [{ messageId: 'label', severity: 'info', gate: 'none' }] },
    { name: 'a target by attribute, name and key', files: { 'features.py': research('df.label = df.close.«shift(-1)»\ny = df.close.«shift(-1)»\nout = df.assign(future_return=df.close.«pct_change(-1)»)\nframe = pd.DataFrame({"next_close": df.close.«shift(-1)»})') },
      findings: [{ messageId: 'label' }, { messageId: 'label' }, { messageId: 'label' }, { messageId: 'label' }] },
    { name: 'a constant that names a target', files: { 'features.py': research('TARGET = "up"\ndf[TARGET] = df["close"].«shift(-1)» > df["close"]') }, findings: [{ messageId: 'label' }] },
    { name: 'a local that only feeds a target', files: { 'features.py': research('move = df["close"].«shift(-5)» / df["close"] - 1\ndf["target"] = (move > 0.01).astype(int)') }, findings: [{ messageId: 'label' }] },
    { name: 'a column that only feeds a target', files: { 'features.py': research('df["move"] = df["close"].«shift(-5)» / df["close"] - 1\ndf["target"] = (df["move"] > 0.01).astype(int)\ndf = df.drop(columns=["move"])') }, findings: [{ messageId: 'label' }] },
    { name: 'a function that makes labels', files: { 'features.py': research('def make_labels(df, h=5):\n    move = df["close"].«shift(-h)» / df["close"] - 1\n    return np.sign(move)\n') }, findings: [{ messageId: 'label' }] },
    { name: 'a function that only labels call', files: { 'features.py': research('def move(df, h=5):\n    return df["close"].«shift(-h)» / df["close"] - 1\n\n\ndf["target"] = move(df) > 0') }, findings: [{ messageId: 'label' }] },
    { name: 'a target of polars', files: { 'features.py': 'import polars as pl\n\nbars = pl.read_parquet("bars.parquet")\nout = bars.with_columns(pl.col("close").«shift(-1)».alias("target"), (pl.col("high") - pl.col("low")).alias("range"))\n' }, findings: [{ messageId: 'label' }] },
    { name: 'what a back-test earned', files: { 'features.py': research('df["strategy_return"] = df["position"] * df["close"].pct_change().«shift(-1)»') }, findings: [{ messageId: 'label' }] },
  ],
});
