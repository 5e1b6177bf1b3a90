export const retention = '10d';

/**
 * Maximum age of a sample that Prometheus accepts. Without this setting, it refuses samples that are older than about
 * an hour, half the length of a block. Then a longer failure of remote write loses samples (measured: status 400, out
 * of bounds).
 */
export const outOfOrderWindow = '6h';

/**
 * Maximum age of a sample that an instant query uses. A NATS server has a new id after each start. With the default of
 * 5 min, the series of the earlier start would still count for five minutes.
 */
export const lookbackDelta = '30s';
