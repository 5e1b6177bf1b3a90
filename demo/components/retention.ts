export const retention = '10d';

/**
 * Prometheus and Thanos accept samples up to this age. By default, Prometheus refuses samples older than about an hour
 * (measured).
 */
export const outOfOrderWindow = '6h';

/**
 * An instant query ignores samples above this age. With the default of 5 min, a query would also return the series
 * with the old id of a restarted NATS server.
 */
export const lookbackDelta = '30s';
