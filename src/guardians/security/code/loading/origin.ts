/** Who wrote what is loaded: the program itself, whoever starts it, or somebody on the network. */
import { lastName } from '../../../../core/source/meaning/annotations.ts';
import { definitionsFor } from '../../../../core/source/meaning/classes.ts';
import { mentions, wordsOf } from '../../../../core/source/meaning/words.ts';
import type { Call, Expr, SourceModel } from '../../../../core/source/model.ts';
import { siteOf } from '../../../../core/source/names.ts';
import { rolesOf } from '../../../../core/source/roles.ts';
import type { NameSite } from '../../../../core/source/scope.ts';
import { walkExpression } from '../../../../core/source/walk.ts';
import { calledName } from '../callee.ts';
import { provenanceOf, type Placed } from '../provenance/provenance.ts';
import { namedSource } from '../provenance/sources.ts';
import { constantText, isBuilt, worstHole } from '../provenance/value.ts';
import type { Load } from './loaders.ts';

/**
 * - `user`: a request, a message, an upload;
 * - `network`: an answer, a socket, a queue, or a file that was just downloaded;
 * - `shared`: a place every user of the machine may write to;
 * - `handed`: a parameter, an argument of the command line, a variable of the environment;
 * - `own`: a file beside the program, or bytes it wrote itself;
 * - `unknown`: this file cannot tell.
 */
export type Writer = 'user' | 'network' | 'shared' | 'handed' | 'own' | 'unknown';

/** Who wrote it, and what it is called here. */
export interface Written {
  readonly by: Writer;
  readonly label: string;
}

/** Calls that give or keep what the network sent (docs.python.org socket, pyzmq, websockets, urllib, huggingface_hub, gdown, wget, boto3; 2026-12-01). */
const RECEIVES: ReadonlySet<string> = new Set([
  'recv', 'recv_multipart', 'recvfrom', 'recv_bytes', 'recv_string', 'urlopen', 'urlretrieve', 'iter_content', 'download_fileobj', 'get_object', 'download_as_bytes', 'download_as_string', 'consume', 'poll',
]);
const DOWNLOADS = /^(?:hf_hub_download|snapshot_download|cached_download|urlretrieve|download_file|download_fileobj|download_blob|download_to_filename|download_model|get_file|cached_path|load_file_from_url|download_url_to_file|fetch_file|gdown|wget)$/;
const CHANNELS: ReadonlySet<string> = new Set(['socket', 'sock', 'conn', 'connection', 'redis', 'kafka', 'consumer', 'subscriber', 'zmq', 'mq', 'ws', 'websocket', 'response', 'resp', 'client', 'channel', 'pubsub', 'memcache']);
const OPENERS = /^(?:open|gzip_open|bz2_open|fdopen|GzipFile|BZ2File|LZMAFile|TemporaryFile)$/;
const WRAPPERS: ReadonlySet<string> = new Set(['BytesIO', 'StringIO', 'BufferedReader', 'decompress', 'b64decode', 'urlsafe_b64decode', 'unhexlify', 'a2b_base64', 'bytes', 'memoryview', 'fromhex', 'decode', 'encode', 'str', 'Path', 'fspath', 'unquote']);
const SHARED_PLACE = /^(?:\/tmp\/|\/var\/tmp\/|\/dev\/shm\/)/;

/** Who wrote what a load reads. */
export function writerOf(model: SourceModel, load: Load, site: NameSite): Written {
  let worst: Written = { by: 'own', label: '' };
  for (const root of rootsOf(model, load.from, site, load.takes)) {
    const written = judge(model, root, load);
    if (RANK[written.by] > RANK[worst.by]) { worst = written; }
  }
  return worst;
}

const RANK: Readonly<Record<Writer, number>> = { own: 0, unknown: 1, handed: 2, shared: 3, network: 4, user: 5 };

