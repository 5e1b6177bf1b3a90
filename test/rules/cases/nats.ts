import { clusters } from '../../../config/topology.ts';
import { natsMetrics } from '../../../metrics/definitions/nats.ts';
import { recorded } from '../../../metrics/definitions/recorded.ts';
import { targetMetrics } from '../../../metrics/definitions/target.ts';
import { jobs } from '../../../sources/index.ts';
import { type AlertCase, type RecordingCase, rising, series, steady } from '../case.ts';

const ofCluster = clusters.primary;
const target = { ...ofCluster, job: jobs.natsExporter, instance: '10.0.0.7:7777' } as const;
const edge = { ...clusters.edge, job: jobs.edgeNatsExporter, instance: '10.1.0.7:7777' } as const;
const third = { job: 'another-team', instance: '10.2.0.7:7777' } as const;

const { reportedConnections, start, slowConsumers, connections, maxConnections, inMsgs } = natsMetrics;
const { scrapeDuration } = targetMetrics;
const up = series(targetMetrics.up, target, steady(1));

const eachScrape = (healthy: string, hung: string, restarted: string) =>
  [`${healthy}x0`, ...Array(4).fill(`${hung} _x5`), `${restarted} _x5 ${restarted} _x5 ${restarted}`].join(
    ' ',
  );
const frozen = [
  series(targetMetrics.up, target, eachScrape('1', '0', '1')),
  series(scrapeDuration, target, eachScrape('0.1', '10', '0.1')),
  series(reportedConnections, target, eachScrape('3', 'stale', '3')),
] as const;

const lateRestart = {
  alert: 'NatsServerRestarted',
  step: '1m',
  series: [series(targetMetrics.up, target, '_x10 1x40'), series(start, target, '_x10 600000x5 960000x40')],
} as const;
const received = (values: string) => series(recorded.inMsgs, ofCluster, values);
const traffic = { alert: 'NatsTrafficStopped', step: '1m' } as const;

