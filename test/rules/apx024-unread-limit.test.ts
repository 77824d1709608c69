import { unreadLimit } from '../../src/guardians/compliance/rules/apx024-unread-limit.ts';
import { modelCases } from './apx024-model-cases.ts';
import { ruleTester } from './rule-tester.ts';

const STRATEGY = `from nautilus_trader.trading.strategy import Strategy
from settings import build


class Breakout(Strategy):
    def on_start(self) -> None:
        self.risk = build()
`;

/** A loader with a default path, a section handed on, and a risk manager in another file. */
const SETTINGS = `from pathlib import Path
import yaml
from risk import RiskManager

ROOT = Path(__file__).parent


def load_config(path=ROOT / "config" / "live.yaml"):
    with open(path) as handle:
        return yaml.safe_load(handle)


def build():
    cfg = load_config()
    risk = cfg["risk"]
    limit = risk.get("max_dd", 5000)
    return RiskManager(limit, cfg["risk"]["max_contracts"])
`;
const RISK = `class RiskManager:
    def __init__(self, max_dd, contracts):
        self.max_dd = max_dd
        self.contracts = contracts

    def breached(self, drawdown):
        return drawdown > self.max_dd
`;
const desk = (yaml: string, changed: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> => (
  { 'strategy.py': STRATEGY, 'settings.py': SETTINGS, 'risk.py': RISK, 'config/live.yaml': yaml, ...changed });

/** The same without a default: only the key is in question. */
const STRICT = SETTINGS.replace('"max_dd", 5000', '"max_dd"');
const YAML = 'account:\n  size: 50000\nrisk:\n  max_drawdown: 2000\n  max_contracts: 4\n';
const MARKED = YAML.replace('2000', '«2000»');
const main = (uses: string): string => `import json\nfrom nautilus_trader.trading.strategy import Strategy\n\nwith open("limits.json") as handle:\n    LIMITS = json.load(handle)\n\n\nclass Bot(Strategy):\n    def on_start(self):\n${uses.split('\n').map((line) => `        ${line}`).join('\n')}\n`;
const JSON_FILE = '{ "max_drawdown": 2000, "daily_loss_limit": 1000 }\n';
const json = (uses: string, text = JSON_FILE): Readonly<Record<string, string>> => ({ 'bot.py': main(uses), 'limits.json': text });
const BOT = `import config from './config.json';
import ccxt from 'ccxt';

const exchange = new ccxt.pro.binance();

export async function run(): Promise<void> {
  const limit = config.risk.maxDrawdown ?? 5000;
  while (true) {
    const ticker = await exchange.watchTicker('ES');
    if (drawdown(ticker) > limit || held() > config.risk.maxContracts) { await exchange.createOrder('ES', 'market', 'sell', 1); }
  }
}
`;
const EXPERT = `#include <Trade/Trade.mqh>
input double InpMaxDrawdown = 10.0;
input double InpMaxDailyLoss = 4.0;
input double InpLots = 0.1;
CTrade trade;
void OnTick() { if(Drawdown() > InpMaxDrawdown || Today() > InpMaxDailyLoss) { trade.PositionClose(_Symbol); } }
`;

ruleTester(unreadLimit, {
  valid: [
    ...modelCases.valid,
    { name: 'the key is read', files: desk(YAML.replace('max_drawdown', 'max_dd')) },
    { name: 'a file that nobody provably opens', files: { 'strategy.py': STRATEGY, 'risk.py': RISK, 'config/live.yaml': YAML } },
    { name: 'a loop over the section', files: desk(YAML, { 'settings.py': `${SETTINGS}\n\ndef show(cfg):\n    for key, value in cfg["risk"].items():\n        setattr(cfg, key, value)\n\n\nshow(load_config())\n` }) },
    { name: 'a computed key', files: desk(YAML, { 'settings.py': `${SETTINGS}\n\ndef one(name):\n    return load_config()["risk"][name]\n` }) },
    { name: 'a model made of the mapping', files: desk(YAML, { 'settings.py': SETTINGS.replace('limit = risk.get("max_dd", 5000)', 'limits = RiskModel(**risk)\n    limit = limits.max_dd') }) },
    { name: 'model_validate', files: desk(YAML, { 'settings.py': SETTINGS.replace('limit = risk.get("max_dd", 5000)', 'limit = RiskModel.model_validate(risk).max_dd') }) },
    { name: 'the whole mapping handed to a framework', files: desk(YAML, { 'settings.py': SETTINGS.replace('risk = cfg["risk"]', 'engine.configure(cfg)\n    risk = cfg["risk"]') }) },
    { name: 'vars and **', files: desk(YAML, { 'settings.py': SETTINGS.replace('risk = cfg["risk"]', 'start(**cfg)\n    risk = cfg["risk"]') }) },
    { name: 'somebody else opens a file nobody knows and reads the key there', files: desk(YAML, { 'settings.py': STRICT, 'tool.py': 'import sys\nimport yaml\n\nwith open(sys.argv[1]) as handle:\n    print(yaml.safe_load(handle)["risk"]["max_drawdown"])\n' }) },
    { name: 'the key is read through an attribute of an object nobody knows', files: desk(YAML, { 'settings.py': `${STRICT}\n\nclass Holder:\n    def __init__(self):\n        self.config = load_config()\n`, 'other.py': 'def allowance(holder):\n    return holder.config["risk"]["max_drawdown"]\n' }) },
    { name: 'the key is read of something nobody knows', files: desk(YAML, { 'settings.py': STRICT, 'other.py': 'def allowance(config):\n    return config["risk"]["max_drawdown"]\n' }) },
    { name: 'the file is opened and none of its neighbours is read', files: { 'strategy.py': STRATEGY, 'settings.py': 'import yaml\n\ndef build():\n    return yaml.safe_load(open("config/live.yaml"))\n', 'config/live.yaml': YAML } },
    { name: 'a key that names no limit', files: desk(YAML.replace('max_drawdown: 2000', 'max_dd: 2000\n  drawdown_warning: 1500\n  max_drawdown_backtest: 900')) },
    { name: 'a limit that is off', files: desk(YAML.replace('max_drawdown: 2000', 'max_dd: 2000\n  max_drawdown: 0\n  max_daily_loss: null')) },
    { name: 'a test reads the file only', files: { 'strategy.py': STRATEGY, 'risk.py': RISK, 'tests/test_risk.py': SETTINGS, 'config/live.yaml': YAML } },
    { name: 'JSON, the key is read by name', files: json('return LIMITS["max_drawdown"] + LIMITS["daily_loss_limit"]') },
    { name: 'JSON, in', files: json('return "max_drawdown" in LIMITS and LIMITS["daily_loss_limit"]') },
    { name: 'JSON, a comprehension', files: json('return [LIMITS[name] for name in LIMITS if LIMITS["daily_loss_limit"]]') },
    { name: 'TypeScript, the key is read', files: { 'bot.ts': BOT, 'config.json': '{ "risk": { "maxDrawdown": 2000, "maxContracts": 4 } }\n' } },
    { name: 'TypeScript, destructured', files: { 'bot.ts': BOT.replace('config.risk.maxDrawdown ?? 5000', 'pick().maxDd').replace('export async', 'function pick() {\n  const { risk: { maxDrawdown, maxContracts } } = config;\n  return { maxDd: maxDrawdown + maxContracts };\n}\n\nexport async'), 'config.json': '{ "risk": { "maxDrawdown": 2000, "maxContracts": 4 } }\n' } },
    { name: 'TypeScript, spread into an unknown call', files: { 'bot.ts': BOT.replace('config.risk.maxDrawdown ?? 5000', 'limits({ ...config.risk })'), 'config.json': '{ "risk": { "max_drawdown": 2000, "maxContracts": 4 } }\n' } },
    { name: 'an environment variable that a container reads', files: { 'bot.py': main('return float(os.getenv("MAX_DD", "5000"))').replace('import json', 'import json\nimport os'), '.env': 'MAX_DRAWDOWN=2000\n', 'compose.yaml': 'services:\n  bot:\n    command: "run --limit ${MAX_DRAWDOWN}"\n' } },
    { name: 'an environment variable without a name near it', files: { 'bot.py': main('return float(os.getenv("ACCOUNT", "5000"))').replace('import json', 'import json\nimport os'), '.env': 'MAX_DRAWDOWN=2000\n' } },
    { name: 'a preset of another expert', files: { 'Bot.mq5': EXPERT, 'Other.set': 'MaxDrawdownPct=8\nRiskPct=1\nMagic=7\n' } },
    { name: 'a preset whose keys are inputs', files: { 'Bot.mq5': EXPERT, 'Bot.set': 'InpMaxDrawdown=8\nInpMaxDailyLoss=3\nInpLots=0.2\n' } },
    { name: 'a default where the file has the key', files: json('return LIMITS.get("max_drawdown", 5000) + LIMITS["daily_loss_limit"]') },
    { name: 'a default of a file that is not in the project', files: { 'bot.py': main('return LIMITS.get("max_drawdown", 5000)') } },
    { name: 'a default of a key the program writes itself', files: json('LIMITS["max_drawdown"] = 100\nreturn LIMITS.get("max_drawdown", 5000) + LIMITS["daily_loss_limit"]', '{ "name": "desk", "daily_loss_limit": 5 }\n') },
  ],
  invalid: [
    ...modelCases.invalid,
    {
      name: 'Python: another spelling, through a loader, a section and a default', files: desk(MARKED),
      findings: [{
        messageId: 'unread', severity: 'warning', gate: 'merge',
        message: '2,000 in max_drawdown is read by nobody: settings.py:16 reads risk.max_dd and falls back to 5000. Rename the key, or read it.',
        related: ['settings.py:16 reads risk.max_dd'],
      }],
    },
    {
      name: 'Python: nobody asks for it', files: desk(MARKED, { 'settings.py': SETTINGS.replace('limit = risk.get("max_dd", 5000)', 'limit = 5000') }),
      findings: [{ message: '2,000 in max_drawdown is read by nobody: settings.py:10 opens this file and never asks for risk.max_drawdown. Read it, or remove the key.' }],
    },
    {
      name: 'Python: in the wrong section', files: desk('max_dd: «2000»\nrisk:\n  max_contracts: 4\n'),
      findings: [{ message: /settings\.py:16 reads risk\.max_dd and falls back to 5000\. Move the key, or read it\.$/ }],
    },
    {
      name: 'Python: a dash', files: json('return LIMITS.get("max_drawdown", 5000) + LIMITS["daily_loss_limit"]', '{ "max-drawdown": «2000», "daily_loss_limit": 1000 }\n'),
      findings: [{ message: '2,000 in max-drawdown is read by nobody: bot.py:10 reads max_drawdown and falls back to 5000. Rename the key, or read it.' }],
    },
    {
      name: 'Python: capital letters in an environment variable', files: { 'bot.py': main('return float(os.getenv("MAX_DD", "5000"))').replace('import json', 'import json\nimport os'), '.env': 'MAX_DRAWDOWN=«2000»\n' },
      findings: [{ message: '2,000 in MAX_DRAWDOWN is read by nobody: bot.py:11 reads MAX_DD and falls back to "5000". Rename the key, or read it.' }],
    },
    {
      name: 'Python: a deadline', files: json('return LIMITS.get("flat_by", "16:50"), LIMITS["daily_loss_limit"]', '{ "flatten_at": "«16:55»", "daily_loss_limit": 1000 }\n'),
      findings: [{ message: /^16:55 in flatten_at is read by nobody: bot\.py:10 reads flat_by/ }],
    },
    {
      name: 'TypeScript: an imported file and another spelling', files: { 'bot.ts': BOT, 'config.json': '{ "risk": { "max_drawdown": «2000», "maxContracts": 4 } }\n' },
      findings: [{ message: '2,000 in max_drawdown is read by nobody: bot.ts:7 reads risk.maxDrawdown and falls back to 5000. Rename the key, or read it.' }],
    },
    {
      name: 'TypeScript: a file that is read and parsed', files: {
        'bot.ts': BOT.replace("import config from './config.json';", "import { readFileSync } from 'fs';\nconst config = JSON.parse(readFileSync('config.json', 'utf8'));"),
        'config.json': '{ "risk": { "maxDD": «2000», "maxContracts": 4 } }\n',
      },
      findings: [{ message: /^2,000 in maxDD is read by nobody: bot\.ts:8 reads risk\.maxDrawdown and falls back to 5000\./ }],
    },
    {
      name: 'TypeScript: a variable that is named after the desk, given by a function', files: {
        'bot.ts': BOT.replace("import config from './config.json';", "import { readFileSync } from 'fs';\nfunction open() { return JSON.parse(readFileSync('config.json', 'utf8')); }\nconst desk = open();").replaceAll('config.risk', 'desk.risk'),
        'config.json': '{ "risk": { "max_drawdown": «2000», "maxContracts": 4 } }\n',
      },
      findings: [{ message: /^2,000 in max_drawdown is read by nobody: bot\.ts:9 reads risk\.maxDrawdown and falls back to 5000\./ }],
    },
    {
      name: 'Python: a method that is named after nothing', files: {
        'bot.py': 'import json\nfrom nautilus_trader.trading.strategy import Strategy\n\n\nclass Bot(Strategy):\n    def pull(self):\n        return json.load(open("limits.json"))\n\n    def on_start(self):\n        desk = self.pull()\n        self.most = desk["max_dd"] + desk["daily_loss_limit"]\n',
        'limits.json': '{ "max_drawdown": «2000», "daily_loss_limit": 1000 }\n',
      },
      findings: [{ message: /^2,000 in max_drawdown is read by nobody: bot\.py:11 reads max_dd\./ }],
    },
    {
      name: 'MQL5: a preset with another spelling', files: { 'Bot.mq5': EXPERT, 'Bot.set': 'InpMaxDD=«8»\nInpMaxDailyLoss=3\nInpLots=0.2\n' },
      findings: [{ message: '8 in InpMaxDD is read by nobody: the input InpMaxDrawdown of Bot.mq5:2 stays 10.0. Rename the key.' }],
    },
    {
      name: 'the twin: a default that no file overrides', files: json('return «LIMITS.get("max_drawdown", 5000)» + LIMITS["daily_loss_limit"]', '{ "daily_loss_limit": 1000, "name": "desk" }\n'),
      findings: [{ messageId: 'absent', severity: 'info', message: '5,000 holds here: limits.json has no max_drawdown. Write the key there, so that whoever looks for the limit finds it.' }],
    },
  ],
});
