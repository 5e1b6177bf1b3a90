import { numberSetting, readSettings } from '../../functions/settings.ts';

/** Number of cases for each property. The nightly run uses 10,000. */
export const { PROPERTY_RUNS: propertyRuns } = readSettings(
  { PROPERTY_RUNS: numberSetting('cases', { min: 1, max: 1_000_000, fallback: 50, integer: true }) },
  process.env,
);

export const propertyTimeoutMs = 20_000 + propertyRuns * 60;
