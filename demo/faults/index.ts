export type { ExpectedAlert, Fault, FaultContext } from './fault.ts';
export { faults } from './list.ts';
