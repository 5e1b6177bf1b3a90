import { describe, expect, it } from 'vitest';
import { formatOf, isKnownUnit, readable } from '../../../../console/web/format/units.ts';

describe('the formatter of values', () => {
  it.each<[unit: string, value: number, decimals: number | undefined, text: string]>([
    ['none', 1234.5, undefined, '1235'],
    ['short', 0, undefined, '0'],
    ['short', 42, undefined, '42'],
    ['short', 4.5, undefined, '4.50'],
    ['short', 0.0213, undefined, '0.0213'],
    ['short', 999, undefined, '999'],
    ['short', 1000, undefined, '1 K'],
    ['short', 1234, undefined, '1.23 K'],
    ['short', 98_765, 2, '98.77 K'],
    ['short', 9_876_543, 3, '9.877 Mil'],
    ['short', -1500, 1, '-1.5 K'],
    ['short', 2e9, 0, '2 Bil'],
    ['percent', 12.3456, undefined, '12.3%'],
    ['percent', 100, undefined, '100%'],
    ['percentunit', 1, undefined, '100%'],
    ['percentunit', 0.98765, undefined, '98.8%'],
    ['percentunit', 0.5, 0, '50%'],
    ['bytes', 512, undefined, '512 B'],
    ['bytes', 10_240_000_000, 3, '9.537 GiB'],
    ['bytes', 1536, undefined, '1.50 KiB'],
    ['decbytes', 10_000_000_000, 3, '10.000 GB'],
    ['Bps', 0, undefined, '0 B/s'],
    ['Bps', 1234, undefined, '1.23 kB/s'],
    ['Bps', 12_000_000, undefined, '12 MB/s'],
    ['s', 0, undefined, '0 s'],
    ['s', 5e-9, undefined, '5 ns'],
    ['s', 0.0000125, undefined, '12.5 µs'],
    ['s', 0.25, undefined, '250 ms'],
    ['s', 59, undefined, '59 s'],
    ['s', 60, undefined, '1 min'],
    ['s', 90, undefined, '1.50 mins'],
    ['s', 3600, undefined, '1 hour'],
    ['s', 10_000, 1, '2.8 hours'],
    ['s', 172_800, undefined, '2 days'],
    ['s', 1_209_600, undefined, '2 weeks'],
    ['s', 63_113_800, undefined, '2 years'],
    ['s', -90, 1, '-1.5 mins'],
    ['ms', 1250, 2, '1.25 s'],
    ['mps', 40, undefined, '40 msg/s'],
    ['mps', 1234, undefined, '1.23K msg/s'],
    ['reqps', 0.2, undefined, '0.200 req/s'],
    ['ops', 3_000_000, undefined, '3M ops/s'],
    ['suffix: VND', 25_432.7, 0, '25433 VND'],
    ['suffix:°', 21.5, 1, '21.5 °'],
  ])('formats like Grafana: unit %s, value %d, decimals %s, text %s', (unit, value, decimals, text) => {
    expect(formatOf(unit, decimals)(value)).toBe(text);
  });

  it('rounds query results to six significant digits, except integers', () => {
    expect(['11.062421333333333', '1800000000', '0.00001234567', 'NaN', '+Inf'].map(readable)).toEqual([
      '11.0624',
      '1800000000',
      '0.0000123457',
      'NaN',
      '+Inf',
    ]);
  });

  it('writes a value that is not finite as NaN, +Inf or -Inf', () => {
    expect([Number.NaN, Infinity, -Infinity].map(formatOf('s'))).toEqual(['NaN', '+Inf', '-Inf']);
  });

  it('writes an unknown unit unchanged after the number', () => {
    expect(formatOf('samples/s')(12)).toBe('12 samples/s');
    expect(['short', 'suffix: VND', 'samples/s'].map(isKnownUnit)).toEqual([true, true, false]);
  });
});
