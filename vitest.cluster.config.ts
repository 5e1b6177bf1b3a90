import { defineConfig } from 'vitest/config';

/** Tests on the real cluster that `CLUSTER_CONTEXT` names. */
export default defineConfig({
  test: { include: ['test/cluster/**/*.test.ts'], fileParallelism: false, testTimeout: 60_000 },
});
