/** The settings, typed, in one place. Severities are no settings: `tickguard.json` holds the policy, so that editor and CI agree. */
import { type ConfigurationChangeEvent, workspace } from 'vscode';

const SECTION = 'tickguard';

export const settings = {
  /** Whether the window is guarded at all. */
  get enable(): boolean {
    return workspace.getConfiguration(SECTION).get('enable', true);
  },
  /** True if the change starts or stops the server. `tickguard.trace.server` is followed by the language client itself. */
  needsRestart(event: ConfigurationChangeEvent): boolean {
    return event.affectsConfiguration(`${SECTION}.enable`);
  },
} as const;
