import { binanceUrl, usdtRefresh } from '../../config/knobs.ts';
import { seconds } from '../../metrics/duration.ts';
import { type PushgatewayConfig, pushgatewayConfig, pushgatewaySettings } from '../pushgateway/settings.ts';
import { numberSetting, readSettings, urlSetting } from '../settings.ts';

export interface ExporterConfig {
  /** URL of the search of Binance P2P, or of a mock. */
  readonly upstreamUrl: string;
  readonly refreshMs: number;
  readonly upstreamTimeoutMs: number;
  /** Pushgateway for the task. The exporter has no task without it. */
  readonly pushgateway: PushgatewayConfig | undefined;
}

const searchPath = '/bapi/c2c/v2/friendly/c2c/adv/search';

/** Environment variables of the function. */
export const exporterSettings = {
  /** URL of Binance P2P's search. If the URL has no path, the path of the search is added. */
  USDT_UPSTREAM_URL: urlSetting(`${binanceUrl}${searchPath}`),
  /** Seconds from one refresh of the rate to the next refresh. */
  USDT_REFRESH_SECONDS: numberSetting('seconds', {
    min: 1,
    max: 86_400,
    fallback: seconds(usdtRefresh.production),
  }),
  /** Seconds after which a request to Binance P2P fails. */
  USDT_UPSTREAM_TIMEOUT_SECONDS: numberSetting('seconds', { min: 0.1, max: 60, fallback: 10 }),
  ...pushgatewaySettings,
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

/** Adds the search path of Binance P2P to a URL without a path. */
function searchUrl(url: string): string {
  return new URL(url).pathname === '/' ? new URL(searchPath, url).href : url;
}
