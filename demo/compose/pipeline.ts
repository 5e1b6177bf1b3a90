import { setTimeout as delay } from 'node:timers/promises';
import { type Controls, close, listen, type PipelineStatus } from '../../console/index.ts';
import { Activity, batchOf } from '../activity.ts';
import { activityControls } from '../activity-controls.ts';
import { components } from '../components/list.ts';
import { openListener } from '../listener/open-listener.ts';
import type { RemoteWriteListener } from '../listener/remote-write-listener.ts';
import { createBinanceMock } from '../mocks/binance.ts';
import { grafanaStatus, hostedStatuses, pipelineConsole } from '../pipeline-console.ts';
import type { Settings } from '../settings.ts';
import { ServiceHealth } from './service-health.ts';

const retryMs = 1000;

export const notOffered =
  'Docker runs the components here, therefore this page shows no logs, cannot stop or kill a component, and offers no fault that stops or kills a component. Use docker compose logs, stop, kill and start with the name of the component.';

/** The process of the service `console`. */
export class ComposePipeline {
  readonly #settings: Settings;
  readonly #health: ServiceHealth;
  readonly #closers: (() => Promise<void>)[] = [];
  #activity: Activity | undefined;

  constructor(settings: Settings) {
    this.#settings = settings;
    this.#health = new ServiceHealth(components(settings));
  }

  /** @throws EADDRINUSE if a port is in use */
  async run(signal: AbortSignal): Promise<void> {
    const { ports, network } = this.#settings;
    const console = pipelineConsole(this.#settings, this.#controls());
    this.#closers.push(async () => console.close());
    const mock = createBinanceMock(ports.binanceMock, undefined, network.hosts.binanceMock);
    const listener = await openListener(this.#settings);
    this.#closers.push(() => listener.close());
    const servers = await Promise.all([
      listen(console.app, ports.console, network.listen),
      listen(mock, ports.binanceMock, network.listen),
    ]);
    this.#closers.push(...servers.map((server) => () => close(server)));
    this.#health.start();
    await this.#health.untilReady(['nats', 'edge-nats', 'batch-pusher'], signal);
    await this.#begin(signal, listener);
  }

  async stop(): Promise<void> {
    await this.#activity?.stop();
    await this.#health.stop();
    await Promise.all(this.#closers.map((closer) => closer()));
  }

  status(): PipelineStatus {
    const process = { pid: null, rssBytes: globalThis.process.memoryUsage.rss() };
    return {
      ready: this.#activity !== undefined && this.#health.ready(),
      components: [...this.#health.status(), ...hostedStatuses(this.#settings, process, this.#activity)],
    };
  }

  /** Starts the traffic. Tries again every second, because a Compose service may not be ready. */
  async #begin(signal: AbortSignal, listener: RemoteWriteListener): Promise<void> {
    while (!signal.aborted) {
      const activity = new Activity(this.#settings, undefined, await batchOf(this.#settings), listener);
      try {
        await activity.start(signal);
        this.#activity = activity;
        return;
      } catch (error) {
        console.error(
          `The demo traffic and the batch could not start. The console tries again every second. Reason: ${error instanceof Error ? error.message : error}`,
        );
        await activity.stop();
        await delay(retryMs, undefined, { signal }).catch(() => {});
      }
    }
  }

  #controls(): Controls {
    return {
      place: 'Docker Compose',
      startCommand: 'docker compose up --detach',
      notOffered,
      status: async () => this.status(),
      grafana: () =>
        this.#health.state('grafana') === 'running' ? grafanaStatus(this.#settings) : undefined,
      maySilence: true,
      ...activityControls(() => this.#activity),
    };
  }
}
