/** SEC205, SEC207, SEC215 to SEC217: what is loaded, guessed, left in everybody's folder, opened to everybody, unpacked. */
import type { Draw, Form } from '../mutants/form.ts';
import { pythonView, securityForms } from './web-mutants.ts';

const typed = (draw: Draw, type = 'any'): string => (draw.place.typed ? `: ${type}` : '');
/** What waits or writes stands on somebody's tick path by right. */
const COSTLY = ['PRF001', 'PRF003', 'PRF004', 'SEC209'] as const;

const load: readonly Form[] = [
  ...securityForms('python', 'module', {
    'a request': (draw) => { const { imports, wrap } = pythonView(draw, ['flask', 'quart']); return { imports: `${imports}\nimport json\nimport pickle`, code: wrap('return str(«pickle.loads»(request.data))'), twin: wrap('return str(json.loads(request.data))') }; },
    'an answer': (draw) => { const fn = draw.name('fetch_model', 'pull_model'); const make = (body: string): string => `def ${fn}(url):\n    answer = requests.get(url, timeout=5)\n    return ${body}`; return { imports: 'import pickle\nimport requests', code: make('«pickle.loads»(answer.content)'), twin: make('answer.json()') }; },
    'a socket': (draw) => { const fn = draw.name('serve_state', 'read_state'); const make = (body: string): string => `def ${fn}(sock):\n    data = sock.recv(4096)\n    return ${body}`; return { imports: 'import json\nimport pickle', code: make('«pickle.loads»(data)'), twin: make('json.loads(data)') }; },
    'a file that is handed in': (draw) => { const [fn, path] = [draw.name('load_model', 'restore_state'), draw.one(['model_path', 'path', 'file_name'])]; const make = (body: string): string => `def ${fn}(${path}):\n    with open(${path}, "rb") as file:\n        return ${body}`; return { imports: 'import json\nimport pickle', code: make('«pickle.load»(file)'), twin: make('json.load(file)') }; },
    'a model of joblib': (draw) => { const [fn, lib] = [draw.name('load_signal', 'open_model'), draw.name('joblib', 'jl')]; const make = (body: string): string => `def ${fn}(path):\n    return ${body}`; return { imports: `import joblib as ${lib}`, code: make(`«${lib}.load»(path)`), twin: make(`${lib}.load("models/signal.joblib")`) }; },
    'weights': (draw) => { const fn = draw.name('load_net', 'restore_net'); const make = (flag: string, marks: readonly [string, string] = ['', '']): string => `def ${fn}(path):\n    return ${marks[0]}torch.load${marks[1]}(path, weights_only=${flag})`; return { imports: 'import torch', code: make('False', ['«', '»']), twin: make('True') }; },
    'everybody’s folder': (draw) => { const name = draw.name('kept_state', 'old_state'); return { imports: 'import pickle', code: `${name} = «pickle.load»(open("/tmp/${draw.one(['state', 'book'])}.pkl", "rb"))`, twin: `${name} = pickle.load(open("state.pkl", "rb"))` }; },
  }, { also: ['SEC215', ...COSTLY] }),
  ...securityForms('python', 'function', {
    'YAML': (draw) => { const name = draw.name('doc', 'settings_doc'); const loader = draw.one(['Loader', 'UnsafeLoader']); return { imports: 'import yaml', code: `${name} = «yaml.load»(open("settings.yaml"), ${draw.one(['Loader=', ''])}yaml.${loader})`, twin: `${name} = yaml.${draw.one(['safe_load(open("settings.yaml"))', 'load(open("settings.yaml"), Loader=yaml.SafeLoader)'])}` }; },
  }, { also: COSTLY }),
  ...securityForms('script', 'module', {
    'node-serialize': (draw) => { const [lib, name] = [draw.name('serialize', 'packer'), draw.name('state', 'restored')]; return { imports: draw.import(lib, 'node-serialize', true), code: `const ${name} = (text${typed(draw, 'string')}) => «${lib}.unserialize»(text);`, twin: `const ${name} = (text${typed(draw, 'string')}) => JSON.parse(text);` }; },
    'YAML with functions': (draw) => { const [lib, name] = [draw.name('yaml', 'yml'), draw.name('doc', 'settingsDoc')]; return { imports: draw.import(lib, 'js-yaml', true), code: `const ${name} = (text${typed(draw, 'string')}) => «${lib}.load»(text, { schema: ${lib}.DEFAULT_FULL_SCHEMA });`, twin: `const ${name} = (text${typed(draw, 'string')}) => ${lib}.load(text${draw.one(['', `, { schema: ${lib}.JSON_SCHEMA }`])});` }; },
  }),
];

