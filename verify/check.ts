import type { Dispatcher } from 'undici';
import type { Profile } from '../rules/index.ts';
import type { Expected } from '../sources/index.ts';
import type { FirstRun } from './first-run.ts';
import type { PrometheusApi } from './prometheus-api.ts';
import type { PushgatewayApi } from './pushgateway-api.ts';

/** A running system, as seen from outside. */
export interface System extends Expected {
  readonly prometheus: PrometheusApi;
  readonly scrapeIntervalSeconds: number;
  /** Which form of our rules it has loaded. */
  readonly rulesProfile: Profile;
  /** Finds the Pushgateway of the system. */
  readonly pushgateway: () => Promise<PushgatewayApi>;
  /** Finds when the batch runs for the first time; absent where the system does not show it. */
  readonly firstBatch?: () => Promise<FirstRun | undefined>;
  /** Finds where its Grafana answers; absent where there is none. */
  readonly grafana?: () => Promise<Grafana>;
}

export interface Grafana {
  readonly url: string;
  readonly username: string;
  readonly password: string;
  /** Trusts the authority that signed its certificate. */
  readonly dispatcher?: Dispatcher;
}

/** `wait`: no fault; the checked data cannot exist yet. */
export type Verdict = 'pass' | 'fail' | 'wait' | 'skip';

export interface Finding {
  readonly check: string;
  readonly verdict: Verdict;
  /** What was seen; for a failure also what was expected. */
  readonly detail: string;
}

export type Check = (system: System) => Promise<readonly Finding[]>;

export const pass = (check: string, detail: string): Finding => ({ check, verdict: 'pass', detail });
export const fail = (check: string, detail: string): Finding => ({ check, verdict: 'fail', detail });
export const wait = (check: string, detail: string): Finding => ({ check, verdict: 'wait', detail });
export const skip = (check: string, detail: string): Finding => ({ check, verdict: 'skip', detail });
