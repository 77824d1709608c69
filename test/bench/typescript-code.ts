/** TypeScript trading code by the yard. */
import { chance, type Chance } from './random.ts';

/** A method of a class that keeps `prices`, `book`, `settings` and `seen`, its heading first and `let total = 0;` second. */
type MethodKind = (name: string, draw: Chance) => readonly string[];

const SUBJECTS = ['Trend', 'Range', 'Breakout', 'Pullback', 'Session', 'Volume', 'Swing', 'Gap', 'Momentum', 'Channel', 'Reversal', 'Carry'] as const;
const NOUNS = ['Signal', 'Filter', 'Guard', 'Desk', 'Model', 'Ledger'] as const;
const VERBS = ['mean', 'slope', 'width', 'level', 'bias', 'score', 'room', 'pressure', 'drift', 'weight'] as const;

const weightedMean: MethodKind = (name, draw) => [
  `${name}(tick: Tick): number {`,
  'let total = 0;',
  `// The newest of ${draw.whole(10, 90)} prices counts most.`,
  'let weight = 0;',
  `for (const [i, price] of this.prices.slice(-${draw.whole(10, 90)}).entries()) {`,
  `  const factor = (i + 1) / ${draw.whole(10, 90)};`,
  '  total += price * factor;',
  '  weight += factor;',
  '}',
  'if (weight === 0) return tick.bid;',
  `return Math.min(Math.max(total / weight, tick.bid * ${draw.share()}), tick.ask);`,
];

const chained: MethodKind = (name, draw) => [
  `${name}(tick: Tick): number {`,
  'let total = 0;',
  'const wide = this.prices',
  `  .filter((price) => price > tick.bid * ${draw.share()})`,
  `  .map((price, at) => ({ price, age: at * ${draw.whole(2, 60)} }))`,
  '  .sort((a, b) => a.age - b.age);',
  `total = wide.reduce((sum, { price, age }) => sum + price / Math.max(1, age), 0);`,
  `const [first, ...others] = wide;`,
  `return first === undefined ? total : total / (others.length + ${draw.whole(1, 9)});`,
];

const booked: MethodKind = (name, draw) => [
  `${name}(tick: Tick, side: Side = 'buy'): number {`,
  'let total = 0;',
  'const levels = this.book.get(side) ?? new Map<number, number>();',
  `for (const [price, size] of levels) {`,
  `  if (side === 'buy' ? price < tick.bid * ${draw.share()} : price > tick.ask) continue;`,
  '  total += size;',
  `  if (total > ${draw.whole(10, 900)}) break;`,
  '}',
  `levels.set(tick.bid, (levels.get(tick.bid) ?? 0) + ${draw.whole(1, 5)});`,
  'this.book.set(side, levels);',
  'return total;',
];

const sized: MethodKind = (name, draw) => [
  `${name}(tick: Tick, stop = ${draw.whole(4, 40)}): number {`,
  'let total = 0;',
  `const { risk = ${draw.share()}, largest } = this.settings;`,
  'if (stop <= 0 || !Number.isFinite(tick.ask)) return 0;',
  `total = Math.floor((this.equity * risk) / (stop * ${draw.whole(5, 50)}));`,
  'return Math.max(0, Math.min(total, largest ?? total));',
];

const worded: MethodKind = (name, draw) => [
  `${name}(tick: Tick): string {`,
  'let total = 0;',
  `switch (this.settings.mode) {`,
  `  case 'trend':`,
  `    total = this.prices.at(-1) ?? tick.bid;`,
  '    break;',
  `  case 'range': {`,
  `    const [low, high] = [Math.min(...this.prices), Math.max(...this.prices)];`,
  `    total = (low + high) / 2;`,
  '    break;',
  '  }',
  '  default:',
  `    total = tick.last ?? ${draw.whole(1, 90)};`,
  '}',
  'return `${this.settings.symbol.toUpperCase()} ${total.toFixed(2)} ${tick.bid > total ? \'above\' : \'below\'}`;',
];

const counted: MethodKind = (name, draw) => [
  `${name}(tick: Tick): void {`,
  'let total = 0;',
  'this.seen += 1;',
  `if (this.seen % ${draw.whole(2, 20) * 50} === 0) console.log('seen', this.seen);`,
  `total = (tick.ask - tick.bid) * ${draw.whole(2, 60)};`,
  `this.prices.push(total > 0 ? tick.bid : (tick.last ?? tick.ask));`,
  `if (this.prices.length > ${draw.whole(100, 900)}) this.prices.shift();`,
];

