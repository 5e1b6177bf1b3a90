import type { functionSources } from '../../sources/functions.ts';

type Descriptor = (typeof functionSources)['batchPusher'];

// Only the types of the descriptor are imported, because its values would add the metrics of every function to the bundle.

/** Name of the function; the compiler compares it with the descriptor. */
export const name = 'batch-pusher' satisfies Descriptor['program']['name'];

/** Default port of the server; the compiler compares it with the descriptor. */
export const port = 5001 satisfies Descriptor['port'];
