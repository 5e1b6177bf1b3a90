import { type Duration, inWords, type Profile } from '../metrics/duration.ts';
import type { Adjust } from '../metrics/promql.ts';
import { type Threshold, thresholdText } from './threshold.ts';

/** A Go template of Prometheus, or a function if the text contains a duration or a threshold. */
export type AlertText = string | ((profile: Profile, adjust: Adjust) => string);

/**
 * Writes thresholds and windows with their units, such as `15 minutes`.
 * @example text`The rate moved by more than ${usdtThresholds.jump} within ${window}.`
 */
export function text(
  strings: TemplateStringsArray,
  ...values: readonly (AlertText | Threshold | Duration)[]
): AlertText {
  return (profile, adjust) =>
    strings.reduce((written, part, index) => {
      const value = values[index - 1];
      return `${written}${value === undefined ? '' : words(value, profile, adjust)}${part}`;
    });
}

/** Returns the text of an alert. Durations and thresholds depend on the profile (`laptop` or `production`). */
export const textFor = (
  value: AlertText,
  profile: Profile,
  adjust: Adjust = (declared) => declared,
): string => (typeof value === 'string' ? value : value(profile, adjust));

function words(value: AlertText | Threshold | Duration, profile: Profile, adjust: Adjust): string {
  if (typeof value !== 'object') return textFor(value, profile, adjust);
  return 'unit' in value ? thresholdText(adjust(value), profile) : inWords(value[profile]);
}
