/**
 * What a workspace says about the account it trades: words in its files, file types, sizes in its configuration.
 * Nothing here is sure; every sign is kept with its place, so that a person can judge the proposal.
 */
import type { AccountConfig } from '../workspace/config.ts';
import type { PackInfo } from './operation.ts';

/** A file as evidence: its path relative to the root and, where it is text, what it says. */
export interface EvidenceFile {
  readonly path: string;
  readonly text?: string;
  /** Scalar entries of a configuration file: last key of the path, value as written, 1-based line. */
  readonly entries?: readonly { readonly key: string; readonly text: string; readonly line: number }[];
}

/** One sign and where it stands: `“Rithmic” in config/live.yaml:3`. */
export interface Sign {
  readonly says: string;
  readonly file: string;
  /** 1-based; absent for a sign that is the file itself. */
  readonly line?: number;
}

/** An account the workspace may be for, and why. */
export interface Proposal {
  readonly account: AccountConfig;
  readonly signs: readonly Sign[];
  /** What the person must check before relying on it. */
  readonly doubt: string;
}

/** Source files of MetaTrader 4 and 5. */
const METATRADER = /\.(?:mq4|mq5|mqh)$/i;
const FTMO = /\bftmo\b/i;
const APEX = /\bapex\b/i;
/** Platforms that route futures orders for prop firms; Apex offers these three and never MetaTrader (its help pages, 2026). */
const VENDORS: readonly { readonly id: string; readonly word: RegExp }[] = [
  { id: 'rithmic', word: /\brithmic\b/i },
  { id: 'tradovate', word: /\btradovate\b/i },
  { id: 'wealthcharts', word: /\bwealth ?charts\b/i },
];
/** Keys under which configurations keep the nominal size of an account. */
const SIZE_KEY = /^(?:account|starting|initial|start)_?(?:size|balance|capital|equity|cash)$|^size$/i;
const PRODUCT_KEY = /^(?:instrument|symbol|product|ticker)(?:_?ids?|s)?$/i;
/** CME roots prop desks trade, with an optional contract month and venue: `ESZ5.CME`, `MNQ`. */
const FUTURE = /^(M?ES|M?NQ|M?YM|RTY|M2K|M?GC|SI|M?CL|ZN|ZB|6[ABCEJ])(?:[FGHJKMNQUVXZ]\d{1,2})?(?:[.:@/-]\w+)?$/;
const MAX_SIGNS = 5;

/**
 * The account this workspace seems to be for; undefined when nothing points to a firm we hold a pack of.
 * A workspace with MetaTrader sources is never proposed an Apex account: Apex offers no MetaTrader.
 */
export function proposeAccount(files: readonly EvidenceFile[], packs: readonly PackInfo[]): Proposal | undefined {
  const metatrader = files.filter((file) => METATRADER.test(file.path)).map((file) => ({ says: 'MetaTrader source', file: file.path }));
  const ftmo = signsOf(files, FTMO);
  const apex = signsOf(files, APEX);
  const vendors = VENDORS.map(({ id, word }) => ({ id, signs: signsOf(files, word) })).filter((vendor) => vendor.signs.length > 0);
  const proposal = metatrader.length > 0 || (ftmo.length > 0 && apex.length === 0 && vendors.length === 0)
    ? { pack: 'ftmo-2step', id: 'ftmo-1', signs: [...ftmo, ...metatrader], doubt: ftmo.length > 0 ? FTMO_NAMED : METATRADER_ONLY }
    : apex.length > 0 || vendors.length > 0
      ? { pack: 'apex-4.0-intraday', id: 'apex-1', signs: [...apex, ...vendors.flatMap((vendor) => vendor.signs)], doubt: apex.length > 0 ? APEX_NAMED : VENDOR_ONLY }
      : undefined;
  const pack = packs.find((candidate) => candidate.id === proposal?.pack);
  if (proposal === undefined || pack === undefined) { return undefined; }
  const size = sizeIn(files, pack.sizes);
  const products = productsIn(files);
  const [vendor, ...otherVendors] = vendors;
  return {
    account: {
      id: proposal.id, pack: pack.id, size: size?.size ?? preferred(pack.sizes), phase: 'evaluation',
      ...(pack.id.startsWith('apex') && vendor !== undefined && otherVendors.length === 0 ? { vendor: vendor.id } : {}),
      products: pack.id.startsWith('apex') ? products : [], code: ['**'],
    },
    signs: [...proposal.signs.slice(0, MAX_SIGNS), ...(size === undefined ? [] : [size.sign])],
    doubt: size === undefined ? `${proposal.doubt} No account size was found in the configuration: set yours.` : proposal.doubt,
  };
}

const APEX_NAMED = 'The name Apex was found; which plan and drawdown kind you bought is not in the files. Check pack, size and phase.';
const VENDOR_ONLY = 'This platform serves several firms; Apex is a guess. If your firm is another, remove the account and the house limits hold.';
const FTMO_NAMED = 'The name FTMO was found; which challenge you bought is not in the files. Check pack, size and phase.';
const METATRADER_ONLY = 'MetaTrader serves many firms; FTMO is a guess. If your firm is another, remove the account and the house limits hold.';

/** The first place in each file, files with the shortest path first: what a person would look at. */
function signsOf(files: readonly EvidenceFile[], word: RegExp): readonly Sign[] {
  const signs: Sign[] = [];
  for (const file of files) {
    const inName = word.exec(file.path);
    const match = file.text === undefined ? null : word.exec(file.text);
    if (match !== null) { signs.push({ says: `“${match[0]}”`, file: file.path, line: lineAt(file.text ?? '', match.index) }); }
    else if (inName !== null) { signs.push({ says: `“${inName[0]}” in the name`, file: file.path }); }
  }
  return signs;
}

function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) { line++; }
  return line;
}

/** The first configured size that the firm sells: a balance of 48,875 is not one. */
function sizeIn(files: readonly EvidenceFile[], sizes: readonly number[]): { readonly size: number; readonly sign: Sign } | undefined {
  for (const file of files) {
    for (const entry of file.entries ?? []) {
      const size = Number(entry.text.replace(/[_,]/g, '').replace(/\.0+$/, ''));
      if (SIZE_KEY.test(entry.key) && sizes.includes(size)) {
        return { size, sign: { says: `${entry.key}: ${entry.text}`, file: file.path, line: entry.line } };
      }
    }
  }
  return undefined;
}

function productsIn(files: readonly EvidenceFile[]): readonly string[] {
  const found = new Set<string>();
  for (const entry of files.flatMap((file) => file.entries ?? [])) {
    const root = FUTURE.exec(entry.text)?.[1];
    if (root !== undefined && PRODUCT_KEY.test(entry.key)) { found.add(root); }
  }
  return [...found].sort();
}

/** 50,000 where the firm sells it: the size most sold, and never the largest room. */
function preferred(sizes: readonly number[]): number {
  return sizes.includes(50_000) ? 50_000 : (sizes[0] ?? 50_000);
}
