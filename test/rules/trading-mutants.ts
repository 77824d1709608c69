/** SEC206, SEC208 to SEC213, SEC218: servers nobody checks, orders that hang, are swallowed, come from strangers or go live. */
import type { Draw, Form, Made } from '../mutants/form.ts';
import { securityForms } from './web-mutants.ts';

const typed = (draw: Draw, type = 'any'): string => (draw.place.typed ? `: ${type}` : '');
/** A request on somebody's tick path waits there, by right. */
const WAITS = ['PRF001', 'PRF003', 'PRF004', 'SEC209'] as const;

const unchecked: readonly Form[] = [
  ...securityForms('python', 'function', {
    'requests': (draw) => { const lib = draw.name('requests_lib', 'rq'); return { imports: `import requests as ${lib}`, code: `${lib}.${draw.one(['get', 'post'])}(url, ${draw.one(['timeout=5, ', ''])}«verify=False»)`, twin: `${lib}.get(url, timeout=5, verify=${draw.one(['True', '"/etc/desk-ca.pem"'])})` }; },
    'a session': (draw) => { const name = draw.name('session_open', 'http_session'); return { imports: 'import requests', code: `${name} = requests.Session()\n«${name}.verify = False»`, twin: `${name} = requests.Session()\n${name}.verify = True` }; },
    'httpx': (draw) => { const name = draw.name('http_client', 'rest_client'); return { imports: 'import httpx', code: `${name} = httpx.${draw.one(['Client', 'AsyncClient'])}(«verify=False»)`, twin: `${name} = httpx.Client(verify=True)` }; },
    'a context': (draw) => { const name = draw.name('tls', 'tls_context'); return { imports: 'import ssl', code: draw.one([`${name} = «ssl._create_unverified_context()»`, `${name} = ssl.create_default_context()\n«${name}.verify_mode = ssl.CERT_NONE»`]), twin: `${name} = ssl.create_default_context()` }; },
    'urllib3': (draw) => { const name = draw.name('http_pool', 'rest_pool'); return { imports: 'import urllib3', code: `${name} = urllib3.PoolManager(«cert_reqs=${draw.one(["'CERT_NONE'", "'NONE'"])}»)`, twin: `${name} = urllib3.PoolManager(cert_reqs="CERT_REQUIRED")` }; },
    'aiohttp': (draw) => { const name = draw.name('connector', 'tcp'); return { imports: 'import aiohttp', code: `${name} = aiohttp.TCPConnector(«${draw.one(['ssl=False', 'verify_ssl=False'])}»)`, twin: `${name} = aiohttp.TCPConnector(ssl=True)` }; },
    'SSH': (draw) => { const name = draw.name('ssh', 'shell_client'); return { imports: 'import paramiko', code: `${name} = paramiko.SSHClient()\n${name}.set_missing_host_key_policy(«paramiko.AutoAddPolicy()»)`, twin: `${name} = paramiko.SSHClient()\n${name}.set_missing_host_key_policy(paramiko.RejectPolicy())` }; },
    'an old protocol': (draw) => { const name = draw.name('old_tls', 'tls_v'); return { imports: 'import ssl', code: `${name} = ssl.SSLContext(«ssl.PROTOCOL_${draw.one(['TLSv1', 'SSLv3', 'TLSv1_1'])}»)`, twin: `${name} = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)` }; },
    'the variable': () => ({ imports: 'import os', code: '«os.environ["PYTHONHTTPSVERIFY"] = "0"»', twin: 'os.environ["PYTHONHTTPSVERIFY"] = "1"' }),
  }, { also: WAITS }),
  ...securityForms('python', 'module', {
    'in the clear': (draw) => { const name = draw.name('DESK_BASE', 'FEED_BASE'); const host = draw.one(['api.binance.com/api/v3', 'api.kraken.com', 'stream.bybit.com/v5/public']); return { code: `${name} = "«http://${host}»"`, twin: `${name} = "https://${host}"` }; },
  }),
  ...securityForms('script', 'function', {
    'an agent': (draw) => { const [lib, name] = [draw.name('httpsLib', 'tlsHttp'), draw.name('agentOpen', 'looseAgent')]; return { imports: draw.import(lib, 'https', true), code: `const ${name} = new ${lib}.Agent({ ${draw.one(['keepAlive: true, ', ''])}«rejectUnauthorized: false» });`, twin: `const ${name} = new ${lib}.Agent({ keepAlive: true, rejectUnauthorized: true });` }; },
    'the variable': (draw) => ({ code: `«process.env.NODE_TLS_REJECT_UNAUTHORIZED = ${draw.one(["'0'", '"0"'])}»;`, twin: "process.env.NODE_TLS_REJECT_UNAUTHORIZED = '1';" }),
    'a check that never objects': (draw) => { const lib = draw.name('tlsLib', 'secureNet'); return { imports: draw.import(lib, 'tls', true), code: `${lib}.connect({ host: 'feed.example.com', «checkServerIdentity: () => undefined» });`, twin: `${lib}.connect({ host: 'feed.example.com' });` }; },
    'in the clear': (draw) => { const name = draw.name('deskBase', 'feedBase'); return { code: `const ${name} = '«http://api.${draw.one(['binance.com/api/v3', 'kraken.com'])}»';`, twin: `const ${name} = 'https://api.binance.com/api/v3';` }; },
  }),
];

