export type { ScheduledEvent } from './event.ts';
export { createHandler, type FunctionHandler } from './handler.ts';
