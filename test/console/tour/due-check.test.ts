import { describe, expect, it } from 'vitest';
import { steps } from '../../../console/tour/acts.ts';
import { afterAction, dueCheck } from '../../../console/tour/due-check.ts';

const all = steps.map(({ step }) => step);
const step = (id: string) => {
  const found = all.find((each) => each.id === id);
  if (!found) throw new Error(`no step ${id}`);
  return found;
};
const acted = 1_800_000_000_000;
const later = (seconds: number) => acted + seconds * 1000;
const interval = 5;

describe('a Tour check that does not depend on an action', () => {
  it('is repeated until it succeeds', () => {
    expect(dueCheck(step('targets-up'), {}, acted, interval)).toEqual({
      expr: 'sum(up) == count(up)',
      last: false,
    });
    expect(dueCheck(step('targets-up'), { 'targets-up': { done: 1 } }, acted, interval)).toBeUndefined();
  });
});

describe('a Tour check after an action', () => {
  const progress = { burst: { acted } };

  it('is not due in the first second', () => {
    expect(dueCheck(step('burst'), {}, acted, interval)).toBeUndefined();
    expect(dueCheck(step('burst'), progress, later(0.9), interval)).toBeUndefined();
  });

  it('compares a value with the value at the time of the action', () => {
    const risen = (metric: string) =>
      `((${metric}{cluster="nats-primary"} - ${metric}{cluster="nats-primary"} offset 7s) > 4999)`;
    expect(dueCheck(step('burst'), progress, later(7.4), interval)).toEqual({
      expr: `${risen('nats_varz_in_msgs')} and ${risen('nats_varz_out_msgs')}`,
      at: acted / 1000 + 7,
      last: false,
    });
  });

  it('continues for one scrape interval after its time limit', () => {
    const late = { at: acted / 1000 + 30, expr: expect.stringContaining('offset 30s') };
    expect(dueCheck(step('burst'), progress, later(34), interval)).toMatchObject({ ...late, last: false });
    expect(dueCheck(step('burst'), progress, later(36), interval)).toMatchObject({ ...late, last: true });
    expect(dueCheck(step('burst'), progress, later(3600), interval)).toMatchObject({ ...late, last: true });
  });

  it('waits for a number of scrapes, not for a fixed number of seconds', () => {
    const due = (seconds: number, scrapeInterval: number) =>
      dueCheck(step('no-gap'), { 'kill-prometheus': { acted } }, later(seconds), scrapeInterval);
    expect(due(39, 5)).toBeUndefined();
    const counted = 'count_over_time(up{job="another-cluster/nats"}[45100ms] offset 5s) > 8';
    expect(due(45, 5)?.expr).toContain(counted);
    expect(due(239, 30)).toBeUndefined();
    expect(due(240, 30)?.expr).toContain('[270100ms] offset 0s');
  });
});

describe('an action in the Tour', () => {
  it('marks the checks of this action as not yet passed', () => {
    const before = {
      'run-batch': { acted: 1, done: 2 },
      report: { done: 3 },
      nats: { done: 4 },
      burst: { acted: 5, done: 6 },
    };
    expect(afterAction(before, all, 'run-batch', acted)).toEqual({
      'run-batch': { acted },
      report: {},
      nats: { done: 4 },
      burst: { acted: 5, done: 6 },
    });
  });
});
