export {
  type ComponentAction,
  type ComponentState,
  type ComponentStatus,
  type Controls,
  type EtlRun,
  type ExpectedAlert,
  type FaultControls,
  type FaultStatus,
  type GrafanaStatus,
  type PipelineStatus,
  StillStarting,
  UnknownComponent,
} from './controls.ts';
export { type Connection, type MapNode, topologyOf } from './map-node.ts';
export { createConsole } from './server/app.ts';
export { DashboardFiles, dashboardsFolder } from './server/dashboards.ts';
export { close, listen } from './server/listen.ts';
export { ownPageOnly } from './server/own-page-only.ts';
export type { Place } from './topology.ts';
