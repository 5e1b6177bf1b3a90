import { airflowRelease, batchSchedule } from '../../../config/cluster-names.ts';
import type { Environment } from '../../../config/environment.ts';
import { usdtRefresh } from '../../../config/knobs.ts';
import { batchJob, namespaces } from '../../../config/topology.ts';
import { batchPusherMetrics } from '../../../metrics/definitions/batch-pusher.ts';
import { kubeStateMetrics } from '../../../metrics/definitions/kube-state.ts';
import { pushGroupMetrics } from '../../../metrics/definitions/pushgateway.ts';
import { usdtMetrics } from '../../../metrics/definitions/usdt.ts';
import { seconds } from '../../../metrics/duration.ts';
import { count, gt, histogram, not, select, sub, sum, time } from '../../../metrics/promql.ts';
import { type FunctionSource, functions, hostingOf, jobs, type SourceName } from '../../../sources/index.ts';
import type { Connection } from '../../map-node.ts';
import { type ClusterNode, type Health, memoryOf, podsOf, ready, scraped } from '../cluster-node.ts';
import { central } from '../places.ts';
import { changesPerMinute, perMinute } from '../rates.ts';

const upstreamName = 'binance';

/** Connections of the functions that run in the cluster. */
const connections: Partial<Record<SourceName, readonly Connection[]>> = {
  usdtExporter: [
    {
      to: upstreamName,
      kind: 'requests',
      rate: perMinute(select(histogram(usdtMetrics.fetchDuration, 'count'))),
      unit: 'requests/min',
      failures: perMinute(select(usdtMetrics.fetchErrors)),
    },
  ],
  batchPusher: [
    {
      to: 'pushgateway',
      kind: 'push',
      rate: perMinute(select(batchPusherMetrics.pushes, { outcome: 'pushed' })),
      unit: 'pushes/min',
      failures: perMinute(select(batchPusherMetrics.pushes, { outcome: not('pushed') })),
    },
  ],
};

interface Group {
  /** Label `job` of the pushed metrics. */
  readonly job: string;
  /** Time between two pushes. */
  readonly every: (environment: Environment) => string;
}

/** Functions that can run outside the cluster. Such a function pushes to the Pushgateway. */
const groups: Partial<Record<SourceName, Group>> = {
  usdtExporter: { job: jobs.usdtExporter, every: () => usdtRefresh.production },
  batchPusher: { job: batchJob, every: ({ functions }) => functions.every },
};

/** A program counts as running if its last push is not older than this number of push intervals. */
const maxPushIntervals = 2;

function pushing(job: string, every: string): Health {
  const lastPush = select(pushGroupMetrics.lastPush, { job });
  const oldest = sub(time(), maxPushIntervals * seconds(every));
  return { answers: count(gt(lastPush, oldest)), known: count(lastPush) };
}

function pushesOf(job: string): Connection {
  const rate = changesPerMinute(select(pushGroupMetrics.lastPush, { job }));
  return { to: 'pushgateway', kind: 'push', rate, unit: 'pushes/min' };
}

/** The functions of this project, in the cluster or outside. */
export function functionNodes(environment: Environment): readonly ClusterNode[] {
  return functions.map((source) => {
    const { host } = hostingOf(environment, source.name);
    return host === 'cluster' ? inCluster(source, environment) : elsewhere(source, host, environment);
  });
}

function inCluster(source: FunctionSource, environment: Environment): ClusterNode {
  const { name, job, namespace, program, cluster } = source;
  const target = {
    job,
    ...(cluster === 'primary' && { cluster: environment.central.labels.cluster }),
  };
  return {
    ...described(source),
    place: central(namespace),
    source: name,
    target,
    health: scraped({ source: name, target }),
    memory: memoryOf({ source: name, target }),
    pods: podsOf(namespace, `deployment/${program.name}`),
    connections: connections[name] ?? [],
  };
}

function elsewhere(source: FunctionSource, host: string, environment: Environment): ClusterNode {
  const group = groups[source.name];
  const { name, role } = described(source);
  if (group === undefined) {
    throw new Error(
      `the function ${name} runs outside the cluster and has no push group; add a push group to the constant \`groups\` in console/cluster/nodes/functions.ts`,
    );
  }
  return {
    name,
    role: `${role}; runs on ${host}`,
    place: 'outside',
    health: pushing(group.job, group.every(environment)),
    connections: [pushesOf(group.job)],
  };
}

function described({ program: { name, description } }: FunctionSource) {
  return { name, role: description.charAt(0).toLowerCase() + description.slice(1) };
}

/** The program that runs the batch: Airflow or a CronJob. Empty if an Azure timer runs the batch. */
export function scheduleNodes({ functions, airflow }: Environment): readonly ClusterNode[] {
  const namespace = namespaces.monitoring;
  if (airflow) {
    const pods = podsOf(namespace, `statefulset/${airflowRelease}-scheduler`, 'scheduler');
    return [
      {
        name: 'airflow-scheduler',
        role: 'runs the ETL as a DAG',
        place: central(namespace),
        health: ready(pods),
        pods,
        connections: [pushesOf(batchJob)],
      },
    ];
  }
  if (functions.host !== 'cluster') return [];
  const cronJob = count(select(kubeStateMetrics.cronJobInfo, { namespace, cronjob: batchSchedule }));
  return [
    {
      name: 'batch-schedule',
      role: `runs the batch every ${functions.every}`,
      place: central(namespace),
      health: { answers: cronJob, known: cronJob },
      pods: {
        ...podsOf(namespace, `cronjob/${batchSchedule}`),
        of: ['--selector', `app.kubernetes.io/name=${batchSchedule}`],
      },
      connections: [pushesOf(batchJob)],
    },
  ];
}

/** The API that the USDT exporter calls. Empty if the exporter does not run in the cluster. */
export function upstreamNodes({ usdtExporter }: Environment): readonly ClusterNode[] {
  if (usdtExporter.host !== 'cluster') return [];
  const { upstreamUrl } = usdtExporter;
  const fetched = select(usdtMetrics.up);
  return [
    {
      name: upstreamName,
      role: upstreamUrl === undefined ? 'Binance P2P' : `the upstream ${upstreamUrl}`,
      place: 'outside',
      health: { answers: sum(fetched), known: count(fetched) },
    },
  ];
}
