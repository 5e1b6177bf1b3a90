import type { PrometheusApi } from '../../../verify/prometheus-api.ts';
import type { Controls } from '../../controls.ts';
import type { Flows } from '../../live.ts';
import type { Topology } from '../../topology.ts';
import type { Notifications } from '../notifications.ts';
import { publishActivity } from './activity.ts';
import { readFlows } from './flows.ts';
import type { LiveHub } from './hub.ts';
import { poll } from './poll.ts';

const pollMs = 1000;

export interface LiveSources {
  readonly controls: Controls;
  readonly topology: Topology;
  readonly prometheus: PrometheusApi;
  readonly notifications: Notifications;
}

/** Keeps the sections of the hub up to date while a page is open, until the signal aborts. */
export function keepLive(hub: LiveHub, sources: LiveSources, signal: AbortSignal): void {
  const { controls, topology, prometheus, notifications } = sources;
  let flows: Flows = { at: 0, rates: {}, failing: [] };
  hub.publish('topology', topology);

  const components = async () => {
    if (!hub.watched) return;
    hub.publish('components', await controls.status());
    publishActivity(hub, controls);
    hub.publish('notifications', notifications.list);
  };
  const rates = async () => {
    if (!hub.watched) return;
    flows = await readFlows(prometheus, topology, Date.now()).catch((error: unknown) => ({
      ...flows,
      error: error instanceof Error ? error.message : String(error),
    }));
    hub.publish('flows', flows);
  };
  void poll(pollMs, signal, components);
  void poll(pollMs, signal, rates);
}
