/** Functions that run what they read: a pickle is a program, and so is a YAML document with Python tags. */
import { definitionsFor } from '../../../../core/source/meaning/classes.ts';
import { qualifiedName } from '../../../../core/source/meaning/qualified.ts';
import type { Call, Expr, SourceModel } from '../../../../core/source/model.ts';
import { siteOf } from '../../../../core/source/names.ts';
import type { NameSite } from '../../../../core/source/scope.ts';
import { argumentOf, fieldOf, isConstantOf, literalOf, textOf } from '../arguments.ts';
import { calledName } from '../callee.ts';

/** A call that runs what it reads. */
export interface Load {
  /** `pickle.load`, as people know it. */
  readonly name: string;
  /** What it reads: the bytes themselves, an open file, or the path of one. */
  readonly from: Expr;
  readonly takes: 'bytes' | 'handle' | 'path' | 'document';
  /** `always`: nobody needs it for a text that says what it is; `by-origin`: right for files the program wrote itself. */
  readonly judged: 'always' | 'by-origin';
  /** Only versions before one do so by default (PyTorch 2.6). */
  readonly before?: string;
  /** What to use instead. */
  readonly instead: string;
}

interface Row { readonly takes: Load['takes']; readonly argument: string; readonly instead: string; readonly judged?: 'always' }

const JSON_OR = 'JSON, Parquet or a signed file';
const row = (takes: Load['takes'], argument: string, instead = JSON_OR): Row => ({ takes, argument, instead });
const ALWAYS = (argument: string, instead: string): Row => ({ takes: 'document', argument, instead, judged: 'always' });

/**
 * Full names of functions that unpickle. Sources: docs.python.org (pickle, shelve, marshal), dill, cloudpickle, jsonpickle, joblib, pandas and
 * pyzmq documentation; node-serialize, serialize-to-js, funcster and cryo READMEs (npmjs.com); 2026-12-01.
 */
const ROWS: ReadonlyMap<string, Row> = new Map([
  ...['pickle', '_pickle', 'cPickle', 'dill', 'cloudpickle', 'pickle5', 'marshal'].flatMap((module): [string, Row][] => [
    [`${module}.loads`, row('bytes', 'data')], [`${module}.load`, row('handle', 'file')], [`${module}.Unpickler`, row('handle', 'file')],
  ]),
  ['shelve.open', row('path', 'filename')], ['shelve.loads', row('bytes', 'data')], ['shelve.DbfilenameShelf', row('path', 'filename')],
  ['jsonpickle.decode', row('bytes', 'string')], ['jsonpickle.loads', row('bytes', 'string')],
  ['joblib.load', row('path', 'filename', 'ONNX, skops or a checked hash')], ['sklearn.externals.joblib.load', row('path', 'filename', 'ONNX, skops or a checked hash')],
  ['pandas.read_pickle', row('path', 'filepath_or_buffer', 'Parquet')], ['pandas.compat.pickle_compat.load', row('handle', 'fh')],
  ['compress_pickle.load', row('path', 'path')], ['pickle_mixin.load', row('path', 'path')],
  ['node-serialize.unserialize', ALWAYS('', 'JSON.parse')], ['node-serialize.default.unserialize', ALWAYS('', 'JSON.parse')],
  ['serialize-to-js.deserialize', ALWAYS('', 'JSON.parse')], ['serialize-to-js.default.deserialize', ALWAYS('', 'JSON.parse')],
  ['funcster.deepDeserialize', ALWAYS('', 'JSON.parse')], ['funcster.default.deepDeserialize', ALWAYS('', 'JSON.parse')], ['cryo.parse', ALWAYS('', 'JSON.parse')], ['cryo.default.parse', ALWAYS('', 'JSON.parse')],
]);

/** Loaders of PyYAML that make any Python object a document names; the full loader makes none since 5.4 (PyYAML changelog). */
const UNSAFE_LOADERS: ReadonlySet<string> = new Set(['Loader', 'UnsafeLoader', 'CLoader', 'CUnsafeLoader']);
const YAML_LOADS = /^(?:yaml|ruamel\.yaml|ruamel_yaml)\.(load|load_all|unsafe_load|unsafe_load_all)$/;
/** js-yaml 3: the schema that makes functions (github.com/nodeca/js-yaml, migration to 4). */
const JS_YAML = /^js-yaml(?:\.default)?\.(?:load|loadAll)$/;

