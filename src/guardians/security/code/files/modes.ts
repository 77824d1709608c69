/** File modes: which bits an expression or a command gives to everybody. */
import { qualifiedName } from '../../../../core/source/meaning/qualified.ts';
import { lastName } from '../../../../core/source/meaning/annotations.ts';
import type { Expr, SourceModel, Span } from '../../../../core/source/model.ts';
import { siteOf } from '../../../../core/source/names.ts';
import { definitionsOf, type NameSite } from '../../../../core/source/scope.ts';

const OTHERS_WRITE = 0o002;
const OTHERS_READ = 0o004;
/** Bits of Python's `stat` and Node's `fs.constants` that concern everybody. */
const NAMED: ReadonlyMap<string, number> = new Map([['S_IWOTH', OTHERS_WRITE], ['S_IRWXO', 0o007], ['S_IROTH', OTHERS_READ], ['S_IXOTH', 0o001]]);

/** What everybody gets by a mode: bits known to be set; undefined where nothing of it is known. */
function bitsOf(model: SourceModel, expr: Expr, site: NameSite, depth = 0): number | undefined {
  if (depth > 8) { return undefined; }
  if (expr.kind === 'literal') { return literalMode(expr.text, expr.type); }
  if (expr.kind === 'binary') {
    if (!expr.ops.every((op) => op === '|' || op === '+')) { return undefined; }
    return expr.operands.reduce((bits, operand) => bits | (bitsOf(model, operand, site, depth + 1) ?? 0), 0);
  }
  const named = NAMED.get(lastName(expr) ?? '');
  if (named !== undefined) { return (qualifiedName(model, expr, site) ?? 'stat').includes('.') ? named : 0; }
  if (expr.kind !== 'name') { return undefined; }
  const definitions = definitionsOf(model, expr.name, site, expr.start);
  const only = definitions.length === 1 ? definitions[0] : undefined;
  return only?.value === undefined || only.op !== undefined ? undefined : bitsOf(model, only.value, siteOf(only), depth + 1);
}

/** `0o777`, `511`, `0x1ff`, `'777'`, `0777`. */
function literalMode(text: string, type: string): number | undefined {
  const digits = text.replace(/^["'`]|["'`]$/g, '').replaceAll('_', '');
  const octal = type === 'string' ? /^0?([0-7]{3,5})$/.exec(digits) : /^0[oO]?([0-7]{1,6})$/.exec(digits);
  if (octal !== null) { return Number.parseInt(octal[1] ?? '0', 8); }
  if (type !== 'number') { return undefined; }
  return /^(?:0[xX][0-9a-fA-F]{1,6}|\d{1,6})$/.test(digits) ? Number(digits) : undefined;
}

/** True where a mode lets everybody write. */
export function letsAllWrite(model: SourceModel, expr: Expr, site: NameSite): boolean {
  return ((bitsOf(model, expr, site) ?? 0) & OTHERS_WRITE) !== 0;
}

/** True where a mode lets everybody read. */
export function letsAllRead(model: SourceModel, expr: Expr, site: NameSite): boolean {
  return ((bitsOf(model, expr, site) ?? 0) & OTHERS_READ) !== 0;
}

/** True for a mask that takes nothing away: `umask(0)`. */
export function masksNothing(model: SourceModel, expr: Expr, site: NameSite): boolean {
  return bitsOf(model, expr, site) === 0;
}

/** The mode in a command that lets everybody write: `chmod -R 777 data`, `chmod a+w`, `COPY --chmod=666`, `umask 000`. */
export function openModeIn(line: string): Span | undefined {
  if (!/\bchmod\b|\bumask\b/.test(line)) { return undefined; }
  let command = '';
  for (const match of line.matchAll(/[^\s;|&"'`[\],()]+|[;|&]/g)) {
    const word = match[0];
    if (word === '#' || word.startsWith('#')) { return undefined; }
    if (/^[;|&]$/.test(word)) { command = ''; continue; }
    const at = { start: match.index, end: match.index + word.length };
    if (/^--chmod=0?[0-7]?[0-7][0-7][2367]$/.test(word)) { return at; }
    if (/(?:^|\/)(?:chmod|umask)$/.test(word)) { command = word.slice(word.lastIndexOf('/') + 1); continue; }
    if (command === '' || /^-[A-Za-z-]{1,20}$/.test(word)) { continue; }
    if (command === 'umask') { return /^0{1,4}$/.test(word) ? at : undefined; }
    if (/^0?[0-7]?[0-7][0-7][2367]$/.test(word) || /^(?:[ug]{0,2}[oa][ugoa]{0,3})?[+=][rxXst]{0,4}w[rxXst]{0,4}$/.test(word) && /^(?:[ug]{0,2}[oa]|[+=])/.test(word) && !word.startsWith('+')) { return at; }
    command = '';
  }
  return undefined;
}
