import { describe, expect, it } from 'vitest';
import { type Incident, incidentSteps } from '../../../../console/alerting.ts';
import { isWaiting, timelineOf } from '../../../../console/web/views/alerts/timeline-steps.ts';

const incident = (changes: Partial<Incident>): Incident => ({
  id: 'Down-1',
  alert: 'Down',
  labels: {},
  severity: 'critical',
  summary: '',
  state: 'firing',
  times: {},
  seconds: {},
  total: {},
  inhibitedBy: [],
  silencedBy: [],
  gaps: [],
  ...changes,
});

const alertSteps = incidentSteps.filter((step) => !step.startsWith('fault'));
const fault = { name: 'kill', injectedAt: 0 };

/** Text of each step with its seconds. `…` marks a running step, and `?` marks an unknown time. */
const drawn = (changes: Partial<Incident>, now = 0) =>
  timelineOf(incident(changes), now).map(({ step, at, seconds, runs }) =>
    [step, at === null ? '?' : '', seconds ?? '', runs ? '…' : ''].filter((part) => part !== '').join(' '),
  );

describe('the timeline of an incident', () => {
  it('has the seconds from each step to the next', () => {
    const times = {
      faultInjected: 0,
      conditionTrue: 1500,
      pending: 5000,
      firing: 10_000,
      notified: 11_000,
      faultRestored: 20_000,
      conditionFalse: 22_000,
      resolved: 27_000,
    };
    expect(drawn({ state: 'resolved', fault, times })).toEqual([
      'faultInjected 1.5',
      'conditionTrue 3.5',
      'pending 5',
      'firing 1',
      'notified 9',
      'faultRestored 2',
      'conditionFalse 5',
      'resolved',
    ]);
  });

  it('shows how long the current step lasts', () => {
    const times = { faultInjected: 0, conditionTrue: 1000, pending: 5000 };
    expect(drawn({ state: 'pending', fault, times }, 8000)).toEqual([
      'faultInjected 1',
      'conditionTrue 4',
      'pending 3 …',
      'firing',
      'notified',
      'faultRestored',
      'conditionFalse',
      'resolved',
    ]);
  });

  it('has no notification if the alert is inhibited or silenced', () => {
    const times = { pending: 0, firing: 0 };
    const inhibitedBy = [{ alert: 'Cause' }];
    expect(drawn({ times, inhibitedBy })).toEqual(['pending 0', 'firing 0 …', 'conditionFalse']);
    expect(drawn({ times, silencedBy: ['s1'] })).toEqual(['pending 0', 'firing 0 …', 'conditionFalse']);
  });

  it('has its steps in the order of their times', () => {
    const times = { faultInjected: 0, pending: 5000, firing: 10_000, faultRestored: 7000 };
    expect(drawn({ fault, times, inhibitedBy: [{ alert: 'Cause' }] }, 12_000)).toEqual([
      'faultInjected 5',
      'pending 2',
      'faultRestored 3',
      'firing 2 …',
      'conditionFalse',
    ]);
  });

  it('keeps the usual order of steps if the time of a step is unknown', () => {
    const times = { pending: 5000, firing: null, notified: null };
    expect(drawn({ times }, 9000)).toEqual([
      'pending',
      'firing ?',
      'notified ? …',
      'conditionFalse',
      'resolved',
    ]);
  });

  it('puts `firing` after `pending` if the firing time is unknown', () => {
    const times = {
      faultInjected: 0,
      faultRestored: 5000,
      conditionTrue: 6000,
      pending: 13_000,
      firing: null,
      notified: 14_000,
      conditionFalse: 35_000,
      resolved: 39_000,
    };
    expect(drawn({ state: 'resolved', fault, times })).toEqual([
      'faultInjected 5',
      'faultRestored 1',
      'conditionTrue 7',
      'pending',
      'firing ?',
      'notified 21',
      'conditionFalse 4',
      'resolved',
    ]);
  });

  it.each(alertSteps)('keeps the usual order of steps if the time of %s is unknown', (step) => {
    const times = {
      ...Object.fromEntries(alertSteps.map((each, index) => [each, (index + 3) * 1000])),
      faultInjected: 0,
      faultRestored: 1000,
      [step]: null,
    };
    const order = timelineOf(incident({ state: 'resolved', fault, times }), 0).map((each) => each.step);
    expect(order).toEqual(['faultInjected', 'faultRestored', ...alertSteps]);
  });

  it('ends without `resolved` if no notification was sent', () => {
    const times = { pending: 0, conditionFalse: 5000 };
    expect(drawn({ state: 'ended', times })).toEqual(['pending 5', 'conditionFalse']);
    const notified = { ...times, firing: 1000, notified: 2000 };
    expect(drawn({ state: 'ended', times: notified }, 7000)).toEqual([
      'pending 1',
      'firing 1',
      'notified 3',
      'conditionFalse 2 …',
      'resolved',
    ]);
  });

  it.each([
    ['runs while the alert fires', { state: 'firing', times: { pending: 0, firing: 1 } }, true],
    ['runs until an ended alert is resolved', { state: 'ended', times: { firing: 0, notified: 1 } }, true],
    ['stops if the alert ends without firing', { state: 'ended', times: { pending: 0 } }, false],
    ['stops when the alert is resolved', { state: 'resolved', times: { firing: 0, resolved: 1 } }, false],
  ] as const)('has a seconds counter that %s', (_, changes, waits) => {
    expect(isWaiting(incident(changes))).toBe(waits);
    const later = timelineOf(incident(changes), 90_000);
    expect(JSON.stringify(later) !== JSON.stringify(timelineOf(incident(changes), 5000))).toBe(waits);
  });
});
