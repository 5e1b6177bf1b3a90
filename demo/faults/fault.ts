import type { EtlRun, ExpectedAlert, IntensityScale, TrafficCluster } from '../../console/index.ts';
import type { ListenerMode } from '../listener/remote-write-listener.ts';
import type { BatchMode } from '../traffic/batch.ts';

export interface FaultProcess {
  /** Undefined if the component has no process. */
  readonly pid: number | undefined;
  /** @returns false if the component has no process */
  signal(signal: NodeJS.Signals): boolean;
}

export interface Disk {
  /** @throws NotPossibleNow if Prometheus has no process or the program `prlimit` is missing */
  fill(): Promise<void>;
  isFull(): Promise<boolean>;
}

export interface SlowScrapes {
  /**
   * @param delayMs minimum duration of each scrape
   * @throws NotPossibleNow without the program `mkfifo`
   */
  delay(delayMs: number): Promise<void>;
  release(): Promise<void>;
}

/** A configuration file that a fault can change while the program runs. The program does not restart. */
export interface ChangeableConfig {
  /**
   * Changes the file. The program reads the new file immediately.
   * @param edit receives the original text, without the effect of earlier calls
   * @throws NotPossibleNow if the program does not run
   */
  change(edit: (text: string) => string): Promise<void>;
  /** Restores the original file. Does nothing if `change` was not called before. */
  restore(): Promise<void>;
}

/** The actions that faults can use. */
export interface FaultContext {
  /** @throws Error if no component has this name */
  readonly component: (name: string) => FaultProcess;
  readonly stop: (name: string) => Promise<void>;
  readonly start: (name: string) => void;
  /** The disk of the central Prometheus. */
  readonly disk: Disk;
  readonly nodeScrapes: SlowScrapes;
  readonly config: Readonly<Record<'prometheus' | 'agent', ChangeableConfig>>;
  /** Stops the publishers. With `stopped` false, starts the publishers again. */
  readonly stopPublishers: (cluster: TrafficCluster, stopped: boolean) => void;
  /** Sets how the remote-write listener answers the agent of the edge. */
  readonly treatEdge: (mode: ListenerMode) => void;
  readonly mockUrl: string;
  /**
   * Replaces the group of the job. An undefined `exposition` deletes the group.
   * @throws Error if the Pushgateway refuses
   */
  readonly push: (job: string, exposition: string | undefined) => Promise<void>;
  /** Starts a batch run now, because the next scheduled run can be a minute away. */
  readonly runBatch: (run: EtlRun) => Promise<void>;
  readonly stallConsumer: (cluster: TrafficCluster, stalled: boolean) => void;
  readonly publish: (cluster: TrafficCluster, messages: number) => Promise<void>;
  /** Sets the mode of the batch schedule. Undefined restores the mode that the user chose. */
  readonly holdBatch: (mode: BatchMode | undefined) => Promise<void>;
}

/** Headings of the faults, in display order. */
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
  readonly title: string;
  readonly area: FaultArea;
  readonly description: string;
  readonly cause: string;
  /** These alerts fire within about a minute after the injection. */
  readonly alerts: readonly ExpectedAlert[];
  /**
   * Other alerts that may fire because of the fault.
   * @default none
   */
  readonly allowed?: readonly ExpectedAlert[];
  /**
   * Whether the fault disturbs other faults or hides their alerts. A drill injects such a fault alone.
   * @default false
   */
  readonly alone?: boolean;
  /**
   * Whether Alertmanager sends no notifications during the fault.
   * @default false
   */
  readonly withoutNotifications?: boolean;
  /**
   * Whether the end of the fault restarts the rule evaluator.
   * @default false
   */
  readonly restartsEvaluator?: boolean;
  /** The map marks these components as broken. */
  readonly breaks: readonly string[];
  /** Replaces `breaks` if Airflow runs the batch. */
  readonly breaksWithAirflow?: readonly string[];
  /**
   * Target of the fault. Two faults with the same target cannot be active together.
   * @default `breaks`
   */
  readonly changes?: string;
  /**
   * Range from which the caller can choose the intensity.
   * @default the caller cannot choose an intensity
   */
  readonly intensity?: IntensityScale;
  /**
   * Whether the fault needs the mock of Binance, which does not run with `--live-rates`.
   * @default false
   */
  readonly needsMock?: boolean;
  /**
   * Effect of the fault on a process.
   * The values `stopped`, `suspended` and `limited` apply to the first component in `breaks`.
   */
  readonly process?: 'stopped' | 'suspended' | 'limited' | 'killed';
  /**
   * Whether the fault needs files of components on this machine. Such a fault is not possible in containers.
   * @default false
   */
  readonly needsFiles?: boolean;
  /**
   * The fault continues after the pipeline stops. The next start of the pipeline ends the fault.
   * @default false
   */
  readonly outlivesPipeline?: boolean;
  /** A second call can change the intensity. */
  readonly inject: (context: FaultContext, intensity: number) => Promise<void>;
  /** Ends the fault. The call is also allowed if the fault is not injected. */
  readonly restore: (context: FaultContext) => Promise<void>;
}
