import { dynamicCode } from '../../src/guardians/security/rules/sec204-dynamic-code.ts';
import { ruleTester } from './rule-tester.ts';

const indent = (body: string, by = 4): string => body.split('\n').map((line) => `${' '.repeat(by)}${line}`).join('\n');
const fn = (body: string, parameters = 'rule', before = ''): string => `${before}def signal(${parameters}):\n${indent(body)}\n`;
const view = (body: string): string => `from flask import Flask, render_template_string, request\n\napp = Flask(__name__)\n\n\n@app.post("/rule")\ndef rule():\n${indent(body)}\n`;
const TS = 'src/rules.ts';
const handler = (body: string): string => `import vm from 'node:vm';\nexport function signal(req, res) {\n${indent(body, 2)}\n}\n`;

ruleTester(dynamicCode, {
  valid: [
    { name: 'constants', code: fn('eval("1 + 1")\nexec(f"x = {N}")\neval(EXPRESSION)', '', 'N = 5\nEXPRESSION = "close > open"\n\n\n') },
    { name: 'a model of PyTorch', code: fn('model.eval()\nself.model.eval()\nnet.eval(rule)', 'model, net, rule') },
    { name: 'literals', code: fn('return ast.literal_eval(rule)', 'rule', 'import ast\n\n\n') },
    { name: 'an eval of somebody else', code: fn('return eval(rule)', 'rule', 'from .safe import eval\n\n\n') },
    { name: 'a frame', code: fn('df.eval("mid = (bid + ask) / 2")\npd.eval("1 + 1")\ndf.eval(rule)\ndf.query(rule)', 'df, rule', 'import pandas as pd\n\n\n') },
    { name: 'a file of the project', code: 'from pathlib import Path\n\nhere = Path(__file__).parent\nexec(open("version.py").read())\nexec((here / "version.py").read_text())\n' },
    { name: 'numbers', code: fn('eval(f"1 + {int(rule)}")') },
    { name: 'a table', code: fn('eval(RULES[rule])', 'rule', 'RULES = {"cross": "a > b", "dip": "a < b"}\n\n\n') },
    { name: 'a constant template', code: view('return render_template_string("<b>{{ name }}</b>", name=request.form["name"])') },
    { name: 'an attribute that is called so', code: 'class Engine:\n    def exec(self, order):\n        pass\n\n    def run(self, order):\n        self.exec(order)\n' },
    { name: 'tests', code: fn('eval(rule)'), role: 'test' },
    { name: 'a redis script and expressions', path: TS, code: handler("redis.eval(SCRIPT, 1, req.body.key);\n/x/.exec(req.body.rule);\nsetTimeout(() => run(req.body.rule), 10);\nsetTimeout(tick, 10);\nJSON.parse(req.body.rule);") },
    { name: 'a constant of JavaScript', path: TS, code: "eval('1 + 1');\nnew Function('a', 'b', 'return a + b');\n" },
  ],
  invalid: [
    { name: 'what a request sends', code: view('eval(«request.form["rule"]»)\nexec(«f"def f(): return {request.json[\'rule\']}"»)'), findings: [{ messageId: 'user', severity: 'error', gate: 'merge', message: /is what others send, and it is run as code: they place orders and read your keys/ }, { messageId: 'user' }] },
    { name: 'a parameter', code: fn('return eval(«rule»)'), findings: [{ messageId: 'code', severity: 'warning', message: /^rule is run as code: whoever writes it can place orders/ }] },
    { name: 'put together', code: fn('exec(«"def f(bar): return " + rule»)\neval(«"close > {}".format(rule)»)'), findings: [{ messageId: 'code' }, { messageId: 'code' }] },
    { name: 'settings', code: 'import json\n\nwith open("rules.json") as file:\n    config = json.load(file)\n\n\ndef signal(path):\n    rules = json.load(open(path))\n    return eval(«rules["entry"]»)\n', findings: [{ messageId: 'code', severity: 'warning', evidence: { origin: 'computed' } }] },
    { name: 'typed in', code: 'eval(«input("rule? ")»)\n', findings: [{ messageId: 'code', evidence: { origin: 'operator' } }] },
    { name: 'compiled before, and run by an executor', code: 'async def signal(loop, rule):\n    exec(«compile(rule, "rule", "exec")»)\n    await loop.run_in_executor(None, exec, «rule»)\n', findings: [{ messageId: 'code' }, { messageId: 'code' }] },
    { name: 'a frame with a request\'s rule', code: view('df = load()\nreturn df.query(«request.args["rule"]»).to_json()'), findings: [{ messageId: 'user' }] },
    { name: 'a template of others', code: view('return render_template_string(«"<b>" + request.form["name"] + "</b>"»)'), findings: [{ messageId: 'template', severity: 'error', message: /it is compiled as a template: they run code/ }] },
    { name: 'JavaScript', path: TS, code: handler("eval(«req.body.rule»);\nnew Function('bar', «`return ${req.body.rule}`»);\nvm.runInNewContext(«req.body.rule», {});\nsetTimeout(«'run(' + req.body.rule + ')'», 10);"), findings: [{ messageId: 'user', severity: 'error' }, { messageId: 'user' }, { messageId: 'user' }, { messageId: 'user' }] },
    { name: 'a parameter of TypeScript', path: TS, code: "export const compile = (rule: string) => new Function('bar', «rule»);\n", findings: [{ messageId: 'code', severity: 'warning' }] },
    { name: 'the address of a page', path: TS, code: 'eval(«location.hash.slice(1)»);\n', findings: [{ messageId: 'user' }] },
  ],
});
