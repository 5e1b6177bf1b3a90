import type { EtlStage } from '../metrics/definitions/batch-pusher.ts';
import type { BatchControls } from './controls/batch.ts';
import type { FaultControls } from './controls/faults.ts';
import type { ScheduleControls } from './controls/schedule.ts';
import type { Burst, TrafficControls } from './controls/traffic.ts';

export type ComponentState = 'starting' | 'running' | 'unhealthy' | 'restarting' | 'stopping' | 'stopped';

export interface ComponentStatus {
  readonly name: string;
  readonly state: ComponentState;
  readonly pid: number | null;
  readonly url?: string;
  readonly rssBytes: number;
  readonly restarts: number;
  readonly role: string;
  /** Last unexpected end: exit code or signal, such as `exit code 1` or `SIGKILL`. */
  readonly lastExit?: string;
  /**
   * True if the component has no process or pod of its own, like the mock of Binance.
   * @default false
   */
  readonly hosted?: boolean;
}

export interface ComponentPage {
  readonly url: string | null;
  /** Whether a web page answers at `url`. The value `null` means unknown. */
  readonly opens: boolean | null;
}

export interface PipelineStatus {
  readonly ready: boolean;
  readonly components: readonly ComponentStatus[];
  /** Unix time in milliseconds of the first failed query. Absent while Prometheus answers. */
  readonly staleSince?: number;
}

export const componentActions = ['stop', 'start', 'restart', 'kill'] as const;
export type ComponentAction = (typeof componentActions)[number];

export interface ComponentActionOptions {
  /**
   * Seconds until a killed component starts again.
   * @default 0.25 s, longer after repeated restarts
   */
  readonly for?: number | undefined;
}

/** Parameters of a run of the simulated ETL. The batch-pusher and the DAG accept equal parameters. */
export interface EtlRun {
  readonly records?: number;
  readonly durationSeconds?: number;
  readonly failAt?: EtlStage;
}

export interface GrafanaStatus {
  /** URLs of dashboards, by uid. */
  readonly dashboards: Readonly<Record<string, string>>;
  /** Why dashboards are missing or show no data. */
  readonly problem?: string;
}

export interface Controls {
  /** `this laptop`, `Docker Compose`, or the name of an environment. */
  readonly place: string;
  /** Command that starts the console, such as `npm start`. The web page adds `--port-offset` to the command. */
  readonly startCommand: string;
  /** Explains missing controls to the user. Absent if the pipeline has all controls. */
  readonly notOffered?: string;
  status(): Promise<PipelineStatus>;
  watch?(changed: () => void): void;
  /** @throws UnknownComponent, StillStarting, ControlFailed */
  logTail?(component: string, lines: number): Promise<readonly string[]>;
  /** @throws UnknownComponent, StillStarting, NotPossibleNow */
  act?(component: string, action: ComponentAction, options?: ComponentActionOptions): Promise<void>;
  /** While the pipeline starts, all functions of `faults` except `list` throw StillStarting. */
  readonly faults?: FaultControls;
  /** While the pipeline starts, all functions of `schedule` throw StillStarting. */
  readonly schedule?: ScheduleControls;
  /** While the pipeline starts, all functions of `traffic` throw StillStarting. */
  readonly traffic?: TrafficControls;
  /** While the pipeline starts, all functions of `batch` throw StillStarting. */
  readonly batch?: BatchControls;
  /** @default false */
  readonly maySilence?: boolean;
  /** @returns undefined if the pipeline has no Grafana, or if its Grafana does not run */
  grafana?(): GrafanaStatus | undefined;
  /** @throws StillStarting, OutOfBounds, ControlFailed */
  runBatch?(run: EtlRun): Promise<{ readonly status: number; readonly body: string }>;
  /**
   * Whether `runBatch` accepts no parameters, because the schedule sets all parameters.
   * @default false
   */
  readonly runIsFixed?: boolean;
  /**
   * @returns the number of accepted messages
   * @throws StillStarting, OutOfBounds, ControlFailed
   */
  burst?(burst?: Burst): Promise<number>;
}

/** The controls of the pipeline. The page has no button for a missing control. */
export interface OfferedControls {
  readonly place: string;
  readonly startCommand: string;
  readonly logs: boolean;
  readonly actions: boolean;
  readonly faults: boolean;
  readonly batch: boolean;
  /** Whether a run of the batch accepts parameters. */
  readonly batchSettings: boolean;
  readonly burst: boolean;
  readonly silences: boolean;
  readonly notOffered?: string;
}

export function offeredBy(controls: Controls): OfferedControls {
  const {
    place,
    startCommand,
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
    startCommand,
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

export class StillStarting extends Error {
  override readonly name = 'StillStarting';
  override readonly message = 'The pipeline is still starting. Try again when every component runs.';
}

/** The value of a field is not accepted. */
export class OutOfBounds extends Error {
  override readonly name = 'OutOfBounds';
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

/** A program of the pipeline has refused the action, or has failed. */
export class ControlFailed extends Error {
  override readonly name = 'ControlFailed';
}

export class UnknownComponent extends Error {
  override readonly name = 'UnknownComponent';

  constructor(component: string, known: readonly string[]) {
    super(`There is no component ${component}. The components are ${known.join(', ')}.`);
  }
}
