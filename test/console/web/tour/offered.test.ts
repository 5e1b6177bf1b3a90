import { describe, expect, it } from 'vitest';
import { type Controls, offeredBy } from '../../../../console/controls.ts';
import type { TourAction } from '../../../../console/tour/step.ts';
import { isOffered } from '../../../../console/web/views/tour/perform.ts';
import { fakeControls } from '../../fake-console.ts';

const actions: readonly TourAction[] = [
  { kind: 'burst' },
  { kind: 'batch' },
  { kind: 'batch', failAt: 'load' },
  { kind: 'kill', component: 'prometheus', seconds: 20 },
  { kind: 'inject', fault: 'nats-killed' },
  { kind: 'restore', fault: 'nats-killed' },
];
const offeredTo = (controls: Controls) => actions.filter((action) => isOffered(action, offeredBy(controls)));

describe('a step of the tour', () => {
  const { place, startCommand, status, runBatch, ...all } = fakeControls();

  it('offers every kind of action if the pipeline runs on the laptop', () => {
    expect(offeredTo({ place, startCommand, status, runBatch, ...all })).toEqual(actions);
  });

  it('offers one action if a CronJob exists: a batch run without parameters', () => {
    expect(offeredTo({ place, startCommand, status, runBatch, runIsFixed: true })).toEqual([
      { kind: 'batch' },
    ]);
  });

  it('offers no action if the cluster has no CronJob', () => {
    expect(offeredTo({ place, startCommand, status })).toEqual([]);
  });
});
