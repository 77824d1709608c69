/**
 * What a rule learns of one file that only means something together with others: kept in the file's summary, asked by
 * conditions in the link step. A rule has topics of its own; nobody else knows what they stand for.
 */
import type { Range } from '../findings/finding.ts';
import type { Ref } from '../source/link/ref.ts';
import type { Span } from '../source/model.ts';
import type { Condition } from './condition.ts';

/** A parameter: its position without `self`, and its name. */
export interface ParameterAt {
  readonly at: number;
  readonly name: string;
}

/** A function puts a parameter to a use: it raises a peak with it. */
export interface Take {
  readonly kind: 'take';
  readonly topic: string;
  readonly use: string;
  /** Qualified name. */
  readonly function: string;
  readonly parameter: ParameterAt;
}

/** A function hands a value to another one. */
export interface Give {
  readonly kind: 'give';
  readonly topic: string;
  /** Qualified name; empty for the module's own code. */
  readonly function: string;
  readonly to: Ref;
  /** Of MQL5, as in `CallEdge.args`. */
  readonly args?: string;
  /** Position among the arguments, or the keyword. */
  readonly at: number | string;
  /** What it is: `wanted` is what the rule looks for, `plain` is beside the point, `other` speaks against it; a parameter is what the callers hand in. */
  readonly value: 'wanted' | 'plain' | 'other' | ParameterAt;
}

/** A place puts a value to a use: an entry order takes its time in force from there. */
export interface Use {
  readonly kind: 'use';
  readonly topic: string;
  /** Holds for the file the place is in, or it is no use. */
  readonly when?: Condition;
}

/** A file has names of a kind: the keys of an environment file, the variables a program reads. Never a value. */
export interface Names {
  readonly kind: 'names';
  readonly topic: string;
  readonly names: readonly string[];
}

/** A fact as a rule notes it. */
export type Fact = (Take | Give | Use | Names) & { readonly where: Span };

/** A fact as a summary keeps it. */
export type FileFact = (Take | Give | Use | Names) & { readonly range: Range };
