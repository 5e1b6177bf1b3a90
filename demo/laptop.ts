import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Programs } from '../toolchain/index.ts';
import { AirflowBatch } from './airflow/airflow-batch.ts';
import type { AirflowInstallation } from './airflow/installation.ts';
import { local } from './component.ts';
import { components } from './components/list.ts';
import { close, createConsole, listen, type Pipeline } from './console/server.ts';
import { type FaultContext, FaultInjector, faults } from './faults/index.ts';
import type { Settings } from './settings.ts';
import { createBinanceStandIn } from './stand-ins/binance.ts';
import { residentBytes } from './supervisor/memory.ts';
import { type ComponentStatus, Supervisor } from './supervisor/supervisor.ts';
import type { Batch } from './traffic/batch.ts';
import { BatchSchedule } from './traffic/batch-schedule.ts';
import { NatsTraffic } from './traffic/nats-traffic.ts';

const readyTimeoutMs = 60_000;
const readyTimeoutWithAirflowMs = 300_000;
const faultGraceMs = 2000;

/** The whole pipeline on one machine: the processes, and what runs beside them in this one. */
export class Laptop {
  readonly settings: Settings;
  readonly #closers: (() => Promise<void>)[] = [];
  #supervisor: Supervisor | undefined;
  #trafficRuns = false;
  #faults: FaultInjector | undefined;
  readonly batch: Batch;
  readonly traffic: Readonly<Record<'primary' | 'edge', NatsTraffic>>;

  constructor(settings: Settings) {
    const { ports } = settings;
    this.settings = settings;
    this.batch = settings.airflow
      ? new AirflowBatch(local(ports.airflow))
      : new BatchSchedule(local(ports.batchPusher));
    this.traffic = {
      primary: new NatsTraffic({ server: `nats://127.0.0.1:${ports.nats}`, rate: 40 }),
      edge: new NatsTraffic({ server: `nats://127.0.0.1:${ports.edgeNats}`, rate: 15 }),
    };
  }

  /** Takes the console's port; whoever has that is the one run at this offset. @throws EADDRINUSE */
  async openConsole(): Promise<void> {
    const server = await listen(createConsole(this.settings, this.#pipeline()), this.settings.ports.console);
    this.#closers.push(() => close(server));
  }

  /** Starts everything and resolves once it is ready. @throws Error naming what did not come up */
  async start(programs: Programs, signal: AbortSignal, airflow?: AirflowInstallation): Promise<void> {
    const { dataDir, fresh, liveRates, ports } = this.settings;
    if (fresh) rmSync(join(dataDir, 'data'), { recursive: true, force: true });
    if (!liveRates) {
      const server = await listen(createBinanceStandIn(ports.binanceStandIn), ports.binanceStandIn);
      this.#closers.push(() => close(server));
    }
    this.#supervisor = new Supervisor(this.settings, components(this.settings, airflow), programs);
    this.#supervisor.start();
    await this.#supervisor.untilReady(airflow ? readyTimeoutWithAirflowMs : readyTimeoutMs, signal);
    await Promise.all(Object.values(this.traffic).map((t) => t.start()));
    await this.batch.start(signal);
    this.#faults = new FaultInjector(faults, this.#faultContext(this.#supervisor));
    this.#trafficRuns = true;
  }

  /** Stops what sends, then the processes, then what they talk to; within 5 s. */
  async stop(): Promise<void> {
    await Promise.all([this.batch.stop(), ...Object.values(this.traffic).map((t) => t.stop())]);
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
      ready: this.#trafficRuns && (this.#supervisor?.ready ?? false),
      components: [
        ...((await this.#supervisor?.status()) ?? []),
        hosted('console', 'this page, the supervisor and the traffic', ports.console, own),
        ...(liveRates
          ? []
          : [
              hosted(
                'binance-stand-in',
                'answers like Binance P2P, part of the console',
                ports.binanceStandIn,
                0,
              ),
            ]),
      ],
    };
  }

  #pipeline(): Pipeline {
    const faultInjector = () => this.#faults;
    return {
      status: () => this.status(),
      runBatch: (run) => this.batch.trigger(run),
      burst: () => this.traffic.primary.burst(),
      get faults() {
        return faultInjector();
      },
    };
  }

  #faultContext(supervisor: Supervisor): FaultContext {
    const { ports } = this.settings;
    return {
      component: (name) => supervisor.process(name),
      stop: (name) => supervisor.process(name).stop(faultGraceMs),
      start: (name) => supervisor.process(name).start(),
      standInUrl: local(ports.binanceStandIn),
      runBatch: async (run) => {
        await this.batch.trigger(run);
      },
      setTraffic: (cluster, mode) => {
        this.traffic[cluster].mode = mode;
      },
      setBatch: (mode) => this.batch.setMode(mode),
    };
  }
}
