import { rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Controls,
  close,
  DashboardFiles,
  dashboardsFolder,
  type GrafanaStatus,
  listen,
  type PipelineStatus,
  StillStarting,
} from '../console/index.ts';
import type { Programs } from '../toolchain/index.ts';
import type { Activity } from './activity.ts';
import { activityControls } from './activity-controls.ts';
import type { AirflowInstallation } from './airflow/installation.ts';
import { local } from './component.ts';
import { components } from './components/list.ts';
import { queryPort } from './engine.ts';
import { openListener } from './listener/open-listener.ts';
import { createBinanceMock } from './mocks/binance.ts';
import { dashboardsOf, grafanaStatus, hostedStatuses, pipelineConsole } from './pipeline-console.ts';
import type { Settings } from './settings.ts';
import { residentBytes } from './supervisor/memory.ts';
import { Supervisor } from './supervisor/supervisor.ts';

const readyTimeoutMs = 60_000;
const readyTimeoutWithAirflowMs = 300_000;

/** Console, mock and traffic run in this process. The other components are child processes. */
export class Laptop {
  readonly settings: Settings;
  readonly #closers: (() => Promise<void>)[] = [];
  #supervisor: Supervisor | undefined;
  #activity: Activity | undefined;
  #isActive = false;
  readonly #watchers = new Set<() => void>();
  #grafana: GrafanaStatus | undefined;

  constructor(settings: Settings) {
    this.settings = settings;
  }

  /**
   * Serves the console.
   * @throws EADDRINUSE if the port is in use, for example by another pipeline
   */
  async openConsole(): Promise<void> {
    const console = pipelineConsole(this.settings, this.#controls());
    const server = await listen(console.app, this.settings.ports.console).catch((error: unknown) => {
      console.close();
      throw error;
    });
    this.#closers.push(async () => {
      console.close();
      await close(server);
    });
  }

  /**
   * Waits until the pipeline is ready.
   * @throws Error with the names of the components that did not start
   */
  async start(programs: Programs, signal: AbortSignal, airflow?: AirflowInstallation): Promise<void> {
    const { dataDir, fresh, liveRates, ports } = this.settings;
    if (fresh) rmSync(join(dataDir, 'data'), { recursive: true, force: true });
    if (!liveRates) {
      const server = await listen(createBinanceMock(ports.binanceMock), ports.binanceMock);
      this.#closers.push(() => close(server));
    }
    const listener = await openListener(this.settings);
    this.#closers.push(() => listener.close());
    this.#supervisor = new Supervisor(this.settings, components(this.settings, airflow), programs, () => {
      for (const changed of this.#watchers) changed();
    });
    this.#supervisor.start();
    // A late import saves time: the programs start while Node loads activity.ts.
    const { Activity, batchOf } = await import('./activity.ts');
    const batch = await batchOf(this.settings);
    await this.#supervisor.untilReady(airflow ? readyTimeoutWithAirflowMs : readyTimeoutMs, signal);
    this.#activity = new Activity(this.settings, this.#supervisor, batch, listener);
    await this.#activity.start(signal);
    this.#isActive = true;
  }

  /** @returns a text about success or failure; undefined without GRAFANA_URL or after an abort */
  async provisionGrafana(signal: AbortSignal): Promise<string | undefined> {
    const { root, ports, engine, grafanaServer } = this.settings;
    if (!grafanaServer) return undefined;
    const { provisionGrafana } = await import('./grafana/api.ts');
    try {
      const boards = new DashboardFiles(join(root, dashboardsFolder), dashboardsOf(this.settings));
      const dashboards = await boards.all();
      const prometheus = grafanaServer.prometheusUrl ?? local(ports[queryPort(engine)]);
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

  // The programs that send requests stop before the servers that receive these requests.
  async stop(): Promise<void> {
    await this.#activity?.stop();
    await this.#supervisor?.stop();
    await Promise.all(this.#closers.map((closer) => closer()));
  }

  async status(): Promise<PipelineStatus> {
    const rssBytes = (await residentBytes([process.pid])).get(process.pid) ?? 0;
    return {
      ready: this.#isActive && (this.#supervisor?.ready ?? false),
      components: [
        ...((await this.#supervisor?.status()) ?? []),
        ...hostedStatuses(this.settings, { pid: process.pid, rssBytes }, this.#active()),
      ],
    };
  }

  #active(): Activity | undefined {
    return this.#isActive ? this.#activity : undefined;
  }

  #ownGrafana(): GrafanaStatus | undefined {
    const isRunning =
      this.settings.grafanaProgram && this.#supervisor?.process('grafana').state === 'running';
    return isRunning ? grafanaStatus(this.settings) : undefined;
  }

  #controls(): Controls {
    const supervisor = () => {
      if (!this.#supervisor) throw new StillStarting();
      return this.#supervisor;
    };
    return {
      place: 'this laptop',
      startCommand: 'npm start',
      grafana: () => this.#grafana ?? this.#ownGrafana(),
      status: () => this.status(),
      watch: (changed) => {
        this.#watchers.add(changed);
      },
      logTail: async (name, lines) => supervisor().logTail(name, lines),
      act: async (name, action, options) => supervisor().act(name, action, options),
      maySilence: true,
      ...activityControls(() => this.#active()),
    };
  }
}
