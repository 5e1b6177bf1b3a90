import type { Source } from './source.ts';

/** Sample limit divided by the expected series. A scrape with more samples fails. */
const sampleLimitFactor = 5;

/**
 * Sample limit of targets outside the list of sources, such as the kubelet or targets of other teams. The largest
 * targets of Kubernetes have about 30,000 series.
 */
export const otherSampleLimit = 100_000;

/** Limits on the labels of a sample. One label above a limit makes the whole scrape fail. */
export const labelLimits = {
  /** Labels of one sample, including its name and the labels of the scrape. */
  count: 40,
  /** Maximum length of a label name, in bytes. */
  nameLength: 128,
  /** Maximum length of a label value, in bytes. The name of an image with its digest has about 200 bytes. */
  valueLength: 1024,
} as const;

/** Maximum number of samples in a scrape of a source. */
export function sampleLimit({ expectedSeries }: Pick<Source, 'expectedSeries'>): number {
  return sampleLimitFactor * expectedSeries;
}
