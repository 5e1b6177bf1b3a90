export const retention = '10d';

/**
 * Prometheus accepts samples up to this age. Without this setting, Prometheus refuses samples older than about an
 * hour (measured: status 400, out of bounds). A longer failure of remote write would then lose samples.
 */
export const outOfOrderWindow = '6h';

/**
 * An instant query ignores samples above this age. A restarted NATS server has a new id, and therefore new series.
 * With the default of 5 min, a query would return the old series for five more minutes.
 */
export const lookbackDelta = '30s';
