/**
 * One table of options, read off an operation's input schema, is the source of parsing, help and docs.
 *
 * A field of the flat zod object is an option: `failOn` is `--fail-on`. Its `meta` may say
 * `{ positional: true }` (an argument without a flag), `{ value: 'ID' }` (what stands for the value in help), or
 * `{ hidden: true }` (not an option of the terminal: filled by the door).
 */
import type { z } from 'zod';
import { parseArgs } from 'node:util';
import type { Outcome } from '../core/outcome.ts';
import { didYouMean } from '../core/operations/suggest.ts';

/** One option or positional argument of a command. */
export interface OptionSpec {
  /** Field of the input object. */
  readonly field: string;
  /** `--fail-on`; for a positional its name in help: `path`. */
  readonly flag: string;
  readonly kind: 'boolean' | 'text' | 'number' | 'list';
  /** The only values taken, where there are such. */
  readonly choices?: readonly string[];
  /** What stands for the value in help: `ID`. */
  readonly value?: string;
  readonly description: string;
  /** As a person would type it. */
  readonly default?: string;
  readonly positional: boolean;
  readonly required: boolean;
}

/** The parts of a zod schema that this table reads. */
interface SchemaNode {
  readonly def: {
    readonly type: string;
    readonly innerType?: SchemaNode;
    readonly in?: SchemaNode;
    readonly element?: SchemaNode;
    readonly entries?: Readonly<Record<string, string>>;
    readonly defaultValue?: unknown;
  };
  readonly description?: string | undefined;
  meta?(): Readonly<Record<string, unknown>> | undefined;
}

const WRAPPERS: ReadonlySet<string> = new Set(['optional', 'default', 'prefault', 'nullable', 'readonly', 'pipe']);

/** The options of a flat zod object, in the order they are written. Throws for a field no option can express. */
export function optionsOf(schema: z.ZodType): readonly OptionSpec[] {
  const shape = (schema as unknown as { readonly shape?: Readonly<Record<string, SchemaNode>> }).shape;
  if (shape === undefined) { return []; }
  const specs = Object.entries(shape).map(([field, node]) => optionOf(field, node));
  return specs.filter((spec) => spec !== undefined);
}

function optionOf(field: string, outer: SchemaNode): OptionSpec | undefined {
  let node = outer;
  let required = true;
  let fallback: unknown;
  let meta = outer.meta?.() ?? {};
  for (let next: SchemaNode | undefined = node; next !== undefined && WRAPPERS.has(next.def.type);) {
    if (next.def.type !== 'readonly' && next.def.type !== 'pipe') { required = false; }
    if (next.def.defaultValue !== undefined && fallback === undefined) { fallback = next.def.defaultValue; }
    next = next.def.innerType ?? next.def.in;
    if (next !== undefined) { node = next; meta = { ...next.meta?.(), ...meta }; }
  }
  if (meta['hidden'] === true) { return undefined; }
  const positional = meta['positional'] === true;
  const choices = node.def.type === 'enum' ? Object.values(node.def.entries ?? {}) : undefined;
  const value = typeof meta['value'] === 'string' ? meta['value'] : undefined;
  const shown = describeDefault(fallback);
  return {
    field,
    flag: positional ? (value ?? field) : `--${kebab(field)}`,
    kind: kindOf(field, node),
    description: typeof meta['description'] === 'string' ? meta['description'] : '',
    positional,
    required,
    ...(choices === undefined ? {} : { choices }),
    ...(value === undefined ? {} : { value }),
    ...(shown === undefined ? {} : { default: shown }),
  };
}

function kindOf(field: string, node: SchemaNode): OptionSpec['kind'] {
  switch (node.def.type) {
    case 'boolean': return 'boolean';
    case 'number': case 'int': return 'number';
    case 'array': return 'list';
    case 'string': case 'enum': return 'text';
    default: throw new Error(`Field "${field}" is of type ${node.def.type}; an option can be a boolean, number, text, choice or list.`);
  }
}

function describeDefault(value: unknown): string | undefined {
  if (value === undefined || value === false || (Array.isArray(value) && value.length === 0)) { return undefined; }
  return Array.isArray(value) ? value.join(',') : String(value);
}

