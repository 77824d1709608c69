/** One result, four formats. Every one of them prints findings only, in which the engine has masked what is secret. */
import type { CheckResult } from '../result.ts';
import { reportGithub } from './github.ts';
import { reportJson } from './json.ts';
import type { ReportFormat, ReportOptions } from './options.ts';
import { reportSarif } from './sarif.ts';
import { reportText } from './text.ts';

/** The report as one string that ends with a line break; print it whole. */
export function report(format: ReportFormat, result: CheckResult, options: ReportOptions): string {
  switch (format) {
    case 'text': return reportText(result, options);
    case 'json': return reportJson(result, options);
    case 'sarif': return reportSarif(result, options);
    case 'github': return reportGithub(result, options);
  }
}
