/** The part of a scan that another thread does: it takes the next file as long as there is one, and sends what came of it. */
import type { Rule } from '../../rules/rule.ts';
import { grammarsOf } from '../../source/code-languages.ts';
import { chooseAccounts } from '../account-choice.ts';
import { analyseFile, type AnalyseOptions } from '../analyse.ts';
import { ConfigSet, type KnownPack } from '../config-file.ts';
import { diskContents } from '../contents.ts';
import type { DiscoveredFile } from '../discovery.ts';
import { loadGrammars, startParsers } from '../parsers.ts';
import { type Part, PartWriter, type Share } from './parts.ts';

/**
 * Reads files until none is left. Whatever goes wrong with one of them – a parser that breaks, no memory – throws: the thread
 * that started this one reads what was not sent.
 */
export async function readShare(share: Share, known: readonly Rule[], packs: readonly KnownPack[], send: (part: Part) => void): Promise<void> {
  const { root, only, next, identified, wasmFolder } = share;
  const files = JSON.parse(share.files) as readonly DiscoveredFile[];
  const config = ConfigSet.load(root, (path) => share.policies.get(path), known, packs);
  if (!config.ok) { throw new Error(config.error); }
  const options: AnalyseOptions = {
    rules: only === undefined ? known : known.filter((rule) => only.includes(rule.id)), known,
    asOf: share.asOf, budgetMs: share.budgetMs, coverage: share.coverage,
  };
  const contents = diskContents(root);
  const syntax = await startParsers(wasmFolder);
  const writer = new PartWriter();
  for (let at = Atomics.add(next, 0, 1); at < files.length; at = Atomics.add(next, 0, 1)) {
    const file = files[at] as DiscoveredFile;
    for (const grammar of grammarsOf([file.path])) {
      if (!syntax.has(grammar)) { await loadGrammars(syntax, [grammar], wasmFolder); }
    }
    writer.add(at, analyseFile(file, () => contents.read(file, identified), syntax, () => chooseAccounts(config.value.forFile(file.path), share), options));
    if (writer.isFull) { send(writer.take(false)); }
  }
  send(writer.take(true));
}
