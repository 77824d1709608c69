/** The report in the forms that other programs read: JSON of its own, and findings for SARIF and GitHub. */
import type { Finding } from '../../../core/findings/finding.ts';
import type { CheckResult } from '../../../core/findings/result.ts';
import { docsUrl } from '../../../core/findings/docs-url.ts';
import type { HistoryReport, HistorySecret } from './report.ts';

/** Version of the shape; a field may be added without a new one, none is renamed or removed. */
const SCHEMA = 1;
/** Longest message, in characters. */
const MESSAGE = 200;

/** One document, ending with a line break. Secrets that are silenced are there with the reason. */
export function historyJson(report: HistoryReport, version: string): string {
  if (report.proof !== undefined) { return `${JSON.stringify({ schema: SCHEMA, tool: { name: 'tickguard', version }, proof: report.proof }, null, 2)}\n`; }
  const { secrets, root: _root, ...rest } = report;
  const open = secrets.filter(({ suppressed }) => suppressed === undefined);
  const summary = { secrets: open.length, inHead: open.filter(({ head }) => head.length > 0).length, suppressed: secrets.length - open.length, ...rest.commits, durationMs: rest.durationMs, verdict: rest.verdict, shallow: rest.shallow };
  const { commits: _commits, durationMs: _duration, verdict: _verdict, shallow: _shallow, ...tail } = rest;
  return `${JSON.stringify({ schema: SCHEMA, tool: { name: 'tickguard', version }, summary, secrets, ...tail }, null, 2)}\n`;
}

/** One finding a secret, where HEAD has it, or else where it was first committed. */
export function historyFindings(report: HistoryReport): CheckResult {
  return {
    root: report.root, files: 0, durationMs: report.durationMs,
    findings: report.secrets.map((secret) => ({ finding: findingOf(secret), fixes: [], ...(secret.suppressed === undefined ? {} : { suppressed: secret.suppressed }) })),
    skipped: [
      ...report.unread.map(({ path, commit, reason, incomplete }) => ({ file: path, reason: `In commit ${commit}: ${reason}`, incomplete })),
      ...report.broken.map(({ commit, detail }) => ({ file: '.', reason: `Commit ${commit}: ${detail}.`, incomplete: true })),
    ],
  };
}

function findingOf(secret: HistorySecret): Finding {
  const { first, last, head, title, rotate } = secret;
  const [still] = head;
  const at = still ?? { path: first.path, line: first.line ?? 1 };
  const since = first.date === '' ? 'staged' : `since ${first.date.slice(0, 10)} (${first.commit.slice(0, 10)})`;
  const message = `${title} in the history ${since}${still === undefined ? '' : ', still in HEAD'}. ${rotate}, then take it out of the history.`;
  const range = { line: at.line, column: 1, endLine: at.line, endColumn: 1 };
  return {
    rule: 'SEC001', detector: secret.detector, name: 'hardcoded-secret', guardian: 'security', severity: secret.severity, gate: 'commit',
    message: message.length > MESSAGE ? `${message.slice(0, MESSAGE - 1)}…` : message,
    file: at.path, range, related: [], fixable: false, fingerprint: secret.fingerprint, docs: docsUrl('SEC001'),
    evidence: {
      ...secret.evidence, secret: secret.id, firstCommit: first.commit, firstDate: first.date, author: first.author, lastCommit: last.commit, lastChange: last.change,
      inHead: String(head.length > 0), paths: secret.paths.join(', '),
    },
  };
}
