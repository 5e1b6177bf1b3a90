import { describe, expect, it } from 'vitest';
import type { FaultStatus } from '../../../../console/controls/faults.ts';
import type { ComponentState, ComponentStatus } from '../../../../console/controls.ts';
import type { Flows } from '../../../../console/live.ts';
import type { Topology } from '../../../../console/topology.ts';
import { conditionsOf, rateText } from '../../../../console/web/views/map/condition.ts';
import { processText, spokenName } from '../../../../console/web/views/map/texts.ts';

const node = (name: string) => ({ name, role: '', place: 'outside' as const, keySeries: [] });
const topology: Topology = {
  nodes: [node('pusher'), node('gateway'), node('prometheus')],
  edges: [
    {
      id: 'push',
      from: 'pusher',
      to: 'gateway',
      kind: 'push',
      fetches: false,
      unit: 'pushes/min',
      rate: 'x',
    },
    {
      id: 'scrape',
      from: 'prometheus',
      to: 'pusher',
      kind: 'scrape',
      fetches: true,
      unit: 'samples/s',
      rate: 'y',
    },
  ],
  scrapeIntervalSeconds: 5,
  profile: 'laptop',
};
const status = (name: string, state: ComponentState = 'running', restarts = 0): ComponentStatus => ({
  name,
  state,
  pid: 1,
  rssBytes: 50 * 1024 * 1024,
  restarts,
  role: '',
});
const fault = (title: string, breaks: string[], injected = true): FaultStatus => ({
  name: title.toLowerCase(),
  title,
  description: '',
  alerts: [],
  breaks,
  injected,
});
const flows: Flows = { at: 1, rates: { push: 1, scrape: 84.2 }, failing: [] };

function conditions(
  gateway: ComponentState,
  faults: readonly FaultStatus[] = [],
  seen: Flows | undefined = flows,
) {
  const components = [status('pusher'), status('gateway', gateway), status('prometheus')];
  return conditionsOf(topology, components, faults, seen);
}
const edge = (result: ReturnType<typeof conditions>, id: string) => result.edges.get(id);

describe('the condition of a component', () => {
  it.each([
    ['running', 'good', 'Running'],
    ['starting', 'info', 'Starting'],
    ['unhealthy', 'warn', 'Unhealthy'],
    ['restarting', 'warn', 'Restarting'],
    ['stopping', 'quiet', 'Stopping'],
    ['stopped', 'quiet', 'Stopped'],
  ] as const)('has a colour and a text for the state %s', (state, tone, text) => {
    expect(conditions(state).nodes.get('gateway')).toMatchObject({ state, tone, text, faults: [] });
  });

  it('does not list a fault that only breaks other components', () => {
    const { nodes } = conditions('stopped', [fault('Killed', ['gateway']), fault('Off', ['pusher'], false)]);
    expect(nodes.get('gateway')).toMatchObject({
      tone: 'bad',
      text: 'Stopped by a fault',
      faults: [{ title: 'Killed' }],
    });
    expect([...nodes].filter(([, { faults }]) => faults.length > 0).map(([name]) => name)).toEqual([
      'gateway',
    ]);
  });

  it('is "Broken by a fault" if a running component has a fault', () => {
    expect(conditions('running', [fault('Garbage', ['gateway'])]).nodes.get('gateway')).toMatchObject({
      state: 'running',
      tone: 'bad',
      text: 'Broken by a fault',
    });
  });

  it('is unknown until the page receives the first status', () => {
    const { nodes } = conditionsOf(topology, [], [], undefined);
    expect(nodes.get('gateway')).toMatchObject({ state: 'unknown', text: 'No state yet' });
  });

  it('has a text for screen readers', () => {
    const condition = conditions('stopped', [fault('Killed', ['gateway'])]).nodes.get('gateway');
    expect(condition && spokenName('gateway', condition)).toBe(
      'gateway, stopped by a fault, Killed, 50 MiB · 0 restarts',
    );
  });

  it('contains "no separate process" if process and memory are missing', () => {
    const hosted = { ...status('shop'), rssBytes: 0, hosted: true };
    expect(processText({ state: 'running', tone: 'good', text: 'Running', faults: [], status: hosted })).toBe(
      'no separate process',
    );
  });
});

describe('the displayed state of a connection', () => {
  it('is "flowing" with a rate and a unit if the rate is above 0', () => {
    expect(edge(conditions('running'), 'scrape')).toEqual({
      kind: 'flowing',
      text: '84.2 samples/s',
      rate: 84.2,
    });
  });

  it('is "idle" at a rate of 0, and "unknown" without a rate', () => {
    const idle = conditions('running', [], { at: 1, rates: { push: 0 }, failing: [] });
    expect(edge(idle, 'push')).toMatchObject({ kind: 'idle', text: '0 pushes/min' });
    expect(edge(idle, 'scrape')).toMatchObject({ kind: 'unknown', text: 'no data' });
  });

  it.each(['stopped', 'stopping', 'starting', 'restarting'] as const)(
    'is "broken" while the component at one end is %s',
    (state) => {
      const result = conditions(state);
      expect(edge(result, 'push')).toEqual({ kind: 'broken', text: `gateway is ${state}`, rate: 0 });
      expect(edge(result, 'scrape')?.kind).toBe('flowing');
    },
  );

  it('is "failing" while the component at one end does not answer', () => {
    expect(edge(conditions('unhealthy'), 'push')).toMatchObject({
      kind: 'failing',
      text: 'no answer',
    });
  });

  it('is "failing" if `flows.failing` contains the connection', () => {
    const result = conditions('running', [], { ...flows, failing: ['push'] });
    expect(edge(result, 'push')).toMatchObject({ kind: 'failing', text: 'failing, 1 pushes/min' });
  });

  it('is "flowing" if the component at one end has a fault but still answers', () => {
    expect(edge(conditions('running', [fault('Slow', ['gateway'])]), 'push')?.kind).toBe('flowing');
  });

  it('has the rate 0 if the real rate is very small', () => {
    expect(rateText(0.001, 'messages/s')).toBe('0 messages/s');
  });
});
