import { effect } from '@preact/signals';
import { afterEach, describe, expect, it } from 'vitest';
import type { Controls } from '../../../console/controls.ts';
import { publishActivity } from '../../../console/server/live/activity.ts';
import { LiveHub } from '../../../console/server/live/hub.ts';
import { live, setLive } from '../../../console/web/live.ts';
import { settingsOf } from '../../../console/web/views/faults/traffic-settings.ts';
import { fakeControls } from '../fake-console.ts';

/** Converts the state of `controls` to JSON and sends the JSON to the page, as the console server does. */
function receive(controls: Controls = fakeControls()): void {
  const hub = new LiveHub();
  hub.subscribe((section, json) => setLive(section, JSON.parse(json)));
  publishActivity(hub, controls);
}

describe('the live state in the page', () => {
  let end = () => {};
  afterEach(() => end());

  it('is not drawn again if the console sends an unchanged state', () => {
    receive();
    let drawings = 0;
    end = effect(() => {
      const read = [live.faults, live.schedule, live.traffic, live.batch].map(({ value }) => value);
      if (!read.includes(undefined)) drawings += 1;
    });
    receive();
    expect(drawings).toBe(1);
  });

  it('keeps the same object for a fault that did not change', () => {
    receive();
    const before = live.faults.value ?? [];
    const controls = fakeControls();
    const list = () => controls.faults.list().map((fault) => ({ ...fault, injected: fault.name === 'slow' }));
    receive({ ...controls, faults: { ...controls.faults, list } });
    const after = live.faults.value ?? [];
    expect(after.map(({ name, injected }) => [name, injected])).toEqual([
      ['nats-killed', false],
      ['slow', true],
    ]);
    expect(after.map((fault, index) => fault === before[index])).toEqual([true, false]);
  });
});

describe('the traffic settings on the page', () => {
  it('include the message rate, but not the counts of messages and clients', () => {
    const { traffic } = fakeControls();
    const status = { primary: traffic.status('primary'), edge: traffic.status('edge') };
    const counted = { ...status, primary: { ...status.primary, published: 41, connected: 3 } };
    expect(settingsOf(counted)).toEqual(settingsOf(status));
    const faster = { ...status, primary: { ...status.primary, rate: 41 } };
    expect(settingsOf(faster)?.primary.rate).toBe(41);
    expect(settingsOf(faster)).not.toEqual(settingsOf(status));
  });
});
