/** SEC214: doors of an expert: libraries that run outside of the terminal's walls, and credentials in its inputs and addresses. */
import * as z from 'zod';
import type { RuleContext, RuleListener, Site } from '../../../core/rules/rule.ts';
import { defineRule } from '../../../core/rules/rule.ts';
import { lastName } from '../../../core/source/meaning/annotations.ts';
import type { Assign, Call, Expr, SourceModel } from '../../../core/source/model.ts';
import { walkExpression } from '../../../core/source/walk.ts';
import { classifyName } from '../scan/names.ts';
import { isPlaceholder } from '../scan/value.ts';

type MessageId = 'library' | 'system' | 'input' | 'address';
type Context = RuleContext<MessageId, unknown>;

/** Libraries that come with Windows (Microsoft's API index; 2026-12-01). */
const SYSTEM: ReadonlySet<string> = new Set([
  'user32', 'kernel32', 'kernelbase', 'shell32', 'wininet', 'winhttp', 'urlmon', 'ws2_32', 'wsock32', 'advapi32', 'gdi32', 'ntdll', 'winmm', 'comctl32', 'comdlg32', 'ole32', 'oleaut32', 'crypt32', 'bcrypt', 'psapi', 'msvcrt', 'shlwapi', 'version', 'netapi32', 'iphlpapi', 'secur32', 'rpcrt4', 'dbghelp', 'imagehlp', 'userenv', 'wtsapi32', 'powrprof', 'uxtheme', 'dwmapi', 'gdiplus', 'opengl32', 'opencl',
]);

function create(context: Context): RuleListener {
  const { model } = context;
  const { text } = model.source;
  return {
    start(): void { if (/#import\b/.test(text)) { libraries(context); } },
    assign(node: Assign): void { judgeInput(context, node); },
    ...(/\bWebRequest\b/.test(text) ? { call(node: Call, site: Site): void { judgeAddress(context, node, site); } } : {}),
  };
}

function libraries(context: Context): void {
  const { model } = context;
  const { text, lineStarts } = model.source;
  lineStarts.forEach((start, index) => {
    const line = text.slice(start, Math.min(lineStarts[index + 1] ?? text.length, start + 400));
    const match = /^[ \t]{0,40}#import[ \t]{1,40}["<]([^">\r\n]{1,200}\.dll)[">]/i.exec(line);
    if (match === null || model.comments.some((comment) => comment.start <= start + match.index && start < comment.end)) { return; }
    const path = match[1] ?? '';
    const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    const at = start + line.indexOf(path);
    const system = SYSTEM.has(name.slice(0, -4).toLowerCase());
    context.report({ at: { start: at, end: at + path.length }, messageId: system ? 'system' : 'library', severity: system ? 'info' : 'warning', data: { name: name.slice(0, 40) } });
  });
}

/** `input string ApiKey = "";`: whatever is filled in stands in presets, profiles and pictures of the dialogue. */
function judgeInput(context: Context, node: Assign): void {
  const [target] = node.targets;
  if ((node.storage !== 'input' && node.storage !== 'extern' && node.storage !== 'sinput') || target?.kind !== 'name') { return; }
  const type = node.annotation === undefined ? '' : lastName(node.annotation) ?? '';
  if (type !== 'string' || classifyName(target.name) === undefined) { return; }
  // A value that is there is SEC001's.
  const value = node.value;
  if (value !== undefined && !(value.kind === 'literal' && (String(value.value).trim() === '' || isPlaceholder(String(value.value))))) { return; }
  context.report({ at: { start: target.start, end: target.end }, messageId: 'input', severity: 'info', data: { name: target.name.slice(0, 40) } });
}

/** A name of a credential in the query of an address: `…?apikey=` + key. */
const IN_QUERY = /[?&](?:api_?key|apikey|token|access_?token|auth|secret|password|passwd|key|signature_?key)=$/i;

function judgeAddress(context: Context, node: Call, _site: Site): void {
  if (lastName(node.callee) !== 'WebRequest') { return; }
  const address = node.args[1]?.value;
  const found = address === undefined ? undefined : keyedPart(context.model, behind(context.model, address));
  if (found !== undefined && address !== undefined) { context.report({ at: { start: address.start, end: address.end }, messageId: 'address', data: { what: found } }); }
}

/** The expression that a variable of the function is made of, where there is one. */
function behind(model: SourceModel, expr: Expr): Expr {
  if (expr.kind !== 'name') { return expr; }
  let found: Expr | undefined;
  for (const fn of model.functions) {
    if (fn.start > expr.start || expr.end > fn.end) { continue; }
    for (const statement of fn.body) {
      if (statement.kind === 'assign' && statement.value !== undefined && statement.start < expr.start && statement.targets.some((target) => target.kind === 'name' && target.name === expr.name)) { found = statement.value; }
    }
  }
  return found ?? expr;
}

/** The query parameter of a credential, where something that is not written in the code follows it. */
function keyedPart(model: SourceModel, expr: Expr): string | undefined {
  let found: string | undefined;
  walkExpression(expr, (part) => {
    if (part.kind !== 'binary') { return; }
    part.operands.forEach((operand, i) => {
      const next = part.operands[i + 1];
      if (operand.kind !== 'literal' || operand.type !== 'string' || next === undefined || next.kind === 'literal') { return; }
      const match = IN_QUERY.exec(String(operand.value));
      found ??= match === null ? undefined : match[0].slice(1, -1);
    });
  });
  return found;
}

export const expertDoors = defineRule<MessageId, unknown>({
  id: 'SEC214',
  name: 'expert-doors',
  guardian: 'security',
  languages: ['mql5'],
  severity: 'warning',
  gate: 'none',
  since: '0.1.0',
  scope: 'code',
  cost: 'fast',
  summary: 'An MQL5 program that loads a library outside of the terminal’s walls, or takes a credential as an input or in an address.',
  messages: {
    library: '{name} runs with every right you have: it reads other accounts’ files and sends orders unseen. Load it only if you built it, and ship its source.',
    system: '{name} needs “Allow DLL imports”, and that opens the terminal to every library of this program. Use WebRequest, sockets or files where they do.',
    input: '{name} is filled in by hand: it stands in .set files, chart profiles and every picture of the dialogue. Read it from a file of the Files folder.',
    address: '{what} in the address is kept by every proxy and server log on the way. Send it in a header.',
  },
  options: z.strictObject({}),
  create,
});
