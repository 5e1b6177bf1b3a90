import type { Dispatcher } from 'undici';
import * as z from 'zod';
import type { Grouping } from '../metrics/push-group.ts';
import { getJson } from './get-json.ts';

const labels = z.record(z.string(), z.string());
const family = z.object({ metrics: z.array(z.object({ labels })) });
const answer = z.object({
  // A pushed metric named `labels` replaces the grouping key in the JSON of the Pushgateway.
  data: z.array(z.looseObject({ labels: z.union([labels, family]), push_time_seconds: family })).default([]),
});

/** A stored push group. `/api/v1/metrics` lists the group even if `/metrics` answers 500. */
export interface PushedGroup {
  /** The grouping key. A label with an empty value differs from a missing label. */
  readonly labels: Grouping;
  /** All series of the group. The Pushgateway adds `push_time_seconds` and `push_failure_time_seconds`. */
  readonly series: readonly { readonly name: string; readonly labels: Grouping }[];
}

export interface PushgatewayApi {
  /** @throws Error with the URL and the received answer */
  groups(): Promise<readonly PushedGroup[]>;
  /** Shell commands with which an operator deletes the groups with these paths. */
  removal(paths: readonly string[]): readonly string[];
}

/** @param url URL of the Pushgateway without a path */
export function pushgatewayApi(
  url: string,
  removal: PushgatewayApi['removal'],
  dispatcher?: Dispatcher,
): PushgatewayApi {
  return {
    groups: async () => {
      const { data } = await getJson({ url: `${url}/api/v1/metrics`, schema: answer, dispatcher });
      const groups = data.map((families) => ({
        labels: labels.safeParse(families.labels).data,
        series: Object.entries(families).flatMap(([name, value]) => {
          const { success, data: pushed } = family.safeParse(value);
          return success ? pushed.metrics.map((metric) => ({ name, labels: metric.labels })) : [];
        }),
      }));
      return withKeys(groups);
    },
    removal,
  };
}

function withKeys(
  groups: readonly { readonly labels: Grouping | undefined; readonly series: PushedGroup['series'] }[],
): PushedGroup[] {
  const textOf = (key: Grouping) => JSON.stringify(Object.entries(key).sort());
  const known = new Set(groups.flatMap((group) => (group.labels ? [textOf(group.labels)] : [])));
  return groups.map(({ labels: given, series }) => {
    if (given) return { labels: given, series };
    const full = series.find(({ name }) => name === 'push_time_seconds')?.labels ?? {};
    const { instance, ...others } = full;
    // The Pushgateway adds `instance=""` to this series if the grouping key has no `instance`.
    const key = instance === '' && !known.has(textOf(others)) ? others : full;
    known.add(textOf(key));
    return { labels: key, series };
  });
}

/**
 * A shell command that deletes a group of the Pushgateway.
 * @param curl additional options of curl
 */
export const deletion = (url: string, path: string, curl: readonly string[] = []): string =>
  ['curl --fail', ...curl, `-X DELETE '${url}${path}'`].join(' ');
