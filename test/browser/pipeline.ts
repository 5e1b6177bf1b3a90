import type { Ports } from '../../demo/settings.ts';

/** A test gets the pipeline with `inject('pipeline')`. */
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
