import { scrapeIntervalSeconds } from '../config/knobs.ts';
import {
  type ComponentState,
  type ComponentStatus,
  type Console,
  type Controls,
  createConsole,
  engineApis,
  type GrafanaStatus,
  type TrafficCluster,
  topologyOf,
} from '../console/index.ts';
import { type DashboardUid, dashboardUidsFor } from '../rules/index.ts';
import { expectedOnLaptop, expectedWithThanos } from '../sources/index.ts';
import { alertmanagerApi } from '../verify/alertmanager-api.ts';
import type { Activity } from './activity.ts';
import { local } from './component.ts';
import { plannedComponents } from './components/list.ts';
import { grafanaDashboard } from './grafana/provisioning.ts';
import { type HostedComponent, hostedComponents } from './hosted.ts';
import { address, type PortName, peer } from './network.ts';
import type { Settings } from './settings.ts';

export function pipelineConsole(settings: Settings, controls: Controls): Console {
  const { root, ports, network } = settings;
  const nodes = [...plannedComponents(settings), ...hostedComponents(settings)];
  return createConsole({
    root,
    port: ports.console,
    peerHost: network.hosts.console,
    controls,
    topology: {
      ...topologyOf(nodes, scrapeIntervalSeconds.laptop, 'laptop'),
      portOffset: settings.portOffset,
    },
    ...engineApis(
      { url: peer(settings, 'prometheus') },
      settings.engine === 'thanos'
        ? { querier: { url: peer(settings, 'thanosQuery') }, ruler: { url: peer(settings, 'thanosRule') } }
        : undefined,
    ),
    alertmanager: alertmanagerApi(peer(settings, 'alertmanager')),
    dashboards: dashboardsOf(settings),
    reach: (url) => reachable(settings, url),
  });
}

export function dashboardsOf({ engine }: Pick<Settings, 'engine'>): readonly DashboardUid[] {
  return dashboardUidsFor(engine === 'thanos' ? expectedWithThanos : expectedOnLaptop);
}

/**
 * The URL at which the console reaches a component.
 * @param url URL of the component for the browser
 */
export function reachable(settings: Settings, url: string): string {
  const { host, port } = new URL(url);
  const names = Object.keys(settings.ports) as PortName[];
  const name = names.find((candidate) => settings.ports[candidate] === Number(port));
  return name ? url.replace(host, address(settings, name)) : url;
}

export function grafanaStatus(settings: Settings): GrafanaStatus {
  const url = local(settings.ports.grafana);
  const entries = dashboardsOf(settings).map((uid) => [uid, grafanaDashboard(url, uid)]);
  return { dashboards: Object.fromEntries(entries) };
}

interface ConsoleProcess {
  /** Null in a container, because the machine has different process ids. */
  readonly pid: number | null;
  /** Resident memory of the process. Only the component `console` shows this number. */
  readonly rssBytes: number;
}

/** States of the components that the supervisor does not start, such as `console` and the real Binance. */
export function hostedStatuses(
  settings: Settings,
  { pid, rssBytes }: ConsoleProcess,
  activity: Activity | undefined,
): readonly ComponentStatus[] {
  return hostedComponents(settings).map(
    ({ name, role, url, external = false, traffic }: HostedComponent) => ({
      name,
      role,
      state: traffic ? trafficState(traffic, activity) : 'running',
      pid: external ? null : pid,
      ...(url && { url }),
      rssBytes: name === 'console' ? rssBytes : 0,
      restarts: 0,
      hosted: true,
    }),
  );
}

function trafficState(cluster: TrafficCluster, activity: Activity | undefined): ComponentState {
  if (!activity) return 'starting';
  const { stalled, mode } = activity.traffic[cluster].status();
  if (stalled) return 'unhealthy';
  return mode === 'on' ? 'running' : 'stopped';
}
