/** Entry of `GET /api/dashboards`. */
export interface BoardEntry {
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  /** PromQL of the firing alerts of the dashboard. */
  readonly alerts?: string;
  /** Title and query of the first graph. The query still has variables of Grafana. */
  readonly preview?: { readonly title: string; readonly expr: string };
  /** URL in Grafana; absent if no Grafana has the dashboard. */
  readonly grafanaUrl?: string;
}

export interface BoardList {
  readonly dashboards: readonly BoardEntry[];
  /** Why the configured Grafana does not have the dashboards. */
  readonly grafanaProblem?: string;
}

/** The parameters of a URL that have the same meaning in every dashboard: time range, refresh and variables. */
function sharedQuery(query: URLSearchParams): URLSearchParams {
  const isShared = (name: string) => ['from', 'to', 'refresh'].includes(name) || name.startsWith('var-');
  return new URLSearchParams([...query].filter(([name]) => isShared(name)));
}

/** Keeps the current time range and variables. */
export function boardPath(uid: string, query: URLSearchParams): string {
  const kept = sharedQuery(query).toString();
  return `/d/${uid}${kept === '' ? '' : `?${kept}`}`;
}

/** Keeps the current time range and variables. */
export function grafanaAddress(url: string | undefined, query: URLSearchParams): string | undefined {
  if (url === undefined) return undefined;
  const target = new URL(url);
  for (const [name, value] of sharedQuery(query)) target.searchParams.append(name, value);
  return target.href;
}