const guess: readonly Form[] = [
  ...securityForms('python', 'function', {
    'a token': (draw) => { const name = draw.name('session_token', 'api_token', 'csrf_token'); return { imports: 'import random as dice\nimport secrets', code: `${name} = ${draw.one(['«dice.getrandbits(128)»', 'hex(«dice.randint(0, 2**64)»)', '"".join(«dice.choice("0123456789abcdef")» for _ in range(32))'])}`, twin: `${name} = secrets.token_hex(16)` }; },
    'a key': (draw) => { const name = draw.name('signing_key', 'session_key', 'encryption_key'); return { imports: 'from random import randbytes as some_bytes\nimport os', code: `${name} = «some_bytes(32)»`, twin: `${name} = os.urandom(32)` }; },
    'a nonce': (draw) => { const name = draw.name('nonce', 'salt', 'order_nonce'); return { imports: 'import random as dice\nimport secrets', code: `${name} = «dice.getrandbits(64)»`, twin: `${name} = secrets.randbits(64)` }; },
    'the name of an order': (draw) => { const name = draw.name('client_order_id', 'cl_ord_id', 'new_client_order_id'); return { imports: 'import random as dice\nimport uuid', code: `${name} = f"desk-{«dice.randint(1000, 9999)»}"`, twin: `${name} = f"desk-{uuid.uuid4()}"` }; },
    'a keyword': (draw) => ({ imports: 'import random as dice\nimport secrets', code: `desk_login(${draw.one(['secret', 'password', 'otp'])}=str(«dice.random()»))`, twin: 'desk_login(secret=secrets.token_hex(8))' }),
    'numpy': (draw) => { const name = draw.name('reset_token', 'access_token'); return { imports: 'import numpy as npx\nimport secrets', code: `${name} = «npx.random.bytes(16)»`, twin: `${name} = secrets.token_bytes(16)` }; },
  }),
  ...securityForms('python', 'module', {
    'a password': (draw) => { const fn = draw.name('new_password', 'make_password'); const make = (body: string): string => `def ${fn}():\n    return "".join(${body})`; return { imports: 'import random as dice\nimport secrets', code: make('«dice.choices("abcdefghijkmnp23456789", k=12)»'), twin: make('secrets.choice("abcdefghijkmnp23456789") for _ in range(12)') }; },
    'a signature': (draw) => { const fn = draw.name('sign_params', 'sign_query'); const make = (body: string): string => `def ${fn}(params, secret):\n    return ${body}.hexdigest()`; return { imports: 'import hashlib\nimport hmac', code: make('«hashlib.md5((params + secret).encode())»'), twin: make('hmac.new(secret.encode(), params.encode(), hashlib.sha256)') }; },
    'a stored password': (draw) => { const fn = draw.name('store_user', 'save_login'); const make = (body: string): string => `def ${fn}(user, password):\n    user.hash = ${body}`; return { imports: 'import hashlib\nimport bcrypt', code: make(`«hashlib.${draw.one(['md5', 'sha1'])}(password.encode())».hexdigest()`), twin: make('bcrypt.hashpw(password.encode(), bcrypt.gensalt())') }; },
  }),
  ...securityForms('script', 'function', {
    'a token': (draw) => { const name = draw.name('sessionToken', 'apiToken', 'csrfToken'); return { code: `const ${name} = «Math.random()».toString(36).slice(2);`, twin: `const ${name} = crypto.randomUUID();` }; },
    'the name of an order': (draw) => { const name = draw.name('clientOrderId', 'newClientOrderId'); return { code: `const ${name} = ${draw.one(["'desk' + Math.floor(«Math.random()» * 1e6)", '`desk-${Math.round(«Math.random()» * 99999)}`'])};`, twin: `const ${name} = 'desk' + crypto.randomUUID();` }; },
    'a field': (draw) => ({ code: `placeIt({ side: 'buy', ${draw.one(['newClientOrderId', 'clOrdId'])}: String(«Math.random()») });`, twin: "placeIt({ side: 'buy', newClientOrderId: crypto.randomUUID() });" }),
    'a nonce': (draw) => { const name = draw.name('nonce', 'salt'); return { code: `const ${name} = «Math.random()»;`, twin: `const ${name} = crypto.randomUUID();` }; },
  }),
  ...securityForms('script', 'module', {
    'a stored password': (draw) => { const [lib, fn] = [draw.name('cryptoLib', 'nodeCrypto'), draw.name('hashPassword', 'storeUser')]; const make = (body: string): string => `function ${fn}(password${typed(draw, 'string')}) {\n  return ${body};\n}`; return { imports: draw.import(lib, 'crypto', true), code: make(`«${lib}.createHash('${draw.one(['md5', 'sha1'])}')».update(password).digest('hex')`), twin: make(`${lib}.scryptSync(password, ${lib}.randomBytes(16), 32)`) }; },
  }),
];

