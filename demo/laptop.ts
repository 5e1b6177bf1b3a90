import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Programs } from '../toolchain/index.ts';
import type { Activity } from './activity.ts';
import type { AirflowInstallation } from './airflow/installation.ts';
import { local } from './component.ts';
import { components } from './components/list.ts';
import { close, createConsole, listen, type Pipeline, StillStarting } from './console/server.ts';
import { createBinanceMock } from './mocks/binance.ts';
import type { Settings } from './settings.ts';
import { residentBytes } from './supervisor/memory.ts';
import { type ComponentStatus, Supervisor } from './supervisor/supervisor.ts';

const readyTimeoutMs = 60_000;
const readyTimeoutWithAirflowMs = 300_000;

/** The whole pipeline on one machine: the processes, and the console, mock and traffic in this process. */
export class Laptop {
  readonly settings: Settings;
  readonly #closers: (() => Promise<void>)[] = [];
  #supervisor: Supervisor | undefined;
  #activity: Activity | undefined;
  #isActive = false;

  constructor(settings: Settings) {
    this.settings = settings;
  }

  /** Listens on the console's port; only one pipeline can run at each offset. @throws EADDRINUSE */
  async openConsole(): Promise<void> {
    const server = await listen(createConsole(this.settings, this.#pipeline()), this.settings.ports.console);
    this.#closers.push(() => close(server));
  }

  /** Starts everything and resolves when it is ready. @throws Error that names the components that did not start */
  async start(programs: Programs, signal: AbortSignal, airflow?: AirflowInstallation): Promise<void> {
    const { dataDir, fresh, liveRates, ports } = this.settings;
    if (fresh) rmSync(join(dataDir, 'data'), { recursive: true, force: true });
    if (!liveRates) {
      const server = await listen(createBinanceMock(ports.binanceMock), ports.binanceMock);
      this.#closers.push(() => close(server));
    }
    this.#supervisor = new Supervisor(this.settings, components(this.settings, airflow), programs);
    this.#supervisor.start();
    // The modules load while the programs start.
    const { Activity, batchOf } = await import('./activity.ts');
    const batch = await batchOf(this.settings);
    await this.#supervisor.untilReady(airflow ? readyTimeoutWithAirflowMs : readyTimeoutMs, signal);
    this.#activity = new Activity(this.settings, this.#supervisor, batch);
    await this.#activity.start(signal);
    this.#isActive = true;
  }

  /** Stops the traffic first, then the processes, then the servers that they use; within 5 s. */
  async stop(): Promise<void> {
    await this.#activity?.stop();
    await this.#supervisor?.stop();
    await Promise.all(this.#closers.map((closer) => closer()));
  }

  async status(): Promise<{ ready: boolean; components: ComponentStatus[] }> {
    const own = (await residentBytes([process.pid])).get(process.pid) ?? 0;
    const { ports, liveRates } = this.settings;
    const hosted = (name: string, role: string, port: number, rssBytes: number): ComponentStatus => ({
      name,
      role,
      state: 'running',
      pid: process.pid,
      url: local(port),
      rssBytes,
      restarts: 0,
    });
    return {
      ready: this.#isActive && (this.#supervisor?.ready ?? false),
      components: [
        ...((await this.#supervisor?.status()) ?? []),
        hosted('console', 'this page, the supervisor and the traffic', ports.console, own),
        ...(liveRates
          ? []
          : [
              hosted(
                'binance-mock',
                'answers like Binance P2P, in the console’s process',
                ports.binanceMock,
                0,
              ),
            ]),
      ],
    };
  }

  #pipeline(): Pipeline {
    const active = () => (this.#isActive ? this.#activity : undefined);
    const activity = () => {
      const found = active();
      if (!found) throw new StillStarting();
      return found;
    };
    return {
      status: () => this.status(),
      runBatch: async (run) => activity().batch.trigger(run),
      burst: async () => activity().traffic.primary.burst(),
      get faults() {
        return active()?.faults;
      },
    };
  }
}
