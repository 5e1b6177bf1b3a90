import type { Ports } from '../../demo/settings.ts';
import type { Finding } from '../../verify/check.ts';

/** The pipeline that the set-up has started; `inject('laptop')` in a test. */
export interface LaptopUnderTest {
  readonly portOffset: number;
  readonly ports: Ports;
  readonly dataDir: string;
  readonly supervisorPid: number;
  /** What it has printed up to `Ready in N s`. */
  readonly readyReport: string;
  /** What verify found at last, and how long after readiness that was. */
  readonly firstLook: { readonly findings: readonly Finding[]; readonly seconds: number };
}

declare module 'vitest' {
  interface ProvidedContext {
    laptop: LaptopUnderTest;
  }
}
