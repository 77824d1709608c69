/** Findings as the protocol's diagnostics, cached by file until something it depends on changes. */
import { createHash } from 'node:crypto';
import { type Diagnostic, DiagnosticSeverity, type DiagnosticRelatedInformation, type Range as LspRange } from 'vscode-languageserver';
import type { Finding, Range, Related, Severity } from '../core/findings/finding.ts';
import type { Trace } from '../core/source/link/linker.ts';
import type { ChangedPaths } from '../core/workspace/project.ts';
import type { Counts } from '../shared/protocol.ts';
import type { ClientFeatures } from './client.ts';
import { uriIn } from '../core/workspace/paths.ts';
import type { Root } from './root.ts';

/** `Diagnostic.data`: enough to find the finding again, and never a secret. */
export interface DiagnosticData {
  readonly fingerprint: string;
  readonly rule: string;
}

export interface Report {
  /** Hash of the items: two reports with one id say the same. */
  readonly resultId: string;
  readonly items: readonly Diagnostic[];
  readonly counts: Counts;
  readonly hidden: number;
}

const SEVERITY: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
};

/** Our ranges are 1-based, the protocol's 0-based; both count UTF-16 units and exclude the end. */
export function lspRange(range: Range): LspRange {
  return {
    start: { line: range.line - 1, character: range.column - 1 },
    end: { line: range.endLine - 1, character: range.endColumn - 1 },
  };
}

/** The id that a suppression comment names: `APX004`, or `SEC001/<detector>`. */
export function ruleId(finding: Finding): string {
  return finding.detector === undefined ? finding.rule : `${finding.rule}/${finding.detector}`;
}

export class Reports {
  readonly #client: ClientFeatures;
  readonly #byRoot = new WeakMap<Root, Map<string, Report>>();

  constructor(client: ClientFeatures) {
    this.#client = client;
  }

  /** What there is to say about a file now. */
  of(root: Root, path: string): Report {
    const known = this.#cache(root);
    const cached = known.get(path);
    if (cached !== undefined) { return cached; }
    const report = this.#build(root, path);
    known.set(path, report);
    return report;
  }

  invalidate(root: Root, change: ChangedPaths): void {
    const known = this.#cache(root);
    if (change.others) { known.clear(); return; }
    for (const path of change.paths) { known.delete(path); }
  }

  #cache(root: Root): Map<string, Report> {
    let known = this.#byRoot.get(root);
    if (known === undefined) { this.#byRoot.set(root, known = new Map()); }
    return known;
  }

  #build(root: Root, path: string): Report {
    const all = root.findings(path);
    const shown = all.filter((checked) => checked.suppressed === undefined).map((checked) => checked.finding);
    const items = [
      ...root.problems().filter((problem) => problem.path === path).map(problemDiagnostic),
      ...shown.map((finding) => this.#diagnostic(root, finding)),
      ...root.traces(path).map((trace) => this.#trace(root, trace)),
    ];
    return {
      items,
      resultId: items.length === 0 ? 'none' : createHash('sha256').update(JSON.stringify(items)).digest('base64url').slice(0, 16),
      counts: count(shown),
      hidden: all.length - shown.length,
    };
  }

  #diagnostic(root: Root, finding: Finding): Diagnostic {
    return {
      ...this.#common(finding),
      range: lspRange(finding.range),
      severity: SEVERITY[finding.severity],
      message: finding.message,
      ...this.#related(root, finding.related),
    };
  }

  /** A finding that lies in another file, told at the call in this file's handler that leads to it. */
  #trace(root: Root, { range, finding }: Trace): Diagnostic {
    const here: Related = { file: finding.file, range: finding.range, message: 'Here.' };
    const name = finding.file.slice(finding.file.lastIndexOf('/') + 1);
    return {
      ...this.#common(finding),
      range: lspRange(range),
      severity: DiagnosticSeverity.Information,
      message: `${finding.message} (${finding.rule} at ${name}:${finding.range.line})`,
      ...this.#related(root, [here, ...finding.related]),
    };
  }

  #common(finding: Finding): Pick<Diagnostic, 'source' | 'code' | 'codeDescription' | 'data'> {
    const data: DiagnosticData = { fingerprint: finding.fingerprint, rule: ruleId(finding) };
    return {
      source: 'tickguard',
      code: finding.rule,
      ...(this.#client.codeDescription ? { codeDescription: { href: finding.docs } } : {}),
      data,
    };
  }

  #related(root: Root, related: readonly Related[]): { relatedInformation?: DiagnosticRelatedInformation[] } {
    if (!this.#client.relatedInformation || related.length === 0) { return {}; }
    return {
      relatedInformation: related.map((place) => ({
        location: { uri: uriIn(root.folder, place.file), range: lspRange(place.range) },
        message: place.message,
      })),
    };
  }
}

function problemDiagnostic(problem: { readonly message: string; readonly line: number; readonly column: number }): Diagnostic {
  const at = { line: problem.line - 1, character: problem.column - 1 };
  return {
    range: { start: at, end: { line: at.line, character: at.character + 1 } },
    severity: DiagnosticSeverity.Error,
    source: 'tickguard',
    code: 'config',
    message: problem.message,
  };
}

function count(findings: readonly Finding[]): Counts {
  const of = (severity: Severity): number => findings.filter((finding) => finding.severity === severity).length;
  return { error: of('error'), warning: of('warning'), info: of('info') };
}
