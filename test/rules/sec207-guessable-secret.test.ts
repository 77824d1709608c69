import { guessable } from '../../src/guardians/security/rules/sec207-guessable-secret.ts';
import { ruleTester } from './rule-tester.ts';

const PY = 'import hashlib\nimport hmac\nimport random\nimport secrets\nimport string\nimport uuid\n\nimport numpy as np\n\n\n';
const TS = 'src/bot.ts';

ruleTester(guessable, {
  valid: [
    { name: 'a simulation', code: `${PY}price = 100 + random.random()\nreturns = np.random.normal(0, 1, 100)\ndelay = random.uniform(0.5, 1.5)\nsize = random.choice([1, 2, 3])\n` },
    { name: 'from the system', code: `${PY}token = secrets.token_hex(16)\norder_id = str(uuid.uuid4())\nkey = random.SystemRandom().getrandbits(128)\napi_key = "".join(secrets.choice(string.ascii_letters) for _ in range(32))\n` },
    { name: 'one of several tokens that trade', code: `${PY}token = random.choice(["ETH", "BTC", "SOL"])\ntoken_price = random.random()\npad_token = random.randint(0, 9)\n` },
    { name: 'a key of a table', code: `${PY}key = random.choice(list(table))\nkey = random.randint(0, 9)\nmax_tokens = random.randint(100, 200)\n` },
    { name: 'with the moment beside it', code: `${PY}import time\n\nclient_order_id = f"bot-{int(time.time() * 1000)}-{random.randint(0, 999)}"\n\n\ndef get_nonce():\n    suffix = random.randint(0, 999)\n    return int(str(now_ms()) + str(suffix))\n` },
    { name: 'an index', code: `${PY}secret = words[random.randint(0, 9)]\npassword = read() if random.random() < 0.5 else None\n` },
    { name: 'made up', code: `${PY}def simulate_order():\n    return {"order_id": random.randint(1, 10**9)}\n\n\nclass MockBroker:\n    def place(self):\n        order_id = random.randint(1, 10**6)\n        return order_id\n` },
    { name: 'a hash of bytes', code: `${PY}etag = hashlib.md5(body).hexdigest()\nkey = hashlib.sha1(f"{symbol}{day}".encode()).hexdigest()\nsafe = hashlib.md5(password.encode(), usedforsecurity=False)\n` },
    { name: 'HMAC', code: `${PY}signature = hmac.new(secret, body, hashlib.sha1).hexdigest()\n` },
    { name: 'a good hash', code: `${PY}signature = hashlib.sha256(body + secret).hexdigest()\n` },
    { name: 'tests', code: `${PY}token = random.getrandbits(64)\n`, role: 'test' },
    { name: 'suppressed', code: `${PY}nonce = random.getrandbits(64)  # tickguard: ignore[SEC207] a number of the test net\n` },
    { name: 'scripts', path: TS, code: "import crypto from 'crypto';\nconst jitter = Math.random() * 100;\nconst id = crypto.randomUUID();\nconst token = tokens[Math.floor(Math.random() * tokens.length)];\nconst etag = crypto.createHash('md5').update(body).digest('hex');\nconst sign = crypto.createHmac('sha1', secret).update(body).digest('hex');\n" },
  ],
  invalid: [
    { name: 'a token', code: `${PY}token = «random.getrandbits(128)»\nsession_token = hex(«random.randint(0, 2**64)»)\nself.api_key = "".join(«random.choice(string.ascii_letters + string.digits)» for _ in range(32))\n`, findings: [{ messageId: 'secret', severity: 'error', gate: 'merge', message: /^token is made of.*secrets module/ }, { messageId: 'secret' }, { messageId: 'secret' }] },
    { name: 'a field, a keyword, an answer', code: `${PY}def new_password():\n    return "".join(«random.choices("abcdefghijklmnop", k=12)»)\n\n\nuser = {"session_id": «random.randbytes(8)»}\nlogin(secret=str(«random.random()»))\n`, findings: [{ messageId: 'secret' }, { messageId: 'secret' }, { messageId: 'secret' }] },
    { name: 'through a variable', code: `${PY}def make():\n    parts = [«random.choice(string.hexdigits)» for _ in range(32)]\n    api_secret = "".join(parts)\n    return api_secret\n`, findings: [{ messageId: 'secret', message: /^api_secret/ }] },
    { name: 'numpy and an object', code: `${PY}rng = random.Random(7)\nnonce = «rng.getrandbits(64)»\nsalt = «np.random.bytes(8)»\n`, findings: [{ messageId: 'nonce', severity: 'warning' }, { messageId: 'nonce' }] },
    { name: 'an order', code: `${PY}client_order_id = f"bot-{«random.randint(1000, 9999)»}"\nplace(cl_ord_id=str(«random.randint(0, 99999)»))\n`, findings: [{ messageId: 'order', severity: 'warning', message: /uuid\.uuid4/ }, { messageId: 'order' }] },
    { name: 'a password under MD5', code: `${PY}def store(user, password):\n    user.hash = «hashlib.md5(password.encode())».hexdigest()\n\n\ndef other(user, pw):\n    h = «hashlib.sha1()»\n    h.update(pw)\n    user.hash = h.hexdigest()\n\n\ndef third(user, text):\n    user.setPassword(«hashlib.new("md5", text)».hexdigest())\n`, findings: [{ messageId: 'password', severity: 'error', message: /under MD5/ }, { messageId: 'password', message: /SHA-1/ }, { messageId: 'password' }] },
    { name: 'a signature', code: `${PY}def sign(params, secret):\n    return «hashlib.md5((params + secret).encode())».hexdigest().upper()\n`, findings: [{ messageId: 'signature', severity: 'warning' }] },
    { name: 'scripts', path: TS, code: "import crypto from 'crypto';\nconst token = «Math.random()».toString(36).slice(2);\nconst clientOrderId = 'x' + Math.floor(«Math.random()» * 1e6);\nfunction hash(password: string) { return «crypto.createHash('md5')».update(password).digest('hex'); }\nplace({ newClientOrderId: String(«Math.random()»), nonce: «Math.random()» });\n", findings: [{ messageId: 'secret', message: /crypto\.randomBytes/ }, { messageId: 'order', message: /randomUUID/ }, { messageId: 'password' }, { messageId: 'order' }, { messageId: 'nonce' }] },
  ],
});
