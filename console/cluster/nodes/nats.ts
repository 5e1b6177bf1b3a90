import { edgeNames, thanos } from '../../../config/cluster-names.ts';
import { receivesInPrometheus, runsThanos } from '../../../config/engines.ts';
import type { Edge, Environment } from '../../../config/environment.ts';
import { agentPodLabel, namespaces, releases } from '../../../config/topology.ts';
import { natsMetrics } from '../../../metrics/definitions/nats.ts';
import { remoteWriteMetrics } from '../../../metrics/definitions/remote-write.ts';
import { count, lastOverTime, range, select, sum } from '../../../metrics/promql.ts';
import { type SourceName, sources } from '../../../sources/index.ts';
import { keySeriesOfNats, type TargetLabels } from '../../key-series.ts';
import type { Place } from '../../topology.ts';
import { type ClusterNode, memoryOf, type Pods, podsOf, scraped } from '../cluster-node.ts';
import { central, placeOfEdge } from '../places.ts';
import { perMinute, perSecond } from '../rates.ts';

interface Servers {
  /** Prefix of the component names, such as `edge-`. */
  readonly prefix: string;
  readonly source: SourceName;
  readonly target: TargetLabels & { readonly cluster: string };
  readonly place: Place;
  readonly replicas: number;
  readonly pods: (container: string) => Pods;
}

function natsNodes({ prefix, source, target, place, replicas, pods }: Servers): readonly ClusterNode[] {
  const { cluster } = target;
  // If a NATS server does not answer its exporter, the series `reportedConnections` of this server ends.
  const answers = count(lastOverTime(range(select(natsMetrics.reportedConnections, { cluster }), '90s')));
  const exporter = scraped({ source, target }, replicas);
  return [
    {
      name: `${prefix}nats`,
      role: `messaging with JetStream, cluster ${cluster}`,
      place,
      health: { ...exporter, answers },
      memory: sum(select(natsMetrics.memory, { cluster })),
      keySeries: keySeriesOfNats(cluster),
      pods: pods('nats'),
    },
    {
      name: `${prefix}nats-exporter`,
      role: `exposes the NATS of ${cluster}`,
      place,
      source,
      target,
      health: exporter,
      memory: memoryOf({ source, target }),
      pods: pods('prom-exporter'),
      connections: [
        {
          to: `${prefix}nats`,
          kind: 'requests',
          rate: perMinute(select(natsMetrics.monitorRequests, { cluster })),
          unit: 'requests/min',
        },
      ],
    },
  ];
}

export function primaryNats({ central: { labels }, nats }: Environment): readonly ClusterNode[] {
  return natsNodes({
    prefix: '',
    source: 'natsExporter',
    target: { job: sources.natsExporter.job, cluster: labels.cluster },
    place: central(namespaces.nats),
    replicas: nats.replicas,
    pods: (container) => podsOf(namespaces.nats, `statefulset/${releases.nats}`, container),
  });
}

export function edgeNodes({ edges, central: values }: Environment): readonly ClusterNode[] {
  return edges.flatMap((edge) => {
    const receivers = receiversOf(edge, values);
    return edges.length === 1
      ? nodesOf(edge, receivers, { prefix: 'edge-', agent: 'prometheus-agent' })
      : nodesOf(edge, receivers, { prefix: `${edge.name}-`, agent: `${edge.name}-agent` });
  });
}

interface EdgeReceiver {
  readonly component: string;
  /** Label `remote_name` of the agent's remote-write queue. Set only if the agent has two queues. */
  readonly remoteName?: string;
}

/** An edge in a separate cluster always sends to one engine, even during a move between engines. */
function receiversOf({ cluster }: Edge, values: Environment['central']): readonly EdgeReceiver[] {
  const inPrometheus = receivesInPrometheus(values);
  const component = 'prometheus';
  if (inPrometheus && runsThanos(values) && !cluster) {
    return [
      { component, remoteName: 'central' },
      { component: thanos.router, remoteName: thanos.remoteName },
    ];
  }
  return [{ component: inPrometheus ? component : thanos.router }];
}

function nodesOf(
  edge: Edge,
  receivers: readonly EdgeReceiver[],
  names: { readonly prefix: string; readonly agent: string },
): readonly ClusterNode[] {
  const { name, namespace, labels } = edge;
  const ofEdge = edge.cluster ? { edge: name } : {};
  // The PodMonitor of an edge is in the namespace of the edge, not in `sources[source].namespace`.
  const target = (source: 'edgeNatsExporter' | 'prometheusAgent') => ({
    job: sources[source].job.replace(`${sources[source].namespace}/`, `${namespace}/`),
    cluster: labels.cluster,
  });
  const agent = { source: 'prometheusAgent', target: target('prometheusAgent') } as const;
  const place = placeOfEdge(edge);
  return [
    ...natsNodes({
      prefix: names.prefix,
      source: 'edgeNatsExporter',
      target: target('edgeNatsExporter'),
      place,
      replicas: edge.nats.replicas,
      pods: (container) => ({
        ...podsOf(namespace, `statefulset/${releases.nats}`, container),
        ...ofEdge,
      }),
    }),
    {
      ...agent,
      name: names.agent,
      role: `scrapes ${labels.cluster}, buffers, remote-writes to ${receivers.map(({ component }) => component).join(' and ')}`,
      place,
      health: scraped(agent, edge.replicas ?? 1),
      memory: memoryOf(agent),
      pods: {
        ...podsOf(namespace, `statefulset/prom-agent-${edgeNames.agent}`, 'prometheus'),
        of: ['--selector', `app=${agentPodLabel.app}`],
        ...ofEdge,
      },
      connections: receivers.map(({ component, remoteName }) => {
        const queue = { ...agent.target, ...(remoteName !== undefined && { remote_name: remoteName }) };
        return {
          to: component,
          kind: 'remote-write',
          rate: perSecond(select(remoteWriteMetrics.sent, queue)),
          unit: 'samples/s',
          failures: perSecond(select(remoteWriteMetrics.failed, queue)),
        };
      }),
    },
  ];
}
