import { commandInjection } from '../../src/guardians/security/rules/sec202-command-injection.ts';
import { ruleTester } from './rule-tester.ts';

const indent = (body: string, by = 4): string => body.split('\n').map((line) => `${' '.repeat(by)}${line}`).join('\n');
const fn = (body: string, parameters = 'name', before = ''): string => `import os\nimport subprocess\n${before}\n\ndef run(${parameters}):\n${indent(body)}\n`;
const view = (body: string): string => `import os\nimport shlex\nimport subprocess\nfrom flask import Flask, request\n\napp = Flask(__name__)\n\n\n@app.post("/run")\ndef run():\n    name = request.form["name"]\n${indent(body)}\n`;
const JS = 'src/gateway.ts';
const handler = (body: string): string => `import { exec, execFile, spawn } from 'node:child_process';\nimport { promisify } from 'node:util';\nconst execAsync = promisify(exec);\nexport async function run(req, res) {\n${indent(body, 2)}\n}\n`;

ruleTester(commandInjection, {
  valid: [
    { name: 'constants', code: fn('os.system("systemctl restart gateway")\nsubprocess.run("ls -l | wc", shell=True)\nsubprocess.run(f"kill -9 {PID}", shell=True)', '', 'PID = 12\n') },
    { name: 'a list without a shell', code: view('subprocess.run(["git", "clone", name])\nsubprocess.Popen(["ibgateway", "--user", name], shell=False)\nos.execl("/usr/bin/git", "git", "clone", name)') },
    { name: 'a command from a name', code: fn('subprocess.run(command)\nsubprocess.call(command, cwd="/srv")', 'command') },
    { name: 'quoted', code: view('os.system("git clone " + shlex.quote(name))\nsubprocess.run(f"git clone {shlex.quote(name)}", shell=True)') },
    { name: 'a check', code: view('if name not in ("start", "stop"):\n    raise ValueError(name)\nos.system("systemctl " + name + " gateway")') },
    { name: 'a number', code: fn('os.system(f"kill -9 {int(pid)}")\nos.system("kill %d" % pid)', 'pid') },
    { name: 'a typed number', code: fn('os.system(f"kill -9 {pid}")', 'pid: int') },
    { name: 'calls that are constant', code: 'import os\n\n\ndef run(command):\n    os.system(command)\n\n\nrun("ls")\nrun("df -h")\n' },
    { name: 'a list that a shell script gets as an argument', code: view('subprocess.run(["bash", "restart.sh", name])') },
    { name: 'another system', code: 'def run(board, name):\n    board.system("x" + name)\n    board.run("x " + name)\n' },
    { name: 'tests', code: fn('os.system("rm " + name)'), role: 'test' },
    { name: 'constants of Node', path: JS, code: handler("exec('git pull', () => {});\nspawn('git', ['clone', req.body.url]);\nexecFile('git', ['clone', req.body.url]);") },
    { name: 'an expression and a redis client', path: JS, code: handler("const m = /x(.*)/.exec(req.body.name);\nawait redis.multi().set('a', req.body.name).exec();\nawait Model.find({ name: req.body.name }).exec();") },
    { name: 'a number of Node', path: JS, code: handler('exec(`kill -9 ${Number(req.params.pid)}`);') },
  ],
  invalid: [
    { name: 'what a request sends', code: view('os.system(«"systemctl restart " + name»)\nsubprocess.run(«f"git clone {name}"», shell=True)\nsubprocess.check_output(«"git clone %s" % name», shell=True)'),
      findings: [{ messageId: 'user', severity: 'error', gate: 'merge', message: /^request\.form\[…\]|^request\.form is what others send, and a shell reads it/ }, { messageId: 'user' }, { messageId: 'user' }] },
    { name: 'a shell in a list', code: view('subprocess.run(«["bash", "-c", "git clone " + name]»)\ncommand = ["/bin/sh", "-c", f"git clone {name}"]\nsubprocess.Popen(«command»)'), findings: [{ messageId: 'user' }, { messageId: 'user', related: [/what somebody else sends/, /put together here/] }] },
    { name: 'the program they choose', code: view('subprocess.run(«[name, "--version"]»)'), findings: [{ messageId: 'program', severity: 'error', message: /it chooses the program that starts/ }] },
    { name: 'a parameter in a shell', code: fn('os.system(«"rm -rf " + name»)\nsubprocess.run(«name», shell=True)'), findings: [{ messageId: 'line', severity: 'warning', message: /^name is put into a command line: a space or ; in it starts something else\. Pass a list/ }, { messageId: 'line' }] },
    { name: 'an argument of the program', code: 'import os\nimport sys\n\nos.system(«"grep -R %s ." % sys.argv[1]»)\n', findings: [{ messageId: 'line', severity: 'warning', evidence: { origin: 'operator' } }] },
    { name: 'a line without a shell', code: fn('subprocess.call(«"grep -R {} .".format(name)»)'), findings: [{ messageId: 'line' }] },
    { name: 'by another name', code: 'import os\nfrom subprocess import run as go\n\n\ndef restart(name):\n    go(«f"systemctl restart {name}"», shell=True)\n    getattr(os, "system")(«"rm " + name»)\n', findings: [{ messageId: 'line' }, { messageId: 'line' }] },
    { name: 'over there', code: 'import paramiko\n\n\ndef restart(client, name):\n    client.exec_command(«"systemctl restart " + name»)\n', findings: [{ messageId: 'line' }] },
    { name: 'of an event loop', code: 'import asyncio\n\n\nasync def restart(name):\n    await asyncio.create_subprocess_shell(«"systemctl restart " + name»)\n    await asyncio.create_subprocess_exec(«"bash"», "-c", "systemctl restart " + name)\n', findings: [{ messageId: 'line' }, { messageId: 'line' }] },
    { name: 'Node', path: JS, code: handler('exec(«`git clone ${req.body.url}`»);\nawait execAsync(«"git clone " + req.query.url»);\nspawn(«\'sh\'», [\'-c\', `git clone ${req.body.url}`]);\nspawn(«`git clone ${req.body.url}`», { shell: true });'),
      findings: [{ messageId: 'user', severity: 'error' }, { messageId: 'user' }, { messageId: 'user' }, { messageId: 'user' }] },
    { name: 'a parameter of CommonJS', path: 'gateway.js', code: "const cp = require('child_process');\nfunction restart(name) {\n  cp.execSync(«'systemctl restart ' + name»);\n}\nmodule.exports = { restart };\n", findings: [{ messageId: 'line', severity: 'warning' }] },
  ],
});
