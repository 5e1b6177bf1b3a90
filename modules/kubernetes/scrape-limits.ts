import { labelLimits, otherSampleLimit, sampleLimit, sources } from '../../sources/index.ts';

export function monitorLimit(source: keyof typeof sources): { readonly sampleLimit: number } {
  return { sampleLimit: sampleLimit(sources[source]) };
}

/** Limits for monitors that set no limits. */
export const scrapeLimits = {
  sampleLimit: otherSampleLimit,
  labelLimit: labelLimits.count,
  labelNameLengthLimit: labelLimits.nameLength,
  labelValueLengthLimit: labelLimits.valueLength,
} as const;

/**
 * With the feature `extra-scrape-metrics`, Prometheus adds the series `scrape_sample_limit` for each target. Newer
 * versions have the setting `extra_scrape_metrics` instead, but the operator has no field for this setting.
 */
export const scrapeFeatures = ['extra-scrape-metrics'] as const;
