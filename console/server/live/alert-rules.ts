import type { AlertRuleGroup } from '../../../verify/alerts-api.ts';
import type { AlertRule } from '../../alerting.ts';

/**
 * The alert rules, sorted by name.
 * @param runbooks names of the alerts with a runbook
 */
export function rulesOf(
  groups: readonly AlertRuleGroup[],
  runbooks: ReadonlySet<string>,
): readonly AlertRule[] {
  return groups
    .flatMap((group) =>
      group.rules.map(({ name, query, duration, keepFiringFor, labels, annotations, health, lastError }) => {
        const dashboard = uidOf(annotations.dashboard_url);
        return {
          alert: name,
          group: group.name,
          intervalSeconds: group.interval,
          expr: query,
          forSeconds: duration,
          keepFiringForSeconds: keepFiringFor,
          severity: labels.severity ?? '',
          labels,
          summary: annotations.summary ?? '',
          description: annotations.description ?? '',
          hasRunbook: runbooks.has(name),
          ...(dashboard !== undefined && { dashboard }),
          ...(health === 'err' && { error: lastError ?? 'Prometheus cannot evaluate the rule.' }),
        };
      }),
    )
    .sort((one, other) => one.alert.localeCompare(other.alert));
}

/** The uid is the segment after `/d/`. Without `/d/`, the uid is the last segment of the path. */
function uidOf(url: string | undefined): string | undefined {
  const path = url?.replace(/[?#].*$/, '').replace(/\/+$/, '');
  return path === undefined ? undefined : (/\/d\/([^/]+)/.exec(path)?.[1] ?? path.split('/').at(-1));
}
