import { etlStages } from '../../metrics/definitions/batch-pusher.ts';
import { type PushgatewayConfig, pushgatewayConfig, pushgatewaySettings } from '../pushgateway/settings.ts';
import { choiceSetting, numberSetting, readSettings, type Setting, textSetting } from '../settings.ts';
import { periodBounds } from './report.ts';
import type { EtlRequest } from './runs.ts';

export interface PusherConfig {
  readonly pushgateway: PushgatewayConfig;
  /** The current token, and the previous token during a rotation. If empty, requests need no token. */
  readonly tokens: readonly string[];
  readonly requestsPerSecond: number;
  /** Parameters of the ETL runs that a timer or a job starts. */
  readonly etl: EtlRequest;
  readonly etlPeriodSeconds: number | undefined;
}

const token: Setting<string | undefined> = textSetting('at least 16 printable characters without spaces', {
  remedy: 'Generate a token with: openssl rand -hex 32',
  pattern: /^[\x21-\x7e]{16,}$/,
  secret: true,
});

export const pusherSettings = {
  ...pushgatewaySettings,
  /**
   * Bearer token that every POST request must have.
   * @default no request needs a token
   */
  API_TOKEN: token,
  /** The old token, which is still accepted while clients change to the new `API_TOKEN`. */
  API_TOKEN_PREVIOUS: token,
  /** Maximum number of requests per second. Additional requests get 429. */
  RATE_LIMIT_PER_SECOND: numberSetting('requests a second', { min: 1, max: 100_000, fallback: 100 }),
  /** Number of records of a simulated ETL run that a timer or a job starts. */
  ETL_RECORDS: numberSetting('records', { min: 0, max: 100_000, fallback: 1000, integer: true }),
  /** Minimum duration of a simulated ETL run, in seconds. */
  ETL_DURATION_SECONDS: numberSetting('seconds', { min: 0, max: 60, fallback: 0 }),
  /**
   * Seconds between two ETL runs. The report of a run contains this value.
   * @default the report contains no value
   */
  ETL_PERIOD_SECONDS: numberSetting('seconds', periodBounds),
  /** Stage at which a simulated ETL run fails. @default no stage */
  ETL_FAIL_AT: choiceSetting(etlStages),
};

export function readPusherConfig(env: Readonly<Record<string, string | undefined>>): PusherConfig {
  const read = readSettings(pusherSettings, env);
  return {
    pushgateway: pushgatewayConfig(read),
    tokens: [read.API_TOKEN, read.API_TOKEN_PREVIOUS].filter((value) => value !== undefined),
    requestsPerSecond: read.RATE_LIMIT_PER_SECOND,
    etl: { records: read.ETL_RECORDS, durationSeconds: read.ETL_DURATION_SECONDS, failAt: read.ETL_FAIL_AT },
    etlPeriodSeconds: read.ETL_PERIOD_SECONDS,
  };
}
