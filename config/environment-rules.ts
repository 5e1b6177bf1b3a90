import { azureRules } from './azure-rules.ts';
import { certManager, mimir, operatorRelease } from './cluster-names.ts';
import type { Environment } from './environment.ts';
import { duplicates, problem, type Rule } from './rule.ts';
import { namespaces } from './topology.ts';

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
    if (!retention) return [];
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

/** Elsewhere than on Azure nothing but an annotation keeps a load balancer off the internet. */
const receiverDoor: Rule = {
  reads: ['platform.kind', 'central.receiver'],
  problems: ({ platform, central: { receiver } }) =>
    platform.kind === 'existing' && receiver && Object.keys(receiver.annotations ?? {}).length === 0
      ? [
          problem(
            'central.receiver.annotations',
            'is missing; without what makes a load balancer internal there, Prometheus would stand on the internet',
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

/** Namespaces that Kubernetes and cert-manager have in every cluster. */
const everywhere: readonly string[] = [
  certManager.namespace,
  'default',
  'kube-system',
  'kube-public',
  'kube-node-lease',
];

/** Namespaces that an edge may not move into: each is made once in a cluster, by whom it is for. */
const takenNamespaces = {
  central: [...everywhere, namespaces.monitoring, namespaces.nats, mimir.namespace],
  elsewhere: [...everywhere, operatorRelease],
} as const;

type EdgeCluster = Environment['edges'][number]['cluster'];

function place(cluster: EdgeCluster): string {
  if (cluster === undefined) return 'the central cluster';
  return cluster.kind === 'aks'
    ? `AKS ${cluster.resourceGroup}/${cluster.name}`
    : `context ${cluster.context}`;
}

const edges: readonly Rule[] = [
  {
    reads: ['edges.*.name'],
    problems: (environment) =>
      duplicates(environment.edges.map(({ name }) => name)).map((name) =>
        problem('edges', `${name} names two edges; rename one`),
      ),
  },
  {
    reads: ['edges.*.labels.cluster', 'central.labels.cluster'],
    problems: ({ central, edges: all }) =>
      duplicates([central.labels.cluster, ...all.map(({ labels }) => labels.cluster)]).map((cluster) =>
        problem('edges', `label cluster="${cluster}" is used twice; their series could not be told apart`),
      ),
  },
  {
    reads: ['edges.*.namespace', 'edges.*.cluster'],
    problems: ({ edges: all }) => [
      ...duplicates(all.map(({ namespace, cluster }) => `${namespace} of ${place(cluster)}`)).map((where) =>
        problem('edges', `two edges share namespace ${where}; give each its own`),
      ),
      ...all.flatMap(({ namespace, cluster }, index) =>
        takenNamespaces[cluster === undefined ? 'central' : 'elsewhere'].includes(namespace)
          ? [
              problem(
                `edges.${index}.namespace`,
                `${namespace} is taken in ${place(cluster)}; choose another`,
              ),
            ]
          : [],
      ),
    ],
  },
  {
    reads: ['edges.*.name', 'edges.*.cluster', 'central.receiver', 'platform.kind'],
    problems: ({ edges: all, central, platform }) =>
      all.flatMap(({ name, cluster }, index) => [
        ...(cluster !== undefined && central.receiver === undefined
          ? [
              problem(
                'central.receiver',
                `is missing; edge ${name} lives in ${place(cluster)} and has no way to the remote-write receiver`,
              ),
            ]
          : []),
        ...(cluster?.kind === 'aks' && platform.kind !== 'azure'
          ? [
              problem(
                `edges.${index}.cluster.kind`,
                "aks needs a platform of kind azure; use 'kubeconfig' with that cluster's context",
              ),
            ]
          : []),
      ]),
  },
];

export const environmentRules: readonly Rule[] = [
  ...azureRules,
  hosts,
  pushgatewayDoor,
  exporterHost,
  images,
  storage,
  receiverDoor,
  receivers,
  ...production,
  ...edges,
];

function gibibytes(quantity: string): number {
  const unit = quantity.replace(/^\d+/, '');
  return Number.parseInt(quantity, 10) * (gibibyte[unit] ?? 0);
}