const asked: MethodKind = (name, draw) => [
  `async ${name}(tick: Tick): Promise<number> {`,
  'let total = 0;',
  `for (let attempt = 0; attempt < ${draw.whole(2, 6)}; attempt++) {`,
  '  try {',
  `    const answer = await this.gateway.quote<{ readonly price: number }>(this.settings.symbol, { depth: ${draw.whole(1, 20)} });`,
  '    total += answer?.price ?? tick.bid;',
  '    break;',
  '  } catch (error) {',
  '    if (!(error instanceof Error) || attempt > 1) throw error;',
  '  }',
  '}',
  'return total;',
];

const narrowed: MethodKind = (name, draw) => [
  `${name}(tick: Tick, found: unknown = undefined): Partial<Record<Side, number>> {`,
  'let total = 0;',
  `if (typeof found === 'object' && found !== null && 'price' in found) {`,
  '  total = Number((found as { readonly price: unknown }).price);',
  '}',
  `const entry: readonly [Side, number] = total > tick.bid ? ['sell', total * ${draw.share()}] : ['buy', total];`,
  'return Object.fromEntries([entry]) as Partial<Record<Side, number>>;',
];

const KINDS: readonly MethodKind[] = [weightedMean, chained, booked, sized, worded, counted, asked, narrowed];

interface Class {
  readonly lines: readonly string[];
  /** What a tick does with its object. */
  readonly calls: readonly string[];
}

/**
 * A class with a few methods of different kinds.
 * @param flaw a line for the next method.
 */
function classOf(cls: string, draw: Chance, flaw?: () => string | undefined): Class {
  const calls: string[] = [];
  const methods = Array.from({ length: draw.whole(3, 9) }, (_, at) => {
    const [kind, name] = [draw.one(KINDS), `${draw.one(VERBS)}${at}`];
    const [heading, total, ...body] = kind(name, draw);
    const line = flaw?.();
    calls.push(`${kind === asked ? 'await ' : ''}this.${cls.charAt(0).toLowerCase()}${cls.slice(1)}.${name}(tick);`);
    return [`  ${heading}`, `    ${total}`, ...(line === undefined ? [] : [`    ${line}`]), ...body.map((text) => `    ${text}`), '  }', ''];
  });
  return {
    lines: [
      `/** ${cls}: ${methods.length} readings of one symbol. */`,
      `export class ${cls} {`,
      '  private readonly prices: number[] = [];', '  private readonly book = new Map<Side, Map<number, number>>();', '  private seen = 0;', `  protected equity = ${draw.whole(20, 150) * 1_000};`, '',
      '  constructor(private readonly settings: Settings, private readonly gateway: Gateway) {}', '',
      ...methods.flat().slice(0, -1), '}', '',
    ],
    calls,
  };
}

const TYPES = [
  'export type Side = \'buy\' | \'sell\';', '',
  'export interface Tick {', '  readonly bid: number;', '  readonly ask: number;', '  readonly last?: number;', '}', '',
  'export interface Settings {', '  readonly symbol: string;', '  readonly mode?: \'trend\' | \'range\';', '  readonly risk?: number;', '  readonly largest?: number;', '}', '',
  'export interface Gateway {', '  quote<T>(symbol: string, options?: { readonly depth: number }): Promise<T | undefined>;', '  placeOrder(order: Readonly<Record<string, unknown>>): Promise<void>;', '  closeAllPositions(): Promise<void>;', '}', '',
] as const;

/** What goes wrong on a tick, a line each. */
const FLAWS = [
  "console.log('value of', this.settings.symbol);", "appendFileSync('ticks.csv', `${tick.bid}\\n`);", "console.debug(`bid ${tick.bid}`);", 'Atomics.wait(cell, 0, 0, 25);',
] as const;

const BOT_HEAD = [
  '/** One bot in one file, as many of them are. */',
  "import { appendFileSync } from 'node:fs';", "import WebSocket from 'ws';", '',
  ...TYPES,
  'const cell = new Int32Array(new SharedArrayBuffer(4));',
  'export const limits = { accountSize: 50_000, maxDrawdownPercent: 22.5, maxDailyLossPercent: 4 };', '',
] as const;

