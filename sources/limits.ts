import type { Source } from './source.ts';

/** A target may expose this many times its expected series. The scrape fails above the limit. */
const sampleLimitFactor = 5;

/**
 * Sample limit for a target that is no source, such as the kubelet or a target of another team. The largest targets of
 * Kubernetes expose about 30,000 series.
 */
export const otherSampleLimit = 100_000;

/** Limits for the labels of a sample, on every target. A scrape with a longer name or value fails as a whole. */
export const labelLimits = {
  /** Labels of a sample, with its name and the labels that the scrape adds. */
  count: 40,
  /** Bytes of the name of a label. */
  nameLength: 128,
  /** Bytes of the value of a label. An image with its digest has about 200. */
  valueLength: 1024,
} as const;

/** Samples that one scrape of a source may have. */
export function sampleLimit({ expectedSeries }: Pick<Source, 'expectedSeries'>): number {
  return sampleLimitFactor * expectedSeries;
}
