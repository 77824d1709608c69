import { debugServer } from '../../src/guardians/security/rules/sec208-debug-server.ts';
import { ruleTester } from './rule-tester.ts';

const FLASK = 'import os\nfrom flask import Flask\n\napp = Flask(__name__)\n\n\n';
const ROUTE = '@app.route("/orders")\ndef orders():\n    return str(broker.orders())\n\n\n';

ruleTester(debugServer, {
  valid: [
    { name: 'off', code: `${FLASK}app.run(debug=False)\napp.run()\n` },
    { name: 'from the environment', code: `${FLASK}app.run("127.0.0.1", debug=os.environ.get("DEBUG") == "1")\napp.config["DEBUG"] = os.environ.get("DEBUG") == "1"\n` },
    { name: 'another run', code: 'bot = Bot()\nbot.run(debug=True)\nasyncio.run(main(), debug=True)\nlog.debug("x")\n' },
    { name: 'behind a password', code: `import dash_auth\n${FLASK}${ROUTE}app.run(host="0.0.0.0")\n` },
    { name: 'on this machine', code: `${FLASK}${ROUTE}app.run(host="127.0.0.1", port=8000)\n` },
    { name: 'no handlers', code: `${FLASK}app.run(host="0.0.0.0")\n` },
    { name: 'nothing that trades', files: { 'site.py': `${FLASK}${ROUTE}app.run(host="0.0.0.0")\n` } },
    { name: 'settings of the developer', path: 'desk/settings/local.py', code: 'INSTALLED_APPS = []\nDEBUG = True\n' },
    { name: 'not Django', path: 'settings.py', code: 'DEBUG = True\n' },
    { name: 'a variable of the own machine', path: '.env', code: 'FLASK_DEBUG=1\n' },
    { name: 'tests', code: `${FLASK}app.run(debug=True)\n`, role: 'test' },
    { name: 'suppressed', code: `${FLASK}app.run(debug=True)  # tickguard: ignore[SEC208] a demo\n` },
    { name: 'an inspector at home', path: 'Dockerfile', code: 'FROM node:22\n# node --inspect=0.0.0.0 bot.js\nCMD ["node", "--inspect=127.0.0.1:9229", "bot.js"]\nRUN jupyter lab --NotebookApp.token=abc\n' },
  ],
  invalid: [
    { name: 'debug', code: `${FLASK}app.run(«debug=True»)\n`, findings: [{ messageId: 'console', severity: 'warning', gate: 'deploy' }] },
    { name: 'debug for everybody', code: `${FLASK}app.run(host="0.0.0.0", «debug=True»)\napp.run("0.0.0.0", 8000, «debug=True»)\n`, findings: [{ messageId: 'open', severity: 'error', message: /on 0\.0\.0\.0/ }, { messageId: 'open' }] },
    { name: 'by settings', code: `${FLASK}«app.debug = True»\n«app.config["DEBUG"] = True»\napp.config.update(«DEBUG=True»)\n`, findings: [{ messageId: 'console' }, { messageId: 'console' }, { messageId: 'console' }] },
    { name: 'Dash', code: 'import dash\n\napp = dash.Dash(__name__)\napp.run_server(«debug=True»)\n', findings: [{ messageId: 'console' }] },
    { name: 'an application of another file', code: 'from desk import create_app\n\napp = create_app()\napp.run(«debug=True»)\n', findings: [{ messageId: 'console' }] },
    { name: 'Werkzeug', code: 'from werkzeug.serving import run_simple\nfrom werkzeug.debug import DebuggedApplication\nrun_simple("0.0.0.0", 8000, app, «use_debugger=True»)\nwrapped = «DebuggedApplication(app)»\n', findings: [{ messageId: 'open' }, { messageId: 'console' }] },
    { name: 'FastAPI', code: 'from fastapi import FastAPI\n\napp = FastAPI(«debug=True»)\n', findings: [{ messageId: 'pages', severity: 'warning' }] },
    { name: 'Django', path: 'desk/settings.py', code: 'INSTALLED_APPS = []\n«DEBUG = True»\n', findings: [{ messageId: 'settings', severity: 'warning' }] },
    { name: 'a dashboard for everybody', code: `${FLASK}${ROUTE}app.run(host=«"0.0.0.0"»)\n`, findings: [{ messageId: 'bind', severity: 'warning' }] },
    { name: 'uvicorn', code: 'import uvicorn\nfrom fastapi import FastAPI\n\napp = FastAPI()\n\n\n@app.post("/close")\ndef close():\n    return broker.close_all()\n\n\nuvicorn.run(app, host=«"0.0.0.0"», port=8000)\n', findings: [{ messageId: 'bind' }] },
    { name: 'along with the deployment', path: 'Dockerfile', code: 'FROM python:3.12\nENV «FLASK_DEBUG=1»\nENV «FLASK_ENV=development»\n', findings: [{ messageId: 'variable', severity: 'warning' }, { messageId: 'variable' }] },
    { name: 'an inspector', path: 'package.json', code: '{ "scripts": { "start": "node «--inspect=0.0.0.0:9229» bot.js" } }\n', findings: [{ messageId: 'inspector', severity: 'error' }] },
    { name: 'Jupyter', path: 'run.sh', code: "jupyter lab --ip=0.0.0.0 «--NotebookApp.token=''»\njupyter lab «--ServerApp.token=» --no-browser\n", findings: [{ messageId: 'jupyter', severity: 'error' }, { messageId: 'jupyter' }] },
  ],
});
