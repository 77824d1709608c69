import { unsafeLoads } from '../../src/guardians/security/rules/sec205-unsafe-load.ts';
import { ruleTester } from './rule-tester.ts';

const PY = 'import io\nimport pickle\nimport sys\n\nimport joblib\nimport numpy as np\nimport pandas as pd\nimport requests\nimport torch\nimport yaml\n\n\n';
const FLASK = `from flask import Flask, request\n${PY}app = Flask(__name__)\n\n\n`;

ruleTester(unsafeLoads, {
  valid: [
    { name: 'a file beside the program', code: `${PY}model = joblib.load("models/signal.joblib")\nframe = pd.read_pickle("bars.pkl")\nwith open("state.pkl", "rb") as file:\n    state = pickle.load(file)\nother = pickle.load(open("state.pkl", "rb"))\n` },
    { name: 'a file beside the program, by its folder', code: `${PY}import os\nHERE = os.path.dirname(__file__)\nmodel = joblib.load(os.path.join(HERE, "signal.joblib"))\n` },
    { name: 'what it wrote itself', code: `${PY}class Cache:\n    def __init__(self, path):\n        self.path = path\n\n    def save(self, value):\n        with open(self.path, "wb") as file:\n            pickle.dump(value, file)\n\n    def load(self):\n        with open(self.path, "rb") as file:\n            return pickle.load(file)\n` },
    { name: 'a cache with the symbol in its name', code: `${PY}def cached(symbol):\n    path = f"cache/{symbol}.pkl"\n    frame = pd.read_pickle(path)\n    frame.to_pickle(path)\n    return frame\n` },
    { name: 'a store below a folder', code: `${PY}import shelve\nfrom pathlib import Path\n\n\nclass Lab:\n    def __init__(self, folder):\n        self.folder = Path(folder)\n\n    def save(self, symbol, value):\n        path = self.folder.joinpath(symbol)\n        with shelve.open(str(path)) as db:\n            db.update(value)\n` },
    { name: 'a copy', code: `${PY}def copy(order):\n    return pickle.loads(pickle.dumps(order))\n` },
    { name: 'arrays of numbers', code: `${PY}a = np.load(sys.argv[1])\nb = np.load(sys.argv[1], allow_pickle=False)\n` },
    { name: 'weights', code: `${PY}def load(path):\n    return torch.load(path, weights_only=True)\n` },
    { name: 'nobody can tell', code: `${PY}class Runner:\n    def load(self):\n        return joblib.load(self.config.model_path)\n` },
    { name: 'safe loaders', code: `${PY}def settings(text):\n    return yaml.safe_load(text), yaml.load(text, Loader=yaml.SafeLoader), yaml.load(text, yaml.CSafeLoader), yaml.load(text, Loader=yaml.FullLoader)\n` },
    { name: 'a loader that is handed in', code: `${PY}def settings(text, loader):\n    return yaml.load(text, Loader=loader)\n` },
    { name: 'ruamel', code: 'from ruamel.yaml import YAML\nyaml = YAML(typ="rt")\nx = yaml.load(text)\n' },
    { name: 'an object of its own', code: 'class pickle:\n    @staticmethod\n    def loads(text):\n        return text\n\n\ndef f(text):\n    return pickle.loads(text)\n' },
    { name: 'tests', code: `${PY}def load(data):\n    return pickle.loads(data)\n`, role: 'test' },
    { name: 'suppressed', code: `${PY}def load(data):\n    return pickle.loads(data)  # tickguard: ignore[SEC205] signed before\n` },
    { name: 'JSON', path: 'src/bot.ts', code: "import yaml from 'js-yaml';\nconst a = JSON.parse(text);\nconst b = yaml.load(text);\nconst c = yaml.load(text, { schema: yaml.JSON_SCHEMA });\n" },
  ],
  invalid: [
    { name: 'a request', code: `${FLASK}@app.post("/state")\ndef state():\n    return str(«pickle.loads»(request.data))\n`, findings: [{ messageId: 'user', severity: 'error', gate: 'merge' }] },
    { name: 'a request through names', code: `import base64\n${FLASK}@app.get("/")\ndef index():\n    raw = request.cookies.get("state")\n    blob = base64.b64decode(raw)\n    return str(«pickle.loads»(blob))\n`, findings: [{ messageId: 'user' }] },
    { name: 'an answer', code: `${PY}response = requests.get(url, timeout=5)\nmodel = «pickle.loads»(response.content)\nother = «joblib.load»(io.BytesIO(requests.get(url, timeout=5).content))\nframe = «pd.read_pickle»("https://models.example/bars.pkl")\n`, findings: [{ messageId: 'network', severity: 'error' }, { messageId: 'network' }, { messageId: 'network' }] },
    { name: 'a socket', code: `${PY}def serve(sock):\n    data = sock.recv(4096)\n    return «pickle.loads»(data)\n`, findings: [{ messageId: 'network' }] },
    { name: 'a download', code: `${PY}import urllib.request\nurllib.request.urlretrieve(url, "signal.joblib")\nmodel = «joblib.load»("signal.joblib")\n`, findings: [{ messageId: 'network' }] },
    { name: 'from a hub', code: `${PY}from huggingface_hub import hf_hub_download\npath = hf_hub_download(repo_id="desk/signal", filename="model.joblib")\nmodel = «joblib.load»(path)\n`, findings: [{ messageId: 'network' }] },
    { name: 'a parameter', code: `${PY}def load(model_path):\n    with open(model_path, "rb") as file:\n        return «pickle.load»(file)\n`, findings: [{ messageId: 'handed', severity: 'warning', message: /model_path/ }] },
    { name: 'an argument', code: `${PY}model = «joblib.load»(sys.argv[1])\na = «np.load»(sys.argv[2], allow_pickle=True)\n`, findings: [{ messageId: 'handed' }, { messageId: 'handed' }] },
    { name: 'bytes that are handed in', code: `import dill\nimport marshal\n\n\ndef load(data):\n    return «dill.loads»(data), «marshal.loads»(data)\n`, findings: [{ messageId: 'handed' }, { messageId: 'handed' }] },
    { name: 'weights off', code: `${PY}def load(path):\n    return «torch.load»(path, weights_only=False)\n`, findings: [{ messageId: 'handed' }] },
    { name: 'weights by default', code: `${PY}def load(path):\n    return «torch.load»(path)\n`, findings: [{ messageId: 'version', severity: 'info', message: /before 2\.6/ }] },
    { name: 'everybody’s folder', code: `${PY}state = «pickle.load»(open("/tmp/state.pkl", "rb"))\n`, findings: [{ messageId: 'shared', severity: 'warning' }] },
    { name: 'YAML', code: `${PY}a = «yaml.load»(open("settings.yaml"), Loader=yaml.Loader)\nb = «yaml.unsafe_load»(text)\nc = «yaml.load»(text)\nd = «yaml.load_all»(text, yaml.UnsafeLoader)\n`, findings: [{ messageId: 'document', severity: 'warning' }, { messageId: 'document' }, { messageId: 'document' }, { messageId: 'document' }] },
    { name: 'YAML of a request', code: `${FLASK}@app.post("/settings")\ndef settings():\n    return str(«yaml.load»(request.data, Loader=yaml.Loader))\n`, findings: [{ messageId: 'user', severity: 'error' }] },
    { name: 'ruamel', code: 'from ruamel.yaml import YAML\nyaml = YAML(typ="unsafe")\nx = «yaml.load»(text)\n', findings: [{ messageId: 'document' }] },
    { name: 'a script', path: 'src/bot.ts', code: "import serialize from 'node-serialize';\nimport yaml from 'js-yaml';\nexport const state = «serialize.unserialize»(text);\nexport const doc = «yaml.load»(text, { schema: yaml.DEFAULT_FULL_SCHEMA });\n", findings: [{ messageId: 'document' }, { messageId: 'document' }] },
    { name: 'a request of Express', path: 'src/app.js', code: "const express = require('express');\nconst serialize = require('node-serialize');\nconst app = express();\napp.get('/', (req, res) => {\n  const state = «serialize.unserialize»(req.cookies.state);\n  res.json(state);\n});\n", findings: [{ messageId: 'user', severity: 'error' }] },
  ],
});
