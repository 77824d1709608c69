/** SEC215: a temporary file whose name others know before it is there. */
import * as z from 'zod';
import type { RuleContext, RuleListener, Site } from '../../../core/rules/rule.ts';
import { defineRule } from '../../../core/rules/rule.ts';
import { isScript } from '../../../core/source/languages.ts';
import { lastName } from '../../../core/source/meaning/annotations.ts';
import { namesIn, wordsOf } from '../../../core/source/meaning/words.ts';
import type { Call, Expr, SourceModel } from '../../../core/source/model.ts';
import { argumentOf, beginningOf, spanOf, textOf } from '../code/arguments.ts';
import { calledName } from '../code/callee.ts';

type MessageId = 'race' | 'known' | 'read';
type Context = RuleContext<MessageId, unknown>;

/** Functions that give a free name and no file (docs.python.org: tempfile.mktemp; os.tempnam of Python 2). */
const NAMES_ONLY: ReadonlySet<string> = new Set(['tempfile.mktemp', 'os.tempnam', 'os.tmpnam']);
const OPENS: ReadonlySet<string> = new Set(['builtins.open', 'io.open', 'codecs.open', 'gzip.open', 'aiofiles.open']);
const WRITERS: ReadonlySet<string> = new Set(['logging.FileHandler', 'logging.handlers.RotatingFileHandler', 'logging.handlers.TimedRotatingFileHandler', 'sqlite3.connect', 'numpy.save', 'joblib.dump', 'shelve.open']);
const SCRIPT_WRITES = /^(?:fs|fs\/promises|fs-extra|graceful-fs)(?:\.default)?(?:\.promises)?\.(?:writeFile|writeFileSync|appendFile|appendFileSync|createWriteStream|outputFile|outputFileSync|writeJson|writeJsonSync)$/;
const SHARED = /^(?:\/tmp|\/var\/tmp|\/dev\/shm)(?:\/|$)/;
/** Parts of a name that nobody else knows. */
const UNKNOWN_WORDS: ReadonlySet<string> = new Set(['uuid', 'uuid4', 'random', 'token', 'mkdtemp', 'hex', 'secrets', 'nonce', 'urandom', 'nanoid', 'rand']);

function create(context: Context): RuleListener {
  const { model } = context;
  if (!/mktemp\b|tempnam|tmpnam|["'`](?:\/var)?\/tmp\b|\/dev\/shm|gettempdir|tmpdir/.test(model.source.text)) { return {}; }
  return {
    call(node: Call, site: Site): void {
      const name = calledName(model, node, site);
      if (name === undefined || name.startsWith('pathlib.')) { pathMethod(context, node, site); return; }
      if (NAMES_ONLY.has(name)) { context.report({ at: spanOf(node), messageId: 'race', data: { name: lastName(node.callee) ?? '' } }); return; }
      const use = useOf(model, node, name, site);
      if (use !== undefined) { judge(context, use.path, use.writes, site); }
    },
  };
}

function useOf(model: SourceModel, node: Call, name: string, site: Site): { readonly path: Expr; readonly writes: boolean } | undefined {
  if (isScript(model.language)) {
    const path = SCRIPT_WRITES.test(name) ? node.args[0]?.value : undefined;
    const exclusive = node.args.some(({ value }) => /flag["']?\s{0,3}:\s{0,3}["']wx/.test(model.source.text.slice(value.start, Math.min(value.end, value.start + 300))));
    return path === undefined || exclusive ? undefined : { path, writes: true };
  }
  if (WRITERS.has(name)) {
    const path = argumentOf(node, 'filename', 0)?.value;
    return path === undefined ? undefined : { path, writes: true };
  }
  const path = OPENS.has(name) ? argumentOf(node, 'file', 0)?.value : undefined;
  if (path === undefined) { return undefined; }
  const given = argumentOf(node, 'mode', 1);
  const mode = given === undefined ? 'r' : textOf(model, given.value, site);
  // `x` makes the file or fails: nobody can have put one there.
  return mode === undefined || mode.includes('x') ? undefined : { path, writes: /[wa+]/.test(mode) };
}

/** `Path("/tmp/state.json").write_text(…)`. */
function pathMethod(context: Context, node: Call, site: Site): void {
  const { callee } = node;
  if (callee.kind !== 'member' || isScript(context.model.language) || !/^(?:write_text|write_bytes)$/.test(callee.property)) { return; }
  const path = callee.object.kind === 'call' && lastName(callee.object.callee) === 'Path' ? callee.object.args[0]?.value : undefined;
  if (path !== undefined) { judge(context, path, true, site); }
}

function judge(context: Context, path: Expr, writes: boolean, site: Site): void {
  const { model } = context;
  if (!isShared(model, path, site) || namesIn(model, path, site).some((name) => wordsOf(name).some((word) => UNKNOWN_WORDS.has(word)))) { return; }
  context.report({ at: spanOf(path), messageId: writes ? 'known' : 'read', ...(writes ? {} : { severity: 'info' as const }) });
}

/** Begins with a folder that everybody may write to; also `os.path.join(tempfile.gettempdir(), "state")`. */
function isShared(model: SourceModel, path: Expr, site: Site): boolean {
  const beginning = beginningOf(model, path, site);
  if (beginning !== undefined && SHARED.test(beginning)) { return true; }
  const call = path.kind === 'call' && /^(?:join|resolve)$/.test(lastName(path.callee) ?? '') ? path : undefined;
  const [folder, ...below] = call?.args.map(({ value }) => value) ?? [];
  if (folder === undefined || below.length === 0) { return false; }
  const base = beginningOf(model, folder, site);
  return (base !== undefined && SHARED.test(base)) || (folder.kind === 'call' && /^(?:gettempdir|tmpdir)$/.test(lastName(folder.callee) ?? ''));
}

export const temporaryFile = defineRule<MessageId, unknown>({
  id: 'SEC215',
  name: 'temporary-file',
  guardian: 'security',
  languages: ['python', 'typescript', 'javascript', 'notebook'],
  severity: 'warning',
  gate: 'merge',
  since: '0.1.0',
  scope: 'code',
  cost: 'fast',
  summary: 'A temporary file under a name that others know before it is there.',
  messages: {
    race: '{name} gives a free name and no file: whoever is faster puts a link there, and the bot writes where it points. Use NamedTemporaryFile or mkstemp.',
    known: 'Everybody on the machine knows this name and can put a file or a link there first. Use tempfile or mkdtemp, or a folder of your own.',
    read: 'Everybody on the machine can put this file there, and the program believes it. Keep it in a folder of your own.',
  },
  options: z.strictObject({}),
  create,
});
