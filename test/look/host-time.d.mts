/** Types of host-time.mjs. */
import type { HostVersion } from '../host/prepare.mjs';

export function packEmpty(): string;
export function activationTimes(options: { readonly vsix: string; readonly runs: number; readonly version?: HostVersion }):
Promise<{ readonly ours: readonly number[]; readonly empty: readonly number[] }>;
export function hostProfile(options: { readonly vsix: string; readonly version?: HostVersion }):
Promise<{ readonly longest: number; readonly where: string; readonly load: number; readonly inActivate: boolean }>;
