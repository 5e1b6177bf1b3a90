import type { PrometheusApi } from './prometheus-api.ts';

/**
 * Alertmanagers that have accepted an alert of a ruler. Each working Alertmanager has accepted one, because the alert
 * Watchdog always fires.
 */
const accepted = 'group by (alertmanager) (thanos_alert_sender_alerts_sent_total > 0)';

/**
 * The API of the engine Thanos. Samples and rules come from the querier. Targets come from the Prometheus that scrapes,
 * because the querier has no targets. The Alertmanagers come from a metric of the rulers, because the querier has no
 * list of them.
 */
export function thanosApi(querier: PrometheusApi, scraper: PrometheusApi): PrometheusApi {
  return {
    query: querier.query,
    ruleGroups: querier.ruleGroups,
    targets: scraper.targets,
    alertmanagers: async () =>
      (await querier.query(accepted)).flatMap(({ metric: { alertmanager } }) => alertmanager ?? []),
  };
}
