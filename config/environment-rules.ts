import type { Environment } from './environment.ts';
import { guardedValueRule } from './guarded-value-rule.ts';
import { mebibytes } from './quantity.ts';
import { duplicates, problem, type Rule } from './rule.ts';
import { namespaces } from './topology.ts';

/** Maximum share of the volume for blocks and log. The rest is for the new block of a compaction. */
const largestShareOfBlocks = 0.9;

const storage: Rule = {
  reads: ['central.retention', 'central.volume'],
  problems({ central: { retention, volume } }) {
    if (!retention) {
      return volume
        ? [
            problem(
              'central.retention',
              `is missing; set the maximum age and the maximum size of the data that Prometheus keeps on its volume (central.volume is ${volume})`,
            ),
          ]
        : [];
    }
    if (!volume) {
      return [
        problem(
          'central.retention',
          `${retention.time} needs a volume, because data on the disk of the pod is deleted with the pod; set central.volume`,
        ),
      ];
    }
    const share = mebibytes(retention.size) / mebibytes(volume);
    return share <= largestShareOfBlocks
      ? []
      : [
          problem(
            'central.retention.size',
            `${retention.size} is too large for a volume of ${volume}, because a compaction needs free space for its new block; set at most ${largestShareOfBlocks * 100} % of central.volume`,
          ),
        ];
  },
};

/** Kubernetes accepts a memory limit below the request in a StatefulSet, but then rejects each pod. */
const resources: Rule = {
  reads: ['central.resources'],
  problems({ central }) {
    const { requests, limits } = central.resources;
    return mebibytes(limits.memory) >= mebibytes(requests.memory)
      ? []
      : [
          problem(
            'central.resources.limits.memory',
            `${limits.memory} is lower than the memory request ${requests.memory}, and Kubernetes rejects a pod with these values; set the limit to at least the request`,
          ),
        ];
  },
};

const receivers: Rule = {
  reads: ['alerting.receivers'],
  problems: ({ alerting }) =>
    duplicates(alerting.receivers.map(({ name }) => name)).map((name) =>
      problem('alerting.receivers', `two receivers have the name ${name}; rename one of them`),
    ),
};

/** The drill changes objects only in the namespaces of monitoring, of NATS and of the edges. */
const drillNamespaces: Rule = {
  reads: ['drill.namespaces', 'edges'],
  problems({ drill, edges }) {
    const own = [namespaces.monitoring, namespaces.nats, ...edges.map(({ namespace }) => namespace)];
    const allowed = drill?.namespaces ?? [];
    return [
      ...allowed
        .filter((name) => !own.includes(name))
        .map((name) =>
          problem(
            'drill.namespaces',
            `${name} is no namespace in which the drill can change objects; set one of ${own.join(', ')}`,
          ),
        ),
      ...duplicates(allowed).map((name) =>
        problem('drill.namespaces', `contains ${name} twice; remove one of them`),
      ),
    ];
  },
};

/**
 * A rule for production environments only.
 * @param complaint message if `met` returns false
 */
export function productionNeeds<E extends Environment = Environment>(
  setting: string,
  complaint: string,
  met: (environment: E) => boolean,
): Rule<E> {
  return {
    reads: ['production', 'platform.kind', setting],
    problems: (environment) =>
      environment.production && !met(environment)
        ? [problem(setting, `${complaint} (required because production is true)`)]
        : [],
  };
}

const production: readonly Rule[] = [
  productionNeeds(
    'alerting.receivers',
    'has no receiver for critical alerts; add a receiver with the severity critical',
    ({ alerting }) => alerting.receivers.some(({ severities }) => severities.includes('critical')),
  ),
  productionNeeds(
    'central.volume',
    'is missing; without a volume, the metrics are deleted with the pod of Prometheus; set a volume',
    ({ central }) => !!central.volume,
  ),
  productionNeeds(
    'alerting.volume',
    'is missing; without a volume, the silences are deleted with the pod of Alertmanager; set a volume',
    ({ alerting }) => !!alerting.volume,
  ),
  productionNeeds(
    'grafana.volume',
    'is missing; without a volume, the users are deleted with the pod of Grafana; set a volume',
    ({ grafana }) => !!grafana.volume,
  ),
  productionNeeds(
    'state.kind',
    "is local; the state is lost if the machine that runs Terraform is lost; set 'azurerm'",
    ({ state }) => state.kind !== 'local',
  ),
];

/** Validation rules for the settings of an environment. These rules apply to every platform. */
export const environmentRules: readonly Rule[] = [
  storage,
  resources,
  receivers,
  guardedValueRule,
  drillNamespaces,
  ...production,
];
