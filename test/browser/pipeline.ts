import type { Ports } from '../../demo/settings.ts';

/** The pipeline whose console the browser opens. A test gets it with `inject('pipeline')`. */
export interface PipelineUnderTest {
  readonly ports: Ports;
  /** Process id of `npm start`. */
  readonly supervisorPid: number;
}

declare module 'vitest' {
  interface ProvidedContext {
    pipeline: PipelineUnderTest;
  }
}
