/** The value of a `#define`, which no parser has seen: literals, names, arithmetic and brackets; anything else is code. */
import type { Expr, Span } from '../model.ts';
import { nameIn } from '../text.ts';
import { numberLiteral, stringLiteral } from './literals.ts';

const LEVEL: Readonly<Record<string, number>> = { '+': 1, '-': 1, '*': 2, '/': 2, '%': 2 };
const TOKEN = /\s*(?:(\/\/|\/\*)|("(?:[^"\\\r\n]|\\[^\r\n])*")|(0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?[fFlLuU]{0,3})|([A-Za-z_]\w*)|([-+*\/%()])|(\S))/y;

/** @returns undefined for an empty macro and for one that is more than a value. */
export function macroValue(text: string, at: Span): Expr | undefined {
  const operands: Expr[] = [];
  const operators: { readonly op: string; readonly start: number }[] = [];
  let wantsOperand = true;
  TOKEN.lastIndex = at.start;
  for (;;) {
    const found = TOKEN.lastIndex >= at.end ? null : TOKEN.exec(text);
    if (found === null || found[1] !== undefined || TOKEN.lastIndex > at.end) break;
    const end = TOKEN.lastIndex;
    const word = found.slice(2).find((group) => group !== undefined) ?? '';
    const span = { start: end - word.length, end };
    if (word === '(') {
      if (!wantsOperand) return undefined;
      operators.push({ op: '(', start: span.start });
    } else if (word === ')') {
      if (wantsOperand || !closeBracket(operands, operators)) return undefined;
    } else if (found[5] !== undefined) {
      if (wantsOperand) {
        if (word !== '-' && word !== '+') return undefined;
        operators.push({ op: `${word}1`, start: span.start });
        continue;
      }
      while (applies(operators.at(-1)?.op, word)) apply(operands, operators);
      operators.push({ op: word, start: span.start });
      wantsOperand = true;
    } else {
      const value = found[6] !== undefined || !wantsOperand ? undefined : operandOf(text, span, found);
      if (value === undefined) return undefined;
      operands.push(value);
      wantsOperand = false;
    }
  }
  if (wantsOperand) return undefined;
  while (operators.length > 0) {
    if (operators.at(-1)!.op === '(') return undefined;
    apply(operands, operators);
  }
  return operands.length === 1 ? operands[0] : undefined;
}

function operandOf(text: string, span: Span, found: RegExpExecArray): Expr | undefined {
  if (found[2] !== undefined) return stringLiteral(text, span);
  if (found[3] !== undefined) return numberLiteral(text, span);
  const name = nameIn(text, span.start, span.end);
  if (name === 'true' || name === 'false') return { kind: 'literal', ...span, type: 'boolean', value: name === 'true', text: name };
  if (name === 'NULL') return { kind: 'literal', ...span, type: 'none', value: null, text: name };
  return { kind: 'name', ...span, name };
}

function applies(before: string | undefined, op: string): boolean {
  if (before === undefined || before === '(') return false;
  return before.length > 1 || LEVEL[before]! >= LEVEL[op]!;
}

function apply(operands: Expr[], operators: { readonly op: string; readonly start: number }[]): void {
  const { op, start } = operators.pop()!;
  const right = operands.pop()!;
  if (op.length > 1) {
    operands.push({ kind: 'unary', start, end: right.end, op: op[0]!, operand: right });
    return;
  }
  const left = operands.pop()!;
  operands.push({ kind: 'binary', start: left.start, end: right.end, ops: [op], operands: [left, right] });
}

function closeBracket(operands: Expr[], operators: { readonly op: string; readonly start: number }[]): boolean {
  while (operators.length > 0 && operators.at(-1)!.op !== '(') apply(operands, operators);
  return operators.pop() !== undefined;
}
