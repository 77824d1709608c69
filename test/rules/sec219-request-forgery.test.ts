import { requestForgery } from '../../src/guardians/security/rules/sec219-request-forgery.ts';
import { ruleTester } from './rule-tester.ts';

const indent = (body: string, by = 4): string => body.split('\n').map((line) => `${' '.repeat(by)}${line}`).join('\n');
const view = (body: string): string => `import httpx\nimport requests\nfrom flask import Flask, request\n\napp = Flask(__name__)\nBASE = "https://api.example.com"\n\n\n@app.get("/proxy")\ndef proxy():\n    url = request.args["url"]\n${indent(body)}\n`;
const TS = 'src/proxy.ts';
const handler = (body: string): string => `import axios from 'axios';\nimport got from 'got';\nimport https from 'node:https';\nexport async function proxy(req, res) {\n${indent(body, 2)}\n}\n`;

ruleTester(requestForgery, {
  valid: [
    { name: 'a constant', code: view('return requests.get("https://api.example.com/bars").text') },
    { name: 'a constant host', code: view('requests.get(BASE + "/bars/" + url)\nrequests.get(f"https://api.example.com/bars/{url}")\nrequests.get("https://api.example.com/bars?symbol=%s" % url)\nrequests.get(BASE + "/bars", params={"symbol": url})') },
    { name: 'a base nobody knows', code: view('requests.get(f"{app.config[\'BASE\']}/{url}")') },
    { name: 'a list of hosts', code: view('if url not in HOSTS:\n    return "no", 400\nreturn requests.get(url).text') },
    { name: 'a check by its beginning', code: view('if not url.startswith("https://api.example.com/"):\n    return "no", 400\nreturn requests.get(url).text') },
    { name: 'a client that knows its host', code: `import ccxt\nfrom alpaca.trading.client import TradingClient\n\nexchange = ccxt.binance()\ntrading = TradingClient("a", "b")\n${view('exchange.create_order(url, "market", "buy", 1)\nexchange.fetch_ticker(url)\ntrading.get_open_position(url)')}` },
    { name: 'a client of Node that knows its host', path: TS, code: `import ccxt from 'ccxt';\nconst exchange = new ccxt.binance();\n${handler("await exchange.createOrder(req.body.symbol, 'market', 'buy', 1);")}` },
    { name: 'a parameter', code: 'import requests\n\n\ndef fetch(url):\n    return requests.get(url)\n' },
    { name: 'the body of a post', code: view('return requests.post("https://api.example.com/orders", json={"url": url}).text') },
    { name: 'a dict', code: view('return {"a": 1}.get(url)') },
    { name: 'the command line', code: 'import sys\n\nimport requests\n\nrequests.get(sys.argv[1])\n' },
    { name: 'tests', code: view('requests.get(url)'), role: 'test' },
    { name: 'a constant host of Node', path: TS, code: handler('await fetch(`https://api.example.com/bars/${req.params.symbol}`);\nawait axios.get(\'https://api.example.com/bars\', { params: { symbol: req.query.symbol } });\nawait fetch(`/bars/${req.query.symbol}`);') },
    { name: 'a page that asks its own server', path: TS, code: "export async function load() {\n  return fetch(location.origin + location.search);\n}\nfetch(window.location.href);\n" },
    { name: 'encoded', path: TS, code: handler('await fetch(`https://${process.env.HOST}/${encodeURIComponent(req.query.symbol)}`);') },
  ],
  invalid: [
    { name: 'the whole address', code: view('return requests.get(«url»).text'), findings: [{ messageId: 'host', severity: 'error', gate: 'merge', message: /it decides which host this server asks: your gateway, too/, related: [/what somebody else sends/] }] },
    { name: 'the host', code: view('requests.post(«f"https://{url}/hook"», json={})\nhttpx.get(«"http://" + url»)\nrequests.request("GET", «url»)\nrequests.get(url=«"https://api." + url»)'), findings: [{ messageId: 'host' }, { messageId: 'host' }, { messageId: 'host' }, { messageId: 'host' }] },
    { name: 'urllib and a session', code: 'from urllib.request import urlopen\n\nimport aiohttp\n\n\nasync def proxy(request):\n    async with aiohttp.ClientSession() as session:\n        await session.get(«request.query["url"]»)\n    urlopen(«request.query["url"]»)\n', findings: [{ messageId: 'host' }, { messageId: 'host' }] },
    { name: 'an address joined to a base', code: `from urllib.parse import urljoin\n${view('requests.get(«urljoin(BASE, url)»)')}`, findings: [{ messageId: 'host' }] },
    { name: 'a module that is called', path: 'src/proxy.js', code: "const client = require('axios');\nmodule.exports = async (req, res) => { await client({ method: 'get', url: «req.query.url» }); };\n", findings: [{ messageId: 'host' }] },
    { name: 'Node', path: TS, code: handler('await fetch(«req.query.url»);\nawait axios.get(«`https://${req.body.host}/hook`»);\nawait axios({ url: «req.body.url» });\nawait got(«req.query.url»);\nhttps.get(«req.query.url», () => {});'), findings: [{ messageId: 'host', severity: 'error' }, { messageId: 'host' }, { messageId: 'host' }, { messageId: 'host' }, { messageId: 'host' }] },
  ],
});
