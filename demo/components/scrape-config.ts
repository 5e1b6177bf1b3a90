import { clusters } from '../../config/topology.ts';
import { type NamedSource, sourceList } from '../../sources/index.ts';
import type { Ports } from '../settings.ts';

/**
 * The scrape configurations of one Prometheus on the laptop, with the same labels as in a cluster.
 * @param by the scraping Prometheus
 */
export function scrapeConfigs(by: NamedSource['scrapedBy'], ports: Ports) {
  return sourceList
    .filter(({ scrapedBy, runsOn }) => scrapedBy === by && runsOn === 'laptop-and-cluster')
    .map(({ name, job, namespace, cluster, path, honorLabels }) => ({
      job_name: job,
      ...(path !== '/metrics' && { metrics_path: path }),
      ...(honorLabels && { honor_labels: true }),
      static_configs: [
        {
          targets: [`127.0.0.1:${ports[name as keyof Ports]}`],
          labels: { namespace, ...(cluster && clusters[cluster]) },
        },
      ],
    }));
}
