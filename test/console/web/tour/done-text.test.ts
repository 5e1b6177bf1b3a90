import { expect, it } from 'vitest';
import { steps } from '../../../../console/tour/acts.ts';
import { doneSteps } from '../../../../console/web/views/tour/done-text.ts';

it('the Tour counts a step as done only after its check has succeeded', () => {
  const [first, second] = steps.map(({ step }) => step.id) as [string, string];
  const progress = { [first]: { done: 2 }, [second]: { acted: 1 } };
  expect(doneSteps(progress)).toEqual({ count: 1, text: `1 of ${steps.length} steps done` });
});
