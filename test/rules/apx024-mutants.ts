/** APX024: a limit in a file of settings under another name than the program asks for; the twin asks for what is there. */
import type { Beside, Draw, Form, Made, MutantLanguage } from '../mutants/form.ts';

/** Two spellings of one limit, either of which may be the one in the file. */
type Names = readonly [string, string];

const SNAKE: readonly Names[] = [['max_drawdown', 'max_dd'], ['daily_loss_limit', 'max_daily_loss'], ['trailing_drawdown', 'trailing_dd'], ['max-drawdown', 'max_drawdown']];
const CAMEL: readonly Names[] = [['maxDrawdown', 'maxDd'], ['max_drawdown', 'maxDrawdown'], ['dailyLossLimit', 'maxDailyLoss'], ['trailing_drawdown', 'trailingDrawdown']];
const UPPER: readonly Names[] = [['DESK_MAX_DRAWDOWN', 'DESK_MAX_DD'], ['DESK_DAILY_LOSS_LIMIT', 'DESK_MAX_DAILY_LOSS']];

/** A file of settings by the key of its limit, and the program by the key it asks for. */
interface Pair {
  readonly file: (key: string, value: string) => Beside;
  readonly program: (key: string) => string;
  readonly imports?: string;
}

function form(name: string, language: MutantLanguage, names: readonly Names[], pair: (draw: Draw) => Pair): Form {
  return {
    name, language, where: 'module', not: /test|debug|plot|report|back/i,
    // Where a program parses texts of nobody knows where and hands them on, it may read any key: the rule keeps silent.
    apart: /JSON\.parse\((?:data|message|msg|event)\b/,
    make(draw): Made {
      const { file, program, imports } = pair(draw);
      const spelled = draw.one(names);
      const [there, asked] = draw.chance(0.5) || !/^\w+$/.test(spelled[0]) ? spelled : [spelled[1], spelled[0]];
      const value = draw.one(['900', '1000', '1500', '2000']);
      // Either side may be the one that was renamed.
      const right = draw.chance(0.5) ? there : asked;
      return { code: program(asked), twin: program(right), beside: file(there, `«${value}»`), twinBeside: file(right, value), ...(imports === undefined ? {} : { imports }) };
    },
  };
}

const yaml = (key: string, value: string): Beside => ({ path: 'desk.yaml', text: `account:\n  size: 50000\nrisk:\n  ${key}: ${value}\n  max_contracts: 4\n` });
const flatYaml = (key: string, value: string): Beside => ({ path: 'desk.yaml', text: `desk: es\n${key}: ${value}   # dollars\nmax_contracts: 4\n` });
const json = (key: string, value: string): Beside => ({ path: 'desk.json', text: `{\n  "desk": "es",\n  "risk": { "${key}": ${value}, "max_contracts": 4 }\n}\n` });
const toml = (key: string, value: string): Beside => ({ path: 'desk.toml', text: `desk = "es"\n\n[risk]\n${key} = ${value}\nmax_contracts = 4\n` });
const dotenv = (key: string, value: string): Beside => ({ path: 'desk.env', text: `DESK_NAME=es\n${key}=${value}\n` });

const python: readonly Form[] = [
  form('by name', 'python', SNAKE, (draw) => {
    const [load, limits] = [draw.name('load_desk', 'read_desk'), draw.name('desk_limits', 'limits_now')];
    return { file: yaml, imports: 'import yaml', program: (key) => `def ${load}():\n    with open("desk.yaml") as handle:\n        return yaml.safe_load(handle)\n\n\ndef ${limits}():\n    cfg = ${load}()\n    return cfg["risk"]["${key}"], cfg["risk"]["max_contracts"]\n` };
  }),
  form('with a default', 'python', SNAKE, (draw) => {
    const limits = draw.name('desk_limits', 'limits_now');
    return { file: yaml, imports: 'import yaml', program: (key) => `def ${limits}(path="desk.yaml"):\n    with open(path) as handle:\n        risk = yaml.safe_load(handle)["risk"]\n    return risk.get("${key}", 800), risk["max_contracts"]\n` };
  }),
  form('without a section', 'python', SNAKE, (draw) => {
    const settings = draw.name('DESK', 'DESK_SETTINGS');
    return { file: flatYaml, imports: 'import yaml', program: (key) => `with open("desk.yaml") as handle:\n    ${settings} = yaml.safe_load(handle)\n\n\ndef ${draw.name('desk_limit', 'limit_now')}():\n    return ${settings}["${key}"] * ${settings}["max_contracts"]\n` };
  }),
  form('JSON', 'python', SNAKE, (draw) => {
    const settings = draw.name('DESK', 'DESK_SETTINGS');
    return { file: json, imports: 'import json', program: (key) => `with open("desk.json") as handle:\n    ${settings} = json.load(handle)\n\n\ndef ${draw.name('desk_limit', 'limit_now')}():\n    return ${settings}["risk"].get("${key}", 800) * ${settings}["risk"]["max_contracts"]\n` };
  }),
  form('TOML', 'python', SNAKE.slice(0, 3), (draw) => {
    const load = draw.name('load_desk', 'read_desk');
    return { file: toml, imports: 'import tomllib', program: (key) => `def ${load}():\n    with open("desk.toml", "rb") as handle:\n        return tomllib.load(handle)["risk"]\n\n\ndef ${draw.name('desk_limit', 'limit_now')}():\n    return ${load}()["${key}"] * ${load}()["max_contracts"]\n` };
  }),
  form('a class that takes the section', 'python', SNAKE, (draw) => {
    const cls = draw.name('DeskRisk', 'DeskLimits');
    return { file: yaml, imports: 'import yaml', program: (key) => `class ${cls}:\n    def __init__(self, risk):\n        self.limit = risk["${key}"]\n        self.contracts = risk["max_contracts"]\n\n\ndef ${draw.name('make_risk', 'desk_risk')}():\n    with open("desk.yaml") as handle:\n        cfg = yaml.safe_load(handle)\n    return ${cls}(cfg["risk"])\n` };
  }),
  form('a model', 'python', SNAKE.slice(0, 3), (draw) => {
    const [cls, base] = [draw.name('DeskModel', 'DeskRiskModel'), draw.name('PydanticModel', 'ModelBase')];
    const make = draw.one([`${cls}(**cfg["risk"])`, `${cls}.model_validate(cfg["risk"])`]);
    return { file: yaml, imports: `import yaml\nfrom pydantic import BaseModel as ${base}`, program: (key) => `class ${cls}(${base}):\n    ${key}: float = 800\n    max_contracts: int = 1\n\n\ndef ${draw.name('desk_model', 'model_now')}():\n    with open("desk.yaml") as handle:\n        cfg = yaml.safe_load(handle)\n    return ${make}\n` };
  }),
  form('the environment', 'python', UPPER, (draw) => ({ file: dotenv, imports: 'import os', program: (key) => `def ${draw.name('desk_limit', 'limit_now')}():\n    return float(os.getenv("${key}", "800"))\n` })),
];

const script: readonly Form[] = [
  form('read and parsed', 'script', CAMEL, (draw) => {
    const [fs, settings] = [draw.name('deskFs', 'fsLib'), draw.name('deskSettings', 'deskConfig')];
    return { file: json, imports: draw.import(fs, 'fs', true), program: (key) => `const ${settings} = JSON.parse(${fs}.readFileSync('desk.json', 'utf8'));\nfunction ${draw.name('deskLimit', 'limitNow')}() {\n  return ${settings}.risk.${key} * ${settings}.risk.max_contracts;\n}\n` };
  }),
  form('with a default', 'script', CAMEL, (draw) => {
    const [read, load] = [draw.name('readDesk', 'loadDesk'), draw.name('readText', 'textOf')];
    return { file: json, imports: draw.place.commonJs ? `const { readFileSync: ${load} } = require('fs');` : `import { readFileSync as ${load} } from 'fs';`, program: (key) => `function ${read}() {\n  return JSON.parse(${load}('desk.json', 'utf8'));\n}\nfunction ${draw.name('deskLimit', 'limitNow')}() {\n  const desk = ${read}();\n  return (desk.risk.${key} ?? 800) * desk.risk.max_contracts;\n}\n` };
  }),
  form('taken apart', 'script', CAMEL, (draw) => {
    const [fs, settings] = [draw.name('deskFs', 'fsLib'), draw.name('deskSettings', 'deskConfig')];
    return { file: json, imports: draw.import(fs, 'fs', true), program: (key) => `const ${settings} = JSON.parse(${fs}.readFileSync('desk.json', 'utf8'));\nfunction ${draw.name('deskLimit', 'limitNow')}() {\n  const { ${key}: limit, max_contracts: most } = ${settings}.risk;\n  return limit * most;\n}\n` };
  }),
  form('by index', 'script', [...CAMEL, ...SNAKE], (draw) => {
    const [fs, settings] = [draw.name('deskFs', 'fsLib'), draw.name('deskSettings', 'deskConfig')];
    return { file: json, imports: draw.import(fs, 'fs', true), program: (key) => `const ${settings} = JSON.parse(${fs}.readFileSync('desk.json').toString());\nfunction ${draw.name('deskLimit', 'limitNow')}() {\n  return ${settings}['risk']['${key}'] * ${settings}['risk']['max_contracts'];\n}\n` };
  }),
  form('YAML', 'script', CAMEL, (draw) => {
    const [fs, lib, settings] = [draw.name('deskFs', 'fsLib'), draw.name('yamlLib', 'jsYaml'), draw.name('deskSettings', 'deskConfig')];
    return { file: yaml, imports: `${draw.import(fs, 'fs', true)}\n${draw.import(lib, 'js-yaml', true)}`, program: (key) => `const ${settings} = ${lib}.load(${fs}.readFileSync('desk.yaml', 'utf8'));\nfunction ${draw.name('deskLimit', 'limitNow')}() {\n  return ${settings}.risk.${key} * ${settings}.risk.max_contracts;\n}\n` };
  }),
  form('the environment', 'script', UPPER, (draw) => ({ file: dotenv, program: (key) => `function ${draw.name('deskLimit', 'limitNow')}() {\n  return Number(process.env.${key} ?? '800');\n}\n` })),
];

const INPUTS: readonly Names[] = [['InpDeskMaxDD', 'InpDeskMaxDrawdown'], ['InpDeskDailyLossLimit', 'InpDeskMaxDailyLoss'], ['InpDeskDrawdownMax', 'InpDeskMaxDrawdown']];
const preset = (lots: string, more = ''): Pair['file'] => (key, value) => ({ path: 'Desk.set', text: `; saved by the terminal\nInpDeskLots=${lots}\n${key}=${value}${more}\nInpDeskMagic=77\n` });
const expert = (type: string, breached: string) => (key: string): string => `input double InpDeskLots = 0.1;\ninput int    InpDeskMagic = 1;\ninput ${type} ${key} = 800;\n${breached.replace('@', key)}\n`;

const mql5: readonly Form[] = [
  form('an input', 'mql5', INPUTS, (draw) => ({ file: preset('0.2'), program: expert('double', `bool ${draw.name('DeskBreached', 'DeskHit')}(double loss) { return loss >= @; }`) })),
  form('an input with steps', 'mql5', INPUTS, (draw) => ({ file: preset('0.2', '||100||100||2000||N'), program: expert('int', `bool ${draw.name('DeskBreached', 'DeskHit')}(double loss)\n{\n   return loss >= @;\n}`) })),
  form('a static input', 'mql5', INPUTS, (draw) => ({ file: preset('1'), program: (key) => expert('double', `bool ${draw.name('DeskBreached', 'DeskHit')}(double loss) { return loss >= @; }`)(key).replace(`input double ${key}`, `sinput double ${key}`) })),
];

export const APX024_MUTANTS: readonly Form[] = [...python, ...script, ...mql5];
