/** Places on the tick path: handlers and functions that are there, functions that get a handler, and whole new bots. */
import type { FunctionModel, SourceModel } from '../../src/core/source/model.ts';
import type { Carrier } from './carrier.ts';
import type { Insertion } from './edit.ts';
import type { Draw, MutantLanguage } from './form.ts';
import type { Piece, Place } from './places.ts';
import { indented } from './edit.ts';
import { around, before, factsOf, statementsIn } from './places.ts';

/** Places of each kind, mixed so that no kind drowns the others: a kind is drawn first, then one of its places. */
export function tickPlaces(language: MutantLanguage, carrier: Carrier): readonly Place[] {
  const kinds = [reached(carrier), called(carrier, language), calledFromDesk(carrier, language), made(carrier, language)].filter((places) => places.length > 0);
  const most = Math.min(40, Math.max(...kinds.map((places) => places.length), 0));
  return kinds.flatMap((places) => Array.from({ length: most }, (_, index) => places[Math.floor((index * places.length) / most)] as Place));
}

/** The start of a function that a handler of the carrier reaches on each event. */
function reached(carrier: Carrier): readonly Place[] {
  return carrier.places.flatMap((path) => {
    const model = carrier.model(path);
    return model.functions.filter((fn) => carrier.reached.has(`${path} ${fn.qualifiedName}`)).flatMap((fn) => atStart(path, model, fn, () => new Map(), 'reached'));
  });
}

/** A free function that a new bot of the same file calls. */
function called(carrier: Carrier, language: MutantLanguage): readonly Place[] {
  return carrier.places.flatMap((path) => {
    const model = carrier.model(path);
    if (language === 'mql5' && !carrier.handlers.has(path)) { return []; }
    return model.functions.filter((fn) => isFree(model, fn) && !carrier.reached.has(`${path} ${fn.qualifiedName}`)).flatMap((fn) => atStart(path, model, fn, (piece, draw) => {
      const call = `${fn.name}(${argumentsFor(fn, language)})${language === 'python' ? '' : ';'}`;
      if (language === 'mql5') { return new Map([[path, [callInHandler(model, call)]]]); }
      const bot = BOTS[language === 'python' ? 'python' : 'script'](call, draw, model);
      return new Map([[path, around(model, { code: '', imports: [piece.imports, bot.imports].filter((text) => text !== undefined).join('\n') || undefined, end: [piece.end, bot.code].filter((text) => text !== undefined).join('\n\n\n') } as Piece)]]);
    }, 'called', language !== 'mql5'));
  });
}

/** A free function of a file that the desk's own bot, or the expert that includes it, calls. */
function calledFromDesk(carrier: Carrier, language: MutantLanguage): readonly Place[] {
  return carrier.places.flatMap((path) => {
    const caller = carrier.callerOf(path);
    if (caller === undefined) { return []; }
    const model = carrier.model(path);
    const exported = (fn: FunctionModel): boolean => language !== 'script' || new RegExp(`^export (?:async )?function ${fn.name}\\b`, 'm').test(model.source.text);
    return model.functions.filter((fn) => isFree(model, fn) && exported(fn) && !carrier.reached.has(`${path} ${fn.qualifiedName}`)).flatMap((fn) => atStart(path, model, fn, () => {
      const call = `${caller.prefix}${fn.name}(${argumentsFor(fn, language)})${language === 'python' ? '' : ';'}`;
      return new Map([[caller.path, [callInHandler(carrier.model(caller.path), call)]]]);
    }, 'called from another file'));
  });
}

