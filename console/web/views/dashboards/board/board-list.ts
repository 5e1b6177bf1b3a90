/** Item in the answer of `GET /api/dashboards`. */
export interface BoardEntry {
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  /** PromQL query for the firing alerts of the dashboard. */
  readonly alerts?: string;
  /** The first graph of the dashboard. `expr` can contain Grafana variables such as `$cluster`. */
  readonly preview?: { readonly title: string; readonly expr: string };
  /** URL in Grafana. Absent if no Grafana is configured, or if Grafana does not have the dashboard. */
  readonly grafanaUrl?: string;
}

export interface BoardList {
  readonly dashboards: readonly BoardEntry[];
  /** Why dashboards are missing in the configured Grafana, or show no data there. */
  readonly grafanaProblem?: string;
}

function sharedQuery(query: URLSearchParams): URLSearchParams {
  const isShared = (name: string) => ['from', 'to', 'refresh'].includes(name) || name.startsWith('var-');
  return new URLSearchParams([...query].filter(([name]) => isShared(name)));
}

/** Path of a dashboard in the console, with the current time range and variables. */
export function boardPath(uid: string, query: URLSearchParams): string {
  const kept = sharedQuery(query).toString();
  return `/d/${uid}${kept === '' ? '' : `?${kept}`}`;
}

/** URL of a dashboard in Grafana, with the current time range and variables. */
export function grafanaAddress(url: string | undefined, query: URLSearchParams): string | undefined {
  if (url === undefined) return undefined;
  const target = new URL(url);
  for (const [name, value] of sharedQuery(query)) target.searchParams.append(name, value);
  return target.href;
}
