export { exitCodes, type JobOptions, runJob, runTask } from './run.ts';
