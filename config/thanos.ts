/**
 * Settings of Thanos on the laptop and in every cluster. `docs/adr/scale-out-engine.md` gives the reason for each
 * setting.
 */

/** Number of receivers that store each sample. A write succeeds after two receivers have stored the sample. */
export const thanosCopies = 3;

export const hashringAlgorithm = 'ketama';

/**
 * How far the time of a sample may be ahead of the clock of the receiver, as a Prometheus duration. Without this
 * limit, a single sender with a clock 48 h ahead blocks all other senders of its tenant.
 */
export const tooFarInFuture = '10m';

/**
 * Time limit for the answer of a receiver to a query, as a Prometheus duration. A late receiver is missing from the
 * result, but other receivers have copies of its data.
 */
export const storeResponseTimeout = '5s';
