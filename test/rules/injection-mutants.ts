/** SEC201 to SEC204, SEC219, SEC220: what others send in a statement, a command, a path, code, an address and a page. */
import type { Draw, Form, Made } from '../mutants/form.ts';
import { joined, pythonView, scriptView, securityForms, templated } from './web-mutants.ts';

type Build = (draw: Draw, sent: string) => { readonly bad: string; readonly good: string; readonly imports?: string };

/** The same in a view, straight or over a name. */
function inView(build: Build, of?: Parameters<typeof pythonView>[1]): (draw: Draw) => Made {
  return (draw) => {
    const { imports, sent, wrap } = pythonView(draw, of);
    const name = draw.name('wanted', 'given', 'asked');
    const made = build(draw, name);
    return { imports: [imports, made.imports ?? ''].join('\n').trim(), code: wrap(`${name} = ${sent}\n${made.bad}`), twin: wrap(`${name} = ${sent}\n${made.good}`) };
  };
}

function inHandler(build: Build): (draw: Draw) => Made {
  return (draw) => {
    const { imports, sent, wrap } = scriptView(draw);
    const name = draw.name('wanted', 'given', 'asked');
    const head = draw.one([`const ${name} = ${sent};\n`, `let ${name} = ${sent};\n`]);
    const made = build(draw, name);
    return { imports: [imports, made.imports ?? ''].join('\n').trim(), code: wrap(head + made.bad), twin: wrap(head + made.good) };
  };
}

/** What a function is handed by nobody who is known. */
function inFunction(build: Build): (draw: Draw) => Made {
  return (draw) => {
    const [fn, name] = [draw.name('load_rows', 'start_step', 'run_one'), draw.name('wanted', 'given', 'asked')];
    const made = build(draw, name);
    const code = (body: string): string => `def ${fn}(cur, ${name}):\n${body.split('\n').map((line) => `    ${line}`).join('\n')}`;
    return { ...(made.imports === undefined ? {} : { imports: made.imports }), code: code(made.bad), twin: code(made.good) };
  };
}

const TABLES = ['bars', 'fills', 'orders'] as const;

