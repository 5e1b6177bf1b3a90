export type { Fault, FaultContext } from './fault.ts';
export { FaultInjector } from './injector.ts';
export { faults, faultsOf } from './list.ts';
export { FaultSchedule } from './schedule.ts';
