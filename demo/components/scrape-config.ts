import { scrapeIntervalSeconds } from '../../config/knobs.ts';
import { clusters } from '../../config/topology.ts';
import {
  labelLimits,
  type NamedSource,
  otherSampleLimit,
  sampleLimit,
  sourceList,
} from '../../sources/index.ts';
import { address, type PortName } from '../network.ts';
import type { Settings } from '../settings.ts';

/** Global settings for every Prometheus of the pipeline. A scrape job can have its own `sample_limit`. */
export const scrapeDefaults = {
  scrape_interval: `${scrapeIntervalSeconds.laptop}s`,
  sample_limit: otherSampleLimit,
  label_limit: labelLimits.count,
  label_name_length_limit: labelLimits.nameLength,
  label_value_length_limit: labelLimits.valueLength,
  // Adds the metric `scrape_sample_limit`, for an alert on the number of samples.
  extra_scrape_metrics: true,
} as const;

/** The targets have the same labels as in a cluster. */
export function scrapeConfigs(by: NamedSource['scrapedBy'], settings: Settings) {
  return sourceList
    .filter(({ scrapedBy, runsOn }) => scrapedBy === by && runsOn === 'laptop-and-cluster')
    .map(({ name, job, namespace, cluster, path, honorLabels, expectedSeries }) => ({
      job_name: job,
      sample_limit: sampleLimit({ expectedSeries }),
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
