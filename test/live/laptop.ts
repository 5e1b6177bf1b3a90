import type { Ports } from '../../demo/settings.ts';
import type { Finding } from '../../verify/check.ts';

/** State of the pipeline before all tests. The order of the test files has no influence on it. */
export interface FirstLook {
  /** The last findings of verify. */
  readonly findings: readonly Finding[];
  /** Seconds between the readiness of the pipeline and these findings. */
  readonly seconds: number;
  /** Resident memory of all processes in bytes, directly after these findings. */
  readonly residentBytes: number;
}

/** The pipeline that the set-up has started. A test gets it with `inject('laptop')`. */
export interface LaptopUnderTest {
  readonly portOffset: number;
  readonly ports: Ports;
  readonly dataDir: string;
  readonly supervisorPid: number;
  /** Output of the pipeline up to `Ready in N s`. */
  readonly readyReport: string;
  readonly firstLook: FirstLook;
}

declare module 'vitest' {
  interface ProvidedContext {
    laptop: LaptopUnderTest;
  }
}
