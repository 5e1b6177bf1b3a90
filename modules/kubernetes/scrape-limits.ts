import { labelLimits, otherSampleLimit, sampleLimit, sources } from '../../sources/index.ts';

/** The sample limit of a monitor, in the notation of the operator and of the charts. */
export function monitorLimit(source: keyof typeof sources): { readonly sampleLimit: number } {
  return { sampleLimit: sampleLimit(sources[source]) };
}

/**
 * The limits of a Prometheus or an agent, for monitors without limits of their own. The feature adds the series
 * `scrape_sample_limit`. The operator has no field for the setting `extra_scrape_metrics`, which replaces the feature.
 */
export const scrapeLimits = {
  sampleLimit: otherSampleLimit,
  labelLimit: labelLimits.count,
  labelNameLengthLimit: labelLimits.nameLength,
  labelValueLengthLimit: labelLimits.valueLength,
} as const;

export const scrapeFeatures = ['extra-scrape-metrics'] as const;
