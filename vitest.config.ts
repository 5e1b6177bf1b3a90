import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/live/**'],
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
    ],
  },
});
