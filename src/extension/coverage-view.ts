/**
 * The view Guard Coverage in the Explorer, beside the files it speaks of: order sites by file, and the guards before each.
 * Filled when it is open, and asked for again after edits only while it is visible.
 */
import {
  commands, EventEmitter, MarkdownString, Range, ThemeIcon, type TreeDataProvider, TreeItem, TreeItemCollapsibleState, Uri, window,
} from 'vscode';
import { type CoverageAnswer, type CoveragePlace, type CoverageProof, type CoverageSite, type CoverageWay, METHODS } from '../shared/protocol.ts';
import type { Ctx } from './ctx.ts';

/** One row. */
export type CoverageRow =
  | { readonly kind: 'file'; readonly root: string; readonly file: string; readonly sites: readonly SiteRow[] }
  | SiteRow
  | { readonly kind: 'guard'; readonly root: string; readonly site: CoverageSite; readonly guard: string }
  | { readonly kind: 'way'; readonly root: string; readonly way: CoverageWay }
  | { readonly kind: 'step'; readonly root: string; readonly place: CoveragePlace }
  | { readonly kind: 'proof'; readonly root: string; readonly proof: CoverageProof };

interface SiteRow {
  readonly kind: 'site';
  readonly root: string;
  readonly site: CoverageSite;
  readonly reached: boolean;
  /** What fell since the baseline, as a sentence. */
  readonly fallen?: string;
}

export type CoverageRows = TreeDataProvider<CoverageRow>;

const KINDS = ['drawdown', 'deadline', 'size', 'news', 'kill-switch'] as const;

/** Creates the view; the answer is its rows, for tests and other extensions. */
export function registerCoverageView(ctx: Ctx): CoverageRows {
  const changed = new EventEmitter<undefined>();
  const rows = new Rows(ctx, changed);
  const view = window.createTreeView<CoverageRow>('tickguard.coverage', { treeDataProvider: rows, showCollapseAll: true });
  const refresh = (): void => { if (view.visible) { changed.fire(undefined); } };
  let guarding = false;
  const follow = (): void => {
    const running = ctx.state.kind === 'running';
    if (running === guarding) { return; }
    guarding = running;
    // Where nothing is guarded the Explorer has no section of ours.
    void commands.executeCommand('setContext', 'tickguard.guarding', running);
    refresh();
  };
  ctx.extension.subscriptions.push(changed, view, ctx.onState(follow), ctx.onCoverage(refresh), view.onDidChangeVisibility(refresh));
  follow();
  return rows;
}

class Rows implements TreeDataProvider<CoverageRow> {
  readonly onDidChangeTreeData;
  readonly #ctx: Ctx;

  constructor(ctx: Ctx, changed: EventEmitter<undefined>) {
    this.#ctx = ctx;
    this.onDidChangeTreeData = changed.event;
  }

  async getChildren(row?: CoverageRow): Promise<CoverageRow[]> {
    if (row === undefined) { return this.#files(); }
    switch (row.kind) {
      case 'file': return [...row.sites];
      case 'site': return [
        // The side bar is narrow: here each of the five can be read.
        ...KINDS.map((guard): CoverageRow => ({ kind: 'guard', root: row.root, site: row.site, guard })),
        ...row.site.ways.map((way): CoverageRow => ({ kind: 'way', root: row.root, way })),
      ];
      case 'way': return [
        ...row.way.steps.map((place): CoverageRow => ({ kind: 'step', root: row.root, place })),
        ...row.way.proofs.map((proof): CoverageRow => ({ kind: 'proof', root: row.root, proof })),
      ];
      default: return [];
    }
  }

  getTreeItem(row: CoverageRow): TreeItem {
    switch (row.kind) {
      case 'file': return fileItem(row.root, row.file, row.sites);
      case 'site': return siteItem(row);
      case 'guard': return guardItem(row.root, row.site, row.guard);
      case 'way': return wayItem(row.way);
      case 'step': return placeItem(row.root, row.place, 'arrow-right');
      case 'proof': return proofItem(row.root, row.proof);
    }
  }

  async #files(): Promise<CoverageRow[]> {
    const { client } = this.#ctx;
    if (client === undefined) { return []; }
    const answer = await client.request<CoverageAnswer>(METHODS.coverage).catch((error: unknown) => {
      this.#ctx.output.warn(`Guard coverage could not be read: ${String(error)}`);
      return { roots: [] };
    });
    return answer.roots.flatMap(({ uri, report }) => {
      const fallen = new Map(report.fallen.map((fall) => [fall.fingerprint, fall.message]));
      const files = new Map<string, SiteRow[]>();
      for (const [sites, reached] of [[report.sites, true], [report.unreached, false]] as const) {
        for (const site of sites) {
          const sentence = fallen.get(site.fingerprint);
          const list = files.get(site.file) ?? [];
          list.push({ kind: 'site', root: uri, site, reached, ...(sentence === undefined ? {} : { fallen: sentence }) });
          files.set(site.file, list);
        }
      }
      return [...files].sort(([a], [b]) => (a < b ? -1 : 1)).map(([file, sites]): CoverageRow => ({ kind: 'file', root: uri, file, sites }));
    });
  }
}

function uriOf(root: string, file: string): Uri {
  return Uri.joinPath(Uri.parse(root), file);
}

function fileItem(root: string, file: string, sites: readonly SiteRow[]): TreeItem {
  const item = new TreeItem(uriOf(root, file), TreeItemCollapsibleState.Expanded);
  item.description = `${file.includes('/') ? `${file.slice(0, file.lastIndexOf('/'))} · ` : ''}${sites.length} order ${sites.length === 1 ? 'site' : 'sites'}`;
  item.iconPath = ThemeIcon.File;
  return item;
}

