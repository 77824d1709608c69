/** A carrier: a handful of one author's files, opened as a project, with what is known of their functions. */
import * as z from 'zod';
import { defineRule, type Rule } from '../../src/core/rules/rule.ts';
import type { SourceModel } from '../../src/core/source/model.ts';
import { languageOf } from '../../src/core/source/languages.ts';
import type { AccountOf, Form, MutantLanguage } from './form.ts';
import { placesFor, statementsIn, type Place } from './places.ts';
import { openSession, type Session } from './session.ts';

/** Files of one author, with paths relative to a root of their own. */
export interface CarrierFiles {
  readonly name: string;
  readonly author: string;
  readonly language: MutantLanguage;
  readonly files: Readonly<Record<string, string>>;
}

export interface Carrier {
  readonly name: string;
  readonly language: MutantLanguage;
  /** Files that may be changed, sorted. */
  readonly places: readonly string[];
  /** `path qualifiedName` of functions that run on each tick or message. */
  readonly reached: ReadonlySet<string>;
  /** Files with a tick handler of their own that something can be put into. */
  readonly handlers: ReadonlySet<string>;
  model(path: string): SourceModel;
  /** A file with a tick handler that takes this one in, and what its functions are called by there. */
  callerOf(path: string): { readonly path: string; readonly prefix: string } | undefined;
  /** All places a form can take. */
  placesFor(form: Form): readonly Place[];
  session(account: AccountOf, tracked: boolean): Promise<Session>;
  dispose(): void;
}

/** Tells what of a carrier is trading code and what its handlers reach, in the words of the engine. */
const probe: Rule = defineRule<'reached' | 'trading', unknown>({
  id: 'PRB001', name: 'probe', guardian: 'performance', languages: ['python', 'mql5', 'typescript', 'javascript'], severity: 'info', gate: 'none', since: '0.1.0',
  scope: 'trading', cost: 'fast', summary: 'For tests.', messages: { reached: 'Reached.', trading: 'Trading.' }, options: z.strictObject({}),
  create: (context) => ({
    function(fn) {
      context.report({ at: fn.nameSpan, messageId: 'trading' });
      context.report({ at: fn.nameSpan, messageId: 'reached', evidence: { name: fn.qualifiedName }, when: { kind: 'reachable', entry: ['tick', 'message'], function: fn.qualifiedName, unguarded: true } });
    },
  }),
});

/** Opens a carrier. Code gets one file of ours, a small bot that imports all of it: what is put in is then trading code. */
export async function openCarrier(source: CarrierFiles): Promise<Carrier> {
  const { language } = source;
  const desk = deskOf(source);
  const files = desk === undefined ? source.files : { ...source.files, [desk.path]: desk.text };
  const sessions = new Map<string, Session>();
  const session = async (account: AccountOf, tracked: boolean): Promise<Session> => {
    const key = `${account} ${tracked}`;
    const known = sessions.get(key) ?? await openSession(files, account, tracked);
    sessions.set(key, known);
    return known;
  };
  const probing = await openSession(files, 'none', false, [probe]);
  const probed = probing.findings(new Map()).map(({ finding }) => finding).filter(({ rule }) => rule === probe.id);
  const reached = new Set(probed.flatMap(({ file, evidence }) => (evidence?.['name'] === undefined ? [] : [`${file} ${evidence['name']}`])));
  // What is put into a file that no bot has anything to do with is no breach.
  const trading = new Set(probed.map(({ file }) => file));
  const places = Object.keys(source.files).filter((path) => trading.has(path) || !isProgram(language)).sort();
  const models = new Map<string, SourceModel>();
  const model = (path: string): SourceModel => {
    const known = models.get(path) ?? probing.model(path);
    models.set(path, known);
    return known;
  };
  const handlers = new Set(places.filter((path) => model(path).functions.some((fn) => fn.name === 'OnTick' && fn.class === undefined && statementsIn(model(path), fn).length > 0)));
  const known = new Map<Form, readonly Place[]>();
  const carrier: Carrier = {
    name: source.name, language, places, reached, handlers, model, session,
    placesFor(form) {
      const found = known.get(form) ?? placesFor(form, carrier);
      known.set(form, found);
      return found;
    },
    callerOf: (path) => (language === 'mql5' ? includerOf(path, handlers, (file) => files[file] as string) : desk?.callers.get(path)),
    dispose() { for (const one of [probing, ...sessions.values()]) { one.dispose(); } },
  };
  return carrier;
}

function isProgram(language: MutantLanguage): boolean {
  return language === 'python' || language === 'mql5' || language === 'script';
}

interface Desk {
  readonly path: string;
  readonly text: string;
  readonly callers: ReadonlyMap<string, { readonly path: string; readonly prefix: string }>;
}

/** Our own bot beside the foreign files. Experts are bots themselves, and settings need none. */
function deskOf({ language, files }: CarrierFiles): Desk | undefined {
  const paths = Object.keys(files).sort();
  if (language === 'python') {
    const path = 'desk_main.py';
    const modules = paths.filter((file) => !file.endsWith('__init__.py')).map((file) => file.slice(0, -3).replaceAll('/', '.'));
    const text = `from nautilus_trader.trading.strategy import Strategy\n${modules.map((name) => `import ${name}\n`).join('')}\n\nclass Desk(Strategy):\n    def on_quote_tick(self, tick):\n        self.last = tick\n`;
    return { path, text, callers: new Map(paths.map((file) => [file, { path, prefix: `${file.slice(0, -3).replaceAll('/', '.')}.` }])) };
  }
  if (language === 'script') {
    const path = 'desk-main.ts';
    const text = `${paths.map((file, index) => `import * as part${index} from './${file.replace(/\.[cm]?[jt]s$/, '')}';\n`).join('')}\nexport class Desk extends Strategy {\n  onTick(tick: Tick) {\n    this.last = tick;\n  }\n}\n`;
    return { path, text, callers: new Map(paths.filter((file) => languageOf(file) === 'typescript').map((file) => [file, { path, prefix: `part${paths.indexOf(file)}.` }])) };
  }
  return undefined;
}

/** The expert that includes a header, by the header's name. */
function includerOf(path: string, handlers: ReadonlySet<string>, text: (file: string) => string): { readonly path: string; readonly prefix: string } | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const found = [...handlers].find((file) => file !== path && new RegExp(`^[ \\t]*#include[ \\t]+[<"][^>"\\n]*\\b${name.replaceAll('.', '\\.')}[>"]`, 'm').test(text(file)));
  return found === undefined ? undefined : { path: found, prefix: '' };
}
