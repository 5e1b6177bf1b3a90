import { describe, expect, it } from 'vitest';
import { scrapeIntervalSeconds } from '../../config/knobs.ts';
import { inWords, lookback, multiple, notation, pending, seconds } from '../../metrics/duration.ts';

describe('a duration', () => {
  it.each([
    ['30s', 30],
    ['5m', 300],
    ['1h30m', 5400],
    ['2d1s', 172_801],
  ])('of %s is converted to %d seconds and back', (text, total) => {
    expect(seconds(text)).toBe(total);
    expect(notation(total)).toBe(text);
  });

  it.each([
    ['1w', 604_800],
    ['1y2w', 32_745_600],
  ])('of %s has %d seconds', (text, total) => {
    expect(seconds(text)).toBe(total);
  });

  it.each(['', '5', '1M', '-5m', '5 m', 'm5'])('is not parsed from the text %j', (text) => {
    expect(() => seconds(text)).toThrow(`got '${text}'`);
  });

  it.each([
    ['1h', '1 hour'],
    ['90m', '1 hour 30 minutes'],
    ['604800s', '7 days'],
    ['1s', '1 second'],
  ])('of %s is written in words as %s', (text, words) => {
    expect(inWords(text)).toBe(words);
  });

  it('of zero seconds is written as 0s', () => {
    expect(notation(0)).toBe('0s');
  });
});

describe('in the laptop profile', () => {
  it.each(['1m', '5m', '15m', '1h', '3d'])(
    'a production range of %s becomes a range of more than four scrape intervals',
    (production) => {
      expect(seconds(lookback(production).laptop)).toBeGreaterThan(4 * scrapeIntervalSeconds.laptop);
    },
  );

  it.each(['1m', '5m', '1h'])('a `for` duration of %s becomes at most 15 s', (production) => {
    expect(seconds(pending(production).laptop)).toBeLessThanOrEqual(15);
  });
});

describe('the function `multiple`', () => {
  it('multiplies the production duration and the laptop duration by 1.25', () => {
    expect(multiple(1.25, { production: '1h', laptop: '1m' })).toEqual({
      production: '1h15m',
      laptop: '1m15s',
    });
  });
});
