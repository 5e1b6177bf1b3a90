import type { EtlStage } from '../metrics/definitions/batch-pusher.ts';

/** State of a component, as its supervisor or its cluster reports it. */
export type ComponentState = 'starting' | 'running' | 'unhealthy' | 'restarting' | 'stopping' | 'stopped';

export interface ComponentStatus {
  readonly name: string;
  readonly state: ComponentState;
  readonly pid: number | null;
  /** The address for a browser, if the component has a page or an endpoint. */
  readonly url?: string;
  readonly rssBytes: number;
  readonly restarts: number;
  readonly role: string;
  /** How the component last ended unexpectedly. */
  readonly lastExit?: string;
}

export interface PipelineStatus {
  readonly ready: boolean;
  readonly components: readonly ComponentStatus[];
  /** Unix time in milliseconds since which the states are out of date, because their source does not answer. */
  readonly staleSince?: number;
}

export const componentActions = ['stop', 'start', 'restart', 'kill'] as const;
export type ComponentAction = (typeof componentActions)[number];

export interface ExpectedAlert {
  readonly alert: string;
  /** Labels that select the alert among alerts of the same name. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** A fault that can be injected, and whether it is injected now. */
export interface FaultStatus {
  /** The path segment in the API. */
  readonly name: string;
  /** The fault in a few words. */
  readonly title: string;
  /** The effect, and its cause in production. */
  readonly description: string;
  /** The alerts that fire within about a minute while the fault lasts. */
  readonly alerts: readonly ExpectedAlert[];
  /** Names of the components that the fault breaks; the map marks exactly these. */
  readonly breaks: readonly string[];
  readonly injected: boolean;
  /** Unix time in milliseconds of the injection, while the fault is injected. */
  readonly injectedAt?: number;
}

/** Parameters of a run of the simulated ETL; the batch-pusher and the DAG accept the same ones. */
export interface EtlRun {
  readonly records?: number;
  readonly durationSeconds?: number;
  readonly failAt?: EtlStage;
}

/** Injects faults and restores the pipeline. */
export interface FaultControls {
  list(): readonly FaultStatus[];
  /** @returns false if no fault has that name */
  inject(name: string): Promise<boolean>;
  /** @returns false if no fault has that name */
  restore(name: string): Promise<boolean>;
}

/**
 * What the console can do with the pipeline that it shows. The laptop offers every control; a cluster offers only
 * those that destroy nothing. An absent control has no button.
 */
export interface Controls {
  /** Where the pipeline runs, for a title: `this laptop`, or the name of an environment. */
  readonly place: string;
  status(): Promise<PipelineStatus>;
  /** The last lines of a component's log. @throws UnknownComponent */
  logTail?(component: string, lines: number): Promise<readonly string[]>;
  /** Stops, starts, restarts or kills a component. @throws UnknownComponent, StillStarting */
  act?(component: string, action: ComponentAction): Promise<void>;
  /** @throws StillStarting from each call while the pipeline starts, except `list` */
  readonly faults?: FaultControls;
  /** Starts one run of the batch at once. @throws StillStarting */
  runBatch?(run: EtlRun): Promise<{ readonly status: number; readonly body: string }>;
  /** Publishes several thousand messages at once. @returns the number of accepted messages. @throws StillStarting */
  burst?(): Promise<number>;
}

/** Thrown by a control that needs the running pipeline. */
export class StillStarting extends Error {
  override readonly name = 'StillStarting';
  override readonly message = 'The pipeline is still starting. Try again when the page shows it as ready.';
}

/** Thrown by a control that gets a name which no component has. */
export class UnknownComponent extends Error {
  override readonly name = 'UnknownComponent';

  constructor(component: string, known: readonly string[]) {
    super(`There is no component ${component}. The components are ${known.join(', ')}.`);
  }
}
