import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { scrapeIntervalSeconds } from '../config/knobs.ts';
import {
  type ComponentState,
  type ComponentStatus,
  type Controls,
  close,
  createConsole,
  DashboardFiles,
  dashboardsFolder,
  type GrafanaStatus,
  listen,
  type PipelineStatus,
  StillStarting,
  type TrafficCluster,
  topologyOf,
} from '../console/index.ts';
import { dashboardUids } from '../rules/index.ts';
import type { Programs } from '../toolchain/index.ts';
import { alertmanagerApi } from '../verify/alertmanager-api.ts';
import { alertsApi } from '../verify/alerts-api.ts';
import { prometheusApi } from '../verify/prometheus-api.ts';
import { sendTo } from '../verify/send.ts';
import type { Activity } from './activity.ts';
import type { AirflowInstallation } from './airflow/installation.ts';
import { local } from './component.ts';
import { components, plannedComponents } from './components/list.ts';
import { grafanaDashboard } from './grafana/provisioning.ts';
import { type HostedComponent, hostedComponents } from './hosted.ts';
import { createBinanceMock } from './mocks/binance.ts';
import type { Settings } from './settings.ts';
import { residentBytes } from './supervisor/memory.ts';
import { Supervisor } from './supervisor/supervisor.ts';

const readyTimeoutMs = 60_000;
const readyTimeoutWithAirflowMs = 300_000;

/** The whole pipeline on one machine: the processes, and the console, mock and traffic in this process. */
export class Laptop {
  readonly settings: Settings;
  readonly #closers: (() => Promise<void>)[] = [];
  #supervisor: Supervisor | undefined;
  #activity: Activity | undefined;
  #isActive = false;
  #grafana: GrafanaStatus | undefined;
  readonly #watchers = new Set<() => void>();

  constructor(settings: Settings) {
    this.settings = settings;
  }

