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

/** Adds the series `scrape_sample_limit`. The operator lacks the newer setting `extra_scrape_metrics`. */
export const scrapeFeatures = ['extra-scrape-metrics'] as const;
