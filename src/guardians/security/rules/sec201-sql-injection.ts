/** SEC201: SQL that is put together with something that is not a constant of the program. */
import * as z from 'zod';
import type { Report, RuleContext, RuleListener, Site } from '../../../core/rules/rule.ts';
import { defineRule } from '../../../core/rules/rule.ts';
import { lastName } from '../../../core/source/meaning/annotations.ts';
import type { Call, Expr, SourceModel } from '../../../core/source/model.ts';
import { ownName } from '../code/callee.ts';
import { isOpen, relatedTo } from '../code/injection/reports.ts';
import { argumentOf, calledName, fieldIn, isTagged, positionIn, SINKS } from '../code/injection/sinks.ts';
import { isPartOfStatement, isStatement, roleOf } from '../code/injection/sql-text.ts';
import { provenanceOf } from '../code/provenance/provenance.ts';
import { isWorse, type Form, type Hole, type Value } from '../code/provenance/value.ts';

type MessageId = 'user' | 'userName' | 'value' | 'name';

const { methods, fragments, texts, keywords, database } = SINKS.sql;
/** Methods nobody has who talks to no database: a part of a statement is proof enough there. */
const DISTINCT = /^(?:execute(?:many|script|_sql|Sql)?|exec_driver_sql|fetch(?:row|val|_all|_one)|read_sql(?:_query)?|RawSQL|raw|text|\$(?:query|execute)RawUnsafe|\w{2,10}Raw|extra)$/;

/** What is called without an object. */
const FUNCTIONS: ReadonlySet<string> = new Set(['text', 'RawSQL', 'read_sql', 'read_sql_query', 'sql', 'query']);

interface Judged {
  readonly hole: Hole;
  readonly messageId: MessageId;
}

function create(context: RuleContext<MessageId, unknown>): RuleListener {
  const { model } = context;
  if (!/\b(?:select|insert|update|delete|create|alter|drop|truncate|pragma|where|raw|execute|query)\b/i.test(model.source.text)) { return {}; }
  // Django checks the names it is given; only in SQLAlchemy and the builders of JavaScript a clause is SQL.
  const takesFragments = model.language !== 'python' || /\bsqlalchemy\b|\bdbsession\b/.test(model.source.text);
  return {
    call(node: Call, site: Site): void {
      const method = ownName(model, node.callee);
      const position = positionIn(methods, method) ?? (takesFragments && method !== undefined && fragments.includes(method) ? 0 : undefined);
      if (method === undefined || position === undefined || node.args.length === 0 || node.args[0]?.spread !== undefined || isTagged(model, node)) { return; }
      if (node.args[0]?.value.kind === 'literal' && node.args.length === 1) { return; }
      if (node.callee.kind === 'name' && (!FUNCTIONS.has(method) || !isKnownFunction(model, node, site))) { return; }
      for (const argument of statementsOf(node, method, position)) {
        const found = judge(model, node, method, argument, site);
        if (found !== undefined) { context.report(reportOf(model, argument, site, found)); return; }
      }
    },
  };
}

/** `text(…)` of SQLAlchemy, `read_sql(…)` of pandas; a function of its own called `query` is none. */
function isKnownFunction(model: SourceModel, node: Call, site: Site): boolean {
  const full = calledName(model, node.callee, site);
  return full !== undefined && (texts.includes(full) || /^(?:pandas|duckdb|polars|globals)\./.test(full) === true);
}

/** The arguments that hold SQL: the text, the `text` of an object, the lists of Django's `extra`. */
function statementsOf(node: Call, method: string, position: number): readonly Expr[] {
  if (method === 'extra') { return node.args.map(({ value }) => value); }
  const first = argumentOf(node, position, keywords);
  if (first?.kind === 'collection' && first.keys !== undefined) { return [fieldIn(first, ['text', 'sql', 'query'])].filter((field) => field !== undefined); }
  return first === undefined ? [] : [first];
}

