/**
 * This file contains the settings of Thanos that are equal on the laptop and in every cluster. The file
 * `docs/adr/scale-out-engine.md` gives the reason for each setting.
 */

/** Number of receivers that store each sample. A write succeeds after two receivers have stored the sample. */
export const thanosCopies = 3;

export const hashringAlgorithm = 'ketama';

/**
 * A receiver refuses samples that are further in the future. Otherwise one sender with a wrong clock could block the
 * other senders.
 */
export const tooFarInFuture = '10m';

/**
 * Time limit for the answer of a receiver to a query, as a Prometheus duration. A late receiver is missing from the
 * result, but other receivers have copies of its data.
 */
export const storeResponseTimeout = '5s';
