import { labelLimits, otherSampleLimit, sampleLimit, sources } from '../../sources/index.ts';

/** The sample limit of a source as a field of its monitor. */
export function monitorLimit(source: keyof typeof sources): { readonly sampleLimit: number } {
  return { sampleLimit: sampleLimit(sources[source]) };
}

/** Limits for monitors without limits of their own. */
export const scrapeLimits = {
  sampleLimit: otherSampleLimit,
  labelLimit: labelLimits.count,
  labelNameLengthLimit: labelLimits.nameLength,
  labelValueLengthLimit: labelLimits.valueLength,
} as const;

/**
 * This feature adds the series `scrape_sample_limit`. The newer setting `extra_scrape_metrics` has no field in the
 * operator.
 */
export const scrapeFeatures = ['extra-scrape-metrics'] as const;
