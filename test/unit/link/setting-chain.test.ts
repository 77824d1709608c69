/** The way of a limit through a project: pointed at anywhere, it is the same way. */
import { describe, expect, test } from 'vitest';
import type { SettingChain } from '../../../src/core/source/link/setting-chain.ts';
import { project } from './project.ts';

type Files = Readonly<Record<string, string>>;

const PYTHON: Files = {
  'settings.py': `import os
import yaml
from risk import RiskManager


class RiskConfig:
    max_drawdown_pct: float = 10.0


def load_config(path="config/live.yaml"):
    with open(path) as handle:
        return yaml.safe_load(handle)


def build():
    cfg = load_config()
    allowance = cfg["risk"].get("max_dd", 5000)
    return RiskManager(max_dd=allowance)
`,
  'risk.py': `from settings import RiskConfig


class RiskManager:
    def __init__(self, max_dd):
        self.max_dd = max_dd

    def breached(self, drawdown):
        return drawdown > self.max_dd


class Guard:
    def __init__(self, config: RiskConfig):
        self.config = config

    def breached(self, drawdown):
        return drawdown >= self.config.max_drawdown_pct
`,
  'config/live.yaml': 'account:\n  size: 50000\nrisk:\n  max_dd: 2000\n',
};

/** `line:column` of the n-th occurrence of a text, and the name there. */
function at(files: Files, path: string, text: string, nth = 0): SettingChain | undefined {
  let offset = -1;
  for (let i = 0; i <= nth; i++) { offset = files[path]!.indexOf(text, offset + 1); }
  const before = files[path]!.slice(0, offset);
  const line = before.split('\n').length;
  const column = offset - before.lastIndexOf('\n');
  return project(files).settingAt(path, line, column, /^\w+/.exec(text)?.[0] ?? '');
}

const short = (chain: SettingChain | undefined): Readonly<Record<string, readonly string[]>> => {
  const of = (steps: SettingChain['keys'] | undefined): readonly string[] => (steps ?? []).map(({ file, range, text, name }) => `${file}:${String(range.line)} ${name} ${text}`.trim());
  return { constants: of(chain?.constants), given: of(chain?.given), keys: of(chain?.keys), reads: of(chain?.reads), passes: of(chain?.passes), tests: of(chain?.tests) };
};

const WAY = {
  constants: [], given: [],
  keys: ['config/live.yaml:4 risk.max_dd 2000'],
  reads: ['settings.py:17 cfg.risk.max_dd cfg["risk"].get("max_dd", 5000)'],
  passes: ['settings.py:18 max_dd', 'risk.py:6 max_dd'],
  tests: ['risk.py:9 max_dd drawdown > self.max_dd'],
};

describe('Python', () => {
  test.each([
    ['the key', 'config/live.yaml', 'max_dd'],
    ['the number in the file', 'config/live.yaml', '2000'],
    ['the read', 'settings.py', 'max_dd", 5000'],
    ['the default', 'settings.py', '5000'],
    ['the argument', 'settings.py', 'allowance)'],
    ['the attribute', 'risk.py', 'max_dd\n'],
    ['the comparison', 'risk.py', 'max_dd\n', ],
  ])('from %s', (_name, path, text) => { expect(short(at(PYTHON, path, text))).toEqual(WAY); });

  test('from the name in the comparison', () => { expect(short(at(PYTHON, 'risk.py', 'max_dd\n', 1))).toEqual(WAY); });

  test('the measured side of a comparison is another value', () => {
    expect(at(PYTHON, 'risk.py', 'drawdown > ')?.keys).toEqual([]);
  });

  test('a field of a configuration class, and the object that carries it', () => {
    const expected = { constants: ['settings.py:7 max_drawdown_pct 10.0'], given: [], keys: [], reads: [], passes: [], tests: ['risk.py:17 config.max_drawdown_pct drawdown >= self.config.max_drawdown_pct'] };
    expect(short(at(PYTHON, 'settings.py', '10.0'))).toEqual(expected);
    expect(short(at(PYTHON, 'settings.py', 'max_drawdown_pct'))).toEqual(expected);
    expect(short(at(PYTHON, 'risk.py', 'max_drawdown_pct'))).toEqual(expected);
  });

  test('an environment variable of a .env', () => {
    const files: Files = { 'bot.py': 'import os\n\nMAX_DD = float(os.getenv("MAX_DD", "5000"))\n\n\ndef breached(drawdown):\n    return drawdown > MAX_DD\n', '.env': 'MAX_DD=2000\n' };
    expect(short(at(files, 'bot.py', 'MAX_DD\n'))).toEqual({
      constants: [], given: [], keys: ['.env:1 MAX_DD 2000'], reads: ['bot.py:3 MAX_DD float(os.getenv("MAX_DD", "5000"))'], passes: [], tests: ['bot.py:7 MAX_DD drawdown > MAX_DD'],
    });
  });

  test('an option of the command line', () => {
    const files: Files = { 'bot.py': 'import argparse\n\nparser = argparse.ArgumentParser()\nparser.add_argument("--max-drawdown", type=float, default=10.0)\nargs = parser.parse_args()\n\n\ndef breached(drawdown):\n    return drawdown > args.max_drawdown\n' };
    const chain = short(at(files, 'bot.py', 'max_drawdown\n'));
    expect(chain).toMatchObject({ constants: ['bot.py:4 max_drawdown 10.0'], tests: ['bot.py:9 args.max_drawdown drawdown > args.max_drawdown'] });
  });
});

