export const retention = '10d';

/**
 * Maximum age of an accepted sample. Without this setting, Prometheus refuses samples that are older than about an hour
 * (measured: status 400, out of bounds). Then a failure of remote write for more than an hour would lose samples.
 */
export const outOfOrderWindow = '6h';

/**
 * Maximum age of a sample in an instant query. A NATS server gets a new id at each start, and therefore new series.
 * With the default of 5 min, a query would still find the old series for five minutes after the start.
 */
export const lookbackDelta = '30s';