const debug: readonly Form[] = securityForms('python', 'module', {
  'Flask': (draw) => { const app = draw.name('app', 'desk_app', 'web'); const make = (flag: string): string => `${app} = Flask(__name__)\n${app}.run(${flag})`; return { imports: 'from flask import Flask', code: make(`${draw.one(['', 'port=8000, '])}«debug=True»`), twin: make('debug=False') }; },
  'settings': (draw) => { const app = draw.name('app', 'desk_app', 'web'); const make = (line: string): string => `${app} = Flask(__name__)\n${line}`; return { imports: 'from flask import Flask', code: make(draw.one([`«${app}.debug = True»`, `«${app}.config["DEBUG"] = True»`, `${app}.config.update(«DEBUG=True»)`])), twin: make(`${app}.config["DEBUG"] = False`) }; },
  'Dash': (draw) => { const app = draw.name('app', 'board'); const make = (flag: string): string => `${app} = dash.Dash(__name__)\n${app}.${draw.one(['run_server', 'run'])}(${flag})`; return { imports: 'import dash', code: make('«debug=True»'), twin: make('debug=False') }; },
  'FastAPI': (draw) => { const app = draw.name('app', 'desk_api'); return { imports: 'from fastapi import FastAPI', code: `${app} = FastAPI(«debug=True»)`, twin: `${app} = FastAPI()` }; },
  'Werkzeug': (draw) => { const run = draw.name('run_simple', 'serve_simple'); return { imports: `from werkzeug.serving import run_simple as ${run}`, code: `${run}("localhost", 8000, None, «use_debugger=True»)`, twin: `${run}("localhost", 8000, None, use_debugger=False)` }; },
  'for everybody': (draw) => { const app = draw.name('app', 'desk_app'); const make = (host: string): string => `${app} = Flask(__name__)\n\n\n@${app}.route("/positions")\ndef ${draw.place.text.includes('positions_page') ? 'positions_page2' : 'positions_page'}():\n    return "ok"\n\n\n${app}.run(host=${host})`; return { imports: 'from flask import Flask', code: make('«"0.0.0.0"»'), twin: make('"127.0.0.1"') }; },
}, { without: /login_required|auth_required|requires_auth|compare_digest|\bhmac\b|authenticat|\bAuthorization\b|passphrase|basicAuth|check_password|HTTPBasic/i });

