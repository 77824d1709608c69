/** An answer, or one clear sentence: what, where, what to do. Errors are values; a throw is a broken invariant. */
export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: string };
