import { type Check, fail, pass } from '../check.ts';

/**
 * Maximum age of the newest federated sample, as a number of scrape intervals. One interval is for the scrape. The
 * other intervals are for the transfer.
 */
const intervals = 4;

/** Checks that the newest sample of each federated cluster is fresh. */
export const remoteWrite: Check = ({ prometheus, federatedClusters, scrapeIntervalSeconds }) =>
  Promise.all(
    federatedClusters.map(async (cluster) => {
      const name = `remote write of ${cluster}`;
      const [series] = await prometheus.query(`time() - max(timestamp(up{cluster="${cluster}"}))`);
      if (!series?.value) return fail(name, 'no sample has arrived in the last five minutes');
      const age = Number(series.value[1]);
      const limit = intervals * scrapeIntervalSeconds;
      const seen = `the newest sample is ${age.toFixed(1)} s old`;
      return age <= limit ? pass(name, seen) : fail(name, `${seen}, at most ${limit} s are expected`);
    }),
  );
