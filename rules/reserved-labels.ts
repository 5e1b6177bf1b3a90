import * as alertmanager from '../metrics/definitions/alertmanager.ts';
import * as batch from '../metrics/definitions/batch.ts';
import * as batchPusher from '../metrics/definitions/batch-pusher.ts';
import * as certManager from '../metrics/definitions/cert-manager.ts';
import * as exchange from '../metrics/definitions/exchange.ts';
import * as jetstream from '../metrics/definitions/jetstream.ts';
import * as kubeState from '../metrics/definitions/kube-state.ts';
import * as nats from '../metrics/definitions/nats.ts';
import * as node from '../metrics/definitions/node.ts';
import * as process from '../metrics/definitions/process.ts';
import * as prometheus from '../metrics/definitions/prometheus.ts';
import * as pushgateway from '../metrics/definitions/pushgateway.ts';
import * as recorded from '../metrics/definitions/recorded.ts';
import * as remoteWrite from '../metrics/definitions/remote-write.ts';
import * as target from '../metrics/definitions/target.ts';
import * as thanos from '../metrics/definitions/thanos.ts';
import * as thanosConnections from '../metrics/definitions/thanos-connections.ts';
import * as usdt from '../metrics/definitions/usdt.ts';

const ofAlerting = ['alertname', 'alertstate', 'severity', 'prometheus', 'prometheus_replica', 'replica'];
const ofScraping = [
  'job',
  'instance',
  'cluster',
  'environment',
  'namespace',
  'service',
  'endpoint',
  'pod',
  'container',
  'dag_id',
  'slo',
];
const ofHistograms = ['le'];

const definitions = [
  alertmanager,
  batch,
  batchPusher,
  certManager,
  exchange,
  jetstream,
  kubeState,
  nats,
  node,
  process,
  prometheus,
  pushgateway,
  recorded,
  remoteWrite,
  target,
  thanos,
  thanosConnections,
  usdt,
];

function labelsIn(value: unknown): readonly string[] {
  if (value === null || typeof value !== 'object') return [];
  if ('name' in value && 'labels' in value && Array.isArray(value.labels)) return value.labels;
  return Object.values(value).flatMap(labelsIn);
}

/**
 * Labels that an override must not set:
 * - Routes and inhibitions need the real values.
 * - A fixed value could make two series of an alert equal, and the evaluation would fail.
 */
export const reservedLabels: ReadonlySet<string> = new Set([
  ...ofAlerting,
  ...ofScraping,
  ...ofHistograms,
  ...definitions.flatMap(labelsIn),
]);
