import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

// Tests connect only to this machine. They use no proxy, even if NODE_USE_ENV_PROXY is set (Node 24).
const exempt = [process.env.no_proxy || process.env.NO_PROXY || '', '127.0.0.1', 'localhost', '[::1]'].join(
  ',',
);
process.env.NO_PROXY = exempt;
process.env.no_proxy = exempt;

/** Folder into which each test run writes its results. The gate counts the results. */
const results = process.env.TEST_RESULTS;

export default defineConfig({
  test: {
    reporters: results
      ? ['default', ['json', { outputFile: join(results, `${process.pid}.json`) }]]
      : ['default'],
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: [
            'test/live/**',
            'test/browser/**',
            'test/cluster/**',
            'test/airflow/**',
            'test/receiver/**',
          ],
          // One process for many files, so that the providers are loaded once and not once a file: half the processor
          // time. Our own modules are still loaded again for each file.
          isolate: false,
          testTimeout: 20_000,
        },
      },
      {
        test: {
          // Against one running laptop pipeline that the set-up starts; its files run one after another.
          name: 'live',
          include: ['test/live/**/*.test.ts'],
          globalSetup: ['test/live/setup.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          // The console's page in a real Chromium, against a running laptop pipeline of its own. Its files run one after
          // another, because they share the pipeline.
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          globalSetup: ['test/browser/setup.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          // Real Caddy in front of a real Prometheus, with the configuration that the stacks make. The first build of Caddy
          // takes two minutes of processor time.
          name: 'receiver',
          include: ['test/receiver/**/*.test.ts'],
          testTimeout: 90_000,
        },
      },
      {
        test: {
          // In a real Airflow that each file starts for itself, one after another.
          name: 'airflow',
          include: ['test/airflow/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 240_000,
          hookTimeout: 30 * 60_000,
        },
      },
    ],
  },
});
