/**
 * Settings that Thanos has on the laptop and in every cluster. `docs/adr/scale-out-engine.md` describes the faults that
 * they prevent.
 */

/** Number of receivers that store each sample. A write succeeds when two of the three have stored the sample. */
export const thanosCopies = 3;

/** Algorithm with which the routers distribute the series among the ingesters. */
export const hashringAlgorithm = 'ketama';

/**
 * Maximum time that a sample may be ahead of the clock of the receiver, as a Prometheus duration. Without this limit,
 * one sender with a clock 48 h ahead blocks all other senders of its tenant.
 */
export const tooFarInFuture = '10m';

/**
 * Time that a receiver has to send data to a query, as a Prometheus duration. After this time, the answer does not
 * contain the data of this receiver. Other receivers have copies of this data.
 */
export const storeResponseTimeout = '5s';
