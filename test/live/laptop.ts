import type { Ports } from '../../demo/settings.ts';
import type { Finding } from '../../verify/check.ts';

/** State of the pipeline before the first test. */
export interface FirstLook {
  readonly findings: readonly Finding[];
  /** Seconds from the output line `Ready in N s` until the check of the pipeline ends. */
  readonly seconds: number;
  /** Memory of all processes. */
  readonly residentBytes: number;
}

/** The laptop pipeline of the live tests. A live test reads this object with `inject('laptop')`. */
export interface LaptopUnderTest {
  readonly portOffset: number;
  readonly ports: Ports;
  readonly dataDir: string;
  readonly supervisorPid: number;
  /** Output of the command that started the pipeline, with the line `Ready in N s`. */
  readonly readyReport: string;
  readonly firstLook: FirstLook;
}

declare module 'vitest' {
  interface ProvidedContext {
    laptop: LaptopUnderTest;
  }
}
