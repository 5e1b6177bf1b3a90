import { defineConfig } from 'vitest/config';

// With NODE_USE_ENV_PROXY, Node uses a proxy even for this machine, unless NO_PROXY lists the machine.
const exempt = [process.env.no_proxy || process.env.NO_PROXY || '', '127.0.0.1', 'localhost', '[::1]'].join(
  ',',
);
process.env.NO_PROXY = exempt;
process.env.no_proxy = exempt;

export default defineConfig({
  test: {
    reporters: process.env.TEST_RESULTS ? ['default', './.ci/reporter.mjs'] : ['default'],
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
            'test/engine/**',
            'test/damaged-backups/**',
          ],
          // A process runs many test files, and loads each module only once. This halves the processor time.
          isolate: false,
          testTimeout: 20_000,
        },
      },
      {
        test: {
          // These tests use a laptop pipeline that the set-up starts.
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
          // The first build of Thanos takes eight minutes of processor time.
          name: 'engine',
          include: ['test/engine/**/*.test.ts'],
          globalSetup: ['test/engine/setup.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          // This test starts its own laptop pipeline, and deletes the data of this pipeline.
          name: 'restore',
          include: ['test/damaged-backups/**/*.test.ts'],
          testTimeout: 240_000,
        },
      },
      {
        test: {
          // These tests open the console's page in a real Chromium. All test files use one laptop pipeline.
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          exclude: ['test/browser/tour.test.ts'],
          globalSetup: ['test/browser/setup.ts'],
          fileParallelism: false,
          // On a loaded machine, a page can take longer than one second, the default timeout of `expect.poll`.
          expect: { poll: { timeout: 10_000 } },
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'tour',
          include: ['test/browser/tour.test.ts'],
          globalSetup: ['test/browser/setup.ts'],
          fileParallelism: false,
          expect: { poll: { timeout: 10_000 } },
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          // These tests run a real Caddy. The first build of Caddy takes two minutes of processor time.
          name: 'receiver',
          include: ['test/receiver/**/*.test.ts'],
          testTimeout: 90_000,
        },
      },
      {
        test: {
          // Each test file uses a real installation of Airflow. Only some test files start Airflow.
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
