import type { Dispatcher } from 'undici';
import * as z from 'zod';
import { getJson } from '../../verify/get-json.ts';
import { digestOf, type Part } from '../part.ts';

const labels = z.record(z.string(), z.string());
const family = z.object({
  metrics: z.array(z.looseObject({ labels, value: z.string().optional() })),
});
const answer = z.object({
  data: z.array(z.looseObject({ labels: z.unknown(), push_time_seconds: family })).default([]),
});

/**
 * The pushed groups of a Pushgateway.
 * @param url URL without a path
 * @throws AnswerError
 */
export async function groupParts(url: string, dispatcher?: Dispatcher): Promise<readonly Part[]> {
  const { data } = await getJson({ url: `${url}/api/v1/metrics`, schema: answer, dispatcher });
  return data.map(({ labels: _, ...families }) => {
    const [push] = families.push_time_seconds.metrics;
    const key = Object.entries(push?.labels ?? {}).sort();
    const parsed = Object.entries(families).flatMap(([name, value]) => {
      const { data: found } = family.safeParse(value);
      return found ? [{ name, metrics: found.metrics }] : [];
    });
    return {
      name: `group ${key.map(([name, value]) => `${name}=${value}`).join(', ')}`,
      count: parsed.reduce((sum, { metrics }) => sum + metrics.length, 0),
      unit: 'series',
      digest: digestOf(parsed.sort((one, other) => (one.name < other.name ? -1 : 1))),
      newest: Number(push?.value) * 1000,
    };
  });
}

/** Unix time in milliseconds of the newest push; undefined without a push. */
export function newestPush(groups: readonly Part[]): number | undefined {
  const times = groups.flatMap(({ newest }) => newest ?? []);
  return times.length > 0 ? Math.max(...times) : undefined;
}
