import type { Ports } from '../../demo/settings.ts';

/** A test gets the pipeline with `inject('pipeline')`. */
export interface PipelineUnderTest {
  readonly ports: Ports;
}

declare module 'vitest' {
  interface ProvidedContext {
    pipeline: PipelineUnderTest;
  }
}
