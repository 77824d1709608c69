import { sqlInjection } from '../../src/guardians/security/rules/sec201-sql-injection.ts';
import { ruleTester } from './rule-tester.ts';

const FLASK = 'import sqlite3\nfrom flask import Flask, request\n\napp = Flask(__name__)\n\n\n';
/** A view of Flask with a cursor at hand. */
const view = (body: string): string => `${FLASK}@app.route("/bars/<symbol>")\ndef bars(symbol):\n    cur = sqlite3.connect("bars.db").cursor()\n${body.split('\n').map((line) => `    ${line}`).join('\n')}\n`;
const fn = (body: string, parameters = 'cur, symbol', before = ''): string => `${before}def load(${parameters}):\n${body.split('\n').map((line) => `    ${line}`).join('\n')}\n`;
const TS = 'src/journal.ts';
const handler = (body: string): string => `import { pool } from './db';\nexport async function bars(req, res) {\n${body.split('\n').map((line) => `  ${line}`).join('\n')}\n}\n`;

ruleTester(sqlInjection, {
  valid: [
    { name: 'a constant', code: fn('cur.execute("SELECT * FROM bars")') },
    { name: 'a constant in an f-string', code: fn('cur.execute(f"SELECT * FROM {TABLE} LIMIT {LIMIT}")', 'cur', 'TABLE = "bars"\nLIMIT = 500\n\n\n') },
    { name: 'parameters', code: fn('cur.execute("SELECT * FROM bars WHERE symbol = ?", (symbol,))') },
    { name: 'named parameters of text', code: fn('conn.execute(text("SELECT * FROM bars WHERE symbol = :symbol"), {"symbol": symbol})', 'conn, symbol', 'from sqlalchemy import text\n\n\n') },
    { name: 'marks by number', code: fn('marks = ",".join("?" * len(symbols))\ncur.execute(f"SELECT * FROM bars WHERE symbol IN ({marks})", symbols)', 'cur, symbols') },
    { name: 'marks of a list and of a comprehension', code: fn('a = ", ".join(["%s"] * len(symbols))\nb = ",".join("?" for _ in symbols)\ncur.execute("SELECT * FROM bars WHERE symbol IN (" + a + ") OR id IN (" + b + ")", symbols)', 'cur, symbols') },
    { name: 'tables of a tuple', code: fn('for table in TABLES:\n    cur.execute(f"DELETE FROM {table}")', 'cur', 'TABLES = ("bars", "ticks")\n\n\n') },
    { name: 'a table of a dict', code: fn('cur.execute(f"SELECT * FROM {TABLES[kind]}")', 'cur, kind', 'TABLES = {"bar": "bars", "tick": "ticks"}\n\n\n') },
    { name: 'a check by a list', code: fn('if table not in TABLES:\n    raise ValueError(table)\ncur.execute(f"SELECT * FROM {table}")', 'cur, table', 'TABLES = ("bars", "ticks")\n\n\n') },
    { name: 'a check around it', code: view('if symbol in SYMBOLS:\n    cur.execute(f"SELECT * FROM bars WHERE symbol = \'{symbol}\'")') },
    { name: 'a check by an expression', code: view('import re\nif not re.fullmatch(r"[A-Z]{1,6}", symbol):\n    return "no"\ncur.execute(f"SELECT * FROM bars WHERE symbol = \'{symbol}\'")') },
    { name: 'one of two', code: fn('side = "ASC" if up else "DESC"\ncur.execute("SELECT * FROM bars ORDER BY ts " + side)', 'cur, up') },
    { name: 'a default in place of what is strange', code: fn('if side not in ("ASC", "DESC"):\n    side = "ASC"\ncur.execute(f"SELECT * FROM bars ORDER BY ts {side}")', 'cur, side') },
    { name: 'numbers', code: view('n = int(request.args["n"])\ncur.execute(f"SELECT * FROM bars LIMIT {n}")\ncur.execute("SELECT * FROM bars LIMIT %d" % n)') },
    { name: 'typed numbers', code: fn('cur.execute(f"SELECT * FROM bars WHERE id = {number} AND ts > \'{day.isoformat()}\'")', 'cur, number: int, day') },
    { name: 'a number in the address', code: `${FLASK}@app.route("/bars/<int:number>")\ndef bars(number):\n    cur = sqlite3.connect("bars.db").cursor()\n    cur.execute(f"SELECT * FROM bars WHERE id = {number}")\n` },
    { name: 'a literal type and an enumeration', code: fn('cur.execute(f"SELECT * FROM bars WHERE side = \'{side}\' AND kind = \'{kind.value}\'")', 'cur, side: Literal["buy", "sell"], kind: Kind', 'from enum import Enum\nfrom typing import Literal\n\n\nclass Kind(Enum):\n    BAR = "bar"\n\n\n') },
    { name: 'a parameter whose calls are constant', code: 'def count(cur, table):\n    cur.execute(f"SELECT count(*) FROM {table}")\n\n\ndef run(cur):\n    count(cur, "bars")\n    count(cur, "ticks")\n' },
    { name: 'an attribute that is constant', code: 'class Journal:\n    TABLE = "fills"\n\n    def load(self):\n        self.cur.execute(f"SELECT * FROM {self.TABLE}")\n' },
    { name: 'a name of another file', code: fn('cur.execute(f"SELECT * FROM {TABLE}")', 'cur', 'from .config import TABLE\n\n\n') },
    { name: 'a quoting function', code: fn('cur.execute("SELECT * FROM " + quote_identifier(table))', 'cur, table', 'from .sql import quote_identifier\n\n\n') },
    { name: 'the composition of psycopg', code: fn('cur.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier(table)))', 'cur, table', 'from psycopg2 import sql\n\n\n') },
    { name: 'clauses that are constant', code: fn('where = ["1 = 1"]\nif symbol:\n    where.append("symbol = ?")\ncur.execute("SELECT * FROM bars WHERE " + " AND ".join(where), (symbol,))') },
    { name: 'overwritten before', code: view('sql = "SELECT * FROM bars WHERE symbol = \'" + symbol + "\'"\nsql = "SELECT * FROM bars"\ncur.execute(sql)') },
    { name: 'a query handed on', code: fn('cur.execute(sql, args)', 'cur, sql, args') },
    { name: 'no SQL', code: fn('bot.execute(f"close {symbol}")\nlog.query("symbol " + symbol)', 'bot, log, symbol') },
    { name: 'text that is no query', code: view('print(f"SELECT * FROM bars WHERE symbol = \'{symbol}\'")') },
    { name: 'a frame', code: fn('return df.query("close > @level")', 'df, level') },
    { name: 'tests', code: fn('cur.execute(f"SELECT * FROM bars WHERE symbol = \'{symbol}\'")'), role: 'test' },
    { name: 'Django\'s own names', code: 'from django.db import models\n\n\ndef rows(request, qs):\n    return qs.order_by("-" + request.GET["sort"])\n' },
    { name: 'parameters of pg', path: TS, code: handler("await pool.query('SELECT * FROM bars WHERE symbol = $1', [req.query.symbol]);\nawait pool.query({ text: 'SELECT * FROM bars WHERE symbol = $1', values: [req.query.symbol] });") },
    { name: 'a template with a tag', path: TS, code: handler('await sql`SELECT * FROM bars WHERE symbol = ${req.query.symbol}`;\nawait prisma.$queryRaw`SELECT * FROM bars WHERE symbol = ${req.query.symbol}`;') },
    { name: 'marks of TypeScript', path: TS, code: handler("const marks = req.body.ids.map((_, i) => `$${i + 1}`).join(', ');\nawait pool.query(`SELECT * FROM bars WHERE id IN (${marks})`, req.body.ids);\nawait pool.query(`SELECT * FROM bars WHERE id IN (${req.body.ids.map(() => '?').join(',')})`, req.body.ids);") },
    { name: 'a list of TypeScript', path: TS, code: handler("const column = COLUMNS.includes(req.query.sort) ? req.query.sort : 'ts';\nawait pool.query(`SELECT * FROM bars ORDER BY ${column}`);") },
    { name: 'numbers of TypeScript', path: TS, code: handler('const n = Number(req.query.n);\nawait pool.query(`SELECT * FROM bars LIMIT ${n}`);\nawait pool.query(`SELECT * FROM bars LIMIT ${parseInt(req.query.n, 10)}`);') },
    { name: 'a redis script and a match', path: TS, code: handler("await redis.eval('return redis.call(\"get\", KEYS[1])', 1, req.query.key);\nconst m = /from (.*)/.exec(req.query.q);") },
    { name: 'escaped by the driver', path: TS, code: "import mysql from 'mysql2';\nexport function bars(connection, req) {\n  connection.query('SELECT * FROM bars WHERE symbol = ' + connection.escape(req.query.symbol));\n}\n" },
  ],
  invalid: [
    { name: 'an f-string with the address', code: view('cur.execute(«f"SELECT * FROM bars WHERE symbol = \'{symbol}\'"»)'), findings: [{ messageId: 'user', severity: 'error', gate: 'merge', message: /^symbol is what others send, and it is part of the SQL: they read and change every row\. Pass values as parameters: execute\(sql, \(value,\)\)\.$/ }] },
    { name: 'every way to put text together', code: view('cur.execute(«"SELECT * FROM bars WHERE symbol = \'" + symbol + "\'"»)\ncur.execute(«"SELECT * FROM bars WHERE symbol = \'%s\'" % symbol»)\ncur.execute(«"SELECT * FROM bars WHERE symbol = \'{}\'".format(symbol)»)\ncur.execute(«" ".join(["SELECT * FROM bars WHERE symbol =", symbol])»)'),
      findings: [{ messageId: 'user' }, { messageId: 'user' }, { messageId: 'user' }, { messageId: 'user' }] },
    { name: 'from another line', code: view('wanted = request.args.get("symbol", "")\nsql = "SELECT * FROM bars"\nif wanted:\n    sql += " WHERE symbol = \'" + wanted + "\'"\ncur.execute(«sql»)'), findings: [{ messageId: 'user', related: [/request\.args\.get\(\) is what somebody else sends|request\.args/, /put together here/] }] },
    { name: 'through a function', code: `${FLASK}def query_for(name):\n    return f"SELECT * FROM bars WHERE symbol = '{name}'"\n\n\n@app.route("/")\ndef bars():\n    cur = sqlite3.connect("bars.db").cursor()\n    cur.execute(«query_for(request.args["symbol"])»)\n`, findings: [{ messageId: 'user' }] },
    { name: 'handed in by a view', code: `${FLASK}def load(cur, name):\n    cur.execute(«f"SELECT * FROM bars WHERE symbol = '{name}'"»)\n\n\n@app.route("/")\ndef bars():\n    load(sqlite3.connect("bars.db").cursor(), request.form["symbol"])\n`, findings: [{ messageId: 'user' }] },
    { name: 'a list of clauses', code: view('where = ["1 = 1"]\nwhere.append(f"symbol = \'{symbol}\'")\ncur.execute(«"SELECT * FROM bars WHERE " + " AND ".join(where)»)'), findings: [{ messageId: 'user' }] },
    { name: 'a column they choose', code: view('cur.execute(«"SELECT * FROM bars ORDER BY " + request.args["sort"]»)'), findings: [{ messageId: 'userName', severity: 'error', message: /names a table or column: they choose what is read\. Look it up in a list/ }] },
    { name: 'a whole query they send', code: view('cur.execute(«request.args["sql"]»)'), findings: [{ messageId: 'user' }] },
    { name: 'FastAPI', code: 'from fastapi import FastAPI\n\napp = FastAPI()\n\n\n@app.get("/bars")\nasync def bars(symbol: str, limit: int = 10):\n    return await database.fetch_all(«f"SELECT * FROM bars WHERE symbol = \'{symbol}\' LIMIT {limit}"»)\n', findings: [{ messageId: 'user' }] },
    { name: 'Django', code: 'from django.db import connection\n\n\ndef bars(request):\n    with connection.cursor() as cursor:\n        cursor.execute(«"SELECT * FROM bars WHERE symbol = \'%s\'" % request.GET.get("symbol")»)\n    return Bar.objects.raw(«f"SELECT * FROM bar WHERE symbol = \'{request.POST[\'symbol\']}\'"»)\n', findings: [{ messageId: 'user' }, { messageId: 'user' }] },
    { name: 'a chat message', code: 'async def bars(update, context):\n    symbol = update.message.text\n    cur.execute(«f"SELECT * FROM bars WHERE symbol = \'{symbol}\'"»)\n', findings: [{ messageId: 'user' }] },
    { name: 'a parameter', code: fn('cur.execute(«f"SELECT * FROM fills WHERE symbol = \'{symbol}\'"»)'), findings: [{ messageId: 'value', severity: 'warning', message: /^symbol is put into the SQL: one quote in it changes the statement\. Pass values/ }] },
    { name: 'pandas and SQLAlchemy', code: fn('pd.read_sql(«f"SELECT * FROM fills WHERE symbol = \'{symbol}\'"», conn)\nconn.execute(text(«"SELECT * FROM fills WHERE symbol = \'" + symbol + "\'"»))', 'conn, symbol', 'import pandas as pd\nfrom sqlalchemy import text\n\n\n'), findings: [{ messageId: 'value' }, { messageId: 'value' }] },
    { name: 'an attribute from outside', code: 'class Journal:\n    def __init__(self, cur, account):\n        self.cur = cur\n        self.account = account\n\n    def load(self):\n        self.cur.execute(«f"SELECT * FROM fills WHERE account = \'{self.account}\'"»)\n', findings: [{ messageId: 'value', severity: 'warning' }] },
    { name: 'a table from outside', code: fn('cur.execute(«f"SELECT * FROM {table} WHERE id = ?"», (1,))', 'cur, table'), findings: [{ messageId: 'name', severity: 'info', message: /^table names a table or column in the SQL, and no constant decides it/ }] },
    { name: 'an argument of the program', code: 'import sqlite3\nimport sys\n\nsqlite3.connect("bars.db").execute(«"SELECT * FROM bars WHERE symbol = \'" + sys.argv[1] + "\'"»)\n', findings: [{ messageId: 'value', severity: 'warning', evidence: { origin: 'operator' } }] },
    { name: 'Express and pg', path: TS, code: handler("await pool.query(«`SELECT * FROM bars WHERE symbol = '${req.query.symbol}'`»);\nawait pool.query({ text: «'SELECT * FROM bars WHERE symbol = ' + req.params.symbol» });"), findings: [{ messageId: 'user' }, { messageId: 'user' }] },
    { name: 'taken apart', path: TS, code: handler("const { symbol } = req.query;\nconst sql = `SELECT * FROM bars WHERE symbol = '${symbol}'`;\nawait pool.query(«sql»);"), findings: [{ messageId: 'user' }] },
    { name: 'raw queries', path: TS, code: handler("await prisma.$queryRawUnsafe(«`SELECT * FROM bars WHERE symbol = '${req.query.symbol}'`»);\nawait knex.raw(«'SELECT * FROM bars WHERE symbol = ' + req.body.symbol»);"), findings: [{ messageId: 'user' }, { messageId: 'user' }] },
    { name: 'a parameter of TypeScript', path: TS, code: "export function fills(db: Database, symbol: string) {\n  return db.all(«`SELECT * FROM fills WHERE symbol = '${symbol}'`»);\n}\n", findings: [{ messageId: 'value', severity: 'warning' }] },
  ],
});
