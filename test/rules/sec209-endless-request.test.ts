import { endlessRequests } from '../../src/guardians/security/rules/sec209-endless-request.ts';
import { ruleTester } from './rule-tester.ts';

const PY = 'import urllib.request\n\nimport aiohttp\nimport httpx\nimport requests\nfrom nautilus_trader.trading.strategy import Strategy\n\n\n';
const onBar = (body: string): string => `${PY}class S(Strategy):\n    def on_bar(self, bar):\n        ${body}\n`;
const TS = 'src/broker.ts';

ruleTester(endlessRequests, {
  valid: [
    { name: 'with a limit', code: `${PY}def place_order(order):\n    requests.post(f"{BASE}/orders", json=order, timeout=5)\n    urllib.request.urlopen(url, data, 5)\n` },
    { name: 'a client with a limit of its own', code: `${PY}def place_order(order):\n    return httpx.post(f"{BASE}/orders", json=order)\n` },
    { name: 'nothing that trades', code: `${PY}def news():\n    return requests.get("https://news.example/feed")\n` },
    { name: 'reading orders in a script', code: `${PY}def report():\n    return requests.get(f"{BASE}/orders")\n` },
    { name: 'handed on', code: `${PY}def place_order(order, **kwargs):\n    return requests.post(f"{BASE}/orders", json=order, **kwargs)\n` },
    { name: 'an adapter', code: `${PY}class TimeoutAdapter(requests.adapters.HTTPAdapter):\n    pass\n\n\nsession = requests.Session()\nsession.mount("https://", TimeoutAdapter())\n\n\ndef place_order(order):\n    return session.post(f"{BASE}/orders", json=order)\n` },
    { name: 'a limit for every socket', code: `${PY}import socket\nsocket.setdefaulttimeout(5)\n\n\ndef place_order(order):\n    return urllib.request.urlopen(f"{BASE}/orders", order)\n` },
    { name: 'an object of its own', code: `${PY}class Session:\n    def post(self, url, json):\n        return None\n\n\nsession = Session()\n\n\ndef place_order(order):\n    return session.post(f"{BASE}/orders", json=order)\n` },
    { name: 'another thread', code: onBar('self.run_in_executor(requests.get, (url,))') },
    { name: 'at the start', code: `${PY}class S(Strategy):\n    def on_start(self):\n        self.calendar = requests.get(url).json()\n` },
    { name: 'tests', code: `${PY}def place_order(order):\n    return requests.post(f"{BASE}/orders", json=order)\n`, role: 'test' },
    { name: 'suppressed', code: `${PY}def place_order(order):\n    return requests.post(f"{BASE}/orders", json=order)  # tickguard: ignore[SEC209] the gateway ends it\n` },
    { name: 'fetch with a signal', path: TS, code: "export async function placeOrder(order: Order) {\n  await fetch(`${BASE}/orders`, { method: 'POST', signal: AbortSignal.timeout(5000) });\n  await fetch(`${BASE}/orders`, options);\n  await fetch(`${BASE}/orders`, { method: 'POST', ...options });\n  await Promise.race([fetch(`${BASE}/orders`, { method: 'POST' }), timeout(5000)]);\n}\n" },
    { name: 'axios with a limit', path: TS, code: "import axios from 'axios';\nconst api = axios.create({ baseURL, timeout: 5000 });\nexport async function placeOrder(order: Order) {\n  await api.post('/orders', order);\n  await axios.post(`${BASE}/orders`, order, { timeout: 5000 });\n}\n" },
    { name: 'axios with a default', path: TS, code: "import axios from 'axios';\naxios.defaults.timeout = 5000;\nexport const placeOrder = (order: Order) => axios.post(`${BASE}/orders`, order);\n" },
    { name: 'a page', path: 'src/page.ts', code: "export const news = () => fetch('https://news.example/feed');\n" },
  ],
  invalid: [
    { name: 'an order by its address', code: `${PY}def go(order):\n    return «requests.post»(f"{BASE}/v2/orders", json=order)\n`, findings: [{ messageId: 'order', severity: 'error', gate: 'merge', message: /requests waits for ever.*timeout=5/ }] },
    { name: 'an order by the function', code: `${PY}def close_position(symbol):\n    return «requests.delete»(url(symbol), headers=HEADERS)\n\n\ndef order_place(body):\n    return «requests.post»(url, timeout=None)\n`, findings: [{ messageId: 'order' }, { messageId: 'order' }] },
    { name: 'a session', code: `${PY}class Client:\n    def __init__(self):\n        self.session = requests.Session()\n\n    def submit_order(self, order):\n        return «self.session.post»(self.url, json=order)\n`, findings: [{ messageId: 'order' }] },
    { name: 'through a request of its own', code: `${PY}class Client:\n    def _request(self, method, path, body=None):\n        return «requests.request»(method, self.base + path, json=body)\n\n    def place_order(self, order):\n        return self._request("POST", "/v1/trade", order)\n`, findings: [{ messageId: 'through', severity: 'error', message: /place_order sends its orders/ }] },
    { name: 'urlopen, httpx and aiohttp', code: `${PY}def place_order(order):\n    «urllib.request.urlopen»(url, order)\n    «httpx.post»(url, json=order, timeout=None)\n    return «aiohttp.ClientTimeout»(total=None)\n`, findings: [{ messageId: 'order' }, { messageId: 'order' }, { messageId: 'order' }] },
    { name: 'a handler', code: onBar('self.news = «requests.get»("https://news.example/feed").json()'), findings: [{ messageId: 'handler', severity: 'warning', message: /waits for ever.*bar handler with it: on_bar/ }] },
    { name: 'a handler in another file', files: { 's.py': `${PY}from feed import news\n\n\nclass S(Strategy):\n    def on_quote_tick(self, tick):\n        self.x = news()\n`, 'feed.py': 'import requests\n\n\ndef news():\n    return «requests.get»("https://news.example/feed")\n' }, findings: [{ messageId: 'handler', file: 'feed.py', message: /on_quote_tick → news/, related: [/^s\.py:/] }] },
    { name: 'fetch', path: TS, code: "export async function placeOrder(order: Order) {\n  return «fetch»(`${BASE}/trade`, { method: 'POST', body: JSON.stringify(order) });\n}\n", findings: [{ messageId: 'late', severity: 'warning', message: /5 minutes/ }] },
    { name: 'axios', path: TS, code: "import axios from 'axios';\nconst api = axios.create({ baseURL });\nexport async function go(order: Order) {\n  await «axios.post»(`${BASE}/orders`, order);\n  await «api.post»('/orders', order, { headers });\n  await «axios»({ method: 'post', url: `${BASE}/orders`, data: order });\n}\n", findings: [{ messageId: 'order', severity: 'error' }, { messageId: 'order' }, { messageId: 'order' }] },
    { name: 'a handler of a script', path: TS, code: "import WebSocket from 'ws';\nimport axios from 'axios';\nconst ws = new WebSocket(url);\nws.on('message', async (data) => {\n  const x = await «axios.get»('https://news.example/feed');\n  const y = await «fetch»('https://news.example/feed');\n});\n", findings: [{ messageId: 'handler', severity: 'warning' }, { messageId: 'handler', severity: 'info' }] },
  ],
});
