import { labelLimits, otherSampleLimit, sampleLimit, sources } from '../../sources/index.ts';

/** The sample limit of a source, as a field of a monitor. */
export function monitorLimit(source: keyof typeof sources): { readonly sampleLimit: number } {
  return { sampleLimit: sampleLimit(sources[source]) };
}

/**
 * The default limits of a Prometheus or an agent, for monitors without their own limits. The feature adds the series
 * `scrape_sample_limit`. The setting `extra_scrape_metrics` is its successor, but the operator has no field for this
 * setting.
 */
export const scrapeLimits = {
  sampleLimit: otherSampleLimit,
  labelLimit: labelLimits.count,
  labelNameLengthLimit: labelLimits.nameLength,
  labelValueLengthLimit: labelLimits.valueLength,
} as const;

export const scrapeFeatures = ['extra-scrape-metrics'] as const;
