/** A dashboard of the console, as `GET /api/dashboards` lists it. */
export interface BoardEntry {
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  /** PromQL of the firing alerts that lead to the dashboard. */
  readonly alerts?: string;
  /** The first graph. Its query still has the variables of Grafana. */
  readonly preview?: { readonly title: string; readonly expr: string };
  /** Its address in Grafana, if a Grafana has it. */
  readonly grafanaUrl?: string;
}

export interface BoardList {
  readonly dashboards: readonly BoardEntry[];
  /** Why Grafana has no dashboards although one is configured. */
  readonly grafanaProblem?: string;
}

/** Parameters of the address that all dashboards share: the time range, the refresh and the variables. */
function sharedQuery(query: URLSearchParams): URLSearchParams {
  const isShared = (name: string) => ['from', 'to', 'refresh'].includes(name) || name.startsWith('var-');
  return new URLSearchParams([...query].filter(([name]) => isShared(name)));
}

/** The address of a dashboard with the current time range and variables. */
export function boardPath(uid: string, query: URLSearchParams): string {
  const kept = sharedQuery(query).toString();
  return `/d/${uid}${kept === '' ? '' : `?${kept}`}`;
}

/** The address in Grafana with the current time range and variables. */
export function grafanaAddress(url: string | undefined, query: URLSearchParams): string | undefined {
  if (url === undefined) return undefined;
  const target = new URL(url);
  for (const [name, value] of sharedQuery(query)) target.searchParams.append(name, value);
  return target.href;
}