export const natsCases: readonly AlertCase[] = [
  {
    alert: 'NatsServerDown',
    when: 'the exporter answers with old varz values and without connz',
    series: [up, series(reportedConnections, target, '3x5 stale'), series(connections, target, steady(3))],
    at: '4m',
    notYet: '3m30s',
    fires: [{ labels: target, value: 1 }],
  },
  {
    alert: 'NatsServerDown',
    when: 'the exporter itself is down, the server of another cluster has no clients, and a target of another team has no connections to report',
    series: [
      series(targetMetrics.up, target, steady(0)),
      series(scrapeDuration, target, steady(0.002)),
      series(targetMetrics.up, third, steady(1)),
      series(targetMetrics.up, edge, steady(1)),
      series(reportedConnections, edge, steady(0)),
    ],
    at: '20m',
  },
  {
    alert: 'NatsServerDown',
    when: 'the server is frozen for 125 s, the earliest time at which its liveness probe restarts it',
    step: '5s',
    series: frozen,
    at: '2m',
    notYet: '1m',
    fires: [{ labels: target, value: 0 }],
  },
  {
    alert: 'NatsServerDown',
    when: 'a server was frozen for 125 s, and it answers again after its restart',
    step: '5s',
    series: frozen,
    at: '3m',
  },
  {
    alert: 'NatsServerDown',
    when: 'an operator removed a server together with the exporter in its pod',
    series: [
      series(targetMetrics.up, target, '1x20 stale'),
      series(reportedConnections, target, '3x20 stale'),
    ],
    at: '30m',
  },
  {
    alert: 'NatsServerDown',
    when: 'a server does not answer, and three neighbours answer that each share two labels with it',
    series: [
      up,
      series(reportedConnections, { ...target, cluster: 'branch' }, steady(3)),
      series(reportedConnections, { ...target, job: jobs.edgeNatsExporter }, steady(3)),
      series(reportedConnections, { ...target, instance: '10.0.0.8:7777' }, steady(3)),
    ],
    at: '2m',
    notYet: '30s',
    fires: [{ labels: target, value: 1 }],
  },
  {
    alert: 'NatsServerDown',
    when: 'each scrape succeeds after 9 s, and each scrape of a stopped exporter fails after exactly 8 s',
    series: [
      up,
      series(scrapeDuration, target, steady(9)),
      series(reportedConnections, target, steady(3)),
      series(targetMetrics.up, edge, steady(0)),
      series(scrapeDuration, edge, steady(8)),
    ],
    at: '3m',
  },
  {
    alert: 'NatsServerDown',
    when: 'one scrape times out',
    series: [
      series(targetMetrics.up, target, '1x10 0 1x400'),
      series(scrapeDuration, target, '0.1x10 10 0.1x400'),
      series(reportedConnections, target, '3x10 _ 3x400'),
    ],
    at: '6m30s',
  },
  {
    alert: 'NatsServerRestarted',
    when: 'an operator removed an existing server',
    series: [series(targetMetrics.up, target, '1x60 stale'), series(start, target, '0x60 stale')],
    at: '35m',
  },
  {
    alert: 'NatsServerRestarted',
    when: 'an existing server restarted five minutes ago',
    series: [up, series(start, target, '0x60 1800000x400')],
    at: '35m',
    fires: [{ labels: target, value: 300 }],
  },
  {
    alert: 'NatsServerRestarted',
    when: 'a cluster was installed with a new server',
    series: [up, series(start, target, steady(0))],
    at: '10m',
  },
  {
    ...lateRestart,
    when: 'a server that was installed twenty minutes ago restarted fourteen minutes ago',
    at: '30m',
    fires: [{ labels: target, value: 840 }],
  },
  { ...lateRestart, when: 'an existing server restarted exactly fifteen minutes ago', at: '31m' },
  {
    alert: 'NatsServerRestarted',
    when: 'a new cluster has a server, two other targets have existed that share its job or its cluster, and the server of another team restarted',
    step: '1m',
    series: [
      series(start, edge, '_x20 1200000x10'),
      series(targetMetrics.up, { ...edge, cluster: 'branch' }, steady(1)),
      series(targetMetrics.up, { ...edge, job: jobs.natsExporter }, steady(1)),
      series(start, third, '0x20 1200000x10'),
      series(targetMetrics.up, third, steady(1)),
    ],
    at: '25m',
  },
  {
    alert: 'NatsSlowConsumers',
    when: 'the server disconnects two slow clients a minute',
    series: [series(slowConsumers, target, rising(1))],
    at: '20m',
    fires: [{ labels: target, value: 30 }],
  },
  {
    alert: 'NatsSlowConsumers',
    when: 'the server disconnected the last slow client half an hour ago',
    series: [series(slowConsumers, target, '0x5 2x470')],
    at: '35m',
  },
  {
    alert: 'NatsSlowConsumers',
    when: 'the server disconnected the first slow client since its start',
    series: [series(slowConsumers, target, '0x5 1x20')],
    at: '5m',
    fires: [{ labels: target, value: 1 }],
  },
  {
    alert: 'NatsConnectionsNearLimit',
    when: '900 of 1000 connections are open',
    series: [series(connections, target, steady(900)), series(maxConnections, target, steady(1000))],
    at: '5m',
    notYet: '4m30s',
    fires: [{ labels: target, value: 0.9 }],
  },
  {
    alert: 'NatsConnectionsNearLimit',
    when: '800 of 1000 connections are open',
    series: [series(connections, target, steady(800)), series(maxConnections, target, steady(1000))],
    at: '20m',
  },
  {
    alert: 'NatsTrafficStopped',
    when: 'a cluster receives 100 messages a second for half an hour, then none',
    series: [series(inMsgs, target, '0+3000x60 180000x400')],
    at: '45m',
    notYet: '37m',
    fires: [{ labels: ofCluster, value: 0 }],
  },
  {
    alert: 'NatsTrafficStopped',
    when: 'an operator removed an edge with traffic',
    series: [series(inMsgs, edge, '0+3000x60 stale')],
    at: '36m30s',
  },
  {
    alert: 'NatsTrafficStopped',
    when: 'traffic falls to a tenth, and another cluster has always been idle',
    series: [series(inMsgs, target, '0+3000x60 180300+300x400'), series(inMsgs, edge, steady(7))],
    at: '1h',
  },
  {
    ...traffic,
    when: 'a cluster receives slightly less than 5 % of its mean of the last hour, which is 100 messages a second',
    series: [received('4.5x11 123.875x47 4.5x11')],
    at: '1h5m',
    notYet: '1h4m',
    fires: [{ labels: ofCluster, value: 4.5 }],
  },
  {
    ...traffic,
    when: 'a cluster receives exactly 5 % of its mean of the last hour',
    series: [received('5x11 123.75x47 5x11')],
    at: '1h11m',
  },
  {
    ...traffic,
    when: 'a cluster received 1.2 messages a second on average, and receives none now',
    series: [received('0x11 1.5x47 0x11')],
    at: '1h11m',
    fires: [{ labels: ofCluster, value: 0 }],
  },
  {
    ...traffic,
    when: 'a cluster received one message a second on average, and receives none now',
    series: [received('0x11 1.25x47 0x11')],
    at: '1h11m',
  },
  {
    ...traffic,
    when: 'the traffic of a cluster has been small for forty minutes, compared with the mean of the last hour',
    series: [received('100x60 1x60')],
    at: '1h39m',
    fires: [{ labels: ofCluster, value: 1 }],
  },
  {
    ...traffic,
    when: 'a cluster receives a hundredth of the traffic that it received more than an hour ago',
    series: [received('10000x60 100x70')],
    at: '2h8m',
  },
  {
    ...traffic,
    when: 'a cluster receives nothing, and has had no traffic to speak of for an hour',
    series: [received('100x60 0.5x60 0x20')],
    at: '2h11m',
  },
];

const second = { ...target, instance: '10.0.0.8:7777' } as const;

export const natsRecordings: readonly RecordingCase[] = [
  {
    record: recorded.connections.name,
    when: 'two servers of a cluster have clients',
    series: [series(connections, target, steady(3)), series(connections, second, steady(4))],
    at: '5m',
    stores: [{ labels: ofCluster, value: 7 }],
  },
  ...(
    [
      [recorded.inMsgs, natsMetrics.inMsgs],
      [recorded.outMsgs, natsMetrics.outMsgs],
      [recorded.inBytes, natsMetrics.inBytes],
      [recorded.outBytes, natsMetrics.outBytes],
    ] as const
  ).map(([record, metric]) => ({
    record: record.name,
    when: 'one server counted 600 within the last five minutes, and another server of the cluster counts 4 a second',
    series: [series(metric, target, '0x12 600x8'), series(metric, second, rising(120))],
    at: '10m',
    stores: [{ labels: ofCluster, value: 6 }],
  })),
  {
    record: recorded.jetStreamBytes.name,
    when: 'two servers of a cluster store bytes',
    series: [
      series(natsMetrics.jetStreamStorage, target, steady(100)),
      series(natsMetrics.jetStreamStorage, second, steady(50)),
    ],
    at: '5m',
    stores: [{ labels: ofCluster, value: 150 }],
  },
];
