import { InvalidArgumentError } from 'commander';
import { notation, seconds } from '../../metrics/duration.ts';
import type { Bounds } from '../controls/bounds.ts';

/**
 * Parses `90`, `90s`, `3m` or `1h30m`.
 * @returns seconds
 * @throws InvalidArgumentError
 */
export function durationSeconds(text: string): number {
  try {
    return /^\d+$/.test(text) ? Number(text) : seconds(text);
  } catch {
    throw new InvalidArgumentError('Expected a duration such as 90s, 3m or 1h30m.');
  }
}

/**
 * Parser of a duration from `min` to `max` seconds.
 * @throws InvalidArgumentError
 */
export const durationWithin =
  ({ min, max }: Bounds) =>
  (text: string): number => {
    const given = durationSeconds(text);
    if (given >= min && given <= max) return given;
    throw new InvalidArgumentError(
      `Expected a duration from ${notation(min)} to ${notation(max)}. A number without a unit is in seconds.`,
    );
  };

/** @throws InvalidArgumentError */
export function wholeNumber(text: string): number {
  if (!/^\d{1,10}$/.test(text)) throw new InvalidArgumentError('Expected a whole number.');
  return Number(text);
}

/**
 * Parser of a whole number from `min` to `max`.
 * @throws InvalidArgumentError
 */
export const wholeNumberWithin =
  (min: number, max: number) =>
  (text: string): number => {
    const number = wholeNumber(text);
    if (number >= min && number <= max) return number;
    throw new InvalidArgumentError(`Expected a whole number from ${min} to ${max}.`);
  };

/** @throws InvalidArgumentError */
export function decimal(text: string): number {
  if (!/^\d{1,10}(\.\d+)?$/.test(text)) throw new InvalidArgumentError('Expected a number.');
  return Number(text);
}
