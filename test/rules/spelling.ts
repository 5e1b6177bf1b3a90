import { inWords, seconds } from '../../metrics/duration.ts';
import { type Threshold, thresholdText } from '../../rules/threshold.ts';

const numbers = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
const units: Readonly<Record<string, number>> = {
  s: 1,
  second: 1,
  minute: 60,
  hour: 3_600,
  day: 86_400,
  week: 604_800,
  month: 2_592_000,
};
const amounts: Readonly<Record<string, number>> = {
  a: 1,
  an: 1,
  last: 1,
  'half a': 0.5,
  'half an': 0.5,
  'quarter of an': 0.25,
  ...Object.fromEntries(numbers.map((word, value) => [word, value])),
};

/** Returns the durations in a text, in seconds. `half an hour or 8 s` returns `[1800, 8]`. */
export function durationsIn(text: string): readonly number[] {
  const words = Object.keys(amounts)
    .sort((one, two) => two.length - one.length)
    .join('|');
  const named = new RegExp(`\\b(\\d+|${words})\\s+(second|minute|hour|day|week|month|s\\b)`, 'g');
  return [...text.matchAll(named)].map(
    ([, amount = '', unit = '']) => (amounts[amount] ?? Number(amount)) * (units[unit] as number),
  );
}

/** The percentages in a text, as shares of 1. */
export function ratiosIn(text: string): readonly number[] {
  return [...text.matchAll(/(\d+(?:\.\d+)?) %/g)].map(([, value]) => Number(value) / 100);
}

const fractions: Readonly<Record<string, readonly string[]>> = {
  '50 %': ['half'],
  '80 %': ['four fifths'],
  '5 %': ['a twentieth'],
  '1.25': ['a quarter longer'],
  '2': ['twice'],
};

export function names(text: string, threshold: Threshold): boolean {
  if (threshold.unit === 'duration') {
    return durationsIn(text).includes(seconds(threshold.value.production));
  }
  const figure = thresholdText(threshold);
  const word = threshold.unit === 'ratio' ? undefined : numbers[threshold.value];
  const spellings = [figure, ...(fractions[figure] ?? []), ...(word ? [word] : [])];
  return spellings.some((spelling) => new RegExp(`(?<![\\w.])${spelling}(?![\\w.]\\w)`).test(text));
}

export const inText = (total: number): string => inWords(`${total}s`);