/** A new bot at the end of a file. */
function made(carrier: Carrier, language: MutantLanguage): readonly Place[] {
  if (language === 'mql5') {
    return carrier.places.filter((path) => carrier.handlers.has(path)).flatMap((path): readonly Place[] => {
      const model = carrier.model(path);
      return [{
        facts: factsOf(model), path, name: `a new function that OnTick calls of ${path}`,
        insertions(piece, draw) {
          const name = draw.name('Refresh', 'StepMarket', 'Pump');
          return new Map([[path, [...around(model, { ...piece, end: [piece.end, `void ${name}()\n{\n${indented(piece.code.trimEnd(), '   ')}\n}`].filter((text) => text !== undefined).join('\n\n') }), callInHandler(model, `${name}();`)]]]);
        },
      }];
    });
  }
  return carrier.places.map((path): Place => {
    const model = carrier.model(path);
    const self = language === 'python' ? 'self' : 'this';
    return {
      facts: { ...factsOf(model), self }, path, name: `a new bot of ${path}`,
      insertions(piece, draw) {
        const bot = BOTS[language === 'python' ? 'python' : 'script'](piece.code.trimEnd(), draw, model, true);
        return new Map([[path, around(model, { code: '', imports: [piece.imports, bot.imports].filter((text) => text !== undefined && text !== '').join('\n') || undefined, end: [piece.end, bot.code].filter((text) => text !== undefined).join('\n\n\n') } as Piece)]]);
      },
    };
  });
}

// ------------------------------------------------------------------------- bots

type Bot = (body: string, draw: Draw, model: SourceModel, method?: boolean) => { readonly imports?: string; readonly code: string };

/** A strategy whose handler has this body; with `method`, the body uses `self` or `this`. */
const BOTS: Readonly<Record<'python' | 'script', Bot>> = {
  python(body, draw) {
    const base = draw.name('Strategy', 'BaseStrategy', 'TradingStrategy');
    const name = draw.name('Scalper', 'QuoteBot', 'Maker', 'TickDesk');
    const handler = draw.one(['on_quote_tick', 'on_trade_tick', 'on_order_book_deltas']);
    const imports = `from nautilus_trader.trading.strategy import Strategy${base === 'Strategy' ? '' : ` as ${base}`}`;
    const inside = draw.chance(0.4)
      ? `    def ${handler}(self, tick):\n        self.${'update'}(tick)\n\n    def update(self, tick):\n${indented(body, '        ')}`
      : `    def ${handler}(self, tick):\n${indented(body, '        ')}`;
    return { imports, code: `class ${name}(${base}):\n    def __init__(self, config):\n        super().__init__(config)\n        self.seen = 0\n\n${inside}` };
  },
  script(body, draw, _model, method = false) {
    const name = draw.name('Scalper', 'QuoteBot', 'MakerBot', 'TickDesk');
    const type = draw.place.typed ? ': any' : '';
    const kind = draw.one(method ? ['class', 'class', 'helper', 'bound', 'steps'] : ['class', 'helper', 'bound', 'socket', 'stream', 'steps', 'feed', 'policy']);
    const socket = draw.name('WebSocket', 'Socket', 'WS');
    const open = draw.name('ws', 'socket', 'feed');
    switch (kind) {
      case 'class': return { code: `class ${name} {\n  onTick(tick${type}) {\n${indented(body, '    ')}\n  }\n}` };
      case 'helper': return { code: `class ${name} {\n  onTicker(tick${type}) { this.step(tick); }\n\n  step(tick${type}) {\n${indented(body, '    ')}\n  }\n}` };
      case 'steps': return {
        code: `class ${name} {\n  steps = this.run();\n\n  *run()${draw.place.typed ? ': Generator<void, void, any>' : ''} {\n    while (true) {\n      const tick${type} = yield;\n${indented(body, '      ')}\n    }\n  }\n\n  onTick(tick${type}) { this.steps.next(tick); }\n}`,
      };
      case 'feed': return { code: `async function* ${draw.name('signals', 'watchFeed', 'plan')}(feed${type}) {\n  for await (const tick of feed.${draw.one(['ticks', 'quotes', 'trades'])}('ES')) {\n${indented(body, '    ')}\n    yield tick;\n  }\n}` };
      case 'policy': {
        const strategy = draw.name('scalp', 'fadeTicks', 'quoteBoth');
        return { imports: draw.import(draw.name('effects', 'bots'), '@opentrader/bot-processor', true), code: `function* ${strategy}(tick${type}) {\n${indented(body, '  ')}\n  yield tick;\n}\n${strategy}.runPolicy = { ${draw.one(['onPublicTrade', 'onTickerChange', 'onOrderbookChange'])}: true };` };
      }
      case 'bound': return {
        imports: draw.import(socket, 'ws', true),
        code: `class ${name} {\n  start() {\n    const ${open} = new ${socket}('wss://feed.host.io');\n    ${open}.on('message', this.read.bind(this));\n  }\n\n  read(tick${type}) {\n${indented(body, '    ')}\n  }\n}`,
      };
      case 'socket': return { imports: draw.import(socket, 'ws', true), code: `const ${open} = new ${socket}('wss://feed.host.io');\n${open}.on('message', (tick${type}) => {\n${indented(body, '  ')}\n});` };
      default: {
        const lib = draw.name('ccxt', 'ccxtPro');
        return {
          imports: draw.import(lib, 'ccxt', true),
          code: `async function ${draw.name('pump', 'watch', 'runFeed')}() {\n  const ex = new ${lib}.pro.binance();\n  while (true) {\n    const tick = await ex.watchTicker('BTC/USDT');\n${indented(body, '    ')}\n  }\n}`,
        };
      }
    }
  },
};

