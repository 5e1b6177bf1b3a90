import type { Dispatcher } from 'undici';
import * as z from 'zod';
import type { Grouping } from '../metrics/push-group.ts';
import { getJson } from './get-json.ts';

const family = z.object({ metrics: z.array(z.object({ labels: z.record(z.string(), z.string()) })) });
const answer = z.object({
  data: z.array(z.looseObject({ labels: z.record(z.string(), z.string()) })).default([]),
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
      return data.map(({ labels, ...families }) => ({
        labels,
        series: Object.entries(families).flatMap(([name, value]) => {
          const { success, data: pushed } = family.safeParse(value);
          return success ? pushed.metrics.map((metric) => ({ name, labels: metric.labels })) : [];
        }),
      }));
    },
    removal,
  };
}

/** @param curl its options */
export const deletion = (url: string, path: string, curl: readonly string[] = []): string =>
  ['curl --fail', ...curl, `-X DELETE '${url}${path}'`].join(' ');