const endless: readonly Form[] = [
  ...securityForms('python', 'module', {
    'by its address': (draw) => { const fn = draw.name('send_it', 'go_now'); const make = (head: string, more: string): string => `def ${fn}(order):\n    return ${head}(BASE + "/v2/orders", json=order${more})`; return { imports: 'import requests\nBASE = "https://api.example.com"', code: make('«requests.post»', draw.one(['', ', timeout=None'])), twin: make('requests.post', ', timeout=5') }; },
    'by its function': (draw) => { const fn = draw.name('place_order', 'close_position', 'cancel_order', 'submit_market_order'); const make = (head: string, more: string): string => `def ${fn}(body, url):\n    return ${head}(url, json=body${more})`; return { imports: 'import requests', code: make(`«requests.${draw.one(['post', 'put', 'patch'])}»`, ''), twin: make('requests.post', ', timeout=5') }; },
    'a session': (draw) => { const cls = draw.name('RestDesk', 'BrokerLink'); const make = (head: string, more: string): string => `class ${cls}:\n    def __init__(self):\n        self.session = requests.Session()\n\n    def submit_order(self, order):\n        return ${head}(self.url, json=order${more})`; return { imports: 'import requests', code: make('«self.session.post»', ''), twin: make('self.session.post', ', timeout=(3, 10)') }; },
    'through a request of its own': (draw) => { const cls = draw.name('RestDesk', 'BrokerLink'); const make = (head: string, more: string): string => `class ${cls}:\n    def _send(self, method, path, body=None):\n        return ${head}(method, self.base + path, json=body${more})\n\n    def place_order(self, order):\n        return self._send("POST", "/v1/trade", order)`; return { imports: 'import requests', code: make('«requests.request»', ''), twin: make('requests.request', ', timeout=5') }; },
    'urlopen': (draw) => { const [fn, open] = [draw.name('place_order', 'submit_order'), draw.name('open_url', 'ask_url')]; const make = (head: string, more: string): string => `def ${fn}(url, data):\n    return ${head}(url, data${more})`; return { imports: `from urllib.request import urlopen as ${open}`, code: make(`«${open}»`, ''), twin: make(open, ', timeout=5') }; },
    'httpx without a limit': (draw) => { const fn = draw.name('place_order', 'submit_order'); const make = (head: string, more: string): string => `def ${fn}(url, data):\n    return ${head}(url, json=data${more})`; return { imports: 'import httpx', code: make('«httpx.post»', ', timeout=None'), twin: make('httpx.post', '') }; },
  }),
  ...securityForms('script', 'module', {
    'fetch': (draw) => { const fn = draw.name('placeOrder', 'submitOrder', 'closePosition'); const make = (head: string, more: string): string => `async function ${fn}(order${typed(draw)}) {\n  return ${head}('https://api.example.com/trade', { method: 'POST', body: JSON.stringify(order)${more} });\n}`; return { code: make('«fetch»', ''), twin: make('fetch', ', signal: AbortSignal.timeout(5000)') }; },
    'axios': (draw) => { const [lib, fn] = [draw.name('axiosLib', 'http'), draw.name('placeOrder', 'submitOrder', 'goNow')]; const make = (head: string, more: string): string => `async function ${fn}(order${typed(draw)}) {\n  return ${head}('https://api.example.com/orders', order${more});\n}`; return { imports: draw.import(lib, 'axios', true), code: make(`«${lib}.post»`, ''), twin: make(`${lib}.post`, ', { timeout: 5000 }') }; },
    'a client of axios': (draw) => { const [lib, api, fn] = [draw.name('axiosLib', 'http'), draw.name('deskApi', 'restApi'), draw.name('placeOrder', 'cancelOrder')]; const make = (options: string, head: string): string => `const ${api} = ${lib}.create({ baseURL: 'https://api.example.com'${options} });\nasync function ${fn}(order${typed(draw)}) {\n  return ${head}('/orders', order);\n}`; return { imports: draw.import(lib, 'axios', true), code: make('', `«${api}.post»`), twin: make(', timeout: 5000', `${api}.post`) }; },
  }),
];

