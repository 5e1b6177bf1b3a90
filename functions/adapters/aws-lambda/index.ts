export { createHandler, type FunctionHandler, type ScheduledEvent } from './handler.ts';
