import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: fileURLToPath(new URL('..', import.meta.url)),
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    exclude: ['test/e2e/**'],
    // A test that came to its end without asserting anything has failed.
    expect: { requireAssertions: true },
    restoreMocks: true,
    // Sockets of this machine and programs of the samples: generous, since no test asserts how long a thing takes.
    testTimeout: 90_000,
    reporters: ['default', ['json', { outputFile: 'test-results/unit.json' }]],
  },
});
