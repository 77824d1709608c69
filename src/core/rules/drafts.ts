/** Reports of rules → findings: place, severity, gate, masked snippet, fingerprint; doubles merged. */
import { docsUrl } from '../findings/docs-url.ts';
import type { Finding, Fix, Gate, Range, Related, Severity } from '../findings/finding.ts';
import { Fingerprints, normalise, symbolAt } from '../findings/fingerprint.ts';
import { maskTokens, mergeSecrets, scrub, type Secret, secretsIn, snippetOf } from '../findings/mask.ts';
import { SecretValues } from '../findings/secret-values.ts';
import type { SourceModel, SourceText, Span } from '../source/model.ts';
import { rangeOf } from '../source/text.ts';
import type { FileConfig } from '../workspace/config-file.ts';
import { fixInHost } from './host-fix.ts';
import { fillMessage } from './message.ts';
import type { PendingFinding } from './pending.ts';
import type { Condition } from './condition.ts';
import type { Report, Rule } from './rule.ts';

/** A report with the rule that made it and the condition it hangs on. */
export interface Draft {
  readonly rule: Rule;
  readonly report: Report<string>;
  readonly when?: Condition;
}

export interface BuildContext {
  readonly model: SourceModel;
  readonly config: FileConfig;
  readonly map?: { readonly source: SourceText; span(span: Span): Span | undefined };
}

/** A finding with the offset it starts at in the model's text, for suppressions. */
export interface Built {
  readonly finding: PendingFinding;
  readonly start: number;
}

/** All findings of a file in source order. */
export function buildFindings(builder: FindingBuilder, drafts: readonly Draft[]): readonly Built[] {
  builder.hide(drafts.flatMap(({ report }) => report.secrets ?? []));
  const sorted = mergeDoubles(drafts).sort((a, b) => a.report.at.start - b.report.at.start
    || a.report.at.end - b.report.at.end || (a.rule.id < b.rule.id ? -1 : a.rule.id > b.rule.id ? 1 : 0));
  return sorted.flatMap((draft) => builder.build(draft) ?? []);
}

/** Turns drafts of one file into findings; remembers the file's secrets and counts equal findings. */
export class FindingBuilder {
  readonly #context: BuildContext;
  readonly #fingerprints = new Fingerprints();
  #secrets: readonly Secret[] = [];
  #values = SecretValues.none;

  constructor(context: BuildContext) {
    this.#context = context;
  }

  /** Names the secrets of the file: nothing built from now on shows them, whichever rule builds it. */
  hide(secrets: readonly Secret[]): void {
    this.#secrets = mergeSecrets(secrets);
    this.#values = new SecretValues(this.#context.model.source.text, secrets);
  }

  /** The raw values of what is hidden. */
  get secretValues(): readonly string[] {
    return this.#values.values;
  }

  /** The filled message of a report; throws for a placeholder without data. */
  static message(rule: Rule, report: Report<string>): string {
    return fillMessage(rule.messages[report.messageId] ?? '', report.data ?? {});
  }

