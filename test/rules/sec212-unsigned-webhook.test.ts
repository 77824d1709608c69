import { unsignedWebhook } from '../../src/guardians/security/rules/sec212-unsigned-webhook.ts';
import { ruleTester } from './rule-tester.ts';

const FLASK = 'import hmac\nimport ccxt\nfrom flask import Flask, request\n\napp = Flask(__name__)\nexchange = ccxt.binance()\n\n\n';
const FASTAPI = 'import ccxt\nfrom fastapi import BackgroundTasks, Depends, FastAPI\n\napp = FastAPI()\nexchange = ccxt.binance()\n\n\n';
const TS = 'src/server.ts';
const EXPRESS = "import express from 'express';\nimport ccxt from 'ccxt';\nconst app = express();\nconst exchange = new ccxt.binance();\n";

ruleTester(unsignedWebhook, {
  valid: [
    { name: 'a secret', code: `${FLASK}@app.route("/webhook", methods=["POST"])\ndef webhook():\n    data = request.json\n    if not hmac.compare_digest(data["secret"], SECRET):\n        return "no", 401\n    exchange.create_order(data["symbol"], "market", data["side"], 1)\n    return "ok"\n` },
    { name: 'a passphrase in a function of its own', code: `${FLASK}def enter(data):\n    if data["passphrase"] != PASSPHRASE:\n        return\n    exchange.create_order(data["symbol"], "market", data["side"], 1)\n\n\n@app.post("/webhook")\ndef webhook():\n    enter(request.json)\n    return "ok"\n` },
    { name: 'a dependency', code: `${FASTAPI}@app.post("/webhook", dependencies=[Depends(verify_signature)])\nasync def webhook(signal: dict):\n    exchange.create_order("ES", "market", "buy", 1)\n\n\n@app.post("/close")\nasync def close(user=Depends(authenticated)):\n    exchange.close_position("ES")\n` },
    { name: 'a decorator', code: `${FLASK}@app.post("/webhook")\n@login_required\ndef webhook():\n    exchange.create_order("ES", "market", "buy", 1)\n` },
    { name: 'before every request', code: `${FLASK}@app.before_request\ndef check():\n    if request.headers.get("X-Api-Key") != KEY:\n        return "no", 401\n\n\n@app.post("/webhook")\ndef webhook():\n    exchange.create_order("ES", "market", "buy", 1)\n` },
    { name: 'a key', code: `${FLASK}@app.post("/webhook")\ndef webhook():\n    if int(request.json["key"]) != config["KEY"]:\n        return "no"\n    exchange.create_order("ES", "market", "buy", 1)\n` },
    { name: 'no order', code: `${FLASK}@app.post("/webhook")\ndef webhook():\n    signals.append(request.json)\n    return "ok"\n\n\ndef trade():\n    exchange.create_order("ES", "market", "buy", 1)\n` },
    { name: 'a list of orders', code: `${FLASK}@app.get("/orders")\ndef orders():\n    return exchange.fetch_open_orders("ES")\n` },
    { name: 'no handler', code: 'import ccxt\nexchange = ccxt.binance()\nexchange.create_order("ES", "market", "buy", 1)\n' },
    { name: 'tests', code: `${FLASK}@app.post("/webhook")\ndef webhook():\n    exchange.create_order("ES", "market", "buy", 1)\n`, role: 'test' },
    { name: 'suppressed', code: `${FLASK}@app.post("/webhook")\ndef webhook():  # tickguard: ignore[SEC212] the proxy checks a client certificate\n    exchange.create_order("ES", "market", "buy", 1)\n` },
    { name: 'a check of Express', path: TS, code: `${EXPRESS}app.post('/webhook', verifySignature, async (req, res) => {\n  await exchange.createOrder('ES', 'market', 'buy', 1);\n});\napp.post('/other', async (req, res) => {\n  if (req.body.secret !== process.env.WEBHOOK_SECRET) return res.sendStatus(401);\n  await exchange.createOrder('ES', 'market', 'buy', 1);\n});\n` },
    { name: 'a client that posts', path: TS, code: "import axios from 'axios';\naxios.post('https://api.example.com/x', { a: 1 }, { headers });\nclient.post('/orders', () => { exchange.createOrder('ES', 'market', 'buy', 1); });\n" },
  ],
  invalid: [
    { name: 'Flask', code: `${FLASK}@app.route("/webhook", methods=["POST"])\ndef «webhook»():\n    data = request.get_json()\n    exchange.create_order(data["symbol"], "market", data["side"], data["qty"])\n    return "ok"\n`, findings: [{ messageId: 'open', severity: 'error', gate: 'deploy', message: /places orders with your money/, related: [/the order$/] }] },
    { name: 'a check that comes too late', code: `${FLASK}@app.post("/webhook")\ndef «webhook»():\n    exchange.create_order("ES", "market", "buy", 1)\n    return "no" if request.json["secret"] != SECRET else "ok"\n`, findings: [{ messageId: 'open' }] },
    { name: 'through functions', code: `${FASTAPI}def enter(signal):\n    exchange.create_order(signal["symbol"], "market", "buy", 1)\n\n\ndef act(signal):\n    enter(signal)\n\n\n@app.post("/webhook")\nasync def «webhook»(signal: dict, tasks: BackgroundTasks):\n    tasks.add_task(act, signal)\n    return {"ok": True}\n`, findings: [{ messageId: 'open', related: [/through act → enter/] }] },
    { name: 'closing', code: `${FASTAPI}@app.get("/flatten")\nasync def «flatten»():\n    exchange.close_all_positions()\n`, findings: [{ messageId: 'open', message: /closes positions/ }] },
    { name: 'a function of another file', code: 'from fastapi import FastAPI\nfrom desk import place_order\n\napp = FastAPI()\n\n\n@app.post("/tv")\ndef «tradingview»(signal: dict):\n    place_order(signal["symbol"], signal["side"])\n', findings: [{ messageId: 'open' }] },
    { name: 'a function in the cloud', code: 'import ccxt\n\nexchange = ccxt.binance()\n\n\ndef «lambda_handler»(event, context):\n    exchange.create_order(event["symbol"], "market", "buy", 1)\n', findings: [{ messageId: 'open' }] },
    { name: 'Express', path: TS, code: `${EXPRESS}app.use(express.json());\napp.post('/webhook', «async (req, res) =>» {\n  await exchange.createOrder(req.body.symbol, 'market', req.body.side, 1);\n  res.sendStatus(200);\n});\n`, findings: [{ messageId: 'open', message: /timingSafeEqual/ }] },
    { name: 'Express, by name', path: 'server.js', code: "const express = require('express');\nconst router = express.Router();\nrouter.post('/tv', webhook);\nasync function «webhook»(req, res) {\n  await enter(req.body);\n}\nasync function enter(signal) {\n  await exchange.createOrder(signal.symbol, 'market', signal.side, 1);\n}\n", findings: [{ messageId: 'open', related: [/through enter/] }] },
    { name: 'Next.js', path: 'app/api/tv/route.ts', code: "import { placeOrder } from '@/lib/broker';\nexport async function «POST»(request: Request) {\n  const signal = await request.json();\n  await placeOrder(signal);\n  return Response.json({ ok: true });\n}\n", findings: [{ messageId: 'open' }] },
  ],
});
