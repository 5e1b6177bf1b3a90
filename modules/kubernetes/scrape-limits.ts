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
 * The feature flag `extra-scrape-metrics` adds the series `scrape_sample_limit` for each target. The newer
 * setting `extra_scrape_metrics` has the same effect, but the operator has no field for this setting.
 */
export const scrapeFeatures = ['extra-scrape-metrics'] as const;