  /** The finding of a draft; undefined when its place is being typed over. */
  build(draft: Draft): Built | undefined {
    const { rule, report } = draft;
    const range = this.#range(report.at);
    if (range === undefined) { return undefined; }
    const { model } = this.#context;
    const severity = severityOf(rule, report, this.#context.config);
    const fixes = (report.fixes ?? []).flatMap((fix) => this.#fix(fix) ?? []);
    const finding: Finding = {
      rule: rule.id,
      ...(report.detector === undefined ? {} : { detector: report.detector }),
      ...(report.provider === undefined ? {} : { provider: report.provider }),
      ...(report.confidence === undefined ? {} : { confidence: report.confidence }),
      name: rule.name,
      guardian: rule.guardian,
      severity,
      gate: gateOf(rule, severity),
      ...(report.layer === undefined ? {} : { layer: report.layer }),
      ...(report.account === undefined ? {} : { account: report.account }),
      message: this.#clean(FindingBuilder.message(rule, report)),
      file: model.path,
      range,
      related: this.#related(report),
      fixable: fixes.length > 0,
      fingerprint: this.#fingerprint(rule, report),
      docs: docsUrl(rule.id),
      ...(report.at.start === report.at.end ? {} : { snippet: snippetOf(model.source, report.at, this.#secrets, this.#values) }),
      ...(report.evidence === undefined ? {} : { evidence: this.#evidence(report.evidence) }),
    };
    const pending: PendingFinding = { finding, fixes, ...(draft.when === undefined ? {} : { when: draft.when }) };
    return { finding: pending, start: report.at.start };
  }

  #fingerprint(rule: Rule, report: Report<string>): string {
    const { model } = this.#context;
    return this.#fingerprints.next({
      rule: rule.id,
      detector: report.detector,
      path: model.path,
      symbol: symbolAt(model, report.at),
      snippet: normalise(model.source.text, report.at, secretsIn(this.#secrets, report.at), this.#values),
    });
  }

  #range(span: Span): Range | undefined {
    const { model, map } = this.#context;
    if (map === undefined) { return rangeOf(model.source, span); }
    const moved = map.span(span);
    return moved === undefined ? undefined : rangeOf(map.source, moved);
  }

  #related(report: Report<string>): readonly Related[] {
    return (report.related ?? []).flatMap(({ at, message }) => {
      const range = this.#range(at);
      return range === undefined ? [] : [{ file: this.#context.model.path, range, message: this.#clean(message) }];
    });
  }

  /** A fix of which one edit is being typed over is no fix any more. */
  #fix(own: Fix): Fix | undefined {
    const { map, model } = this.#context;
    const fix = fixInHost(own, model);
    if (fix === undefined) { return undefined; }
    const title = this.#clean(fix.title);
    if (map === undefined) { return { ...fix, title }; }
    const edits = fix.edits.flatMap(({ start, end, text }) => {
      const moved = map.span({ start, end });
      return moved === undefined ? [] : [{ start: moved.start, end: moved.end, text }];
    });
    return edits.length === fix.edits.length ? { ...fix, title, edits } : undefined;
  }

  #evidence(evidence: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
    return Object.fromEntries(Object.entries(evidence).map(([key, value]) => [key, scrub(value, this.#values)]));
  }

  #clean(text: string): string {
    return maskTokens(scrub(text, this.#values));
  }
}

/** What the user wrote for the report's detector, else for its rule. */
export function configuredSeverity(rule: Rule, report: Report<string>, config: FileConfig): Severity | 'off' | undefined {
  const detector = report.detector === undefined ? undefined : config.setting(`${rule.id}/${report.detector}`).severity;
  return detector ?? config.setting(rule.id).severity;
}

/** The user's severity, else the report's, else the rule's; a house limit warns at most. */
function severityOf(rule: Rule, report: Report<string>, config: FileConfig): Severity {
  const configured = configuredSeverity(rule, report, config);
  const wanted = (configured === 'off' ? undefined : configured) ?? report.severity ?? rule.severity;
  return report.layer === 'house' && wanted === 'error' ? 'warning' : wanted;
}

/** Information stops nothing. */
function gateOf(rule: Rule, severity: Severity): Gate {
  return severity === 'info' ? 'none' : rule.gate;
}

const RANK: Readonly<Record<Severity, number>> = { error: 2, warning: 1, info: 0 };

/**
 * One finding a rule and place: the most severe report wins, and takes over what the others relate to. Reports that hang
 * on different conditions stay apart, because only the link step knows which of them hold; so do the engine's own.
 */
function mergeDoubles(drafts: readonly Draft[]): Draft[] {
  const kept = new Map<string, Draft>();
  drafts.forEach((draft, index) => {
    const { rule, report, when } = draft;
    const key = rule.guardian === 'engine'
      ? `engine ${index}`
      : JSON.stringify([rule.id, report.at.start, report.at.end, when ?? null]);
    const other = kept.get(key);
    kept.set(key, other === undefined ? draft : merge(other, draft));
  });
  return [...kept.values()];
}

function merge(first: Draft, second: Draft): Draft {
  const rank = (draft: Draft): number => RANK[draft.report.severity ?? draft.rule.severity];
  const [winner, loser] = rank(second) > rank(first) ? [second, first] : [first, second];
  const known = new Set((winner.report.related ?? []).map(({ at, message }) => `${at.start} ${at.end} ${message}`));
  const more = (loser.report.related ?? []).filter(({ at, message }) => !known.has(`${at.start} ${at.end} ${message}`));
  const secrets = [...(winner.report.secrets ?? []), ...(loser.report.secrets ?? [])];
  return {
    ...winner,
    report: {
      ...winner.report,
      related: [...(winner.report.related ?? []), ...more],
      fixes: winner.report.fixes ?? loser.report.fixes ?? [],
      ...(secrets.length === 0 ? {} : { secrets }),
    },
  };
}
