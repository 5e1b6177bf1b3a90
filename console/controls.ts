import type { EtlStage } from '../metrics/definitions/batch-pusher.ts';
import type { BatchControls } from './controls/batch.ts';
import type { FaultControls } from './controls/faults.ts';
import type { ScheduleControls } from './controls/schedule.ts';
import type { Burst, TrafficControls } from './controls/traffic.ts';

/** State from the supervisor or from the cluster. */
export type ComponentState = 'starting' | 'running' | 'unhealthy' | 'restarting' | 'stopping' | 'stopped';

export interface ComponentStatus {
  readonly name: string;
  readonly state: ComponentState;
  readonly pid: number | null;
  /** URL for a browser, if the component has a page or an endpoint. */
  readonly url?: string;
  readonly rssBytes: number;
  readonly restarts: number;
  readonly role: string;
  /** Last unexpected end: exit code or signal, such as `exit code 1` or `SIGKILL`. */
  readonly lastExit?: string;
  /**
   * Whether the component runs in the process of another component. Such a component has no process, no log and no
   * actions.
   * @default false
   */
  readonly hosted?: boolean;
}

export interface ComponentPage {
  readonly url: string | null;
  /**
   * Whether a browser can open the URL. `null` if this is not known, because the component does not run or does not
   * answer.
   */
  readonly opens: boolean | null;
}

export interface PipelineStatus {
  readonly ready: boolean;
  readonly components: readonly ComponentStatus[];
  /**
   * Present while the source of the states does not answer: Unix time in milliseconds of the first request without an
   * answer. The states are from the last answer.
   */
  readonly staleSince?: number;
}

export const componentActions = ['stop', 'start', 'restart', 'kill'] as const;
export type ComponentAction = (typeof componentActions)[number];

export interface ComponentActionOptions {
  /**
   * Seconds between the end of a killed component and its next start.
   * @default the supervisor starts a killed component at once
   */
  readonly for?: number | undefined;
}

/** Parameters of a run of the simulated ETL, equal for the batch-pusher and for the DAG. */
export interface EtlRun {
  readonly records?: number;
  readonly durationSeconds?: number;
  readonly failAt?: EtlStage;
}

/** The Grafana with the imported dashboards. */
export interface GrafanaStatus {
  /** URLs of dashboards. The keys are uids. */
  readonly dashboards: Readonly<Record<string, string>>;
  /** Why the dashboards are not in Grafana, with the remedy. */
  readonly problem?: string;
}

/**
 * What the console can do with a pipeline. The laptop has all controls. A cluster has only controls that destroy
 * nothing. The page has no button for a missing control.
 */
export interface Controls {
  /** For a title: `this laptop`, or the name of an environment. */
  readonly place: string;
  /**
   * Sentences for the user about the missing controls, with the reason.
   * @default the pipeline has all controls
   */
  readonly notOffered?: string;
  status(): Promise<PipelineStatus>;
  /**
   * Calls `changed` after each change of a state.
   * @default the console reads the states every second
   */
  watch?(changed: () => void): void;
  /**
   * The last lines of the log.
   * @throws UnknownComponent
   */
  logTail?(component: string, lines: number): Promise<readonly string[]>;
  /**
   * Stops, starts, restarts or kills a component.
   * @throws UnknownComponent, StillStarting
   */
  act?(component: string, action: ComponentAction, options?: ComponentActionOptions): Promise<void>;
  /** Injects and ends faults. While the pipeline starts, all calls except `list` throw StillStarting. */
  readonly faults?: FaultControls;
  /** Runs a schedule of faults. While the pipeline starts, all calls throw StillStarting. */
  readonly schedule?: ScheduleControls;
  /** Changes the traffic. While the pipeline starts, all calls throw StillStarting. */
  readonly traffic?: TrafficControls;
  /** Changes the schedule of the batch. While the pipeline starts, all calls throw StillStarting. */
  readonly batch?: BatchControls;
  /** Whether the console may create and end silences. @default false */
  readonly maySilence?: boolean;
  /** Undefined without a Grafana. */
  grafana?(): GrafanaStatus | undefined;
  /**
   * Starts a run of the batch now.
   * @throws StillStarting, ControlFailed
   * @throws OutOfBounds if `runIsFixed` is true and the run has a parameter
   */
  runBatch?(run: EtlRun): Promise<{ readonly status: number; readonly body: string }>;
  /**
   * Whether the schedule sets all parameters of a run. If so, `runBatch` accepts no parameters.
   * @default false
   */
  readonly runIsFixed?: boolean;
  /**
   * Publishes several thousand messages immediately.
   * @returns the number of accepted messages
   * @throws StillStarting while the pipeline starts
   */
  burst?(burst?: Burst): Promise<number>;
}

/** The controls that the pipeline has. The page has no button for a missing control. */
export interface OfferedControls {
  readonly place: string;
  readonly logs: boolean;
  /** Whether the user can stop, start, restart and kill components. */
  readonly actions: boolean;
  readonly faults: boolean;
  readonly batch: boolean;
  /** Whether a run of the batch accepts parameters. */
  readonly batchSettings: boolean;
  readonly burst: boolean;
  /** Whether the user can create and end silences. */
  readonly silences: boolean;
  /** Sentences for the user about the missing controls, with the reason. */
  readonly notOffered?: string;
}

export function offeredBy(controls: Controls): OfferedControls {
  const {
    place,
    logTail,
    act,
    faults,
    runBatch,
    runIsFixed = false,
    burst,
    maySilence,
    notOffered,
  } = controls;
  return {
    place,
    logs: logTail !== undefined,
    actions: act !== undefined,
    faults: faults !== undefined,
    batch: runBatch !== undefined,
    batchSettings: runBatch !== undefined && !runIsFixed,
    burst: burst !== undefined,
    silences: maySilence ?? false,
    ...(notOffered !== undefined && { notOffered }),
  };
}

/** A control needs a running pipeline, but the pipeline is still starting. */
export class StillStarting extends Error {
  override readonly name = 'StillStarting';
  override readonly message = 'The pipeline is still starting. Try again when the page shows it as ready.';
}

/** A value is outside its bounds. The status shows the bounds. */
export class OutOfBounds extends Error {
  override readonly name = 'OutOfBounds';
  /** The wrong field of the request. */
  readonly field: string;

  constructor(field: string, message: string) {
    super(message);
    this.field = field;
  }
}

/** The state of the pipeline does not allow the action now. */
export class NotPossibleNow extends Error {
  override readonly name = 'NotPossibleNow';
}

/** A program of the pipeline refused the action, or failed. */
export class ControlFailed extends Error {
  override readonly name = 'ControlFailed';
}

export class UnknownComponent extends Error {
  override readonly name = 'UnknownComponent';

  constructor(component: string, known: readonly string[]) {
    super(`There is no component ${component}. The components are ${known.join(', ')}.`);
  }
}
