import type { EtlRun, ExpectedAlert } from '../../console/index.ts';
import type { BatchMode } from '../traffic/batch.ts';
import type { TrafficMode } from '../traffic/nats-traffic.ts';

/** The actions that a fault may use. */
export interface FaultContext {
  /** @throws Error if there is no component of that name */
  readonly component: (name: string) => { signal(signal: NodeJS.Signals): void };
  /** Stops a component and keeps it stopped until `start`. */
  readonly stop: (name: string) => Promise<void>;
  readonly start: (name: string) => void;
  readonly mockUrl: string;
  /** Starts one run at once, because the next scheduled run may be a minute away. */
  readonly runBatch: (run: EtlRun) => Promise<void>;
  readonly setTraffic: (cluster: 'primary' | 'edge', mode: TrafficMode) => void;
  readonly setBatch: (mode: BatchMode) => Promise<void>;
}

/** A fault of production systems: how to inject it and how to restore the pipeline. */
export interface Fault {
  /** The path segment in the console's API. */
  readonly name: string;
  /** The fault in a few words. */
  readonly title: string;
  /** The effect, and its cause in production. */
  readonly description: string;
  /** The alerts that fire within about a minute while the fault lasts. */
  readonly alerts: readonly ExpectedAlert[];
  /** Names of the components that the fault breaks. The map marks exactly these. */
  readonly breaks: readonly string[];
  /** Whether the fault needs the mock of Binance, which is missing with `--live-rates`. @default false */
  readonly needsMock?: boolean;
  readonly inject: (context: FaultContext) => Promise<void>;
  /** Restores the pipeline; has no effect if the fault is not injected. */
  readonly restore: (context: FaultContext) => Promise<void>;
}
