/** Cases of APX024 where settings are read through models: the fields of a class, or of a schema, read the keys. */
import type { RuleCases } from './cases.ts';

type Files = Readonly<Record<string, string>>;

const YAML = 'account: 50000\nrisk:\n  max_drawdown: 2000\n  max_contracts: 4\n';
const MARKED = YAML.replace('2000', '«2000»');
const BOT = 'from nautilus_trader.trading.strategy import Strategy\nfrom settings import build\n\n\nclass Bot(Strategy):\n    def on_start(self):\n        self.limits = build()\n\n    def on_bar(self, bar):\n        if self.drawdown() > self.limits.limit:\n            self.stop()\n';
/** A program that loads the file, and a model in a file of its own. */
const desk = (yaml: string, model: string, make: string, imports = ''): Files => ({
  'bot.py': BOT, 'model.py': model, 'live.yaml': yaml,
  'settings.py': `import yaml\nfrom model import RiskModel\n${imports}\n\ndef build():\n    with open("live.yaml") as handle:\n        cfg = yaml.safe_load(handle)\n    return ${make}\n`,
});
const SPLAT = 'RiskModel(**cfg["risk"])';
const pydantic = (fields: string, config = ''): string => `from pydantic import AliasChoices, BaseModel, ConfigDict, Field\nfrom pydantic.alias_generators import to_camel\n\n\nclass RiskModel(BaseModel):\n${config}${fields.split('\n').map((line) => `    ${line}`).join('\n')}\n    max_contracts: int\n`;
const HAS = pydantic('max_drawdown: float = 5000');
const LACKS = pydantic('max_dd: float = 5000');

const TS = (schema: string, parse = 'RiskSchema.parse(raw.risk)'): Files => ({
  'bot.ts': `import { readFileSync } from 'fs';\nimport { z } from 'zod';\nimport ccxt from 'ccxt';\n\nconst RiskSchema = ${schema};\nconst raw = JSON.parse(readFileSync('config.json', 'utf8'));\nconst risk = ${parse};\nconst ex = new ccxt.pro.binance();\n\nexport async function run(): Promise<void> {\n  while (true) {\n    const ticker = await ex.watchTicker('ES');\n    if (held(ticker) > risk.maxContracts) { await ex.createOrder('ES', 'market', 'sell', 1); }\n  }\n}\n`,
  'config.json': '{ "risk": { "maxDrawdown": 2000, "maxContracts": 4 } }\n',
});
const marked = (files: Files): Files => ({ ...files, 'config.json': (files['config.json'] ?? '').replace('2000', '«2000»') });

const ENV_BOT = BOT.replace('from settings import build\n', 'from settings import build\nimport os\n').replace('self.limits = build()', 'self.limits = build()\n        self.other = os.getenv("MAX_DD", "5000")');
const settings = (fields: string, config = '    model_config = SettingsConfigDict(env_prefix="DESK_", env_file=".env")\n'): string => `from pydantic import BaseModel, Field\nfrom pydantic_settings import BaseSettings, SettingsConfigDict\n\n\nclass DeskSettings(BaseSettings):\n${config}    ${fields}\n\n\ndef build():\n    return DeskSettings()\n`;
const env = (key: string, source: string, bot = ENV_BOT): Files => ({ 'bot.py': bot, 'settings.py': source, '.env': `${key}=2000\n` });

