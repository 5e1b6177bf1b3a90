import type { Dispatcher } from 'undici';
import type { Profile } from '../rules/index.ts';
import type { Expected } from '../sources/index.ts';
import type { FirstRun } from './first-run.ts';
import type { PrometheusApi } from './prometheus-api.ts';
import type { PushgatewayApi } from './pushgateway-api.ts';

/** A running system, as it appears from outside. */
export interface System extends Expected {
  /** The API of the engine: Prometheus, or Thanos with its scraper. */
  readonly prometheus: PrometheusApi;
  readonly scrapeIntervalSeconds: number;
  /** The profile of the rules that the system has loaded. */
  readonly rulesProfile: Profile;
  /** Finds the Pushgateway of the system. */
  readonly pushgateway: () => Promise<PushgatewayApi>;
  /** Finds the first run of the batch; undefined if the system does not show it. */
  readonly firstBatch?: () => Promise<FirstRun | undefined>;
  /** Finds Grafana and its login; undefined if the system has no Grafana. */
  readonly grafana?: () => Promise<Grafana>;
}

export interface Grafana {
  readonly url: string;
  readonly username: string;
  readonly password: string;
  /** Trusts the CA that signed Grafana's certificate. */
  readonly dispatcher?: Dispatcher;
}

/** `wait`: no fault, because the checked data cannot exist yet. */
export type Verdict = 'pass' | 'fail' | 'wait' | 'skip';

export interface Finding {
  readonly check: string;
  readonly verdict: Verdict;
  /** The observed value; for a failure also the expected value. */
  readonly detail: string;
}

export type Check = (system: System) => Promise<readonly Finding[]>;

export const pass = (check: string, detail: string): Finding => ({ check, verdict: 'pass', detail });
export const fail = (check: string, detail: string): Finding => ({ check, verdict: 'fail', detail });
export const wait = (check: string, detail: string): Finding => ({ check, verdict: 'wait', detail });
export const skip = (check: string, detail: string): Finding => ({ check, verdict: 'skip', detail });
