import { afterEach, describe, expect, it, vi } from 'vitest';
import type { LiveSection } from '../../../console/live.ts';
import { LiveHub } from '../../../console/server/live/hub.ts';
import { keepLive } from '../../../console/server/live/live.ts';
import { Notifications } from '../../../console/server/notifications.ts';
import type { PrometheusApi } from '../../../verify/prometheus-api.ts';
import { until } from '../../live/processes.ts';
import { fakeControls, topology } from '../fake-console.ts';

const ended: AbortController[] = [];
const edge = {
  id: 'e',
  from: 'a',
  to: 'b',
  kind: 'push',
  fetches: false,
  unit: 'pushes/min',
  rate: 'up',
} as const;

function live(query: PrometheusApi['query'], controls: Parameters<typeof keepLive>[1]['controls']) {
  const hub = new LiveHub();
  const end = new AbortController();
  ended.push(end);
  const prometheus = { query } as PrometheusApi;
  const drawn = { ...topology, edges: [edge] };
  keepLive(hub, { controls, topology: drawn, prometheus, notifications: new Notifications() }, end.signal);
  const sections = new Map<LiveSection, unknown>();
  const open = () => hub.subscribe((section, json) => sections.set(section, JSON.parse(json)));
  return { sections, open };
}

afterEach(() => {
  for (const end of ended.splice(0)) end.abort();
});

describe('the live state of the console', () => {
  it('is read as soon as the first page opens, and not earlier', async () => {
    const query = vi.fn(async () => []);
    const controls = fakeControls();
    const { sections, open } = live(query, controls);
    expect([query.mock.calls.length, controls.status.mock.calls.length]).toEqual([0, 0]);
    open();
    await until(
      () => [...sections.keys()].join(),
      () => sections.has('components') && sections.has('flows'),
      900,
    );
  });

  it('reads the flow rates more than once a second for an open page', async () => {
    const readings: number[] = [];
    const { open } = live(async () => {
      readings.push(Date.now());
      return [];
    }, fakeControls());
    open();
    await until(
      () => readings.join(),
      () => readings.length >= 5,
      10_000,
    );
    const pauses = readings.slice(2).map((at, index) => at - (readings[index + 1] as number));
    // A single long pause on a loaded machine does not fail the test.
    const [, median] = pauses.slice(0, 3).sort((a, b) => a - b);
    expect(median).toBeLessThan(900);
  });

  it('shows a change of a component immediately', async () => {
    let changed = () => {};
    const controls = { ...fakeControls(), watch: (listener: () => void) => (changed = listener) };
    const { sections, open } = live(async () => [], controls);
    open();
    await until(
      () => 'no state',
      () => sections.has('components'),
      900,
    );
    const component = { name: 'nats', state: 'restarting' };
    controls.status.mockResolvedValueOnce({ ready: false, components: [component] } as never);
    changed();
    await until(
      () => JSON.stringify(sections.get('components')),
      () => JSON.stringify(sections.get('components'))?.includes('restarting'),
      900,
    );
  });

  it('lists the controls that the pipeline offers', () => {
    const { logTail: _logs, act: _act, burst: _burst, ...others } = fakeControls();
    const readOnly = { ...others, notOffered: 'This place breaks nothing.' };
    const { sections, open } = live(async () => [], readOnly);
    open();
    expect(sections.get('offered')).toEqual({
      place: 'a test',
      startCommand: 'npm start',
      logs: false,
      actions: false,
      faults: true,
      batch: true,
      batchSettings: true,
      burst: false,
      silences: false,
      notOffered: 'This place breaks nothing.',
    });
  });

  it('shows the components while Prometheus does not answer', async () => {
    const { sections, open } = live(async () => {
      throw new Error('no answer');
    }, fakeControls());
    open();
    await until(
      () => JSON.stringify([...sections]),
      () => sections.has('components') && sections.has('flows'),
      5000,
    );
    expect(sections.get('flows')).toEqual({ at: 0, rates: {}, failing: [], error: 'no answer' });
  });
});
