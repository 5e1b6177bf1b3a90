import { type Duration, inWords, type Profile } from '../metrics/duration.ts';
import { type Threshold, thresholdText } from './threshold.ts';

/** A Go template of Prometheus, or one for each profile because it names a duration. */
export type AlertText = string | ((profile: Profile) => string);

/**
 * A text of an alert. Thresholds and windows of the rule are inserted with their units, such as `15 minutes`.
 *
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

/** The text where the rule runs. */
export const textFor = (value: AlertText, profile: Profile): string =>
  typeof value === 'string' ? value : value(profile);

function words(value: AlertText | Threshold | Duration, profile: Profile): string {
  if (typeof value !== 'object') return textFor(value, profile);
  return 'unit' in value ? thresholdText(value, profile) : inWords(value[profile]);
}
