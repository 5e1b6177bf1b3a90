import type { EtlRun, ExpectedAlert, IntensityScale, TrafficCluster } from '../../console/index.ts';
import type { BatchMode } from '../traffic/batch.ts';

/** The process of a component. */
export interface FaultProcess {
  /** Undefined while the component has no process. */
  readonly pid: number | undefined;
  /** @returns whether the component has a process */
  signal(signal: NodeJS.Signals): boolean;
}

/** The actions that a fault may use. */
export interface FaultContext {
  /** @throws Error if there is no component of that name */
  readonly component: (name: string) => FaultProcess;
  /** Stops a component and keeps it stopped until `start`. */
  readonly stop: (name: string) => Promise<void>;
  readonly start: (name: string) => void;
  readonly mockUrl: string;
  /** Starts one run at once, because the next scheduled run may be a minute away. */
  readonly runBatch: (run: EtlRun) => Promise<void>;
  /** Stops or continues the consumer of the traffic. */
  readonly stallConsumer: (cluster: TrafficCluster, stalled: boolean) => void;
  /** Publishes messages at once. */
  readonly publish: (cluster: TrafficCluster, messages: number) => Promise<void>;
  /** Enforces a mode of the batch's schedule; undefined returns to the mode that the user chose. */
  readonly holdBatch: (mode: BatchMode | undefined) => Promise<void>;
}

/** The parts of the pipeline in the order of the four acts, with their headings. */
export const faultAreas = {
  messaging: 'NATS',
  upstream: 'USDT/VND rate',
  federation: 'Federation',
  batch: 'Batch and push',
} as const;
export type FaultArea = keyof typeof faultAreas;

/** A fault of production systems: how to inject it and how to restore the pipeline. */
export interface Fault {
  /** The path segment in the console's API. */
  readonly name: string;
  /** The fault in a few words. */
  readonly title: string;
  readonly area: FaultArea;
  /** What the fault does to the pipeline. */
  readonly description: string;
  /** What causes the fault in production. */
  readonly cause: string;
  /** The alerts that fire within about a minute while the fault lasts. */
  readonly alerts: readonly ExpectedAlert[];
  /** Other alerts that may fire as a consequence. @default no other alert */
  readonly allowed?: readonly ExpectedAlert[];
  /** Names of the components that the fault breaks. The map marks exactly these. */
  readonly breaks: readonly string[];
  /** The same with `--airflow`. @default the same components */
  readonly breaksWithAirflow?: readonly string[];
  /** What the fault changes. Two faults that change the same thing exclude each other. @default the components in `breaks` */
  readonly changes?: string;
  /** How strongly the fault can be injected. @default it has only one strength */
  readonly intensity?: IntensityScale;
  /** Whether the fault needs the mock of Binance, which is missing with `--live-rates`. @default false */
  readonly needsMock?: boolean;
  /**
   * What the fault does to the process of the first component in `breaks`, which only a supervisor can do. The fault
   * is over when another action starts or ends this process. @default the fault changes no process
   */
  readonly process?: 'stopped' | 'suspended';
  /** May run several times. @param intensity within the scale; 0 for a fault without a scale */
  readonly inject: (context: FaultContext, intensity: number) => Promise<void>;
  /** Restores the pipeline; has no effect if the fault is not injected. */
  readonly restore: (context: FaultContext) => Promise<void>;
}
