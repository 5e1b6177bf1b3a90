/** The reasons for these settings are in `docs/adr/scale-out-engine.md`. */

/** Default number of receivers that store each sample. A write succeeds after two of three copies. */
export const thanosCopies = 3;

export const hashringAlgorithm = 'ketama';

/** Limit for samples from the future. A future sample makes the samples of other senders too old. */
export const tooFarInFuture = '10m';

export const storeResponseTimeout = '5s';
