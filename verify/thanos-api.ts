import type { PrometheusApi } from './prometheus-api.ts';

/** Alertmanagers that have accepted an alert of a ruler; the alert Watchdog always fires. */
const accepted = 'group by (alertmanager) (thanos_alert_sender_alerts_sent_total > 0)';

/**
 * The API of the engine Thanos. Samples and rules come from the querier. The querier has no targets, therefore they
 * come from the Prometheus that scrapes; it does not know the Alertmanagers of the rulers either, therefore those come
 * from a metric of the rulers.
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
