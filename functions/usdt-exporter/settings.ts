import { binanceUrl, usdtRefresh } from '../../config/knobs.ts';
import { seconds } from '../../metrics/duration.ts';
import { type PushgatewayConfig, pushgatewayConfig, pushgatewaySettings } from '../pushgateway/settings.ts';
import { numberSetting, readSettings, urlSetting } from '../settings.ts';

export interface ExporterConfig {
  readonly upstreamUrl: string;
  readonly refreshMs: number;
  readonly upstreamTimeoutMs: number;
  /** If undefined, the exporter has no task that pushes the rate. */
  readonly pushgateway: PushgatewayConfig | undefined;
}

const searchPath = '/bapi/c2c/v2/friendly/c2c/adv/search';

export const exporterSettings = {
  /** URL of the Binance P2P search. A URL without a path gets the path of the search. */
  USDT_UPSTREAM_URL: urlSetting(`${binanceUrl}${searchPath}`),
  /** Seconds between two refreshes of the rate. */
  USDT_REFRESH_SECONDS: numberSetting('seconds', {
    min: 1,
    max: 86_400,
    fallback: seconds(usdtRefresh.production),
  }),
  /** Seconds after which a request to Binance P2P fails. */
  USDT_UPSTREAM_TIMEOUT_SECONDS: numberSetting('seconds', { min: 0.1, max: 60, fallback: 10 }),
  ...pushgatewaySettings,
  /**
   * URL of the Pushgateway.
   * @default not set: the exporter pushes nothing
   */
  PUSHGATEWAY_URL: pushgatewaySettings.PUSHGATEWAY_URL,
};

/** @throws SettingsError if a setting is wrong */
export function readExporterConfig(env: Readonly<Record<string, string | undefined>>): ExporterConfig {
  const read = readSettings(exporterSettings, env);
  return {
    upstreamUrl: searchUrl(read.USDT_UPSTREAM_URL),
    refreshMs: read.USDT_REFRESH_SECONDS * 1000,
    upstreamTimeoutMs: read.USDT_UPSTREAM_TIMEOUT_SECONDS * 1000,
    pushgateway: env.PUSHGATEWAY_URL ? pushgatewayConfig(read) : undefined,
  };
}

function searchUrl(url: string): string {
  return new URL(url).pathname === '/' ? new URL(searchPath, url).href : url;
}
