import { type Check, type Finding, fail, pass, type System } from '../check.ts';

/** Maximum age of a sample at its arrival, in seconds: 10 s for the scrape, 5 s for the agent. */
const transferSeconds = 15;

/** Checks that each cluster has a recent sample. */
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
  if (!series?.value)
    return fail(
      name,
      `the series \`up\` of ${cluster} has no recent sample; a query finds samples of the last five minutes, on the laptop samples of the last 30 seconds; read the log of the Prometheus or Prometheus agent that scrapes ${cluster}`,
    );
  const age = Number(series.value[1]);
  const limit = scrapeIntervalSeconds + transferSeconds;
  const seen = `the newest sample is ${age.toFixed(1)} s old`;
  return age <= limit
    ? pass(name, seen)
    : fail(
        name,
        `the newest sample must be at most ${limit} s old, but ${seen}; read the log of the Prometheus or Prometheus agent that scrapes ${cluster}`,
      );
}
