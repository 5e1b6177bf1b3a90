import type { AlertReceiver, Environment } from '../../../config/environment.ts';
import { alertmanagerMetrics } from '../../../metrics/definitions/alertmanager.ts';
import { remoteWriteMetrics } from '../../../metrics/definitions/remote-write.ts';
import { eq, group, gt, increase, range, select, sum } from '../../../metrics/promql.ts';
import { jobs } from '../../../sources/index.ts';
import type { Connection } from '../../map-node.ts';
import type { ClusterNode } from '../cluster-node.ts';
import { perSecond } from '../rates.ts';

/** Values of the label `integration` in the metrics of Alertmanager. */
const integrations: Readonly<Record<AlertReceiver['kind'], string>> = {
  webhook: 'webhook',
  slack: 'slack',
  teams: 'msteamsv2',
  pagerduty: 'pagerduty',
  email: 'email',
};

export interface ReceiverNode extends ClusterNode {
  readonly integration: string;
}

/** The map has one node for each kind of receiver, because Alertmanager counts notifications by kind. */
export function receiverNodes({ alerting: { receivers } }: Environment): readonly ReceiverNode[] {
  return Object.entries(integrations).flatMap(([kind, integration]) => {
    const ofKind = receivers.filter((receiver) => receiver.kind === kind);
    if (ofKind.length === 0) return [];
    const failed = select(alertmanagerMetrics.notificationsFailed, { integration });
    return [
      {
        name: kind,
        role: `receives alerts: ${ofKind.map(({ name, severities }) => `${name} (${severities.join(', ')})`).join(', ')}`,
        place: 'outside' as const,
        integration,
        health: {
          answers: group(eq(sum(increase(range(failed, '10m'))), 0)),
          known: group(select(alertmanagerMetrics.notifications, { integration })),
        },
      },
    ];
  });
}

export function storeNodes({ central: { engine } }: Environment): readonly ClusterNode[] {
  if (engine !== 'azure-monitor') return [];
  const { sent } = forwarded;
  return [
    {
      name: engine,
      role: 'stores the samples for a long time and answers Grafana',
      place: 'outside',
      health: { answers: group(gt(perSecond(sent), 0)), known: group(sent) },
    },
  ];
}

const forwarded = {
  sent: select(remoteWriteMetrics.sent, { job: jobs.prometheus }),
  failed: select(remoteWriteMetrics.failed, { job: jobs.prometheus }),
} as const;

/** Connections on the map: the central Prometheus sends its samples to each store by remote write. */
export function forwarding(stores: readonly ClusterNode[]): readonly Connection[] {
  return stores.map(({ name }) => ({
    to: name,
    kind: 'remote-write',
    rate: perSecond(forwarded.sent),
    unit: 'samples/s',
    failures: perSecond(forwarded.failed),
  }));
}
