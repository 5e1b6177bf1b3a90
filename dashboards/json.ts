import type { Board } from './board.ts';

/** The dashboard as Grafana imports it and as its file holds it. */
export function dashboardJson({ build }: Board): string {
  return `${JSON.stringify(build(), null, 2)}\n`;
}
