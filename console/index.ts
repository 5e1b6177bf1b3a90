export type { BatchControls, BatchMode, BatchRun, BatchSchedule } from './controls/batch.ts';
export { type Bounds, burstBytes, faultSeconds, scheduleBounds, trafficBounds } from './controls/bounds.ts';
export type {
  ExpectedAlert,
  FaultControls,
  FaultOptions,
  FaultStatus,
  IntensityScale,
} from './controls/faults.ts';
export type {
  ScheduleControls,
  ScheduleOptions,
  ScheduleStatus,
  ScheduleStep,
} from './controls/schedule.ts';
export type { TrafficChange, TrafficCluster, TrafficSettings, TrafficStatus } from './controls/traffic.ts';
export {
  type ComponentAction,
  type ComponentActionOptions,
  type ComponentState,
  type ComponentStatus,
  ControlFailed,
  type Controls,
  type EtlRun,
  type GrafanaStatus,
  NotPossibleNow,
  OutOfBounds,
  type PipelineStatus,
  StillStarting,
  UnknownComponent,
} from './controls.ts';
export { engineApis } from './engine-apis.ts';
export { keySeriesOfNats } from './key-series.ts';
export { type Connection, type MapNode, topologyOf } from './map-node.ts';
export { type Console, type ConsoleOptions, createConsole } from './server/app.ts';
export { DashboardFiles, dashboardsFolder } from './server/dashboards.ts';
export { close, listen } from './server/listen.ts';
export { ownPageOnly } from './server/own-page-only.ts';
export { edgeTitle, type Place } from './topology.ts';
