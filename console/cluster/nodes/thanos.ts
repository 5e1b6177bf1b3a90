import { thanos } from '../../../config/cluster-names.ts';
import { hasObjectStore, runsThanos } from '../../../config/engines.ts';
import type { Environment } from '../../../config/environment.ts';
import { scrapeIntervalSeconds } from '../../../config/knobs.ts';
import { namespaces } from '../../../config/topology.ts';
import { processMetrics } from '../../../metrics/definitions/process.ts';
import { prometheusMetrics } from '../../../metrics/definitions/prometheus.ts';
import { remoteWriteMetrics } from '../../../metrics/definitions/remote-write.ts';
import { targetMetrics } from '../../../metrics/definitions/target.ts';
import { thanosHttpMetrics, thanosObjectStoreMetrics } from '../../../metrics/definitions/thanos.ts';
import { thanosConnectionMetrics } from '../../../metrics/definitions/thanos-connections.ts';
import { count, div, type Expression, matching, not, select, sum } from '../../../metrics/promql.ts';
import { thanosReplicas } from '../../../platforms/thanos-replicas.ts';
import type { Connection } from '../../map-node.ts';
import { type ClusterNode, type Pods, podsOf } from '../cluster-node.ts';
import { central } from '../places.ts';
import { perMinute, perSecond } from '../rates.ts';

const { grpcHandled, alertsSent, alertsFailed, ruleEvaluations } = thanosConnectionMetrics;
const objectStore = 'object-store';

interface Member {
  readonly name: string;
  /** @default `name` */
  readonly job?: string;
  readonly role: string;
  readonly pods: Pods;
  readonly expected: number;
  readonly connections: readonly Connection[];
}

/** A Thanos program that the central Prometheus scrapes. */
function member({ name, job = name, role, pods, expected, connections }: Member): ClusterNode {
  const up = select(targetMetrics.up, { job });
  return {
    name,
    role,
    place: central(pods.namespace),
    target: { job },
    health: { answers: sum(up), known: count(up), expected },
    memory: sum(select(processMetrics.residentMemory, { job })),
    pods,
    connections,
    keySeries: [
      { title: 'Resident memory', expr: sum(select(processMetrics.residentMemory, { job })), unit: 'bytes' },
      { title: 'Samples of a scrape', expr: scraped(job), unit: 'suffix:samples' },
    ],
  };
}

const scraped = (job: string): Expression => sum(select(targetMetrics.scrapeSamples, { job }));

function calls(to: string, job: string, method: string, kind: Connection['kind'], unit: string): Connection {
  const of = { job, grpc_method: method };
  return {
    to,
    kind,
    rate: perSecond(select(grpcHandled, of)),
    unit,
    failures: perSecond(select(grpcHandled, { ...of, grpc_code: not('OK') })),
  };
}

const reads = (to: string, job = to) => calls(to, job, 'Series', 'requests', 'reads/s');

function blocks(job: string): Connection {
  return {
    to: objectStore,
    kind: 'requests',
    rate: perMinute(select(thanosObjectStoreMetrics.operations, { job })),
    unit: 'operations/min',
    failures: perMinute(select(thanosObjectStoreMetrics.operationsFailed, { job })),
  };
}

/** The components of Thanos. Empty if the environment does not run Thanos. */
export function thanosNodes(environment: Environment): readonly ClusterNode[] {
  const { central: values } = environment;
  if (!runsThanos(values)) return [];
  const { routers, ingesters, queriers, rulers, copies } = thanosReplicas(environment);
  const stores = hasObjectStore(environment);
  const pods = (workload: string) => podsOf(thanos.namespace, workload, 'thanos');
  const { router, ingester, query, store, compactor } = thanos;
  return [
    member({
      name: router,
      role: `receives the samples of all writers, and sends each to ${copies} ${copies === 1 ? 'ingester' : 'ingesters'}`,
      pods: pods(`deployment/${router}`),
      expected: routers,
      connections: [calls(ingester, ingester, 'RemoteWrite', 'remote-write', 'writes/s')],
    }),
    member({
      name: ingester,
      role: 'stores the samples of the last days',
      pods: pods(`statefulset/${ingester}`),
      expected: ingesters,
      connections: stores ? [blocks(ingester)] : [],
    }),
    member({
      name: query,
      role: 'answers queries from all copies',
      pods: pods(`deployment/${query}`),
      expected: queriers,
      connections: [
        reads(ingester),
        reads(rulerName, thanos.rulerService),
        ...(stores ? [reads(store)] : []),
      ],
    }),
    ruler(rulers, values.engine === 'thanos'),
    ...(stores ? storeNodes(pods(`statefulset/${store}`), pods(`statefulset/${compactor}`)) : []),
  ];
}

const rulerName = 'thanos-ruler';

function ruler(expected: number, alerts: boolean): ClusterNode {
  const job = thanos.rulerService;
  return member({
    name: rulerName,
    job,
    role: alerts
      ? 'evaluates the rules, sends the alerts'
      : 'evaluates the rules; sends no alert during the move from Prometheus to Thanos',
    pods: podsOf(namespaces.monitoring, `statefulset/thanos-ruler-${thanos.ruler}`, 'thanos-ruler'),
    expected,
    connections: [
      {
        to: thanos.query,
        kind: 'requests',
        rate: perSecond(select(ruleEvaluations, { job })),
        unit: 'queries/s',
        failures: perMinute(select(prometheusMetrics.ruleFailures, { job })),
      },
      writes(job),
      ...(alerts
        ? [
            {
              to: 'alertmanager',
              kind: 'alerts' as const,
              rate: perMinute(select(alertsSent, { job })),
              unit: 'alerts/min',
              failures: perMinute(select(alertsFailed, { job })),
            },
          ]
        : []),
    ],
  });
}

function storeNodes(store: Pods, compactor: Pods): readonly ClusterNode[] {
  const operations = select(thanosObjectStoreMetrics.operations);
  return [
    member({
      name: thanos.store,
      role: 'reads the blocks of the object store for the querier',
      pods: store,
      expected: 2,
      connections: [blocks(thanos.store)],
    }),
    member({
      name: thanos.compactor,
      role: 'merges the copies of blocks, and deletes old blocks',
      pods: compactor,
      expected: 1,
      connections: [blocks(thanos.compactor)],
    }),
    {
      name: objectStore,
      role: 'keeps the blocks',
      place: 'outside',
      health: { answers: count(operations), known: count(operations) },
    },
  ];
}

/** @param job Prometheus job of the component that writes to Thanos */
export function writes(job: string): Connection {
  return {
    to: thanos.router,
    kind: 'remote-write',
    rate: perSecond(select(remoteWriteMetrics.sent, { job })),
    unit: 'samples/s',
    failures: perSecond(select(remoteWriteMetrics.failed, { job })),
  };
}

/** The connections with which the central Prometheus scrapes the Thanos programs. */
export function thanosScrapes(nodes: readonly ClusterNode[]): readonly Connection[] {
  return nodes.flatMap(({ name, target }) =>
    target
      ? [
          {
            to: name,
            kind: 'scrape' as const,
            rate: div(scraped(target.job), scrapeIntervalSeconds.cluster),
            unit: 'samples/s',
          },
        ]
      : [],
  );
}

export const queriesOfGrafana: Connection = {
  to: thanos.query,
  kind: 'requests',
  rate: perMinute(select(thanosHttpMetrics.requests, { job: thanos.query, handler: matching('query.*') })),
  unit: 'queries/min',
};
