/** Forms that stand by themselves: a class or a function with a fault at a marked place, and the same put right. */
import { fixed, type Form } from '../mutants/form.ts';

/** Every shape with every way to write what it is made of; `more` holds for all of them. */
export function crossed<T extends { readonly name: string; readonly imports?: string }>(
  language: Form['language'], parts: readonly T[], shapes: Readonly<Record<string, (part: T, right: boolean) => string>>, more: Partial<Form> = {},
): readonly Form[] {
  return Object.entries(shapes).flatMap(([shape, make]) => parts.map((part) => fixed(`${shape}, ${part.name}`, language, 'module', {
    code: make(part, false), twin: make(part, true).replace(/[«»]/g, ''), ...(part.imports === undefined ? {} : { imports: part.imports }),
  }, more)));
}
