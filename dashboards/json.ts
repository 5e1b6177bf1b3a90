import type { Adjust } from '../metrics/promql.ts';
import type { Board } from './board.ts';

/** JSON text for the import in Grafana. */
export function dashboardJson({ build }: Board, adjust?: Adjust): string {
  return `${JSON.stringify(build(adjust), null, 2)}\n`;
}
