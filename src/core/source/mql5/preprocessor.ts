/** Builders of MQL5's directives: `#include`, `#define`, `#ifdef` and what they hold. */
import type { Assign, ImportModel, Name } from '../model.ts';
import type { Definitions } from '../syntax/definitions.ts';
import { childOf, exprIn, nameOf } from '../syntax/parts.ts';
import type { Mutable, Part } from '../syntax/parts.ts';
import type { Frame, NodeRule } from '../syntax/table.ts';
import { macroValue } from './macro-value.ts';
import { blockOf, statementsOf } from './statements.ts';

type F = Frame<Part>;
type Rules = Readonly<Record<string, NodeRule<Part, Definitions>>>;

/**
 * Takes in everything of another file: `<Trade/Trade.mqh>` from the terminal's Include folder has level 0, `"risk.mqh"`
 * beside the file has level 1.
 */
function buildInclude(frame: F, context: Definitions): Part | undefined {
  const path = frame.children[0]?.value;
  const place = path?.kind === 'literal' ? path.content : path?.kind === 'content' ? { start: path.start + 1, end: path.end - 1 } : undefined;
  if (place === undefined) return undefined;
  const module = ` ${context.text.slice(place.start, place.end).trim().replaceAll('\\', '/')}`.slice(1);
  const imported: Mutable<ImportModel> = {
    start: place.start, end: place.end, module, level: path?.kind === 'literal' ? 1 : 0, name: '*', alias: '*', typeOnly: false,
  };
  if (context.function !== undefined) imported.function = context.function;
  context.imports.push(imported);
  return { kind: 'import', start: frame.start, end: frame.end, imports: [context.imports.length - 1] };
}

/** `#define MAX_LOSS 5.0` is a constant of the file; a macro with code in it is not. */
function buildDefine(frame: F, context: Definitions): Part | undefined {
  const name = nameOf(exprIn(frame, 'name'));
  const written = childOf(frame, 'content');
  const value = written === undefined ? undefined : macroValue(context.text, written);
  if (name === undefined || value === undefined) return undefined;
  const assign: Assign = { kind: 'assign', start: frame.start, end: value.end, targets: [name], value, storage: 'define' };
  return assign;
}

/**
 * `#import "risk.ex5"` opens a list of prototypes and `#import` alone ends it; `#resource "model.onnx" as uchar model[]`
 * makes a variable of a file (MQL5 reference, Preprocessor). Other directives say nothing.
 */
function buildDirective(frame: F, context: Definitions): Part | undefined {
  const line = context.text.slice(frame.start, frame.end);
  const words = /^#[ \t]{0,20}(import|resource)\b[ \t]{0,200}(?:"([^"\r\n]{1,500})"|<([^>\r\n]{1,500})>)?/.exec(line);
  if (words === null) return undefined;
  if (words[1] === 'import') {
    context.library = (words[2] ?? words[3])?.trim().replaceAll('\\', '/').replaceAll('//', '/');
    return undefined;
  }
  const as = /^[ \t]{1,200}as[ \t]{1,200}(\w{1,100})[ \t]{1,200}(\w{1,100})[ \t]{0,200}(\[)?/.exec(line.slice(words[0].length));
  const [type, name] = [as?.[1], as?.[2]];
  if (as === null || type === undefined || name === undefined) return undefined;
  const at = frame.start + words[0].length + as[0].indexOf(name, as[0].indexOf(type) + type.length);
  const element: Name = { kind: 'name', name: type, start: at, end: at };
  return {
    kind: 'assign', start: frame.start, end: at + name.length, storage: 'const', targets: [{ kind: 'name', name, start: at, end: at + name.length }],
    annotation: as[3] === undefined ? element : { kind: 'index', start: at, end: at, object: { ...element, name: 'array' }, indices: [element] },
  };
}

/** Both sides of `#ifdef` count: what is compiled is not known here. */
function buildConditional(frame: F): Part {
  return blockOf(frame, statementsOf(frame));
}

const conditional: NodeRule<Part, Definitions> = { build: buildConditional };
const nothing: NodeRule<Part, Definitions> = { leaf: true, build: () => undefined };
const content: NodeRule<Part, Definitions> = { leaf: true, build: (frame) => ({ kind: 'content', start: frame.start, end: frame.end }) };

export const preprocessorRules: Rules = {
  preproc_include: { build: buildInclude },
  system_lib_string: content,
  preproc_def: { fields: true, build: buildDefine },
  preproc_arg: content,
  preproc_function_def: nothing,
  preproc_call: { leaf: true, build: buildDirective },
  preproc_ifdef: conditional,
  preproc_if: conditional,
  preproc_else: conditional,
  preproc_elif: conditional,
  preproc_elifdef: conditional,
};
