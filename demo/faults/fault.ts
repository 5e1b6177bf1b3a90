import type { EtlRun, ExpectedAlert, IntensityScale, TrafficCluster } from '../../console/index.ts';
import type { ListenerMode } from '../listener/remote-write-listener.ts';
import type { BatchMode } from '../traffic/batch.ts';

export interface FaultProcess {
  /** Undefined without a process. */
  readonly pid: number | undefined;
  /** @returns whether the component has a process */
  signal(signal: NodeJS.Signals): boolean;
}

/** The disk of a component. */
export interface Disk {
  /**
   * Fills the disk: all writes of the component fail until its process ends.
   * @throws NotPossibleNow if the component has no process, or if this machine cannot limit a process
   */
  fill(): Promise<void>;
  isFull(): Promise<boolean>;
}

/** A target whose scrapes can be delayed. */
export interface SlowScrapes {
  /**
   * @param delayMs minimum duration of each scrape in milliseconds
   * @throws NotPossibleNow if this machine cannot delay scrapes
   */
  delay(delayMs: number): Promise<void>;
  /** Ends the delay. Without a delay, it does nothing. */
  release(): Promise<void>;
}

/** A running program reads this configuration file again after a change. */
export interface ChangeableConfig {
  /**
   * Changes the file, and makes the program read it.
   * @param edit returns the changed text for the original text
   * @throws NotPossibleNow if the program has no process
   */
  change(edit: (text: string) => string): Promise<void>;
  /** Restores the original file. Without a change, it does nothing. */
  restore(): Promise<void>;
}

/** The actions that faults can use. */
export interface FaultContext {
  /** @throws Error if no component has this name */
  readonly component: (name: string) => FaultProcess;
  /** Stops a component until `start`. */
  readonly stop: (name: string) => Promise<void>;
  readonly start: (name: string) => void;
  /** Disk of the central Prometheus. */
  readonly disk: Disk;
  /** Scrapes of the node exporter. */
  readonly nodeScrapes: SlowScrapes;
  /** Configuration files of the central Prometheus and of the agent. */
  readonly config: Readonly<Record<'prometheus' | 'agent', ChangeableConfig>>;
  /** Stops the publishers of the traffic, or starts them again if `stopped` is false. */
  readonly stopPublishers: (cluster: TrafficCluster, stopped: boolean) => void;
  /** Sets how the remote-write listener treats the edge. */
  readonly treatEdge: (mode: ListenerMode) => void;
  readonly mockUrl: string;
  /**
   * Replaces the group of a job in the Pushgateway; undefined deletes it.
   * @param exposition metrics in the exposition format
   * @throws Error if the Pushgateway refuses
   */
  readonly push: (job: string, exposition: string | undefined) => Promise<void>;
  /** Starts a batch run now. Otherwise the caller could wait a minute for the next scheduled run. */
  readonly runBatch: (run: EtlRun) => Promise<void>;
  /** Stops the consumer of the traffic, or starts it again if `stalled` is false. */
  readonly stallConsumer: (cluster: TrafficCluster, stalled: boolean) => void;
  /** Publishes this number of messages immediately. */
  readonly publish: (cluster: TrafficCluster, messages: number) => Promise<void>;
  /** Forces a mode of the batch schedule. Undefined restores the mode of the user. */
  readonly holdBatch: (mode: BatchMode | undefined) => Promise<void>;
}

/** Headings for the faults: the four acts of the demo in order, then the monitoring programs. */
export const faultAreas = {
  messaging: 'NATS',
  upstream: 'USDT/VND rate',
  federation: 'Federation',
  batch: 'Batch and push',
  monitoring: 'Prometheus and Alertmanager',
} as const;
export type FaultArea = keyof typeof faultAreas;

/** A fault of production systems, with a function that injects it and a function that ends it. */
export interface Fault {
  /** Name of the fault in the path `/api/faults/<name>` of the console. */
  readonly name: string;
  /** A few words. */
  readonly title: string;
  readonly area: FaultArea;
  /** Effect of the fault on the pipeline. */
  readonly description: string;
  /** Typical cause of the fault in production. */
  readonly cause: string;
  /** These alerts fire within about a minute after the injection. */
  readonly alerts: readonly ExpectedAlert[];
  /**
   * Other alerts that the fault may cause.
   * @default none
   */
  readonly allowed?: readonly ExpectedAlert[];
  /**
   * Whether the fault disturbs other faults or hides their alerts. A drill injects it alone.
   * @default false
   */
  readonly alone?: boolean;
  /**
   * Whether the fault prevents notifications of Alertmanager.
   * @default false
   */
  readonly withoutNotifications?: boolean;
  /**
   * Whether the end of the fault restarts the program that evaluates rules. The new process does not know the firing
   * alerts. Alertmanager therefore reports the end of these alerts only about four minutes later.
   * @default false
   */
  readonly restartsEvaluator?: boolean;
  /** Broken components. The map marks only these. */
  readonly breaks: readonly string[];
  /**
   * Broken components with `--airflow`.
   * @default the components in `breaks`
   */
  readonly breaksWithAirflow?: readonly string[];
  /**
   * What the fault changes. Two faults with the same value cannot be injected at the same time.
   * @default the components in `breaks`
   */
  readonly changes?: string;
  /**
   * Range of the intensity.
   * @default only one intensity
   */
  readonly intensity?: IntensityScale;
  /**
   * Whether the fault needs the mock of Binance. The mock does not run with `--live-rates`.
   * @default false
   */
  readonly needsMock?: boolean;
  /**
   * Effect of the fault on the process of the first component in `breaks`. If another action then starts or ends this
   * process, the fault counts as ended, except with `killed`. Only for a pipeline with a supervisor.
   * @default none
   */
  readonly process?: 'stopped' | 'suspended' | 'limited' | 'killed';
  /**
   * Whether the fault needs the components' files on this machine. A pipeline in containers does not have them.
   * @default false
   */
  readonly needsFiles?: boolean;
  /**
   * Whether the effect of the fault outlasts the pipeline. If so, the next start ends the fault.
   * @default false
   */
  readonly outlivesPipeline?: boolean;
  /**
   * Injects the fault. It can be called again for an injected fault, for example with another intensity.
   * @param intensity number within the range; 0 for a fault without a range
   */
  readonly inject: (context: FaultContext, intensity: number) => Promise<void>;
  /** Ends the fault. Without the fault, it does nothing. */
  readonly restore: (context: FaultContext) => Promise<void>;
}
