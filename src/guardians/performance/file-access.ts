/** Which calls go to a file, and how: at once, through a buffer, or while the function waits for it. */
import { lastName } from '../../core/source/meaning/annotations.ts';
import type { NameSite } from '../../core/source/meaning/bindings.ts';
import { externalType } from '../../core/source/meaning/classes.ts';
import { isHeld } from '../../core/source/meaning/held.ts';
import type { Call, SourceModel, Stmt } from '../../core/source/model.ts';
import { qualifiedName } from '../../core/source/meaning/qualified.ts';
import { rolesOf } from '../../core/source/roles.ts';

/** A call that goes to a file. */
export interface FileAccess {
  /** `disk`: the thread waits for it; `buffer`: it does whenever the buffer is full; `awaited`: the function waits, the loop goes on. */
  readonly kind: 'disk' | 'buffer' | 'awaited';
  /** It uses a file that somebody opened before. */
  readonly onHandle: boolean;
}

/** Functions that use what another call has opened: where that one stands in the same function, it is told alone. */
const ON_HANDLE = /^(?:write|writelines|writerow|writerows|writeheader|read|readline|readlines|flush|truncate|dump|safe_dump|load|readSync|writeSync|fsyncSync|write_table|File(?:Write|Read|Flush|Seek)[A-Za-z]{0,20})$/;
/** Buffers in memory and the terminal are no files. */
const NO_FILE = /^(?:io\.(?:StringIO|BytesIO)|sys\.(?:stdout|stderr|stdin)|sys\.std(?:out|err)\.buffer)$/;

/** The file access a call is; undefined for other calls, for promises nobody waits for, and for what goes to memory. */
export function fileAccessOf(model: SourceModel, call: Call, site: NameSite & { readonly statement: Stmt }): FileAccess | undefined {
  const roles = rolesOf(model, call, site);
  const waits = roles.includes('file.async');
  if (!waits && !roles.includes('file') && !roles.includes('file.write')) { return undefined; }
  const name = lastName(call.callee) ?? '';
  // `frame.to_csv()` without a path gives a text.
  if (/^(?:to|write)_[a-z]+$/.test(name) && call.args.length === 0) { return undefined; }
  if (toMemory(model, call, site)) { return undefined; }
  const onHandle = ON_HANDLE.test(name);
  const held = isHeld(site.statement, call) || entered(site.statement, call);
  if (waits) { return held ? { kind: 'awaited', onHandle } : undefined; }
  // Awaited methods of the same names belong to asynchronous twins: `await file.write(line)`.
  if (site.statement.kind !== 'return' && isHeld(site.statement, call)) { return { kind: 'awaited', onHandle }; }
  return { kind: roles.includes('file.write') ? 'buffer' : 'disk', onHandle };
}

/** `async with aiofiles.open(…)`. */
function entered(statement: Stmt, call: Call): boolean {
  return statement.kind === 'with' && statement.items.some((item) => item.value === call);
}

function toMemory(model: SourceModel, call: Call, site: NameSite): boolean {
  return call.args.some(({ value }) => {
    if (value.kind !== 'name' && value.kind !== 'member' && value.kind !== 'call') { return false; }
    const type = value.kind === 'call' ? qualifiedName(model, value.callee, site) : externalType(model, value, site) ?? qualifiedName(model, value, site);
    return type !== undefined && NO_FILE.test(type);
  });
}
