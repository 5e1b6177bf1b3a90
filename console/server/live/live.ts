import type { PrometheusApi } from '../../../verify/prometheus-api.ts';
import { type Controls, offeredBy } from '../../controls.ts';
import type { Topology } from '../../topology.ts';
import type { Notifications } from '../notifications.ts';
import { publishActivity } from './activity.ts';
import { FlowReader } from './flows.ts';
import type { LiveHub } from './hub.ts';
import { poll } from './poll.ts';

const pollMs = 1000;
const ratesPollMs = 500;

export interface LiveSources {
  readonly controls: Controls;
  readonly topology: Topology;
  readonly prometheus: PrometheusApi;
  readonly notifications: Notifications;
}

/** Updates the live state while a page is open, until the signal aborts. */
export function keepLive(hub: LiveHub, sources: LiveSources, signal: AbortSignal): void {
  const { controls, topology, prometheus, notifications } = sources;
  const flows = new FlowReader(prometheus, topology);
  hub.publish('topology', topology);
  hub.publish('offered', offeredBy(controls));

  const components = async () => {
    if (!hub.watched) return;
    hub.publish('components', await controls.status());
    publishActivity(hub, controls);
    hub.publish('notifications', notifications.list);
  };
  const rates = async () => {
    if (!hub.watched) return;
    hub.publish('flows', await flows.read());
  };
  // A component can stop and start again between two periodic reads.
  controls.watch?.(() => void components().catch(() => {}));
  // Without this immediate read, a new page would first show old values.
  hub.onFirstPage(() => {
    void components().catch(() => {});
    void rates();
  });
  void poll(pollMs, signal, components);
  void poll(ratesPollMs, signal, rates);
}
