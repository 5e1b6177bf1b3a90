import type { Dispatcher } from 'undici';
import type { Profile, RuleOptions } from '../rules/index.ts';
import type { Expected } from '../sources/index.ts';
import type { FirstRun } from './first-run.ts';
import type { PrometheusApi } from './prometheus-api.ts';
import type { PushgatewayApi } from './pushgateway-api.ts';

/** The laptop pipeline or the central cluster of an environment, with its expected state. */
export interface System extends Expected {
  /** The API of Prometheus. With Thanos, several programs together provide this API. */
  readonly prometheus: PrometheusApi;
  /** Start of the program that evaluates the rules, in Unix milliseconds. Undefined if unknown. */
  readonly startedAt?: () => Promise<number>;
  readonly scrapeIntervalSeconds: number;
  readonly rulesProfile: Profile;
  /**
   * Changes of the alerts in this environment.
   * @default every alert runs as declared
   */
  readonly alerting?: Pick<RuleOptions, 'overrides' | 'chartRulesOff'>;
  readonly pushgateway: () => Promise<PushgatewayApi>;
  /** Undefined if the system cannot report the first run of the batch. */
  readonly firstBatch?: () => Promise<FirstRun | undefined>;
  readonly grafana?: () => Promise<Grafana>;
}

export interface Grafana {
  readonly url: string;
  readonly username: string;
  readonly password: string;
  /** undici dispatcher that trusts the CA of Grafana's certificate. */
  readonly dispatcher?: Dispatcher;
}

/** `wait`: the checked data cannot exist yet. */
export type Verdict = 'pass' | 'fail' | 'wait' | 'skip';

export interface Finding {
  readonly check: string;
  readonly verdict: Verdict;
  /** The actual value. After a failure also the expected value. */
  readonly detail: string;
}

export type Check = (system: System) => Promise<readonly Finding[]>;

export const pass = (check: string, detail: string): Finding => ({ check, verdict: 'pass', detail });
export const fail = (check: string, detail: string): Finding => ({ check, verdict: 'fail', detail });
export const wait = (check: string, detail: string): Finding => ({ check, verdict: 'wait', detail });
export const skip = (check: string, detail: string): Finding => ({ check, verdict: 'skip', detail });
