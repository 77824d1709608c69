/** One walk over a file for all analyses of this guardian: its statements and the kinds of expressions they ask about, with their sites. */
import type { Binary, Call, Collection, Compare, Expr, SourceModel, Stmt, Template } from '../../core/source/model.ts';
import { walkModule } from '../../core/source/walk.ts';
import type { Site } from '../../core/rules/rule.ts';
import { ModelFact } from '../../core/source/meaning/per-model.ts';

/** A node and where it stands. */
export interface Sited<T> {
  readonly node: T;
  readonly site: Site;
}

/** The nodes of a file, each list in source order. */
export interface FileIndex {
  readonly statements: readonly Sited<Stmt>[];
  readonly calls: readonly Sited<Call>[];
  readonly dicts: readonly Sited<Collection>[];
  readonly compares: readonly Sited<Compare>[];
  readonly binaries: readonly Sited<Binary>[];
  readonly templates: readonly Sited<Template>[];
  /** `(now := datetime.now())`. */
  readonly walruses: readonly Sited<Expr & { readonly kind: 'unknown' }>[];
}

const remembered = new ModelFact<FileIndex>();

/** The index of a file; made once per model and gone with it. */
export function indexOf(model: SourceModel): FileIndex {
  const known = remembered.get(model);
  if (known !== undefined) { return known; }
  const index = {
    statements: [] as Sited<Stmt>[], calls: [] as Sited<Call>[], dicts: [] as Sited<Collection>[], compares: [] as Sited<Compare>[],
    binaries: [] as Sited<Binary>[], templates: [] as Sited<Template>[], walruses: [] as Sited<Expr & { readonly kind: 'unknown' }>[],
  };
  walkModule(model, {
    statement: (node, site) => { index.statements.push({ node, site }); },
    expression: (node, site) => {
      switch (node.kind) {
        case 'call': index.calls.push({ node, site }); break;
        case 'collection': if (node.type === 'dict') { index.dicts.push({ node, site }); } break;
        case 'compare': index.compares.push({ node, site }); break;
        case 'binary': index.binaries.push({ node, site }); break;
        case 'template': index.templates.push({ node, site }); break;
        case 'unknown': if (node.syntax === 'named_expression') { index.walruses.push({ node, site }); } break;
        default: break;
      }
    },
  });
  remembered.set(model, index);
  return index;
}
