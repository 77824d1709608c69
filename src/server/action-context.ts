/** What code actions and the commands behind them work with. */
import type { Connection } from 'vscode-languageserver';
import type { CheckedFinding } from '../core/findings/result.ts';
import type { Engine } from '../engine.ts';
import type { ClientFeatures } from './client.ts';
import type { Documents } from './documents.ts';
import type { Place } from './workspace.ts';

export interface ActionContext {
  readonly connection: Connection;
  readonly client: ClientFeatures;
  readonly documents: Documents;
  readonly engine: Engine;
}

/** The finding with a fingerprint, as it stands now. */
export function findingOf(place: Place, fingerprint: string): CheckedFinding | undefined {
  return place.root.findings(place.path).find((checked) => checked.finding.fingerprint === fingerprint && checked.suppressed === undefined);
}
