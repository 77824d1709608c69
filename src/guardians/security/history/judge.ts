/** Whether a text holds a credential: the same reading and the same rule as in a check of files. */
import type { Finding, Severity } from '../../../core/findings/finding.ts';
import { runRules } from '../../../core/rules/run.ts';
import type { Rule } from '../../../core/rules/rule.ts';
import { grammarsOf } from '../../../core/source/code-languages.ts';
import type { SourceText, Span } from '../../../core/source/model.ts';
import { readSource, type Syntax } from '../../../core/source/source.ts';
import { offsetAt } from '../../../core/source/text.ts';
import type { ConfigSet } from '../../../core/workspace/config-file.ts';
import { fileRole } from '../../../core/workspace/discovery.ts';
import { loadGrammars } from '../../../core/workspace/parsers.ts';
import { customHits } from '../custom/custom-scan.ts';

/** Parse budget of one text, ms: as in the terminal's check. */
const BUDGET_MS = 2_000;

/** A credential in one text. `value` is raw: it stays in this process and is in no report. */
export interface Hit {
  readonly detector: string;
  readonly value: string;
  readonly span: Span;
  /** 1-based. */
  readonly line: number;
  readonly severity: Severity;
  readonly message: string;
  /** Its line, with every secret in it masked. */
  readonly preview: string;
  readonly fingerprint: string;
  readonly evidence: Readonly<Record<string, string>>;
  /** A comment in the file says why it is none. */
  readonly suppressed: boolean;
}

export interface JudgeOptions {
  /** The rule for credentials. */
  readonly rule: Rule;
  /** All rules, which comments may name. */
  readonly known: readonly Rule[];
  readonly config: ConfigSet;
  readonly asOf: string;
  readonly syntax: Syntax;
}

/** Judges texts as files of a path. */
export class Judge {
  readonly #options: JudgeOptions;

  constructor(options: JudgeOptions) {
    this.#options = options;
  }

  /** Whether the settings leave the file out. */
  leavesOut(path: string): boolean {
    return this.#options.config.excluded(path);
  }

  /** Whether a detector of the desk's own finds something in a part of the file. */
  knowsOwn(path: string, text: string): boolean {
    return customHits(text, this.#options.config.forFile(path).detectors ?? []).length > 0;
  }

  /** Every credential of the text, those included that a comment silences. Throws `BrokenInstallation`. */
  async hits(path: string, source: SourceText): Promise<readonly Hit[]> {
    const { syntax, config, rule, known, asOf } = this.#options;
    for (const grammar of grammarsOf([path])) { if (!syntax.has(grammar)) { await loadGrammars(syntax, [grammar], undefined); } }
    const model = readSource(path, source, syntax, { budgetMs: BUDGET_MS });
    const run = runRules({ model, file: { role: fileRole(path) }, rules: [rule], known, config: config.forFile(path), asOf });
    return run.findings.filter(({ finding }) => finding.rule === rule.id)
      .map(({ finding, suppressed }) => hitOf(finding, source, suppressed !== undefined));
  }
}

function hitOf(finding: Finding, source: SourceText, suppressed: boolean): Hit {
  const { range, detector = finding.rule, severity, message, evidence = {}, snippet, fingerprint } = finding;
  const span = { start: offsetAt(source, range.line, range.column), end: offsetAt(source, range.endLine, range.endColumn) };
  return { detector, value: source.text.slice(span.start, span.end), span, line: range.line, severity, message, preview: snippet?.text ?? '', evidence, suppressed, fingerprint };
}
