/** The grammars that package.json contributes, as an editor runs them: by the engine of VS Code, with their injections. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import oniguruma from 'vscode-oniguruma';
import textmate from 'vscode-textmate';

const root = join(import.meta.dirname, '..', '..');
const require = createRequire(import.meta.url);

export interface Manifest {
  readonly contributes: {
    readonly languages: readonly { readonly id: string; readonly extensions?: readonly string[]; readonly filenamePatterns?: readonly string[]; readonly configuration?: string }[];
    readonly grammars: readonly { readonly language?: string; readonly scopeName: string; readonly path: string; readonly injectTo?: readonly string[] }[];
  };
  readonly activationEvents: readonly string[];
}

export const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
const { grammars } = manifest.contributes;

/** A grammar ready to colour. `extra` are grammars by scope that others would bring. */
export async function grammarOf(scope: string, extra: Readonly<Record<string, object>> = {}): Promise<textmate.IGrammar> {
  await started;
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({ createOnigScanner: (sources) => new oniguruma.OnigScanner([...sources]), createOnigString: (text) => new oniguruma.OnigString(text) }),
    loadGrammar: (name) => {
      const path = grammars.find(({ scopeName }) => scopeName === name)?.path;
      const text = name in extra ? JSON.stringify(extra[name]) : path === undefined ? undefined : readFileSync(join(root, path), 'utf8');
      return Promise.resolve(text === undefined ? null : textmate.parseRawGrammar(text, `${name}.json`));
    },
    getInjections: (name) => grammars.filter(({ injectTo }) => injectTo?.includes(name) === true).map(({ scopeName }) => scopeName),
  });
  const grammar = await registry.loadGrammar(scope);
  if (grammar === null) { throw new Error(`no grammar ${scope}`); }
  return grammar;
}

const started = oniguruma.loadWASM(readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm')));

/** Of each piece of some lines that is more than plain: its innermost scope, without the language's name, and its text. */
export function pieces(grammar: textmate.IGrammar, text: string): readonly string[] {
  let stack = textmate.INITIAL;
  return text.split('\n').flatMap((line) => {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, stack);
    stack = ruleStack;
    return tokens.flatMap(({ scopes, startIndex, endIndex }) => {
      const piece = line.slice(startIndex, endIndex).trim();
      return scopes.length === 1 || piece === '' ? [] : [`${(scopes.at(-1) ?? '').replace(/\.(?:mql5|dotenv|tickguard|test)$/, '')} ${piece}`];
    });
  });
}
