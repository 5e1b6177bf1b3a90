import { describe, expect, it } from 'vitest';
import { steps } from '../../../../console/tour/acts.ts';
import { endsOf } from '../../../../console/web/views/tour/ends.ts';

describe('the Tour', () => {
  it('marks its first step and its last step, but no step between them', () => {
    const ends = steps.map(endsOf);
    expect(ends.map(({ isFirst }) => isFirst)).toEqual(steps.map((_, index) => index === 0));
    expect(ends.map(({ isLast }) => isLast)).toEqual(steps.map((_, index) => index === steps.length - 1));
  });
});
