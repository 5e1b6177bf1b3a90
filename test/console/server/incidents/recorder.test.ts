import { describe, expect, it } from 'vitest';
import { at, fault, labelsOf, Scene } from './scenes.ts';

function firing(): Scene {
  const scene = new Scene();
  scene.read(0);
  scene.faults(1.2, fault(1));
  scene.read(5.5, { activeAt: 5 });
  scene.found('conditionTrue', 2);
  scene.read(10.5, { activeAt: 5, state: 'firing' });
  scene.found('firing', 10);
  scene.notify(11, 'firing', 10);
  return scene;
}

describe('an incident', () => {
  it('records the time of each step, from the fault to the resolved notification', () => {
    const scene = firing();
    expect(scene.incident).toMatchObject({
      alert: 'Down',
      state: 'firing',
      severity: 'critical',
      summary: 'It is down.',
      fault: { name: 'kill', injectedAt: at(1) },
      seconds: { conditionTrue: 1, pending: 3, firing: 5, notified: 1 },
      total: { notified: 10 },
    });
    scene.faults(20, fault());
    scene.read(25.5);
    expect(scene.incident.state).toBe('ended');
    scene.found('conditionFalse', 22);
    scene.notify(27, 'resolved', 10);
    expect(scene.incident).toMatchObject({
      state: 'resolved',
      fault: { restoredAt: at(20) },
      seconds: { conditionFalse: 2, resolved: 5 },
      total: { notified: 10, resolved: 7 },
      gaps: [],
    });
    expect(scene.times()).toEqual({
      faultInjected: 1,
      conditionTrue: 2,
      pending: 5,
      firing: 10,
      notified: 11,
      faultRestored: 20,
      conditionFalse: 22,
      resolved: 27,
    });
    expect(scene.recorder.lookups).toEqual([]);
  });

  it('fires at the first evaluation with a true condition if the rule has no `for`', () => {
    const scene = new Scene();
    scene.read(0);
    scene.read(5.5, { activeAt: 5, state: 'firing' });
    scene.found('firing', 5);
    expect(scene.incident).toMatchObject({ state: 'firing', seconds: { firing: 0 } });
    expect(scene.times()).toMatchObject({ pending: 5, firing: 5 });
  });

  it('is followed by a second incident when its alert starts again', () => {
    const scene = firing();
    scene.read(15.5);
    scene.read(20.5, { activeAt: 20 });
    scene.read(25.5, { activeAt: 20, state: 'firing' });
    scene.notify(16, 'resolved', 10);
    scene.notify(26, 'firing', 25);
    const [second, first] = scene.incidents;
    expect([scene.times(second), scene.times(first)]).toMatchObject([
      { pending: 20, notified: 26 },
      { pending: 5, notified: 11, resolved: 16 },
    ]);
    expect(scene.times(second).resolved).toBeUndefined();
    expect([second?.state, first?.state]).toEqual(['firing', 'resolved']);
  });

  it('is followed by a second incident if its alert starts again between two queries', () => {
    const scene = firing();
    scene.read(21, { activeAt: 20 });
    expect(scene.incidents.map(({ state }) => state)).toEqual(['pending', 'ended']);
  });

  it('is recorded once for each set of labels of an alert', () => {
    const scene = new Scene();
    scene.read(0);
    const [buy, sell] = [{ side: 'buy' }, { side: 'sell' }];
    scene.faults(1, fault(1, buy));
    scene.read(6, { activeAt: 5, labels: buy }, { activeAt: 4, labels: sell, state: 'firing' });
    scene.notify(6, 'firing', 4, sell);
    scene.read(11, { activeAt: 4, labels: sell, state: 'firing' });
    const found = scene.incidents.map(({ labels, state, fault: cause, times }) => ({
      side: labels.side,
      state,
      fault: cause?.name,
      notified: times.notified,
    }));
    expect(found).toEqual([
      { side: 'buy', state: 'ended', fault: 'kill', notified: undefined },
      { side: 'sell', state: 'firing', fault: undefined, notified: at(6) },
    ]);
  });

  it('contains the silence and the inhibiting alert that suppress its notification', () => {
    const scene = new Scene();
    scene.read(6, { activeAt: 5, state: 'firing' }, { name: 'Cause', activeAt: 5, state: 'firing' });
    const inhibited = { state: 'suppressed', inhibitedBy: ['c1'], silencedBy: ['s1'] } as const;
    const alerts = [
      { labels: labelsOf({}), status: { ...inhibited, inhibitedBy: ['c1'], silencedBy: ['s1'] } },
      { fingerprint: 'c1', labels: labelsOf({ name: 'Cause' }) },
    ];
    scene.suppressed(...alerts);
    scene.suppressed(...alerts);
    const incident = scene.incidents.find(({ alert }) => alert === 'Down');
    expect(incident?.inhibitedBy).toEqual([{ alert: 'Cause', labels: labelsOf({ name: 'Cause' }) }]);
    expect(incident?.silencedBy).toEqual(['s1']);
    scene.read(11, { name: 'Cause', activeAt: 5, state: 'firing' });
    expect(scene.incidents.find(({ alert }) => alert === 'Down')?.state).toBe('ended');
  });

  it('ends without firing if the fault ends before the alert fires', () => {
    const scene = new Scene();
    scene.read(0);
    scene.faults(1, fault(1));
    scene.read(6, { activeAt: 5 });
    scene.found('conditionTrue', 2);
    scene.faults(7, fault());
    scene.read(11);
    scene.found('conditionFalse', 8);
    expect(scene.incident.state).toBe('ended');
    expect(scene.times()).toEqual({
      faultInjected: 1,
      conditionTrue: 2,
      pending: 5,
      faultRestored: 7,
      conditionFalse: 8,
    });
  });

  it('names a fault as its cause if the fault ended shortly before the alert', () => {
    const scene = new Scene();
    scene.faults(1, fault(1));
    scene.faults(4, fault());
    scene.read(6, { activeAt: 5 });
    expect(scene.times()).toMatchObject({ faultInjected: 1, faultRestored: 4 });
    scene.read(50);
    scene.read(100, { activeAt: 99 });
    expect(scene.incidents[0]?.fault).toBeUndefined();
  });

  it('has a condition that ends with the fault, even if Prometheus reports an earlier end', () => {
    const scene = firing();
    scene.faults(20, fault());
    scene.read(21);
    scene.found('conditionFalse', 16);
    expect(scene.times().conditionFalse).toBe(20);
  });

  it('is attributed to the last fault that was injected before the incident', () => {
    const scene = firing();
    scene.read(15.5);
    // The recorder does not see the end of the first injection.
    scene.faults(30, fault(29));
    scene.read(35.5, { activeAt: 35 });
    expect(scene.incidents.map(({ fault: cause }) => cause)).toEqual([
      { name: 'kill', injectedAt: at(29) },
      { name: 'kill', injectedAt: at(1), restoredAt: at(30) },
    ]);
  });

  it('contains a notification that arrives before the console has read the alert', () => {
    const scene = new Scene();
    scene.read(9);
    scene.notify(10.2, 'firing', 10);
    scene.read(10.5, { activeAt: 10, state: 'firing' });
    expect(scene.times().notified).toBe(10.2);
  });

  it('keeps the time of its first notification after a repeated notification', () => {
    const scene = firing();
    scene.notify(70, 'firing', 10);
    expect(scene.times().notified).toBe(11);
  });

  it('is removed after 200 newer incidents', () => {
    const scene = new Scene();
    for (let n = 0; n < 210; n += 1) {
      scene.read(10 * n, { activeAt: 10 * n });
      scene.read(10 * n + 5);
    }
    expect(scene.incidents).toHaveLength(200);
    expect(scene.incidents[0]?.times.pending).toBe(at(2090));
  });
});

