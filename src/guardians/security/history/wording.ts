/** What is said about a kind of credential: title, what it opens, where it is revoked. */
import { DETECTORS, OTHER_DETECTORS, type OtherDetector } from '../detectors/table.ts';

export interface DetectorWording {
  readonly title: string;
  readonly opens: string;
  readonly rotate: string;
  readonly provider?: string;
  /** What whoever has it can do with it, one word each: `read`, `trade`, `withdraw`. */
  readonly can?: readonly string[];
}

/** The wording of a detector; one of the desk's own brings it along as evidence, one that is not known, of settings that changed, is named by itself. */
export function wordingOf(detector: string, evidence: Readonly<Record<string, string>> = {}): DetectorWording {
  const row = DETECTORS.find(({ name }) => name === detector);
  if (row === undefined) {
    const other = Object.hasOwn(OTHER_DETECTORS, detector) ? OTHER_DETECTORS[detector as OtherDetector] : undefined;
    const { title = detector, opens = 'it opens what it was made for', rotate = 'Revoke it', provider } = evidence;
    return other ?? { title, opens, rotate, ...(provider === undefined ? {} : { provider }) };
  }
  const { title, opens, rotate, provider, can } = row;
  return { title, opens, rotate, provider, can };
}

/** Whether a detector knows more of a value than that it is one. */
export function isGeneric(detector: string): boolean {
  return detector.startsWith('generic-');
}
