/** What the client at the other end can do, read once from its `initialize` request. */
import type { InitializeParams } from 'vscode-languageserver';
import type { ClientOptions } from '../shared/protocol.ts';

export interface ClientFeatures {
  /** Asks for diagnostics itself (`textDocument/diagnostic`); otherwise they are published. */
  readonly pull: boolean;
  /** Understands `workspace/diagnostic/refresh`. */
  readonly refresh: boolean;
  readonly workspaceFolders: boolean;
  /** Takes `workspace/didChangeWatchedFiles` as a dynamic registration. */
  readonly watch: boolean;
  readonly relatedInformation: boolean;
  readonly codeDescription: boolean;
  /** Asks for the edit of a code action when it is chosen. */
  readonly resolveEdit: boolean;
  /** Takes versioned `documentChanges`. */
  readonly documentChanges: boolean;
  /** Makes files within a workspace edit. */
  readonly createsFiles: boolean;
  /** Takes snippets in workspace edits, so that a placeholder is selected after the edit. */
  readonly snippetEdits: boolean;
  /** Opens an address in a browser for us. */
  readonly showDocument: boolean;
  readonly options: ClientOptions;
}

/** Reads the capabilities; whatever a client does not mention it cannot do. */
export function clientFeatures(params: InitializeParams): ClientFeatures {
  const { textDocument, workspace, window } = params.capabilities;
  const published = textDocument?.publishDiagnostics;
  const pulled = textDocument?.diagnostic;
  return {
    pull: pulled !== undefined,
    refresh: workspace?.diagnostics?.refreshSupport === true,
    workspaceFolders: workspace?.workspaceFolders === true,
    watch: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    relatedInformation: (pulled?.relatedInformation ?? published?.relatedInformation) === true,
    codeDescription: (pulled?.codeDescriptionSupport ?? published?.codeDescriptionSupport) === true,
    resolveEdit: textDocument?.codeAction?.resolveSupport?.properties.includes('edit') === true
      && textDocument.codeAction.dataSupport === true,
    documentChanges: workspace?.workspaceEdit?.documentChanges === true,
    createsFiles: workspace?.workspaceEdit?.documentChanges === true && workspace.workspaceEdit.resourceOperations?.includes('create') === true,
    snippetEdits: workspace?.workspaceEdit?.snippetEditSupport === true,
    showDocument: window?.showDocument?.support === true,
    options: clientOptions(params.initializationOptions),
  };
}

function clientOptions(given: unknown): ClientOptions {
  if (typeof given !== 'object' || given === null) { return {}; }
  const options = given as Record<string, unknown>;
  return { status: options['status'] === true, commands: options['commands'] === true };
}

/** The folders the client opened: `workspaceFolders`, or the one root of an older client; none for a single file. */
export function openedFolders(params: InitializeParams): readonly { readonly uri: string; readonly name: string }[] {
  if (params.workspaceFolders !== undefined && params.workspaceFolders !== null) { return params.workspaceFolders; }
  const { rootUri } = params;
  return rootUri === null || rootUri === undefined ? [] : [{ uri: rootUri, name: rootUri.slice(rootUri.lastIndexOf('/') + 1) }];
}
