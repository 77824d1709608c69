/** SEC217: an archive that writes where it likes, or a document that reads files and asks addresses. */
import * as z from 'zod';
import type { Severity } from '../../../core/findings/finding.ts';
import type { RuleContext, RuleListener, Site } from '../../../core/rules/rule.ts';
import { defineRule } from '../../../core/rules/rule.ts';
import { isScript } from '../../../core/source/languages.ts';
import { lastName } from '../../../core/source/meaning/annotations.ts';
import { definitionsFor } from '../../../core/source/meaning/classes.ts';
import type { Call, Expr, SourceModel } from '../../../core/source/model.ts';
import { siteOf } from '../../../core/source/names.ts';
import { argumentOf, fieldOf, isConstantOf, literalOf, spanOf, textOf } from '../code/arguments.ts';
import { calledName, typeOf } from '../code/callee.ts';
import { writerOf } from '../code/loading/origin.ts';

type MessageId = 'archive' | 'handed' | 'slip' | 'entities' | 'bomb';
type Context = RuleContext<MessageId, unknown>;

/** Parsers that know no limit of their own to what a document's entities grow to (docs.python.org, XML vulnerabilities; lxml FAQ; 2026-12-01). */
const PARSES = /^(?:(?:xml\.etree\.(?:ElementTree|cElementTree)|xml\.dom\.minidom|xml\.dom\.pulldom|xml\.sax|lxml\.etree|lxml\.objectify)\.(?:parse|fromstring|parseString|iterparse|XML|fromstringlist))$/;
const LXML_PARSERS: ReadonlySet<string> = new Set(['lxml.etree.XMLParser', 'lxml.etree.XMLPullParser', 'lxml.etree.ETCompatXMLParser']);
const LIBXML = /^(?:libxmljs2?|libxmljs2?\.default)\.(?:parseXml|parseXmlString|parseXmlAsync)$/;
const WRITES = /^(?:fs|fs\/promises|fs-extra)(?:\.default)?(?:\.promises)?\.(?:writeFile|writeFileSync|createWriteStream|outputFile|outputFileSync)$/;
const ENTRY_NAME: ReadonlySet<string> = new Set(['path', 'fileName', 'filename', 'entryName']);

function create(context: Context): RuleListener {
  const { model } = context;
  const { text } = model.source;
  if (isScript(model.language)) {
    if (!/libxmljs|unzip|yauzl|adm-zip|jszip|node-stream-zip|tar-stream|extract/i.test(text)) { return {}; }
    return { call(node: Call, site: Site): void { judgeScript(context, node, site); } };
  }
  if (!/tarfile|unpack_archive|\bxml\b|lxml/.test(text)) { return {}; }
  return {
    call(node: Call, site: Site): void {
      const name = lastName(node.callee);
      if (name === 'extractall' || name === 'extract' || name === 'unpack_archive') { judgeArchive(context, node, name, site); return; }
      const full = calledName(model, node, site);
      if (full === undefined) { return; }
      if (LXML_PARSERS.has(full)) { judgeParser(context, node, site); }
      if (PARSES.test(full)) { judgeDocument(context, node, full, site); }
    },
  };
}

/** `tar.extractall(path)` without a filter: before Python 3.14 a member may be called `../../.bashrc` (PEP 706). */
function judgeArchive(context: Context, node: Call, name: string, site: Site): void {
  const { model } = context;
  const filter = argumentOf(node, 'filter');
  if ((filter !== undefined && textOf(model, filter.value, site) !== 'fully_trusted') || argumentOf(node, 'members') !== undefined) { return; }
  const archive = name === 'unpack_archive' ? argumentOf(node, 'filename', 0)?.value : openedArchive(model, node, site);
  if (archive === undefined) { return; }
  const { by, label } = writerOf(model, { name, from: archive, takes: 'path', judged: 'by-origin', instead: '' }, site);
  const severity: Severity | undefined = by === 'user' || by === 'network' ? 'error' : by === 'handed' || by === 'shared' ? 'warning' : undefined;
  if (severity !== undefined) { context.report({ at: spanOf(node.callee), messageId: severity === 'error' ? 'archive' : 'handed', severity, data: { what: label.slice(0, 40) } }); }
}

/** What `tarfile.open` was given for the archive that a method is called on. */
function openedArchive(model: SourceModel, node: Call, site: Site): Expr | undefined {
  const receiver = node.callee.kind === 'member' ? node.callee.object : undefined;
  if (receiver === undefined) { return undefined; }
  const made = receiver.kind === 'call' ? { value: receiver, site } : definitionsFor(model, receiver, site).flatMap((one) => {
    const value = one.drawn?.how === 'entered' ? one.drawn.from : one.value;
    return value?.kind === 'call' ? [{ value, site: siteOf(one) }] : [];
  })[0];
  if (made === undefined || !/^tarfile\.(?:open|TarFile|TarFile\.open)$/.test(calledName(model, made.value, made.site) ?? typeOf(model, receiver, site) ?? '')) { return undefined; }
  return argumentOf(made.value, 'fileobj', 2)?.value ?? argumentOf(made.value, 'name', 0)?.value;
}

