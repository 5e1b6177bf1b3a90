/** Settings of Thanos for the laptop and for every cluster. The reasons are in `docs/adr/scale-out-engine.md`. */

/** Default number of receivers that store each sample. A write succeeds after two of three copies. */
export const thanosCopies = 3;

export const hashringAlgorithm = 'ketama';

/**
 * A receiver refuses a sample that is more than this time ahead of the receiver's clock. Otherwise one sample from the
 * future makes the samples of all other senders of the tenant too old.
 */
export const tooFarInFuture = '10m';

/**
 * Maximum time for which a querier waits for the answer of a receiver. Other receivers have copies of the data of a
 * late receiver, therefore the querier need not wait longer.
 */
export const storeResponseTimeout = '5s';
