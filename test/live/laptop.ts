import type { Ports } from '../../demo/settings.ts';
import type { Finding } from '../../verify/check.ts';

/** State of the pipeline before all tests. */
export interface FirstLook {
  /** The last findings of verify. */
  readonly findings: readonly Finding[];
  /** Seconds between the end of the start and these findings. */
  readonly seconds: number;
  /** Memory of all processes in bytes after these findings. */
  readonly residentBytes: number;
}

/** A test gets the pipeline with `inject('laptop')`. */
export interface LaptopUnderTest {
  readonly portOffset: number;
  readonly ports: Ports;
  readonly dataDir: string;
  readonly supervisorPid: number;
  /** Output until `Ready in N s`. */
  readonly readyReport: string;
  readonly firstLook: FirstLook;
}

declare module 'vitest' {
  interface ProvidedContext {
    laptop: LaptopUnderTest;
  }
}
