/** “Choose account”: what `tickguard.json` would be with the account, for the user to look at before anything is written. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { applyEdits, modify, parse } from 'jsonc-parser';
import type { Outcome } from '../core/outcome.ts';
import { CONFIG_FILE, parseConfig } from '../core/workspace/config-file.ts';
import type { Engine } from '../engine.ts';
import type { ProposedFile } from '../shared/protocol.ts';
import { uriOf } from '../core/workspace/paths.ts';
import type { Root } from './root.ts';

/** What a new file says about itself, so that it can be edited by hand from then on. */
const INTRODUCTION = '// What Tickguard checks this repository against: the accounts it trades, and the rules\' settings.\n';

/**
 * The file with one more account, comments and layout kept. Errors: no such pack or size; an existing file that is
 * broken or already names this pack and size.
 */
export async function proposeAccount(engine: Engine, root: Root, pack: string, size: number): Promise<Outcome<ProposedFile>> {
  const chosen = engine.packs.find((candidate) => candidate.id === pack);
  if (chosen === undefined) { return { ok: false, error: `There is no pack "${pack}". Known are ${engine.packs.map(({ id }) => id).join(', ')}.` }; }
  if (!chosen.anySize && !chosen.sizes.includes(size)) { return { ok: false, error: `${pack} has no account of size ${size}. It has ${chosen.sizes.join(', ')}.` }; }
  const file = join(root.folder, CONFIG_FILE);
  const present = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') { return undefined; }
    throw error;
  });
  if (present !== undefined) {
    const config = parseConfig(present, CONFIG_FILE, engine.rules, engine.packs);
    if (!config.ok) { return { ok: false, error: `${config.error} Mend it first, then choose the account.` }; }
    if (config.value.accounts.some((account) => account.pack === pack && account.size === size)) {
      return { ok: false, error: `${CONFIG_FILE} has an account with ${pack} and size ${size} already.` };
    }
  }
  const before = present ?? '';
  const after = withAccount(before, pack, size);
  return { ok: true, value: { uri: uriOf(file), before, after } };
}

/** Adds the account at the end of the list. An id says the firm and a number: `apex-1`. */
function withAccount(before: string, pack: string, size: number): string {
  const text = before === '' ? `${INTRODUCTION}{\n}\n` : before;
  const formattingOptions = { tabSize: 2, insertSpaces: true, eol: before.includes('\r\n') ? '\r\n' : '\n' };
  const known = (parse(text) as { accounts?: { id?: string }[] }).accounts ?? [];
  const [firm = pack] = pack.split('-');
  let number = 1;
  while (known.some(({ id }) => id === `${firm}-${number}`)) { number += 1; }
  const account = { id: `${firm}-${number}`, pack, size, phase: 'evaluation' };
  const edits = known.length === 0
    ? modify(text, ['accounts'], [account], { formattingOptions })
    : modify(text, ['accounts', known.length], account, { formattingOptions, isArrayInsertion: true });
  return applyEdits(text, edits);
}
