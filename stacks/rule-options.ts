import { hasObjectStore } from '../config/engines.ts';
import type { Environment } from '../config/environment.ts';
import { thanosPlan } from '../modules/kubernetes/thanos/plan.ts';
import { alertOptions } from '../platforms/alert-rules.ts';
import { expectedOf } from '../sources/index.ts';

/** Retention without a volume. Kubernetes deletes the data together with the pod. */
export const withoutVolume = { time: '1d' };

/** Retention of the engine, in Prometheus notation such as `15d`. */
function historyOf(environment: Environment): string {
  const { central } = environment;
  if (central.engine !== 'thanos') return (central.retention ?? withoutVolume).time;
  const { storeRetention, localRetention } = thanosPlan(environment);
  return hasObjectStore(environment) ? storeRetention : localRetention;
}

/** The settings of an environment that change its rules. */
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
