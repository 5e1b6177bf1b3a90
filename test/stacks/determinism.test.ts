import { expect, it } from 'vitest';
import { committed } from './environments.ts';
import { synthesize } from './synthesis.ts';

it('a second synthesis writes the same bytes as the first synthesis', async () => {
  expect((await synthesize(committed)).texts).toEqual((await synthesize(committed)).texts);
});

it('the stacks of an environment do not change when other environments are added', async () => {
  const together = (await synthesize(committed)).texts;
  for (const environment of committed) {
    for (const [stack, text] of (await synthesize([environment])).texts)
      expect(text).toBe(together.get(stack));
  }
});