describe('the search for the start of an alert condition', () => {
  it('covers no time before the fault injection', () => {
    const scene = new Scene();
    scene.read(0);
    scene.faults(1.2, fault(1));
    scene.read(5.5, { activeAt: 5 });
    expect(scene.lookup('conditionTrue')).toMatchObject({ from: at(1), to: at(5), first: true });
  });

  it('covers at most 15 minutes', () => {
    const scene = new Scene();
    scene.read(0);
    scene.faults(1.2, fault(1));
    scene.read(2000, { activeAt: 1999 });
    expect(scene.lookup('conditionTrue').from).toBe(at(1999 - 900));
  });
});

describe('while Prometheus does not answer', () => {
  it('an incident stays open with an unknown state', () => {
    const scene = firing();
    scene.recorder.lost();
    expect(scene.incident).toMatchObject({ state: 'firing', unknownSince: at(10.5) });
    scene.read(40, { activeAt: 5, state: 'firing' });
    expect(scene.incident.unknownSince).toBeUndefined();
    expect(scene.incident.gaps).toEqual([{ from: at(10.5), to: at(40) }]);
  });

  it('a resolved notification does not end the incident', () => {
    const scene = firing();
    scene.recorder.lost();
    scene.notify(200, 'resolved', 10);
    expect(scene.incident.state).toBe('firing');
    scene.read(220, { activeAt: 5, state: 'firing' });
    scene.read(221);
    expect(scene.incident.state).toBe('ended');
    expect(scene.times().resolved).toBeUndefined();
  });
});

