import { type Duration, inWords, type Profile } from '../metrics/duration.ts';
import { type Threshold, thresholdText } from './threshold.ts';

/** A Go template of Prometheus. It is a function of the profile if the text contains a duration. */
export type AlertText = string | ((profile: Profile) => string);

/**
 * A text of an alert. The tag inserts thresholds and windows of the rule with their units, such as `15 minutes`.
 * @example text`The rate moved by more than ${usdtThresholds.jump} within ${window}.`
 */
export function text(
  strings: TemplateStringsArray,
  ...values: readonly (AlertText | Threshold | Duration)[]
): AlertText {
  return (profile) =>
    strings.reduce((written, part, index) => {
      const value = values[index - 1];
      return `${written}${value === undefined ? '' : words(value, profile)}${part}`;
    });
}

/** The text for one profile. */
export const textFor = (value: AlertText, profile: Profile): string =>
  typeof value === 'string' ? value : value(profile);

function words(value: AlertText | Threshold | Duration, profile: Profile): string {
  if (typeof value !== 'object') return textFor(value, profile);
  return 'unit' in value ? thresholdText(value, profile) : inWords(value[profile]);
}
