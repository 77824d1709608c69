import { defineConfig } from 'vitest/config';

/** Property tests run at their full counts. */
const long = process.env['TICKGUARD_LONG'] === '1';

/** One vitest project a tier; `scripts/test.mjs` runs them by name and reports each one. */
const tier = (name: string, include: string[], timeout = 30_000) => ({
  test: {
    name, include, testTimeout: long ? timeout * 30 : timeout, hookTimeout: timeout * 3, pool: 'forks' as const,
    setupFiles: ['test/support/property-tests.ts'],
  },
});

export default defineConfig({
  test: {
    // Vitest leaves a core to an editor; nobody waits in one here. Measurements run alone (scripts/lib/tiers.mjs).
    maxWorkers: '100%',
    projects: [
      tier('unit', ['test/unit/**/*.test.ts']),
      tier('rules', ['test/rules/**/*.test.ts']),
      tier('corpus', ['test/corpus/**/*.test.ts'], 120_000),
      tier('mutants', ['test/mutants/**/*.test.ts'], 120_000),
      tier('cli', ['test/cli/**/*.test.ts'], 60_000),
      tier('server', ['test/server/**/*.test.ts'], 60_000),
      tier('package', ['test/package/**/*.test.ts'], 180_000),
      tier('bench', ['test/bench/**/*.test.ts'], 300_000),
      tier('look', ['test/look/**/*.test.ts'], 180_000),
    ],
  },
});
