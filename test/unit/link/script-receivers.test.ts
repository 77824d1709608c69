/** Each way in which a call of TypeScript and JavaScript finds its target across files: one test each. */
import { describe, expect, test } from 'vitest';
import { messages, project, summaryOf } from './project.ts';

const RISK = 'export class Risk {\n  check() { print("x"); }\n}\n';
const bot = (...members: string[]): string => `export class TickBot {\n${members.map((member) => `  ${member}\n`).join('')}}\n`;
const REACHED = ['risk.ts: onTick: onTick → Risk.check'];

interface Case { readonly title: string; readonly files: Readonly<Record<string, string>>; readonly expected: readonly string[] }

const CASES: readonly Case[] = [
  { title: 'this.m', expected: ['s.ts: onTick: onTick → note'], files: { 's.ts': bot('onTick(t) { this.note(); }', 'note() { print("x"); }') } },
  { title: 'this.#m', expected: ['s.ts: onTick: onTick → #note'], files: { 's.ts': bot('onTick(t) { this.#note(); }', '#note() { print("x"); }') } },
  { title: 'an arrow function as a field', expected: ['s.ts: onTick: onTick → note'], files: { 's.ts': bot('onTick = (t) => { this.note(); };', 'note = () => print("x");') } },
  {
    title: 'this.attr.m by a field', expected: REACHED,
    files: { 'risk.ts': RISK, 's.ts': `import { Risk } from './risk';\n${bot('private risk = new Risk();', 'onTick(t) { this.risk.check(); }')}` },
  },
  {
    title: 'this.attr.m by a typed field', expected: REACHED,
    files: { 'risk.ts': RISK, 's.ts': `import type { Risk } from './risk';\n${bot('private risk!: Risk | undefined;', 'onTick(t) { this.risk?.check(); }')}` },
  },
  {
    title: 'this.attr.m by the constructor', expected: REACHED,
    files: { 'risk.ts': RISK, 's.ts': `import { Risk } from './risk';\n${bot('constructor() { this.risk = new Risk(); }', 'onTick(t) { this.risk.check(); }')}` },
  },
  {
    title: 'this.attr.m by a parameter property', expected: REACHED,
    files: { 'risk.ts': RISK, 's.ts': `import { Risk } from './risk';\n${bot('constructor(private readonly risk: Risk) {}', 'onTick(t) { this.risk.check(); }')}` },
  },
  {
    title: 'this.attr.m by a parameter that is stored', expected: REACHED,
    files: { 'risk.ts': RISK, 's.ts': `import { Risk } from './risk';\n${bot('private risk;', 'constructor(risk: Risk) { this.risk = risk; }', 'onTick(t) { this.risk!.check(); }')}` },
  },
  {
    title: 'an interface, by the class that implements it', expected: ['live.ts: onTick: onTick → Live.check'],
    files: {
      'risk.ts': 'export interface Risk { check(): void }\n', 'live.ts': "import { Risk } from './risk';\nexport class Live implements Risk {\n  check() { print('x'); }\n}\n",
      's.ts': `import { Risk } from './risk';\n${bot('constructor(private risk: Risk) {}', 'onTick(t) { this.risk.check(); }')}`,
    },
  },
  {
    title: 'super.m', expected: ['base.ts: onTick: onTick → Base.note'],
    files: { 'base.ts': 'export class Base {\n  note(t) { print("x"); }\n}\n', 's.ts': "import { Base } from './base';\nexport class Bot extends Base {\n  onTick(t) { super.note(t); }\n  note(t) {}\n}\n" },
  },
  {
    title: 'a base class in another file', expected: ['base.ts: onTick: onTick → Base.note'],
    files: { 'base.ts': 'export abstract class Base {\n  note() { print("x"); }\n}\n', 's.ts': "import { Base } from './base';\nexport class Bot extends Base {\n  onTick(t) { this.note(); }\n}\n" },
  },
  {
    title: 'an abstract method, by the class that has it', expected: ['s.ts: onTick: onTick → Bot.note'],
    files: { 'base.ts': 'export abstract class Strategy {\n  onTick(t) { this.note(); }\n  abstract note(): void;\n}\n', 's.ts': "import { Strategy } from './base';\nexport class Bot extends Strategy {\n  note() { print('x'); }\n}\n" },
  },
  {
    title: 'a getter', expected: ['s.ts: onTick: onTick → open'],
    files: { 's.ts': bot('onTick(t) { if (this.open) { go(); } }', 'get open() { print("x"); return 1; }') },
  },
  {
    title: 'a function of another file', expected: ['risk.ts: onTick: onTick → note'],
    files: { 'risk.ts': 'export function note() { print("x"); }\n', 's.ts': `import { note } from './risk';\n${bot('onTick(t) { note(); }')}` },
  },
  {
    title: 'a constant function, by an alias', expected: ['lib/risk.ts: onTick: onTick → note'],
    files: { 'lib/risk.ts': 'export const note = () => { print("x"); };\n', 'bots/s.ts': `import { note as say } from '../lib/risk.js';\n${bot('onTick(t) { say(); }')}` },
  },
  {
    title: 'a namespace import', expected: ['risk.ts: onTick: onTick → note'],
    files: { 'risk.ts': 'export function note() { print("x"); }\n', 's.ts': `import * as risk from './risk';\n${bot('onTick(t) { risk.note(); }')}` },
  },
  {
    title: 'a default export, and an index file', expected: ['risk/index.ts: onTick: onTick → Risk.check'],
    files: { 'risk/index.ts': 'export default class Risk {\n  check() { print("x"); }\n}\n', 's.ts': `import R from './risk';\n${bot('risk = new R();', 'onTick(t) { this.risk.check(); }')}` },
  },
  {
    title: 'a default export of an instance', expected: ['risk.ts: onTick: onTick → Risk.check'],
    files: { 'risk.ts': `${RISK}export default new Risk();\n`, 's.ts': `import risk from './risk';\n${bot('onTick(t) { risk.check(); }')}` },
  },
  {
    title: 're-exports by name, under another name, and of everything', expected: ['risk.ts: onTick: onTick → Risk.check'],
    files: {
      'risk.ts': RISK, 'a.ts': "export * from './risk';\n", 'b.ts': "export { Risk as Guard } from './a';\n", 'index.ts': "import { Guard } from './b';\nexport { Guard as Shield };\n",
      's.ts': `import { Shield } from '.';\n${bot('risk = new Shield();', 'onTick(t) { this.risk.check(); }')}`,
    },
  },
  {
    title: 'CommonJS by name', expected: ['risk.js: onTick: onTick → Risk.check'],
    files: { 'risk.js': 'class Risk {\n  check() { print("x"); }\n}\nmodule.exports = { Risk };\n', 's.js': `const { Risk } = require('./risk');\n${bot('constructor() { this.risk = new Risk(); }', 'onTick(t) { this.risk.check(); }').replace('export ', '')}` },
  },
  {
    title: 'CommonJS as a whole', expected: ['risk.js: onTick: onTick → Risk.check'],
    files: { 'risk.js': 'module.exports = class Risk {\n  check() { print("x"); }\n};\n', 's.js': `const Risk = require('./risk');\n${bot('constructor() { this.risk = new Risk(); }', 'onTick(t) { this.risk.check(); }').replace('export ', '')}` },
  },
  {
    title: 'exports.f', expected: ['risk.js: onTick: onTick → callback'],
    files: { 'risk.js': 'exports.note = () => { print("x"); };\n', 's.js': `const risk = require('./risk');\n${bot('onTick(t) { risk.note(); }').replace('export ', '')}` },
  },
  {
    title: 'paths of a configuration', expected: ['src/risk/risk.ts: onTick: onTick → Risk.check'],
    files: {
      'tsconfig.json': '{ "compilerOptions": { /* here */ "baseUrl": ".", "paths": { "@desk/*": ["src/*"] } } }', 'src/risk/risk.ts': RISK,
      'src/bots/s.ts': `import { Risk } from '@desk/risk/risk';\n${bot('risk = new Risk();', 'onTick(t) { this.risk.check(); }')}`,
    },
  },
  {
    title: 'a destructured member', expected: ['s.ts: onTick: onTick → note'],
    files: { 's.ts': bot('onTick(t) { const { note } = this; note(); }', 'note() { print("x"); }') },
  },
  {
    title: 'a function of an object literal', expected: ['s.ts: onTick: onTick → callback'],
    files: { 's.ts': `const tools = { note() { print("x"); } };\n${bot('onTick(t) { tools.note(); }')}` },
  },
  {
    title: "on('message', this.f.bind(this))", expected: ['s.ts: read: read'],
    files: { 's.ts': 'class Feed {\n  start(ws) { ws.on("message", this.read.bind(this)); }\n  read(m) { print("x"); }\n}\n' },
  },
  {
    title: "on('tick', (t) => this.f(t))", expected: ['s.ts: callback: callback → read'],
    files: { 's.ts': 'class Feed {\n  start(bus) { bus.on("tick", (t) => this.read(t)); }\n  read(m) { print("x"); }\n}\n' },
  },
  { title: 'ws.onmessage = f', expected: ['s.js: read: read'], files: { 's.js': 'function read(m) { print("x"); }\nconst ws = new WebSocket(url);\nws.onmessage = read;\n' } },
  {
    title: 'a loop over a stream', expected: ['s.ts: run: run → note'],
    files: { 's.ts': 'const note = (t) => print(t);\nasync function run(ex) {\n  while (true) {\n    const t = await ex.watchTicker("BTC/USDT");\n    note(t);\n  }\n}\n' },
  },
  {
    title: 'for await over a socket', expected: ['s.ts: run: run'],
    files: { 's.ts': 'async function run(ws) {\n  for await (const m of ws) { print(m); }\n}\n' },
  },
  { title: 'a callback that runs at once', expected: ['s.ts: onTick: onTick → callback'], files: { 's.ts': bot('onTick(t) { this.xs.forEach((x) => print(x)); }') } },
  // ---------------------------------------------------------------------- silent
  { title: 'a timer is no tick', expected: [], files: { 's.ts': 'class Feed {\n  start() { setInterval(() => this.read(), 5000); }\n  read() { print("x"); }\n}\n' } },
  { title: 'a message of a child process', expected: [], files: { 's.js': 'child.on("message", (m) => print(m));\nchild.stderr.on("data", (text) => print(text));\n' } },
  { title: 'a package of the same name', expected: [], files: { 'risk.ts': RISK, 's.ts': `import { Risk } from 'risk';\n${bot('risk = new Risk();', 'onTick(t) { this.risk.check(); }')}` } },
  { title: 'the `this` of a function is not the one around it', expected: [], files: { 's.ts': bot('onTick(t) { later(function () { this.note(); }); }', 'note() { print("x"); }') } },
  { title: 'a new bar', expected: [], files: { 's.ts': bot('onTick(t) { if (t.barTime === this.lastBar) return; this.lastBar = t.barTime; print("x"); }') } },
];

describe('receivers of scripts', () => {
  test.each(CASES)('$title', ({ files, expected }) => {
    expect(messages(project(files))).toEqual(expected);
  });

  test('a configuration that comes later changes what names mean', () => {
    const linker = project({ 'src/risk.ts': RISK, 'src/s.ts': `import { Risk } from '@/risk';\n${bot('risk = new Risk();', 'onTick(t) { this.risk.check(); }')}` });
    expect(messages(linker)).toEqual([]);
    linker.set(summaryOf('tsconfig.json', '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }'));
    expect(messages(linker)).toEqual(['src/risk.ts: onTick: onTick → Risk.check']);
    linker.delete('tsconfig.json');
    expect(messages(linker)).toEqual([]);
  });
});
