import type { Rule } from '../../core/rules/rule.ts';
import { listPacks } from './packs/packs.ts';
export const complianceRules: readonly Rule[] = [];
export const rulePacks: readonly { readonly id: string; readonly title: string; readonly sizes: readonly number[] }[] =
  listPacks().map((pack) => ({ id: pack.id, title: pack.id, sizes: Object.keys(pack.sizes).map(Number) }));
