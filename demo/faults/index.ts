export type { Fault, FaultContext, FaultProcess } from './fault.ts';
export { FaultInjector } from './injector.ts';
export { faults, faultsOf } from './list.ts';
export { FaultSchedule } from './schedule.ts';
