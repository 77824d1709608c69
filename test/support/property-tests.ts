/** Property tests: the same cases every time, so that a failure is one for everybody; many more in the long run. */
import fc from 'fast-check';

const long = process.env['TICKGUARD_LONG'] === '1';

fc.configureGlobal({ seed: 20_260_309, ...(long ? { numRuns: 2_000, interruptAfterTimeLimit: 240_000, markInterruptAsFailure: false } : {}) });
