import { hostileFile } from '../../src/guardians/security/rules/sec217-hostile-file.ts';
import { ruleTester } from './rule-tester.ts';

const PY = 'import io\nimport shutil\nimport sys\nimport tarfile\nimport xml.etree.ElementTree as ET\nimport zipfile\n\nimport requests\nfrom lxml import etree\n\n\n';
const FLASK = `from flask import Flask, request\n${PY}app = Flask(__name__)\n\n\n`;
const TS = 'src/unpack.ts';

ruleTester(hostileFile, {
  valid: [
    { name: 'with a filter', code: `${PY}with tarfile.open(sys.argv[1]) as tar:\n    tar.extractall("data", filter="data")\nshutil.unpack_archive(sys.argv[1], "data", filter="data")\n` },
    { name: 'members that were checked', code: `${PY}with tarfile.open(sys.argv[1]) as tar:\n    tar.extractall("data", members=safe(tar))\n` },
    { name: 'an archive beside the program', code: `${PY}with tarfile.open("bars.tar.gz") as tar:\n    tar.extractall("data")\n` },
    { name: 'a zip', code: `${PY}with zipfile.ZipFile(sys.argv[1]) as archive:\n    archive.extractall("data")\n` },
    { name: 'another extract', code: `${PY}features = model.extract(bars)\ntext.extractall()\n` },
    { name: 'a file of its own', code: `${PY}tree = ET.parse("session.xml")\nroot = ET.fromstring(text)\nparser = etree.XMLParser(resolve_entities=False)\n` },
    { name: 'defused', code: `from defusedxml import ElementTree as ET\n${FLASK.replace('import xml.etree.ElementTree as ET\n', '')}@app.post("/fix")\ndef fix():\n    return ET.fromstring(request.data).tag\n` },
    { name: 'tests', code: `${PY}tarfile.open(sys.argv[1]).extractall()\n`, role: 'test' },
    { name: 'suppressed', code: `${PY}tarfile.open(sys.argv[1]).extractall()  # tickguard: ignore[SEC217] Python 3.14\n` },
    { name: 'a path that is checked', path: TS, code: "import fs from 'fs';\nimport path from 'path';\nimport unzipper from 'unzipper';\nfor (const entry of entries) {\n  const target = path.resolve(folder, entry.path);\n  if (!target.startsWith(folder + path.sep)) continue;\n  fs.writeFileSync(target, data);\n}\n" },
  ],
  invalid: [
    { name: 'an answer', code: `${PY}data = requests.get(url, timeout=5).content\nwith tarfile.open(fileobj=io.BytesIO(data)) as tar:\n    «tar.extractall»("data")\n`, findings: [{ messageId: 'archive', severity: 'error', gate: 'merge', message: /filter="data"/ }] },
    { name: 'an upload', code: `${FLASK}@app.post("/bars")\ndef bars():\n    «tarfile.open(fileobj=request.files["bars"]).extractall»("data")\n    return "ok"\n`, findings: [{ messageId: 'archive' }] },
    { name: 'handed in', code: `${PY}def unpack(path):\n    tar = tarfile.open(path)\n    «tar.extractall»("data")\n    «shutil.unpack_archive»(path, "data")\n`, findings: [{ messageId: 'handed', severity: 'warning' }, { messageId: 'handed' }] },
    { name: 'entities', code: `${PY}parser = etree.XMLParser(«resolve_entities=True»)\nother = etree.XMLParser(«no_network=False»)\n`, findings: [{ messageId: 'entities', severity: 'warning' }, { messageId: 'entities' }] },
    { name: 'a document of somebody', code: `${FLASK}@app.post("/fix")\ndef fix():\n    return «ET.fromstring»(request.data).tag\n`, findings: [{ messageId: 'bomb', severity: 'warning', message: /defusedxml/ }] },
    { name: 'a member’s own name', path: TS, code: "import fs from 'fs';\nimport path from 'path';\nimport yauzl from 'yauzl';\nfor (const entry of entries) {\n  fs.writeFileSync(«path.join(folder, entry.fileName)», data);\n  const target = path.join(folder, entry.fileName);\n  fs.createWriteStream(«target»);\n}\n", findings: [{ messageId: 'slip', severity: 'error' }, { messageId: 'slip' }] },
    { name: 'a check somewhere else', path: TS, code: "import fs from 'fs';\nimport path from 'path';\nimport yauzl from 'yauzl';\nfunction isOurs(name: string) { return name.startsWith('desk'); }\nfunction unpack(entries: any, folder: string, data: any) {\n  for (const entry of entries) { fs.writeFileSync(«path.join(folder, entry.path)», data); }\n}\n", findings: [{ messageId: 'slip' }] },
    { name: 'entities of a script', path: TS, code: "import libxmljs from 'libxmljs';\nconst doc = libxmljs.parseXml(text, { noent: «true» });\n", findings: [{ messageId: 'entities', severity: 'warning' }] },
  ],
});