/** The name of a file or function that says nothing is at stake excuses what stands in it. */
const guard: readonly Form[] = [
  ...securityForms('python', 'module', {
    'before an order': (draw) => { const [cls, base] = [draw.name('DeskStrategy', 'ScalpDesk'), draw.name('Strategy', 'BaseStrategy')]; const make = (line: string): string => `class ${cls}(${base}):\n    def enter(self, quantity):\n        ${line}\n        self.submit_order(self.make(quantity))`; return { imports: `from nautilus_trader.trading.strategy import Strategy${base === 'Strategy' ? '' : ` as ${base}`}`, code: make(`«assert ${draw.one(['quantity <= self.max_quantity', '0 < quantity < 10', 'not self.halted'])}»${draw.one(['', ', "too big"'])}`), twin: make('if quantity > self.max_quantity:\n            raise ValueError(quantity)') }; },
    'ccxt': (draw) => { const [lib, exchange, fn] = [draw.name('ccxt', 'ccxt_lib'), draw.name('exchange', 'venue_api'), draw.name('buy_now', 'enter_long')]; const make = (line: string): string => `${exchange} = ${lib}.binance()\n\n\ndef ${fn}(amount, price):\n    ${line}\n    ${exchange}.create_order("BTC/USDT", "market", "buy", amount, price)`; return { imports: `import ccxt${lib === 'ccxt' ? '' : ` as ${lib}`}`, code: make('«assert amount * price < 500»'), twin: make('if amount * price >= 500:\n        raise ValueError(amount)') }; },
    'a limit of risk': (draw) => { const cls = draw.name('RiskDesk', 'LossGuard'); const make = (line: string): string => `class ${cls}:\n    def check(self):\n        ${line}`; return { code: make(`«assert self.${draw.one(['drawdown < self.max_drawdown', 'daily_loss <= self.max_daily_loss'])}»`), twin: make('if self.drawdown >= self.max_drawdown:\n            raise ValueError(self.drawdown)') }; },
  }),
  ...securityForms('script', 'module', {
    'the console': (draw) => { const [lib, exchange, fn] = [draw.name('ccxtLib', 'ccxt'), draw.name('exchange', 'venueApi'), draw.name('enterLong', 'buyNow')]; const make = (line: string): string => `const ${exchange} = new ${lib}.binance();\nfunction ${fn}(quantity${typed(draw, 'number')}) {\n  ${line}\n  ${exchange}.createOrder('BTC/USDT', 'market', 'buy', quantity);\n}`; return { imports: draw.import(lib, 'ccxt', true), code: make(`«console.assert(quantity <= ${draw.one(['10', '2'])}${draw.one([", 'size'", ''])})»;`), twin: make("if (quantity > 10) throw new Error('size');") }; },
  }),
];

const CALLS = ['create_order("BTC/USDT", "market", "buy", 1)', 'cancel_order("1", "BTC/USDT")', 'edit_order("1", "BTC/USDT", "limit", "buy", 1, 5)'] as const;

