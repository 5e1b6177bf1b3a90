import type { EtlStage } from '../metrics/definitions/batch-pusher.ts';
import type { BatchControls } from './controls/batch.ts';
import type { FaultControls } from './controls/faults.ts';
import type { ScheduleControls } from './controls/schedule.ts';
import type { Burst, TrafficControls } from './controls/traffic.ts';

/** State of a component, as its supervisor or its cluster reports the state. */
export type ComponentState = 'starting' | 'running' | 'unhealthy' | 'restarting' | 'stopping' | 'stopped';

export interface ComponentStatus {
  readonly name: string;
  readonly state: ComponentState;
  readonly pid: number | null;
  /** URL of the component for a browser, if the component has a page or an endpoint. */
  readonly url?: string;
  readonly rssBytes: number;
  readonly restarts: number;
  readonly role: string;
  /** Exit code or signal of the last unexpected end of the component, such as `exit code 1` or `SIGKILL`. */
  readonly lastExit?: string;
  /**
   * Whether the component runs in the process of another component. Such a component has no process, no log and no
   * actions.
   * @default false
   */
  readonly hosted?: boolean;
}

/** Whether the URL of a component opens in a browser. */
export interface ComponentPage {
  readonly url: string | null;
  /** Whether the URL answers with a page or a text; null while the component does not run. */
  readonly opens: boolean | null;
}

export interface PipelineStatus {
  readonly ready: boolean;
  readonly components: readonly ComponentStatus[];
  /**
   * Unix time in milliseconds since which the states are old. Set only while the source of the states does not answer.
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

/** Parameters of a run of the simulated ETL. The batch-pusher and the DAG accept the same parameters. */
export interface EtlRun {
  readonly records?: number;
  readonly durationSeconds?: number;
  readonly failAt?: EtlStage;
}

/** The Grafana into which the dashboards are imported. */
export interface GrafanaStatus {
  /** URL of each dashboard in Grafana, by the uid of the dashboard. */
  readonly dashboards: Readonly<Record<string, string>>;
  /** Reason why the dashboards are not in Grafana, and the remedy. */
  readonly problem?: string;
}

/**
 * What the console can do with the pipeline. The laptop has all controls. A cluster has only controls that destroy
 * nothing. The page shows no button for a missing control.
 */
export interface Controls {
  /** Place of the pipeline for a title: `this laptop`, or the name of an environment. */
  readonly place: string;
  /**
   * Sentences for the user: the controls that this pipeline does not have, and the reason.
   * @default the pipeline has all controls
   */
  readonly notOffered?: string;
  status(): Promise<PipelineStatus>;
  /**
   * Calls `changed` after each change of a component's state.
   * @default the console reads the states every second
   */
  watch?(changed: () => void): void;
  /** The last lines of a component's log. @throws UnknownComponent */
  logTail?(component: string, lines: number): Promise<readonly string[]>;
  /** Stops, starts, restarts or kills a component. @throws UnknownComponent, StillStarting */
  act?(component: string, action: ComponentAction, options?: ComponentActionOptions): Promise<void>;
  /** Injects and restores faults. While the pipeline starts, each call except `list` throws StillStarting. */
  readonly faults?: FaultControls;
  /** Runs a schedule of faults. Each call throws StillStarting while the pipeline starts. */
  readonly schedule?: ScheduleControls;
  /** Changes the traffic of the clusters. Each call throws StillStarting while the pipeline starts. */
  readonly traffic?: TrafficControls;
  /** Changes the schedule of the batch. Each call throws StillStarting while the pipeline starts. */
  readonly batch?: BatchControls;
  /** Whether the console may create and end silences in Alertmanager. @default false */
  readonly maySilence?: boolean;
  /**
   * The state of Grafana.
   * @returns undefined if there is no Grafana
   */
  grafana?(): GrafanaStatus | undefined;
  /**
   * Starts a run of the batch immediately.
   * @throws StillStarting, ControlFailed
   * @throws OutOfBounds if `runIsFixed` is true and the run has a parameter
   */
  runBatch?(run: EtlRun): Promise<{ readonly status: number; readonly body: string }>;
  /**
   * Whether the schedule sets all parameters of a run. If true, `runBatch` accepts no parameters.
   * @default false
   */
  readonly runIsFixed?: boolean;
  /**
   * Publishes several thousand messages at once.
   * @returns the number of accepted messages
   * @throws StillStarting while the pipeline starts
   */
  burst?(burst?: Burst): Promise<number>;
}

/** The controls that this pipeline has. The page shows no button for a missing control. */
export interface OfferedControls {
  readonly place: string;
  readonly logs: boolean;
  /** Whether a user can stop, start, restart and kill components. */
  readonly actions: boolean;
  readonly faults: boolean;
  readonly batch: boolean;
  /** Whether a run of the batch accepts parameters. */
  readonly batchSettings: boolean;
  readonly burst: boolean;
  /** Whether a user can create and end silences. */
  readonly silences: boolean;
  /** Text that names the missing controls and the reason. */
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

/** A value is outside the bounds that the status shows. */
export class OutOfBounds extends Error {
  override readonly name = 'OutOfBounds';
  /** Name of the wrong field in the request. */
  readonly field: string;

  constructor(field: string, message: string) {
    super(message);
    this.field = field;
  }
}

/** The action is not possible in the present state of the pipeline. */
export class NotPossibleNow extends Error {
  override readonly name = 'NotPossibleNow';
}

/** A program of the pipeline refused or failed the action of a control. */
export class ControlFailed extends Error {
  override readonly name = 'ControlFailed';
}

/** No component has the given name. */
export class UnknownComponent extends Error {
  override readonly name = 'UnknownComponent';

  constructor(component: string, known: readonly string[]) {
    super(`There is no component ${component}. The components are ${known.join(', ')}.`);
  }
}