test('TypeScript: an imported file, a fallback, a field', () => {
  const files: Files = {
    'config.json': '{ "risk": { "maxDrawdown": 2000 } }\n',
    'guard.ts': "import config from './config.json';\n\nexport class Guard {\n  private readonly maxDrawdown: number = config.risk.maxDrawdown ?? 5000;\n\n  breached(drawdown: number): boolean {\n    return drawdown > this.maxDrawdown;\n  }\n}\n",
  };
  const expected = {
    constants: [], given: [], keys: ['config.json:1 risk.maxDrawdown 2000'], reads: ['guard.ts:4 config.risk.maxDrawdown config.risk.maxDrawdown ?? 5000'], passes: [],
    tests: ['guard.ts:7 maxDrawdown drawdown > this.maxDrawdown'],
  };
  expect(short(at(files, 'config.json', 'maxDrawdown'))).toEqual(expected);
  expect(short(at(files, 'guard.ts', 'maxDrawdown;'))).toEqual(expected);
  expect(short(at(files, 'guard.ts', '5000'))).toEqual(expected);
});

test('MQL5: an input of an include, a preset, a comparison, a #define', () => {
  const files: Files = {
    'Bot.mq5': '#include "Guard.mqh"\n#define MAX_DAILY_LOSS 4.0\nbool Daily(double loss) { return loss >= MAX_DAILY_LOSS; }\nvoid OnTick() { if(Breached(1.0)) { Print("over"); } }\n',
    'Guard.mqh': 'input double InpMaxDrawdown = 10.0;\nbool Breached(double total)\n{\n   return total >= InpMaxDrawdown;\n}\n',
    'live.set': 'InpMaxDrawdown=8.0||10||1||100||N\nInpLots=0.1\n',
  };
  const expected = {
    constants: ['Guard.mqh:1 InpMaxDrawdown 10.0'], given: [], keys: ['live.set:1 InpMaxDrawdown 8.0'], reads: [], passes: [], tests: ['Guard.mqh:4 InpMaxDrawdown total >= InpMaxDrawdown'],
  };
  expect(short(at(files, 'Guard.mqh', 'InpMaxDrawdown;'))).toEqual(expected);
  expect(short(at(files, 'Guard.mqh', '10.0'))).toEqual(expected);
  expect(short(at(files, 'live.set', 'InpMaxDrawdown'))).toEqual(expected);
  expect(short(at(files, 'Bot.mq5', 'MAX_DAILY_LOSS;'))).toMatchObject({ constants: ['Bot.mq5:2 MAX_DAILY_LOSS 4.0'], tests: ['Bot.mq5:3 MAX_DAILY_LOSS loss >= MAX_DAILY_LOSS'] });
});

test('what is no setting has no way', () => {
  expect(at(PYTHON, 'settings.py', 'handle')).toBeUndefined();
  expect(at(PYTHON, 'config/live.yaml', 'size')).toBeUndefined();
});