/** `XMLParser(resolve_entities=True)`, `no_network=False`, `huge_tree=True`. */
function judgeParser(context: Context, node: Call, site: Site): void {
  const { model } = context;
  for (const [key, value] of [['resolve_entities', true], ['no_network', false]] as const) {
    const given = argumentOf(node, key);
    if (given !== undefined && isConstantOf(model, given.value, site, value)) {
      context.report({ at: { start: given.nameSpan?.start ?? given.start, end: given.value.end }, messageId: 'entities', severity: 'warning', data: { what: `${key}=${value ? 'True' : 'False'}` } });
      return;
    }
  }
}

/** A document that somebody sent, or that came over the network, read without a limit. */
function judgeDocument(context: Context, node: Call, full: string, site: Site): void {
  const from = node.args[0]?.value;
  // A parser of its own was told what it takes.
  if (from === undefined || argumentOf(node, 'parser', 1) !== undefined) { return; }
  const takes = /parse$/.test(full) ? 'path' : 'bytes';
  const { by, label } = writerOf(context.model, { name: full, from, takes, judged: 'by-origin', instead: '' }, site);
  if (by === 'user') { context.report({ at: spanOf(node.callee), messageId: 'bomb', severity: 'warning', data: { what: label.slice(0, 40) } }); }
}

function judgeScript(context: Context, node: Call, site: Site): void {
  const { model } = context;
  const full = calledName(model, node, site) ?? '';
  if (LIBXML.test(full)) {
    const options = node.args[1] === undefined ? undefined : literalOf(model, node.args[1].value, site);
    const entities = options === undefined ? undefined : fieldOf(options.fields, 'noent');
    if (entities !== undefined && isConstantOf(model, entities, site, true)) { context.report({ at: spanOf(entities), messageId: 'entities', severity: 'warning', data: { what: 'noent: true' } }); }
    return;
  }
  const path = WRITES.test(full) ? node.args[0]?.value : undefined;
  if (path === undefined || CHECKS.test(around(model, site))) { return; }
  const name = entryName(model, path, site, 0);
  if (name !== undefined) { context.report({ at: spanOf(path), messageId: 'slip', data: { what: name } }); }
}

/** Ways to see where a path leads, or to take what is behind its last slash. */
const CHECKS = /\.startsWith\(|isAbsolute\(|\.includes\(['"]\.\.|\.relative\(|basename\(/;

/** The text of the function a place stands in, with what is around that one; else of the file. */
function around(model: SourceModel, { function: fn }: Site): string {
  let outermost = fn;
  while (outermost?.outer !== undefined) { outermost = model.functions[outermost.outer]; }
  return outermost === undefined ? model.source.text : model.source.text.slice(outermost.start, outermost.end);
}

/** `path.join(folder, entry.fileName)`: the name an archive gives its member, put below a folder. */
function entryName(model: SourceModel, expr: Expr, site: Site, hops: number): string | undefined {
  if (expr.kind === 'name' && hops < 3) {
    const definitions = definitionsFor(model, expr, site);
    const only = definitions.length === 1 ? definitions[0] : undefined;
    return only?.value === undefined ? undefined : entryName(model, only.value, site, hops + 1);
  }
  if (expr.kind !== 'call' || !/^(?:join|resolve)$/.test(lastName(expr.callee) ?? '')) { return undefined; }
  const part = expr.args.slice(1).map(({ value }) => value).find((value) => value.kind === 'member' && ENTRY_NAME.has(value.property) && /^(?:entry|header|file|zipEntry|item)$/.test(lastName(value.object) ?? ''));
  return part === undefined ? undefined : model.source.text.slice(part.start, part.end).slice(0, 40);
}

export const hostileFile = defineRule<MessageId, unknown>({
  id: 'SEC217',
  name: 'hostile-file',
  guardian: 'security',
  languages: ['python', 'typescript', 'javascript', 'notebook'],
  severity: 'error',
  gate: 'merge',
  since: '0.1.0',
  scope: 'code',
  cost: 'fast',
  summary: 'An archive from elsewhere that is unpacked without a filter, or XML that resolves entities.',
  messages: {
    archive: 'An archive from elsewhere ({what}) writes wherever its members say, ../ included: over the strategy, or a key. Add filter="data".',
    handed: 'Whatever archive {what} is handed writes wherever its members say, ../ included. Add filter="data".',
    slip: '{what} is the archive’s own name for the file, and ../../.env is one too. Check that the resolved path is below the folder.',
    entities: 'With {what} a document reads files of this machine and asks addresses of the network. Leave it off.',
    bomb: 'A document of 1 KB grows to gigabytes while {what} is parsed, and the bot stands still. Parse with defusedxml.',
  },
  options: z.strictObject({}),
  create,
});