/** What stands behind a handle or a path: `path` of `with open(path) as f`, `raw` of `io.BytesIO(raw)`. */
function rootsOf(model: SourceModel, expr: Expr, site: NameSite, takes: Load['takes']): readonly Placed[] {
  const found: Placed[] = [];
  const pending: { readonly at: Placed; readonly hops: number }[] = [{ at: { expr, site }, hops: 0 }];
  for (let next = pending.pop(); next !== undefined && found.length < 8; next = pending.pop()) {
    const { at, hops } = next;
    const inner = hops > 10 || writesItself(model, at.expr, takes) ? [] : innerOf(model, at);
    if (inner.length === 0) { found.push(at); } else { pending.push(...inner.map((one) => ({ at: one, hops: hops + 1 }))); }
  }
  return found;
}

function innerOf(model: SourceModel, { expr, site }: Placed): readonly Placed[] {
  if (expr.kind === 'await') { return [{ expr: expr.operand, site }]; }
  if (expr.kind === 'call') {
    const name = lastName(expr.callee) ?? '';
    // `path.open("rb")`, `file.read()`.
    if (expr.callee.kind === 'member' && (name === 'read' || name === 'open' || name === 'read_bytes' || name === 'decode' || name === 'encode') && calledName(model, expr, site)?.endsWith(`.${name}`) !== true) { return [{ expr: expr.callee.object, site }]; }
    const first = expr.args.find((argument) => argument.name === undefined || argument.name === 'file')?.value;
    return (OPENERS.test(name) || WRAPPERS.has(name)) && first !== undefined ? [{ expr: first, site }] : [];
  }
  if (expr.kind !== 'name' && expr.kind !== 'member') { return []; }
  const definitions = definitionsFor(model, expr, site);
  if (definitions.length === 0 || definitions.length > 6) { return []; }
  const values = definitions.map((one): Placed | undefined => {
    if (one.drawn?.how === 'entered' && one.drawn.at.length === 0) { return { expr: one.drawn.from, site: siteOf(one) }; }
    return one.value === undefined || one.op !== undefined ? undefined : { expr: one.value, site: siteOf(one) };
  }).filter((one) => one !== undefined);
  return values.length === definitions.length ? values : [];
}

