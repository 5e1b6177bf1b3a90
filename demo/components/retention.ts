export const retention = '10d';

/** Maximum age of accepted samples. By default, Prometheus accepts about one hour (measured). */
export const outOfOrderWindow = '6h';

/**
 * Maximum age of a sample that an instant query returns.
 * With the default of Prometheus, 5 min, a restarted NATS server appears twice.
 */
export const lookbackDelta = '30s';
