import type { Ports } from '../../demo/settings.ts';

/** A test gets the pipeline with `inject('pipeline')`. */
export interface PipelineUnderTest {
  readonly ports: Ports;
  /** Process id of the pipeline. 0 if the pipeline ran before the tests. */
  readonly supervisorPid: number;
}

declare module 'vitest' {
  interface ProvidedContext {
    pipeline: PipelineUnderTest;
  }
}
