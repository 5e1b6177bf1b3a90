import type { BatchMode, EtlRun } from '../traffic/batch.ts';
import type { TrafficMode } from '../traffic/nats-traffic.ts';

/** What a fault may do to the pipeline. */
export interface FaultContext {
  /** @throws Error if there is no component of that name */
  readonly component: (name: string) => { signal(signal: NodeJS.Signals): void };
  /** Stops a component and keeps it stopped until `start`. */
  readonly stop: (name: string) => Promise<void>;
  readonly start: (name: string) => void;
  readonly mockUrl: string;
  /** One run at once, so that nobody waits for the schedule. */
  readonly runBatch: (run: EtlRun) => Promise<void>;
  readonly setTraffic: (cluster: 'primary' | 'edge', mode: TrafficMode) => void;
  readonly setBatch: (mode: BatchMode) => Promise<void>;
}

export interface ExpectedAlert {
  readonly alert: string;
  /** Labels by which it is told from others of its name. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** Something that breaks in production, as it is broken and mended here. */
export interface Fault {
  /** In the path of the console's API. */
  readonly name: string;
  /** What is broken, in a few words. */
  readonly title: string;
  /** What happens, and what it looks like in production. */
  readonly description: string;
  /** What fires while it lasts, within a minute or so. */
  readonly alerts: readonly ExpectedAlert[];
  /** Whether the stand-in for Binance plays it, which is not there with `--live-rates`. @default false */
  readonly needsMock?: boolean;
  readonly inject: (context: FaultContext) => Promise<void>;
  /** Undoes it; does no harm when there is nothing to undo. */
  readonly restore: (context: FaultContext) => Promise<void>;
}
