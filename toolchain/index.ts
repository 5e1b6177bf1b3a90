export { type ChildResult, runChild } from './child.ts';
export { ToolchainError } from './error.ts';
export { withLock } from './lock.ts';
export { obtainPrograms, type Programs } from './obtain.ts';
export type { ObtainedProgram } from './present.ts';
export { type Program, type ProgramName, programs } from './programs.ts';
export { type Progress, type ProgressRenderer, renderProgress } from './progress.ts';
export type { ObtainOptions } from './run.ts';
export { userCache } from './settings.ts';
