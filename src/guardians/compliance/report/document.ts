/** A small document: headings, sentences, lists, tables and one chart; written as Markdown or as one HTML page that prints well. */
import { type EquityChart, equityChart } from './equity-chart.ts';

/** A part of a document. */
export type Block =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string; readonly strong?: boolean }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'table'; readonly columns: readonly string[]; readonly rows: readonly (readonly Cell[])[] }
  /** Equity and floor; Markdown leaves it out, since the tables say the same. */
  | { readonly kind: 'chart'; readonly chart: EquityChart };

/** Text, or text that leads somewhere. */
export type Cell = string | { readonly text: string; readonly href: string };

export interface ReportDocument {
  readonly title: string;
  readonly blocks: readonly Block[];
}

/** The document as GitHub's Markdown. */
export function markdownOf({ title, blocks }: ReportDocument): string {
  return `${[`# ${inMarkdown(title)}`, ...blocks.flatMap(markdownBlock)].join('\n\n')}\n`;
}

function markdownBlock(block: Block): readonly string[] {
  switch (block.kind) {
    case 'heading': return [`## ${inMarkdown(block.text)}`];
    case 'text': return [block.strong === true ? `**${inMarkdown(block.text)}**` : inMarkdown(block.text)];
    case 'list': return [block.items.map((item) => `- ${inMarkdown(item)}`).join('\n')];
    case 'chart': return [];
    case 'table': {
      if (block.rows.length === 0) { return []; }
      const line = (cells: readonly Cell[]): string => `| ${cells.map((cell) => inMarkdown(textOf(cell)).replaceAll('|', '\\|')).join(' | ')} |`;
      return [[line(block.columns), line(block.columns.map(() => '---')), ...block.rows.map(line)].join('\n')];
    }
  }
}

/** Text that came from a ledger must not become a link, a tag or a heading. */
function inMarkdown(text: string): string {
  return text.replace(/[\\`*_<>[\]#]/g, '\\$&').replace(/\s+/g, ' ');
}

/** The document as one HTML page without scripts and without anything from elsewhere; dark and light, and black on white when printed. */
export function htmlOf({ title, blocks }: ReportDocument): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${inHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${inHtml(title)}</h1>
${blocks.map(htmlBlock).join('\n')}
</main>
</body>
</html>
`;
}

function htmlBlock(block: Block): string {
  switch (block.kind) {
    case 'heading': return `<h2>${inHtml(block.text)}</h2>`;
    case 'text': return block.strong === true ? `<p><strong>${inHtml(block.text)}</strong></p>` : `<p>${inHtml(block.text)}</p>`;
    case 'list': return `<ul>${block.items.map((item) => `<li>${inHtml(item)}</li>`).join('')}</ul>`;
    case 'chart': return equityChart(block.chart);
    case 'table': return block.rows.length === 0 ? '' : htmlTable(block.columns, block.rows);
  }
}

function textOf(cell: Cell): string {
  return typeof cell === 'string' ? cell : cell.text;
}

function htmlTable(columns: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const head = columns.every((column) => column === '') ? '' : `<thead><tr>${columns.map((column) => `<th scope="col">${inHtml(column)}</th>`).join('')}</tr></thead>`;
  const body = rows.map((row) => `<tr>${row.map((cell) => `<td${/^-?[\d,.]+$/.test(textOf(cell)) ? ' class="number"' : ''}>${typeof cell === 'string' ? inHtml(cell) : `<a href="${inHtml(cell.href)}">${inHtml(cell.text)}</a>`}</td>`).join('')}</tr>`);
  return `<div class="scroll"><table>${head}<tbody>${body.join('')}</tbody></table></div>`;
}

/** Text inside an element or an attribute in double quotes. */
export function inHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

const STYLE = `
:root { color-scheme: light dark; --line: #8884; --floor: #c62828; --equity: #1565c0; --range: #1565c033; --peak: #2e7d32; }
@media (prefers-color-scheme: dark) { :root { --floor: #ef9a9a; --equity: #90caf9; --range: #90caf933; --peak: #a5d6a7; } }
body.vscode-dark, body.vscode-high-contrast { --floor: #ef9a9a; --equity: #90caf9; --range: #90caf933; --peak: #a5d6a7; }
body.vscode-light, body.vscode-high-contrast-light { --floor: #c62828; --equity: #1565c0; --range: #1565c033; --peak: #2e7d32; }
body.vscode-high-contrast, body.vscode-high-contrast-light { --line: var(--vscode-contrastBorder); }
.range { fill: var(--range); } .equity { fill: none; stroke: var(--equity); stroke-width: 1.5; } .peak { fill: none; stroke: var(--peak); stroke-dasharray: 4 3; } .floor { fill: none; stroke: var(--floor); stroke-width: 2; }
.grid { stroke: var(--line); } .mark { fill: var(--floor); stroke: Canvas; stroke-width: 1.5; } .mark.warning { fill: #f9a825; } a:focus-visible .mark { stroke: currentColor; stroke-width: 3; }
.legend { font-size: .85rem; } .key { display: inline-block; width: 1.2em; margin: 0 .3em 0 .8em; vertical-align: middle; border-top: 3px solid; } .equity-key { border-color: var(--equity); } .range-key { border-top: 9px solid var(--range); } .peak-key { border-top: 2px dashed var(--peak); } .floor-key { border-color: var(--floor); } .mark-key { width: .7em; height: .7em; border: 0; border-radius: 50%; background: var(--floor); }
body { font: 15px/1.5 system-ui, sans-serif; margin: 0; }
main { max-width: 72rem; margin: 0 auto; padding: 1.5rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; margin: .5rem 0; font-size: .9rem; }
th, td { text-align: left; vertical-align: top; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid var(--line); }
td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
svg { width: 100%; height: auto; margin: 1rem 0; }
svg text { fill: currentColor; font: 11px system-ui, sans-serif; }
@media print { :root { color-scheme: light; } main { max-width: none; padding: 0; } tr, svg { break-inside: avoid; } a { color: inherit; } }
`;
