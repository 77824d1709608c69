/** Calls that read a configuration file, and the path they are given. */
import type { Call, Expr, SourceModel } from '../model.ts';
import { qualifiedName } from '../meaning/qualified.ts';
import { definitionsOf, type NameSite } from '../scope.ts';

/** Functions that make a mapping of a text or a file, by full name. */
const LOADERS: ReadonlySet<string> = new Set([
  'yaml.safe_load', 'yaml.load', 'yaml.full_load', 'yaml.unsafe_load', 'yaml.default.load', 'js-yaml.load', 'js-yaml.default.load', 'js-yaml.safeLoad',
  'yaml.parse', 'yaml.default.parse', 'json.load', 'json.loads', 'json5.load', 'json5.loads', 'orjson.loads', 'ujson.load', 'simplejson.load', 'rapidjson.load',
  'tomllib.load', 'tomllib.loads', 'tomli.load', 'tomli.loads', 'toml.load', 'toml.loads', 'toml.parse', 'toml.default.parse', 'smol-toml.parse', '@iarna/toml.parse', 'tomlkit.load', 'tomlkit.parse',
  'omegaconf.OmegaConf.load', 'globals.JSON.parse', 'json5.parse', 'json5.default.parse', 'dotenv.dotenv_values', 'dotenv.parse', 'anyconfig.load', 'hjson.load', 'box.Box.from_yaml',
]);
/** Functions that open a file or read its text; the first argument is the path. */
const OPENERS: ReadonlySet<string> = new Set([
  'builtins.open', 'io.open', 'codecs.open', 'fs.readFileSync', 'fs.default.readFileSync', 'fs.promises.readFile', 'fs.default.promises.readFile', 'fs/promises.readFile', 'fs/promises.default.readFile',
  'pathlib.Path', 'pathlib.PurePath', 'builtins.str', 'os.path.abspath', 'os.path.expanduser', 'os.path.realpath', 'os.fspath', 'globals.URL', 'aiofiles.open', 'globals.String',
]);
const JOINERS: ReadonlySet<string> = new Set(['os.path.join', 'path.join', 'path.resolve', 'path.default.join', 'path.default.resolve', 'pathlib.Path', 'posixpath.join']);
/** Methods of a path or an open file that keep what it is. */
const THROUGH: ReadonlySet<string> = new Set(['read', 'open', 'read_text', 'read_bytes', 'resolve', 'absolute', 'expanduser', 'as_posix', 'decode', 'toString', 'strip', 'trim', 'readlines']);

/** What a load is given: a path as written (`?` where it is computed), or the name it stands in. */
export type PathArgument = { readonly text: string } | { readonly expr: Expr };

/** The argument of a call that reads settings; undefined for other calls. */
export function loadOf(model: SourceModel, call: Call, site: NameSite): Expr | undefined {
  const name = qualifiedName(model, call.callee, site);
  const first = call.args[0]?.value;
  if (first === undefined) { return undefined; }
  if (name !== undefined && LOADERS.has(name)) { return first; }
  // `yaml = YAML()`, then `yaml.load(stream)`: known by what it is given.
  const method = call.callee.kind === 'member' && /^(?:load|safe_load|parse)$/.test(call.callee.property);
  return method && name === undefined && isOpened(model, first, site) ? first : undefined;
}

function isOpened(model: SourceModel, expr: Expr, site: NameSite): boolean {
  if (expr.kind === 'call') { return OPENERS.has(qualifiedName(model, expr.callee, site) ?? '') || (expr.callee.kind === 'member' && /^(?:read_text|open|read)$/.test(expr.callee.property)); }
  return expr.kind === 'name' && definitionsOf(model, expr.name, site).some((definition) => definition.drawn?.how === 'entered');
}

/** The path behind what a loader is given: through `open`, `read_text`, `with … as f`, joins and templates. */
export function pathOf(model: SourceModel, given: Expr, site: NameSite): PathArgument {
  let expr = given;
  for (let depth = 0; depth < 12; depth++) {
    switch (expr.kind) {
      case 'literal':
        return { text: typeof expr.value === 'string' ? expr.value : '?' };
      case 'await':
        expr = expr.operand;
        break;
      case 'binary':
        return { text: tailOf(expr.operands) };
      case 'template': {
        const last = expr.parts[expr.parts.length - 1];
        // `f"{name}.yaml"`: only a whole name says which file.
        return { text: expr.parts.length > 1 && !(last?.kind === 'literal' && typeof last.value === 'string' && last.value.startsWith('/')) ? '?' : tailOf(expr.parts) };
      }
      case 'name': {
        const definitions = definitionsOf(model, expr.name, site);
        const drawn = definitions.length > 0 ? definitions[definitions.length - 1]?.drawn : undefined;
        // Two files opened under one name in one function: the nearest before the use.
        const nearest = [...definitions].reverse().find((definition) => definition.drawn?.how === 'entered' && definition.drawn.within.start <= expr.start && expr.end <= definition.drawn.within.end)?.drawn ?? drawn;
        if (nearest?.how === 'entered') { expr = nearest.from; break; }
        const value = definitions.length === 1 ? definitions[0]?.value : undefined;
        if (value === undefined || (value.kind !== 'call' && value.kind !== 'binary' && value.kind !== 'literal' && value.kind !== 'template' && value.kind !== 'await')) { return { expr }; }
        expr = value;
        break;
      }
      case 'member':
        return { expr };
      case 'call': {
        const next = through(model, expr, site);
        if (next === undefined) { return { text: '?' }; }
        if ('text' in next) { return next; }
        expr = next.expr;
        break;
      }
      default:
        return { text: '?' };
    }
  }
  return { text: '?' };
}

function through(model: SourceModel, call: Call, site: NameSite): PathArgument | undefined {
  const name = qualifiedName(model, call.callee, site) ?? '';
  const args = call.args.map((argument) => argument.value);
  if (JOINERS.has(name) && args.length > 1) { return { text: tailOf(args) }; }
  if (OPENERS.has(name) && args[0] !== undefined) { return { expr: args[0] }; }
  if (call.callee.kind !== 'member') { return undefined; }
  if (call.callee.property === 'joinpath') { return { text: tailOf(args) }; }
  return THROUGH.has(call.callee.property) ? { expr: call.callee.object } : undefined;
}

/** The literal end of a joined path: `config/live.yaml` of `ROOT / "config" / "live.yaml"`. */
function tailOf(parts: readonly Expr[]): string {
  const tail: string[] = [];
  for (const part of [...parts].reverse()) {
    if (part.kind !== 'literal' || typeof part.value !== 'string') { break; }
    tail.unshift(part.value.split('/').filter((name) => name !== '').join('/'));
  }
  const text = tail.filter((part) => part !== '').join('/');
  return /^[\w./-]+$/.test(text) && /[\w-]/.test(text) && !text.startsWith('.') ? text : '?';
}
