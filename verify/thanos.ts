import type { Dispatcher } from 'undici';
import * as z from 'zod';
import { thanosConnectionMetrics } from '../metrics/definitions/thanos-connections.ts';
import { type AlertsApi, alertsApi } from './alerts-api.ts';
import { getJson } from './get-json.ts';
import { type PrometheusApi, prometheusApi } from './prometheus-api.ts';
import { type Send, sendTo } from './send.ts';

export interface Server {
  /** URL without a path. */
  readonly url: string;
  /** undici dispatcher with the CA and any required client certificate. */
  readonly dispatcher?: Dispatcher | undefined;
}

/** Together, these servers answer the API of Prometheus. */
export interface ThanosServers {
  /** Answers queries, and lists the rules and alerts of all rulers. */
  readonly querier: Server;
  readonly ruler: Server;
  /** The Prometheus that scrapes the targets. The querier has no targets. */
  readonly scraper: Server;
}

const flags = z.object({ data: z.record(z.string(), z.string()) });
const answer = z.object({});

/** The alert Watchdog always fires. Therefore each working Alertmanager has received an alert. */
const accepted = `group by (alertmanager) (${thanosConnectionMetrics.alertsSent.name} > 0)`;

export function thanosApi({ querier, ruler, scraper }: ThanosServers): PrometheusApi {
  const { query, ruleGroups } = prometheusApi(querier.url, querier.dispatcher);
  const { targets } = prometheusApi(scraper.url, scraper.dispatcher);
  return {
    query,
    ruleGroups,
    targets,
    alertmanagers: async () => {
      const configured = await configuredAlertmanagers(ruler);
      if (configured.length > 0) return answering(configured);
      // In a cluster, the flag `alertmanagers.url` is empty. The ruler reads the addresses from a Secret.
      return (await query(accepted)).flatMap(({ metric: { alertmanager } }) => alertmanager ?? []);
    },
  };
}

async function configuredAlertmanagers({ url, dispatcher }: Server): Promise<readonly string[]> {
  const { data } = await getJson({ url: `${url}/api/v1/status/flags`, schema: flags, dispatcher });
  return data['alertmanagers.url']?.match(/https?:\/\/[^\s,"[\]]+/g) ?? [];
}

async function answering(urls: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(
    urls.map((url) =>
      getJson({ url: `${url}/api/v2/status`, schema: answer }).then(
        () => [url],
        () => [],
      ),
    ),
  );
  return found.flat();
}

/** The data about alerts comes from the querier. Only `startedAt` comes from the ruler. */
export function thanosAlerts({ querier, ruler }: ThanosServers): AlertsApi {
  const { startedAt } = alertsApi(ruler.url, ruler.dispatcher);
  return { ...alertsApi(querier.url, querier.dispatcher), startedAt };
}

/** The querier of Thanos has no targets, no storage, and no API that formats or parses PromQL. */
const ofScraper = /^\/api\/v1\/(targets|metadata|status\/\w+|format_query|parse_query)\b/;

export function sendToThanos({ querier, scraper }: ThanosServers): Send {
  const toQuerier = sendTo(querier.url, querier.dispatcher);
  const toScraper = sendTo(scraper.url, scraper.dispatcher);
  return (path, init) => (ofScraper.test(path) ? toScraper : toQuerier)(path, init);
}
