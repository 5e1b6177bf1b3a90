import type { Dispatcher } from 'undici';
import * as z from 'zod';
import { type AlertsApi, alertsApi } from './alerts-api.ts';
import { getJson } from './get-json.ts';
import { type PrometheusApi, prometheusApi } from './prometheus-api.ts';
import { type Send, sendTo } from './send.ts';

/** URLs, without a path, of the programs that together have the API of one Prometheus. */
export interface ThanosAddresses {
  /** Answers queries, and has the rules and the alerts of all rulers. */
  readonly querier: string;
  /** Evaluates the rules and sends the alerts. */
  readonly ruler: string;
  /** The Prometheus that scrapes. At the querier `/api/v1/targets` is empty, because no sidecar runs. */
  readonly scraper: string;
}

const flags = z.object({ data: z.record(z.string(), z.string()) });
const answer = z.object({});

/**
 * The Prometheus API of Thanos. Queries and rules come from the querier, and targets come from the scraper. The list of
 * Alertmanagers has every Alertmanager in the configuration of the ruler that answers.
 */
export function thanosApi(
  { querier, ruler, scraper }: ThanosAddresses,
  dispatcher?: Dispatcher,
): PrometheusApi {
  const { query, ruleGroups } = prometheusApi(querier, dispatcher);
  const { targets } = prometheusApi(scraper, dispatcher);
  return {
    query,
    ruleGroups,
    targets,
    alertmanagers: async () => {
      const { data } = await getJson({ url: `${ruler}/api/v1/status/flags`, schema: flags, dispatcher });
      const configured = data['alertmanagers.url']?.match(/https?:\/\/[^\s,"[\]]+/g) ?? [];
      const answering = await Promise.all(
        configured.map((url) =>
          getJson({ url: `${url}/api/v2/status`, schema: answer, dispatcher }).then(
            () => [url],
            () => [],
          ),
        ),
      );
      return answering.flat();
    },
  };
}

/**
 * The alerts of Thanos. The rules and the alerts come from the querier. The start time comes from the ruler, because
 * the ruler evaluates the rules.
 */
export function thanosAlerts({ querier, ruler }: ThanosAddresses, dispatcher?: Dispatcher): AlertsApi {
  const { startedAt } = alertsApi(ruler, dispatcher);
  return { ...alertsApi(querier, dispatcher), startedAt };
}

/** Paths whose data only the scraper has: its targets, its storage and its flags, and the tools of PromQL's parser. */
const ofScraper = /^\/api\/v1\/(targets|metadata|status\/\w+|format_query|parse_query)\b/;

/** Sends each request to the program of Thanos that can answer it. */
export function sendToThanos({ querier, scraper }: ThanosAddresses, dispatcher?: Dispatcher): Send {
  const toQuerier = sendTo(querier, dispatcher);
  const toScraper = sendTo(scraper, dispatcher);
  return (path, init) => (ofScraper.test(path) ? toScraper : toQuerier)(path, init);
}