function judge(model: SourceModel, root: Placed, load: Load): Written {
  const { expr, site } = root;
  const label = labelOf(model, expr);
  const value = provenanceOf(model).of(expr, site);
  const worst = worstHole(value, (hole) => hole.origin !== 'plain');
  if (worst?.origin === 'user' || isSent(model, expr, site)) { return { by: 'user', label: worst?.label ?? label }; }
  if (isNetwork(model, expr, site) || (worst !== undefined && isNetwork(model, worst.expr, site))) { return { by: 'network', label }; }
  const text = constantText(value);
  if (text !== undefined && /^(?:https?|s3|gs|ftp):\/\//.test(text)) { return { by: 'network', label: 'an address' }; }
  if (isDownloaded(model, expr, text)) { return { by: 'network', label }; }
  if (isPickled(expr) || writesItself(model, expr, load.takes)) { return { by: 'own', label }; }
  const start = value.forms[0]?.[0];
  if (load.takes !== 'bytes' && typeof start === 'string' && SHARED_PLACE.test(start)) { return { by: 'shared', label: start.slice(0, 40) }; }
  if (worst === undefined) { return { by: 'own', label }; }
  // The folder or the symbol is handed in, the name of the file is the program's own: a cache of it.
  const named = load.takes !== 'bytes' && (isBelow(expr) || value.forms.every((form) => !form.includes(worst) || isBuilt(form)));
  if (worst.origin === 'parameter' || worst.origin === 'operator') {
    return { by: named && writesAny(model) ? 'own' : 'handed', label: worst.label };
  }
  return { by: 'unknown', label };
}

/** A part of what somebody sent, whatever is asked of it: `request.cookies.get("state")`. */
function isSent(model: SourceModel, expr: Expr, site: NameSite): boolean {
  let found = false;
  walkExpression(expr, (part) => {
    found ||= part.kind === 'member' && namedSource(model, part, site) === 'user';
    return !found;
  });
  return found;
}

function isNetwork(model: SourceModel, expr: Expr, site: NameSite): boolean {
  let found = false;
  const look = (root: Expr, around: NameSite, hops: number): void => {
    walkExpression(root, (part) => {
      if (found) { return false; }
      if (part.kind === 'call') { found = receives(model, part, around); }
      if (part.kind === 'name' && hops < 3) {
        const definitions = definitionsFor(model, part, around);
        for (const one of definitions.length > 4 ? [] : definitions) {
          const value = one.value ?? (one.drawn?.how === 'entered' ? one.drawn.from : undefined);
          if (value !== undefined && one.op === undefined) { look(value, siteOf(one), hops + 1); }
        }
      }
      return !found;
    });
  };
  look(expr, site, 0);
  return found;
}

function receives(model: SourceModel, call: Call, site: NameSite): boolean {
  const name = lastName(call.callee) ?? '';
  if (DOWNLOADS.test(name) || name === 'urlopen') { return true; }
  const roles = rolesOf(model, call, site);
  if (roles.includes('http')) { return true; }
  if (call.callee.kind !== 'member') { return false; }
  const words = new Set(wordsOf(lastName(call.callee.object) ?? ''));
  return RECEIVES.has(name) && (name.startsWith('recv') || mentions(words, CHANNELS));
}

/** The file was downloaded by this program to the same place: `urlretrieve(url, "model.pkl")`, or written from an answer. */
function isDownloaded(model: SourceModel, expr: Expr, text: string | undefined): boolean {
  const written = text ?? model.source.text.slice(expr.start, expr.end);
  if (written.length < 2 || written.length > 200) { return false; }
  const { source: { text: all } } = model;
  for (let at = all.indexOf(written); at >= 0; at = all.indexOf(written, at + written.length)) {
    const line = all.slice(all.lastIndexOf('\n', at) + 1, at);
    if (line.length < 400 && /\b(?:urlretrieve|download_file|download_fileobj|hf_hub_download|wget\.download|gdown\.download|download_url_to_file|download_to_filename)\b/.test(line)) { return true; }
  }
  return false;
}

/** A name put below a folder: `folder / "x.pkl"`, `folder.joinpath(symbol)`. */
function isBelow(expr: Expr): boolean {
  if (expr.kind === 'binary') { return expr.ops.every((op) => op === '/'); }
  return expr.kind === 'call' && /^(?:joinpath|with_name|with_suffix|join)$/.test(lastName(expr.callee) ?? '');
}

/** `pickle.loads(pickle.dumps(x))`. */
function isPickled(expr: Expr): boolean {
  return expr.kind === 'call' && /^(?:dumps|packb|serialize)$/.test(lastName(expr.callee) ?? '');
}

const WRITES = /\b(?:pickle|cPickle|dill|cloudpickle|joblib|marshal|jsonpickle)\.dumps?\(|\.to_pickle\(|\btorch\.save\(|\bnp\.savez?(?:_compressed)?\(|\bnumpy\.savez?\(|\bshelve\.open\(/;
const WRITES_EACH = /\b(?:dumps?|to_pickle|save|savez|savez_compressed|open)\(/g;

function writesAny(model: SourceModel): boolean {
  return WRITES.test(model.source.text);
}

/** The same attribute is written and read: `self.path` of a cache. A parameter of two functions is two values. */
function writesItself(model: SourceModel, expr: Expr, takes: Load['takes']): boolean {
  if (takes === 'bytes' || expr.kind !== 'member' || !writesAny(model)) { return false; }
  const written = model.source.text.slice(expr.start, expr.end);
  let times = 0;
  for (const match of model.source.text.matchAll(WRITES_EACH)) {
    const from = match.index + match[0].length;
    if (model.source.text.slice(from, from + 200).split('\n', 1)[0]?.includes(written) === true) { times++; }
  }
  return times > 1;
}

function labelOf(model: SourceModel, expr: Expr): string {
  const text = model.source.text.slice(expr.start, expr.end).replace(/\s+/g, ' ');
  return expr.kind === 'literal' || text.length > 40 ? 'what it reads' : text;
}