const sql: readonly Form[] = [
  ...securityForms('python', 'module', {
    'a cursor in a view': inView((draw, name) => { const table = draw.one(TABLES); return { bad: `cur = pool.cursor()\ncur.execute(«${joined(draw, `SELECT * FROM ${table} WHERE symbol = '`, name, "'")}»)`, good: `cur = pool.cursor()\ncur.execute("SELECT * FROM ${table} WHERE symbol = ?", (${name},))` }; }),
    'over a name': inView((draw, name) => { const query = draw.name('sql', 'query', 'statement'); return { bad: `${query} = ${joined(draw, "DELETE FROM fills WHERE account = '", name, "'")}\nconn.execute(«${query}»)`, good: `${query} = "DELETE FROM fills WHERE account = %s"\nconn.execute(${query}, [${name}])` }; }),
    'a piece at a time': inView((draw, name) => { const query = draw.name('sql', 'query'); return { bad: `${query} = "SELECT * FROM bars WHERE 1 = 1"\nif ${name}:\n    ${query} += ${joined(draw, " AND venue = '", name, "'")}\nreturn db.fetch_all(«${query}»)`, good: `${query} = "SELECT * FROM bars WHERE 1 = 1"\nif ${name}:\n    ${query} += " AND venue = :venue"\nreturn db.fetch_all(${query}, {"venue": ${name}})` }; }),
    'a list of clauses': inView((draw, name) => { const where = draw.name('where', 'clauses'); return { bad: `${where} = ["side = 'buy'"]\n${where}.append(${joined(draw, "symbol = '", name, "'")})\ncursor.execute(«"SELECT * FROM fills WHERE " + " AND ".join(${where})»)`, good: `${where} = ["side = 'buy'"]\n${where}.append("symbol = ?")\ncursor.execute("SELECT * FROM fills WHERE " + " AND ".join(${where}), (${name},))` }; }),
    'a helper': (draw) => { const { imports, sent, wrap } = pythonView(draw); const fn = draw.name('query_for', 'select_of'); const helper = (body: string): string => `def ${fn}(label):\n    return ${body}\n\n\n`; return { imports, code: `${helper(joined(draw, "SELECT * FROM fills WHERE label = '", 'label', "'"))}${wrap(`cursor.execute(«${fn}(${sent})»)`)}`, twin: `${helper('"SELECT * FROM fills WHERE label = ?"')}${wrap(`cursor.execute(${fn}(${sent}), (1,))`)}` }; },
    'pandas': inFunction((draw, name) => ({ imports: 'import pandas as pd', bad: `return pd.read_sql(«${joined(draw, "SELECT * FROM fills WHERE symbol = '", name, "'")}», cur)`, good: `return pd.read_sql("SELECT * FROM fills WHERE symbol = ?", cur, params=[${name}])` })),
    'text of SQLAlchemy': inFunction((draw, name) => ({ imports: 'from sqlalchemy import text as sql_text', bad: `return cur.execute(sql_text(«${joined(draw, "SELECT * FROM fills WHERE symbol = '", name, "'")}»)).all()`, good: `return cur.execute(sql_text("SELECT * FROM fills WHERE symbol = :s"), {"s": ${name}}).all()` })),
    'a parameter': inFunction((draw, name) => ({ bad: `cur.execute(«${joined(draw, "UPDATE fills SET note = '", name, "'")}»)`, good: `cur.execute("UPDATE fills SET note = ?", (${name},))` })),
  }),
  ...securityForms('script', 'module', {
    'a pool': inHandler((draw, name) => ({ bad: `await pool.query(«${templated(draw, "SELECT * FROM bars WHERE symbol = '", name, "'")}»);`, good: `await pool.query('SELECT * FROM bars WHERE symbol = $1', [${name}]);` })),
    'over a name': inHandler((draw, name) => { const query = draw.name('sql', 'query'); return { bad: `const ${query} = ${templated(draw, "DELETE FROM fills WHERE account = '", name, "'")};\nconst rows = await db.all(«${query}»);`, good: `const ${query} = 'DELETE FROM fills WHERE account = ?';\nconst rows = await db.all(${query}, [${name}]);` }; }),
    'an object of pg': inHandler((draw, name) => ({ bad: `await client.query({ text: «${templated(draw, "SELECT * FROM bars WHERE symbol = '", name, "'")}» });`, good: `await client.query({ text: 'SELECT * FROM bars WHERE symbol = $1', values: [${name}] });` })),
    'a raw query': inHandler((draw, name) => ({ bad: `await prisma.$queryRawUnsafe(«${templated(draw, "SELECT * FROM bars WHERE symbol = '", name, "'")}»);`, good: `await prisma.$queryRaw\`SELECT * FROM bars WHERE symbol = \${${name}}\`;` })),
    'knex': inHandler((draw, name) => ({ bad: `await knex.raw(«${templated(draw, "SELECT * FROM bars WHERE symbol = '", name, "'")}»);`, good: `await knex.raw('SELECT * FROM bars WHERE symbol = ?', [${name}]);` })),
    'a parameter': (draw) => { const fn = draw.name('fillsOf', 'rowsOf'); const type = draw.place.typed ? ': any' : ''; const code = (body: string): string => `function ${fn}(db${type}, symbol${type}) {\n  return db.all(${body});\n}`; return { code: code(`«${templated(draw, "SELECT * FROM fills WHERE symbol = '", 'symbol', "'")}»`), twin: code("'SELECT * FROM fills WHERE symbol = ?', [symbol]") }; },
  }),
];

const command: readonly Form[] = [
  ...securityForms('python', 'module', {
    'os.system': inView((draw, name) => ({ imports: 'import os\nimport shlex', bad: `os.${draw.one(['system', 'popen'])}(«${joined(draw, 'systemctl restart ', name)}»)`, good: `os.system("systemctl restart " + shlex.quote(${name}))` })),
    'a shell of subprocess': inView((draw, name) => ({ imports: 'import subprocess', bad: `subprocess.${draw.one(['run', 'check_output', 'Popen', 'call'])}(«${joined(draw, 'git clone ', name)}», shell=True)`, good: `subprocess.run(["git", "clone", ${name}])` })),
    'a shell in a list': inView((draw, name) => ({ imports: 'import subprocess', bad: `subprocess.run(«["${draw.one(['bash', 'sh'])}", "-c", ${joined(draw, 'grep ', name, ' bars.log')}]»)`, good: `subprocess.run(["grep", ${name}, "bars.log"])` })),
    'over a name': inView((draw, name) => { const line = draw.name('command', 'line'); return { imports: 'import os\nimport shlex', bad: `${line} = ${joined(draw, 'tar -czf ', name, '.tgz data')}\nos.system(«${line}»)`, good: `${line} = "tar -czf " + shlex.quote(${name}) + ".tgz data"\nos.system(${line})` }; }),
    'an event loop': (draw) => { const { imports, sent, wrap } = pythonView(draw, ['aiohttp', 'quart', 'telegram']); return { imports: `${imports}\nimport asyncio`, code: wrap(`given = ${sent}\nawait asyncio.create_subprocess_shell(«${joined(draw, 'systemctl restart ', 'given')}»)`), twin: wrap(`given = ${sent}\nawait asyncio.create_subprocess_exec("systemctl", "restart", given)`) }; },
    'another name of it': inView((draw, name) => { const go = draw.name('go_run', 'shell_out'); return { imports: `from subprocess import run as ${go}`, bad: `${go}(«${joined(draw, 'systemctl restart ', name)}», shell=True)`, good: `${go}(["systemctl", "restart", ${name}])` }; }),
    'a parameter': inFunction((draw, name) => ({ imports: 'import os\nimport subprocess', bad: draw.one([`os.system(«${joined(draw, 'rm -rf ', name)}»)`, `subprocess.run(«${name}», shell=True)`]), good: `subprocess.run(["rm", "-rf", ${name}])` })),
    'over there': inFunction((draw, name) => ({ imports: 'import paramiko\nimport shlex', bad: `client = paramiko.SSHClient()\nclient.exec_command(«${joined(draw, 'systemctl restart ', name)}»)`, good: `client = paramiko.SSHClient()\nclient.exec_command("systemctl restart " + shlex.quote(${name}))` })),
  }),
  ...securityForms('script', 'module', {
    'exec': inHandler((draw, name) => { const exec = draw.name('runLine', 'shellOut'); return { imports: draw.place.commonJs ? `const { exec: ${exec} } = require('child_process');` : `import { exec as ${exec} } from '${draw.one(['node:child_process', 'child_process'])}';`, bad: `${exec}(«${templated(draw, 'git clone ', name)}», () => {});`, good: `${exec}('git pull', () => {});` }; }),
    'execSync of the module': inHandler((draw, name) => { const cp = draw.name('cp', 'childProcess'); return { imports: draw.place.commonJs ? `const ${cp} = require('child_process');` : `import * as ${cp} from 'child_process';`, bad: `${cp}.execSync(«${templated(draw, 'systemctl restart ', name)}»);`, good: `${cp}.execFileSync('systemctl', ['restart', ${name}]);` }; }),
    'a shell of spawn': inHandler((draw, name) => { const spawn = draw.name('startChild', 'spawnIt'); return { imports: draw.place.commonJs ? `const { spawn: ${spawn} } = require('child_process');` : `import { spawn as ${spawn} } from 'node:child_process';`, bad: `${spawn}(«${templated(draw, 'git clone ', name)}», { shell: true });`, good: `${spawn}('git', ['clone', ${name}]);` }; }),
    'a parameter': (draw) => { const [cp, fn] = [draw.name('cp', 'childProcess'), draw.name('restartUnit', 'runUnit')]; const type = draw.place.typed ? ': string' : ''; const code = (body: string): string => `function ${fn}(unit${type}) {\n  ${body}\n}`; return { imports: draw.place.commonJs ? `const ${cp} = require('child_process');` : `import * as ${cp} from 'child_process';`, code: code(`${cp}.execSync(«${templated(draw, 'systemctl restart ', 'unit')}»);`), twin: code(`${cp}.execFileSync('systemctl', ['restart', unit]);`) }; },
  }),
];

const path: readonly Form[] = [
  ...securityForms('python', 'module', {
    'open': inView((draw, name) => ({ imports: 'import os', bad: `return open(«${joined(draw, 'reports/', name)}»).read()`, good: `return open("reports/" + os.path.basename(${name})).read()` })),
    'joined': inView((draw, name) => { const at = draw.name('path', 'target'); return { imports: 'import os', bad: `${at} = os.path.join("reports", ${name})\nwith open(«${at}») as file:\n    return file.read()`, good: `${at} = os.path.join("reports", os.path.basename(${name}))\nwith open(${at}) as file:\n    return file.read()` }; }),
    'only made absolute': inView((draw, name) => { const at = draw.name('path', 'target'); return { imports: 'import os', bad: `${at} = os.path.abspath(os.path.join("/srv/reports", ${name}))\nreturn open(«${at}»).read()`, good: `${at} = os.path.realpath(os.path.join("/srv/reports", ${name}))\nif not ${at}.startswith("/srv/reports/"):\n    raise ValueError(${name})\nreturn open(${at}).read()` }; }),
    'pathlib': inView((draw, name) => ({ imports: 'from pathlib import Path', bad: `return ${draw.one([`(«Path("reports") / ${name}»)`, `«Path("reports").joinpath(${name})»`])}.${draw.one(['read_text', 'read_bytes'])}()`, good: `return (Path("reports") / Path(${name}).name).read_text()` })),
    'removed': inView((draw, name) => ({ imports: 'import os', bad: `os.${draw.one(['remove', 'unlink'])}(«${joined(draw, 'reports/', name)}»)`, good: `os.remove(f"reports/{int(${name})}.html")` })),
    'sent': inView((draw, name) => ({ imports: 'from flask import send_file, send_from_directory', bad: `return send_file(«${joined(draw, 'reports/', name)}»)`, good: `return send_from_directory("reports", ${name})` }), ['flask']),
    'a frame': inView((draw, name) => ({ imports: 'import os\nimport pandas as pd', bad: `return pd.${draw.one(['read_csv', 'read_parquet'])}(«${joined(draw, 'data/', name, '.csv')}»).to_json()`, good: `return pd.read_csv("data/" + os.path.basename(${name})).to_json()` })),
  }),
  ...securityForms('script', 'module', {
    'read': inHandler((draw, name) => { const [fs, at] = [draw.name('fsLib', 'disk'), draw.name('pathLib', 'paths')]; return { imports: `${draw.import(fs, 'fs', true)}\n${draw.import(at, 'path', true)}`, bad: `${fs}.${draw.one(['readFileSync', 'createReadStream'])}(«${at}.join('reports', ${name})»);`, good: `${fs}.readFileSync(${at}.join('reports', ${at}.basename(${name})));` }; }),
    'removed': inHandler((draw, name) => { const [fs, at] = [draw.name('fsLib', 'disk'), draw.name('pathLib', 'paths')]; return { imports: `${draw.import(fs, 'fs', true)}\n${draw.import(at, 'path', true)}`, bad: `await ${fs}.promises.unlink(«${templated(draw, 'reports/', name)}»);`, good: `await ${fs}.promises.unlink('reports/' + ${at}.basename(${name}));` }; }),
    'sent': inHandler((draw, name) => { const at = draw.name('pathLib', 'paths'); return { imports: draw.import(at, 'path', true), bad: `res.${draw.one(['sendFile', 'download'])}(«${draw.one([`${at}.resolve('reports', ${name})`, templated(draw, '/srv/reports/', name)])}»);`, good: `res.sendFile(${name}, { root: 'reports' });` }; }),
    'written': inHandler((draw, name) => { const [fs, at] = [draw.name('fsLib', 'disk'), draw.name('pathLib', 'paths')]; return { imports: `${draw.import(fs, 'fs', true)}\n${draw.import(at, 'path', true)}`, bad: `${fs}.writeFileSync(«${templated(draw, 'data/', name, '.json')}», '{}');`, good: `${fs}.writeFileSync('data/' + ${at}.basename(${name}), '{}');` }; }),
  }),
];

const code: readonly Form[] = [
  ...securityForms('python', 'module', {
    'eval in a view': inView((_draw, name) => ({ imports: 'import ast', bad: `return str(eval(«${name}»))`, good: `return str(ast.literal_eval(${name}))` })),
    'exec of a text': inView((draw, name) => ({ bad: `exec(«${joined(draw, 'entry = ', name)}»)`, good: 'exec("entry = 1")' })),
    'a frame': inView((_draw, name) => ({ imports: 'import pandas as pd', bad: `df = pd.DataFrame()\nreturn df.query(«${name}»).to_json()`, good: `df = pd.DataFrame()\nreturn df[df.label == ${name}].to_json()` })),
    'a template': inView((draw, name) => ({ imports: 'from flask import render_template_string', bad: `return render_template_string(«${joined(draw, '<b>', name, '</b>')}»)`, good: `return render_template_string("<b>{{ name }}</b>", name=${name})` }), ['flask']),
    'a parameter': inFunction((draw, name) => ({ imports: 'import ast', bad: `return ${draw.one(['eval', 'exec'])}(«${draw.one([name, joined(draw, 'close > ', name)])}»)`, good: `return ast.literal_eval(${name})` })),
    'compiled before': inFunction((draw, name) => ({ bad: `exec(«compile(${name}, "${draw.one(['rule', 'signal'])}", "exec")»)`, good: `exec(compile("x = 1", "rule", "exec"))\nreturn ${name}` })),
    'settings': (draw) => { const [fn, rules] = [draw.name('signal_of', 'decide_entry'), draw.name('rules', 'conditions')]; const make = (body: string): string => `def ${fn}(path):\n    ${rules} = json.load(open(path))\n    return ${body}`; return { imports: 'import ast\nimport json', code: make(`eval(«${rules}["entry"]»)`), twin: make(`ast.literal_eval(${rules}["entry"])`) }; },
  }),
  ...securityForms('script', 'module', {
    'eval': inHandler((_draw, name) => ({ bad: `eval(«${name}»);`, good: `JSON.parse(${name});` })),
    'a function': inHandler((draw, name) => ({ bad: `const signal = new Function('bar', «${templated(draw, 'return ', name)}»);`, good: "const signal = new Function('bar', 'return bar.close');" })),
    'a context': inHandler((draw, name) => { const vm = draw.name('vmLib', 'sandbox'); return { imports: draw.import(vm, 'vm', true), bad: `${vm}.${draw.one(['runInNewContext', 'runInThisContext'])}(«${name}»);`, good: `${vm}.runInNewContext('1 + 1');` }; }),
    'a parameter': (draw) => { const fn = draw.name('compileRule', 'signalOf'); const type = draw.place.typed ? ': string' : ''; const make = (body: string): string => `const ${fn} = (rule${type}) => ${body};`; return { code: make(draw.one(["new Function('bar', «rule»)", 'eval(«rule»)'])), twin: make('JSON.parse(rule)') }; },
  }),
];

const address: readonly Form[] = [
  ...securityForms('python', 'module', {
    'the whole address': inView((draw, name) => ({ imports: 'import requests', bad: `requests.${draw.one(['get', 'post', 'head'])}(«${name}», timeout=5)`, good: `requests.get("https://api.example.com/bars", params={"symbol": ${name}}, timeout=5)` })),
    'the host': inView((draw, name) => ({ imports: 'import requests', bad: `requests.get(«${joined(draw, 'https://', name, '/bars')}», timeout=5)`, good: `requests.get(${joined(draw, 'https://api.example.com/', name)}, timeout=5)` })),
    'httpx': inView((draw, name) => ({ imports: 'import httpx', bad: `httpx.get(«${draw.one([name, joined(draw, 'https://', name)])}»)`, good: `httpx.get("https://api.example.com/bars", params={"s": ${name}})` })),
    'urlopen': inView((draw, name) => { const open = draw.name('open_url', 'fetch_url'); return { imports: `from urllib.request import urlopen as ${open}`, bad: `${open}(«${name}», timeout=5)`, good: `if ${name} not in ("https://a.example", "https://b.example"):\n    raise ValueError(${name})\n${open}(${name}, timeout=5)` }; }),
    'joined to a base': inView((_draw, name) => ({ imports: 'import requests\nfrom urllib.parse import urljoin', bad: `requests.get(«urljoin("https://api.example.com", ${name})», timeout=5)`, good: `requests.get("https://api.example.com/bars", params={"s": ${name}}, timeout=5)` })),
    'a session': (draw) => { const { imports, sent, wrap } = pythonView(draw, ['aiohttp', 'quart']); const make = (body: string): string => wrap(`async with aiohttp.ClientSession() as session:\n    await ${body}`); return { imports: `${imports}\nimport aiohttp`, code: make(`session.get(«${sent}»)`), twin: make(`session.get("https://api.example.com", params={"s": ${sent}})`) }; },
  }),
  ...securityForms('script', 'module', {
    'fetch': inHandler((draw, name) => ({ bad: `await fetch(«${draw.one([name, templated(draw, 'https://', name, '/hook')])}»);`, good: `await fetch(\`https://api.example.com/bars/\${${name}}\`);` })),
    'axios': inHandler((draw, name) => { const lib = draw.name('axiosLib', 'http'); return { imports: draw.import(lib, 'axios', true), bad: `await ${lib}.${draw.one(['get', 'post'])}(«${name}»);`, good: `await ${lib}.get('https://api.example.com/bars', { params: { s: ${name} } });` }; }),
    'options of axios': inHandler((draw, name) => { const lib = draw.name('axiosLib', 'http'); return { imports: draw.import(lib, 'axios', true), bad: `await ${lib}({ method: 'get', url: «${name}» });`, good: `await ${lib}({ method: 'get', url: 'https://api.example.com/bars', params: { s: ${name} } });` }; }),
    'https': inHandler((draw, name) => { const lib = draw.name('httpsLib', 'tlsHttp'); return { imports: draw.import(lib, 'https', true), bad: `${lib}.get(«${name}», () => {});`, good: `${lib}.get('https://api.example.com/bars', () => {});` }; }),
  }),
];

const page: readonly Form[] = [
  ...securityForms('python', 'module', {
    'an answer': inView((draw, name) => ({ imports: 'from markupsafe import escape', bad: `return «${joined(draw, '<b>', name, '</b>')}»`, good: `return f"<b>{escape(${name})}</b>"` }), ['flask']),
    'a response': inView((draw, name) => ({ imports: 'from flask import make_response\nfrom markupsafe import escape', bad: `return make_response(«${joined(draw, '<h1>', name, '</h1>')}»)`, good: `return make_response(f"<h1>{escape(${name})}</h1>")` }), ['flask']),
    'markup': inView((draw, name) => ({ imports: 'from markupsafe import Markup', bad: `page = Markup(«${joined(draw, '<i>', name, '</i>')}»)`, good: `page = Markup("<i>{}</i>").format(${name})` }), ['flask', 'django']),
    'Django': inView((draw, name) => ({ imports: 'from django.utils.html import format_html', bad: `return HttpResponse(«${joined(draw, '<b>', name, '</b>')}»)`, good: `return HttpResponse(format_html("<b>{}</b>", ${name}))` }), ['django']),
    'safe by word': inView((draw, name) => { const safe = draw.name('mark_safe', 'as_safe'); return { imports: `from django.utils.safestring import mark_safe as ${safe}`, bad: `title = ${safe}(«${joined(draw, '<b>', name, '</b>')}»)`, good: 'title = "<b>desk</b>"' }; }, ['django']),
    'Streamlit': (draw) => { const [st, name] = [draw.name('st', 'stl'), draw.name('wanted', 'given')]; const make = (body: string): string => `${name} = ${st}.${draw.one(['query_params["name"]', 'text_input("name")'])}\n${body}`; return { imports: `import streamlit as ${st}`, code: make(`${st}.markdown(«${joined(draw, '<b>', name, '</b>')}», unsafe_allow_html=True)`), twin: make(`${st}.markdown(${joined(draw, '**', name, '**')})`) }; },
  }),
  ...securityForms('script', 'module', {
    'an answer': inHandler((draw, name) => ({ bad: `res.${draw.one(['send', 'write', 'end'])}(«${templated(draw, '<b>', name, '</b>')}»);`, good: `res.json({ name: ${name} });` })),
    'an answer with a status': inHandler((draw, name) => ({ bad: `res.status(404).send(«${templated(draw, '<p>no ', name, '</p>')}»);`, good: `res.status(404).json({ no: ${name} });` })),
    'the page itself': (draw) => { const [name, el] = [draw.name('wanted', 'given'), draw.name('box', 'panel')]; const make = (body: string): string => `const ${name} = new URLSearchParams(location.search).get('name');\nconst ${el} = document.getElementById('name')${draw.place.typed ? ' as HTMLElement' : ''};\n${body}`; return { code: make(`${el}.innerHTML = «${templated(draw, '<b>', name, '</b>')}»;`), twin: make(`${el}.textContent = ${name};`) }; },
    'beside the page': (draw) => { const el = draw.name('box', 'panel'); const make = (body: string): string => `const ${el} = document.getElementById('name')${draw.place.typed ? ' as HTMLElement' : ''};\n${body}`; return { code: make(draw.one([`${el}.insertAdjacentHTML('beforeend', «location.hash»);`, 'document.write(«document.referrer»);'])), twin: make(`${el}.append(location.hash);`) }; },
  }),
];

export const INJECTION_MUTANTS: Readonly<Record<string, readonly Form[]>> = { SEC201: sql, SEC202: command, SEC203: path, SEC204: code, SEC219: address, SEC220: page };
