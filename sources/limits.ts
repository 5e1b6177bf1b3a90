import type { Source } from './source.ts';

/** A scrape fails above this multiple of the expected series. */
const sampleLimitFactor = 5;

/** Default limit of samples in a scrape. The largest Kubernetes targets have about 30,000 series. */
export const otherSampleLimit = 100_000;

/** Limits on the labels of a sample. One label above a limit makes the whole scrape fail. */
export const labelLimits = {
  /** Maximum number of labels of a sample, including the metric name and the labels of the target. */
  count: 40,
  /** Maximum bytes of a label name. */
  nameLength: 128,
  /** Maximum bytes of a label value. The name of a container image with a digest has about 200 bytes. */
  valueLength: 1024,
} as const;

/** Maximum number of samples in a scrape of a source. */
export function sampleLimit({ expectedSeries }: Pick<Source, 'expectedSeries'>): number {
  return sampleLimitFactor * expectedSeries;
}
