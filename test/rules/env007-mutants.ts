/** ENV007: secrets on their way to the console, a log, a chat, an error, a command and an address. */
import type { Draw, Form, Made } from '../mutants/form.ts';
import { securityForms } from './web-mutants.ts';

interface Secret { readonly name: string; readonly set: string }

function pythonSecret(draw: Draw): Secret {
  const name = draw.name('api_secret', 'feed_token', 'broker_password', 'signing_key');
  const from = name.toUpperCase().replace(/\d+$/, '');
  return { name, set: `${name} = ${draw.one([`os.environ["${from}"]`, `os.getenv("${from}")`, `os.environ.get("${from}", "")`, 'keyring.get_password("desk", "bot")'])}` };
}

function scriptSecret(draw: Draw): Secret {
  const name = draw.name('apiSecret', 'feedToken', 'brokerPassword');
  const from = name.replace(/\d+$/, '').replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
  return { name, set: `const ${name} = ${draw.one([`process.env.${from}`, `process.env['${from}']`, `process.env.${from} ?? ''`])};` };
}

/** Every way goes over a name; the twin shows a length, nothing, or something else. */
const python = (bad: (draw: Draw, name: string) => string, good: (name: string) => string, imports = ''): ((draw: Draw) => Made) => (draw) => {
  const { name, set } = pythonSecret(draw);
  return { imports: `import keyring\nimport os${imports === '' ? '' : `\n${imports}`}`, code: `${set}\n${bad(draw, name)}`, twin: `${set}\n${good(name)}` };
};
const script = (bad: (draw: Draw, name: string) => string, good: (name: string) => string): ((draw: Draw) => Made) => (draw) => {
  const { name, set } = scriptSecret(draw);
  return { code: `${set}\n${bad(draw, name)}`, twin: `${set}\n${good(name)}` };
};

/** What a desk prints or asks on each tick has rules of its own. */
const ALSO = ['PRF001', 'PRF003', 'PRF004', 'SEC202', 'SEC209'] as const;

export const ENV007_MUTANTS: readonly Form[] = [
  ...securityForms('python', 'function', {
    'print': python((draw, name) => draw.one([`print(«${name}»)`, `print("key", «${name}»)`, `print(«f"key {${name}}"»)`]), (name) => `print("key", len(${name}))`),
    'a logger': python((draw, name) => draw.one([`desk_log.info("using %s", «${name}»)`, `desk_log.warning(«f"using {${name}}"»)`, `desk_log.debug(«"using " + ${name}»)`]), (name) => `desk_log.info("key ends in %s", ${name}[-4:])`, 'import logging\ndesk_log = logging.getLogger("desk")'),
    'a dict': python((draw, name) => { const made = draw.name('headers_now', 'auth_headers'); return `${made} = {"X-API-KEY": ${name}}\nprint(«${made}»)`; }, (name) => `made = {"X-API-KEY": ${name}}\nprint(list(made))`),
    'JSON': python((_draw, name) => `print(«json.dumps({"secret": ${name}})»)`, (name) => `print(json.dumps({"secret": bool(${name})}))`, 'import json'),
    'the whole environment': (draw) => ({ imports: 'import os', code: draw.one(['print(«os.environ»)', 'print(«dict(os.environ)»)']), twin: 'print(len(os.environ))' }),
    'a command': python((draw, name) => draw.one([`subprocess.run(«["mysql", f"-p{${name}}"]»)`, `os.system(«f"login {${name}}"»)`]), (name) => `subprocess.run(["mysql"], env={"MYSQL_PWD": ${name}})`, 'import subprocess'),
    'an address': python((_draw, name) => `requests.get(f"https://api.x.io/orders?key={«${name}»}", timeout=5)`, (name) => `requests.get("https://api.x.io/orders", headers={"X-API-KEY": ${name}}, timeout=5)`, 'import requests'),
  }, { also: ALSO }),
  ...securityForms('python', 'module', {
    'an error': python((_draw, name) => `if len(${name}) != 64:\n    raise ValueError(«f"bad key {${name}}"»)`, (name) => `if len(${name}) != 64:\n    raise ValueError("bad key")`),
    'a helper': (draw) => { const { name, set } = pythonSecret(draw); const fn = draw.name('note_line', 'say_it'); const make = (given: string): string => `def ${fn}(text):\n    print(text)\n\n\n${set}\n${fn}(${given})`; return { imports: 'import keyring\nimport os', code: make(`«${name}»`), twin: make('"up"') }; },
    'a chat': (draw) => { const { name, set } = pythonSecret(draw); const fn = draw.name('tell_desk', 'send_note'); const make = (text: string): string => `${set}\n\n\ndef ${fn}(bot):\n    bot.send_message(chat_id=1, text=${text})`; return { imports: 'import keyring\nimport os', code: make(`«f"key {${name}}"»`), twin: make('"up"') }; },
  }),
  ...securityForms('script', 'function', {
    'the console': script((draw, name) => draw.one([`console.log(«${name}»);`, `console.error('key', «${name}»);`, `console.log(«\`key \${${name}}\`»);`]), (name) => `console.log('key', String(${name}).length);`),
    'JSON': script((_draw, name) => `console.log(«JSON.stringify({ ${name} })»);`, (name) => `console.log(JSON.stringify({ set: ${name} !== undefined }));`),
    'an address': script((_draw, name) => `void fetch(\`https://api.x.io/v1?key=\${«${name}»}\`);`, (name) => `void fetch('https://api.x.io/v1', { headers: { 'X-API-KEY': String(${name}) } });`),
    'the whole environment': () => ({ code: 'console.log(«process.env»);', twin: 'console.log(Object.keys(process.env).length);' }),
  }, { also: ALSO }),
  ...securityForms('script', 'module', {
    'an error': script((_draw, name) => `if (String(${name}).length !== 64) { throw new Error(«\`bad key \${${name}}\`»); }`, (name) => `if (String(${name}).length !== 64) { throw new Error('bad key'); }`),
    'a helper': (draw) => { const { name, set } = scriptSecret(draw); const fn = draw.name('noteLine', 'sayIt'); const make = (given: string): string => `function ${fn}(text${draw.place.typed ? ': any' : ''}) { console.log(text); }\n${set}\n${fn}(${given});`; return { code: make(`«${name}»`), twin: make("'up'") }; },
  }),
];
