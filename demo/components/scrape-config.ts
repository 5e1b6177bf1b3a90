import { clusters } from '../../config/topology.ts';
import { type NamedSource, sourceList } from '../../sources/index.ts';
import { address, type PortName } from '../network.ts';
import type { Settings } from '../settings.ts';

/**
 * The scrape configurations of a Prometheus of the pipeline. Targets get the same labels as in a cluster.
 * @param by the Prometheus or agent that scrapes
 */
export function scrapeConfigs(by: NamedSource['scrapedBy'], settings: Settings) {
  return sourceList
    .filter(({ scrapedBy, runsOn }) => scrapedBy === by && runsOn === 'laptop-and-cluster')
    .map(({ name, job, namespace, cluster, path, honorLabels }) => ({
      job_name: job,
      ...(path !== '/metrics' && { metrics_path: path }),
      ...(honorLabels && { honor_labels: true }),
      static_configs: [
        {
          targets: [address(settings, name as PortName)],
          labels: { namespace, ...(cluster && clusters[cluster]) },
        },
      ],
    }));
}