  /** Listens on the console's port; only one pipeline can run at each offset. @throws EADDRINUSE */
  async openConsole(): Promise<void> {
    const { root, ports } = this.settings;
    const prometheus = local(ports.prometheus);
    const nodes = [...plannedComponents(this.settings), ...hostedComponents(this.settings)];
    const console = createConsole({
      root,
      port: ports.console,
      controls: this.#controls(),
      topology: topologyOf(nodes, scrapeIntervalSeconds.laptop, 'laptop'),
      prometheus: prometheusApi(prometheus),
      sendToPrometheus: sendTo(prometheus),
      alerts: alertsApi(prometheus),
      alertmanager: alertmanagerApi(local(ports.alertmanager)),
    });
    const server = await listen(console.app, ports.console).catch((error: unknown) => {
      console.close();
      throw error;
    });
    this.#closers.push(async () => {
      console.close();
      await close(server);
    });
  }

  /** Starts everything and resolves when it is ready. @throws Error that names the components that did not start */
  async start(programs: Programs, signal: AbortSignal, airflow?: AirflowInstallation): Promise<void> {
    const { dataDir, fresh, liveRates, ports } = this.settings;
    if (fresh) rmSync(join(dataDir, 'data'), { recursive: true, force: true });
    if (!liveRates) {
      const server = await listen(createBinanceMock(ports.binanceMock), ports.binanceMock);
      this.#closers.push(() => close(server));
    }
    this.#supervisor = new Supervisor(this.settings, components(this.settings, airflow), programs, () => {
      for (const changed of this.#watchers) changed();
    });
    this.#supervisor.start();
    // The modules load while the programs start.
    const { Activity, batchOf } = await import('./activity.ts');
    const batch = await batchOf(this.settings);
    await this.#supervisor.untilReady(airflow ? readyTimeoutWithAirflowMs : readyTimeoutMs, signal);
    this.#activity = new Activity(this.settings, this.#supervisor, batch);
    await this.#activity.start(signal);
    this.#isActive = true;
  }

  /**
   * Gives the dashboards to the Grafana of GRAFANA_URL. A failure does not end the pipeline.
   * @returns the outcome as a sentence; undefined without such a Grafana
   */
  async provisionGrafana(signal: AbortSignal): Promise<string | undefined> {
    const { root, ports, grafanaServer } = this.settings;
    if (!grafanaServer) return undefined;
    const { provisionGrafana } = await import('./grafana/api.ts');
    try {
      const boards = new DashboardFiles(join(root, dashboardsFolder));
      const dashboards = await boards.all();
      const prometheus = grafanaServer.prometheusUrl ?? local(ports.prometheus);
      this.#grafana = await provisionGrafana(grafanaServer, prometheus, dashboards, signal);
      return (
        this.#grafana.problem ?? `Grafana at ${grafanaServer.url} has the ${dashboards.length} dashboards.`
      );
    } catch (error) {
      if (signal.aborted) return undefined;
      const problem = error instanceof Error ? error.message : String(error);
      this.#grafana = { dashboards: {}, problem };
      return problem;
    }
  }

  /** Stops the traffic first, then the processes, then the servers that they use; within 5 s. */
  async stop(): Promise<void> {
    await this.#activity?.stop();
    await this.#supervisor?.stop();
    await Promise.all(this.#closers.map((closer) => closer()));
  }

  async status(): Promise<PipelineStatus> {
    const own = (await residentBytes([process.pid])).get(process.pid) ?? 0;
    return {
      ready: this.#isActive && (this.#supervisor?.ready ?? false),
      components: [
        ...((await this.#supervisor?.status()) ?? []),
        ...hostedComponents(this.settings).map((hosted) => this.#hostedStatus(hosted, own)),
      ],
    };
  }

  /** The memory of this process counts once, as that of the console. */
  #hostedStatus(
    { name, role, url, external = false, traffic }: HostedComponent,
    ownBytes: number,
  ): ComponentStatus {
    return {
      name,
      role,
      state: traffic ? this.#trafficState(traffic) : 'running',
      pid: external ? null : process.pid,
      ...(url && { url }),
      rssBytes: name === 'console' ? ownBytes : 0,
      restarts: 0,
      hosted: true,
    };
  }

  /** The Grafana of PATH, while it answers. */
  #ownGrafana(): GrafanaStatus | undefined {
    const { grafanaProgram, ports } = this.settings;
    if (!grafanaProgram || this.#supervisor?.process('grafana').state !== 'running') return undefined;
    const url = local(ports.grafana);
    return { dashboards: Object.fromEntries(dashboardUids.map((uid) => [uid, grafanaDashboard(url, uid)])) };
  }

  /** A shop that bills nothing is unhealthy, also when it does not publish. */
  #trafficState(cluster: TrafficCluster): ComponentState {
    if (!this.#isActive || !this.#activity) return 'starting';
    const { stalled, mode } = this.#activity.traffic[cluster].status();
    if (stalled) return 'unhealthy';
    return mode === 'on' ? 'running' : 'stopped';
  }

  #controls(): Controls {
    const active = () => (this.#isActive ? this.#activity : undefined);
    const activity = () => {
      const found = active();
      if (!found) throw new StillStarting();
      return found;
    };
    const supervisor = () => {
      if (!this.#supervisor) throw new StillStarting();
      return this.#supervisor;
    };
    return {
      place: 'this laptop',
      grafana: () => this.#grafana ?? this.#ownGrafana(),
      status: () => this.status(),
      watch: (changed) => {
        this.#watchers.add(changed);
      },
      logTail: async (name, lines) => supervisor().logTail(name, lines),
      act: async (name, action) => supervisor().act(name, action),
      maySilence: true,
      runBatch: async (run) => activity().batch.run(run),
      burst: async ({ cluster = 'primary', messages } = {}) => activity().traffic[cluster].burst(messages),
      faults: {
        list: () => active()?.faults.list() ?? [],
        inject: async (name, options) => activity().faults.inject(name, options),
        restore: async (name) => activity().faults.restore(name),
        clear: async () => activity().clear(),
      },
      schedule: {
        status: () => activity().schedule.status(),
        start: (options) => activity().schedule.start(options),
        stop: async () => activity().schedule.stop(),
      },
      traffic: {
        status: (cluster) => activity().traffic[cluster].status(),
        set: (cluster, change) => activity().traffic[cluster].set(change),
      },
      batch: {
        schedule: () => activity().batch.schedule(),
        runs: () => activity().batch.runs(),
        setMode: async (mode) => activity().batch.setMode(mode),
      },
    };
  }
}
