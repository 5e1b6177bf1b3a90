import { describe, expect, it } from 'vitest';
import { linesOf, sumOf } from '../../../bench/federation/own-metrics.ts';
import {
  countableWindow,
  middleThroughput,
  percentile,
  scrapesPerSecond,
} from '../../../bench/federation/statistics.ts';

describe('a percentile', () => {
  it('is one of the measured values, by the nearest-rank method', () => {
    const values = [5, 1, 4, 2, 3];
    expect(percentile(values, 0.5)).toBe(3);
    expect(percentile(values, 0.99)).toBe(5);
    expect(percentile(values, 0)).toBe(1);
  });

  it('is NaN if there are no values', () => {
    expect(percentile([], 0.5)).toBeNaN();
  });
});

describe('the throughput of the middle 90 % of the samples', () => {
  const at = (seconds: number, samples: number, cpuSeconds: number) => ({
    at: seconds * 1000,
    samples,
    cpuSeconds,
  });

  it('ignores the slow start and the slow end', () => {
    const readings = [at(0, 500, 1), at(2, 550, 1), at(4, 1450, 1.9), at(9, 1500, 2)];
    const { samplesPerSecond, cpuPerSample } = middleThroughput(readings, 1000);
    expect(samplesPerSecond).toBeCloseTo(450);
    expect(cpuPerSample).toBeCloseTo(1000);
  });

  it('can be computed from two readings', () => {
    const { samplesPerSecond, cpuPerSample } = middleThroughput([at(0, 0, 0), at(10, 1000, 0.01)], 1000);
    expect(samplesPerSecond).toBeCloseTo(100);
    expect(cpuPerSample).toBeCloseTo(10);
  });

  it('is NaN if too few samples arrive', () => {
    expect(middleThroughput([at(0, 0, 0), at(1, 900, 1)], 1000).samplesPerSecond).toBeNaN();
  });
});

describe('the period in which samples are counted', () => {
  it('leaves out the first scrape and the last scrape', () => {
    expect(countableWindow([1000, 6000, 11_000, 16_000])).toEqual({ start: 3500, end: 13_500, scrapes: 2 });
  });

  it('is undefined if an agent has only two scrapes', () => {
    expect(countableWindow([1000, 6000])).toBeUndefined();
  });
});

describe('the rate of the scrapes', () => {
  it('is the sum of the rates of all agents', () => {
    expect(
      scrapesPerSecond([
        [0, 5000, 10_000],
        [2000, 7000],
      ]),
    ).toBeCloseTo(0.4);
  });
});

describe('the values of the metric `a_total`', () => {
  const text = [
    '# TYPE a_total counter',
    'a_total 3',
    'a_total{type="float",tenant="x"} 4.5e+01',
    'a_total_other 9',
  ].join('\n');

  it('do not include the metric `a_total_other`', () => {
    expect(linesOf(text, 'a_total')).toEqual([
      { labels: '', value: 3 },
      { labels: 'type="float",tenant="x"', value: 45 },
    ]);
    expect(sumOf(text, 'a_total')).toBe(48);
  });
});
