import type { Source } from './source.ts';

/** The sample limit of a source is this many times its expected series. A scrape with more samples fails. */
const sampleLimitFactor = 5;

/**
 * Sample limit of targets that are not in the list of sources, such as the kubelet or targets of other teams. The
 * largest targets of Kubernetes expose about 30,000 series.
 */
export const otherSampleLimit = 100_000;

/** Limits on the labels of a sample. If one label exceeds a limit, the whole scrape fails. */
export const labelLimits = {
  /** Number of labels of a sample, including its name and the labels that the scrape adds. */
  count: 40,
  /** Length of the name of a label in bytes. */
  nameLength: 128,
  /** Length of the value of a label in bytes. An image with a digest needs about 200. */
  valueLength: 1024,
} as const;

/** Maximum number of samples in a scrape of a source. */
export function sampleLimit({ expectedSeries }: Pick<Source, 'expectedSeries'>): number {
  return sampleLimitFactor * expectedSeries;
}
