/** Property tests: the same cases every time, so that a failure is one for everybody; many more in the long run. */
import fc from 'fast-check';

const long = process.env['TICKGUARD_LONG'] === '1';

/** How many times as many cases the long run takes. */
const LONGER = 10;

fc.configureGlobal({ seed: 20_260_309, ...(long ? { numRuns: 2_000, interruptAfterTimeLimit: 240_000, markInterruptAsFailure: false } : {}) });

/** The `numRuns` of a property that says its own: so many cases in `npm test`, ten times as many in `npm run test:long`. */
export function runs(count: number): number {
  return long ? count * LONGER : count;
}
