import { labelLimits, otherSampleLimit, sampleLimit, sources } from '../../sources/index.ts';

/** The sample limit of a source, as a field of a monitor. */
export function monitorLimit(source: keyof typeof sources): { readonly sampleLimit: number } {
  return { sampleLimit: sampleLimit(sources[source]) };
}

/** The default limits of a Prometheus or an agent, for monitors without their own limits. */
export const scrapeLimits = {
  sampleLimit: otherSampleLimit,
  labelLimit: labelLimits.count,
  labelNameLengthLimit: labelLimits.nameLength,
  labelValueLengthLimit: labelLimits.valueLength,
} as const;

/**
 * This feature adds the series `scrape_sample_limit`. The setting `extra_scrape_metrics` replaces the feature, but the
 * operator has no field for this setting.
 */
export const scrapeFeatures = ['extra-scrape-metrics'] as const;
