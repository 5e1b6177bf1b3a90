import type { PrometheusApi } from '../../../verify/prometheus-api.ts';
import { type Controls, offeredBy } from '../../controls.ts';
import type { Topology } from '../../topology.ts';
import type { Notifications } from '../notifications.ts';
import { publishActivity } from './activity.ts';
import { FlowReader } from './flows.ts';
import type { LiveHub } from './hub.ts';
import { poll } from './poll.ts';

const pollMs = 1000;
/** Shorter, because a rate on the page must be at most a scrape interval and one second old, on a busy machine too. */
const ratesPollMs = 500;

export interface LiveSources {
  readonly controls: Controls;
  readonly topology: Topology;
  readonly prometheus: PrometheusApi;
  readonly notifications: Notifications;
}

/** Keeps the sections of the hub up to date while a page is open, until the signal aborts. */
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
  // A restart can end before the next reading.
  controls.watch?.(() => void components().catch(() => {}));
  // The values of the last visit may be hours old when a page opens again.
  hub.onFirstPage(() => {
    void components().catch(() => {});
    void rates();
  });
  void poll(pollMs, signal, components);
  void poll(ratesPollMs, signal, rates);
}
