/** What one document of the editor shows of a file's findings: all of them, or of an open notebook those of one cell. */
import { createHash } from 'node:crypto';
import type { Diagnostic, Range as LspRange, TextEdit } from 'vscode-languageserver';
import type { Fix } from '../core/findings/finding.ts';
import type { Report, Reports } from './diagnostics.ts';
import type { Documents } from './documents.ts';
import { unescaped } from './notebook-text.ts';
import type { OpenNotebook } from './notebooks.ts';
import type { Place } from './workspace.ts';

/** The report of the document at `uri`, which shows (a part of) the file at `place`. */
export function reportFor(documents: Documents, reports: Reports, { root, path }: Place, uri: string): Report {
  const whole = reports.of(root, path);
  const notebook = documents.notebook(uri);
  const away = whole.items.some((item) => item.relatedInformation?.some(({ location }) => documents.notebook(location.uri) !== undefined) === true);
  if (notebook === undefined && !away) { return whole; }
  const items = whole.items.flatMap((item) => {
    const range = rangeIn(notebook, uri, item.range);
    return range === undefined ? [] : [{ ...told(documents, notebook, item), range }];
  });
  const resultId = items.length === 0 ? 'none' : createHash('sha256').update(JSON.stringify(items)).digest('base64url').slice(0, 16);
  return { ...whole, items, resultId };
}

/** Where a range of the file stands in the document at `uri`; undefined where it stands in another cell. */
export function rangeIn(notebook: OpenNotebook | undefined, uri: string, range: LspRange): LspRange | undefined {
  if (notebook === undefined) { return range; }
  const at = notebook.toCell(range);
  return at?.cell.uri === uri ? at.range : undefined;
}

/** The edits of a fix in the cell at `uri`; undefined where one of them lies elsewhere. */
export function cellEdits(notebook: OpenNotebook, uri: string, fix: Fix): TextEdit[] | undefined {
  const edits: TextEdit[] = [];
  for (const { start, end, text } of fix.edits) {
    const written = { start: notebook.document.positionAt(start), end: notebook.document.positionAt(end) };
    const range = notebook.isOutput(written) ? undefined : rangeIn(notebook, uri, written);
    const newText = unescaped(text);
    if (range === undefined || newText === undefined) { return undefined; }
    edits.push({ range, newText });
  }
  return edits;
}

/** A diagnostic with its related places in the cells of open notebooks, and the word that it speaks of an output. */
function told(documents: Documents, notebook: OpenNotebook | undefined, item: Diagnostic): Diagnostic {
  const message = notebook?.isOutput(item.range) === true ? `${item.message} (It stands in the output of this cell: clear it and save.)` : item.message;
  if (item.relatedInformation === undefined) { return { ...item, message }; }
  const relatedInformation = item.relatedInformation.map((related) => {
    const at = documents.notebook(related.location.uri)?.toCell(related.location.range);
    return at === undefined ? related : { ...related, location: { uri: at.cell.uri, range: at.range } };
  });
  return { ...item, message, relatedInformation };
}
