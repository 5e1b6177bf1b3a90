import { clusters, scrapeIntervalSeconds } from '../config/topology.ts';
import { type NamedSource, sourceList, sourcePorts } from '../sources/index.ts';
import type { System } from './check.ts';
import { prometheusApi } from './prometheus-api.ts';

/** The laptop pipeline, with its ports moved up by `portOffset`. */
export function laptopSystem(portOffset = 0): System {
  return {
    prometheus: prometheusApi(`http://127.0.0.1:${sourcePorts.prometheus + portOffset}`),
    centralJobs: jobsScrapedBy('central'),
    federatedJobs: jobsScrapedBy('agent'),
    primaryCluster: clusters.primary.cluster,
    federatedClusters: [clusters.edge.cluster],
    scrapeIntervalSeconds: scrapeIntervalSeconds.laptop,
    rulesProfile: 'laptop',
  };
}

const jobsScrapedBy = (by: NamedSource['scrapedBy']) =>
  sourceList.flatMap(({ job, scrapedBy, runsOn }) =>
    scrapedBy === by && runsOn === 'laptop-and-cluster' ? [job] : [],
  );
