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
import { areFree, takenPorts } from '../../toolchain/port-check.ts';
import { agentComponents, agentNames, exporterPort } from './agents.ts';
import { type Engine, type EngineOptions, engineOf } from './engines.ts';
import { Exporter } from './exporter.ts';

/** Port offsets for parallel benches. All ports are below 32768, the first outgoing port of Linux. */
export const portOffsets = Array.from({ length: 20 }, (_, index) => 17_000 + 111 * index);
const startTimeoutMs = 60_000;

export interface Context {
  readonly root: string;
  readonly programs: Programs;
  readonly signal: AbortSignal;
}

export interface SessionOptions extends EngineOptions {
  readonly engine: LaptopEngine;
  readonly series: number;
}

/** A running engine and a running synthetic exporter. The engine has no data at the start. */
export class Session {
  readonly engine: Engine;
  readonly stores: Supervisor;
  readonly agents: Supervisor;
  readonly agentNames: readonly string[];
  readonly exporter: Exporter;
  readonly settings: Settings;
  readonly #signal: AbortSignal;

  private constructor(
    settings: Settings,
    exporter: Exporter,
    options: SessionOptions,
    { programs, signal }: Context,
  ) {
    this.settings = settings;
    this.engine = engineOf(options.engine, this.settings, options);
    this.agentNames = agentNames(options.agents);
    this.exporter = exporter;
    this.stores = new Supervisor(this.settings, this.engine.components, programs);
    this.agents = new Supervisor(this.settings, agentComponents(this.settings, options), programs);
    this.#signal = signal;
  }

  /**
   * Measures a new engine.
   * @throws StartFailed if no ports are free, or if a program does not start
   */
  static async run<T>(
    options: SessionOptions,
    context: Context,
    measure: (session: Session) => Promise<T>,
  ): Promise<T> {
    context.signal.throwIfAborted();
    const dataDir = mkdtempSync(join(tmpdir(), 'bench-federation-'));
    const exporter = new Exporter(options);
    let session: Session | undefined;
    try {
      const settings = await freeSettings(dataDir, exporter, options, context);
      session = new Session(settings, exporter, options, context);
      session.stores.start();
      await session.stores.untilReady(startTimeoutMs, context.signal);
      return await measure(session);
    } finally {
      await session?.agents.stop();
      await session?.stores.stop();
      exporter.close();
      rmSync(dataDir, { recursive: true, force: true, maxRetries: 3 });
    }
  }

  async startAgents(): Promise<void> {
    this.agents.start();
    await this.agents.untilReady(startTimeoutMs, this.#signal);
  }

  get storeUrls(): readonly string[] {
    return this.engine.storePorts.map((port) => local(this.settings.ports[port]));
  }

  get queryUrl(): string {
    return local(this.settings.ports[this.engine.queryPort]);
  }

  get ruleUrl(): string {
    return local(this.settings.ports[this.engine.rulePort]);
  }

  get others(): readonly string[] {
    const names = this.engine.components.map(({ name }: Component) => name);
    return names.filter((name) => !this.engine.storing.includes(name));
  }
}

async function freeSettings(
  dataDir: string,
  exporter: Exporter,
  options: SessionOptions,
  { root }: Context,
): Promise<Settings> {
  const all = portOffsets.map((offset) => settingsAt(offset, { root, dataDir, engine: options.engine }));
  for (const settings of all) {
    if (!(await areFree(portsOf(settings, options)))) continue;
    try {
      await exporter.listen(exporterPort(settings));
      return settings;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    }
  }
  const [first] = all;
  const taken = first ? await takenPorts(portsOf(first, options)) : [];
  const list = taken.map(({ port, holder }) => `${port} (${holder ?? 'unknown process'})`).join(', ');
  throw new StartFailed(
    `The bench tried ${all.length} ranges of ports on 127.0.0.1. Each range contains ports that are in use. In the first range, these ports are in use: ${list}. End the processes that use these ports, then start the bench again.`,
  );
}

function portsOf(settings: Settings, options: SessionOptions): readonly number[] {
  const components = [
    ...engineOf(options.engine, settings, options).components,
    ...agentComponents(settings, options),
  ];
  return [exporterPort(settings), ...components.flatMap(({ ports }) => ports)];
}

function settingsAt(portOffset: number, placed: Pick<Settings, 'root' | 'dataDir' | 'engine'>): Settings {
  const ports = shiftPorts(portOffset);
  return {
    ...placed,
    portOffset,
    ports,
    network: loopback(ports),
    open: false,
    fresh: true,
    liveRates: false,
    airflow: false,
    grafanaServer: undefined,
    grafanaProgram: undefined,
    outbound: {},
  };
}
