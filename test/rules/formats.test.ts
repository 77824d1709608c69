/** The rules in presets, scripts, notebooks and pages: exact places, fixes that fit the file, comments that silence. */
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { Syntax } from '../../src/core/source/source.ts';
import { hardcodedSecret } from '../../src/guardians/security/rules/sec001-hardcoded-secret.ts';
import { looseLimit } from '../../src/guardians/compliance/rules/apx001-loose-limit.ts';
import { lateCutoff } from '../../src/guardians/compliance/rules/apx004-late-cutoff.ts';
import { naiveDeadline } from '../../src/guardians/compliance/rules/apx005-naive-deadline.ts';
import { printPerTick } from '../../src/guardians/performance/rules/prf004-print-per-tick.ts';
import { sampleSecret } from '../../src/guardians/security/detectors/table.ts';
import type { Rule } from '../../src/core/rules/rule.ts';
import { annotatedFixtures } from './annotated.ts';
import { APEX, fires, silent } from './apx-samples.ts';
import type { InvalidCase, ValidCase } from './cases.ts';
import { judgeInvalid, judgeValid } from './judge.ts';
import { runSecurity } from './security-run.ts';

let syntax: Syntax;
beforeAll(async () => { syntax = await Syntax.create(); });

/** A notebook whose cells are lists of lines, as Jupyter writes them. */
const notebook = (...cells: readonly string[]): string => `${JSON.stringify({
  cells: cells.map((source) => ({ cell_type: 'code', execution_count: 1, metadata: {}, outputs: [], source: source.split(/(?<=\n)/) })),
  metadata: { kernelspec: { language: 'python', name: 'python3' } }, nbformat: 4, nbformat_minor: 5,
}, undefined, 1)}\n`;

const STRATEGY = 'from datetime import time\nfrom nautilus_trader.trading.strategy import Strategy\n';
const FLATTEN = 'class S(Strategy):\n    def on_bar(self, bar):\n        if self.now_et.time() >= FLAT_BY:\n            self.close_all_positions(self.instrument_id)\n';

function table(rule: Rule, invalid: readonly InvalidCase[], valid: readonly ValidCase[]): void {
  describe(rule.id, () => {
    for (const one of invalid) test(`fires: ${one.name}`, () => { expect(judgeInvalid(rule, one, syntax)).toEqual([]); });
    for (const one of valid) test(`silent: ${one.name}`, () => { expect(judgeValid(rule, one, syntax)).toEqual([]); });
  });
}

