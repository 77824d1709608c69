/** Calls that make an object of a mapping by its class, and what the type of a field takes of a value. */
import { annotatedType } from '../meaning/annotations.ts';
import type { Call, Expr, SourceModel } from '../model.ts';
import { qualifiedName } from '../meaning/qualified.ts';
import { definitionsOf, type NameSite } from '../scope.ts';

/** A class by the roots of `facts.ts`: as a callee, and as an object of it. */
export interface TakingClass {
  readonly callee: string;
  readonly object: string;
}

/** An object that is made of a mapping: `RiskConfig.model_validate(cfg)`. */
export interface Made {
  readonly cls: TakingClass;
  readonly given: Expr;
  /** What is given is the text of a file. */
  readonly text: boolean;
}

const METHODS: ReadonlyMap<string, 'mapping' | 'text'> = new Map([
  ['model_validate', 'mapping'], ['parse_obj', 'mapping'], ['model_validate_json', 'text'], ['parse_raw', 'text'], ['model_validate_strings', 'mapping'],
]);
const ADAPTERS: ReadonlyMap<string, 'mapping' | 'text'> = new Map([['validate_python', 'mapping'], ['validate_json', 'text']]);
/** Functions that take the class as well: where the class and the mapping stand, and by which keywords. */
const FUNCTIONS: ReadonlyMap<string, { readonly cls: number; readonly given: number; readonly text?: true }> = new Map([
  ['msgspec.convert', { cls: 1, given: 0 }], ['msgspec.from_builtins', { cls: 1, given: 0 }], ['cattrs.structure', { cls: 1, given: 0 }], ['cattr.structure', { cls: 1, given: 0 }],
  ['dacite.from_dict', { cls: 0, given: 1 }], ['pydantic.parse_obj_as', { cls: 0, given: 1 }],
  ['msgspec.yaml.decode', { cls: 9, given: 0, text: true }], ['msgspec.json.decode', { cls: 9, given: 0, text: true }], ['msgspec.toml.decode', { cls: 9, given: 0, text: true }],
]);
const CLASS_KEYWORDS = /^(?:type|data_class|cl)$/;
const GIVEN_KEYWORDS = /^(?:obj|data|buf)$/;

/** The object a call makes of a mapping; undefined for other calls. */
export function madeBy(model: SourceModel, call: Call, site: NameSite): Made | undefined {
  const { callee } = call;
  if (callee.kind !== 'member') { return undefined; }
  const [first] = call.args;
  const method = METHODS.get(callee.property);
  if (method !== undefined && first !== undefined) { return made(model, callee.object, first.value, method === 'text', site); }
  const adapter = ADAPTERS.get(callee.property);
  if (adapter !== undefined && first !== undefined) {
    const adapted = callee.object.kind === 'name' ? definitionsOf(model, callee.object.name, site)[0]?.value : callee.object;
    const type = adapted?.kind === 'call' && lastOf(adapted.callee) === 'TypeAdapter' ? adapted.args[0]?.value : undefined;
    return type === undefined ? undefined : made(model, type, first.value, adapter === 'text', site);
  }
  const known = FUNCTIONS.get(qualifiedName(model, callee, site) ?? '');
  return known === undefined ? undefined : ofFunction(model, call, known, site);
}

function ofFunction(model: SourceModel, call: Call, { cls, given, text }: { readonly cls: number; readonly given: number; readonly text?: true }, site: NameSite): Made | undefined {
  const plain = call.args.filter((one) => one.name === undefined);
  const type = call.args.find((one) => CLASS_KEYWORDS.test(one.name ?? ''))?.value ?? plain[cls]?.value;
  const mapping = call.args.find((one) => GIVEN_KEYWORDS.test(one.name ?? ''))?.value ?? plain[given]?.value;
  return type === undefined || mapping === undefined ? undefined : made(model, type, mapping, text === true, site);
}

function made(model: SourceModel, type: Expr, given: Expr, text: boolean, site: NameSite): Made | undefined {
  const cls = takingClass(model, type, site);
  return cls === undefined ? undefined : { cls, given, text };
}

/** The class an expression names: of this file, or imported. */
export function takingClass(model: SourceModel, type: Expr, site: NameSite): TakingClass | undefined {
  if (type.kind === 'name' && type.name === 'cls' && site.class !== undefined) { return { callee: `F ${site.class.qualifiedName}`, object: `o ${site.class.qualifiedName}` }; }
  const dotted = dottedName(type);
  if (dotted === undefined) { return undefined; }
  const root = dotted.split('.', 1)[0] ?? '';
  const definitions = definitionsOf(model, root, site);
  const own = model.classes.find((one) => one.qualifiedName === dotted);
  if (own !== undefined && definitions.some((one) => one.declared?.kind === 'class')) { return { callee: `F ${own.qualifiedName}`, object: `o ${own.qualifiedName}` }; }
  return definitions.some((one) => one.imported !== undefined) ? { callee: `C ${dotted}`, object: `y ${dotted}` } : undefined;
}

/** Types that hold nothing under keys of their own. */
const PLAIN = /^(?:int|float|str|bool|bytes|Decimal|date|time|datetime|timedelta|tzinfo|ZoneInfo|Path|FilePath|Literal|None|Enum|UUID|con(?:int|float|str|decimal)|(?:Positive|Negative|NonNegative|NonPositive|Strict|Finite)\w{1,12}|Secret(?:Str|Bytes)|AnyUrl|HttpUrl|Price|Quantity|Money|Currency|\w{1,40}(?:Id|Type|Enum|Mode|Kind|Side))$/;

/** What a field's type takes of its value: nothing below it, a class of its own, or anything. */
export function typeTaken(model: SourceModel, annotation: Expr, site: NameSite): 'plain' | 'any' | TakingClass {
  const type = annotatedType(annotation);
  if (type === undefined) { return isPlainUnion(annotation) ? 'plain' : 'any'; }
  const name = lastOf(type) ?? '';
  if (PLAIN.test(name)) { return 'plain'; }
  return takingClass(model, type, site) ?? 'any';
}

/** `float | None`, `Literal["a", "b"]`, `Optional[Decimal]`. */
function isPlainUnion(annotation: Expr): boolean {
  if (annotation.kind === 'binary') { return annotation.operands.every(isPlainUnion); }
  if (annotation.kind === 'literal') { return true; }
  if (annotation.kind === 'index') {
    const head = lastOf(annotation.object) ?? '';
    return head === 'Literal' || ((head === 'Union' || head === 'Optional' || head === 'Annotated') && annotation.indices.flatMap((one) => (one.kind === 'collection' ? one.items : [one])).every((one, i) => isPlainUnion(one) || (head === 'Annotated' && i > 0)));
  }
  return PLAIN.test(lastOf(annotation) ?? '');
}

function lastOf(expr: Expr): string | undefined {
  return expr.kind === 'member' ? expr.property : expr.kind === 'name' ? expr.name : undefined;
}

/** `models.RiskConfig`. */
export function dottedName(type: Expr): string | undefined {
  const parts: string[] = [];
  let current = type;
  while (current.kind === 'member' && parts.length < 8) { parts.unshift(current.property); current = current.object; }
  return current.kind === 'name' ? [current.name, ...parts].join('.') : undefined;
}
