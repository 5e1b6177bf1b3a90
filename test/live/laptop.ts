import type { Ports } from '../../demo/settings.ts';
import type { Finding } from '../../verify/check.ts';

/** The pipeline that the set-up started; a test gets it by `inject('laptop')`. */
export interface LaptopUnderTest {
  readonly portOffset: number;
  readonly ports: Ports;
  readonly dataDir: string;
  readonly supervisorPid: number;
  /** The output up to `Ready in N s`. */
  readonly readyReport: string;
  /** The last findings of verify, and the seconds from readiness to them. */
  readonly firstLook: { readonly findings: readonly Finding[]; readonly seconds: number };
}

declare module 'vitest' {
  interface ProvidedContext {
    laptop: LaptopUnderTest;
  }
}
