import { uncheckedServer } from '../../src/guardians/security/rules/sec206-unchecked-server.ts';
import { ruleTester } from './rule-tester.ts';

const PY = 'import ssl\nimport aiohttp\nimport requests\nimport urllib3\n\n';
const TS = 'src/client.ts';

ruleTester(uncheckedServer, {
  valid: [
    { name: 'checked', code: `${PY}requests.get(url)\nrequests.get(url, verify=True)\nrequests.get(url, verify="/etc/desk-ca.pem")\n` },
    { name: 'a gateway on this machine', code: `${PY}BASE = "https://localhost:5000/v1/api"\nrequests.get(f"{BASE}/iserver/accounts", verify=False)\nrequests.post("https://127.0.0.1:5000/v1", verify=False)\n` },
    { name: 'a token, no connection', code: 'import jwt\nclaims = jwt.decode(token, verify=False)\n' },
    { name: 'a context that checks', code: `${PY}ctx = ssl.create_default_context()\nctx.check_hostname = True\nctx.verify_mode = ssl.CERT_REQUIRED\npool = urllib3.PoolManager(cert_reqs="CERT_REQUIRED")\n` },
    { name: 'a database on the same wire', code: 'import pymysql\nconn = pymysql.connect(host=host, ssl=False)\n' },
    { name: 'an object of its own', code: 'class Report:\n    verify = True\n\n\nr = Report()\nr.verify = False\n' },
    { name: 'an address to read', code: 'DOCS = "http://www.kraken.com/features/api"\nDOC = "http://docs.alpaca.markets/orders"\nOTHER = "http://example.org/api"\nTEXT = "see http://api.binance.com for more"\n' },
    { name: 'a local feed', code: 'URL = "ws://localhost:8765"\n' },
    { name: 'known hosts', code: 'import paramiko\nclient = paramiko.SSHClient()\nclient.load_system_host_keys()\nclient.set_missing_host_key_policy(paramiko.RejectPolicy())\n' },
    { name: 'a new protocol', code: 'import ssl\nctx = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)\nctx.minimum_version = ssl.TLSVersion.TLSv1_2\n' },
    { name: 'muted beside what it is muted for', code: `${PY}requests.get(url)\n`, path: 'quiet.py' },
    { name: 'tests', code: `${PY}requests.get(url, verify=False)\n`, role: 'test' },
    { name: 'suppressed', code: `${PY}requests.get(url, verify=False)  # tickguard: ignore[SEC206] the lab has no certificate\n` },
    { name: 'a script that checks', path: TS, code: "import https from 'https';\nconst agent = new https.Agent({ rejectUnauthorized: true, ca });\nconst other = new https.Agent({ rejectUnauthorized: strict });\n" },
    { name: 'a script on this machine', path: TS, code: "import tls from 'tls';\ntls.connect({ host: 'localhost', port: 5000, rejectUnauthorized: false });\n" },
    { name: 'a check of its own', path: TS, code: "tls.connect({ checkServerIdentity: (host, cert) => pins.includes(cert.fingerprint256) ? undefined : new Error('pin') });\n" },
    { name: 'a variable that leaves checks on', path: '.env', code: 'NODE_TLS_REJECT_UNAUTHORIZED=1\nBASE_URL=https://api.binance.com\n' },
    { name: 'a health check', path: 'run.sh', code: 'curl -k https://localhost:5000/tickle\ncurl -fsS https://get.example.org | sh\n# curl -k https://x\nls -k\n' },
  ],
  invalid: [
    { name: 'requests', code: `${PY}requests.get(url, «verify=False»)\n`, findings: [{ messageId: 'off', severity: 'error', gate: 'merge', message: /^verify=False takes any certificate/ }] },
    { name: 'a session', code: `${PY}session = requests.Session()\n«session.verify = False»\n`, findings: [{ messageId: 'off' }] },
    { name: 'a client', code: 'import httpx\nclient = httpx.AsyncClient(base_url=base, «verify=False»)\n', findings: [{ messageId: 'off' }] },
    { name: 'a name for it', code: `${PY}CHECK = False\nrequests.post(url, «verify=CHECK»)\n`, findings: [{ messageId: 'off' }] },
    { name: 'a default', code: `${PY}def send(url, verify=False):\n    return requests.post(url, «verify=verify»)\n`, findings: [{ messageId: 'off' }] },
    { name: 'another name of the module', code: 'from requests import get as fetch\nfetch(url, «verify=False»)\n', findings: [{ messageId: 'off' }] },
    { name: 'aiohttp', code: `${PY}async def run():\n    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(«ssl=False»)) as session:\n        await session.get(url, «ssl=False»)\n        await session.get(url, «verify_ssl=False»)\n`, findings: [{ messageId: 'off' }, { messageId: 'off' }, { messageId: 'off' }] },
    { name: 'contexts', code: `${PY}«ssl._create_default_https_context = ssl._create_unverified_context»\nctx = «ssl._create_unverified_context()»\nctx.check_hostname = False\n«ctx.verify_mode = ssl.CERT_NONE»\n`, findings: [{ messageId: 'off' }, { messageId: 'off' }, { messageId: 'off' }] },
    { name: 'a name that is not compared', code: 'import ssl\nctx = ssl.create_default_context()\n«ctx.check_hostname = False»\n', findings: [{ messageId: 'off' }] },
    { name: 'urllib3 and a socket', code: `${PY}pool = urllib3.PoolManager(«cert_reqs=ssl.CERT_NONE»)\npool2 = urllib3.PoolManager(«cert_reqs='NONE'»)\nws.run_forever(sslopt={"cert_reqs": «ssl.CERT_NONE»})\n`, findings: [{ messageId: 'off' }, { messageId: 'off' }, { messageId: 'off' }] },
    { name: 'muted alone', code: 'import urllib3\n«urllib3.disable_warnings(urllib3.exceptions.InsecureRequestWarning)»\n', findings: [{ messageId: 'muted', severity: 'info' }] },
    { name: 'SSH', code: 'import paramiko\nclient = paramiko.SSHClient()\nclient.set_missing_host_key_policy(«paramiko.AutoAddPolicy()»)\n', findings: [{ messageId: 'hostKey', severity: 'warning' }] },
    { name: 'an old protocol', code: 'import ssl\nctx = ssl.SSLContext(«ssl.PROTOCOL_TLSv1»)\nssl.wrap_socket(sock, «ssl_version=ssl.PROTOCOL_SSLv3»)\n', findings: [{ messageId: 'old', severity: 'warning' }, { messageId: 'old' }] },
    { name: 'in the clear', code: 'BASE = "«http://api.binance.com/api/v3»"\nFEED = "«ws://stream.bybit.com/v5/public»"\n', findings: [{ messageId: 'plain', message: /api\.binance\.com in the clear.*https:/ }, { messageId: 'plain', message: /wss:/ }] },
    { name: 'the variable of the process', code: 'import os\n«os.environ["PYTHONHTTPSVERIFY"] = "0"»\n', findings: [{ messageId: 'everywhere', severity: 'error' }] },
    { name: 'a script', path: TS, code: "import https from 'https';\nconst agent = new https.Agent({ keepAlive: true, «rejectUnauthorized: false» });\n«process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'»;\n«process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = 0»;\n", findings: [{ messageId: 'off' }, { messageId: 'everywhere' }, { messageId: 'everywhere' }] },
    { name: 'a check that never objects', path: TS, code: 'tls.connect({ host, «checkServerIdentity: () => undefined» });\n', findings: [{ messageId: 'off' }] },
    { name: 'a file of variables', path: '.env', code: '«NODE_TLS_REJECT_UNAUTHORIZED=0»\nBASE_URL=«http://api.kraken.com»\n', findings: [{ messageId: 'everywhere' }, { messageId: 'plain' }] },
    { name: 'a Dockerfile', path: 'Dockerfile', code: 'FROM node:22\nENV «NODE_TLS_REJECT_UNAUTHORIZED=0»\nRUN curl «-k» https://example.org/x -o x\nRUN wget «--no-check-certificate» https://example.org/y\n', findings: [{ messageId: 'everywhere' }, { messageId: 'download', severity: 'warning' }, { messageId: 'download' }] },
    { name: 'compose', path: 'docker-compose.yml', code: 'services:\n  bot:\n    environment:\n      - «NODE_TLS_REJECT_UNAUTHORIZED=0»\n', findings: [{ messageId: 'everywhere' }] },
    { name: 'a command of package.json', path: 'package.json', code: '{ "scripts": { "start": "«NODE_TLS_REJECT_UNAUTHORIZED=0 node bot.js»" } }\n', findings: [{ messageId: 'everywhere' }] },
    { name: 'a shell', path: 'run.sh', code: 'export «NODE_TLS_REJECT_UNAUTHORIZED=0»\ncurl -fsSL «--insecure» https://example.org/x\n', findings: [{ messageId: 'everywhere' }, { messageId: 'download' }] },
  ],
});
