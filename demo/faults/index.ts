export { type Fault, type FaultContext, faultAreas } from './fault.ts';
export { FaultInjector } from './injector.ts';
export { faults, faultsOf } from './list.ts';
export { FaultSchedule } from './schedule.ts';
