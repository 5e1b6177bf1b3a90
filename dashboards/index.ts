export type { Board } from './board.ts';
export { dashboards } from './boards.ts';
export { dashboardJson } from './json.ts';
