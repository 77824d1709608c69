/** Lines that say that something went wrong: the branch they stand in is the one for errors, whatever its condition is called. */
import type { Expr, Stmt } from '../model.ts';
import { walkExpression } from '../walk.ts';
import { mentions, wordsOf } from './words.ts';

/** What such a line says, in the languages such lines were met in. */
const FAILURE = /\b(?:errors?|fail(?:ed|s|ure)?|invalid|unknown|unsupported|unhandled|unrecogni[sz]ed|unable|cannot|can't|could not|couldn't|missing|malfunction|not found|exception|fallo|fall[oó] al|erro|erros|errat[aeio]|errore|errori|sbagliat[aeio]|inv[aá]lid[ao]s?|invalide|erreur|fehler|ung[uü]ltig)\b/i;

/** Names of what such a line is put together from: `errorMsg`, `GetLastError()`. */
const FAILURES: ReadonlySet<string> = new Set(['err', 'error', 'errors', 'failure', 'exception']);

/** Does an expression hold a text, or a name, that tells of a failure? */
export function saysFailure(expr: Expr): boolean {
  let told = false;
  walkExpression(expr, (part) => {
    told ||= (part.kind === 'literal' && part.type === 'string' && FAILURE.test(String(part.value).slice(0, 200)))
      || (part.kind === 'name' && mentions(new Set(wordsOf(part.name)), FAILURES));
    return !told;
  });
  return told;
}

/** Does a block hand such a text to a call before anything else begins: `Print("copy failed"); return;`? */
export function reportsFailure(body: readonly Stmt[]): boolean {
  return body.some((statement) => {
    if (statement.kind !== 'expression' || statement.value.kind !== 'call') { return false; }
    const [first] = statement.value.args;
    return first !== undefined && saysFailure(first.value);
  });
}
