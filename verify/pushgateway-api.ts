import type { Dispatcher } from 'undici';
import * as z from 'zod';
import type { Grouping } from '../metrics/push-group.ts';
import { getJson } from './get-json.ts';

const labels = z.record(z.string(), z.string());
const family = z.object({ metrics: z.array(z.object({ labels })) });
const answer = z.object({
  // Each metric of a group has its name as a key. A metric with the name `labels` therefore hides the labels of the
  // group.
  data: z.array(z.looseObject({ labels: z.union([labels, family]), push_time_seconds: family })).default([]),
});

/** A stored push group. `/api/v1/metrics` lists the group even if `/metrics` answers 500. */
export interface PushedGroup {
  /** The grouping key, which always contains `job`. An empty label value in the key differs from a missing label. */
  readonly labels: Grouping;
  /**
   * All series of the group, including `push_time_seconds` and `push_failure_time_seconds`, which the Pushgateway adds.
   */
  readonly series: readonly { readonly name: string; readonly labels: Grouping }[];
}

export interface PushgatewayApi {
  /**
   * Lists all groups.
   * @throws Error with the URL and the received answer
   */
  groups(): Promise<readonly PushedGroup[]>;
  /**
   * Commands with which an operator deletes groups.
   * @param paths paths of the groups
   */
  removal(paths: readonly string[]): readonly string[];
}

/**
 * A client of the Pushgateway's API.
 * @param url URL of the Pushgateway without a path
 */
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

/**
 * Adds the grouping key to each group that has none. The API hides the key of a group with a metric that is named
 * `labels`. The key is then read from the labels of `push_time_seconds`. The Pushgateway adds an empty label `instance`
 * to this series if the key has no `instance`. Therefore an empty `instance` is removed, unless another group already
 * has the remaining key.
 */
function withKeys(
  groups: readonly { readonly labels: Grouping | undefined; readonly series: PushedGroup['series'] }[],
): PushedGroup[] {
  const textOf = (key: Grouping) => JSON.stringify(Object.entries(key).sort());
  const known = new Set(groups.flatMap((group) => (group.labels ? [textOf(group.labels)] : [])));
  return groups.map(({ labels: given, series }) => {
    if (given) return { labels: given, series };
    const full = series.find(({ name }) => name === 'push_time_seconds')?.labels ?? {};
    const { instance, ...others } = full;
    const key = instance === '' && !known.has(textOf(others)) ? others : full;
    known.add(textOf(key));
    return { labels: key, series };
  });
}

/**
 * A command that deletes a group of the Pushgateway.
 * @param curl additional options of curl
 */
export const deletion = (url: string, path: string, curl: readonly string[] = []): string =>
  ['curl --fail', ...curl, `-X DELETE '${url}${path}'`].join(' ');
