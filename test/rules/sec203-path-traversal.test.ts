import { pathTraversal } from '../../src/guardians/security/rules/sec203-path-traversal.ts';
import { ruleTester } from './rule-tester.ts';

const indent = (body: string, by = 4): string => body.split('\n').map((line) => `${' '.repeat(by)}${line}`).join('\n');
const view = (body: string): string => `import os\nfrom pathlib import Path\nfrom flask import Flask, request, send_file, send_from_directory\nfrom werkzeug.utils import secure_filename\n\napp = Flask(__name__)\nBASE = Path("/srv/reports")\n\n\n@app.get("/reports/<name>")\ndef report(name):\n${indent(body)}\n`;
const TS = 'src/reports.ts';
const handler = (body: string): string => `import fs from 'node:fs';\nimport path from 'node:path';\nexport async function report(req, res) {\n${indent(body, 2)}\n}\n`;

ruleTester(pathTraversal, {
  valid: [
    { name: 'a constant', code: view('return open("reports/last.html").read()') },
    { name: 'the base name', code: view('return open(os.path.join("reports", os.path.basename(name))).read()') },
    { name: 'a safe name', code: view('request.files["f"].save("x")\nreturn open(BASE / secure_filename(name)).read()') },
    { name: 'the folder of Flask', code: view('return send_from_directory("reports", name)') },
    { name: 'a check of the resolved path', code: view('path = (BASE / name).resolve()\nif not path.is_relative_to(BASE):\n    raise ValueError(name)\nreturn path.read_text()') },
    { name: 'a check by its beginning', code: view('path = os.path.realpath(os.path.join("/srv/reports", name))\nif not path.startswith("/srv/reports/"):\n    abort(404)\nreturn open(path).read()') },
    { name: 'the last part of a path', code: view('given = Path(name)\nreturn (BASE / Path(name).name).read_text() + (BASE / given.name).read_text()') },
    { name: 'a check by a list', code: view('if name not in os.listdir("reports"):\n    return "no", 404\nreturn open("reports/" + name).read()') },
    { name: 'a number', code: view('return open(f"reports/{int(name)}.html").read()') },
    { name: 'a parameter', code: 'def load(path):\n    return open(path).read()\n' },
    { name: 'the user\'s own command line', code: 'import argparse\nimport sys\n\nparser = argparse.ArgumentParser()\nparser.add_argument("path")\nargs = parser.parse_args()\nopen(args.path)\nopen(sys.argv[1])\n' },
    { name: 'the environment', code: 'import os\n\nopen(os.environ["LEDGER"])\nopen(os.getenv("LEDGER", "ledger.csv"))\n' },
    { name: 'a request of something else', code: 'def on_request(request):\n    return open(request.path).read()\n' },
    { name: 'tests', code: view('return open(name).read()'), role: 'test' },
    { name: 'a base name of Node', path: TS, code: handler("const data = fs.readFileSync(path.join('reports', path.basename(req.params.name)));\nres.sendFile(req.params.name, { root: 'reports' });") },
    { name: 'a check of Node', path: TS, code: handler("const file = path.resolve('reports', req.params.name);\nif (!file.startsWith(base)) return res.sendStatus(404);\nfs.readFileSync(file);") },
    { name: 'the arguments of Node', path: TS, code: "import fs from 'node:fs';\nfs.readFileSync(process.argv[2]);\nfs.readFileSync(process.env.LEDGER);\n" },
  ],
  invalid: [
    { name: 'the address', code: view('return open(«"reports/" + name»).read()'), findings: [{ messageId: 'path', severity: 'error', gate: 'merge', message: /^name is what others send, and it is part of a path: \.\.\/\.env is one, too\. Take its base name/ }] },
    { name: 'a form, joined', code: view('path = os.path.join("reports", request.form["name"])\nwith open(«path») as file:\n    return file.read()'), findings: [{ messageId: 'path', related: [/request\.form\S* is what somebody else sends/] }] },
    { name: 'pathlib', code: view('path = BASE / request.args["name"]\n«path».write_text("x")\nreturn «Path(request.args.get("name"))».read_text()'), findings: [{ messageId: 'path' }, { messageId: 'path' }] },
    { name: 'joined by a method, and by another name', code: `from os import remove as drop\n${view('«Path("reports").joinpath(name)».unlink()\ndrop(«name»)')}`, findings: [{ messageId: 'path' }, { messageId: 'path' }] },
    { name: 'sent and removed', code: view('os.remove(«f"reports/{name}"»)\nreturn send_file(«name»)'), findings: [{ messageId: 'path' }, { messageId: 'path' }] },
    { name: 'Django', code: 'from django.http import FileResponse\n\n\ndef report(request):\n    return FileResponse(open(«request.GET["name"]», "rb"))\n', findings: [{ messageId: 'path' }] },
    { name: 'only resolved', code: view('path = os.path.abspath(os.path.join("reports", name))\nreturn open(«path»).read()'), findings: [{ messageId: 'path' }] },
    { name: 'Express', path: TS, code: handler("fs.readFileSync(«path.join('reports', req.params.name)»);\nawait fs.promises.unlink(«`reports/${req.query.name}`»);\nres.sendFile(«path.resolve(req.params.name)»);"), findings: [{ messageId: 'path', severity: 'error' }, { messageId: 'path' }, { messageId: 'path' }] },
    { name: 'taken apart', path: TS, code: handler("const { name } = req.params;\nfs.createReadStream(«'reports/' + name»).pipe(res);"), findings: [{ messageId: 'path' }] },
  ],
});
