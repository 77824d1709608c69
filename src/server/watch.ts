/** Files that change behind the editor's back: sources, the policy file, the baseline, what git tracks and ignores. */
import { type Connection, DidChangeWatchedFilesNotification, FileChangeType } from 'vscode-languageserver';
import type { ClientFeatures } from './client.ts';
import { fileOf, pathIn } from '../core/workspace/paths.ts';
import type { Workspace } from './workspace.ts';

const KINDS = {
  [FileChangeType.Created]: 'created',
  [FileChangeType.Changed]: 'changed',
  [FileChangeType.Deleted]: 'deleted',
} as const;

/** Asks for every file: secrets are looked for in all text, and what is not checked is told apart here, not by globs. */
export async function watchFiles(connection: Connection, client: ClientFeatures): Promise<void> {
  if (!client.watch) { return; }
  await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: [{ globPattern: '**/*' }] });
}

/** Hands each event to the root it lies in. */
export function serveWatchedFiles(connection: Connection, workspace: () => Workspace | undefined): void {
  connection.onDidChangeWatchedFiles(({ changes }) => {
    for (const { uri, type } of changes) {
      const file = fileOf(uri);
      const kind = KINDS[type];
      if (file === undefined || kind === undefined) { continue; }
      for (const root of workspace()?.roots() ?? []) {
        const path = root.loose ? undefined : pathIn(root.folder, file);
        if (path !== undefined) { root.fileEvent(root.spelled(path), kind); }
      }
    }
  });
}
