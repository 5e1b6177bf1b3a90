/** How long the samples are kept. */
export const retention = '10d';

/**
 * Maximum age of a sample that is accepted. Without this setting, samples are lost if remote write fails for longer
 * than an hour, which is half the length of a block (measured: status 400, out of bounds).
 */
export const outOfOrderWindow = '6h';

/**
 * Maximum age of a sample that an instant query uses. NATS servers have a new id after each start. With the default of
 * 5 min, the series of the earlier start would still count for five minutes.
 */
export const lookbackDelta = '30s';