table(looseLimit, [
  fires('a preset to optimise', '; saved\r\nMaxDailyLossPercent=«12»||5||1||20||Y\r\n', { messageId: 'dailyBeyond', severity: 'error', fix: [['12', '4']] }, { path: 'Presets/Fade.set' }),
  fires('a preset of MetaTrader 4', 'InpMaxDrawdownPct=«12.0»\nInpMaxDrawdownPct,F=0\nInpMaxDrawdownPct,1=5\n', { messageId: 'percent', fix: [['12.0', '4.0']] }, { path: 'a.set' }),
  fires('a section', '[risk]\naccount_size = 50000\nmax_drawdown = «2500» ; dollars\n', { messageId: 'money', fix: [['2500', '2000']] }, { path: 'desk.ini' }),
  fires('an exported variable', '#!/bin/sh\nexport MAX_DRAWDOWN_PCT="«12»"\n', { messageId: 'percent', fix: [['12', '4']] }, { path: 'run.sh' }),
  fires('what a variable falls back to', 'MAX_DRAWDOWN_PCT=${MAX_DRAWDOWN_PCT:-«12»}\n', { messageId: 'percent', fix: [[':-12', ':-4']] }, { path: 'run.sh' }),
  fires('PowerShell', '$env:MAX_DRAWDOWN_PCT = "«12»"\n', { messageId: 'percent', fix: [['12', '4']] }, { path: 'run.ps1' }),
  fires('a Dockerfile', 'FROM python:3.12\nENV MAX_DRAWDOWN_PCT=«12» MODE=live\n', { messageId: 'percent', fix: [['PCT=12', 'PCT=4']] }, { path: 'Dockerfile' }),
  fires('a list of Compose', 'services:\n  bot:\n    environment:\n      - MAX_DRAWDOWN_PCT=«12»\n', { messageId: 'percent', fix: [['12', '4']] }, { path: 'compose.yaml' }),
  fires('a cell', notebook('import pandas as pd\n%matplotlib inline\n', 'max_drawdown_pct = «12.0»  # of "size"\n'), { messageId: 'percent', fix: [['12.0', '4.0']] }, { path: 'live.ipynb' }),
  fires('a constant of another cell', notebook('LIMIT = «0.12»\n', 'class RiskConfig:\n    max_drawdown_fraction = LIMIT\n'), { messageId: 'percent', fix: [['0.12', '0.04']] }, { path: 'live.ipynb' }),
  fires('a fence of instructions is information', '# Risk\n\n```yaml\nmax_drawdown_pct: «12»\n```\n', { messageId: 'percent', severity: 'info', gate: 'none', fix: [['12', '4']] }, { path: 'AGENTS.md' }),
  fires('a sample of instructions', '```python\nMAX_DRAWDOWN_PCT = «12»\n```\n', { messageId: 'percent', severity: 'info', fix: [['12', '4']] }, { path: '.claude/skills/risk/SKILL.md' }),
  fires('a limit in words', '- **Max drawdown**: «12%» of the account\n', { messageId: 'percent', severity: 'info', fix: [['12%', '4%']] }, { path: 'CLAUDE.md' }),
  fires('two fences keep to themselves', '```yaml\naccount_size: 150000\n```\n\n```yaml\naccount_size: 50000\nmax_drawdown_usd: «2500»\n```\n', { messageId: 'money', severity: 'info', fix: [['2500', '2000']] }, { path: 'AGENTS.md' }),
], [
  silent('strict in a preset', 'InpMaxDrawdownPct=3.5||3||1||12||Y\n', { path: 'a.set' }),
  silent('the range of an optimisation', 'Lots=0.1\nInpMaxDrawdownPct,3=20\n', { path: 'a.set' }),
  silent('a run of the tester', '[TesterInputs]\nInpMaxDrawdownPct=20.0||20.0||2.0||100.0||N\n', { path: 'tester.ini' }),
  silent('shown as wrong', 'Bad:\n\n```yaml\nmax_drawdown_pct: 12\n```\n', { path: 'AGENTS.md' }),
  silent('the wrong half of a sample', '```python\n# Wrong\nMAX_DRAWDOWN_PCT = 12\n# Right\nMAX_DRAWDOWN_PCT = 3\n```\n', { path: 'AGENTS.md' }),
  silent('a page that instructs nobody, decided by the project', '```yaml\nmax_drawdown_pct: 12\n```\n', { path: 'README.md', trading: 'decide' }),
  silent('a notebook that trades nothing, decided by the project', notebook('max_drawdown_pct = 12.0\n'), { path: 'research.ipynb', trading: 'decide' }),
  silent('rules of another firm, by their heading', '# Desk\n\n## FTMO\n\n### Limits\n\n| Max Total Loss | 10% |\n\n```yaml\nmax_drawdown_pct: 10\n```\n', { path: 'AGENTS.md' }),
  silent('criteria of a back-test, by their heading', '## Backtest criteria\n\n- Max drawdown: 12%\n', { path: 'AGENTS.md' }),
  silent('a measure to stay below', '| Max Drawdown | < 12% |\n', { path: 'AGENTS.md' }),
  silent('an output', notebook('x = 1\n').replace('"outputs": []', '"outputs": [{"output_type": "stream", "text": ["max_drawdown_pct = 12.0\\n"]}]'), { path: 'live.ipynb' }),
  silent('a comment in a preset', '; tickguard: ignore[APX001] a challenge of another firm\nInpMaxDrawdownPct=12.0\n', { path: 'a.set' }),
  silent('a comment in a script', 'export MAX_DRAWDOWN_PCT=12 # tickguard: ignore[APX001] paper account\n', { path: 'run.sh' }),
  silent('a comment in a cell', notebook('# tickguard: ignore[APX001] paper account\nmax_drawdown_pct = 12.0\n'), { path: 'live.ipynb' }),
  silent('a comment beside a line of a cell', notebook('x = 1\nmax_drawdown_pct = 12.0  # tickguard: ignore[APX001] paper account\n'), { path: 'live.ipynb' }),
  silent('a comment above a fence', '<!-- tickguard: ignore[APX001] paper account -->\n```yaml\nmode: paper\nmax_drawdown_pct: 12\n```\n', { path: 'AGENTS.md' }),
  silent('a comment above a limit in words', '<!-- tickguard: ignore[APX001] paper account -->\n- Max drawdown: 12%\n', { path: 'AGENTS.md' }),
]);

