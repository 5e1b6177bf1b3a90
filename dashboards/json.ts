import type { Board } from './board.ts';

/** The JSON text of a dashboard, which Grafana imports. */
export function dashboardJson({ build }: Board): string {
  return `${JSON.stringify(build(), null, 2)}\n`;
}
