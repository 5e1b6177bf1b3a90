/** Settings of Thanos that the laptop and every cluster share. `docs/adr/scale-out-engine.md` names the faults that they prevent. */

/** Number of receivers that store each sample; two of the three must store a sample before a write succeeds. */
export const thanosCopies = 3;

/** Algorithm by which the routers distribute the series in the ring of receivers. */
export const hashringAlgorithm = 'ketama';

/**
 * Prometheus duration by which a sample may be ahead of the receiver's clock. Without this limit, one sender whose clock
 * is 48 h ahead makes the receivers refuse the samples of every other sender of the tenant.
 */
export const tooFarInFuture = '10m';

/**
 * Prometheus duration within which a receiver must send data to a query. Otherwise the answer has no data of this
 * receiver; the other receivers have copies of its samples.
 */
export const storeResponseTimeout = '5s';
