/** One command a guardian, found in the palette under the guardian's words: its findings as a list to jump from. */
import { type Diagnostic, DiagnosticSeverity, type QuickPickItem, type Uri, window, workspace } from 'vscode';
import type { CommandEntry } from './commands.ts';
import type { Ctx } from './ctx.ts';
import { ownDiagnostics, ruleIdOf } from './finding-at.ts';

/** Rule ids of a guardian begin with one of these. */
const GUARDIANS = [
  { id: 'tickguard.showSecurityFindings', name: 'security', prefixes: ['SEC', 'ENV'] },
  { id: 'tickguard.showComplianceFindings', name: 'compliance', prefixes: ['APX'] },
  { id: 'tickguard.showPerformanceFindings', name: 'performance', prefixes: ['PRF'] },
  { id: 'tickguard.showDataFindings', name: 'data', prefixes: ['LKA'] },
] as const;

interface FindingItem extends QuickPickItem {
  readonly uri: Uri;
  readonly diagnostic: Diagnostic;
}

export function registerFindingLists(_ctx: Ctx): readonly CommandEntry[] {
  return GUARDIANS.map(({ id, name, prefixes }) => ({ id, running: () => showFindings(name, prefixes) }));
}

async function showFindings(name: string, prefixes: readonly string[]): Promise<void> {
  const items = ownDiagnostics().flatMap(([uri, all]) => all
    .filter((diagnostic) => prefixes.some((prefix) => ruleIdOf(diagnostic)?.startsWith(prefix)))
    .map((diagnostic) => itemOf(uri, diagnostic)));
  items.sort((a, b) => a.diagnostic.severity - b.diagnostic.severity || (a.detail ?? '').localeCompare(b.detail ?? ''));
  const chosen = await window.showQuickPick<FindingItem>(items, {
    title: `Tickguard: ${name} findings`,
    placeHolder: items.length === 0 ? `The ${name} guardian has nothing to report.` : `${items.length} ${items.length === 1 ? 'finding' : 'findings'}; choose one to go there`,
    matchOnDetail: true,
  });
  if (chosen !== undefined) { await window.showTextDocument(chosen.uri, { selection: chosen.diagnostic.range }); }
}

function itemOf(uri: Uri, diagnostic: Diagnostic): FindingItem {
  const icon = diagnostic.severity === DiagnosticSeverity.Error ? 'error' : diagnostic.severity === DiagnosticSeverity.Warning ? 'warning' : 'info';
  return {
    label: `$(${icon}) ${ruleIdOf(diagnostic) ?? ''}`,
    description: diagnostic.message,
    detail: `${workspace.asRelativePath(uri)}:${diagnostic.range.start.line + 1}`,
    uri,
    diagnostic,
  };
}