const swallowed: readonly Form[] = [
  ...securityForms('python', 'module', {
    'pass': (draw) => pythonOrder(draw, (call, end) => `try:\n    ${call}\n${draw.one(['«except Exception»', '«except»', '«except (ValueError, KeyError)»'])}:\n    ${end}`, draw.one(['pass', '...']), 'raise'),
    'a line that is off': (draw) => pythonOrder(draw, (call, end) => `try:\n    ${call}\n«except Exception» as error:\n    ${end}`, 'logging.debug("order: %s", error)', 'logging.error("order: %s", error)'),
    'suppress': (draw) => { const [lib, exchange] = [draw.name('ccxt', 'ccxt_lib'), draw.name('exchange', 'venue_api')]; const make = (body: string): string => `${exchange} = ${lib}.kraken()\n${body}`; return { imports: `import ccxt${lib === 'ccxt' ? '' : ` as ${lib}`}\nfrom contextlib import suppress`, code: make(`with «suppress(Exception)»:\n    ${exchange}.${draw.one(CALLS)}`), twin: make(`with suppress(${lib}.OrderNotFound):\n    ${exchange}.cancel_order("1")`) }; },
    'a loop': (draw) => { const fn = draw.name('cancel_list', 'drop_list'); return pythonOrder(draw, (call, end) => `def ${fn}(ids):\n    for one in ids:\n        try:\n            ${call}\n        «except Exception»:\n            ${end}`, 'continue', 'raise'); },
    'a method of its own': (draw) => { const cls = draw.name('DeskBot', 'ScalpBot'); const make = (head: string, end: string): string => `class ${cls}:\n    def step(self):\n        try:\n            self.place_order("ES", 1)\n        ${head}:\n            ${end}\n\n    def place_order(self, symbol, size):\n        return self.client.send(symbol, size)`; return { code: make('«except Exception»', 'pass'), twin: make('except Exception', 'self.failed = True') }; },
  }),
  ...securityForms('script', 'module', {
    'an empty catch': (draw) => scriptOrder(draw, (call) => [`try { await ${call}; } «catch» { }`, `try { await ${call}; } catch (error) { throw error; }`]),
    'a promise': (draw) => scriptOrder(draw, (call) => [`${draw.one(['await ', 'void ', ''])}${call}.«catch(${draw.one(['() => {}', '() => null', '() => undefined'])})»;`, `${call}.catch((error${typed(draw)}) => { console.error(error); });`]),
  }, { also: ['PRF004'] }),
];

function pythonOrder(draw: Draw, make: (call: string, end: string) => string, bad: string, good: string): Made {
  const [lib, exchange] = [draw.name('ccxt', 'ccxt_lib'), draw.name('exchange', 'venue_api')];
  const call = `${exchange}.${draw.one(CALLS)}`;
  const text = (end: string): string => `${exchange} = ${lib}.binance()\n${make(call, end)}`;
  return { imports: `import ccxt${lib === 'ccxt' ? '' : ` as ${lib}`}\nimport logging`, code: text(bad), twin: text(good).replace(/[«»]/g, '') };
}

function scriptOrder(draw: Draw, make: (call: string) => readonly [string, string]): Made {
  const [lib, exchange, fn] = [draw.name('ccxtLib', 'ccxt'), draw.name('exchange', 'venueApi'), draw.name('stepOnce', 'enterNow')];
  const call = `${exchange}.${draw.one(["createOrder('BTC/USDT', 'market', 'buy', 1)", "cancelOrder('1', 'BTC/USDT')"])}`;
  const text = (body: string): string => `const ${exchange} = new ${lib}.binance();\nasync function ${fn}() {\n  ${body}\n}`;
  const [bad, good] = make(call);
  return { imports: draw.import(lib, 'ccxt', true), code: text(bad), twin: text(good) };
}

