/** From a trade of a ledger to the line of code that placed it, its commit, and the guards that stand before it. */
import { join } from 'node:path';
import type { OperationContext } from '../../../core/operations/operation.ts';
import type { CoverageState, SiteCoverage } from '../../../core/source/link/coverage.ts';
import { readText } from '../../../core/source/text.ts';
import { findGit, runGit, SAFE } from '../../../core/workspace/git.ts';
import { Project } from '../../../core/workspace/project.ts';
import type { Trade } from '../replay/positions.ts';

/** The order site of a trade. */
export interface TradeOrigin {
  readonly file: string;
  readonly line: number;
  /** `OpeningRange.on_bar`. */
  readonly symbol: string;
  /** `submit_order`. */
  readonly call: string;
  /** Why it is this one: the tag on the order, or the strategy's name. */
  readonly by: 'tag' | 'strategy';
  /** Other sites it may as well have been. */
  readonly others: number;
  /** Commit that last changed the line, with its date and subject; absent outside of git and for a line that is not committed. */
  readonly commit?: { readonly id: string; readonly date: string; readonly subject: string };
  /** Guards by kind, in the words of guard coverage. */
  readonly guards: Readonly<Record<string, CoverageState>>;
}

/** Parse budget of a file, ms. */
const BUDGET_MS = 2_000;
const HELD = 200;

/**
 * The line that placed a trade, where its order carries a tag that the code spells, or a strategy id that resolves to a class
 * (`OpeningRange-001`: NautilusTrader joins class and order id tag by a hyphen). Undefined where neither is so.
 */
export async function originOf(trades: readonly Trade[], root: string, context: OperationContext): Promise<TradeOrigin | undefined> {
  const named = trades.find((trade) => trade.tag !== undefined || trade.strategy !== undefined);
  if (named === undefined) { return undefined; }
  const opened = await Project.open({ root, rules: [], packs: context.packs, asOf: context.today, budgetMs: BUDGET_MS, coverage: true });
  if (!opened.ok) { return undefined; }
  const project = opened.value;
  try {
    await project.scan({ signal: context.signal });
    const { sites, unreached } = project.coverage();
    const found = siteOf([...sites, ...unreached], named, root);
    if (found === undefined) { return undefined; }
    const { site, by, others } = found;
    const commit = await commitOf(root, site.file, site.range.line, context.signal);
    return { file: site.file, line: site.range.line, symbol: site.symbol, call: site.name, by, others, guards: site.states, ...(commit === undefined ? {} : { commit }) };
  } finally {
    project.dispose();
  }
}

interface FoundSite { readonly site: SiteCoverage; readonly by: TradeOrigin['by']; readonly others: number }

function siteOf(sites: readonly SiteCoverage[], { tag, strategy }: Trade, root: string): FoundSite | undefined {
  if (tag !== undefined && tag.length > 1) {
    const near = sites.flatMap((site) => {
      const line = lineOfTag(join(root, site.file), tag);
      return line === undefined ? [] : [{ site, far: Math.abs(site.range.line - line) }];
    }).sort((a, b) => a.far - b.far);
    const [best] = near;
    if (best !== undefined && best.far <= HELD) { return { site: best.site, by: 'tag', others: near.filter(({ far }) => far === best.far).length - 1 }; }
  }
  if (strategy === undefined) { return undefined; }
  const [owner = strategy] = strategy.split('-', 1);
  const own = sites.filter((site) => site.symbol.split('.').includes(owner));
  const [first] = own;
  return first === undefined ? undefined : { site: first, by: 'strategy', others: own.length - 1 };
}

/** The first line of a file that spells the tag as a string. */
function lineOfTag(path: string, tag: string): number | undefined {
  const read = readText(path);
  if (!read.ok) { return undefined; }
  const { text } = read.source;
  const at = ['"', '\'', '`'].map((quote) => text.indexOf(`${quote}${tag}${quote}`)).filter((index) => index >= 0);
  return at.length === 0 ? undefined : text.slice(0, Math.min(...at)).split('\n').length;
}

async function commitOf(root: string, file: string, line: number, signal: AbortSignal): Promise<TradeOrigin['commit']> {
  const git = findGit();
  if (git === undefined) { return undefined; }
  const { code, out } = await runGit(git, [...SAFE, 'blame', '--porcelain', '-L', `${String(line)},${String(line)}`, '--', file], root, { signal });
  if (code !== 0) { return undefined; }
  const lines = out.toString('utf8').split('\n');
  const id = lines[0]?.slice(0, 40) ?? '';
  const field = (name: string): string | undefined => lines.find((one) => one.startsWith(`${name} `))?.slice(name.length + 1);
  const time = Number(field('committer-time'));
  if (/^0+$/.test(id) || !Number.isFinite(time)) { return undefined; }
  return { id: id.slice(0, 10), date: new Date(time * 1000).toISOString().slice(0, 10), subject: field('summary') ?? '' };
}
