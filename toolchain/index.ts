export { ToolchainError } from './error.ts';
export { type ObtainedProgram, obtainPrograms, type Programs } from './obtain.ts';
export { type Program, type ProgramName, programs } from './programs.ts';
export { type Progress, type ProgressRenderer, renderProgress } from './progress.ts';
export type { ObtainOptions } from './run.ts';
