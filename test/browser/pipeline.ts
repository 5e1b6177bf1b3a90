import type { Ports } from '../../demo/settings.ts';

/** The pipeline whose console the browser opens. `inject('pipeline')` returns it to a test. */
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
