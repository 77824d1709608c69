/** Our diagnostics as VS Code holds them, and the one at the cursor. */
import { type Diagnostic, type TextEditor, languages, type Uri } from 'vscode';
import type { FindingReference } from '../shared/protocol.ts';

/** Rule id of one of our diagnostics; undefined for another source. */
export function ruleIdOf(diagnostic: Diagnostic): string | undefined {
  if (diagnostic.source !== 'tickguard') { return undefined; }
  const code = typeof diagnostic.code === 'object' ? diagnostic.code.value : diagnostic.code;
  return typeof code === 'string' ? code : undefined;
}

/** Our diagnostics of one document, or of all. */
export function ownDiagnostics(): readonly (readonly [Uri, readonly Diagnostic[]])[] {
  return languages.getDiagnostics()
    .map(([uri, all]) => [uri, all.filter((diagnostic) => ruleIdOf(diagnostic) !== undefined)] as const)
    .filter(([, own]) => own.length > 0);
}

/** The finding at the cursor, the narrowest first. */
export function findingAtCursor(editor: TextEditor | undefined): FindingReference | undefined {
  if (editor === undefined) { return undefined; }
  const { uri } = editor.document;
  const here = languages.getDiagnostics(uri)
    .filter((diagnostic) => diagnostic.range.contains(editor.selection.active))
    .flatMap((diagnostic) => {
      const data = dataOf(diagnostic);
      return data === undefined ? [] : [{ diagnostic, data }];
    })
    .sort((a, b) => size(editor, a.diagnostic) - size(editor, b.diagnostic));
  const [first] = here;
  return first === undefined ? undefined : { uri: uri.toString(), ...first.data };
}

/** A finding as a command's argument or, from the palette, that at the cursor. */
export function referenceOf(argument: unknown, editor: TextEditor | undefined): FindingReference | undefined {
  if (typeof argument === 'object' && argument !== null) {
    const { uri, fingerprint, rule } = argument as Record<string, unknown>;
    if (typeof uri === 'string' && typeof fingerprint === 'string' && typeof rule === 'string') { return { uri, fingerprint, rule }; }
  }
  return findingAtCursor(editor);
}

/** The language client keeps `data` on the diagnostics it makes. */
function dataOf(diagnostic: Diagnostic): Pick<FindingReference, 'fingerprint' | 'rule'> | undefined {
  const { data } = diagnostic as Diagnostic & { readonly data?: unknown };
  if (ruleIdOf(diagnostic) === undefined || typeof data !== 'object' || data === null) { return undefined; }
  const { fingerprint, rule } = data as Record<string, unknown>;
  return typeof fingerprint === 'string' && typeof rule === 'string' ? { fingerprint, rule } : undefined;
}

function size(editor: TextEditor, { range }: Diagnostic): number {
  return editor.document.offsetAt(range.end) - editor.document.offsetAt(range.start);
}
