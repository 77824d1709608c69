/** Mutants that stand by themselves: a class or a function with a fault at a marked place, and the same put right. */

/** One fault in one form; both texts can be put at the end of any file of the language. */
export interface SnippetMutant {
  readonly name: string;
  readonly language: 'python' | 'mql5' | 'script';
  /** `«…»` marks what must be found. */
  readonly bad: string;
  /** Nothing may be found in it. */
  readonly good: string;
  /** Import or include lines for the top of the file. */
  readonly imports?: string;
}

/** Every form with every way to write what it is made of. */
export function crossed<T extends { readonly name: string; readonly imports?: string }>(
  language: SnippetMutant['language'], parts: readonly T[], forms: Readonly<Record<string, (part: T, right: boolean) => string>>,
): readonly SnippetMutant[] {
  return Object.entries(forms).flatMap(([form, make]) => parts.map((part): SnippetMutant => ({
    name: `${form}, ${part.name}`, language, bad: make(part, false), good: make(part, true).replace(/[«»]/g, ''), ...(part.imports === undefined ? {} : { imports: part.imports }),
  })));
}
