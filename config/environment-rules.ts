import type { Environment } from './environment.ts';
import { guardedValueRule } from './guarded-value-rule.ts';
import { duplicates, problem, type Rule } from './rule.ts';

const exporterHost: Rule = {
  reads: ['usdtExporter', 'functions'],
  problems: ({ usdtExporter, functions }) => {
    if (usdtExporter.host !== 'azure') return [];
    if (functions.host !== 'azure') {
      return [
        problem(
          'usdtExporter.host',
          "azure needs functions.host to be azure, whose runtime and memory it takes; set 'cluster'",
        ),
      ];
    }
    return functions.app === usdtExporter.app
      ? [
          problem(
            'usdtExporter.app',
            `${usdtExporter.app} is the batch-pusher's app too; give it its own name`,
          ),
        ]
      : [];
  },
};

const gibibyte: Readonly<Record<string, number>> = {
  Mi: 1 / 1024,
  Gi: 1,
  Ti: 1024,
  MB: 1 / 1024,
  GB: 1,
  TB: 1024,
};

/** The write-ahead log, the head's chunks and a compaction's copy need room beside the blocks. */
const largestShareOfBlocks = 0.9;

const storage: Rule = {
  reads: ['central.retention', 'central.volume'],
  problems({ central: { retention, volume } }) {
    if (!retention) {
      return volume
        ? [problem('central.retention', `is missing; say how long and how much of ${volume} is kept`)]
        : [];
    }
    if (!volume) {
      return [
        problem(
          'central.retention',
          `${retention.time} cannot be kept without central.volume: the pod's own disk goes with the pod; set a volume`,
        ),
      ];
    }
    const share = gibibytes(retention.size) / gibibytes(volume);
    return share <= largestShareOfBlocks
      ? []
      : [
          problem(
            'central.retention.size',
            `${retention.size} of ${volume} leaves no room for the write-ahead log; keep it at ${largestShareOfBlocks * 100} % of central.volume or less`,
          ),
        ];
  },
};

/** The API server takes Prometheus' StatefulSet and then refuses each of its pods. */
const resources: Rule = {
  reads: ['central.resources'],
  problems({ central }) {
    const { requests, limits } = central.resources;
    return gibibytes(limits.memory) >= gibibytes(requests.memory)
      ? []
      : [
          problem(
            'central.resources.limits.memory',
            `${limits.memory} is below the request of ${requests.memory}, so Kubernetes refuses the pod; raise it to the request or above`,
          ),
        ];
  },
};

const receivers: Rule = {
  reads: ['alerting.receivers'],
  problems: ({ alerting }) =>
    duplicates(alerting.receivers.map(({ name }) => name)).map((name) =>
      problem('alerting.receivers', `${name} names two receivers; rename one`),
    ),
};

/** A setting that a production environment must have: its name, what is wrong without it, and whether it is set. */
export function productionNeeds<E extends Environment = Environment>(
  setting: string,
  complaint: string,
  met: (environment: E) => boolean,
): Rule<E> {
  return {
    reads: ['production', 'platform.kind', setting],
    problems: (environment) =>
      environment.production && !met(environment)
        ? [problem(setting, `${complaint}, because production is true`)]
        : [],
  };
}

const production: readonly Rule[] = [
  productionNeeds('alerting.receivers', 'has none for critical alerts; add one', ({ alerting }) =>
    alerting.receivers.some(({ severities }) => severities.includes('critical')),
  ),
  productionNeeds(
    'central.volume',
    'is missing; metrics must outlive their pod',
    ({ central }) => !!central.volume,
  ),
  productionNeeds(
    'alerting.volume',
    'is missing; silences must outlive their pod',
    ({ alerting }) => !!alerting.volume,
  ),
  productionNeeds(
    'grafana.volume',
    'is missing; users must outlive their pod',
    ({ grafana }) => !!grafana.volume,
  ),
  productionNeeds(
    'state.kind',
    "is local; a state on one machine is lost with it, set 'azurerm'",
    ({ state }) => state.kind !== 'local',
  ),
];

/** Checks that hold on every platform. */
export const environmentRules: readonly Rule[] = [
  exporterHost,
  storage,
  resources,
  receivers,
  guardedValueRule,
  ...production,
];

function gibibytes(quantity: string): number {
  const unit = quantity.replace(/^\d+/, '');
  return Number.parseInt(quantity, 10) * (gibibyte[unit] ?? 0);
}
