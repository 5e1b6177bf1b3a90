import { join } from 'node:path';
import { clusters } from '../config/topology.ts';
import type { TrafficCluster } from '../console/index.ts';
import { textfiles } from './components/node-exporter.ts';
import { prometheusConfig } from './components/prometheus.ts';
import { agentConfig } from './components/prometheus-agent.ts';
import { dataFolders } from './data-folders.ts';
import { ConfigFile } from './faults/config-file.ts';
import { FaultInjector, type FaultProcess, FaultSchedule, faultsOf } from './faults/index.ts';
import { LimitedDisk } from './faults/limited-disk.ts';
import { pushGroup } from './faults/push-group.ts';
import { SlowFile } from './faults/slow-file.ts';
import type { RemoteWriteListener } from './listener/remote-write-listener.ts';
import { address, type PortName, peer } from './network.ts';
import type { Settings } from './settings.ts';
import type { Batch } from './traffic/batch.ts';
import { BatchControl } from './traffic/batch-control.ts';
import { BatchSchedule } from './traffic/batch-schedule.ts';
import { NatsTraffic } from './traffic/nats-traffic.ts';
import { RunHistory } from './traffic/run-history.ts';

const faultGraceMs = 2000;

/** Without Airflow, a timer in this process runs the batch. */
export async function batchOf(settings: Settings): Promise<BatchParts> {
  const history = new RunHistory();
  if (!settings.airflow) {
    return { batch: new BatchSchedule(peer(settings, 'batchPusher'), history), history };
  }
  const { AirflowBatch } = await import('./airflow/airflow-batch.ts');
  return { batch: new AirflowBatch(peer(settings, 'airflow')), history };
}

interface Processes {
  process(name: string): FaultProcess & {
    stop(graceMs: number): Promise<void>;
    start(): void;
  };
}

interface BatchParts {
  readonly batch: Batch;
  readonly history: RunHistory;
}

/** The traffic, the batch runs and the faults of the running pipeline. */
export class Activity {
  readonly batch: BatchControl;
  readonly traffic: Readonly<Record<TrafficCluster, NatsTraffic>>;
  readonly faults: FaultInjector;
  readonly schedule: FaultSchedule;
  readonly #batch: Batch;

  /** @param processes undefined if no supervisor runs the components, as in Docker */
  constructor(
    settings: Settings,
    processes: Processes | undefined,
    { batch, history }: BatchParts,
    listener: Pick<RemoteWriteListener, 'mode'>,
  ) {
    const { liveRates, airflow } = settings;
    const process = (name: string) => {
      if (!processes)
        throw new Error(
          `The console cannot stop, start or suspend ${name}, because Docker runs this component. Use docker compose stop, start or pause with the name ${name}.`,
        );
      return processes.process(name);
    };
    const configOf = (name: string, file: string) =>
      new ConfigFile(join(settings.dataDir, file), () => process(name).signal('SIGHUP'));
    this.#batch = batch;
    this.batch = new BatchControl(batch, history);
    const traffic = (cluster: TrafficCluster, port: PortName, rate: number) =>
      new NatsTraffic({
        server: `nats://${address(settings, port)}`,
        cluster: clusters[cluster].cluster,
        rate,
      });
    this.traffic = {
      primary: traffic('primary', 'nats', 40),
      edge: traffic('edge', 'edgeNats', 15),
    };
    this.faults = new FaultInjector(faultsOf({ liveRates, airflow, processes: processes !== undefined }), {
      component: process,
      stop: (name) => process(name).stop(faultGraceMs),
      start: (name) => process(name).start(),
      disk: new LimitedDisk(
        () => process('prometheus').pid,
        join(settings.dataDir, dataFolders.prometheus, 'wal'),
      ),
      nodeScrapes: new SlowFile(join(settings.dataDir, textfiles, 'slow.prom')),
      config: {
        prometheus: configOf('prometheus', prometheusConfig),
        agent: configOf('prometheus-agent', agentConfig),
      },
      stopPublishers: (cluster, stopped) => {
        this.traffic[cluster].paused = stopped;
      },
      treatEdge: (mode) => {
        listener.mode = mode;
      },
      mockUrl: peer(settings, 'binanceMock'),
      push: (job, exposition) => pushGroup(peer(settings, 'pushgateway'), job, exposition),
      runBatch: async (run) => {
        await this.batch.run(run);
      },
      stallConsumer: (cluster, stalled) => {
        this.traffic[cluster].stalled = stalled;
      },
      publish: async (cluster, messages) => {
        await this.traffic[cluster].publishNow(messages);
      },
      holdBatch: (mode) => this.batch.hold(mode),
    });
    this.schedule = new FaultSchedule(this.faults);
  }

  /**
   * Starts the traffic and the batch.
   * @throws Error if NATS, the Pushgateway or Airflow does not answer
   */
  async start(signal: AbortSignal): Promise<void> {
    await Promise.all([
      this.faults.restoreEarlier(),
      ...Object.values(this.traffic).map((traffic) => traffic.start()),
    ]);
    await this.#batch.start(signal);
  }

  /**
   * @returns the names of the ended faults
   * @throws ControlFailed
   */
  async clear(): Promise<readonly string[]> {
    this.schedule.cancel();
    return this.faults.clear();
  }

  async stop(): Promise<void> {
    this.schedule.cancel();
    await Promise.all([
      this.faults.stop(),
      this.#batch.stop(),
      ...Object.values(this.traffic).map((traffic) => traffic.stop()),
    ]);
  }
}
