import { defineConfig } from 'vitest/config';

/** Our objects on a real cluster, `CLUSTER_CONTEXT`: apart from the other tests, because it needs one. */
export default defineConfig({
  test: { include: ['test/cluster/**/*.test.ts'], fileParallelism: false, testTimeout: 60_000 },
});