const everybody: readonly Form[] = [
  ...securityForms('python', 'function', {
    'written': (draw) => ({ code: `with open(«${draw.one(['"/tmp/state.json"', '"/var/tmp/bot.log"', '"/dev/shm/book.json"'])}», "${draw.one(['w', 'a'])}") as file:\n    file.write("x")`, twin: 'with open("state/state.json", "w") as file:\n    file.write("x")' }),
    'with a name in it': (draw) => { const name = draw.name('symbol_name', 'which_one'); return { code: `${name} = "ES"\nopen(«f"/tmp/{${name}}.csv"», "a")`, twin: `${name} = "ES"\nopen(f"data/{${name}}.csv", "a")` }; },
    'mktemp': (draw) => { const name = draw.name('scratch', 'temp_path'); return { imports: 'import tempfile', code: `${name} = «tempfile.mktemp(${draw.one(['', 'suffix=".json"'])})»`, twin: `${name} = tempfile.mkstemp()` }; },
    'a path': () => ({ imports: 'from pathlib import Path', code: 'Path(«"/tmp/state.json"»).write_text("x")', twin: 'Path("state.json").write_text("x")' }),
    'the folder by its function': () => ({ imports: 'import os\nimport tempfile', code: 'open(«os.path.join(tempfile.gettempdir(), "bot.lock")», "w")', twin: 'open(os.path.join(tempfile.mkdtemp(), "bot.lock"), "w")' }),
    'a log': (draw) => { const name = draw.name('file_log', 'to_file'); return { imports: 'import logging', code: `${name} = logging.FileHandler(«"/tmp/bot.log"»)`, twin: `${name} = logging.FileHandler("logs/bot.log")` }; },
  }, { also: COSTLY }),
  ...securityForms('script', 'function', {
    'written': (draw) => { const fs = draw.name('fsLib', 'disk'); return { imports: draw.import(fs, 'fs', true), code: `${fs}.${draw.one(['writeFileSync', 'appendFileSync'])}(«'/tmp/${draw.one(['state', 'book'])}.json'», '{}');`, twin: `${fs}.writeFileSync('state.json', '{}');` }; },
    'a stream': (draw) => { const fs = draw.name('fsLib', 'disk'); return { imports: draw.import(fs, 'fs', true), code: `${fs}.createWriteStream(«'/tmp/ticks.csv'»);`, twin: `${fs}.createWriteStream('data/ticks.csv');` }; },
    'the folder by its function': (draw) => { const [fs, os, path] = [draw.name('fsLib', 'disk'), draw.name('osLib', 'machine'), draw.name('pathLib', 'paths')]; return { imports: [draw.import(fs, 'fs', true), draw.import(os, 'os', true), draw.import(path, 'path', true)].join('\n'), code: `${fs}.writeFileSync(«${path}.join(${os}.tmpdir(), 'bot.log')», 'x');`, twin: `${fs}.writeFileSync(${path}.join(${fs}.mkdtempSync(${path}.join(${os}.tmpdir(), 'bot-')), 'bot.log'), 'x');` }; },
  }, { also: COSTLY }),
];

const modes: readonly Form[] = [
  ...securityForms('python', 'function', {
    'everybody': (draw) => ({ imports: 'import os', code: `os.${draw.one(['chmod("state"', 'chmod("data/book.db"', 'fchmod(3'])}, «${draw.one(['0o777', '0o666', '511', '0x1ff'])}»)`, twin: 'os.chmod("state", 0o600)' }),
    'over a name': (draw) => { const name = draw.name('mode', 'rights'); return { imports: 'import os', code: `${name} = 0o777\nos.chmod("state", «${name}»)`, twin: `${name} = 0o700\nos.chmod("state", ${name})` }; },
    'flags': () => ({ imports: 'import os\nimport stat', code: 'os.chmod("state", «stat.S_IRWXU | stat.S_IWOTH»)', twin: 'os.chmod("state", stat.S_IRUSR | stat.S_IWUSR)' }),
    'a key to read': (draw) => ({ imports: 'import os', code: `os.chmod("${draw.one(['.env', 'keys/api.pem', '.env.live'])}", «0o644»)`, twin: 'os.chmod(".env", 0o600)' }),
    'a path': () => ({ imports: 'from pathlib import Path', code: 'Path("state").chmod(«0o777»)', twin: 'Path("state").chmod(0o700)' }),
    'the mask': () => ({ imports: 'import os', code: '«os.umask(0)»', twin: 'os.umask(0o077)' }),
    'a command': (draw) => ({ imports: 'import os\nimport subprocess', code: draw.one(['os.system(«"chmod -R 777 data"»)', 'subprocess.run(«["chmod", "a+w", "data"]»)']), twin: 'subprocess.run(["chmod", "u+w", "data"])' }),
  }, { also: COSTLY }),
  ...securityForms('script', 'function', {
    'everybody': (draw) => { const fs = draw.name('fsLib', 'disk'); return { imports: draw.import(fs, 'fs', true), code: `${fs}.chmodSync('state', «${draw.one(['0o777', '0o666', "'777'"])}»);`, twin: `${fs}.chmodSync('state', 0o600);` }; },
    'by name': (draw) => { const chmod = draw.name('setMode', 'changeMode'); return { imports: draw.place.commonJs ? `const { chmodSync: ${chmod} } = require('fs');` : `import { chmodSync as ${chmod} } from 'node:fs';`, code: `${chmod}('state', «0o777»);`, twin: `${chmod}('state', 0o755);` }; },
    'the mask': () => ({ code: '«process.umask(0)»;', twin: 'process.umask(0o077);' }),
  }, { also: COSTLY }),
];

