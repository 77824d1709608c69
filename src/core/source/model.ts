/**
 * What a file says, in the same shape for every language.
 *
 * Everything here is plain serialisable data: no tree-sitter or parser object leaves `core/source`. Offsets are UTF-16
 * units into `SourceText.text`, end exclusive. Trees may be 20,000 levels deep, so nothing may recurse over them:
 * use `walk.ts`.
 */

/** Programming languages: lowered from a tree. */
export type ProgramLanguage = 'python' | 'mql5' | 'typescript' | 'javascript';

/**
 * Formats of configuration files: read as entries. `ini` stands for everything of sections and `key=value` lines (MetaTrader's
 * presets, Java properties); of a script (`shell`, `powershell`) and a `dockerfile` the entries are the variables it sets.
 */
export type ConfigLanguage = 'yaml' | 'json' | 'toml' | 'dotenv' | 'ini' | 'shell' | 'powershell' | 'dockerfile';

/** Files that hold other files: the cells of a notebook, the fences of a Markdown page. */
export type HostLanguage = 'notebook' | 'markdown';

/** What the source layer reads. `text` gets the text rules only. */
export type Language = ProgramLanguage | ConfigLanguage | HostLanguage | 'text';

/** A stretch of the text: UTF-16 offsets, end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The decoded text of a file; rules read all text from here and never open the file again. */
export interface SourceText {
  readonly text: string;
  /** Offset of the first character of every line; `lineStarts[0]` is 0. */
  readonly lineStarts: readonly number[];
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'latin1';
  /** A byte order mark stands before the text, in UTF-8: what programs that do not expect one read as part of the first word. */
  readonly marked?: true;
}

/** How a function is entered by its framework; `none` is ordinary code. */
export type EntryClass = 'tick' | 'bar' | 'order' | 'timer' | 'message' | 'init' | 'ui' | 'none';

// ---------------------------------------------------------------- expressions

interface Node extends Span {
  readonly kind: string;
}

/** `text` is the source form (`50_000`, `'16:59'`): money is read from it, never from a float. */
export interface Literal extends Node {
  readonly kind: 'literal';
  readonly type: 'string' | 'bytes' | 'number' | 'boolean' | 'none';
  readonly value: string | number | boolean | null;
  readonly text: string;
  /** Of a string: the characters between the quotes. */
  readonly content?: Span;
}
export interface Name extends Node { readonly kind: 'name'; readonly name: string }
export interface Member extends Node {
  readonly kind: 'member';
  readonly object: Expr;
  readonly property: string;
  readonly propertySpan: Span;
}
export interface Index extends Node { readonly kind: 'index'; readonly object: Expr; readonly indices: readonly Expr[] }
/** One argument; `name` for a keyword argument, `spread` for `*args` (`'*'`) and `**kwargs` (`'**'`). */
export interface Argument extends Span {
  readonly name?: string;
  readonly nameSpan?: Span;
  readonly spread?: '*' | '**';
  readonly value: Expr;
}
export interface Call extends Node { readonly kind: 'call'; readonly callee: Expr; readonly args: readonly Argument[] }
export interface Unary extends Node { readonly kind: 'unary'; readonly op: string; readonly operand: Expr }
/** A left-associative chain of operators of one precedence: `a + b - c` has three operands and the ops `+`, `-`. */
export interface Binary extends Node { readonly kind: 'binary'; readonly ops: readonly string[]; readonly operands: readonly Expr[] }
/** A comparison, chained as Python allows: `a <= b < c` has three operands and two ops. `not in` and `is not` are one op. */
export interface Compare extends Node { readonly kind: 'compare'; readonly ops: readonly string[]; readonly operands: readonly Expr[] }
/** `a and b and c` is one node with three operands. */
export interface BooleanExpr extends Node {
  readonly kind: 'boolean';
  readonly op: 'and' | 'or';
  /** `a ?? b`: asks for presence, not for truth. */
  readonly nullish?: true;
  readonly operands: readonly Expr[];
}
export interface Conditional extends Node { readonly kind: 'conditional'; readonly test: Expr; readonly then: Expr; readonly else: Expr }
/** An interpolated string: literal parts and expressions in order. */
export interface Template extends Node { readonly kind: 'template'; readonly parts: readonly (Literal | Expr)[] }
/** `function` indexes `SourceModel.functions`: a lambda is a function without a name. */
export interface Lambda extends Node { readonly kind: 'lambda'; readonly function: number }
/** Of a dict, `items` are the values and `keys` run beside them (`null` for `**spread`). */
export interface Collection extends Node {
  readonly kind: 'collection';
  readonly type: 'list' | 'tuple' | 'set' | 'dict';
  readonly items: readonly Expr[];
  readonly keys?: readonly (Expr | null)[];
}
export interface Comprehension extends Node {
  readonly kind: 'comprehension';
  readonly type: 'list' | 'set' | 'dict' | 'generator';
  readonly element: Expr;
  /** Dict comprehensions only. */
  readonly key?: Expr;
  readonly clauses: readonly { readonly target: Expr; readonly iterable: Expr; readonly conditions: readonly Expr[] }[];
}
export interface Await extends Node { readonly kind: 'await'; readonly operand: Expr }
/**
 * Anything without a shape of its own (a slice, a walrus, an error node): its parts are still walked. `syntax` is the
 * grammar's name, or `list_splat`/`dictionary_splat` (`*x`, `**x`), `yield`/`yield_from`, `complex` (`3j`), `missing`
 * (what a broken statement lacks), and `format` for `{x:02d}`, `{x!r}` or `{x=}` in an f-string: `parts[0]` is the
 * expression, then the format as written in string literals (`:02d`, `!r`, `=`) and the expressions inside it.
 * An assignment inside an expression is `named_expression` with the target and the value, and `op` where it is `+=` and the like.
 */