table(lateCutoff, [
  fires('a cell', notebook(STRATEGY, 'FLAT_BY = «time(17, 30)»\n', FLATTEN.replace('self.now_et.time()', 'datetime.now(ZoneInfo("America/New_York")).time()').replace('class', 'from datetime import datetime\nfrom zoneinfo import ZoneInfo\nclass')),
    { messageId: 'late', severity: 'error', fix: [['time(17, 30)', 'time(16, 57)']] }, { path: 'live.ipynb' }),
  fires('a preset', 'FlattenTimeET=«17:30»\n', { messageId: 'late', fix: [['17:30', '16:57']] }, { path: 'a.set' }),
  fires('a sentence of instructions', 'All positions must be flat by **«17:30 ET»**.\n', { messageId: 'late', severity: 'info', fix: [['17:30', '16:57']] }, { path: 'AGENTS.md' }),
], [
  silent('in time', 'FlattenTimeET=16:50\n', { path: 'a.set' }),
  silent('a sentence in time', 'Flatten everything by 16:50 ET.\n', { path: 'AGENTS.md' }),
]);

describe('fixes of cells', () => {
  const CLOCK = 'from datetime import datetime, time\nclass S(Strategy):\n    def on_bar(self, bar):\n        if datetime.now().time() >= time(16, 50):\n            self.close_all_positions(self.instrument_id)\n';

  test('quotes are written as JSON writes them, and the file stays a notebook', () => {
    const text = notebook(CLOCK);
    const marked = text.replace('datetime.now()', '«datetime.now()»');
    const output = text.replace('from datetime import', 'from zoneinfo import ZoneInfo\\nfrom datetime import').replace('datetime.now()', 'datetime.now(ZoneInfo(\\"America/New_York\\"))');
    expect(judgeInvalid(naiveDeadline, { code: marked, path: 'live.ipynb', accounts: [APEX], findings: [{ messageId: 'local' }], output }, syntax)).toEqual([]);
    expect(() => JSON.parse(output) as unknown).not.toThrow();
  });
});

describe('PRF004', () => {
  test('a handler of a notebook', () => {
    const code = notebook(STRATEGY, 'class Scalper(Strategy):\n    def on_quote_tick(self, tick):\n        «print(f"tick {tick}")»\n'.replaceAll('"', "'"));
    expect(judgeInvalid(printPerTick, { code, path: 'live.ipynb', findings: [{ messageId: 'print' }] }, syntax)).toEqual([]);
  });

  test('a sample of a page is no handler', () => {
    const code = `\`\`\`python\n${STRATEGY}class Scalper(Strategy):\n    def on_quote_tick(self, tick):\n        print(tick)\n\`\`\`\n`;
    expect(judgeValid(printPerTick, { code, path: 'AGENTS.md' }, syntax)).toEqual([]);
  });
});

