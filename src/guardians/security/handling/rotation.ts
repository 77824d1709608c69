/** What to do about a credential that was seen, for a ticket or a runbook: never the credential itself. */
import { DETECTORS, OTHER_DETECTORS, type OtherDetector } from '../detectors/table.ts';

/** Steps to replace a credential of this kind, one a line, the first the one that stops the loss; undefined for an unknown detector. */
export function rotationSteps(detector: string, place: string): { readonly title: string; readonly text: string } | undefined {
  const row = DETECTORS.find((one) => one.name === detector) ?? (detector in OTHER_DETECTORS ? OTHER_DETECTORS[detector as OtherDetector] : undefined);
  if (row === undefined) { return undefined; }
  const steps = [
    `${row.rotate}. Whoever has it: ${row.opens}.`,
    'Look at orders, withdrawals and sign-ins since the file was first pushed, and at the list of keys for one you did not make.',
    'Make a new one with the rights the program needs and no others: no withdrawals, bound to the addresses it runs on.',
    'Put the new one into the environment or the vault of each machine, restart what reads it, and see it trade or read once.',
    'Take the old one out of the files, then out of the history (git filter-repo --replace-text), and tell everybody with a clone.',
  ];
  return { title: row.title, text: [`${row.title} in ${place}`, '', ...steps.map((step, i) => `${String(i + 1)}. ${step}`), ''].join('\n') };
}
