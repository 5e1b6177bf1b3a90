import type { functionSources } from '../../sources/functions.ts';

type Descriptor = (typeof functionSources)['batchPusher'];

// Only the types of the descriptor are imported. An import of the values of the descriptor would add the metrics of
// every function to the bundle.

/** Name of the function. The compiler checks that the descriptor has the same name. */
export const name = 'batch-pusher' satisfies Descriptor['program']['name'];

/** Default port of the server. The compiler checks that the descriptor has the same port. */
export const port = 5001 satisfies Descriptor['port'];
