import type { Board } from './board.ts';

/** The text of the dashboard's file, which Grafana imports. */
export function dashboardJson({ build }: Board): string {
  return `${JSON.stringify(build(), null, 2)}\n`;
}