it('an incident ends when Prometheus answers again and no longer lists the alert', () => {
  const scene = firing();
  scene.recorder.lost();
  scene.read(40);
  expect(scene.incident.state).toBe('ended');
  expect(scene.lookup('conditionFalse')).toMatchObject({ activeAt: at(10.5), to: at(40) });
});

describe('after a restart of Prometheus', () => {
  it('the incident continues when its alert is pending again', () => {
    const scene = firing();
    scene.restartPrometheus(14);
    scene.read(15);
    expect(scene.incident).toMatchObject({ state: 'firing', unknownSince: at(10.5) });
    scene.read(18, { activeAt: 17 });
    expect(scene.incident).toMatchObject({ state: 'pending', gaps: [{ from: at(10.5), to: at(18) }] });
    // Prometheus restores the start time of an alert without milliseconds, up to 1 s too early.
    scene.read(23, { activeAt: 4.9, state: 'firing' });
    expect(scene.times()).toMatchObject({ pending: 5, firing: 10, notified: 11 });
    scene.read(28);
    scene.notify(29, 'resolved', 10);
    expect(scene.incident.state).toBe('resolved');
  });

  it('the incident ends if its alert returns and then disappears', () => {
    const scene = firing();
    scene.restartPrometheus(14);
    scene.read(15, { activeAt: 14 });
    scene.read(16);
    expect(scene.incident.state).toBe('ended');
    scene.read(22, { activeAt: 21 });
    scene.read(60, { activeAt: 59 });
    expect(scene.incidents.map(({ state }) => state)).toEqual(['pending', 'ended', 'ended']);
  });

  it('an incident ends after three evaluations without its alert', () => {
    const scene = firing();
    scene.restartPrometheus(14);
    scene.read(15);
    scene.read(29);
    expect(scene.incident.state).toBe('firing');
    scene.read(30);
    expect(scene.incident.state).toBe('ended');
    expect(scene.times().conditionFalse).toBeNull();
  });
});

it('the incident recorder treats an alert as missing if `activeAt` of the alert changes', () => {
  const scene = firing();
  const known = { labels: labelsOf({}), annotations: {}, state: 'firing', value: '0' } as const;
  expect(scene.recorder.isMissing([{ ...known, activeAt: at(5) }])).toBe(false);
  expect(scene.recorder.isMissing([{ ...known, activeAt: at(17) }])).toBe(true);
  expect(scene.recorder.isMissing([])).toBe(true);
});

describe('an incident before the start of the console', () => {
  it('has an unknown notification time', () => {
    const scene = new Scene();
    scene.read(0, { activeAt: -600, state: 'firing' });
    scene.found('firing', -590);
    scene.notify(5, 'firing', -590);
    expect(scene.times()).toMatchObject({ pending: -600, firing: -590, notified: null });
    expect(scene.incident.seconds).toMatchObject({ firing: 10 });
    expect(scene.incident.seconds.notified).toBeUndefined();
  });

  it('has firing time `null` if the samples do not show this time', () => {
    const scene = new Scene();
    scene.read(0, { activeAt: -600, state: 'firing' });
    scene.found('firing', null);
    expect(scene.times()).toMatchObject({ firing: null, notified: null });
  });
});

describe('the time of an incident step', () => {
  it('is unknown after five failed queries to Prometheus', () => {
    const scene = new Scene();
    scene.read(6, { activeAt: 5 });
    for (let attempt = 1; attempt < 5; attempt += 1) {
      scene.found('conditionTrue', new Error('no answer'));
      expect(scene.times().conditionTrue).toBeUndefined();
    }
    scene.found('conditionTrue', new Error('no answer'));
    expect(scene.times().conditionTrue).toBeNull();
    expect(scene.recorder.lookups).toEqual([]);
  });
});
