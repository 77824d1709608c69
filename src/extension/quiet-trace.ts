/** The trace of the language server's messages without the texts in them: a document may hold a key, and a trace ends up in a ticket. */
import type { LogOutputChannel } from 'vscode';
import { maskTokens } from '../core/findings/mask.ts';

/** Values of these keys are text of the user's files, on its way to the server or in an edit. */
const TEXTS = /"(text|newText|value|content)"(\s{0,4}:\s{0,4})"((?:[^"\\]|\\.)*)"/g;

/** A message with every text in it replaced by its length, and what looks like a key anywhere else. */
export function withoutTexts(message: string): string {
  return maskTokens(message.replace(TEXTS, (_, key: string, colon: string, text: string) => `"${key}"${colon}"<${String(text.length)} characters>"`));
}

/** The channel itself, but for what is traced to it. */
export function quietTrace(channel: LogOutputChannel): LogOutputChannel {
  return new Proxy(channel, {
    get(target, name): unknown {
      if (name === 'trace') { return (message: string, ...rest: readonly unknown[]): void => { target.trace(withoutTexts(message), ...rest); }; }
      const member: unknown = Reflect.get(target, name);
      return typeof member === 'function' ? (member as (...args: readonly unknown[]) => unknown).bind(target) : member;
    },
  });
}
