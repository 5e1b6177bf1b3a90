/** How long the samples are kept. */
export const retention = '10d';

/**
 * The greatest age of an accepted sample. Without this setting, an outage of the remote write that is longer than half
 * a block loses samples (measured: status 400, out of bounds).
 */
export const outOfOrderWindow = '6h';

/**
 * How old the newest sample of a series may be in an instant query. Servers have a new id after each start. Series of
 * the earlier start must not count for five more minutes.
 */
export const lookbackDelta = '30s';