const unpack: readonly Form[] = [
  ...securityForms('python', 'module', {
    'an answer': (draw) => { const fn = draw.name('pull_bars', 'fetch_archive'); const make = (call: string): string => `def ${fn}(url):\n    data = requests.get(url, timeout=5).content\n    with tarfile.open(fileobj=io.BytesIO(data)) as tar:\n        ${call}`; return { imports: 'import io\nimport requests\nimport tarfile', code: make('«tar.extractall»("data")'), twin: make('tar.extractall("data", filter="data")') }; },
    'handed in': (draw) => { const fn = draw.name('unpack_bars', 'open_archive'); const make = (call: string): string => `def ${fn}(path):\n    ${call}`; return draw.chance(0.5) ? { imports: 'import tarfile', code: make('tar = tarfile.open(path)\n    «tar.extractall»("data")'), twin: make('tar = tarfile.open(path)\n    tar.extractall("data", filter="data")') } : { imports: 'import shutil', code: make('«shutil.unpack_archive»(path, "data")'), twin: make('shutil.unpack_archive(path, "data", filter="data")') }; },
    'an upload': (draw) => { const { imports, wrap } = pythonView(draw, ['flask']); return { imports: `${imports}\nimport tarfile`, code: wrap('«tarfile.open(fileobj=request.files["bars"]).extractall»("data")'), twin: wrap('tarfile.open(fileobj=request.files["bars"]).extractall("data", filter="data")') }; },
    'a document': (draw) => { const { imports, wrap } = pythonView(draw, ['flask', 'quart']); const et = draw.name('ET', 'etree_of'); return { imports: `${imports}\nimport xml.etree.ElementTree as ${et}`, code: wrap(`return «${et}.fromstring»(request.data).tag`), twin: wrap(`return ${et}.fromstring("<a/>").tag`) }; },
  }),
  ...securityForms('python', 'function', {
    'entities': (draw) => { const name = draw.name('parser', 'xml_parser'); return { imports: 'from lxml import etree as lx', code: `${name} = lx.XMLParser(«${draw.one(['resolve_entities=True', 'no_network=False'])}»)`, twin: `${name} = lx.XMLParser(resolve_entities=False)` }; },
  }),
  ...securityForms('script', 'module', {
    'a member’s own name': (draw) => { const [fs, path, zip, fn] = [draw.name('fsLib', 'disk'), draw.name('pathLib', 'paths'), draw.name('yauzl', 'zipLib'), draw.name('unpackAll', 'takeEntries')]; const make = (body: string): string => `function ${fn}(entries${typed(draw)}, folder${typed(draw, 'string')}, data${typed(draw)}) {\n  for (const entry of entries) {\n    ${body}\n  }\n}`; return { imports: [draw.import(fs, 'fs', true), draw.import(path, 'path', true), draw.import(zip, draw.one(['yauzl', 'unzipper']), true)].join('\n'), code: make(`${fs}.writeFileSync(«${path}.join(folder, entry.${draw.one(['fileName', 'path'])})», data);`), twin: make(`${fs}.writeFileSync(${path}.join(folder, ${path}.basename(entry.path)), data);`) }; },
    'entities': (draw) => { const [lib, name] = [draw.name('libxmljs', 'xmlLib'), draw.name('parseDoc', 'readDoc')]; const make = (flag: string): string => `const ${name} = (text${typed(draw, 'string')}) => ${lib}.parseXml(text, { noent: ${flag} });`; return { imports: draw.import(lib, 'libxmljs', true), code: make('«true»'), twin: make('false') }; },
  }),
];

export const LOADING_MUTANTS: Readonly<Record<string, readonly Form[]>> = { SEC205: load, SEC207: guess, SEC215: everybody, SEC216: modes, SEC217: unpack };
