import { type Check, type Finding, fail, pass, type System } from '../check.ts';

/**
 * Seconds after the start of a scrape until the newest sample answers a query: 10 s for the scrape, because a scrape
 * ends after the scrape timeout, and 5 s for the queue, because an agent sends a batch at least every 5 s.
 */
const transferSeconds = 15;

/** Checks that the newest sample of each cluster is fresh: samples arrive at the engine, and the engine stores them. */
export const remoteWrite: Check = (system) => {
  const { primaryCluster, federatedClusters } = system;
  return Promise.all([
    freshness(system, primaryCluster, `samples of ${primaryCluster}`),
    ...federatedClusters.map((cluster) => freshness(system, cluster, `remote write of ${cluster}`)),
  ]);
};

async function freshness(
  { prometheus, scrapeIntervalSeconds }: System,
  cluster: string,
  name: string,
): Promise<Finding> {
  const [series] = await prometheus.query(`time() - max(timestamp(up{cluster="${cluster}"}))`);
  if (!series?.value) return fail(name, 'no sample has arrived in the last five minutes');
  const age = Number(series.value[1]);
  // Directly before the next sample arrives, the newest sample is older by one interval.
  const limit = scrapeIntervalSeconds + transferSeconds;
  const seen = `the newest sample is ${age.toFixed(1)} s old`;
  return age <= limit ? pass(name, seen) : fail(name, `${seen}, at most ${limit} s are expected`);
}
