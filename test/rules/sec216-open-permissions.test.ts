import { openPermissions } from '../../src/guardians/security/rules/sec216-open-permissions.ts';
import { ruleTester } from './rule-tester.ts';

const PY = 'import os\nimport stat\nimport subprocess\nfrom pathlib import Path\n\n';
const TS = 'src/bot.ts';

ruleTester(openPermissions, {
  valid: [
    { name: 'for the owner', code: `${PY}os.chmod("state", 0o600)\nos.chmod("run.sh", 0o755)\nos.chmod("state", stat.S_IRUSR | stat.S_IWUSR)\nos.chmod("x", os.stat("x").st_mode | stat.S_IXUSR)\nPath("x").chmod(0o700)\nos.umask(0o077)\n` },
    { name: 'taken away', code: `${PY}os.chmod("x", os.stat("x").st_mode & ~0o002)\n` },
    { name: 'nobody can tell', code: `${PY}def f(path, mode):\n    os.chmod(path, mode)\n` },
    { name: 'a public key', code: `${PY}os.chmod("id_rsa.pub", 0o644)\nos.chmod("monkey.txt", 0o644)\n` },
    { name: 'a mode of its own', code: 'class Door:\n    def chmod(self, mode):\n        return mode\n\n\nDoor().chmod(0o777)\n' },
    { name: 'tests', code: `${PY}os.chmod("x", 0o777)\n`, role: 'test' },
    { name: 'suppressed', code: `${PY}os.chmod("x", 0o777)  # tickguard: ignore[SEC216] a socket of two users\n` },
    { name: 'scripts', path: TS, code: "import fs from 'fs';\nfs.chmodSync('run.sh', 0o755);\nfs.mkdirSync('data', { mode: 0o777 });\ndoor.chmod('x', 0o777);\n" },
    { name: 'commands', path: 'Dockerfile', code: 'FROM python:3.12\n# chmod 777 /app\nRUN chmod +x run.sh && chmod 755 run.sh && chmod u+w,g-w x && chmod o-w x\nCOPY --chmod=644 a b\n' },
  ],
  invalid: [
    { name: 'everybody', code: `${PY}os.chmod("state", «0o777»)\nos.chmod("state", «511»)\nos.chmod("state", «0o666»)\nos.fchmod(fd, «0x1ff»)\nPath("x").chmod(«0o777»)\n(folder / "x").chmod(«0o666»)\n`, findings: [{ messageId: 'write', severity: 'warning', gate: 'merge', message: /^0o777 lets every user/ }, { messageId: 'write' }, { messageId: 'write' }, { messageId: 'write' }, { messageId: 'write' }, { messageId: 'write' }] },
    { name: 'by name', code: `${PY}MODE = 0o777\nos.chmod("x", «MODE»)\nos.chmod("x", «stat.S_IRWXU | stat.S_IWOTH»)\nos.chmod("x", «os.stat("x").st_mode | 0o002»)\n`, findings: [{ messageId: 'write' }, { messageId: 'write' }, { messageId: 'write' }] },
    { name: 'keys for everybody to read', code: `${PY}os.chmod(".env", «0o644»)\nos.chmod("keys/api.pem", «0o744»)\n`, findings: [{ messageId: 'read' }, { messageId: 'read' }] },
    { name: 'the mask', code: `${PY}«os.umask(0)»\n`, findings: [{ messageId: 'mask' }] },
    { name: 'a command', code: `${PY}os.system(«"chmod -R 777 data"»)\nsubprocess.run(«["chmod", "a+w", "data"]»)\n`, findings: [{ messageId: 'write' }, { messageId: 'write' }] },
    { name: 'scripts', path: TS, code: "import fs from 'fs';\nimport { chmod } from 'node:fs/promises';\nfs.chmodSync('state', «0o777»);\nawait chmod('state', «'666'»);\n«process.umask(0)»;\n", findings: [{ messageId: 'write' }, { messageId: 'write' }, { messageId: 'mask' }] },
    { name: 'by another name', path: TS, code: "import { chmodSync as setMode } from 'node:fs';\nsetMode('state', «0o777»);\n", findings: [{ messageId: 'write' }] },
    { name: 'a Dockerfile', path: 'Dockerfile', code: 'FROM python:3.12\nRUN mkdir /data && chmod -R «777» /data\nCOPY --chown=a «--chmod=0666» x y\nRUN ["chmod", "«o+rw»", "/data"]\n', findings: [{ messageId: 'write' }, { messageId: 'write' }, { messageId: 'write' }] },
    { name: 'a shell', path: 'run.sh', code: 'umask «000»\nsudo chmod «a+rwx» data; chmod «ugo+rw» x\n'.replace('; chmod «ugo+rw» x', ''), findings: [{ messageId: 'write' }, { messageId: 'write' }] },
  ],
});