function botOf(objects: readonly string[], calls: readonly string[]): string[] {
  const field = (cls: string): string => `${cls.charAt(0).toLowerCase()}${cls.slice(1)}`;
  return [
    'export class LongBot {', '  private halted = false;', ...objects.map((cls) => `  private readonly ${field(cls)}: ${cls};`), '',
    '  constructor(private readonly feed: WebSocket, private readonly gateway: Gateway, settings: Settings) {',
    ...objects.map((cls) => `    this.${field(cls)} = new ${cls}(settings, gateway);`), '  }', '',
    '  start(): void {', "    this.feed.on('message', this.onMessage.bind(this));", "    this.feed.on('error', (error) => { console.error(error); });", '    setInterval(() => { void this.onTimer(); }, 30_000);', '  }', '',
    '  private async onMessage(data: WebSocket.RawData): Promise<void> {', '    const tick = JSON.parse(data.toString()) as Tick;', '    await this.onTick(tick);', '  }', '',
    '  async onTick(tick: Tick): Promise<void> {', ...calls.map((line) => `    ${line}`), '    if (!this.halted && tick.bid > tick.ask) {',
    "      await this.gateway.placeOrder({ symbol: 'ES', side: 'buy', type: 'limit', quantity: 1, price: tick.bid, timeInForce: 'DAY' });", '    }', '  }', '',
    '  private async onTimer(): Promise<void> {', "    console.log('alive');", '    if (new Date().getHours() >= 18) {', '      this.halted = true;', '      await this.gateway.closeAllPositions();', '    }', '  }', '}', '',
  ];
}

/** A bot of about `lines` lines; every eighth method, all of them on the tick path, prints, writes or waits. */
export function bigBot(lines: number, seed = 7): string {
  const draw = chance(seed);
  const body: string[] = [];
  const calls: string[] = [];
  const objects: string[] = [];
  let asked = 0;
  const flaw = (): string | undefined => (asked++ % 8 === 3 ? FLAWS[Math.floor(asked / 8) % FLAWS.length] : undefined);
  while (BOT_HEAD.length + body.length + calls.length + objects.length * 2 + 90 < lines) {
    const cls = `${draw.one(SUBJECTS)}${draw.one(NOUNS)}${objects.length}`;
    const written = classOf(cls, draw, flaw);
    body.push(...written.lines);
    calls.push(...written.calls);
    objects.push(cls);
  }
  return [...BOT_HEAD, ...body, ...botOf(objects, calls)].join('\n');
}

/** Files of one package: its modules, its bot and the index that names them to the others. */
const PACKAGE = 25;

const nameOf = (index: number): string => `${SUBJECTS[index % SUBJECTS.length]!}${NOUNS[Math.floor(index / SUBJECTS.length) % NOUNS.length]!}${index}`;
const fileOf = (index: number): string => nameOf(index).replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();

/** A file without findings, as most of a repository are: by its place a module, a bot or an index. */
export function plainSource(index: number): readonly [path: string, text: string] {
  const draw = chance(1_000 + index);
  const number = Math.floor(index / PACKAGE);
  const folder = `packages/pkg-${number}/src`;
  const place = index % PACKAGE;
  const first = index - place;
  if (place === PACKAGE - 1) {
    return [`${folder}/index.ts`, [
      ...Array.from({ length: PACKAGE - 3 }, (_, at) => (at % 2 === 0 ? `export * from './${fileOf(first + at)}';` : `export { ${nameOf(first + at)} } from './${fileOf(first + at)}';`)),
      `export { default as Bot${index - 1} } from './bot-${index - 1}';`, '',
    ].join('\n')];
  }
  if (place === PACKAGE - 2) { return [`${folder}/bot-${index}.ts`, plainBot(index, first, draw)]; }
  const name = nameOf(index);
  const before = place > 0 ? [`import { ${nameOf(index - 1)} } from './${fileOf(index - 1)}';`] : number > 0 ? [`import { ${nameOf(first - PACKAGE)} } from '../../pkg-${number - 1}/src/index';`] : [];
  const [, used] = /import \{ (\w+) \}/.exec(before[0] ?? '') ?? [];
  return [`${folder}/${fileOf(index)}.ts`, [
    `/** Module ${index}. */`, "import type { Gateway, Settings, Side, Tick } from '../../../desk/types';", ...before, '',
    ...Array.from({ length: draw.whole(0, 3) }, (_, at) => freeFunction(`${name.charAt(0).toLowerCase()}${name.slice(1)}Helper${at}`, draw)).flat(),
    ...classOf(name, draw).lines,
    ...(used === undefined ? [] : [`/** Both readings of one symbol. */`, `export const pair${index} = (settings: Settings, gateway: Gateway) => [new ${used}(settings, gateway), new ${name}(settings, gateway)] as const;`, '']),
  ].join('\n')];
}

