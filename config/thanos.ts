/**
 * This file contains the settings of Thanos that are equal on the laptop and in every cluster. The file
 * `docs/adr/scale-out-engine.md` gives the reason for each setting.
 */

/** Number of receivers that store each sample. A write succeeds after two receivers have stored the sample. */
export const thanosCopies = 3;

export const hashringAlgorithm = 'ketama';

/**
 * If the timestamp of a sample is more than `tooFarInFuture` ahead of the clock of a Thanos receiver, the receiver
 * refuses the sample. Example without this limit: the clock of one sender of a tenant is 48 hours ahead, and the
 * receiver accepts a sample from this sender. Afterwards the samples of all other senders of this tenant are too old
 * for the receiver, and the receiver refuses these samples.
 */
export const tooFarInFuture = '10m';

/**
 * Time limit for the answer of a receiver to a query, as a Prometheus duration. A late receiver is missing from the
 * result, but other receivers have copies of its data.
 */
export const storeResponseTimeout = '5s';
