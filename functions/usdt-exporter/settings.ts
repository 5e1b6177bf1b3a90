import { binanceUrl, usdtRefresh } from '../../config/knobs.ts';
import { seconds } from '../../metrics/duration.ts';
import { type PushgatewayConfig, pushgatewayConfig, pushgatewaySettings } from '../pushgateway/settings.ts';
import { numberSetting, readSettings, urlSetting } from '../settings.ts';

export interface ExporterConfig {
  /** URL of the search of Binance P2P, or of its mock. */
  readonly upstreamUrl: string;
  readonly refreshMs: number;
  readonly upstreamTimeoutMs: number;
  /** The Pushgateway of the task; without it there is no task. */
  readonly pushgateway: PushgatewayConfig | undefined;
}

const searchPath = '/bapi/c2c/v2/friendly/c2c/adv/search';

/** Environment variables of the function. */
export const exporterSettings = {
  /** The search of Binance P2P. A URL without a path gets the path of the search. */
  USDT_UPSTREAM_URL: urlSetting(`${binanceUrl}${searchPath}`),
  /** Time from one refresh of the rate to the next. */
  USDT_REFRESH_SECONDS: numberSetting('seconds', {
    min: 1,
    max: 86_400,
    fallback: seconds(usdtRefresh.production),
  }),
  /** Deadline of one request to Binance P2P. */
  USDT_UPSTREAM_TIMEOUT_SECONDS: numberSetting('seconds', { min: 0.1, max: 60, fallback: 10 }),
  ...pushgatewaySettings,
};

/** @throws SettingsError */
export function readExporterConfig(env: Readonly<Record<string, string | undefined>>): ExporterConfig {
  const read = readSettings(exporterSettings, env);
  return {
    upstreamUrl: searchUrl(read.USDT_UPSTREAM_URL),
    refreshMs: read.USDT_REFRESH_SECONDS * 1000,
    upstreamTimeoutMs: read.USDT_UPSTREAM_TIMEOUT_SECONDS * 1000,
    pushgateway: env.PUSHGATEWAY_URL ? pushgatewayConfig(read) : undefined,
  };
}

/** Adds the path of Binance's search to a URL without a path. */
function searchUrl(url: string): string {
  return new URL(url).pathname === '/' ? new URL(searchPath, url).href : url;
}
