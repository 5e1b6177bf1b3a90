import type { Dispatcher } from 'undici';
import * as z from 'zod';
import type { Grouping } from '../metrics/push-group.ts';
import { getJson } from './get-json.ts';

const labels = z.record(z.string(), z.string());
const family = z.object({ metrics: z.array(z.object({ labels })) });
const answer = z.object({
  // A group is an object with the key `labels` and another key for each metric. A metric with the name `labels`
  // replaces the labels of the group.
  data: z.array(z.looseObject({ labels: z.union([labels, family]), push_time_seconds: family })).default([]),
});

/** A group in the Pushgateway's storage. `/api/v1/metrics` lists the group even if `/metrics` answers 500. */
export interface PushedGroup {
  /** The grouping key, including `job`. Here, a label with an empty value is not the same as a missing label. */
  readonly labels: Grouping;
  /** All pushed series, and the two series that the Pushgateway adds to each group. */
  readonly series: readonly { readonly name: string; readonly labels: Grouping }[];
}

export interface PushgatewayApi {
  /**
   * Lists all groups.
   * @throws Error with the URL and the received answer
   */
  groups(): Promise<readonly PushedGroup[]>;
  /**
   * Shell commands that delete groups.
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
 * Finds the grouping key of a group whose labels are hidden by a metric with the name `labels`. The key comes from the
 * labels of the group's series `push_time_seconds`.
 * This series always has a label `instance`. Its value is empty if the key has no `instance`. Two groups never have the
 * same key. Therefore the empty `instance` is a part of the key only if another group already has the key without
 * `instance`.
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
 * The command that deletes a group.
 * @param curl additional options of curl
 */
export const deletion = (url: string, path: string, curl: readonly string[] = []): string =>
  ['curl --fail', ...curl, `-X DELETE '${url}${path}'`].join(' ');
