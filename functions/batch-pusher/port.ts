import type { functionSources } from '../../sources/functions.ts';

type Descriptor = (typeof functionSources)['batchPusher'];

// The import above loads only types. The values of the descriptor would add the metrics of every function to the
// bundle.

/** The compiler compares this name with the descriptor. */
export const name = 'batch-pusher' satisfies Descriptor['program']['name'];

/** The compiler compares this port with the descriptor. */
export const port = 5001 satisfies Descriptor['port'];
