import { numberSetting, readSettings } from '../../functions/settings.ts';

/** Number of cases for each property. The default is small; the nightly run uses 10,000 (PROPERTY_RUNS=10000). */
export const { PROPERTY_RUNS: propertyRuns } = readSettings(
  { PROPERTY_RUNS: numberSetting('cases', { min: 1, max: 1_000_000, fallback: 50, integer: true }) },
  process.env,
);

/** Timeout of a property in milliseconds. It increases with the number of cases. */
export const propertyTimeoutMs = 20_000 + propertyRuns * 60;
