export const retention = '10d';

/**
 * Maximum age of an accepted sample. Without this setting, Prometheus refuses samples older than about an hour, half a
 * block. A longer failure of remote write would then lose samples (measured: status 400, out of bounds).
 */
export const outOfOrderWindow = '6h';

/**
 * Maximum age of a sample in an instant query. A NATS server gets a new id at each start. With the default of 5 min,
 * the series of the earlier start would count for five minutes.
 */
export const lookbackDelta = '30s';
