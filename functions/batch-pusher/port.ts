import type { functionSources } from '../../sources/functions.ts';

type Descriptor = (typeof functionSources)['batchPusher'];

// Import only the type. The value would add the metrics of all functions to the bundle.

export const name = 'batch-pusher' satisfies Descriptor['program']['name'];

export const port = 5001 satisfies Descriptor['port'];
