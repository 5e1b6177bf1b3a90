import { numberSetting, readSettings } from '../../functions/settings.ts';

/** Number of cases of a property: few by default, 10,000 in the nightly run (PROPERTY_RUNS=10000). */
export const { PROPERTY_RUNS: propertyRuns } = readSettings(
  { PROPERTY_RUNS: numberSetting('cases', { min: 1, max: 1_000_000, fallback: 50, integer: true }) },
  process.env,
);

/** Timeout of a property in milliseconds, generous for its number of cases. */
export const propertyTimeoutMs = 20_000 + propertyRuns * 60;
