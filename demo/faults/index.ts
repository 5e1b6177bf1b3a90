export type { ExpectedAlert, Fault, FaultContext } from './fault.ts';
export { FaultInjector, type FaultStatus } from './injector.ts';
export { faults, faultsOf } from './list.ts';
