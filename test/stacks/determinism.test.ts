import { expect, it } from 'vitest';
import { committed } from './environments.ts';
import { synthesize } from './synthesis.ts';

it('a second synthesis is the first, byte for byte', () => {
  expect(synthesize(committed).texts).toEqual(synthesize(committed).texts);
});

it('what an environment gets does not depend on the others', () => {
  const together = synthesize(committed).texts;
  for (const environment of committed) {
    for (const [stack, text] of synthesize([environment]).texts) expect(text).toBe(together.get(stack));
  }
});