const webhook: readonly Form[] = [
  ...securityForms('python', 'module', {
    'Flask': (draw) => { const [app, fn, lib, exchange] = [draw.name('app', 'hooks_app'), draw.name('webhook', 'tradingview', 'take_signal'), draw.name('ccxt', 'ccxt_lib'), draw.name('exchange', 'venue_api')]; const make = (name: string, check: string): string => `${app} = Flask(__name__)\n${exchange} = ${lib}.binance()\n\n\n@${app}.${draw.place.text.length % 2 === 0 ? 'post("/webhook")' : 'route("/webhook", methods=["POST"])'}\ndef ${name}():\n    data = request.get_json()\n${check}    ${exchange}.create_order(data["symbol"], "market", data["side"], data["qty"])\n    return "ok"`; return { imports: `from flask import Flask, request\nimport ccxt${lib === 'ccxt' ? '' : ` as ${lib}`}\nimport hmac\nimport os`, code: make(`«${fn}»`, ''), twin: make(fn, '    if not hmac.compare_digest(data["secret"], os.environ["WEBHOOK_SECRET"]):\n        return "no", 401\n') }; },
    'FastAPI through a function': (draw) => { const [app, fn, lib, exchange, enter] = [draw.name('app', 'hooks_app'), draw.name('webhook', 'take_signal'), draw.name('ccxt', 'ccxt_lib'), draw.name('exchange', 'venue_api'), draw.name('enter_signal', 'act_on')]; const make = (name: string, check: string): string => `${app} = FastAPI()\n${exchange} = ${lib}.kraken()\n\n\ndef ${enter}(signal):\n    ${exchange}.create_order(signal["symbol"], "market", "buy", 1)\n\n\n@${app}.post("/signal")\nasync def ${name}(signal: dict):\n${check}    ${enter}(signal)\n    return {"ok": True}`; return { imports: `from fastapi import FastAPI\nimport ccxt${lib === 'ccxt' ? '' : ` as ${lib}`}\nimport os`, code: make(`«${fn}»`, ''), twin: make(fn, '    if signal["passphrase"] != os.environ["PASSPHRASE"]:\n        return {"ok": False}\n') }; },
    'closing': (draw) => { const [app, fn, lib, exchange] = [draw.name('app', 'hooks_app'), draw.name('flatten_all', 'close_now'), draw.name('ccxt', 'ccxt_lib'), draw.name('exchange', 'venue_api')]; const make = (name: string, head: string): string => `${app} = FastAPI()\n${exchange} = ${lib}.bybit()\n\n\n@${app}.get("/flatten"${head})\nasync def ${name}():\n    ${exchange}.close_all_positions()`; return { imports: `from fastapi import Depends, FastAPI\nimport ccxt${lib === 'ccxt' ? '' : ` as ${lib}`}`, code: make(`«${fn}»`, ''), twin: make(fn, ', dependencies=[Depends(verify_signature)]') }; },
  }),
  ...securityForms('script', 'module', {
    'Express': (draw) => { const [express, lib, exchange, app] = [draw.name('express', 'expressLib'), draw.name('ccxtLib', 'ccxt'), draw.name('exchange', 'venueApi'), draw.name('app', 'server', 'router')]; const make = (head: string, check: string): string => `const ${app} = ${express}();\nconst ${exchange} = new ${lib}.binance();\n${app}.post('/${draw.place.text.length % 2 === 0 ? 'webhook' : 'tv'}', ${head} {\n${check}  await ${exchange}.createOrder(req.body.symbol, 'market', req.body.side, 1);\n  res.sendStatus(200);\n});`; return { imports: `${draw.import(express, 'express', true)}\n${draw.import(lib, 'ccxt', true)}`, code: make(`«async (req${typed(draw)}, res${typed(draw)}) =>»`, ''), twin: make(`async (req${typed(draw)}, res${typed(draw)}) =>`, '  if (req.body.secret !== process.env.WEBHOOK_SECRET) { res.sendStatus(401); return; }\n') }; },
    'by name': (draw) => { const [express, lib, exchange, app, fn] = [draw.name('express', 'expressLib'), draw.name('ccxtLib', 'ccxt'), draw.name('exchange', 'venueApi'), draw.name('app', 'server', 'router'), draw.name('takeSignal', 'onAlert')]; const make = (name: string, check: string): string => `const ${app} = ${express}();\nconst ${exchange} = new ${lib}.kraken();\nasync function ${name}(req${typed(draw)}, res${typed(draw)}) {\n${check}  await ${exchange}.createOrder(req.body.symbol, 'market', 'buy', 1);\n  res.sendStatus(200);\n}\n${app}.post('/alert', ${fn});`; return { imports: `${draw.import(express, 'express', true)}\n${draw.import(lib, 'ccxt', true)}`, code: make(`«${fn}»`, ''), twin: make(fn, '  if (req.body.secret !== process.env.WEBHOOK_SECRET) { res.sendStatus(401); return; }\n') }; },
  }),
];

