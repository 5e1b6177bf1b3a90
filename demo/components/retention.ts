export const retention = '10d';

/** Maximum age of accepted samples. By default, Prometheus accepts about one hour (measured). */
export const outOfOrderWindow = '6h';

/** Instant queries ignore older samples. At 5 min (default), a restarted NATS server appears twice. */
export const lookbackDelta = '30s';