describe('SEC001', () => {
  const TOKEN = sampleSecret('generic-token', 22);
  const SECRET = sampleSecret('binance-api-secret', 21);
  const found = (path: string, text: string): readonly (readonly [string, string])[] => runSecurity(syntax, path, text).found.filter(([rule]) => rule.startsWith('SEC001'));

  test.each<readonly [string, string, string]>([
    ['a.ini', '[feed]\napi_key = %s ; live\n', TOKEN],
    ['a.set', 'InpApiKey=%s\n', TOKEN],
    ['feed.properties', 'feed.api.key=%s\n', TOKEN],
    ['run.sh', 'export FEED_API_KEY="%s"\n', TOKEN],
    ['run.sh', 'curl -H "X-API-KEY: %s" https://api.feed.io\n', TOKEN],
    ['run.ps1', '$env:FEED_API_KEY = "%s"\n', TOKEN],
    ['Dockerfile', 'FROM x\nENV FEED_API_KEY=%s\n', TOKEN],
    ['Dockerfile', 'FROM x\nENV FEED_API_KEY %s\n', TOKEN],
    ['compose.yml', 'services:\n  bot:\n    environment:\n      - FEED_API_KEY=%s\n', TOKEN],
    ['n.ipynb', notebook('api_key = "%s"\n'), TOKEN],
    ['n.ipynb', notebook('%%env FEED_API_KEY=%s\n'.replace('%%', '%')), TOKEN],
    ['n.ipynb', notebook('!export FEED_API_KEY=%s\n'), TOKEN],
    ['n.ipynb', notebook('%%bash\nexport FEED_API_KEY=%s\n'), TOKEN],
    ['n.ipynb', notebook('x = (\napi_key = "%s"\n'), TOKEN],
    ['n.ipynb', notebook('print(api_key)\n').replace('"outputs": []', '"outputs": [{"output_type": "stream", "name": "stdout", "text": ["api_key = %s\\n"]}]'), TOKEN],
    ['n.ipynb', notebook('settings\n').replace('"outputs": []', '"outputs": [{"output_type": "execute_result", "data": {"text/plain": ["{\'api_key\': \'%s\'}"]}, "metadata": {}}]'), TOKEN],
    ['README.md', '```yaml\nfeed:\n  api_key: %s\n```\n', TOKEN],
    ['README.md', '```python\nclient = Client("%s")\n```\n'.replace('Client("', 'Client(binance_secret="'), SECRET],
  ])('%s: once, at its place: %j', (path, pattern, value) => {
    expect(found(path, pattern.replace('%s', value)).map(([, text]) => text)).toEqual([value]);
  });

  test.each<readonly [string, string]>([
    ['AGENTS.md', `Never hardcode keys:\n\n\`\`\`python\napi_key = "${TOKEN}"\n\`\`\`\n`],
    ['AGENTS.md', `\`\`\`python\n# ❌ Bad\nbinance_api_secret = "${SECRET}"\n# ✅ Good\nbinance_api_secret = os.environ["BINANCE_API_SECRET"]\n\`\`\`\n`],
    ['CLAUDE.md', '```bash\nexport API_KEY=your-api-key-here\n```\n'],
    ['n.ipynb', notebook('plot()\n').replace('"outputs": []', `"outputs": [{"output_type": "display_data", "data": {"image/png": "${sampleSecret('github-token', 5)}"}, "metadata": {}}]`)],
    ['run.sh', 'export API_KEY="$(vault read key)" TOKEN="${TOKEN}"\n'],
    ['n.ipynb', notebook(`# tickguard: ignore[SEC001] revoked\napi_key = "${TOKEN}"\n`)],
    ['README.md', `<!-- tickguard: ignore[SEC001] revoked -->\n\`\`\`yaml\nfeed:\n  api_key: ${TOKEN}\n\`\`\`\n`],
  ])('%s is silent: %j', (path, text) => {
    expect(found(path, text)).toEqual([]);
  });

  test('a key with a checksum is a key wherever it stands', () => {
    const token = sampleSecret('github-token', 5);
    expect(found('AGENTS.md', `Bad:\n\`\`\`\ntoken = "${token}"\n\`\`\`\n`).map(([, text]) => text)).toEqual([token]);
  });

  test('cells kept in one string have lines all the same', () => {
    const text = JSON.stringify({ cells: [{ cell_type: 'code', metadata: {}, outputs: [], source: `# tickguard: ignore[SEC001] revoked\nold_api_key = "${TOKEN}"\nnew_api_key = "${SECRET}"\n` }], metadata: {}, nbformat: 4, nbformat_minor: 5 });
    expect(found('n.ipynb', text).map(([, value]) => value)).toEqual([SECRET]);
  });
});

describe('ENV001', () => {
  const PASSWORD = sampleSecret('generic-password', 23);
  const tracked = (path: string, text: string): readonly string[] => runSecurity(syntax, path, text, { role: 'code', tracked: true }).found.filter(([rule]) => rule === 'ENV001').map(([, at]) => at);

  test.each([
    ['config/common.ini', `[Common]\nLogin=4711\nPassword=${PASSWORD}\n`],
    ['IBC/config.ini', `IbLoginId=desk\nIbPassword=${PASSWORD}\n`],
    ['Presets/a.set', `InpPassword=${PASSWORD}\n`],
    ['.envrc', `export FEED_PASSWORD=${PASSWORD}\n`],
  ])('%s keeps a login', (path, text) => { expect(tracked(path, text)).toEqual([PASSWORD]); });

  test.each([['Presets/a.set', 'Lots=0.1\n'], ['setup.cfg', `password = ${PASSWORD}\n`], ['.envrc', 'use flake\nexport MODE=live\n'], ['run.sh', `export PASSWORD=${PASSWORD}\n`]])('%s does not', (path, text) => {
    expect(tracked(path, text)).toEqual([]);
  });
});

annotatedFixtures([looseLimit, lateCutoff, printPerTick, hardcodedSecret], join(import.meta.dirname, '../fixtures/formats'), {
  config: { accounts: [APEX], setting: () => ({ options: undefined }) },
});
