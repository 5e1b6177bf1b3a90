import type { Ports } from '../../demo/settings.ts';
import type { Finding } from '../../verify/check.ts';

/** The pipeline that the set-up has started. A test gets it with `inject('laptop')`. */
export interface LaptopUnderTest {
  readonly portOffset: number;
  readonly ports: Ports;
  readonly dataDir: string;
  readonly supervisorPid: number;
  /** Output of the pipeline up to `Ready in N s`. */
  readonly readyReport: string;
  /** The last findings of verify, and the seconds between the readiness of the pipeline and these findings. */
  readonly firstLook: { readonly findings: readonly Finding[]; readonly seconds: number };
}

declare module 'vitest' {
  interface ProvidedContext {
    laptop: LaptopUnderTest;
  }
}