export interface UnknownExpr extends Node {
  readonly kind: 'unknown';
  readonly syntax: string;
  readonly op?: string;
  readonly parts: readonly Expr[];
}

export type Expr =
  | Literal | Name | Member | Index | Call | Unary | Binary | Compare | BooleanExpr | Conditional | Template
  | Lambda | Collection | Comprehension | Await | UnknownExpr;

// ----------------------------------------------------------------- statements

/** `a = b`, `a: T = b`, `a += b` (`op` is `+=`); `targets` has several entries for `a = b = c`. */
export interface Assign extends Node {
  readonly kind: 'assign';
  readonly targets: readonly Expr[];
  readonly op?: string;
  readonly annotation?: Expr;
  readonly value?: Expr;
  /**
   * What a declaration says about a variable besides its type (MQL5): `input` and `sinput` are set by the user, `define`
   * is a `#define`, a `static` local keeps its value from call to call.
   */
  readonly storage?: 'input' | 'sinput' | 'extern' | 'define' | 'static' | 'const' | 'enum';
  /** JavaScript: `let x = …` makes a variable; without it the assignment is to one that is there. */
  readonly declares?: true;
}
/** `if`/`elif` branches in order; `else` is empty when there is none. */
export interface If extends Node {
  readonly kind: 'if';
  readonly branches: readonly { readonly test: Expr; readonly body: readonly Stmt[] }[];
  readonly else: readonly Stmt[];
}
export interface Loop extends Node {
  readonly kind: 'loop';
  readonly type: 'for' | 'while';
  readonly target?: Expr;
  /** The iterable of `for`, the test of `while`. */
  readonly over: Expr;
  readonly body: readonly Stmt[];
  readonly else: readonly Stmt[];
}
export interface Try extends Node {
  readonly kind: 'try';
  readonly body: readonly Stmt[];
  readonly handlers: readonly (Span & { readonly type?: Expr; readonly name?: string; readonly body: readonly Stmt[] })[];
  readonly else: readonly Stmt[];
  readonly finally: readonly Stmt[];
}
export interface With extends Node {
  readonly kind: 'with';
  readonly items: readonly { readonly value: Expr; readonly target?: Expr }[];
  readonly body: readonly Stmt[];
}
export interface Return extends Node { readonly kind: 'return'; readonly value?: Expr }
export interface Raise extends Node { readonly kind: 'raise'; readonly value?: Expr }
/** Index into `SourceModel.imports`. */
export interface ImportStmt extends Node { readonly kind: 'import'; readonly imports: readonly number[] }
export interface ExpressionStmt extends Node { readonly kind: 'expression'; readonly value: Expr }
/** Indexes into `SourceModel.functions` and `.classes`: their bodies hang there. */
export interface FunctionStmt extends Node { readonly kind: 'function'; readonly function: number }
export interface ClassStmt extends Node { readonly kind: 'class'; readonly class: number }
export interface Flow extends Node { readonly kind: 'break' | 'continue' | 'pass' }
export interface Match extends Node {
  readonly kind: 'match';
  readonly subject: Expr;
  readonly cases: readonly (Span & { readonly patterns: readonly Expr[]; readonly guard?: Expr; readonly body: readonly Stmt[] })[];
}
export interface UnknownStmt extends Node {
  readonly kind: 'unknownStatement';
  readonly syntax: string;
  readonly parts: readonly Expr[];
  readonly body: readonly Stmt[];
}

