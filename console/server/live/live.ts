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
  // The server also reads the components each time a component starts or stops. Between two periodic reads, a component
  // can stop and start again. Without the additional read, an open page would not show this stop.
  controls.watch?.(() => void components().catch(() => {}));
  // While no page is open, the server reads neither the components nor the rates. When a page opens, the server reads
  // them at once. Otherwise the page would first show old values.
  hub.onFirstPage(() => {
    void components().catch(() => {});
    void rates();
  });
  void poll(pollMs, signal, components);
  void poll(ratesPollMs, signal, rates);
}
