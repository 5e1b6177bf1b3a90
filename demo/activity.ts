import { local } from './component.ts';
import { FaultInjector, faultsOf } from './faults/index.ts';
import type { Settings } from './settings.ts';
import type { Supervisor } from './supervisor/supervisor.ts';
import type { Batch } from './traffic/batch.ts';
import { BatchSchedule } from './traffic/batch-schedule.ts';
import { NatsTraffic } from './traffic/nats-traffic.ts';

const faultGraceMs = 2000;

/** The schedule that runs the batch: Airflow if `settings.airflow` is set, otherwise a timer in this process. */
export async function batchOf({ ports, airflow }: Settings): Promise<Batch> {
  if (!airflow) return new BatchSchedule(local(ports.batchPusher));
  const { AirflowBatch } = await import('./airflow/airflow-batch.ts');
  return new AirflowBatch(local(ports.airflow));
}

/** Generates activity in the running pipeline: traffic, batch runs and injected faults. */
export class Activity {
  readonly batch: Batch;
  readonly traffic: Readonly<Record<'primary' | 'edge', NatsTraffic>>;
  readonly faults: FaultInjector;

  constructor({ ports, liveRates }: Settings, supervisor: Supervisor, batch: Batch) {
    this.batch = batch;
    this.traffic = {
      primary: new NatsTraffic({ server: `nats://127.0.0.1:${ports.nats}`, rate: 40 }),
      edge: new NatsTraffic({ server: `nats://127.0.0.1:${ports.edgeNats}`, rate: 15 }),
    };
    this.faults = new FaultInjector(faultsOf({ liveRates }), {
      component: (name) => supervisor.process(name),
      stop: (name) => supervisor.process(name).stop(faultGraceMs),
      start: (name) => supervisor.process(name).start(),
      mockUrl: local(ports.binanceMock),
      runBatch: async (run) => {
        await this.batch.trigger(run);
      },
      setTraffic: (cluster, mode) => {
        this.traffic[cluster].mode = mode;
      },
      setBatch: (mode) => this.batch.setMode(mode),
    });
  }

  /** @throws Error if NATS or Airflow does not answer */
  async start(signal: AbortSignal): Promise<void> {
    await Promise.all(Object.values(this.traffic).map((traffic) => traffic.start()));
    await this.batch.start(signal);
  }

  async stop(): Promise<void> {
    await Promise.all([this.batch.stop(), ...Object.values(this.traffic).map((traffic) => traffic.stop())]);
  }
}