/** `failOn` → `fail-on`. */
function kebab(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** Options of every command. */
export const COMMON_OPTIONS: readonly OptionSpec[] = [
  { field: 'help', flag: '--help', kind: 'boolean', description: 'Show the help of the command', positional: false, required: false },
  { field: 'noColor', flag: '--no-color', kind: 'boolean', description: 'Plain text; also by the variable NO_COLOR', positional: false, required: false },
];

/** Field → value as typed; a list holds every part of every use, split at commas. */
export type ParsedOptions = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/**
 * Reads the arguments after the command's name.
 * Errors, one sentence each: an unknown option (with the nearest known one), a value missing or not wanted,
 * a value that is not among the choices, a number that is none, an argument too many or too few.
 */
export function parseOptions(command: string, specs: readonly OptionSpec[], args: readonly string[]): Outcome<ParsedOptions> {
  const flags = [...specs.filter((spec) => !spec.positional), ...COMMON_OPTIONS];
  const byName = new Map(flags.map((spec) => [spec.flag.slice(2), spec]));
  const { tokens } = parseArgs({
    args: [...args], strict: false, tokens: true, allowPositionals: true,
    options: {
      ...Object.fromEntries([...byName].map(([name, spec]) => [name, { type: spec.kind === 'boolean' ? 'boolean' as const : 'string' as const }])),
      help: { type: 'boolean', short: 'h' },
    },
  });
  const values: Record<string, string | number | boolean | string[]> = {};
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') { positionals.push(token.value); continue; }
    if (token.kind !== 'option') { continue; }
    const spec = byName.get(token.name);
    if (spec === undefined) { return unknownOption(command, token.rawName, [...byName.values()]); }
    const error = take(spec, token.value, token.inlineValue === true, values);
    if (error !== undefined) { return { ok: false, error }; }
  }
  if (values['help'] === true) { return { ok: true, value: values }; }
  return takePositionals(command, specs.filter((spec) => spec.positional), positionals, values);
}

function unknownOption(command: string, given: string, known: readonly OptionSpec[]): Outcome<never> {
  const hint = didYouMean(given, known.map((spec) => spec.flag));
  return { ok: false, error: `tickguard ${command} has no option ${given}. ${hint ?? `"tickguard ${command} --help" lists its options.`}` };
}

/** Puts one use of an option into `values`; the answer is what is wrong with it. */
function take(
  spec: OptionSpec, value: string | undefined, inline: boolean, values: Record<string, string | number | boolean | string[]>,
): string | undefined {
  if (spec.kind === 'boolean') {
    if (value !== undefined) { return `${spec.flag} takes no value; "${value}" was given. Write ${spec.flag} alone.`; }
    values[spec.field] = true;
    return undefined;
  }
  const example = spec.choices?.[0] ?? spec.value ?? 'VALUE';
  if (value === undefined || value === '' || (!inline && value.startsWith('--'))) {
    return `${spec.flag} needs a value: ${spec.flag} ${example}.`;
  }
  if (spec.kind === 'list') {
    const list = values[spec.field];
    values[spec.field] = [...(Array.isArray(list) ? list : []), ...splitList(value)];
    return undefined;
  }
  if (values[spec.field] !== undefined) { return `${spec.flag} is given twice. Keep one.`; }
  if (spec.kind === 'number') {
    const number = Number(value);
    if (!Number.isFinite(number)) { return `${spec.flag} must be a number; "${value}" is not.`; }
    values[spec.field] = number;
    return undefined;
  }
  if (spec.choices !== undefined && !spec.choices.includes(value)) {
    const hint = didYouMean(value, spec.choices);
    return `${spec.flag} must be one of ${spec.choices.join(', ')}; "${value}" is not.${hint === undefined ? '' : ` ${hint}`}`;
  }
  values[spec.field] = value;
  return undefined;
}

function splitList(value: string): readonly string[] {
  return value.split(',').map((part) => part.trim()).filter((part) => part !== '');
}

function takePositionals(
  command: string, specs: readonly OptionSpec[], given: readonly string[], values: Record<string, string | number | boolean | string[]>,
): Outcome<ParsedOptions> {
  let rest = given;
  for (const spec of specs) {
    if (spec.kind === 'list') {
      if (rest.length > 0) { values[spec.field] = [...rest]; }
      rest = [];
    } else {
      const [value, ...others] = rest;
      if (value === undefined) {
        if (spec.required) { return { ok: false, error: `tickguard ${command} needs ${spec.flag}. See "tickguard ${command} --help".` }; }
        continue;
      }
      values[spec.field] = value;
      rest = others;
    }
  }
  const [extra] = rest;
  if (extra === undefined) { return { ok: true, value: values }; }
  return { ok: false, error: `tickguard ${command} does not take the argument "${extra}". See "tickguard ${command} --help".` };
}
