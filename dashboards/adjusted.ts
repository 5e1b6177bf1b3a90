import type { AlertOverrides } from '../config/alert-overrides.ts';
import { ruleGroups } from '../rules/groups.ts';
import { adjustments } from '../rules/overrides.ts';

export async function adjustedDashboards(
  overrides: AlertOverrides = {},
): Promise<Readonly<Record<string, string>> | undefined> {
  if (!Object.values(overrides).some(({ threshold }) => threshold !== undefined)) return undefined;
  const { dashboardJson, dashboards } = await import('./index.ts');
  const adjust = adjustments(ruleGroups, overrides);
  return Object.fromEntries(dashboards.map((board) => [board.fileName, dashboardJson(board, adjust)]));
}
