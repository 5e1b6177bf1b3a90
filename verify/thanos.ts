import type { Dispatcher } from 'undici';
import * as z from 'zod';
import { thanosConnectionMetrics } from '../metrics/definitions/thanos-connections.ts';
import { type AlertsApi, alertsApi } from './alerts-api.ts';
import { getJson } from './get-json.ts';
import { type PrometheusApi, prometheusApi } from './prometheus-api.ts';
import { type Send, sendTo } from './send.ts';

/** A program with an HTTP API. */
export interface Server {
  /** URL without a path. */
  readonly url: string;
  /**
   * undici dispatcher that trusts the CA of the server, and presents a client certificate if the server demands one.
   * @default a direct connection without a proxy
   */
  readonly dispatcher?: Dispatcher | undefined;
}

/** The programs of Thanos. Together, they serve the same API as one Prometheus. */
export interface ThanosServers {
  /** Answers queries. Lists the rules and the alerts of all rulers. */
  readonly querier: Server;
  /** Evaluates the rules and sends the alerts. */
  readonly ruler: Server;
  /**
   * The Prometheus that scrapes. The querier cannot list targets: its `/api/v1/targets` is empty, because no sidecar
   * runs.
   */
  readonly scraper: Server;
}

const flags = z.object({ data: z.record(z.string(), z.string()) });
const answer = z.object({});

/** Alertmanagers that have accepted an alert of a ruler. In a cluster, the alert Watchdog always fires. */
const accepted = `group by (alertmanager) (${thanosConnectionMetrics.alertsSent.name} > 0)`;

/**
 * The API of Prometheus, served by the programs of Thanos. Queries and rules come from the querier, and targets come
 * from the scraper.
 * On the laptop, the flags of the ruler contain the URLs of its Alertmanagers. Each Alertmanager that answers is
 * active. In a cluster, the ruler reads the URLs from a file, and its Alertmanagers cannot be reached from outside.
 * Therefore each Alertmanager that has accepted an alert counts as active.
 */
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
      return (await query(accepted)).flatMap(({ metric: { alertmanager } }) => alertmanager ?? []);
    },
  };
}

/** The URLs of the Alertmanagers in the flags of the ruler. */
async function configuredAlertmanagers({ url, dispatcher }: Server): Promise<readonly string[]> {
  const { data } = await getJson({ url: `${url}/api/v1/status/flags`, schema: flags, dispatcher });
  return data['alertmanagers.url']?.match(/https?:\/\/[^\s,"[\]]+/g) ?? [];
}

/** The Alertmanagers that answer. */
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

/**
 * The alerts of Thanos. The rules and alerts come from the querier. The start time comes from the ruler, because the
 * ruler evaluates the rules.
 */
export function thanosAlerts({ querier, ruler }: ThanosServers): AlertsApi {
  const { startedAt } = alertsApi(ruler.url, ruler.dispatcher);
  return { ...alertsApi(querier.url, querier.dispatcher), startedAt };
}

/**
 * Paths of the API that only the scraper can answer: its targets, its storage and its flags, and the tools of the
 * PromQL parser.
 */
const ofScraper = /^\/api\/v1\/(targets|metadata|status\/\w+|format_query|parse_query)\b/;

/** Sends each request to the program that can answer it: the querier or the scraper. */
export function sendToThanos({ querier, scraper }: ThanosServers): Send {
  const toQuerier = sendTo(querier.url, querier.dispatcher);
  const toScraper = sendTo(scraper.url, scraper.dispatcher);
  return (path, init) => (ofScraper.test(path) ? toScraper : toQuerier)(path, init);
}