function siteItem({ root, site, reached, fallen }: SiteRow): TreeItem {
  const item = new TreeItem(`${site.name} · line ${site.range.line}`, site.ways.length === 0 ? TreeItemCollapsibleState.None : TreeItemCollapsibleState.Collapsed);
  item.id = `${root} ${site.fingerprint}`;
  const guarded = KINDS.filter((kind) => site.states[kind] === 'guarded').length;
  item.description = reached ? `${guarded}/${KINDS.length} · ${KINDS.map((kind) => cell(site, kind)).join('  ')}` : 'nothing reaches it';
  item.iconPath = new ThemeIcon(fallen === undefined ? (reached ? 'pulse' : 'circle-slash') : 'warning');
  item.tooltip = tooltip(site, reached, fallen);
  item.command = open(root, site);
  item.accessibilityInformation = { label: `${site.name}, line ${site.range.line}: ${KINDS.map((kind) => `${nameOf(kind)} ${site.states[kind] ?? 'missing'}`).join(', ')}` };
  return item;
}

/** `drawdown ✓`, `size –`, `news ?`, `deadline 1/2`. */
function cell(site: CoverageSite, kind: string): string {
  const name = nameOf(kind);
  switch (site.states[kind]) {
    case 'guarded': return `${name} ✓`;
    case 'some': return `${name} ${countOf(site, kind)}/${site.ways.length}`;
    case 'unresolved': return `${name} ?`;
    case 'conditional': return `${name} ~`;
    default: return `${name} –`;
  }
}

function countOf(site: CoverageSite, kind: string): number {
  return site.ways.filter((way) => way.kinds.includes(kind)).length;
}

function nameOf(kind: string): string {
  return kind === 'kill-switch' ? 'kill switch' : kind;
}

/** A line a guard: where it stands, or which way lacks it. */
function tooltip(site: CoverageSite, reached: boolean, fallen: string | undefined): MarkdownString {
  const text = new MarkdownString();
  text.isTrusted = false;
  text.supportHtml = false;
  text.appendText(`${site.name} in ${site.symbol === '' ? 'the program’s own code' : site.symbol}`);
  if (fallen !== undefined) { text.appendText(`\n\n${fallen}`); }
  if (!reached) { text.appendText('\n\nNo way from a handler, a route or the start of the program was found to it, so it is not counted.'); }
  for (const kind of KINDS) { text.appendText(`\n\n${nameOf(kind)}: ${sentence(site, kind)}`); }
  return text;
}

function sentence(site: CoverageSite, kind: string): string {
  const all = site.ways.flatMap((way) => way.proofs.filter((proof) => proof.kinds.includes(kind)));
  const proofs = [...new Set(all.filter((proof) => proof.only === undefined).map(placeOf))];
  const lacking = site.ways.filter((way) => !way.kinds.includes(kind)).map((way) => way.handler);
  switch (site.states[kind]) {
    case 'guarded': return proofs.join(', ');
    case 'some': return `${proofs.join(', ')}; not on the way from ${[...new Set(lacking)].join(', ')}`;
    case 'unresolved': return 'a check stands there whose function was not found';
    case 'conditional': return [...new Set(all.map((proof) => `${placeOf(proof)}, only when ${proof.only ?? 'a switch is on'}`))].join('; ');
    default: return 'none';
  }
}

function placeOf(proof: CoverageProof): string {
  return `${proof.file}:${proof.range.line}`;
}

/** One of the five: its first place, or that there is none. */
function guardItem(root: string, site: CoverageSite, guard: string): TreeItem {
  const item = new TreeItem(cell(site, guard), TreeItemCollapsibleState.None);
  const proof = site.ways.flatMap((way) => way.proofs).find((one) => one.kinds.includes(guard));
  item.description = sentence(site, guard);
  item.iconPath = new ThemeIcon(ICONS[site.states[guard] ?? 'missing']);
  if (proof !== undefined) { item.command = open(root, proof); }
  return item;
}

const ICONS = { guarded: 'shield', some: 'warning', unresolved: 'question', conditional: 'settings', missing: 'dash' } as const;

function wayItem(way: CoverageWay): TreeItem {
  const item = new TreeItem(way.entry === 'none' ? 'in its own function' : `way from ${way.handler}`, TreeItemCollapsibleState.Collapsed);
  item.description = `${way.entry === 'none' ? '' : `${way.entry} · `}${way.kinds.length === 0 ? 'no guard' : way.kinds.map(nameOf).join(', ')}`;
  item.iconPath = new ThemeIcon('git-commit');
  return item;
}

function placeItem(root: string, place: CoveragePlace, icon: string): TreeItem {
  const item = new TreeItem(place.text, TreeItemCollapsibleState.None);
  item.description = `${place.file}:${place.range.line}`;
  item.iconPath = new ThemeIcon(icon);
  item.command = open(root, place);
  return item;
}

function proofItem(root: string, proof: CoverageProof): TreeItem {
  const item = placeItem(root, proof, proof.only === undefined ? 'shield' : 'settings');
  item.label = `${proof.kinds.map(nameOf).join(', ')}: ${proof.by ?? proof.text}${proof.only === undefined ? '' : `, only when ${proof.only}`}`;
  item.tooltip = proof.text;
  return item;
}

function open(root: string, { file, range }: Pick<CoveragePlace, 'file' | 'range'>): { readonly command: string; readonly title: string; readonly arguments: unknown[] } {
  const selection = new Range(range.line - 1, range.column - 1, range.endLine - 1, range.endColumn - 1);
  return { command: 'vscode.open', title: 'Open', arguments: [uriOf(root, file), { selection, preserveFocus: false }] };
}