function judge(model: SourceModel, node: Call, method: string, argument: Expr, site: Site): Judged | undefined {
  if (argument.kind === 'literal' || argument.kind === 'lambda') { return undefined; }
  const provenance = provenanceOf(model);
  const value = provenance.of(argument, site);
  // What `text(…)` was given is told there.
  const told = (): boolean => provenance.behind(argument, site).some(({ expr, site: at }) => expr.kind === 'call' && expr !== node && texts.includes(calledName(model, expr.callee, at) ?? ''));
  const worst = worstOf(value, (form) => isSql(form, method, node), method);
  return worst === undefined || told() ? undefined : worst;
}

function isSql(form: Form, method: string, node: Call): boolean {
  const sent = form.some((piece) => typeof piece !== 'string' && piece.origin === 'user');
  // A clause that is put together: `order_by("price " + direction)`.
  if (fragments.includes(method)) { return sent && isText(form); }
  if (DISTINCT.test(method) ? isPartOfStatement(form) : isStatement(form) && form.length > 1) { return true; }
  // A whole statement that somebody sends.
  const receiver = node.callee.kind === 'member' ? lastName(node.callee.object) ?? lastOf(node.callee.object) : '';
  return sent && (method === 'extra' || method === 'text' || method === 'RawSQL' || ((DISTINCT.test(method) || method === 'query') && isDatabase(receiver)));
}

/** Put together by the program, not a list of what somebody sent. */
function isText(form: Form): boolean {
  return form.some((piece) => typeof piece === 'string' && /[a-z]{2}/i.test(piece));
}

function lastOf(expr: Expr): string {
  return expr.kind === 'call' ? lastName(expr.callee) ?? '' : '';
}

function isDatabase(name: string): boolean {
  return database.some((word) => name.toLowerCase().endsWith(word));
}

function worstOf(value: Value, isSqlForm: (form: Form) => boolean, method: string): Judged | undefined {
  let worst: Judged | undefined;
  for (const form of value.forms) {
    if (!isSqlForm(form)) { continue; }
    for (const piece of form) {
      if (typeof piece === 'string' || !isOpen(piece, 'sql')) { continue; }
      const role = method === 'extra' ? 'value' : roleOf(form, piece);
      // What the program itself found out is no name somebody can choose, and what a function makes of a value may be quoted.
      if (piece.origin === 'computed' && (role === 'name' || isMade(piece))) { continue; }
      const messageId = piece.origin === 'user' ? (role === 'name' ? 'userName' : 'user') : role;
      if (worst === undefined || isWorse(piece.origin, worst.hole.origin) || (worst.messageId === 'name' && messageId === 'value')) { worst = { hole: piece, messageId }; }
    }
  }
  return worst;
}

/** The result of a function nobody knows; a row, a file's text and an answer of the network are what they are. */
function isMade({ expr }: Hole): boolean {
  return expr.kind === 'call' && !/^(?:json|text|read|readline|readlines|read_text|input|first|one|scalar|fetchone|fetchall)$/.test(lastName(expr.callee) ?? '');
}

function reportOf(model: SourceModel, argument: Expr, site: Site, { hole, messageId }: Judged): Report<MessageId> {
  const at = { start: argument.start, end: argument.end };
  return {
    at, messageId, data: { name: hole.label },
    severity: messageId === 'user' || messageId === 'userName' ? 'error' : messageId === 'value' ? 'warning' : 'info',
    related: relatedTo(model, at, argument, site, hole),
    evidence: { origin: hole.origin },
  };
}

export const sqlInjection = defineRule<MessageId, unknown>({
  id: 'SEC201',
  name: 'sql-injection',
  guardian: 'security',
  languages: ['python', 'typescript', 'javascript', 'notebook'],
  severity: 'error',
  gate: 'merge',
  since: '0.1.0',
  scope: 'code',
  cost: 'fast',
  summary: 'SQL that is put together with something that is not a constant of the program.',
  messages: {
    user: '{name} is what others send, and it is part of the SQL: they read and change every row. Pass values as parameters: execute(sql, (value,)).',
    userName: '{name} is what others send, and it names a table or column: they choose what is read. Look it up in a list of allowed names.',
    value: '{name} is put into the SQL: one quote in it changes the statement. Pass values as parameters: execute(sql, (value,)).',
    name: '{name} names a table or column in the SQL, and no constant decides it. Look it up in a list of allowed names.',
  },
  options: z.strictObject({}),
  create,
});
