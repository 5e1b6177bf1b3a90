import { alertsApi } from '../verify/alerts-api.ts';
import { prometheusApi } from '../verify/prometheus-api.ts';
import { sendTo } from '../verify/send.ts';
import { type Server, sendToThanos, type ThanosServers, thanosAlerts, thanosApi } from '../verify/thanos.ts';
import type { ConsoleOptions } from './server/app.ts';

export function engineApis(
  scraper: Server,
  thanos?: Omit<ThanosServers, 'scraper'>,
): Pick<ConsoleOptions, 'prometheus' | 'sendToPrometheus' | 'alerts'> {
  const { url, dispatcher } = scraper;
  if (thanos === undefined) {
    return {
      prometheus: prometheusApi(url, dispatcher),
      sendToPrometheus: sendTo(url, dispatcher),
      alerts: alertsApi(url, dispatcher),
    };
  }
  const servers = { ...thanos, scraper };
  return {
    prometheus: thanosApi(servers),
    sendToPrometheus: sendToThanos(servers),
    alerts: thanosAlerts(servers),
  };
}