export type Stmt =
  | Assign | If | Loop | Try | With | Return | Raise | ImportStmt | ExpressionStmt | FunctionStmt | ClassStmt
  | Flow | Match | UnknownStmt;

// --------------------------------------------------------------- declarations

export interface Parameter extends Span {
  readonly name: string;
  readonly annotation?: Expr;
  readonly default?: Expr;
  readonly rest?: '*' | '**';
  /** `{ price, size }` of JavaScript: what it binds; `name` is its text. */
  readonly pattern?: Expr;
  /** What the only caller hands over: `import('./risk')` of `import('./risk').then((risk) => …)`. */
  readonly given?: Expr;
}

export interface FunctionModel extends Span {
  /** Position in `SourceModel.functions`. */
  readonly index: number;
  /** Empty for a lambda. */
  readonly name: string;
  readonly nameSpan: Span;
  /** What a function expression of JavaScript calls itself; nobody outside of it sees that name. */
  readonly ownName?: { readonly name: string; readonly span: Span };
  /** `Class.method`, `outer.<locals>.inner`, `<lambda:3>`: unique in the file (a redefinition gets `#2`). */
  readonly qualifiedName: string;
  /** Index of the class it is a method of. */
  readonly class?: number;
  /** Name of the class it is a method of, where that stands in another file: MQL5's `void CRisk::Check() {}` beside the class. */
  readonly ownerName?: string;
  /** Index of the function it is nested in. */
  readonly outer?: number;
  readonly async: boolean;
  readonly generator: boolean;
  /** `get`/`set` before a method of JavaScript. */
  readonly accessor?: 'get' | 'set';
  /** A method that belongs to the class, not to its instances. */
  readonly static?: true;
  /** A `function` of JavaScript that is no method: its `this` is whatever it is called on, not the one around it. */
  readonly ownThis?: true;
  readonly parameters: readonly Parameter[];
  readonly returns?: Expr;
  readonly decorators: readonly Expr[];
  /** A lambda has one `return`. */
  readonly body: readonly Stmt[];
}

export interface ClassModel extends Span {
  readonly index: number;
  readonly name: string;
  readonly nameSpan: Span;
  /** What a class expression of JavaScript calls itself, where it is stored under another name. */
  readonly ownName?: { readonly name: string; readonly span: Span };
  readonly qualifiedName: string;
  readonly outerClass?: number;
  readonly outerFunction?: number;
  readonly bases: readonly Expr[];
  /** `class C(Base, frozen=True)`. */
  readonly keywords: readonly Argument[];
  readonly decorators: readonly Expr[];
  readonly body: readonly Stmt[];
  /** Indexes of its methods, in source order. */
  readonly methods: readonly number[];
}

