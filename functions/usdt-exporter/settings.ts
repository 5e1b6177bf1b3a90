import { type PushgatewayConfig, pushgatewayConfig, pushgatewaySettings } from '../pushgateway/settings.ts';
import { numberSetting, readSettings, urlSetting } from '../settings.ts';

export interface ExporterConfig {
  /** The search of Binance P2P, or what stands in for it. */
  readonly upstreamUrl: string;
  readonly refreshMs: number;
  readonly upstreamTimeoutMs: number;
  /** Where the task pushes; without it there is no task. */
  readonly pushgateway: PushgatewayConfig | undefined;
}

const searchPath = '/bapi/c2c/v2/friendly/c2c/adv/search';

/** Environment variables of the function. */
export const exporterSettings = {
  /** The search of Binance P2P. A URL without a path gets the path of the search. */
  USDT_UPSTREAM_URL: urlSetting(`https://p2p.binance.com${searchPath}`),
  /** Time from one refresh of the rate to the next. */
  USDT_REFRESH_SECONDS: numberSetting('seconds', { min: 1, max: 86_400, fallback: 600 }),
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

/** A URL without a path means the host alone: its search lies where Binance has it. */
function searchUrl(url: string): string {
  return new URL(url).pathname === '/' ? new URL(searchPath, url).href : url;
}