/** The unsafe load a call is; undefined for every other, and for those that are told to be safe. */
export function unsafeLoad(model: SourceModel, call: Call, site: NameSite): Load | undefined {
  const name = calledName(model, call, site);
  if (name === undefined) { return undefined; }
  const known = ROWS.get(name);
  if (known !== undefined) {
    const from = argumentOf(call, known.argument === '' ? undefined : known.argument, 0)?.value;
    return from === undefined ? undefined : { name: shortName(name), from, takes: known.takes, judged: known.judged ?? 'by-origin', instead: known.instead };
  }
  if (name === 'numpy.load') { return numpyLoad(model, call, site); }
  if (name === 'torch.load') { return torchLoad(model, call, site); }
  if (JS_YAML.test(name)) { return scriptYaml(model, call, site); }
  return yamlLoad(model, call, name, site);
}

function numpyLoad(model: SourceModel, call: Call, site: NameSite): Load | undefined {
  const from = argumentOf(call, 'file', 0)?.value;
  if (from === undefined || !isConstantOf(model, argumentOf(call, 'allow_pickle', 2)?.value, site, true)) { return undefined; }
  return { name: 'np.load with allow_pickle=True', from, takes: 'path', judged: 'by-origin', instead: 'arrays of numbers without allow_pickle' };
}

/** Since 2.6 `torch.load` reads weights alone unless it is told otherwise (PyTorch 2.6 release notes). */
function torchLoad(model: SourceModel, call: Call, site: NameSite): Load | undefined {
  const from = argumentOf(call, 'f', 0)?.value;
  const weights = argumentOf(call, 'weights_only');
  if (from === undefined || call.args.some(({ spread }) => spread === '**')) { return undefined; }
  const off = weights !== undefined && isConstantOf(model, weights.value, site, false);
  if (weights !== undefined && !off) { return undefined; }
  return { name: off ? 'torch.load with weights_only=False' : 'torch.load', from, takes: 'path', judged: 'by-origin', instead: 'weights_only=True', ...(off ? {} : { before: '2.6' }) };
}

function yamlLoad(model: SourceModel, call: Call, name: string, site: NameSite): Load | undefined {
  const from = argumentOf(call, 'stream', 0)?.value;
  if (from === undefined) { return undefined; }
  const method = YAML_LOADS.exec(name)?.[1];
  const found = (label: string): Load => ({ name: label, from, takes: 'document', judged: 'always', instead: 'yaml.safe_load' });
  if (method === undefined) { return /^ruamel\.yaml\.YAML\.load(?:_all)?$/.test(name) && isUnsafeYaml(model, call, site) ? found("YAML(typ='unsafe').load") : undefined; }
  if (method.startsWith('unsafe_')) { return found(`yaml.${method}`); }
  const loader = argumentOf(call, 'Loader', 1)?.value;
  if (loader === undefined) { return call.args.some(({ spread }) => spread !== undefined) ? undefined : found(`yaml.${method} without a loader`); }
  const full = qualifiedName(model, loader, site);
  const last = full?.slice(full.lastIndexOf('.') + 1) ?? '';
  return UNSAFE_LOADERS.has(last) && /^(?:yaml|ruamel)/.test(full ?? '') ? found(`yaml.${method} with ${last}`) : undefined;
}

/** `yaml = YAML(typ="unsafe")`, then `yaml.load(text)`. */
function isUnsafeYaml(model: SourceModel, call: Call, site: NameSite): boolean {
  if (call.callee.kind !== 'member') { return false; }
  const made = madeBy(model, call.callee.object, site);
  return made !== undefined && textOf(model, argumentOf(made.call, 'typ', 0)?.value, made.site) === 'unsafe';
}

function madeBy(model: SourceModel, expr: Expr, site: NameSite): { readonly call: Call; readonly site: NameSite } | undefined {
  if (expr.kind === 'call') { return { call: expr, site }; }
  for (const definition of definitionsFor(model, expr, site)) {
    if (definition.value?.kind === 'call') { return { call: definition.value, site: siteOf(definition) }; }
  }
  return undefined;
}

function scriptYaml(model: SourceModel, call: Call, site: NameSite): Load | undefined {
  const [from, given] = call.args;
  const options = given === undefined ? undefined : literalOf(model, given.value, site);
  const schema = options === undefined ? undefined : fieldOf(options.fields, 'schema');
  if (from === undefined || schema === undefined || !/(?:DEFAULT_FULL|UNSAFE)_SCHEMA|js-yaml-js-types|unsafe/.test(model.source.text.slice(schema.start, schema.end))) { return undefined; }
  return { name: 'yaml.load with a full schema', from: from.value, takes: 'document', judged: 'always', instead: 'the default schema' };
}

/** `pickle.loads` of `_pickle.loads`; at most two parts. */
function shortName(name: string): string {
  return name.replace(/^_|\.default\b/g, '').split('.').slice(-2).join('.');
}