const live: readonly Form[] = [
  ...securityForms('python', 'function', {
    'a client': (draw) => { const [client, name] = [draw.name('TradingClient', 'AlpacaClient'), draw.name('trading', 'live_client')]; return { imports: `from alpaca.trading.client import TradingClient as ${client}`, code: `${name} = ${client}(key, secret, «paper=False»)`, twin: `${name} = ${client}(key, secret, paper=${draw.one(['True', 'settings.paper'])})` }; },
    'the sandbox off': (draw) => { const [lib, name] = [draw.name('ccxt', 'ccxt_lib'), draw.name('exchange', 'venue_api')]; return { imports: `import ccxt${lib === 'ccxt' ? '' : ` as ${lib}`}`, code: `${name} = ${lib}.binance()\n«${name}.set_sandbox_mode(False)»`, twin: `${name} = ${lib}.binance()\n${name}.set_sandbox_mode(True)` }; },
    'the test net off': (draw) => { const [client, name] = [draw.name('BinanceClient', 'Spot'), draw.name('trading', 'live_client')]; return { imports: `from binance.client import Client as ${client}`, code: `${name} = ${client}(key, secret, «testnet=False»)`, twin: `${name} = ${client}(key, secret, testnet=True)` }; },
    'money that leaves': (draw) => { const [lib, name] = [draw.name('ccxt', 'ccxt_lib'), draw.name('exchange', 'venue_api')]; return { imports: `import ccxt${lib === 'ccxt' ? '' : ` as ${lib}`}`, code: `${name} = ${lib}.kraken()\n«${name}.withdraw»("USDT", 100, address)`, twin: `${name} = ${lib}.kraken()\n${name}.fetch_withdrawals("USDT")` }; },
    'a key that may': (draw) => ({ code: `desk_key(${draw.one(['«canWithdraw=True»', '«enable_withdrawals=True»'])})`, twin: 'desk_key(canWithdraw=False)' }),
  }),
  ...securityForms('script', 'function', {
    'a client': (draw) => { const [lib, name] = [draw.name('Alpaca', 'AlpacaLib'), draw.name('trading', 'liveClient')]; return { imports: draw.import(lib, '@alpacahq/alpaca-trade-api', true), code: `const ${name} = new ${lib}({ keyId, secretKey, «paper: false» });`, twin: `const ${name} = new ${lib}({ keyId, secretKey, paper: ${draw.one(['true', 'settings.paper'])} });` }; },
    'the test net off': (draw) => { const name = draw.name('trading', 'liveClient'); return { imports: draw.place.commonJs ? "const { RestClientV5: BybitRest } = require('bybit-api');" : "import { RestClientV5 as BybitRest } from 'bybit-api';", code: `const ${name} = new BybitRest({ key, secret, «testnet: false» });`, twin: `const ${name} = new BybitRest({ key, secret, testnet: true });` }; },
    'money that leaves': (draw) => { const [lib, name] = [draw.name('ccxtLib', 'ccxt'), draw.name('exchange', 'venueApi')]; return { imports: draw.import(lib, 'ccxt', true), code: `const ${name} = new ${lib}.kraken();\nvoid «${name}.withdraw»('USDT', 100, address);`, twin: `const ${name} = new ${lib}.kraken();\nvoid ${name}.fetchWithdrawals('USDT');` }; },
  }),
];

const RLO = '\u202E';

const hidden: readonly Form[] = (['python', 'script'] as const).flatMap((language) => securityForms(language, 'function', {
  'a comment': (draw) => { const mark = language === 'python' ? '#' : '//'; const name = draw.name('lots_max', 'cap_lots'); const set = language === 'python' ? `${name} = 3` : `const ${name} = 3;`; return { code: `${set}  ${mark} «${RLO}» checked`, twin: `${set}  ${mark} checked` }; },
  'a text': (draw) => { const name = draw.name('role_name', 'desk_role'); return language === 'python' ? { code: `${name} = "user«${RLO}»"`, twin: `${name} = "user"` } : { code: `const ${name} = 'user«${RLO}»';`, twin: `const ${name} = 'user';` }; },
}));

export const TRADING_MUTANTS: Readonly<Record<string, readonly Form[]>> = {
  SEC206: unchecked, SEC208: debug, SEC209: endless, SEC210: guard, SEC211: swallowed, SEC212: webhook, SEC213: live, SEC218: hidden,
};

