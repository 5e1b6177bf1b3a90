export { closedNetwork } from './closed-network.ts';
export { eks } from './eks.ts';
export { gke } from './gke.ts';
