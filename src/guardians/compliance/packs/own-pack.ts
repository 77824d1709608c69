/** Reads a rule pack that a workspace wrote: JSON with comments, the form of the packs that come along, and nothing that contradicts itself. */
import { parse, type ParseError, printParseErrorCode } from 'jsonc-parser';
import type { Outcome } from '../../../core/outcome.ts';
import type { OwnPack } from '../../../core/workspace/own-pack.ts';
import { packSchema } from './pack-schema.ts';
import { holdsAtAnySize } from './pack-tables.ts';

/** The pack, or a clause that names the path of the field that is wrong, and how many more mistakes there are. */
export function readOwnPack(text: string): Outcome<OwnPack> {
  const errors: ParseError[] = [];
  const raw: unknown = parse(text.replace(/^\uFEFF/, ''), errors, { allowTrailingComma: true });
  const [broken] = errors;
  if (broken !== undefined) { return { ok: false, error: `line ${String(text.slice(0, broken.offset).split('\n').length)} is no JSON (${printParseErrorCode(broken.error)})` }; }
  // The address of the form is for editors.
  if (typeof raw === 'object' && raw !== null && '$schema' in raw) { delete raw.$schema; }
  const checked = packSchema().safeParse(raw);
  if (!checked.success) {
    const [first] = checked.error.issues;
    const more = checked.error.issues.length - 1;
    return { ok: false, error: `${pathText(first?.path ?? [])} ${first?.message ?? 'has the wrong form'}${more === 0 ? '' : ` (and ${String(more)} more ${more === 1 ? 'mistake' : 'mistakes'} in it)`}` };
  }
  const { id, title, sizes } = checked.data;
  return { ok: true, value: { id, title, sizes, anySize: holdsAtAnySize(checked.data), definition: checked.data } };
}

function pathText(path: readonly PropertyKey[]): string {
  return path.length === 0 ? 'the file' : path.map((part, index) => (typeof part === 'number' ? `[${String(part)}]` : `${index === 0 ? '' : '.'}${String(part)}`)).join('');
}
