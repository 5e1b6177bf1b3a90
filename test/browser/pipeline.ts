import type { Ports } from '../../demo/settings.ts';

/** The pipeline whose console the browser opens; a test gets it by `inject('pipeline')`. */
export interface PipelineUnderTest {
  readonly ports: Ports;
  /** Pid of the process of `npm start`. */
  readonly supervisorPid: number;
}

declare module 'vitest' {
  interface ProvidedContext {
    pipeline: PipelineUnderTest;
  }
}
