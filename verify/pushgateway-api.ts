import type { Dispatcher } from 'undici';
import * as z from 'zod';
import type { Grouping } from '../metrics/push-group.ts';
import { getJson } from './get-json.ts';

const labels = z.record(z.string(), z.string());
const family = z.object({ metrics: z.array(z.object({ labels })) });
const answer = z.object({
  // Each metric of a group is a key next to `labels`, the key of the group. A metric with the name `labels` replaces
  // that key.
  data: z.array(z.looseObject({ labels: z.union([labels, family]), push_time_seconds: family })).default([]),
});

/** A group in the Pushgateway's storage; `/api/v1/metrics` shows it even while `/metrics` answers 500. */
export interface PushedGroup {
  /** The grouping key, `job` included. An empty value is a separate label here. */
  readonly labels: Grouping;
  /** Each pushed series, and the two series that the Pushgateway adds to each group. */
  readonly series: readonly { readonly name: string; readonly labels: Grouping }[];
}

export interface PushgatewayApi {
  /** @throws Error with the URL and the received answer */
  groups(): Promise<readonly PushedGroup[]>;
  /** Shell commands that delete the groups of these paths. */
  removal(paths: readonly string[]): readonly string[];
}

/** @param url of the Pushgateway, without a path */
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
 * Adds the missing grouping keys. A metric with the name `labels` hides the key of its group; then the labels of the
 * group's `push_time_seconds` give the key. That series has an empty `instance` even if the key has no `instance`. Two
 * groups never have the same key. Therefore the empty `instance` belongs to the key only if another group already has
 * the key without `instance`.
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

/** The command that deletes a group. @param curl further options of curl */
export const deletion = (url: string, path: string, curl: readonly string[] = []): string =>
  ['curl --fail', ...curl, `-X DELETE '${url}${path}'`].join(' ');