/**
 * One imported name. `import a.b as c`: module `a.b`, alias `c`. `from ..x import y as z`: module `..x`, name `y`, alias `z`.
 * JavaScript: `import { y as z } from '../x/w'` is module `x/w` of level 2 (`./` is level 1), `import z from 'ccxt'` has the
 * name `default`, `import * as z` and `z = require(…)` have none; `import './x'` has an empty alias; `node:` is left off.
 * `export { y } from './x'` is an import, too. A module that an expression brings (`require('./x').y()`, `await import('./x')`) has
 * an alias nobody can write, and no statement.
 */
export interface ImportModel extends Span {
  readonly module: string;
  /** Leading dots of a relative import. */
  readonly level: number;
  /** Absent for `import module`; `*` for a star import. */
  readonly name?: string;
  /** The name bound in this file: `a` for `import a.b` without alias. */
  readonly alias: string;
  /** Index of the function it stands in, if not at module level. */
  readonly function?: number;
  /** Under `if TYPE_CHECKING:`; binds a name for annotations only. */
  readonly typeOnly: boolean;
  /** Of a function that MQL5 imports from a library: what it takes and gives. */
  readonly signature?: { readonly parameters: readonly Parameter[]; readonly returns?: Expr };
}

/** What another file gets under a name: `export { a as b }`, `export default Bot`. `local` is the name here. */
export interface ExportModel { readonly name: string; readonly local: string }

export interface Comment extends Span {
  /** Without the comment mark, trimmed. */
  readonly text: string;
  /** Nothing but white space stands before it on its line. */
  readonly ownLine: boolean;
}

// -------------------------------------------------------------- configuration

/**
 * One entry of a configuration file, parents before children. `path` is the way from the root
 * (`['accounts', 0, 'size']`); `value` is absent for a mapping or a list.
 */
export interface ConfigEntry extends Span {
  readonly path: readonly (string | number)[];
  /** Last string of the path; for a list item the key of its list. */
  readonly key: string;
  readonly keySpan?: Span;
  readonly shape: 'scalar' | 'mapping' | 'list';
  readonly value?: string | number | boolean | null;
  /** As written, without quotes. */
  readonly text: string;
  /** Of the value, inside the quotes. */
  readonly valueSpan: Span;
  /** Set on a copy that a YAML `*alias` or `<<` brings here: where it is brought in. The other spans are where it is written. */
  readonly alias?: Span;
}

// ------------------------------------------------------------ files in files

/** A file inside a file: a cell, an output, a fence. Its statements and entries are those of the model around it. */
export interface EmbeddedPart extends Span {
  /** What it is in; `text` for an output, prose, and a language without a reader. */
  readonly language: Language;
  /** `data` is a picture or a program that draws one: no rule reads it. */
  readonly kind: 'code' | 'text' | 'data';
  /** Without the marks around it. */
  readonly content: Span;
  /** The page shows it as what not to do. */
  readonly wrong?: true;
}

// ----------------------------------------------------------------- the model

export interface SourceModel {
  /** Relative to the project root, with `/`. */
  readonly path: string;
  readonly language: Language;
  readonly source: SourceText;
  /** Statements of the module; empty for configuration and plain text. */
  readonly body: readonly Stmt[];
  readonly functions: readonly FunctionModel[];
  readonly classes: readonly ClassModel[];
  readonly imports: readonly ImportModel[];
  /** Exports under another name than the one in this file; JavaScript only. */
  readonly exports?: readonly ExportModel[];
  /**
   * JavaScript: blocks that stand alone (`{ const x = 1; … }`) and declare something. Their statements are listed with those around
   * them, as they run; what they declare lives in the block.
   */
  readonly blocks?: readonly Span[];
  readonly comments: readonly Comment[];
  /** Entries of a configuration file or a `.env`; empty for code. */
  readonly entries: readonly ConfigEntry[];
  /** Where the parser gave up: nothing is reported inside. */
  readonly errors: readonly Span[];
  /** Of a file that holds other files: what it holds, in order. */
  readonly parts?: readonly EmbeddedPart[];
  /** Where lines begin for the code a file holds, if not where the file's own begin: a notebook may keep a cell on one line. */
  readonly codeLines?: readonly number[];
  /** Why only the text rules ran, if so. */
  readonly incomplete?: 'size' | 'time' | 'syntax' | 'made';
}
