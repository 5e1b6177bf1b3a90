import { azureRules } from './azure-rules.ts';
import { edgeRules } from './edge-rules.ts';
import type { Environment } from './environment.ts';
import { duplicates, problem, type Rule } from './rule.ts';

const hosts: Rule = {
  reads: ['platform.kind', 'functions.host', 'central.engine'],
  problems({ platform, functions, central }) {
    if (platform.kind === 'azure') return [];
    return [
      ...(functions.host === 'azure'
        ? [
            problem(
              'functions.host',
              "azure needs a platform of kind azure, which brings network, vault and identities; set 'cluster' to run them as pods",
            ),
          ]
        : []),
      ...(central.engine !== 'prometheus'
        ? [
            problem(
              'central.engine',
              `${central.engine} needs a platform of kind azure, which brings its store and identity; set 'prometheus'`,
            ),
          ]
        : []),
    ];
  },
};

const pushgatewayDoor: Rule = {
  reads: ['platform.kind', 'pushgateway.ip'],
  problems: ({ platform, pushgateway }) =>
    platform.kind === 'existing' && pushgateway.ip !== undefined
      ? [
          problem(
            'pushgateway.ip',
            `${pushgateway.ip} is not used: only functions on Azure come in from outside; remove it`,
          ),
        ]
      : [],
};

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

const images: Rule = {
  reads: ['platform.kind', 'images'],
  problems({ platform, images: { registry: ours, pullSecret } }) {
    if (platform.kind === 'existing') {
      return ours === undefined
        ? [
            problem(
              'images.registry',
              'is missing; a cluster that exists already needs to know where our images lie',
            ),
          ]
        : [];
    }
    return [
      ...(ours === undefined
        ? []
        : [
            problem(
              'images.registry',
              `${ours} is not used: on Azure the images lie in platform.registry; remove it`,
            ),
          ]),
      ...(pullSecret === undefined
        ? []
        : [
            problem('images.pullSecret', 'is not used: on Azure the nodes pull by their identity; remove it'),
          ]),
    ];
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

/** Elsewhere than on Azure nothing but an annotation keeps a load balancer off the internet. */
const receiverDoor: Rule = {
  reads: ['platform.kind', 'central.receiver'],
  problems: ({ platform, central: { receiver } }) =>
    platform.kind === 'existing' && receiver && receiver.annotations === undefined
      ? [
          problem(
            'central.receiver.annotations',
            'is missing; say what makes a load balancer internal there, {} where all are: else Prometheus would stand on the internet',
          ),
        ]
      : [],
};

const receivers: Rule = {
  reads: ['alerting.receivers'],
  problems: ({ alerting }) =>
    duplicates(alerting.receivers.map(({ name }) => name)).map((name) =>
      problem('alerting.receivers', `${name} names two receivers; rename one`),
    ),
};

/** What a production must have: the setting, what is wrong with it, and whether it is there. */
function demand(setting: string, complaint: string, met: (environment: Environment) => boolean): Rule {
  return {
    reads: ['production', 'platform.kind', setting],
    problems: (environment) =>
      environment.production && !met(environment)
        ? [problem(setting, `${complaint}, because production is true`)]
        : [],
  };
}

const onAzure = ({ platform }: Environment) => (platform.kind === 'azure' ? platform : undefined);

const production: readonly Rule[] = [
  demand('alerting.receivers', 'has none for critical alerts; add one', ({ alerting }) =>
    alerting.receivers.some(({ severities }) => severities.includes('critical')),
  ),
  demand('central.volume', 'is missing; metrics must outlive their pod', ({ central }) => !!central.volume),
  demand(
    'alerting.volume',
    'is missing; silences must outlive their pod',
    ({ alerting }) => !!alerting.volume,
  ),
  demand('grafana.volume', 'is missing; users must outlive their pod', ({ grafana }) => !!grafana.volume),
  demand(
    'state.kind',
    "is local; a state on one machine is lost with it, set 'azurerm'",
    ({ state }) => state.kind !== 'local',
  ),
  demand(
    'platform.cluster.tier',
    'is Free, which has no uptime agreement; choose Standard',
    (environment) => onAzure(environment)?.cluster.tier !== 'Free',
  ),
  demand(
    'platform.cluster.zones',
    'holds fewer than two; choose more, so that one may fail',
    (environment) => (onAzure(environment)?.cluster.zones.length ?? 2) >= 2,
  ),
  demand('platform.backup', 'is missing; set how often and how long', (environment) => {
    const platform = onAzure(environment);
    return !platform || platform.backup !== undefined;
  }),
];

export const environmentRules: readonly Rule[] = [
  ...azureRules,
  hosts,
  pushgatewayDoor,
  exporterHost,
  images,
  storage,
  resources,
  receiverDoor,
  receivers,
  ...production,
  ...edgeRules,
];

function gibibytes(quantity: string): number {
  const unit = quantity.replace(/^\d+/, '');
  return Number.parseInt(quantity, 10) * (gibibyte[unit] ?? 0);
}
