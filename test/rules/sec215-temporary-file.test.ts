import { temporaryFile } from '../../src/guardians/security/rules/sec215-temporary-file.ts';
import { ruleTester } from './rule-tester.ts';

const PY = 'import logging\nimport os\nimport tempfile\nimport uuid\nfrom pathlib import Path\n\n';
const TS = 'src/bot.ts';
const FS = "import fs from 'node:fs';\nimport os from 'node:os';\nimport path from 'node:path';\nimport { randomUUID } from 'node:crypto';\n";

ruleTester(temporaryFile, {
  valid: [
    { name: 'made at once', code: `${PY}with tempfile.NamedTemporaryFile() as file:\n    file.write(b"x")\nfd, path = tempfile.mkstemp()\nfolder = tempfile.mkdtemp()\nopen(os.path.join(folder, "state.json"), "w")\n` },
    { name: 'a name nobody knows', code: `${PY}open(f"/tmp/{uuid.uuid4()}.json", "w")\n` },
    { name: 'made or failed', code: `${PY}open("/tmp/bot.lock", "x")\n` },
    { name: 'another folder', code: `${PY}open("./tmp/state.json", "w")\nopen("/var/log/bot/tmp/x", "w")\nopen("/tmpfiles/x", "w")\n` },
    { name: 'a mode nobody can tell', code: `${PY}open("/tmp/x", mode)\n` },
    { name: 'tests', code: `${PY}open("/tmp/x", "w")\n`, role: 'test' },
    { name: 'suppressed', code: `${PY}open("/tmp/x", "w")  # tickguard: ignore[SEC215] the container has one user\n` },
    { name: 'scripts', path: TS, code: `${FS}fs.writeFileSync(path.join(os.tmpdir(), randomUUID()), data);\nfs.writeFileSync('/tmp/bot.lock', pid, { flag: 'wx' });\nfs.writeFileSync('tmp/state.json', data);\nconst dir = fs.mkdtempSync(path.join(os.tmpdir(), 'bot-'));\n` },
  ],
  invalid: [
    { name: 'mktemp', code: `${PY}path = «tempfile.mktemp()»\nother = «tempfile.mktemp(suffix=".json")»\n`, findings: [{ messageId: 'race', severity: 'warning', gate: 'merge' }, { messageId: 'race' }] },
    { name: 'a known name', code: `${PY}open(«"/tmp/state.json"», "w")\nwith open(«f"/tmp/{symbol}.csv"», "a") as file:\n    file.write("x")\nPath(«"/tmp/state.json"»).write_text("x")\nlogging.FileHandler(«"/tmp/bot.log"»)\nopen(«os.path.join(tempfile.gettempdir(), "bot.lock")», "w")\n`, findings: [{ messageId: 'known', severity: 'warning' }, { messageId: 'known' }, { messageId: 'known' }, { messageId: 'known' }, { messageId: 'known' }] },
    { name: 'believed', code: `${PY}open(«"/tmp/signal.json"»)\n`, findings: [{ messageId: 'read', severity: 'info' }] },
    { name: 'scripts', path: TS, code: `${FS}fs.writeFileSync(«'/tmp/state.json'», data);\nfs.createWriteStream(«\`/tmp/\${symbol}.csv\`»);\nfs.appendFileSync(«path.join(os.tmpdir(), 'bot.log')», line);\n`, findings: [{ messageId: 'known' }, { messageId: 'known' }, { messageId: 'known' }] },
  ],
});
