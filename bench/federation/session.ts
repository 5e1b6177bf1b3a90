import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LaptopEngine } from '../../config/topology.ts';
import { type Component, local } from '../../demo/component.ts';
import { loopback } from '../../demo/network.ts';
import { type Settings, shiftPorts } from '../../demo/settings.ts';
import { StartFailed } from '../../demo/start-failed.ts';
import { Supervisor } from '../../demo/supervisor/supervisor.ts';
import type { Programs } from '../../toolchain/index.ts';
import { takenPorts } from '../../toolchain/port-check.ts';
import { agentComponents, agentNames, exporterPort } from './agents.ts';
import { type Engine, type EngineOptions, engineOf } from './engines.ts';
import { Exporter } from './exporter.ts';

/** Offset of the engine's ports, away from those of the live tests. Every port is below 32768. */
const portOffset = 17_000;
const startTimeoutMs = 60_000;

/** What a measurement has in common with every other measurement. */
export interface Context {
  readonly root: string;
  readonly programs: Programs;
  readonly signal: AbortSignal;
}

export interface SessionOptions extends EngineOptions {
  readonly engine: LaptopEngine;
  /** Series of each agent. */
  readonly series: number;
}

/** A running engine without data, with a synthetic exporter. The agents are not started yet. */
export class Session {
  readonly engine: Engine;
  readonly stores: Supervisor;
  readonly agents: Supervisor;
  readonly agentNames: readonly string[];
  readonly exporter: Exporter;
  readonly settings: Settings;
  readonly #signal: AbortSignal;

  private constructor(dataDir: string, options: SessionOptions, { root, programs, signal }: Context) {
    const ports = shiftPorts(portOffset);
    this.settings = {
      root,
      dataDir,
      portOffset,
      ports,
      network: loopback(ports),
      engine: options.engine,
      open: false,
      fresh: true,
      liveRates: false,
      airflow: false,
      grafanaServer: undefined,
      grafanaProgram: undefined,
      outbound: {},
    };
    this.engine = engineOf(options.engine, this.settings, options);
    this.agentNames = agentNames(options.agents);
    this.exporter = new Exporter(options);
    this.stores = new Supervisor(this.settings, this.engine.components, programs);
    this.agents = new Supervisor(this.settings, agentComponents(this.settings, options), programs);
    this.#signal = signal;
  }

  /**
   * Runs a measurement on a new engine in a temporary folder. Afterwards no process and no file is left, also if the
   * measurement fails or the signal aborts.
   * @throws StartFailed if a port is in use or a program does not start
   */
  static async run<T>(
    options: SessionOptions,
    context: Context,
    measure: (session: Session) => Promise<T>,
  ): Promise<T> {
    context.signal.throwIfAborted();
    const dataDir = mkdtempSync(join(tmpdir(), 'bench-federation-'));
    const session = new Session(dataDir, options, context);
    try {
      await requireFree([
        exporterPort,
        ...session.engine.components.flatMap(({ ports }) => ports),
        ...agentComponents(session.settings, options).flatMap(({ ports }) => ports),
      ]);
      await session.exporter.listen(exporterPort);
      session.stores.start();
      await session.stores.untilReady(startTimeoutMs, context.signal);
      return await measure(session);
    } finally {
      await session.agents.stop();
      await session.stores.stop();
      session.exporter.close();
      rmSync(dataDir, { recursive: true, force: true, maxRetries: 3 });
    }
  }

  async startAgents(): Promise<void> {
    this.agents.start();
    await this.agents.untilReady(startTimeoutMs, this.#signal);
  }

  /** URLs of the listeners that count stored samples. */
  get storeUrls(): readonly string[] {
    return this.engine.storePorts.map((port) => local(this.settings.ports[port]));
  }

  get queryUrl(): string {
    return local(this.settings.ports[this.engine.queryPort]);
  }

  get ruleUrl(): string {
    return local(this.settings.ports[this.engine.rulePort]);
  }

  /** Names of the engine's processes that store no samples. */
  get others(): readonly string[] {
    const names = this.engine.components.map(({ name }: Component) => name);
    return names.filter((name) => !this.engine.storing.includes(name));
  }
}

async function requireFree(ports: readonly number[]): Promise<void> {
  const taken = await takenPorts(ports);
  if (taken.length === 0) return;
  const list = taken.map(({ port, holder }) => `${port} (${holder ?? 'unknown process'})`).join(', ');
  throw new StartFailed(
    `The bench needs these ports on 127.0.0.1, but other processes use them: ${list}. End these processes, then start the bench again.`,
  );
}
