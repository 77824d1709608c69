/** Types of prepare.mjs. */
export interface HostVersion { readonly codeServer: string; readonly node: string; readonly vscode: string }
export const HOSTS: { readonly newest: HostVersion; readonly oldest: HostVersion };
export const projectRoot: string;
export const cacheDir: string;
export interface HostPaths { readonly folder: string; readonly node: string; readonly codeServer: string; readonly vscode: string }
export function hostPaths(version: HostVersion): HostPaths;
export function prepared(version?: HostVersion): boolean;
export function prepare(version?: HostVersion): HostPaths;
