import { batchMetrics } from '../../../metrics/definitions/batch.ts';
import { natsMetrics } from '../../../metrics/definitions/nats.ts';
import { recorded } from '../../../metrics/definitions/recorded.ts';
import { usdtMetrics } from '../../../metrics/definitions/usdt.ts';
import { counts } from '../../../test/metrics/counts.ts';
import { metricColumns, metricRow } from '../reference/metrics.ts';
import { type Generated, withRegion } from '../region.ts';
import { table } from '../table.ts';
import { componentTable, portForwards } from './components.ts';
import { portTable } from './ports.ts';

const keyMetrics = [
  natsMetrics.connections,
  natsMetrics.inMsgs,
  natsMetrics.outMsgs,
  recorded.totalStreams,
  usdtMetrics.rate,
  usdtMetrics.lastUpdate,
  usdtMetrics.fetchErrors,
  batchMetrics.durationSeconds,
  batchMetrics.recordsTotal,
  batchMetrics.success,
  batchMetrics.extracted,
  batchMetrics.transformed,
  batchMetrics.loaded,
];

function countedSentence(): string {
  const { alerts, laptopAlerts, recordingRules, dashboards, panels, provenPanels, documentedQueries } =
    counts();
  return [
    `${alerts} alerts, each with a rule test and a [runbook](docs/runbooks); ${recordingRules} recording rules; ${dashboards} dashboards with ${panels} panels.`,
    `${laptopAlerts} of the alerts run on the laptop. The other alerts watch Thanos, which the laptop pipeline starts only with \`--engine thanos\`, and the certificates of a cluster.`,
    `${provenPanels} of the panels and each of the ${documentedQueries} queries in these documents have returned data on the running laptop pipeline; the other panels need an object store. \`npm run counts\` prints these numbers.`,
  ].join('\n');
}

const regions: Readonly<Record<string, () => string>> = {
  counts: countedSentence,
  components: componentTable,
  metrics: () => table(metricColumns, keyMetrics.map(metricRow)),
  ports: portTable,
  interfaces: portForwards,
};

export const readme: Generated = {
  file: 'README.md',
  text: (current) =>
    Object.entries(regions).reduce((text, [name, content]) => withRegion(text, name, content()), current),
};