// --------------------------------------------------------------------- functions

function atStart(
  path: string, model: SourceModel, fn: FunctionModel, more: (piece: Piece, draw: Draw) => ReadonlyMap<string, readonly Insertion[]>, how: string, own = false,
): readonly Place[] {
  const first = statementsIn(model, fn)[0];
  // A docstring may stand above; anything else would run before, and could leave the function.
  const above = first === undefined ? 0 : fn.body.filter((statement) => statement.start < first.start).length;
  if (first === undefined || above > 1 || (above === 1 && !isText(fn))) { return []; }
  return [{
    facts: factsOf(model, fn), path, name: `${fn.qualifiedName} of ${path}, ${how}`,
    insertions(piece, draw) {
      const extra = more(piece, draw);
      const here = [...(own ? [] : around(model, piece)), before(model, first, piece.code)];
      const files = new Map<string, readonly Insertion[]>([[path, [...(extra.get(path) ?? []), ...here]]]);
      for (const [other, insertions] of extra) { if (other !== path) { files.set(other, insertions); } }
      return files;
    },
  }];
}

function isText(fn: FunctionModel): boolean {
  const first = fn.body[0];
  return first?.kind === 'expression' && first.value.kind === 'literal';
}

/** A function of the module that runs when it is called: no coroutine, no generator, no decorator, no second of its name. */
function isFree(model: SourceModel, fn: FunctionModel): boolean {
  return fn.class === undefined && fn.outer === undefined && fn.name !== '' && !fn.async && !fn.generator && fn.decorators.length === 0
    && model.functions.filter((other) => other.name === fn.name).length === 1
    && !/^On[A-Z]/.test(fn.name) && new RegExp(`\\b${fn.name}\\s*\\(`).test(model.source.text.slice(fn.start, fn.end));
}

function argumentsFor(fn: FunctionModel, language: MutantLanguage): string {
  const needed = fn.parameters.filter((parameter) => parameter.default === undefined && parameter.rest === undefined);
  return needed.map(() => (language === 'mql5' ? '0' : language === 'python' ? 'None' : 'null')).join(', ');
}

/** A call as the first statement of the file's tick handler. */
function callInHandler(model: SourceModel, call: string): Insertion {
  const handler = model.functions.find((fn) => /^(?:OnTick|onTick|on_quote_tick)$/.test(fn.name) && statementsIn(model, fn).length > 0);
  const first = handler === undefined ? undefined : statementsIn(model, handler)[0];
  if (first === undefined) { throw new Error(`${model.path} has no tick handler with a first statement.`); }
  return before(model, first, call);
}
