import type { Dispatcher } from 'undici';
import type { Profile, RuleOptions } from '../rules/index.ts';
import type { Expected } from '../sources/index.ts';
import type { FirstRun } from './first-run.ts';
import type { PrometheusApi } from './prometheus-api.ts';
import type { PushgatewayApi } from './pushgateway-api.ts';

/** A running system that the checks examine from outside. */
export interface System extends Expected {
  /** The API of the engine: Prometheus, or Thanos with its scraper. */
  readonly prometheus: PrometheusApi;
  readonly scrapeIntervalSeconds: number;
  /** The profile of the rules that the system has loaded. */
  readonly rulesProfile: Profile;
  /**
   * Changes of the environment to its alerts.
   * @default every alert runs as declared
   */
  readonly alerting?: Pick<RuleOptions, 'overrides' | 'chartRulesOff'>;
  /** Finds the Pushgateway of the system and returns its API. */
  readonly pushgateway: () => Promise<PushgatewayApi>;
  /** Finds the first run of the batch; undefined if the system cannot report it. */
  readonly firstBatch?: () => Promise<FirstRun | undefined>;
  /** Finds Grafana and its login. Not set if the system has no Grafana. */
  readonly grafana?: () => Promise<Grafana>;
}

export interface Grafana {
  readonly url: string;
  readonly username: string;
  readonly password: string;
  /** undici dispatcher that trusts the CA of Grafana's certificate. */
  readonly dispatcher?: Dispatcher;
}

/** Result of a check. `wait` is not a failure: the checked data cannot exist yet. */
export type Verdict = 'pass' | 'fail' | 'wait' | 'skip';

export interface Finding {
  readonly check: string;
  readonly verdict: Verdict;
  /** The observed value. After a failure, the text also contains the expected value. */
  readonly detail: string;
}

export type Check = (system: System) => Promise<readonly Finding[]>;

export const pass = (check: string, detail: string): Finding => ({ check, verdict: 'pass', detail });
export const fail = (check: string, detail: string): Finding => ({ check, verdict: 'fail', detail });
export const wait = (check: string, detail: string): Finding => ({ check, verdict: 'wait', detail });
export const skip = (check: string, detail: string): Finding => ({ check, verdict: 'skip', detail });