function freeFunction(name: string, draw: Chance): string[] {
  return draw.one([
    [`export function ${name}(values: readonly number[], count = values.length): number {`, '  let best = Number.NEGATIVE_INFINITY;', `  for (let i = 0; i < count; i++) best = Math.max(best, (values[i] ?? 0) * ${draw.share()});`, '  return best;', '}', ''],
    [`export const ${name} = <T extends { readonly time: number }>(bars: readonly T[], from = ${draw.whole(1, 90)}): T | undefined =>`, '  bars.filter((bar) => bar.time >= from).find((bar, at, all) => all[at + 1] === undefined || bar.time % 2 === 0);', ''],
    [`export async function* ${name}(gateway: Gateway, symbols: Iterable<string>): AsyncGenerator<number> {`, '  for (const symbol of symbols) {', `    const quote = await gateway.quote<{ price: number }>(symbol, { depth: ${draw.whole(1, 9)} });`, '    if (quote) yield quote.price;', '  }', '}', ''],
    [`export enum ${name.charAt(0).toUpperCase()}${name.slice(1)} {`, ...VERBS.slice(0, draw.whole(2, 9)).map((verb, at) => `  ${verb.toUpperCase()} = ${at},`), '}', ''],
  ]);
}

/** Every package's bot asks the desk's risk module as well. */
function plainBot(index: number, first: number, draw: Chance): string {
  const used = [first + draw.whole(0, 10), first + draw.whole(11, 20)];
  return [
    `/** Bot ${index}. */`, "import WebSocket from 'ws';", "import { RiskManager, type Gateway, type Settings, type Tick } from '../../../desk';", ...used.map((one) => `import { ${nameOf(one)} } from './${fileOf(one)}';`), '',
    `const SETTINGS: Settings = { symbol: '${draw.one(['ES', 'NQ', 'GC', 'CL'])}', mode: 'trend', risk: 0.00${draw.whole(1, 9)} };`, '',
    `export default class Bot${index} {`, '  private readonly risk = new RiskManager();', '  private lastBar = 0;', ...used.map((one, at) => `  private readonly part${at}: ${nameOf(one)};`), '',
    '  constructor(private readonly feed: WebSocket, private readonly gateway: Gateway) {', ...used.map((one, at) => `    this.part${at} = new ${nameOf(one)}(SETTINGS, gateway);`), '  }', '',
    '  start(): void {', "    this.feed.on('message', (data) => void this.onTick(JSON.parse(data.toString()) as Tick & { readonly time: number }));", '  }', '',
    '  async onTick(tick: Tick & { readonly time: number }): Promise<void> {', `    const bar = Math.floor(tick.time / ${draw.whole(1, 60) * 1_000});`, '    if (bar === this.lastBar || !this.risk.quiet(tick)) return;', '    this.lastBar = bar;',
    `    if (tick.bid > ${draw.whole(1, 9)}) await this.gateway.placeOrder({ symbol: SETTINGS.symbol, side: 'buy', type: 'market', quantity: ${draw.whole(1, 3)} });`, '  }', '}', '',
  ].join('\n');
}

/** The bot whose handler calls into the risk module, through the desk's index. */
export const BOT = `import WebSocket from 'ws';
import { RiskManager, type Tick } from './desk';

export class BreakoutBot {
  private readonly risk = new RiskManager();

  constructor(private readonly feed: WebSocket) {}

  start(): void {
    this.feed.on('message', (data) => { this.onTick(JSON.parse(data.toString()) as Tick); });
  }

  onTick(tick: Tick): void {
    this.risk.check(tick);
  }
}
`;

/** What the desk offers: its types, and the risk module by another index. */
export const DESK: readonly (readonly [path: string, text: string])[] = [
  ['desk/index.ts', "export * from './types';\nexport { RiskManager } from './risk';\n"],
  ['desk/risk/index.ts', "export * from './risk-manager';\n"],
  ['desk/types.ts', TYPES.join('\n')],
];

/** The risk module, with or without a print on the tick path. */
export function riskManager(printing: boolean): string {
  return `import type { Tick } from '../types';

export class RiskManager {
  private seen = 0;

  check(tick: Tick): boolean {
    this.seen += 1;
${printing ? "    console.log('room', this.seen);\n" : ''}    return tick.bid > 0 && this.seen > 0;
  }

  quiet(tick: Tick): boolean {
    return tick.bid > 0;
  }
}
`;
}
