import { stringify } from 'yaml';
import { alertmanagerMetrics } from '../../metrics/definitions/alertmanager.ts';
import { select } from '../../metrics/promql.ts';
import { inhibitRules } from '../../rules/index.ts';
import { type ComponentFactory, local } from '../component.ts';
import { perMinute } from '../connection-rates.ts';
import { dataFolders } from '../data-folders.ts';
import { listener, peer } from '../network.ts';
import { places } from '../places.ts';

export const alertmanager: ComponentFactory = (settings) => {
  const { ports } = settings;
  const config = {
    route: {
      receiver: 'console',
      group_by: ['alertname', 'cluster'],
      group_wait: '1s',
      group_interval: '5s',
      repeat_interval: '1h',
    },
    inhibit_rules: inhibitRules,
    receivers: [
      {
        name: 'console',
        webhook_configs: [
          { url: peer(settings, 'console', '/api/notifications'), send_resolved: true, timeout: '2s' },
        ],
      },
    ],
  };
  return {
    name: 'alertmanager',
    role: 'groups alerts and notifies the console',
    place: places.monitoring,
    source: 'alertmanager',
    connections: [
      {
        to: 'console',
        kind: 'alerts',
        rate: perMinute(select(alertmanagerMetrics.notifications, { integration: 'webhook' })),
        unit: 'notifications/min',
        failures: perMinute(select(alertmanagerMetrics.notificationsFailed, { integration: 'webhook' })),
      },
    ],
    program: { kind: 'program', name: 'alertmanager' },
    args: [
      '--config.file=config/alertmanager/alertmanager.yml',
      `--web.listen-address=${listener(settings, 'alertmanager')}`,
      `--storage.path=${dataFolders.alertmanager}`,
      // How often Alertmanager saves silences and notifications to the disk. The default is 15 min.
      '--data.maintenance-interval=5s',
      // An empty address disables the gossip between several Alertmanagers.
      '--cluster.listen-address=',
    ],
    files: { 'config/alertmanager/alertmanager.yml': stringify(config) },
    folders: [dataFolders.alertmanager],
    ports: [ports.alertmanager],
    url: local(ports.alertmanager),
    healthUrl: peer(settings, 'alertmanager', '/-/ready'),
    stopStage: 2,
  };
};
