import { hasObjectStore } from '../config/engines.ts';
import type { Environment } from '../config/environment.ts';
import { thanosPlan } from '../modules/kubernetes/thanos/plan.ts';
import { alertOptions } from '../platforms/alert-rules.ts';
import { expectedOf } from '../sources/index.ts';

/** Retention of a Prometheus without a volume. Its data is deleted with its pod. */
export const withoutVolume = { time: '1d' };

/** Time for which the engine keeps samples, in Prometheus notation. */
function historyOf(environment: Environment): string {
  const { central } = environment;
  if (central.engine !== 'thanos') return (central.retention ?? withoutVolume).time;
  const { storeRetention, localRetention } = thanosPlan(environment);
  return hasObjectStore(environment) ? storeRetention : localRetention;
}

/** The settings of an environment that are part of its rules. */
export function ruleOptions(environment: Environment) {
  const { functions, alerting, grafana } = environment;
  const expected = expectedOf(environment);
  return {
    batchPeriod: functions.every,
    expected,
    history: historyOf(environment),
    ...alertOptions(environment),
    ...(expected.thanos && { plannedSeries: thanosPlan(environment).demand.series }),
    ...(alerting.runbooks && { runbookBaseUrl: alerting.runbooks }),
    ...(grafana.ingress && { dashboardBaseUrl: `https://${grafana.ingress.host}/d` }),
  };
}