export const modelCases = {
  valid: [
    { name: 'a pydantic model has the field', files: desk(YAML, HAS, SPLAT) },
    { name: 'model_validate', files: desk(YAML, HAS, 'RiskModel.model_validate(cfg["risk"])') },
    { name: 'an alias', files: desk(YAML, pydantic('limit: float = Field(5000, alias="max_drawdown")'), SPLAT) },
    { name: 'an alias for validation', files: desk(YAML, pydantic('limit: float = Field(default=5000, validation_alias="max_drawdown")'), SPLAT) },
    { name: 'one of several aliases', files: desk(YAML, pydantic('limit: float = Field(5000, validation_alias=AliasChoices("max_dd", "max_drawdown"))'), SPLAT) },
    { name: 'an alias in the annotation', files: desk(YAML, pydantic('limit: Annotated[float, Field(alias="max_drawdown")] = 5000'), SPLAT) },
    { name: 'a generator of aliases', files: desk(YAML.replace('max_drawdown', 'maxDrawdown'), pydantic('max_drawdown: float = 5000', '    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)\n'), SPLAT) },
    { name: 'a generator that has to be run', files: desk(YAML, pydantic('limit: float = 5000', '    model_config = ConfigDict(alias_generator=lambda name: NAMES[name])\n'), SPLAT) },
    { name: 'the configuration of pydantic 1', files: desk(YAML.replace('max_drawdown', 'maxDrawdown'), pydantic('max_drawdown: float = 5000\n\nclass Config:\n    alias_generator = to_camel\n'), SPLAT) },
    { name: 'what the model does not know is kept', files: desk(YAML, pydantic('limit: float = 5000', '    model_config = ConfigDict(extra="allow")\n'), SPLAT) },
    { name: 'a validator sees the mapping first', files: desk(YAML, `${LACKS}\n    @model_validator(mode="before")\n    @classmethod\n    def spell(cls, data):\n        return spelled(data)\n`, SPLAT) },
    { name: 'a base that is not of the project', files: desk(YAML, LACKS.replace('(BaseModel)', '(DeskModel)').replace('class RiskModel', 'from desk_lib import DeskModel\n\n\nclass RiskModel'), SPLAT) },
    { name: 'a field of a base class of the project', files: { ...desk(YAML, `from base import BaseRisk\n\n\nclass RiskModel(BaseRisk):\n    max_contracts: int\n`, SPLAT), 'base.py': 'from pydantic import BaseModel\n\n\nclass BaseRisk(BaseModel):\n    max_drawdown: float\n' } },
    { name: 'a model in a model', files: desk(YAML, `${HAS}\n\nclass Settings(BaseModel):\n    account: float\n    risk: RiskModel\n`, 'Settings.model_validate(cfg)', 'from model import Settings\n') },
    { name: 'a mapping in a model', files: desk(YAML, `${LACKS}\n\nclass Settings(BaseModel):\n    account: float\n    risk: dict[str, float]\n`, 'Settings.model_validate(cfg)', 'from model import Settings\n') },
    { name: 'a data class', files: desk(YAML, 'from dataclasses import dataclass\n\n\n@dataclass\nclass RiskModel:\n    max_drawdown: float\n    max_contracts: int\n', SPLAT) },
    { name: 'attrs', files: desk(YAML, 'import attr\n\n\n@attr.s\nclass RiskModel:\n    max_drawdown = attr.ib()\n    max_contracts = attr.ib()\n', SPLAT) },
    { name: 'a msgspec struct, renamed', files: desk(YAML.replace('max_drawdown', 'maxDrawdown'), 'import msgspec\n\n\nclass RiskModel(msgspec.Struct, rename="camel"):\n    max_drawdown: float\n    max_contracts: int\n', 'msgspec.convert(cfg["risk"], RiskModel)', 'import msgspec\n') },
    { name: 'a typed dictionary', files: desk(YAML, 'from typing import TypedDict\n\n\nclass RiskModel(TypedDict):\n    max_drawdown: float\n    max_contracts: int\n', SPLAT) },
    { name: 'a class that takes keywords', files: desk(YAML, 'class RiskModel:\n    def __init__(self, max_drawdown, max_contracts):\n        self.limit = max_drawdown\n', SPLAT) },
    { name: 'a class that takes any keyword', files: desk(YAML, 'class RiskModel:\n    def __init__(self, max_contracts, **rest):\n        self.limit = rest\n', SPLAT) },
    { name: 'the class makes itself', files: { ...desk(YAML, `${HAS}\n    @classmethod\n    def load(cls, path="live.yaml"):\n        with open(path) as handle:\n            return cls(**yaml.safe_load(handle)["risk"])\n`.replace('from pydantic import', 'import yaml\nfrom pydantic import'), 'RiskModel.load()') } },
    { name: 'getattr with a name', files: desk(YAML, LACKS, 'RiskModel(**cfg["risk"]), getattr(cfg["risk"], "max_drawdown", 5)') },
    { name: 'getattr with a computed name', files: desk(YAML, LACKS, 'RiskModel(**cfg["risk"]), getattr(cfg["risk"], name)', 'name = "x"\n') },
    { name: 'a schema of zod has the key', files: TS('z.object({ maxDrawdown: z.number(), maxContracts: z.number().int() })') },
    { name: 'a schema that lets others through', files: TS('z.object({ maxContracts: z.number() }).passthrough()') },
    { name: 'a schema that is extended', files: TS('z.object({ maxContracts: z.number() }).extend({ maxDrawdown: z.number().default(5) }).strict()') },
    { name: 'a schema in a schema', files: TS('z.object({ risk: z.object({ maxDrawdown: z.number(), maxContracts: z.number() }) })', 'RiskSchema.parse(raw).risk') },
    { name: 'a record in a schema', files: TS('z.object({ risk: z.record(z.string(), z.number()) })', 'RiskSchema.parse(raw).risk') },
    { name: 'a schema of a package', files: { ...TS('z.object({})'), 'bot.ts': (TS('z.object({})')['bot.ts'] ?? '').replace('const RiskSchema = z.object({});\n', "import { RiskSchema } from '@desk/schemas';\n") } },
    { name: 'Object.entries', files: TS('z.object({ maxContracts: z.number() })', 'RiskSchema.parse(raw.risk);\nfor (const [key, value] of Object.entries(raw.risk)) { console.log(key, value); }\nconst more = 1') },
    { name: 'an interface read by name', files: TS('z.object({})', 'raw.risk as { maxDrawdown: number; maxContracts: number };\nconst limit = risk.maxDrawdown') },
    { name: 'the environment through a prefix', files: env('DESK_MAX_DRAWDOWN', settings('max_drawdown: float = 5000')) },
    { name: 'the environment in small letters', files: env('desk_max_drawdown', settings('max_drawdown: float = 5000')) },
    { name: 'the environment by an alias', files: env('MAX_DRAWDOWN', settings('limit: float = Field(5000, validation_alias="MAX_DRAWDOWN")')) },
    { name: 'the environment of pydantic 1', files: env('DESK_MAX_DRAWDOWN', settings('max_drawdown: float = 5000\n\n    class Config:\n        env_prefix = "DESK_"', '')) },
    { name: 'the environment of a nested model', files: env('DESK_RISK__MAX_DRAWDOWN', `from pydantic import BaseModel\n\n\nclass Risk(BaseModel):\n    max_drawdown: float\n\n\n${settings('risk: Risk', '    model_config = SettingsConfigDict(env_prefix="DESK_", env_nested_delimiter="__")\n')}`, ENV_BOT.replace('MAX_DD', 'DESK_RISK_MAX_DD')) },
  ],
  invalid: [
    { name: 'a pydantic model has another field', files: desk(MARKED, LACKS, SPLAT), findings: [{ messageId: 'unread', severity: 'warning', message: '2,000 in max_drawdown is read by nobody: model.py:6 reads risk.max_dd and falls back to 5000. Rename the key, or read it.', related: ['model.py:6 reads risk.max_dd'] }] },
    { name: 'a model has nothing like it', files: desk(MARKED, pydantic('leverage: float = 3'), SPLAT), findings: [{ messageId: 'unread', message: /settings\.py:7 opens this file and never asks for risk\.max_drawdown\. Read it, or remove the key\.$/ }] },
    { name: 'model_validate of the whole file', files: desk(MARKED, `${LACKS}\n\nclass Settings(BaseModel):\n    account: float\n    risk: RiskModel\n`, 'Settings.model_validate(cfg)', 'from model import Settings\n'), findings: [{ messageId: 'unread', message: /model\.py:6 reads risk\.max_dd/ }] },
    { name: 'a generator of aliases names it otherwise', files: desk(MARKED.replace('max_drawdown', 'max-drawdown'), pydantic('max_drawdown: float = 5000', '    model_config = ConfigDict(alias_generator=to_camel)\n'), SPLAT), findings: [{ messageId: 'unread', message: /^2,000 in max-drawdown is read by nobody/ }] },
    { name: 'a data class', files: desk(MARKED, 'from dataclasses import dataclass\n\n\n@dataclass\nclass RiskModel:\n    max_dd: float\n    max_contracts: int\n', SPLAT), findings: [{ messageId: 'unread', message: /model\.py:6 reads risk\.max_dd\. Rename the key/ }] },
    { name: 'a msgspec struct of the text of the file', files: { ...desk(MARKED, 'import msgspec\n\n\nclass Risk(msgspec.Struct):\n    max_dd: float\n    max_contracts: int\n\n\nclass RiskModel(msgspec.Struct):\n    account: float\n    risk: Risk\n', 'RiskModel'), 'settings.py': 'from pathlib import Path\nimport msgspec\nfrom model import RiskModel\n\n\ndef build():\n    return msgspec.yaml.decode(Path("live.yaml").read_bytes(), type=RiskModel)\n' }, findings: [{ messageId: 'unread', message: /model\.py:5 reads risk\.max_dd/ }] },
    { name: 'a class that takes keywords', files: desk(MARKED, 'class RiskModel:\n    def __init__(self, max_dd, max_contracts):\n        self.limit = max_dd\n', SPLAT), findings: [{ messageId: 'unread' }] },
    { name: 'a schema of zod', files: marked(TS('z.object({ max_drawdown: z.number().default(5000), maxContracts: z.number().int() })')), findings: [{ messageId: 'unread', message: /^2,000 in maxDrawdown is read by nobody: bot\.ts:5 reads risk\.max_drawdown/ }] },
    { name: 'a schema of another file', files: marked({ ...TS('z.object({})'), 'bot.ts': (TS('z.object({})')['bot.ts'] ?? '').replace('const RiskSchema = z.object({});\n', "import { RiskSchema } from './schema';\n"), 'schema.ts': "import { z } from 'zod';\n\nexport const RiskSchema = z.object({ maxDd: z.number(), maxContracts: z.number() });\n" }), findings: [{ messageId: 'unread', message: /schema\.ts:3 reads risk\.maxDd/ }] },
    { name: 'the environment without its prefix', files: { ...env('x', settings('max_drawdown: float = 5000')), '.env': 'MAX_DRAWDOWN=«2000»\n', 'bot.py': BOT }, findings: [{ messageId: 'unread', message: /^2,000 in MAX_DRAWDOWN is read by nobody: settings\.py:7 reads DESK_MAX_DRAWDOWN/ }] },
  ],
} satisfies RuleCases;
