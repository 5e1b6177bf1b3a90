import type { EtlRun, ExpectedAlert, IntensityScale, TrafficCluster } from '../../console/index.ts';
import type { ListenerMode } from '../listener/remote-write-listener.ts';
import type { BatchMode } from '../traffic/batch.ts';

/** The process of a component. */
export interface FaultProcess {
  /** Process id; undefined while the component has no process. */
  readonly pid: number | undefined;
  /**
   * Sends a signal.
   * @returns whether the component has a process
   */
  signal(signal: NodeJS.Signals): boolean;
}

/** The disk of a component. */
export interface Disk {
  /**
   * Fills the disk: every further write of the component fails, until its process ends.
   * @throws NotPossibleNow if the component has no process, or if this machine cannot limit a process
   */
  fill(): Promise<void>;
  /** Whether the disk is full. */
  isFull(): Promise<boolean>;
}

/** Scrapes of a target that can be delayed. */
export interface SlowScrapes {
  /**
   * Delays each scrape.
   * @param delayMs milliseconds from the start of a scrape
   * @throws NotPossibleNow if this machine cannot delay scrapes
   */
  delay(delayMs: number): Promise<void>;
  /** Ends the delay. Has no effect if no scrape is delayed. */
  release(): Promise<void>;
}

/** The actions that faults can use. */
export interface FaultContext {
  /**
   * Finds a component by name.
   * @throws Error if no component has this name
   */
  readonly component: (name: string) => FaultProcess;
  /** Stops a component and keeps it stopped until `start`. */
  readonly stop: (name: string) => Promise<void>;
  readonly start: (name: string) => void;
  /** The disk of the central Prometheus. */
  readonly disk: Disk;
  /** The scrapes of the node exporter. */
  readonly nodeScrapes: SlowScrapes;
  /** Sets how the remote-write listener treats the edge. */
  readonly treatEdge: (mode: ListenerMode) => void;
  readonly mockUrl: string;
  /**
   * Replaces the group of a job in the Pushgateway; undefined deletes the group.
   * @param exposition metrics in the exposition format
   * @throws Error if the Pushgateway refuses
   */
  readonly push: (job: string, exposition: string | undefined) => Promise<void>;
  /** Starts a batch run at once, because the next scheduled run can be a minute later. */
  readonly runBatch: (run: EtlRun) => Promise<void>;
  /** Stops the consumer of the traffic if `stalled` is true; otherwise starts it again. */
  readonly stallConsumer: (cluster: TrafficCluster, stalled: boolean) => void;
  /** Publishes the given number of messages at once. */
  readonly publish: (cluster: TrafficCluster, messages: number) => Promise<void>;
  /** Forces a mode of the batch's schedule. With undefined, the schedule has the user's mode again. */
  readonly holdBatch: (mode: BatchMode | undefined) => Promise<void>;
}

/** Headings of the parts of the pipeline, in the order of the four parts of the demo, and then the monitoring programs. */
export const faultAreas = {
  messaging: 'NATS',
  upstream: 'USDT/VND rate',
  federation: 'Federation',
  batch: 'Batch and push',
  monitoring: 'Prometheus and Alertmanager',
} as const;
export type FaultArea = keyof typeof faultAreas;

/** A fault that happens in production systems, with functions to inject it and to restore the pipeline. */
export interface Fault {
  /** Name of the fault, which is part of the path in the console's API. */
  readonly name: string;
  /** Title with a few words. */
  readonly title: string;
  readonly area: FaultArea;
  /** Effect of the fault on the pipeline. */
  readonly description: string;
  /** Typical cause of the fault in production. */
  readonly cause: string;
  /** Alerts that fire within about a minute while the fault is injected. */
  readonly alerts: readonly ExpectedAlert[];
  /**
   * Other alerts that may fire as a consequence.
   * @default no other alerts
   */
  readonly allowed?: readonly ExpectedAlert[];
  /**
   * Whether the fault disturbs other faults or hides their alerts. A drill then injects no other fault.
   * @default false
   */
  readonly alone?: boolean;
  /**
   * Whether Alertmanager cannot send notifications while the fault is injected.
   * @default false
   */
  readonly withoutNotifications?: boolean;
  /**
   * Whether the restore starts the program that evaluates the rules again. This program then forgets its alerts, and
   * Alertmanager notifies of their end only about four minutes later.
   * @default false
   */
  readonly restartsEvaluator?: boolean;
  /** Names of the components that the fault breaks. The map marks only these components. */
  readonly breaks: readonly string[];
  /**
   * Names of the components that the fault breaks with `--airflow`.
   * @default the components in `breaks`
   */
  readonly breaksWithAirflow?: readonly string[];
  /**
   * The thing that the fault changes. Two faults that change the same thing cannot be injected at the same time.
   * @default the components in `breaks`
   */
  readonly changes?: string;
  /**
   * Range of the fault's intensity.
   * @default the fault has only one intensity
   */
  readonly intensity?: IntensityScale;
  /**
   * Whether the fault needs the mock of Binance, which does not run with `--live-rates`.
   * @default false
   */
  readonly needsMock?: boolean;
  /**
   * How the fault changes the process of the first component in `breaks`. Only a pipeline with a supervisor can do
   * this. The fault ends if another action starts or ends this process, except a fault that only kills the process.
   * @default the fault changes no process
   */
  readonly process?: 'stopped' | 'suspended' | 'limited' | 'killed';
  /**
   * Whether the fault needs the files of the components on this machine. A pipeline in containers does not have them.
   * @default false
   */
  readonly needsFiles?: boolean;
  /**
   * Whether the effect of the fault remains after the pipeline has stopped. The next start then restores the pipeline.
   * @default false
   */
  readonly outlivesPipeline?: boolean;
  /**
   * Injects the fault. It may be called several times.
   * @param intensity number within the range; 0 for a fault without a range
   */
  readonly inject: (context: FaultContext, intensity: number) => Promise<void>;
  /** Restores the pipeline. Has no effect if the fault is not injected. */
  readonly restore: (context: FaultContext) => Promise<void>;
}
